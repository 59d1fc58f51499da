import CodeWords
import Listings
import ListingsTestSupport
import Testing

/// What holds for every listing, tried on many random ones.
struct RiskLawTests {
  private static let pieces = [
    "ivory", "ivory tusk", "tusk", "jelly", "ring", "bracelet", "果冻", "手串", "零食", "象牙", "vảy tê tê", "กระ",
    "กระดองเต่า", "🐘", "dm for price", "inbox", "discreet", "ivory white", "colour", "resin", "plastic", "replica",
    "ivory coast", "old",
    "chair", "中国", "ขาย", ",", "\n",
  ]

  private static func text(_ dice: inout Dice) -> String {
    (0..<dice.below(14)).map { _ in dice.pick(pieces) }.joined(separator: dice.once(in: 4) ? "" : " ")
  }

  @Test func thePointsAddUpToTheRiskExactly() throws {
    var dice = Dice(seed: 1)
    for _ in 0..<3000 {
      let cell = dice.once(in: 4) ? [dice.pick(InventedLexicons.taxa)] : []
      let read = Read(Self.text(&dice), Self.text(&dice), species: cell)
      guard let risk = read.reading.risk else { continue }
      #expect(risk.points.reduce(0) { $0 + $1.points } == risk.value)
      #expect((0...100).contains(risk.value))
      for point in risk.points {
        switch point.reason {
        case .benign: #expect(point.points <= 0)
        default: #expect(point.points >= 0)
        }
        for hit in point.hits { #expect(read.reading.hits.indices.contains(hit)) }
      }
    }
  }

  @Test func everyHitIsBehindExactlyOnePointOrAWeakerPlaceOfATermThatCounts() {
    var dice = Dice(seed: 2)
    for _ in 0..<1000 {
      let read = Read(Self.text(&dice), Self.text(&dice))
      guard let risk = read.reading.risk else { continue }
      var behind: [Int: Int] = [:]
      for point in risk.points {
        if case .appendix = point.reason { continue }
        for hit in point.hits { behind[hit, default: 0] += 1 }
      }
      for (place, hit) in read.reading.hits.enumerated() {
        #expect(behind[place] ?? 0 <= 1)
        let counts = read.reading.hits.contains { $0.term == hit.term && $0.status.name < hit.status.name }
        let isLesserOfItsGroup = read.lexicons[hit.term].kind == .benign
        if behind[place] == nil { #expect(counts || isLesserOfItsGroup || hit.status.isSuppressed, "\(read.hits)") }
      }
    }
  }

  @Test(arguments: ["resin", "plastic", "replica", "colour", "ivory white"])
  func aHarmlessWordMoreNeverRaisesTheRisk(word: String) {
    var dice = Dice(seed: 3)
    for _ in 0..<1000 {
      let (title, description) = (Self.text(&dice), Self.text(&dice))
      let before = Read(title, description).risk ?? 0
      #expect(Read(title + " , " + word, description).risk ?? 0 <= before, "\(title) | \(description)")
      #expect(Read(title, description + " , " + word).risk ?? 0 <= before, "\(title) | \(description)")
    }
  }

  @Test func theOrderOfTermsInTheFilesDoesNotMatter() {
    var dice = Dice(seed: 4)
    let shuffled = (0..<5).map { _ in InventedLexicons.compiled(InventedLexicons.terms.shuffled(using: &dice)) }
    for _ in 0..<300 {
      let (title, description) = (Self.text(&dice), Self.text(&dice))
      let expected = Read(title, description)
      for lexicons in shuffled {
        let read = Read(title, description, with: lexicons)
        #expect(read.reading == expected.reading)
        #expect(read.why == expected.why)
      }
    }
  }

  @Test func anotherTermThatCountsNeverLowersTheRisk() {
    var dice = Dice(seed: 5)
    for _ in 0..<500 {
      let (title, description) = (Self.text(&dice), Self.text(&dice))
      let before = Read(title, description).risk ?? 0
      #expect(Read(title, description + " , vảy tê tê").risk ?? 0 >= before, "\(title) | \(description)")
    }
  }

  @Test func repeatingAWordAddsNothing() {
    #expect(Read("ivory").risk == Read("ivory ivory", "ivory , ivory").risk)
  }

  @Test func hostileBytesAreReadWithoutHarm() {
    var dice = Dice(seed: 6)
    for _ in 0..<2000 {
      var bytes = Array(Self.text(&dice).utf8)
      for _ in 0..<dice.below(6) where !bytes.isEmpty { bytes[dice.below(bytes.count)] = UInt8(dice.below(256)) }
      bytes.withUnsafeBytes { bytes in
        let text = ListingText(title: bytes, description: bytes)
        let reading = InventedLexicons.compiled.reading(of: text)
        for hit in reading.hits { #expect(hit.bytes.upperBound <= bytes.count) }
        _ = reading.why(InventedLexicons.compiled, text)
      }
    }
  }
}
