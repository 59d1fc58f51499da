import Agreement
import CaseStore
import Casework
import Foundation
import Hashing
import Listings
import SmallFormats
import Testing

@testable import LinsangCLI

/// Which verdicts count for the agreement between analysts.
@Suite struct AnalystRatingsTests {
  /// A chain of events, as its casebook writes them.
  private struct Chain {
    let token: String
    var ledger = Ledger()

    init(_ number: Int) { token = String(repeating: "\(number)", count: 32) }

    /// - Parameter title: what the listing said; nil where that is not known.
    mutating func file(
      _ verdict: Verdict, on listings: [Int], by analyst: String, title: UInt64? = nil, isBlind: Bool = false,
      at minute: Int = 0
    ) {
      let keys = listings.map { ListingKey("id:P/\($0)") }
      let seen = keys.map { key in
        var snapshot = ListingSnapshot(
          key: key, title: nil, platform: "P", url: nil, seller: nil, sighting: .init(file: "week.csv", row: 1))
        snapshot.content = title.map { SeenListing(title: $0, record: "") }
        snapshot.known = KnownReviews(isBlind: isBlind)
        return snapshot
      }
      ledger.apply(.file(verdict, reason: nil, for: keys), by: analyst, at: Self.time(minute), seen: seen)
    }

    mutating func undo(by analyst: String, at minute: Int = 0) {
      ledger.apply(.undo, by: analyst, at: Self.time(minute))
    }

    /// What merging another chain writes into this one.
    mutating func merge(_ other: Chain, by analyst: String, at minute: Int = 0) {
      let last = other.ledger.events.last!
      let chain = MergedChain(token: other.token, from: 1, through: last.number, head: last.line.hash)
      ledger.record(
        .mergeCasebooks, object: "casebook", data: ["chains": .list([chain.json])], by: analyst, at: Self.time(minute))
    }

    private static func time(_ minute: Int) -> String { "2026-11-18T12:\(Digits.padded(minute)):00Z" }
  }

  private func ratings(_ chains: Chain..., keys: Set<ListingKey>? = nil) -> AnalystRatings {
    var reviews = CasebookReviews(token: chains[0].token)
    for chain in chains {
      for event in chain.ledger.events {
        reviews.knowledge.apply(event, of: chain.token)
        guard let key = event.listing else { continue }
        reviews.byKey[key, default: ListingReviews(key: key)].apply(event, hash: event.line.hash, of: chain.token)
      }
    }
    return AnalystRatings(reviews, of: keys)
  }

  private func cells(_ matrix: RatingMatrix) -> [[Int?]] {
    (0..<matrix.unitCount).map { unit in (0..<matrix.raterCount).map { matrix[unit, $0] } }
  }

  @Test func theFirstVerdictOfEachAnalystCounts() {
    var chain = Chain(1)
    chain.file(.confirmed, on: [1, 2, 3], by: "ana")
    chain.file(.falsePositive, on: [1, 2], by: "bo")
    // Bo comes round to what Ana said.
    chain.file(.confirmed, on: [1], by: "bo")
    let ratings = ratings(chain)
    #expect(ratings.analysts == ["ana", "bo"])
    #expect(cells(ratings.ratings(of: 0, and: 1, isBlind: false)) == [[0, 1], [0, 1]])
  }

  @Test func anUndoneVerdictIsNone() {
    var chain = Chain(1)
    chain.file(.confirmed, on: [1, 2], by: "ana")
    chain.file(.unsure, on: [1], by: "bo")
    chain.undo(by: "bo")
    chain.file(.falsePositive, on: [2], by: "bo")
    chain.undo(by: "bo")
    chain.file(.confirmed, on: [2], by: "bo")
    #expect(cells(ratings(chain).ratings(of: 0, and: 1, isBlind: false)) == [[0, 0]])
  }

  @Test func verdictsOnWhatAListingSaidBeforeAndAfterItChangedAreNotCompared() {
    var chain = Chain(1)
    chain.file(.confirmed, on: [1, 2], by: "ana", title: 1)
    chain.file(.falsePositive, on: [1], by: "bo", title: 2)
    chain.file(.falsePositive, on: [2], by: "bo", title: 1)
    chain.file(.unsure, on: [1], by: "cleo", title: 2)
    let found = ratings(chain)
    #expect(cells(found.ratings(of: 0, and: 1, isBlind: false)) == [[0, 1]])
    #expect(cells(found.ratings(of: 1, and: 2, isBlind: false)) == [[1, 2]])
    #expect(cells(found.ratings(of: 0, and: 2, isBlind: false)) == [])
    // Together the listing that changed counts as it stood when two judged it.
    #expect(cells(found.all(isBlind: false)) == [[nil, 1, 2], [0, 1, nil]])
    // Ana sees it again, and says what she says now.
    chain.file(.unsure, on: [1], by: "ana", title: 2)
    #expect(cells(ratings(chain).ratings(of: 0, and: 1, isBlind: false)) == [[2, 1], [0, 1]])
  }

  @Test func blindlyCountsWhereTheSecondOfTwoDidNotSeeTheFirst() {
    var chain = Chain(1)
    chain.file(.confirmed, on: [1, 2, 3], by: "ana")
    chain.file(.falsePositive, on: [1, 2], by: "bo", isBlind: true)
    chain.file(.confirmed, on: [3], by: "bo")
    chain.file(.unsure, on: [1, 3], by: "cleo", isBlind: true)
    let found = ratings(chain)
    #expect(cells(found.ratings(of: 0, and: 1, isBlind: true)) == [[0, 1], [0, 1]])
    #expect(cells(found.ratings(of: 1, and: 2, isBlind: true)) == [[1, 2], [0, 2]])
    #expect(cells(found.all(isBlind: true)) == [[0, 1, 2], [0, 1, nil], [0, nil, 2]])
    #expect(cells(found.all(isBlind: false)) == [[0, 1, 2], [0, 1, nil], [0, 0, 2]])
  }

  @Test func verdictsInCasebooksThatWereApartAreBlindUntilOneIsMergedIntoTheOther() {
    var (one, other) = (Chain(1), Chain(2))
    other.file(.confirmed, on: [1, 2], by: "bo", at: 1)
    one.file(.unsure, on: [1], by: "ana", at: 2)
    one.merge(other, by: "ana", at: 3)
    one.file(.falsePositive, on: [2], by: "ana", at: 4)
    let found = ratings(one, other)
    #expect(cells(found.ratings(of: 0, and: 1, isBlind: true)) == [[2, 0]])
    #expect(cells(found.ratings(of: 0, and: 1, isBlind: false)) == [[2, 0], [1, 0]])
  }

  @Test func anAnalystWithTwoCasebooksIsOne() {
    var (one, other) = (Chain(1), Chain(2))
    one.file(.confirmed, on: [1], by: "ana", at: 5)
    other.file(.unsure, on: [1], by: "ana", at: 3)
    other.file(.falsePositive, on: [1], by: "bo", at: 4)
    let found = ratings(one, other)
    #expect(found.analysts == ["ana", "bo"])
    #expect(cells(found.ratings(of: 0, and: 1, isBlind: false)) == [[2, 1]])
  }

  @Test func onlyListingsThatWereAskedForCount() {
    var chain = Chain(1)
    chain.file(.confirmed, on: [1, 2], by: "ana")
    chain.file(.confirmed, on: [1, 2], by: "bo")
    #expect(cells(ratings(chain, keys: [ListingKey("id:P/2")]).all(isBlind: false)) == [[0, 0]])
    #expect(ratings(chain, keys: []).analysts == [])
  }
}

/// `linsang casebook agreement`
@Suite(.waitsElsewhere) struct CasebookAgreementTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func file(_ verdict: Verdict, _ listings: ClosedRange<Int>, by analyst: String, platform: String = "Pike")
    throws
  {
    let book = try Casebook.open(path: place.casebook, analyst: analyst)
    let keys = listings.map { ListingKey("id:\(platform)/\($0)") }
    let seen = keys.map { key in
      ListingSnapshot(
        key: key, title: "t", platform: platform, url: nil, seller: nil, sighting: .init(file: "week.csv", row: 1))
    }
    try book.apply(.file(verdict, reason: nil, for: keys), at: "2026-11-18T12:00:00Z", seen: seen)
    try book.close()
  }

  /// The table of the example in Fleiss, Cohen & Everitt 1969.
  private func fileExample() throws {
    try file(.confirmed, 1...60, by: "ana")
    try file(.falsePositive, 61...90, by: "ana")
    try file(.unsure, 91...100, by: "ana")
    try file(.confirmed, 1...53, by: "bo")
    try file(.falsePositive, 54...58, by: "bo")
    try file(.unsure, 59...60, by: "bo")
    try file(.confirmed, 61...71, by: "bo")
    try file(.falsePositive, 72...85, by: "bo")
    try file(.unsure, 86...90, by: "bo")
    try file(.confirmed, 91...91, by: "bo")
    try file(.falsePositive, 92...97, by: "bo")
    try file(.unsure, 98...100, by: "bo")
  }

  @Test func twoAnalystsAreComparedInWordsAndInAllDigits() throws {
    try fileExample()
    let words = try Program.run("casebook", "agreement", at: place)
    #expect(words.status == 0, "\(words.err)")
    #expect(
      words.text.hasPrefix(
        """
        ana and bo both judged 100 listings and agree on 70 (70.0 %)
          Cohen's kappa         0.429, 95 % interval 0.278 to 0.579
          Krippendorff's alpha  0.430, 95 % interval 0.277 to 0.583
          Gwet's AC1            0.594, 95 % interval 0.459 to 0.728
                            bo
            ana             confirmed  false positive  unsure
            confirmed              53               5       2
            false positive         11              14       5
            unsure                  1               6       3

        """), "\(words.text)")
    #expect(!words.text.contains("all 2 analysts"))
    let json = try Program.run("casebook", "agreement", "--json", at: place).json()
    let pair = try #require((json["pairs"] as? [[String: Any]])?.first)
    #expect(pair["listings"] as? Int == 100 && pair["agreeing"] as? Int == 70)
    let kappa = try #require(pair["kappa"] as? [String: Any])
    // As irrCAC has them.
    #expect(abs(try #require(kappa["value"] as? Double) - 0.4285714285714287) < 1e-12)
    #expect(abs(try #require(kappa["standard_error"] as? Double) - 0.0759588315346638) < 1e-12)
    let interval = try #require(kappa["interval"] as? [Double])
    #expect(abs(interval[0] - 0.2778526274235565) < 1e-9 && abs(interval[1] - 0.579290229719301) < 1e-9)
    let verdicts = try #require(pair["verdicts"] as? [String: [String: Int]])
    #expect(verdicts["false_positive"]?["confirmed"] == 11)
  }

  @Test func moreThanTwoAreComparedTwoByTwoAndTogether() throws {
    try fileExample()
    try file(.falsePositive, 1...20, by: "cleo")
    try file(.confirmed, 21...40, by: "cleo")
    let words = try Program.run("casebook", "agreement", at: place)
    #expect(words.text.contains("ana and cleo both judged 40 listings and agree on 20 (50.0 %)"))
    #expect(words.text.contains("all 3 analysts, on 100 listings that two or more judged"))
    #expect(words.text.contains("  Conger's kappa  "))
    let json = try Program.run("casebook", "agreement", "--json", at: place).json()
    #expect((json["pairs"] as? [Any])?.count == 3)
    #expect((json["all"] as? [String: Any])?["listings"] as? Int == 100)
  }

  @Test func whatCannotBeCalculatedIsSaidAndIsNeverANumber() throws {
    try file(.falsePositive, 1...30, by: "ana")
    try file(.falsePositive, 1...30, by: "bo")
    try file(.confirmed, 40...40, by: "cleo")
    let words = try Program.run("casebook", "agreement", at: place)
    #expect(words.text.contains("ana and bo both judged 30 listings and agree on 30 (100.0 %)"))
    #expect(words.text.contains("  Cohen's kappa         undefined: all verdicts are the same one"))
    #expect(words.text.contains("  Gwet's AC1            1.000, 95 % interval 1.000 to 1.000"))
    #expect(words.text.contains("ana and cleo have judged no listing in common") == false)
    #expect(!words.text.lowercased().contains("nan"))
    let json = try Program.run("casebook", "agreement", "--json", at: place)
    #expect(json.text.contains("\"kappa\":null"))
  }

  @Test func aPlatformIsTakenAloneAndNothingToCompareIsStatus1() throws {
    try file(.confirmed, 1...2, by: "ana")
    try file(.unsure, 1...2, by: "bo")
    try file(.confirmed, 1...3, by: "ana", platform: "Xianyu")
    try file(.confirmed, 1...3, by: "bo", platform: "Xianyu")
    let words = try Program.run("casebook", "agreement", "--platform", "xianyu", at: place)
    #expect(words.text.hasPrefix("ana and bo both judged 3 listings and agree on 3 (100.0 %)"))
    let none = try Program.run("casebook", "agreement", "--platform", "Elsewhere", at: place)
    #expect(none.status == 1)
    #expect(none.err.contains("no listing of Elsewhere was judged by two analysts. Nothing can be compared."))
    let blind = try Program.run("casebook", "agreement", "--blind", at: place)
    #expect(blind.status == 1)
    #expect(blind.err.contains("no listing was judged by two analysts without seeing each other's verdict"))
    #expect(try Program.run("casebook", "agreement", "--casebook", "nosuch.casebook", at: place).status == 2)
  }
}
