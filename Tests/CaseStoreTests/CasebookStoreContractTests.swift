import Casework
import Foundation
import Listings
import ListingsTestSupport
import Testing

@testable import CaseStore

/// What every store of casebooks must do, whatever it is made of.
@Suite struct CasebookStoreContractTests {
  enum Kind: CaseIterable, Sendable { case sqlite, memory }

  /// One casebook, and connections to it.
  private struct Office {
    let kind: Kind
    private let folder: CasebookFolder?
    private let shared = MemoryStore.Shared()

    init(_ kind: Kind) throws {
      self.kind = kind
      folder = kind == .sqlite ? try CasebookFolder() : nil
    }

    func connect(_ analyst: String) throws -> any CasebookStore {
      if let folder { return try folder.open(analyst) }
      return MemoryStore(shared, analyst: analyst)
    }
  }

  private let key = keys(1...1)[0]

  private func seen(
    _ key: ListingKey, title: UInt64 = 1, _ known: KnownReviews = KnownReviews()
  ) -> [ListingSnapshot] {
    var snapshot = ListingSnapshot(
      key: key, title: nil, platform: nil, url: nil, seller: nil, sighting: .init(file: "w.csv", row: 1),
      content: SeenListing(title: title, record: String(repeating: "a", count: 64)))
    snapshot.known = known
    return [snapshot]
  }

  @discardableResult private func decide(
    _ store: any CasebookStore, _ verdict: Verdict?, title: UInt64 = 1, _ known: KnownReviews = KnownReviews(),
    on key: ListingKey? = nil
  ) throws -> Applied {
    let key = key ?? self.key
    return try store.apply(
      .file(verdict, reason: nil, for: [key]), at: noon, seen: seen(key, title: title, known))
  }

  // MARK: Changes

  @Test(arguments: Kind.allCases) func whatOneFilesTheOtherSees(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo) = (try office.connect("ana"), try office.connect("bo"))
    let start = try bo.refresh(since: 0).last
    let applied = try ana.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon, seen: [])
    let news = try bo.refresh(since: start)
    #expect(news.last == applied.events.upperBound)
    #expect(news.statuses == applied.statuses)
    #expect(try bo.refresh(since: news.last).statuses.isEmpty)
    #expect(try bo.statuses() == ana.statuses())
    #expect(try bo.head() == ana.head())
  }

  @Test(arguments: Kind.allCases) func ofManyAtOnceNothingIsLostAndAllSeeOneOrder(_ kind: Kind) async throws {
    let office = try Office(kind)
    let stores = try (0..<4).map { try office.connect("an\($0)") }
    let before = try stores[0].head().sequence
    let ranges = try await withThrowingTaskGroup(of: [ClosedRange<EventNumber>].self) { group in
      for (number, store) in stores.enumerated() {
        group.addTask {
          try (0..<25).map { turn in
            let mine = keys((number * 100 + turn)...(number * 100 + turn + 1))
            return try store.apply(.file(.unsure, reason: nil, for: mine), at: noon, seen: []).events
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    // Each transaction is contiguous, and none shares an event with another.
    #expect(Set(ranges.flatMap { Array($0) }).count == 200)
    #expect(try stores[0].head().sequence == before + 200)
    let statuses = try stores.map { try $0.statuses() }
    #expect(statuses.allSatisfy { $0 == statuses[0] })
    #expect(statuses[0].count == 4 * 26)
  }

  @Test(arguments: Kind.allCases) func whatWasDecidedMeanwhileIsNamedAndBothAreKept(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo) = (try office.connect("ana"), try office.connect("bo"))
    try decide(ana, .confirmed, KnownReviews(lastEvent: 0))
    // Bo's screen does not show it yet.
    let late = try decide(bo, .falsePositive, KnownReviews(lastEvent: 0))
    #expect(late.conflicts == [DecisionConflict(key: key, analyst: "ana", decided: .verdict(.confirmed, nil))])
    #expect(try ana.reviews(of: nil).disagreements.map(\.key) == [key])
    // What was on the screen, what says the same, and what one decided oneself is no conflict.
    let event = try #require(try bo.statuses()[key]?.event)
    #expect(try decide(ana, .confirmed, KnownReviews(lastEvent: event)).conflicts.isEmpty)
    #expect(try decide(ana, .unsure, KnownReviews(lastEvent: 0)).conflicts.isEmpty)
    #expect(try decide(bo, .unsure, KnownReviews(lastEvent: 0)).conflicts.isEmpty)
  }

  // MARK: Reviews

  @Test(arguments: Kind.allCases) func aSecondVerdictStandsBesideTheFirstUntilOneSettlesIt(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo, cy) = (try office.connect("ana"), try office.connect("bo"), try office.connect("cy"))
    let first = try decide(ana, .confirmed).events.lowerBound
    #expect(try ana.reviews(of: nil).byKey.isEmpty)
    let second = try decide(bo, .falsePositive).events.lowerBound
    let open = try #require(try cy.reviews(of: nil).disagreements.first)
    #expect(open.reviews.map(\.opinion.analyst) == ["bo", "ana"])
    #expect(open.reviews.map(\.opinion.verdict) == [.falsePositive, .confirmed])
    // Somebody who did not see them adds a voice, and settles nothing.
    try decide(cy, .unsure)
    #expect(try ana.reviews(of: nil).disagreements.first?.reviews.count == 3)
    try decide(cy, .confirmed, KnownReviews(settles: [first, second]))
    #expect(try ana.reviews(of: nil).disagreements.isEmpty)
    #expect(try ana.statuses()[key]?.status.verdict == .confirmed)
    #expect(try ana.reviews(of: [key]).byKey[key]?.verdicts.count == 3)
    // A new dissent opens it again.
    try decide(bo, .unsure)
    #expect(try ana.reviews(of: nil).disagreements.first?.reviews.map(\.opinion.analyst) == ["bo", "cy"])
    // Undone, it never was.
    _ = try bo.apply(.undo, at: noon, seen: [])
    #expect(try ana.reviews(of: nil).disagreements.isEmpty)
    #expect(try ana.statuses()[key]?.status.verdict == .confirmed)
  }

  @Test(arguments: Kind.allCases) func whoComesRoundSettlesItToo(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo) = (try office.connect("ana"), try office.connect("bo"))
    try decide(ana, .confirmed)
    try decide(bo, .falsePositive)
    try decide(ana, .falsePositive)
    #expect(try ana.reviews(of: nil).disagreements.isEmpty)
    try decide(ana, nil)
    #expect(try ana.reviews(of: nil).disagreements.isEmpty)
    #expect(try bo.reviews(of: [key]).byKey[key]?.verdicts.map(\.opinion.analyst) == ["bo"])
  }

  @Test(arguments: Kind.allCases) func undoingASettlementOpensTheDisagreementAgain(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo) = (try office.connect("ana"), try office.connect("bo"))
    let first = try decide(ana, .confirmed).events.lowerBound
    try decide(bo, .falsePositive)
    try decide(bo, .unsure, KnownReviews(settles: [first]))
    #expect(try bo.reviews(of: nil).disagreements.isEmpty)
    _ = try bo.apply(.undo, at: noon, seen: [])
    #expect(
      try bo.reviews(of: nil).disagreements.first?.reviews.map(\.opinion.verdict) == [.falsePositive, .confirmed])
    _ = try bo.apply(.redo, at: noon, seen: [])
    #expect(try bo.reviews(of: nil).disagreements.isEmpty)
    #expect(try ana.statuses()[key]?.status.verdict == .unsure)
  }

  @Test(arguments: Kind.allCases) func aVerdictOnWhatTheListingSaysNowIsNoDisagreement(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo) = (try office.connect("ana"), try office.connect("bo"))
    try decide(ana, .confirmed, title: 1)
    try decide(bo, .falsePositive, title: 2)
    #expect(try ana.reviews(of: nil).disagreements.isEmpty)
    #expect(try ana.reviews(of: nil).byKey[key]?.verdicts.count == 2)
    try decide(ana, .confirmed, title: 2)
    #expect(try ana.reviews(of: nil).disagreements.map(\.key) == [key])
  }

  @Test(arguments: Kind.allCases) func notesStandSideBySide(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo) = (try office.connect("ana"), try office.connect("bo"))
    _ = try ana.apply(.write(note: "tusk, not bone", for: key), at: noon, seen: [])
    _ = try bo.apply(.write(note: "ask the lab", for: key), at: noon, seen: [])
    func notes() throws -> [String] {
      try ana.reviews(of: [key]).byKey[key]?.notes.map { review in
        guard case .note(let note?) = review.opinion.part else { return "none" }
        return "\(review.opinion.analyst): \(note)"
      } ?? []
    }
    #expect(try notes() == ["ana: tusk, not bone", "bo: ask the lab"])
    _ = try bo.apply(.write(note: nil, for: key), at: noon, seen: [])
    #expect(try notes() == ["ana: tusk, not bone"])
    _ = try bo.apply(.undo, at: noon, seen: [])
    #expect(try notes() == ["ana: tusk, not bone", "bo: ask the lab"])
  }

  @Test(arguments: Kind.allCases) func aBlindVerdictIsNotedAsOneAndCountsByTheFirst(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo) = (try office.connect("ana"), try office.connect("bo"))
    try decide(ana, .confirmed)
    let blind = try decide(bo, .falsePositive, KnownReviews(isBlind: true, lastEvent: 0))
    #expect(blind.conflicts.isEmpty, "a conflict would say what is hidden")
    // Having talked about it, bo comes round; how well the two agreed is told by what they said before.
    try decide(bo, .confirmed)
    let reviews = try #require(try ana.reviews(of: nil).byKey[key])
    #expect(reviews.disagreement(MergeKnowledge()) == nil)
    let firsts = reviews.firstVerdicts
    #expect(firsts.map(\.review.opinion.verdict) == [.confirmed, .falsePositive])
    #expect(firsts.map(\.review.opinion.isBlind) == [false, true])
    #expect(firsts.map(\.last.verdict) == [.confirmed, .confirmed])
  }

  // MARK: Packets and leases

  @Test(arguments: Kind.allCases) func noPacketNumberIsGivenTwice(_ kind: Kind) async throws {
    let office = try Office(kind)
    let stores = try ["ana", "bo", "cy"].map { try office.connect($0) }
    let numbers = try await withThrowingTaskGroup(of: [String].self) { group in
      for store in stores { group.addTask { try (0..<10).map { _ in try store.reservePacket(at: noon) } } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(Set(numbers).count == 30)
  }

  @Test(arguments: Kind.allCases) func noListingIsLeasedToTwo(_ kind: Kind) throws {
    let office = try Office(kind)
    let (ana, bo) = (try office.connect("ana"), try office.connect("bo"))
    #expect(try ana.lease(keys(1...3), to: "a", at: 100, for: 60).ofOthers.isEmpty)
    #expect(try bo.lease(keys(2...5), to: "b", at: 110, for: 60).ofOthers == leased(1...3, "ana"))
    #expect(try ana.lease(keys(1...5), to: "a", at: 110, for: 60).ofOthers == leased(4...5, "bo"))
    // One analyst may have two dashboards.
    #expect(try ana.lease(keys(1...9), to: "a2", at: 110, for: 60).ofOthers.count == 5)
    _ = try ana.lease([], to: "a2", at: 111, for: 60)
    // Given back, or run out because the program died.
    _ = try ana.lease([], to: "a", at: 112, for: 60)
    #expect(try bo.lease(keys(1...5), to: "b", at: 113, for: 60).ofOthers.isEmpty)
    #expect(try ana.lease(keys(1...1), to: "a", at: 172, for: 60).ofOthers.count == 5)
    #expect(try ana.lease(keys(1...1), to: "a", at: 174, for: 60).ofOthers.isEmpty)
  }

  @Test(arguments: Kind.allCases) func leasesKeepTwoQueuesApartUnderARace(_ kind: Kind) async throws {
    let office = try Office(kind)
    let stores = try ["ana", "bo", "cy"].map { try office.connect($0) }
    try await withThrowingTaskGroup(of: Set<ListingKey>.self) { group in
      for store in stores {
        group.addTask {
          let wanted = keys(1...30)
          let others = try store.lease(wanted, to: store.analyst, at: 100, for: 60)
          return Set(wanted).subtracting(others.ofOthers.keys)
        }
      }
      // What a store answers may be older than a lease of another, but no two hold the same.
      for try await _ in group {}
    }
    let held = try stores.map { store in
      let others = try store.lease(keys(1...30), to: store.analyst, at: 101, for: 60)
      return Set(keys(1...30)).subtracting(others.ofOthers.keys)
    }
    #expect(held.map(\.count).reduce(0, +) == 30)
    #expect(held.reduce(Set()) { $0.union($1) }.count == 30)
  }

  private func leased(_ numbers: ClosedRange<Int>, _ analyst: String) -> [ListingKey: String] {
    Dictionary(uniqueKeysWithValues: keys(numbers).map { ($0, analyst) })
  }

  // MARK: One against the other

  @Test func whateverIsDoneBothStoresSayTheSame() throws {
    for seed in 0..<20 {
      var random = Dice(seed: UInt64(seed))
      let offices = try Kind.allCases.map { try Office($0) }
      let analysts = ["ana", "bo", "cy"]
      let stores = try offices.map { office in try analysts.map { try office.connect($0) } }
      for _ in 0..<60 {
        let who = Int.random(in: 0..<3, using: &random)
        let change = CasebookLawTests.change(&random)
        let title = UInt64.random(in: 1...2, using: &random)
        let open = try stores[1][who].reviews(of: nil).disagreements
        let settles = Bool.random(using: &random) ? open.flatMap { $0.reviews.map(\.opinion.event) } : []
        let known = KnownReviews(
          isBlind: Int.random(in: 0..<5, using: &random) == 0, settles: settles,
          lastEvent: Bool.random(using: &random) ? 3 : nil)
        let seen = (change.decision?.keys ?? []).flatMap { self.seen($0, title: title, known) }
        let outcomes = stores.map { try? $0[who].apply(change, at: noon, seen: seen) }
        #expect(outcomes[0]?.events.count == outcomes[1]?.events.count, "seed \(seed)")
        #expect(outcomes[0]?.conflicts == outcomes[1]?.conflicts, "seed \(seed)")
        #expect(outcomes[0]?.statuses.mapValues(\.status) == outcomes[1]?.statuses.mapValues(\.status), "seed \(seed)")
      }
      #expect(try said(stores[0][0]) == said(stores[1][0]), "seed \(seed)")
      #expect(
        try stores[0][0].statuses().mapValues(\.status) == stores[1][0].statuses().mapValues(\.status), "seed \(seed)")
    }
  }

  /// Everything that was said, without what differs between two chains.
  private func said(_ store: any CasebookStore) throws -> [String] {
    let found = try store.reviews(of: nil)
    return found.byKey.sorted { $0.key < $1.key }.map { key, reviews in
      let verdicts = reviews.verdicts.map { "\($0.opinion.analyst) \($0.opinion.part)" }
      let notes = reviews.notes.map { "\($0.opinion.analyst) \($0.opinion.part)" }
      // Which one is in force is told by hashes only where chains were merged.
      let open = reviews.disagreement(found.knowledge)?.reviews.map(\.opinion.analyst).sorted() ?? []
      return "\(key) \(verdicts) \(notes) \(open)"
    }
  }
}
