import ListingsTestSupport
import Testing

@testable import Listings

/// Words among the rows of a dataset, where title and description may be passed in one go.
struct WordRowsTests {
  private static let fields: [Field] = [.title, .description, .species, .sellerAlias]

  private func oracle(_ word: String, _ rows: [ListingRow]) -> [Int] {
    let needle = Array(Folding.folded(word).utf8)
    return rows.indices.filter { row in
      Self.fields.contains { field in
        let folded = Array(Folding.folded(rows[row].text(field)).utf8)
        return folded.count >= needle.count
          && (0...folded.count - needle.count).contains { folded[$0...].starts(with: needle) }
      }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func rowsAreFoundAsIfEveryFieldWereFoldedByItself(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let rows = (0..<70).map { _ in
      ListingRow(
        title: dice.text(of: sampleScripts, upTo: 15), description: dice.text(of: sampleScripts, upTo: 40),
        species: dice.text(of: sampleScripts, upTo: 3), seller: dice.text(of: sampleScripts, upTo: 3))
    }
    let dataset = Dataset.of(rows, batchSize: 30)
    let whole = dice.text(of: sampleScripts, upTo: 3)
    var narrower: (search: TextSearch, rows: RowSet)?
    // As typed, letter by letter: every longer word asks the rows of the shorter one.
    for length in 1...max(1, whole.unicodeScalars.count) {
      let word = String(String.UnicodeScalarView(whole.unicodeScalars.prefix(length)))
      guard let search = TextSearch(word) else { continue }
      let among = narrower.flatMap { search.implies($0.search) ? $0.rows : nil }
      let found = try #require(MatchingRows.rows(of: dataset, containing: search, in: Self.fields, among: among))
      #expect(found.rows == oracle(word, rows), "\(word.debugDescription), narrowed: \(among != nil)")
      narrower = (search, found)
    }
  }

  @Test func aWordOverTheBorderOfTwoTextsStandsInNeither() throws {
    // The cells of an invented record are parted by one byte, so that both texts are passed as one run.
    let rows = [
      ListingRow(title: "an old iv", description: "ory ring"), ListingRow(title: "iv", description: "ory, ivory"),
      ListingRow(title: "ivory", description: ""), ListingRow(title: "", description: "ivory"),
    ]
    let search = try #require(TextSearch("ivory"))
    #expect(MatchingRows.rows(of: Dataset.of(rows), containing: search, in: Self.fields)?.rows == [1, 2, 3])
    let last = try #require(TextSearch("v"))
    #expect(MatchingRows.rows(of: Dataset.of(rows), containing: last, in: [.title])?.rows == [0, 1, 2])
  }

  @Test(arguments: [
    ("ivory ring", "ivory", true), ("IVÓRY", "vor", true), ("ivory", "ivory", true), ("ivory", "ivories", false),
    ("ガ", "カ", false), ("ｶﾞ", "ガ", true), ("象牙", "牙", true),
  ])
  func aLongerWordImpliesWhatItContainsOnceFolded(longer: String, shorter: String, implies: Bool) throws {
    #expect(try #require(TextSearch(longer)).implies(try #require(TextSearch(shorter))) == implies)
  }
}
