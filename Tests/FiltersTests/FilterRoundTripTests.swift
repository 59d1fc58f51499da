import CodeWords
import Filters
import Listings
import ListingsTestSupport
import Testing
import Taxa

/// Random filters of the kinds that reading can give.
struct FilterForge {
  var dice: Dice

  static let columns: Set<String> = [
    "Notes", "Seller rating", "a\"b", "back\\slash", "http", "-minus", "/slash", "with:colon", "(x)", "OR", "象牙",
    "\u{301}mark", "a,b", "price", "is", "Title", "file", "column", "a=b", "=", "risk", "taxon", "appendix", "china",
  ]
  static let nasty = [
    "ivory", "象牙", "vảy tê tê", "none", "NONE", "OR", "AND", "or", "-", "-x", "/", "/x/", "a\"b", "\"", "\\", "\\\"",
    "a:b", ":", "a,b", ",", "(", ")",
    "a b", " lead", "trail ", "\u{301}x", "x\u{301}", "\u{FE0F}", "🐘", "👩🏽‍🚀", "\r\n", "\n", "\t", "\u{3000}",
    "\u{202E}abc", "\u{0}", "is", "price:5", "http://x/y",
    "1,200", "''", "\u{A0}", "\u{200B}", String(repeating: "long ", count: 400), "",
  ]

  mutating func text() -> String {
    dice.once(in: 3) ? dice.pick(Self.nasty) + dice.pick(Self.nasty) : dice.pick(Self.nasty)
  }

  mutating func pattern() -> ValuePattern {
    switch dice.below(4) {
    case 0: return .exactly(text())
    case 1: return .containing(text().filter { !$0.unicodeScalars.contains("*") })
    case 2: return .glob(text() + "*" + text())
    default: return .missing
    }
  }

  mutating func some<Value>(_ make: (inout FilterForge) -> Value) -> [Value] {
    (0...dice.below(3)).map { _ in make(&self) }
  }

  mutating func price() -> PriceTest {
    let roll = dice.below(6)
    if roll == 0 { return .missing }
    if roll == 1 { return .unread }
    let low = Amount(tenThousandths: Int64(dice.next() >> UInt64(1 + dice.below(50))))
    let high = Amount(tenThousandths: low.tenThousandths + min(Int64(dice.below(3_000_000)), .max - low.tenThousandths))
    let currency = dice.once(in: 2) ? dice.pick(["USD", "CNY", "XYZ"]) : nil
    return .range(low: roll == 2 ? nil : low, high: roll == 3 ? nil : roll == 4 ? low : high, currency: currency)
  }

  mutating func time() -> TimeTest {
    let roll = dice.below(5)
    if roll == 0 { return .missing }
    // Within the years 0001 to 9998, often at the seams of days.
    let day = Int64(dice.below(3_650_000)) - 719_000
    let start = day * 86_400 + dice.pick([0, 1, 86_398, 86_399, Int64(dice.below(86_400))])
    let end = start + dice.pick([1, 59, 60, 86_399, 86_400, 86_401, 31_536_000])
    return .span(start: roll == 1 ? nil : start, end: roll == 2 ? nil : end)
  }

  /// A name without the sign before it that would make it another test; one must be there.
  mutating func taxon() -> TaxonTest {
    let name = text().unicodeScalars.drop { $0 == "=" }
    let whole = name.isEmpty ? "Manis" : String(String.UnicodeScalarView(name))
    return dice.pick([.within(whole), .only(whole), .only("=" + whole), .missing, .suggested, .unknown])
  }

  mutating func aboutTaxa() -> Clause {
    if dice.once(in: 2) { return .taxon(some { $0.taxon() }) }
    let list = dice.pick(ProtectionList.allCases)
    let levels: [ListingLevels] = list == .cites ? [.first, .second, .third, .none] : [.first, .second, .none]
    return .protection(list, some { forge in forge.dice.once(in: 4) ? .unknown : .level(forge.dice.pick(levels)) })
  }

  mutating func clause(_ depth: Int) -> Clause {
    switch dice.below(depth > 0 ? 13 : 9) {
    case 0, 1: return .words(text())
    case 2: return .regex(dice.pick(["a+", "x\\/y", "\\\\", "[象牙]", "a b", "(a|b) c", "a/b"]))
    case 3:
      return .field(
        dice.pick(Field.allCases.filter { ![.price, .currency, .postedAt, .capturedAt].contains($0) }),
        some { $0.pattern() })
    case 4: return .column(dice.pick(Self.columns.sorted()), some { $0.pattern() })
    case 5: return .price(some { $0.price() })
    case 6: return dice.once(in: 2) ? .currency(some { $0.pattern() }) : .file(some { $0.pattern() })
    case 7: return .time(dice.pick([.postedAt, .capturedAt]), some { $0.time() })
    case 8: return .state(some { $0.dice.pick(ListingState.allCases) })
    case 9: return .not(clause(depth - 1))
    // A group of one clause is that clause.
    case 11: return aboutTaxa()
    case 10: return .all([clause(depth - 1)] + some { $0.clause(depth - 1) })
    default: return .any([clause(depth - 1)] + some { $0.clause(depth - 1) })
    }
  }

  mutating func filter() -> Filter { Filter((0...dice.below(4)).map { _ in clause(2) }) }
}

struct FilterRoundTripTests {
  @Test(arguments: 0..<100 as Range<UInt64>)
  func readingTheTextOfAFilterGivesAnEqualFilter(seed: UInt64) throws {
    var forge = FilterForge(dice: Dice(seed: seed))
    for _ in 0..<60 {
      let filter = forge.filter()
      let read = try FilterSyntax.read(filter.text, columns: FilterForge.columns)
      #expect(read == filter, "\(filter.text)")
      #expect(read.text == filter.text)
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func readingNeverCrashesAndWhatIsReadCanBeWritten(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let pieces =
      FilterForge.nasty.filter { $0.count < 50 } + [
        "platform:", "price:", "posted:", "is:", "confirmed", "100..", "2026-11", ">", "<=", "k", "usd", "*", "\"", "(",
        ")", "-", " ", " OR ", ",", "/", "[", "a",
        "Notes:", "currency:", "T08:30", "..", "taxon:", "appendix:", "china:", "II", "=", "unknown",
      ]
    for _ in 0..<100 {
      let text = dice.text(of: pieces, upTo: 14)
      switch reading(text, columns: FilterForge.columns) {
      case .success(let filter):
        let again = reading(filter.text, columns: FilterForge.columns)
        #expect(again == .success(filter), "\(text.debugDescription) as \(filter.text.debugDescription)")
      case .failure(let problem):
        #expect(problem.range.upperBound <= text.count + 1, "\(text.debugDescription)")
        #expect(!problem.sentence.isEmpty)
      }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func randomScalarsAreReadOrRefusedWithinTheirText(seed: UInt64) {
    var dice = Dice(seed: seed)
    let scalars = (0..<dice.below(60)).map { _ in
      Unicode.Scalar(dice.once(in: 3) ? UInt32(dice.below(0x11_0000)) : 0x20 + UInt32(dice.below(0x60))) ?? " "
    }
    let text = String(String.UnicodeScalarView(scalars))
    switch reading(text, columns: []) {
    case .success(let filter):
      #expect(reading(filter.text, columns: []) == .success(filter), "\(text.debugDescription)")
    case .failure(let problem):
      #expect(problem.range.upperBound <= text.count + 1, "\(text.debugDescription)")
      #expect(!problem.sentence.isEmpty)
    }
  }
}
