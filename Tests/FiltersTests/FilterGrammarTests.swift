import Filters
import Listings
import SmallFormats
import Testing

private func dollars(_ whole: Int64) -> Amount { Amount(tenThousandths: whole * 10_000) }
private func range(_ low: Int64?, _ high: Int64?, _ currency: String? = nil) -> Clause {
  .price([.range(low: low.map(dollars), high: high.map(dollars), currency: currency)])
}
private func midnight(_ year: Int, _ month: Int = 1, _ day: Int = 1) -> Int64 {
  CalendarDay.number(Int64(year), Int64(month), Int64(day))! * CalendarDay.seconds
}

struct FilterGrammarTests {
  static let forms: [(String, [Clause])] = [
    ("", []), ("   ", []), ("ivory", [.words("ivory")]), ("ivory ring", [.words("ivory"), .words("ring")]),
    ("\"ivory ring\"", [.words("ivory ring")]), ("-ivory", [.not(.words("ivory"))]),
    ("--ivory", [.not(.not(.words("ivory")))]),
    ("a AND b", [.words("a"), .words("b")]), ("a OR b", [.any([.words("a"), .words("b")])]),
    ("a b OR c", [.any([.all([.words("a"), .words("b")]), .words("c")])]),
    ("(a OR b) c", [.any([.words("a"), .words("b")]), .words("c")]),
    ("-(a OR b)", [.not(.any([.words("a"), .words("b")]))]), ("()", [.all([])]),
    ("ORchid or", [.words("ORchid"), .words("or")]),
    ("/ju+mbo/", [.regex("ju+mbo")]), ("/a b\\/c/ d", [.regex("a b\\/c"), .words("d")]), ("/a\\\\/", [.regex("a\\\\")]),
    ("/half", [.words("/half")]), ("//", [.words("//")]), ("http://x.example/a", [.words("http://x.example/a")]),
    ("platform:xianyu", [.field(.platform, [.containing("xianyu")])]),
    ("PLATFORM:xianyu", [.field(.platform, [.containing("xianyu")])]),
    ("species:\"Manis javanica\"", [.field(.species, [.exactly("Manis javanica")])]),
    ("seller:莲*", [.field(.sellerAlias, [.glob("莲*")])]),
    ("seller_alias:bob", [.field(.sellerAlias, [.containing("bob")])]),
    ("-seller:bob", [.not(.field(.sellerAlias, [.containing("bob")]))]),
    ("country:cn,vn", [.field(.country, [.containing("cn"), .containing("vn")])]),
    ("contact:line,none", [.cue(.contact, [.containing("line"), .missing])]),
    ("PAYMENT:paypal", [.cue(.payment, [.containing("paypal")])]),
    ("-shipping:\"discreet shipping\"", [.not(.cue(.shipping, [.exactly("discreet shipping")]))]),
    ("lang:zh", [.field(.language, [.containing("zh")])]), ("country:none", [.field(.country, [.missing])]),
    ("country:\"none\"", [.field(.country, [.exactly("none")])]),
    ("title:*\"a b\"", [.field(.title, [.containing("a b")])]),
    ("id:17", [.field(.listingID, [.containing("17")])]), ("url:http://x", [.field(.url, [.containing("http://x")])]),
    ("price:100..500", [range(100, 500)]), ("price:100..", [range(100, nil)]), ("price:..500", [range(nil, 500)]),
    ("price:100", [range(100, 100)]), ("price:unclear", [.price([.unread])]), ("price:unread", [.price([.unread])]),
    ("price:>=100", [range(100, nil)]), ("price:<=100", [range(nil, 100)]), ("price:1k..2m", [range(1_000, 2_000_000)]),
    ("price:>100", [.price([.range(low: Amount(tenThousandths: 1_000_001), high: nil, currency: nil)])]),
    ("price:<0.5", [.price([.range(low: nil, high: Amount(tenThousandths: 4_999), currency: nil)])]),
    ("price:100..500cny", [range(100, 500, "CNY")]), ("price:3000cny", [range(3_000, 3_000, "CNY")]),
    ("price:none,unread", [.price([.missing, .unread])]),
    ("price:1.5k", [range(1_500, 1_500)]),
    (
      "price:100..200,2000",
      [
        .price([
          .range(low: dollars(100), high: dollars(200), currency: nil),
          .range(low: dollars(2_000), high: dollars(2_000), currency: nil),
        ])
      ]
    ),
    ("currency:cny", [.currency([.containing("cny")])]), ("currency:none", [.currency([.missing])]),
    ("posted:2026-11..", [.time(.postedAt, [.span(start: midnight(2026, 11), end: nil)])]),
    ("posted:..2025", [.time(.postedAt, [.span(start: nil, end: midnight(2026))])]),
    ("posted:2026-11-20", [.time(.postedAt, [.span(start: midnight(2026, 11, 20), end: midnight(2026, 11, 21))])]),
    ("posted:>2026-11-20", [.time(.postedAt, [.span(start: midnight(2026, 11, 21), end: nil)])]),
    ("posted:>=2026-11-20", [.time(.postedAt, [.span(start: midnight(2026, 11, 20), end: nil)])]),
    ("posted:<2026", [.time(.postedAt, [.span(start: nil, end: midnight(2026))])]),
    ("posted:<=2026", [.time(.postedAt, [.span(start: nil, end: midnight(2027))])]),
    ("captured:none", [.time(.capturedAt, [.missing])]),
    (
      "posted:2026-11-20T08:30",
      [.time(.postedAt, [.span(start: midnight(2026, 11, 20) + 30_600, end: midnight(2026, 11, 20) + 30_660)])]
    ),
    ("is:unreviewed", [.state([.unreviewed])]), ("is:fp,unsure", [.state([.falsePositive, .unsure])]),
    ("is:False_Positive", [.state([.falsePositive])]),
    ("species-is:probable,possible", [.described(.species, [.containing("probable"), .containing("possible")])]),
    ("reason:replica,other_material", [.reason([.containing("replica"), .containing("other-material")])]),
    ("reason:\"other material\"", [.reason([.exactly("other-material")])]), ("reason:none", [.reason([.missing])]),
    ("note:\"same hands\",ring*", [.note([.exactly("same hands"), .glob("ring*")])]),
    ("note:none", [.note([.missing])]),
    ("-Grading-Is:B*", [.not(.described(.grading, [.glob("B*")]))]),
    (
      "documents-is:none quantity-is:\"12 KIL\"",
      [.described(.documents, [.missing]), .described(.quantity, [.exactly("12 KIL")])]
    ),
    ("file:week47*", [.file([.glob("week47*")])]), ("notes:seen", [.column("Notes", [.containing("seen")])]),
    ("\"Seller rating\":5", [.column("Seller rating", [.containing("5")])]),
    ("column:\"Seller rating\"=5,6", [.column("Seller rating", [.containing("5"), .containing("6")])]),
    ("column:location=Amber -x", [.column("location", [.containing("Amber")]), .not(.words("x"))]),
    ("location:Amber", [.field(.location, [.containing("Amber")])]),
    (
      "platform:xianyu price:>=100 -(a OR b) \"c d\"",
      [
        .field(.platform, [.containing("xianyu")]), range(100, nil), .not(.any([.words("a"), .words("b")])),
        .words("c d"),
      ]
    ),
  ]

  @Test(arguments: forms)
  func everyFormIsReadAsItIsDescribedAndWrittenBackEqually(text: String, clauses: [Clause]) throws {
    let columns: Set<String> = ["Notes", "Seller rating", "location"]
    let filter = try FilterSyntax.read(text, columns: columns)
    #expect(filter == Filter(clauses))
    #expect(try FilterSyntax.read(filter.text, columns: columns) == filter, "\(filter.text)")
  }

  @Test func inQuotesAComparisonIsWords() throws {
    let filter = try FilterSyntax.read("\"price>100\"")
    #expect(filter.clauses == [.words("price>100")])
    let again = try FilterSyntax.read(filter.text)
    #expect(filter.text == "\"price>100\"" && again == filter)
    #expect(try FilterSyntax.read("a>b x=y").clauses == [.words("a>b"), .words("x=y")])
  }

  static let faults: [(String, FilterProblem.What, Range<Int>, String)] = [
    ("ivory \"ring", .unclosedQuote, 6..<7, "the quote at column 7 is not closed"),
    ("(a b", .unclosedGroup, 0..<1, "the bracket at column 1 is not closed"),
    ("a b)", .unexpectedClosing, 3..<4, "the bracket at column 4 closes nothing"),
    ("a -", .nothingAfter("-"), 2..<3, "nothing follows - at column 3"),
    ("a OR", .nothingAfter("OR"), 2..<4, "nothing follows OR at column 3"),
    ("OR a", .nothingAfter("the start"), 0..<1, "nothing follows the start at column 1"),
    (
      "a platfrom:x", .unknownField("platfrom", nearest: "platform"), 2..<12,
      "no field platfrom at column 3; did you mean platform?"
    ),
    (
      "ivory price>100", .unknownField("price>100", nearest: "price:>100"), 6..<15,
      "no field price>100 at column 7; did you mean price:>100?"
    ),
    (
      "risk>=60", .unknownField("risk>=60", nearest: "risk:>=60"), 0..<8,
      "no field risk>=60 at column 1; did you mean risk:>=60?"
    ),
    (
      "Platform=ebay", .unknownField("Platform=ebay", nearest: "platform:ebay"), 0..<13,
      "no field Platform=ebay at column 1; did you mean platform:ebay?"
    ),
    ("column:whatever=x", .unknownField("whatever", nearest: nil), 0..<17, "no field or column whatever at column 1"),
    ("whatever:x", .unknownField("whatever", nearest: nil), 0..<10, "no field or column whatever at column 1"),
    ("象 price:ask", .notAPrice("ask"), 8..<11, "ask at column 9 is no price; write 100..500, >100, none or unread"),
    ("price:<0", .notAPrice("<0"), 6..<8, "<0 at column 7 is no price; write 100..500, >100, none or unread"),
    (
      "price:500..100", .backwards("500..100"), 6..<14, "500..100 at column 7 runs backwards; write the lower end first"
    ),
    (
      "price:1,200", .commaInNumber("1,200"), 6..<11,
      "1,200 at column 7 has a comma, which separates values; write 1200, or a range for each price"
    ),
    (
      "price:>1,200", .commaInNumber(">1,200"), 6..<12,
      ">1,200 at column 7 has a comma, which separates values; write >1200, or a range for each price"
    ),
    (
      "posted:2026-13", .notATime("2026-13"), 7..<14,
      "2026-13 at column 8 is no date; write 2026-11, 2026-11-01..2026-11-15 or 2026..; a week is week:2026-W47"
    ),
    (
      "posted:2027..2026", .backwards("2027..2026"), 7..<17,
      "2027..2026 at column 8 runs backwards; write the lower end first"
    ),
    (
      "is:finished", .notAState("finished"), 3..<11,
      "no is:finished at column 4; write confirmed, false-positive, unsure, unreviewed, reviewed, marked, noted, ask-again, to-decide, disagreement, by-others, problem, unreadable, duplicate, new, seen, changed, reappeared, gone"
    ),
    ("platform:", .emptyValue("platform"), 0..<9, "platform: at column 1 needs a value, or none"),
    ("platform:a,", .emptyValue("platform"), 0..<11, "platform: at column 1 needs a value, or none"),
    (
      "a risk:high", .notARisk("high"), 7..<11,
      "high at column 8 is no risk; write >60, 40..60 or unknown (risks go from 0 to 100)"
    ),
    (
      "risk:>100", .notARisk(">100"), 5..<9,
      ">100 at column 6 is no risk; write >60, 40..60 or unknown (risks go from 0 to 100)"
    ),
    (
      "week:47", .notAWeek("47"), 5..<7, "47 at column 6 is no week; write 2026-W47, 2026-W45..2026-W47, newest or none"
    ),
    (
      "week:2026-W60", .notAWeek("2026-W60"), 5..<13,
      "2026-W60 at column 6 is no week; write 2026-W47, 2026-W45..2026-W47, newest or none"
    ),
    (
      "week:2026-W47..2026-W45", .backwards("2026-W47..2026-W45"), 5..<23,
      "2026-W47..2026-W45 at column 6 runs backwards; write the lower end first"
    ),
    ("e\u{301}\u{302} platform:", .emptyValue("platform"), 2..<11, "platform: at column 3 needs a value, or none"),
  ]

  @Test(arguments: faults)
  func aProblemIsReportedWithItsPosition(text: String, what: FilterProblem.What, place: Range<Int>, sentence: String) {
    let problem = #expect(throws: FilterProblem.self) { try FilterSyntax.read(text) }
    #expect(problem == FilterProblem(what, place))
    #expect(problem?.sentence == sentence)
  }

  @Test func anExpressionThatCannotBeReadSaysWhereItStands() {
    let problem = #expect(throws: FilterProblem.self) { try FilterSyntax.read("a /(b/") }
    #expect(problem?.range == 2..<6)
    #expect(problem?.sentence.hasPrefix("the expression at column 3 cannot be read: ") == true)
  }

  @Test(arguments: ["(", "-", "-(", "(a OR "])
  func nestingWithoutEndIsRefused(opening: String) {
    let problem = #expect(throws: FilterProblem.self) {
      try FilterSyntax.read(String(repeating: opening, count: 50_000) + "a")
    }
    #expect(problem?.what == .tooDeep)
  }

  @Test(arguments: [
    "price:922337203685477.5807", "price:>922337203685477.5807", "price:922337203685477.5808",
    "price:99999999999999999.5m",
    "price:9223372036854775807k", "price:99999999999999999999", "posted:9999", "posted:>9999", "posted:<0000",
    "posted:0000",
    "posted:0001-01-01T00:00:00", "posted:99999", "price:+5", "price:-0", "price:1.+5", "posted:+202", "price:usd",
    "price:.", "price:..",
  ])
  func theLargestNumbersAreReadOrRefusedButNeverMisread(text: String) throws {
    switch reading(text) {
    case .success(let filter): #expect(reading(filter.text) == .success(filter), "\(filter.text)")
    case .failure(let problem):
      #expect(problem.range.lowerBound >= 6)
      #expect(!text.hasPrefix("price:922337203685477.5807"))
    }
  }
}

func reading(_ text: String, columns: Set<String> = []) -> Result<Filter, FilterProblem> {
  do { return .success(try FilterSyntax.read(text, columns: columns)) } catch { return .failure(error) }
}
