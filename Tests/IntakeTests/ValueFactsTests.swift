import Listings
import ListingsTestSupport
import Testing

@testable import Intake

/// What single values look like, found in one pass and remembered, against the definitions one by one.
@Suite struct ValueFactsTests {
  private static let currencies = InventedTables.tables.currencies

  /// The facts as their definitions say, without any short cut.
  private func defined(_ value: String) -> (traits: ValueFacts.Traits, length: Int) {
    var traits: ValueFacts.Traits = []
    func add(_ trait: ValueFacts.Traits, if isSo: Bool) { if isSo { traits.insert(trait) } }
    let shape = PriceShape(value, currencies: Self.currencies)
    add(.number, if: ValueShape.number(value) != nil)
    add(.time, if: ValueShape.time(value) != nil)
    if case .number = shape { traits.insert(.bareAmount) }
    if case .money = shape { traits.insert(.markedAmount) }
    if case .noPrice = shape { traits.insert(.noPrice) }
    add(.address, if: isAddress(value))
    add(.picture, if: ValueShape.isPicture(value))
    add(.path, if: isPath(value))
    add(.alias, if: ValueShape.isAlias(value))
    add(.digit, if: value.contains(where: \.isNumber))
    add(.sentence, if: ValueShape.endsSentence(value))
    add(.lineBreak, if: value.contains(where: \.isNewline))
    add(.wordy, if: value.unicodeScalars.contains { $0 == " " || $0.value > 0xFF })
    return (traits, value.count)
  }

  private func isAddress(_ value: String) -> Bool {
    let opened = value.drop { $0 == "[" || $0 == "\"" || $0 == "'" || $0 == " " }
    let first = opened.prefix { $0 != "\"" && $0 != "'" && $0 != "," && $0 != ";" && $0 != "|" }
    let host = Array(first.utf8).withUnsafeBytes { Array(WebAddress.host(of: $0)) }
    return host.count > 3 && !host.starts(with: "api.".utf8) && !first.contains(where: { $0 == " " })
  }

  private func isPath(_ value: String) -> Bool {
    value.hasPrefix("/") && !value.contains(where: \.isWhitespace)
      && value.utf8.count(where: { $0 == UInt8(ascii: "/") }) >= 2
  }

  private static let zoo = [
    "", "a", "1", "Rosa lee 77", "moss_lane", "bao.t", ".bao", "a..b1", "ostap77", "a.b", "@kite", "42ab", "ab42",
    "x-y-z",
    "moss.", "https://a.example/1.jpg?x=1", "HTTP://IMG.a.example/1", "//cdn.example/thumbs/2", "/us/c/1", "/us",
    "/us/c d/e",
    "[\"https://a.example/x, y\"]", "['http://a.example/é.png', 1]", "https://api.a.example/1",
    "[\u{301}https://a.example",
    "https://a.example/ 1", "https://a.example/ \u{301}1", "\"\"https://a.example\"", "https://ab", "$1,200.50",
    "1.200,50", "R 30",
    "free", "面议", "2br", "2026-11-02 10:00", "3 days ago", "1 May 2020.", "Nice one.", "Nice!", "好的。", "ok。",
    "ok?\u{301} no",
    "line\nbreak", "line\r\nbreak", "\r\n", "a\u{85}b", "a\u{2028}b", "a\u{2029}", "\u{0B}", "é", "e\u{301}", "ÿ", "Ā",
    "٣٤", "½",
    "1\u{FE0F}\u{20E3}", "\u{600}1", "象1", "👨‍👩‍👧 family.", "🇿🇦7", "\u{200D}9", "…", "", " ", "\u{3000}",
    String(repeating: "long words. ", count: 30), String(repeating: "é1 ", count: 400),
    String(repeating: "q", count: 161),
  ]

  @Test(arguments: zoo) func theFactsAreThoseOfTheDefinitions(value: String) {
    let facts = ValueFacts(value, Self.currencies)
    let (traits, length) = defined(value)
    #expect(facts.traits == traits)
    #expect(Int(facts.length) == length)
  }

  @Test(arguments: 0..<40) func soTheyAreForNoise(seed: UInt64) {
    var dice = Dice(seed: seed)
    let alphabet = Array("aZ09 .,-_@:/$¥%é象\u{301}\u{600}\u{200D}\"'[]{}\r\n\u{2028}h।。".unicodeScalars)
    for _ in 0..<300 {
      var value = ["", "", "https://", "/", "http://img"].randomElement(using: &dice)!
      for _ in 0..<Int.random(in: 0..<16, using: &dice) {
        value.unicodeScalars.append(alphabet.randomElement(using: &dice)!)
      }
      let (traits, length) = defined(value)
      let facts = ValueFacts(value, Self.currencies)
      #expect(facts.traits == traits, "\(value.debugDescription)")
      #expect(Int(facts.length) == length, "\(value.debugDescription)")
    }
  }

  @Test func equalTextsInOtherBytesKeepTheirOwnFacts() {
    let memory = ValueMemory(Self.currencies)
    let (composed, decomposed) = ("é", "e\u{301}")
    #expect(composed == decomposed)
    #expect(!memory.facts(of: composed).traits.contains(.wordy))
    #expect(memory.facts(of: decomposed).traits.contains(.wordy))
    #expect(memory.facts(of: decomposed) == ValueFacts(decomposed, Self.currencies))
    #expect(memory.facts(of: composed) == ValueFacts(composed, Self.currencies))
  }

  @Test func rememberedFactsAreTheSameAsNewOnes() {
    let memory = ValueMemory(Self.currencies)
    for _ in 0..<2 {
      #expect(Self.zoo.map { memory.facts(of: $0) } == Self.zoo.map { ValueFacts($0, Self.currencies) })
    }
    memory.forget()
    #expect(Self.zoo.map { memory.facts(of: $0) } == Self.zoo.map { ValueFacts($0, Self.currencies) })
  }

  @Test func aMemoryThatOverflowsStartsAfreshAndStaysRight() {
    let memory = ValueMemory(Self.currencies)
    for number in 0..<80_000 {
      let value = "seller_\(number) " + String(repeating: "x", count: 100)
      _ = memory.facts(of: value)
    }
    #expect(memory.facts(of: "$1,200.50") == ValueFacts("$1,200.50", Self.currencies))
  }

  @Test func filesThatShareGuessesHaveTheColumnsThatTheyHaveAlone() throws {
    let weeks = (0..<3).map { week in
      "column1,column2,column3,column4\n"
        + (0..<60).map {
          "\"carved bangle, no \($0), old\",\($0 * 35 + 15 + week).00,moss_\($0 % 7),https://taobao.example/\($0)\n"
        }
        .joined()
    }
    let folder = InventedFolder()
    let paths = weeks.enumerated().map { folder.write("week\($0).csv", $1) }
    func findings(_ paths: [String]) throws -> [[ColumnFinding]] {
      let options = IntakeOptions(tables: InventedTables.tables)
      return try DatasetOpening.open(paths: paths, options: options).dataset.sources.map(\.reader.findings)
    }
    let alone = try paths.flatMap { try findings([$0]) }
    #expect(try findings(paths) == alone)
    #expect(alone[0].map(\.field) == [.title, .price, .sellerAlias, .url])
  }

  @Test(arguments: ["\r\n", "e\u{301}", "x", "象", "\u{301}"])
  func aLongCellIsCutByCharactersWhateverIsAtItsEdge(edge: String) {
    for before in 996...1001 {
      let cell = String(repeating: "a", count: before) + edge + "bcd"
      let wanted = String(cell.prefix(1000))
      let trimmed = wanted.unicodeScalars.reversed().drop { $0.value <= 0x20 }.reversed()
      #expect(Array(ColumnSample.value(cell).unicodeScalars) == Array(trimmed), "\(before)")
    }
  }

  @Test func rowsWithoutKeysAreOtherwiseTheSame() throws {
    let text =
      "listing_id,platform,url,title,price,currency\n"
      + (0..<50).map {
        "\($0),,https://www.taobao.example/\($0),ring \u{0}\($0),\($0 % 9 == 0 ? "ask" : "\($0 * 7)"),THB\n"
      }.joined()
      + "51,x,,bad \u{FFFD} bytes,7,THB\n"
    let folder = InventedFolder()
    var bytes = Array(text.utf8)
    if let place = bytes.firstIndex(of: 0xEF) { bytes[place] = 0xFF }
    let path = folder.write("week.csv", bytes)
    var options = IntakeOptions(tables: InventedTables.tables)
    options.encoding = .utf8
    let whole = try DatasetOpening.open(paths: [path], options: options)
    options.makesKeys = false
    let without = try DatasetOpening.open(paths: [path], options: options)
    #expect(whole.problems.kept.map(\.description) == without.problems.kept.map(\.description))
    #expect(whole.problems.count > 0 && without.dataset.rowCount == 51)
    for row in 0..<51 {
      #expect(whole.dataset.price(at: row) == without.dataset.price(at: row))
      #expect(whole.dataset.text(of: .platform, at: row) == without.dataset.text(of: .platform, at: row))
      #expect(whole.dataset.key(at: row) == without.dataset.key(at: row))
      #expect(without.dataset.keyFingerprints[row] == 0)
    }
  }
}
