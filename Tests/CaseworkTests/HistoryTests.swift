import Casework
import Listings
import ListingsTestSupport
import Testing

private let time = "2026-11-18T11:06:40Z"

/// What the ledger must mean: every state kept whole, one stack of states to go back to and one to go forward.
private struct NaiveModel {
  var now: [ListingKey: ReviewStatus] = [:]
  var past: [[ListingKey: ReviewStatus]] = []
  var future: [[ListingKey: ReviewStatus]] = []

  mutating func apply(_ change: Change) -> Bool {
    switch change {
    case .file(let verdict, let reason, let keys):
      if keys.isEmpty { return false }
      keep()
      for key in keys {
        now[key, default: .none].verdict = verdict
        now[key, default: .none].reason = verdict == .falsePositive ? reason : nil
      }
    case .write(let note, let key):
      keep()
      now[key, default: .none].note = note
    case .describe(let changes, let keys):
      if keys.isEmpty { return false }
      keep()
      for key in keys {
        for change in changes {
          now[key, default: .none].description[change.aspect] = change.value.map { Described($0, by: "rk") }
        }
      }
    case .identify(let verdict, let changes, let keys):
      if keys.isEmpty { return false }
      keep()
      for key in keys {
        (now[key, default: .none].verdict, now[key, default: .none].reason) = (verdict, nil)
        for change in changes {
          now[key, default: .none].description[change.aspect] = change.value.map { Described($0, by: "rk") }
        }
      }
    case .undo:
      guard let last = past.popLast() else { return false }
      future.append(now)
      now = last
    case .redo:
      guard let next = future.popLast() else { return false }
      past.append(now)
      now = next
    }
    return true
  }

  private mutating func keep() {
    past.append(now)
    future = []
  }
}

enum RandomChange {
  static let keys = (1...6).map { ListingKey("id:P/\($0)") }

  static func next(_ random: inout Dice) -> Change {
    switch Int.random(in: 0..<12, using: &random) {
    case 10, 11:
      let value = ["certain", "probable", nil].randomElement(using: &random)!
      let changes = [DescriptionChange(.species, value), DescriptionChange(.offer, "covert")]
      let some = keys.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
      return .describe(Array(changes.prefix(Int.random(in: 1...2, using: &random))), for: Array(some))
    case 0..<3:
      let some = keys.shuffled(using: &random).prefix(Int.random(in: 0...6, using: &random))
      let verdict: Verdict? = [.confirmed, .falsePositive, .unsure, nil].randomElement(using: &random)!
      return .file(verdict, reason: Bool.random(using: &random) ? .replica : nil, for: Array(some))
    case 3, 4:
      return .write(note: ["莲", "two", nil].randomElement(using: &random)!, for: keys.randomElement(using: &random)!)
    case 5..<8: return .undo
    default: return .redo
    }
  }
}

@Suite struct HistoryTests {
  @Test func changesUndoAndRedoAgreeWithANaiveModel() {
    for seed in 0..<300 {
      var random = Dice(seed: UInt64(seed))
      var ledger = Ledger()
      var model = NaiveModel()
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        let change = RandomChange.next(&random)
        let done = ledger.apply(change, by: "rk", at: time) != nil
        #expect(done == model.apply(change), "seed \(seed)")
        for key in RandomChange.keys { #expect(ledger.statuses[key] == model.now[key] ?? .none, "seed \(seed)") }
      }
      let history = ledger.history(of: "rk")
      #expect((history.nextUndo == nil) == model.past.isEmpty)
      #expect((history.nextRedo == nil) == model.future.isEmpty)
    }
  }

  @Test func aHistoryReadOffTheEventsIsTheOneThatWasKept() {
    for seed in 0..<100 {
      var random = Dice(seed: UInt64(seed))
      var ledger = Ledger()
      for _ in 0..<40 {
        let analyst = Bool.random(using: &random) ? "rk" : "mb"
        ledger.apply(RandomChange.next(&random), by: analyst, at: time)
        for analyst in ["rk", "mb", "nobody"] {
          #expect(History(of: analyst, events: ledger.events) == ledger.history(of: analyst), "seed \(seed)")
        }
      }
      #expect(ReviewStatuses(replaying: ledger.events) == ledger.statuses)
      #expect(AuditChain.verify(ledger.events.map(\.line.json)).isWhole)
    }
  }

  /// With two analysts: each one's undo and redo change only what is their own.
  @Test func nobodysUndoChangesWhatAColleagueDecided() {
    for seed in 0..<300 {
      var random = Dice(seed: UInt64(seed))
      var ledger = Ledger()
      for _ in 0..<60 {
        let analyst = Bool.random(using: &random) ? "rk" : "mb"
        let change = RandomChange.next(&random)
        let before = ledger.statuses
        ledger.apply(change, by: analyst, at: time)
        guard change == .undo || change == .redo else { continue }
        for key in RandomChange.keys {
          guard let was = before.byKey[key], let now = ledger.statuses.byKey[key] else { continue }
          if was.verdictBy != analyst { #expect(now.status.verdict == was.status.verdict, "seed \(seed)") }
          if was.noteBy != analyst { #expect(now.status.note == was.status.note, "seed \(seed)") }
        }
      }
    }
  }

  @Test func aBulkActIsOneStepOfUndo() throws {
    var ledger = Ledger()
    let keys = (1...1204).map { ListingKey("id:P/\($0)") }
    ledger.apply(.file(.unsure, reason: nil, for: [keys[0]]), by: "rk", at: time)
    ledger.apply(.file(.confirmed, reason: nil, for: keys), by: "rk", at: time)
    #expect(ledger.history(of: "rk").nextUndo?.sentence == "1,204 listings confirmed")
    ledger.apply(.undo, by: "rk", at: time)
    #expect(ledger.statuses.counts == VerdictCounts([.unsure]))
    #expect(ledger.history(of: "rk").nextUndo?.sentence == "1 listing marked unsure")
    #expect(ledger.history(of: "rk").nextRedo?.listings == 1204)
  }

  @Test func aNewChangeClearsRedoOfItsAnalystOnly() {
    var ledger = Ledger()
    let keys = RandomChange.keys
    for analyst in ["rk", "mb"] {
      ledger.apply(.file(.confirmed, reason: nil, for: [keys[0]]), by: analyst, at: time)
      ledger.apply(.undo, by: analyst, at: time)
    }
    ledger.apply(.file(.unsure, reason: nil, for: [keys[1]]), by: "rk", at: time)
    #expect(ledger.history(of: "rk").nextRedo == nil)
    #expect(ledger.history(of: "mb").nextRedo != nil)
  }

  @Test func anUndoThatFindsEverythingDecidedSinceStillMovesOn() {
    var ledger = Ledger()
    let key = RandomChange.keys[0]
    ledger.apply(.file(.confirmed, reason: nil, for: [key]), by: "rk", at: time)
    ledger.apply(.file(.falsePositive, reason: .replica, for: [key]), by: "mb", at: time)
    let events = ledger.apply(.undo, by: "rk", at: time)
    #expect(events?.map(\.action) == [.undo])
    #expect(
      events?.first?.data == ["act": .number(3), "undoes": .number(1), "listings": .number(0), "left": .number(1)])
    #expect(ledger.statuses[key].verdict == .falsePositive)
    #expect(ledger.history(of: "rk").nextUndo == nil)
  }

  @Test func anExportNeitherUndoesNorEndsARedo() {
    var ledger = Ledger()
    ledger.apply(.file(.confirmed, reason: nil, for: [RandomChange.keys[0]]), by: "rk", at: time)
    ledger.apply(.undo, by: "rk", at: time)
    ledger.record(.exportPacket, object: "LNS-2026-000001", by: "rk", at: time)
    #expect(ledger.history(of: "rk").nextRedo?.number == 1)
    #expect(ledger.history(of: "rk").nextUndo == nil)
  }

  @Test func anActIsSaidInTheTradesWords() {
    func sentence(_ part: StatusPart?, _ listings: Int) -> String {
      Transaction(number: 1, analyst: "rk", kind: .change, part: part, listings: listings, events: 1...1).sentence
    }
    #expect(sentence(.verdict(.confirmed, nil), 12) == "12 listings confirmed")
    #expect(sentence(.verdict(.falsePositive, .otherMaterial), 1) == "1 listing marked false positive (other material)")
    #expect(sentence(.verdict(.unsure, nil), 1_234_567) == "1,234,567 listings marked unsure")
    #expect(sentence(.verdict(nil, nil), 2) == "verdict of 2 listings cleared")
    #expect(sentence(.note("x"), 1) == "note on 1 listing written")
    #expect(sentence(.note(nil), 1) == "note on 1 listing cleared")
    #expect(sentence(nil, 3) == "3 listings changed")
  }
}
