@testable import Intake
import Listings
import Testing

@Suite struct PriceReadingTests {
  private static let tables = InventedTables.tables

  /// A price cell read with what stands around it: amount, currency, basis.
  private func read(
    _ cell: String, currency: String = "", platform: String = "", host: String = "", country: String = "",
    column: String = "", isNumber: Bool = false
  ) -> (
    state: PriceState, amount: String?, currency: String?, basis: CurrencyBasis, dollars: String?,
    problem: PriceProblem?
  ) {
    var reading = PriceReading(currencies: Self.tables.currencies, platforms: Self.tables.platforms)
    let slabs = TextSlabs()
    func bytes(_ text: String) -> UnsafeRawBufferPointer {
      var text = text
      return text.withUTF8 {
        UnsafeRawBufferPointer(start: slabs.store(UnsafeRawBufferPointer($0)), count: $0.count)
      }
    }
    var around = PriceReading.Surroundings()
    around.currencyField = bytes(currency)
    around.platform = bytes(platform)
    around.host = bytes(host)
    around.country = bytes(country)
    around.columnCurrency = Self.tables.currencies.number(ofCode: column)
    around.isNumber = isNumber
    let outcome = reading.read(bytes(cell), around)
    return withExtendedLifetime(slabs) {
      (
        outcome.state, outcome.amount == Dataset.noAmount ? nil : Amount(tenThousandths: outcome.amount).description,
        outcome.currency == 0 ? nil : Self.tables.currencies.codes[Int(outcome.currency) - 1], outcome.basis,
        outcome.usDollars == Dataset.noAmount ? nil : Amount(tenThousandths: outcome.usDollars).description,
        outcome.problem
      )
    }
  }

  @Test(arguments: [
    ("$550", "550", "USD"), ("1,200.50", "1200.5", nil), ("1.200,50 €", "1200.5", "EUR"), ("1 200,50", "1200.5", nil),
    ("Rp 785.000.000", "785000000", "IDR"), ("Rp.50.000", "50000", "IDR"), ("۵۰۰ تومان", "5000", "IRR"),
    ("3000元", "3000", "CNY"),
    ("1.2万", "12000", nil), ("12k", "12000", nil), ("9 THB", "9", "THB"), ("R 32,500", "32500", "ZAR"),
    ("฿1,200", "1200", "THB"), ("US$1,200", "1200", "USD"), ("1'200.-", "1200", nil), ("Fr. 1'200.-", "1200", "CHF"),
    ("١٢٠٠", "1200", nil), ("۱۲٫۵", "12.5", nil), ("１，２００", "1200", nil), ("๓๐๐ baht", "300", "THB"),
    ("¥3,000", "3000", "CNY"), ("1,00,000", "100000", nil), ("0.125", "0.125", nil), ("1234.567", "1234.567", nil),
    ("12.346", "12346", nil), ("KD 12.345", "12.345", "KWD"), ("9,90", "9.9", nil), ("500.000đ", "500000", "VND"),
    ("164429.89045383412", "164429.8904", nil), ("1e+05", "100000", nil), ("100-200", "100", nil),
    ("$1,200 - $1,500", "1200", "USD"), ("2 for $50", "50", "USD"), ("3000 negotiable", "3000", nil),
    ("Price: 45", "45", nil), ("300.0", "300", nil), ("12K", "12000", nil), (" 75 ", "75", nil),
    ("2 triệu", "2000000", "VND"), ("1.5 jt", "1500000", "IDR"), ("$100 ", "100", "USD"),
    ("1\u{A0}200\u{A0}€", "1200", "EUR"),
  ])
  func amountsAreReadAsPeopleWriteThem(_ cell: String, _ amount: String, _ currency: String?) {
    let price = read(cell)
    #expect(price.amount == amount, "\(cell)")
    #expect(price.currency == currency, "\(cell)")
    #expect(price.state == (currency == nil ? .withoutCurrency : .read))
  }

  @Test(arguments: ["", " ", "NA", "n/a", "[]", "-", "--", "–", "null", "None", "NaN"])
  func missingPricesAreMissing(_ cell: String) {
    let price = read(cell, currency: "USD")
    #expect(price.state == .missing)
    #expect(price.amount == nil)
  }

  @Test(arguments: [
    ("zorkmids", PriceProblem.noAmount), ("€", .noAmount), ("-50", .belowZero), ("price: -50", .belowZero),
    ("50% off", .digitsUnclear), ("0812345678", .digitsUnclear), ("+66812345678", .digitsUnclear),
    ("12.03.2022", .digitsUnclear), ("1,2,3", .digitsUnclear), ("1.200.50", .digitsUnclear), ("5 kg", .measure),
    ("99999999999999999999", .tooLarge), ("922337203685477581", .tooLarge), ("8 or 9 or 70", .severalAmounts),
    ("\u{1B}[5mask", .controlCharacters), ("\u{9B}31m$50", .controlCharacters), ("price:100xyz", .digitsUnclear),
    ("100xyz", .digitsUnclear), ("r500", .digitsUnclear),
  ])
  func textWithoutAnAmountIsUnreadableWithAReasonAndNeverZero(_ cell: String, _ problem: PriceProblem) {
    let price = read(cell, currency: "USD")
    #expect(price.state == .unreadable, "\(cell): \(price)")
    #expect(price.amount == nil)
    #expect(price.dollars == nil)
    #expect(price.problem == problem, "\(cell): \(price)")
  }

  @Test func theCurrencyIsToldByTheNearestSign() {
    #expect(read("€5", currency: "USD").basis == .besideAmount)
    #expect(read("€5", currency: "USD").currency == "EUR")
    #expect(read("5", currency: "baht").currency == "THB")
    #expect(read("5", currency: "THB", column: "USD").basis == .columnName)
    #expect(read("5", platform: "Xianyu", country: "TH").basis == .platform)
    #expect(read("5", platform: "taobao.example").currency == "CNY")
    #expect(read("5", host: "shop.gumtree.co.example").currency == "ZAR")
    #expect(read("5", platform: "Gumtree").currency == nil)
    #expect(read("5", host: "market.co.th").currency == "THB")
    #expect(read("5", country: "TH").basis == .country)
    #expect(read("5").state == .withoutCurrency)
  }

  @Test func aSharedMarkIsDecidedByFieldPlatformOrCountry() {
    #expect(read("$5", currency: "AUD").currency == "AUD")
    #expect(read("$5", host: "gumtree.example").currency == "AUD")
    #expect(read("$5", host: "gumtree.co.example").currency == "USD")
    #expect(read("¥500", country: "JP").currency == "JPY")
    #expect(read("¥500", country: "TH").currency == "CNY")
    #expect(read("5", currency: "$", host: "gumtree.example").currency == "AUD")
    #expect(read("5", currency: "$").currency == "USD")
  }

  @Test func aNumberThatTheSourceCallsANumberHasADecimalPoint() {
    #expect(read("12.346", isNumber: true).amount == "12.346")
    #expect(read("12.346", isNumber: false).amount == "12346")
  }

  @Test func dollarsAreRoundedOnceAndNeverOverflow() {
    #expect(read("720", currency: "CNY").dollars == "100")
    #expect(read("2", currency: "THB").dollars == "0.0625")
    #expect(read("900000000000000", currency: "KWD").dollars == nil)
    #expect(read("900000000000", currency: "KWD").dollars == "3000000000000")
  }

  @Test func anUnknownCurrencyFieldIsAProblemAndThePriceStays() throws {
    let (dataset, problems) = try DatasetOpening.open(text: "title,price,currency\na,5,zorkmid\n")
    #expect(dataset.price(at: 0).state == .withoutCurrency)
    #expect(dataset.price(at: 0).amount == Amount(tenThousandths: 50_000))
    #expect(problems.kept.map(\.what) == [.currencyUnknown])
  }

  @Test func withoutTablesPricesStayWithoutCurrency() throws {
    let folder = InventedFolder()
    let tables = ReferenceTables(folders: [folder.path])
    #expect(tables.problems.map(\.what) == Array(repeating: .tableMissing, count: 5))
    let options = IntakeOptions(tables: tables, chosenColumns: [.price: "price"])
    let (dataset, problems) = try DatasetOpening.open(
      paths: [folder.write("a.csv", "title,price\na,$5\n")], options: options)
    #expect(dataset.price(at: 0).amount == Amount(tenThousandths: 50_000))
    #expect(dataset.price(at: 0).state == .withoutCurrency)
    #expect(problems.count(of: .tableMissing) == 5)
  }
}
