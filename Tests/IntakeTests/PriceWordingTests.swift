@testable import Intake
import Listings
import ListingsTestSupport
import Testing
import SmallFormats

/// Prices as people write them in their languages, read with the shipped tables' kinds of marks.
@Suite struct PriceWordingTests {
  private func read(_ cell: String, currency: String = "", country: String = "") -> PriceReading.Outcome {
    var reading = PriceReading(currencies: InventedTables.tables.currencies, platforms: InventedTables.tables.platforms)
    return withBytes([cell, currency, country]) { bytes in
      var around = PriceReading.Surroundings()
      (around.currencyField, around.country) = (bytes[1], bytes[2])
      return reading.read(bytes[0], around)
    }
  }

  private func amount(_ outcome: PriceReading.Outcome) -> String? {
    outcome.amount == Dataset.noAmount ? nil : Amount(tenThousandths: outcome.amount).description
  }

  @Test(arguments: [
    ("1tr6", "1600000"), ("1tr65", "1650000"), ("1tr650", "1650000"), ("500k", "500000"), ("giá 500k", "500000"),
    ("2tỷ", "2000000000"), ("2 tỷ 5", "2500000000"), ("2 triệu 500 nghìn", "2500000"), ("2tr5 đ", "2500000"),
    ("1,5jt", "1500000"), ("1.5 juta", "1500000"), ("50rb", "50000"), ("50 ribu", "50000"), ("Rp1,5jt", "1500000"),
    ("1.2万", "12000"), ("3w5", "35000"), ("1万2千", "12000"), ("1万2000元", "12000"), ("1千5", "1500"), ("5만", "50000"),
    ("5พัน", "5000"), ("3 หมื่น", "30000"), ("2 แสน", "200000"), ("1 ล้าน 5 แสน", "1500000"), ("๕ พัน", "5000"),
    ("15 тыс", "15000"), ("15к", "15000"), ("15т", "15000"), ("2 млн", "2000000"), ("2 lakh", "200000"),
    ("1.5 crore", "15000000"), ("50 mil", "50000"), ("۵۰۰ هزار", "500000"), ("$1.5m", "1500000"), ("12€50", "12.5"),
    ("1k5", "1500"), ("12K", "12000"),
  ])
  func multiplesCountInEveryLanguage(_ cell: String, _ expected: String) {
    #expect(amount(read(cell)) == expected, "\(cell)")
  }

  @Test(arguments: [
    ("2 triệu 1 con", "2000000"), ("2 con 500k", "500000"), ("100-200k", "100000"), ("5-6tr/con", "5000000"),
    ("900-1k", "900"), ("100-200 ฿", "100"), ("$1 - $5", "1"), ("2 for $50", "50"),
  ])
  func whatAnimalsAreCountedByIsNoPartOfThePrice(_ cell: String, _ expected: String) {
    #expect(amount(read(cell)) == expected, "\(cell)")
  }

  @Test(arguments: ["1.5m", "1.5tr6", "1tr1234567", "2 pcs", "5 ตัว", "iphone12"])
  func measuresAndNumbersThatNobodyMeansAreNoAmounts(_ cell: String) {
    #expect(read(cell).state == .unreadable, "\(cell)")
  }

  @Test func aLetterIsACurrencyAsACapitalOrWhereThePlaceHasIt() {
    let codes = InventedTables.tables.currencies
    #expect(read("R500").currency == codes.number(ofCode: "ZAR"))
    #expect(read("r500", currency: "ZAR").amount == 5_000_000)
    #expect(read("r500").state == .unreadable)
    #expect(read("350000K", currency: "MMK").amount == 3_500_000_000)
    #expect(read("350K", currency: "MMK").amount == 3_500_000_000)
  }

  @Test func anUnknownCodeBesideTheAmountIsNotReplacedByThePlacesCurrency() throws {
    let (dataset, problems) = try DatasetOpening.open(text: "title,price,country\na,100 XYZ,TH\nb,100 OBO,TH\n")
    #expect(dataset.price(at: 0).state == .withoutCurrency)
    #expect(dataset.price(at: 0).amount == Amount(tenThousandths: 1_000_000))
    #expect(dataset.price(at: 1).currency == "THB")
    #expect(problems.kept.map(\.what) == [.currencyUnknown])
    #expect(problems.kept[0].field == .price)
  }

  @Test(arguments: [
    ("free", PriceState.free), ("Gratis!", .free), ("免费", .free), ("免费送", .free), ("tặng", .free),
    ("Free 2 kittens", .free),
    ("отдам даром", .free), ("面议", .onRequest), ("价格面议", .onRequest), ("PM me", .onRequest), ("Inbox", .onRequest),
    ("liên hệ", .onRequest), ("Liên hệ 0912345678", .onRequest), ("ทักแชท", .onRequest), ("договорная", .onRequest),
    ("negotiable", .onRequest), ("Inquire", .onRequest), ("call 081 or 082", .onRequest), ("على السوم", .onRequest),
    ("swap", .exchange), ("trao đổi", .exchange), ("обмен", .exchange), ("交换", .exchange), ("แลก", .exchange),
  ])
  func wordsInPlaceOfAnAmountSayWhy(_ cell: String, _ state: PriceState) {
    let price = read(cell, currency: "USD")
    #expect(price.state == state, "\(cell): \(price)")
    #expect(price.amount == Dataset.noAmount && price.usDollars == Dataset.noAmount && price.problem == nil)
    #expect(read(cell, currency: "USD") == price)
  }

  @Test func wordsBesideAnAmountLeaveItAnAmount() {
    #expect(amount(read("3000 negotiable")) == "3000")
    #expect(amount(read("Free shipping $50")) == "50")
    #expect(amount(read("£20 ono")) == "20")
  }

  @Test(arguments: [
    ("0", ""), ("0.00", "USD"), ("1", "THB"), ("$1.00", ""), ("111", ""), ("123", "USD"), ("1234", ""),
    ("12345", "VND"),
    ("1,234,567", "VND"), ("1111", ""), ("9999", "THB"), ("99999", ""), ("555555", "THB"), ("1234567890", ""),
    ("11", "THB"),
    ("12", "THB"), ("1元", ""),
  ])
  func placeholdersAreNoAmounts(_ cell: String, _ currency: String) {
    let price = read(cell, currency: currency)
    #expect(price.state == .placeholder, "\(cell): \(price)")
    #expect(price.amount == Dataset.noAmount && price.usDollars == Dataset.noAmount && price.problem == nil)
  }

  @Test(arguments: [
    ("12", "USD"), ("11", "EUR"), ("9", "THB"), ("222", "THB"), ("999", "USD"), ("555", ""), ("1k", "THB"),
    ("1-5", "THB"),
    ("1.5", "USD"), ("1223", ""), ("321", ""), ("100", ""), ("12", ""), ("99.99", "USD"),
  ])
  func amountsThatPeopleDoAskAreAmounts(_ cell: String, _ currency: String) {
    #expect(read(cell, currency: currency).amount != Dataset.noAmount, "\(cell)")
  }

  @Test func aPlaceholderIsNoProblemAndSortsAsUnknown() throws {
    let (dataset, problems) = try DatasetOpening.open(text: "title,price\na,$1\nb,$50\nc,$9999\n")
    #expect(problems.isEmpty)
    #expect(dataset.price(at: 0).state == .placeholder)
    #expect(dataset.price(at: 0).amount == nil)
    #expect(dataset.price(at: 0).currency == "USD")
    #expect(dataset.text(of: .price, at: 0) == "$1")
    let order = RowSorting.order(
      RowSet(allOf: 3), of: dataset, by: SortOrder(.price, descending: true))
    #expect(order.rows == [1, 0, 2])
  }

  /// The oracle for written amounts: what a generator wrote must be read, to the last digit.
  @Test func everyWritingOfAnAmountReadsBackExactly() {
    var random = Dice(seed: 11)
    for _ in 0..<Trials.count(1_000) {
      let whole = Int64.random(in: 2...999_999_999, using: &random)
      let cents = Int64.random(in: 0...99, using: &random)
      let (cell, hundredths) = Writing.random(whole, cents, &random)
      let outcome = read(cell)
      guard outcome.state != .placeholder else {
        #expect(cents == 0 || hundredths % 100 == 0, "\(cell)")
        continue
      }
      #expect(outcome.amount == hundredths * 100, "\(cell): \(outcome)")
    }
  }

  /// Digits never change their meaning silently: without a multiple, a mark that multiplies or a reason, what is read has
  /// the digits that are written, and nothing else.
  @Test func anyTextIsReadWithoutHarm() {
    var random = Dice(seed: 5)
    let parts = [
      "1", "20", "300", ".", ",", " ", "$", "-", "€", "0", "'", "R", "%", "+", "฿", "x", "XYZ", "\u{1B}[5m", "٣",
      "free", "面议",
      "đ", "元", "kg", "\u{200F}",
    ]
    for _ in 0..<Trials.count(1_000) {
      let cell = (0..<Int.random(in: 0..<8, using: &random)).map { _ in parts.randomElement(using: &random)! }.joined()
      let price = read(cell)
      let hasAmount = price.state == .read || price.state == .withoutCurrency
      #expect((price.amount != Dataset.noAmount) == hasAmount, "\(cell)")
      #expect((price.problem != nil) == (price.state == .unreadable), "\(cell)")
      guard hasAmount else { continue }
      #expect(price.amount > 0, "\(cell)")
      let read = Amount(tenThousandths: price.amount).description.filter(\.isNumber)
      let written = String(cell.map { $0 == "٣" ? "3" : $0 }.filter { $0.isASCII && $0.isNumber })
      let significant = read.drop { $0 == "0" }
      #expect(written.contains(significant.reversedZeros), "\(cell) was read as \(price.amount)")
    }
  }
}

extension Substring {
  /// The digits without the zeros that close them, which an amount may lose behind its point.
  fileprivate var reversedZeros: String { String(reversed().drop { $0 == "0" }.reversed()) }
}

/// Ways to write one amount.
private enum Writing {
  static func random(_ whole: Int64, _ cents: Int64, _ random: inout Dice) -> (cell: String, hundredths: Int64) {
    let twoDigits = cents < 10 ? "0\(cents)" : "\(cents)"
    let mark = ["$", "€", "US$", "฿", "Fr. "].randomElement(using: &random)!
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return ("\(whole)", whole * 100)
    case 1: return ("\(mark)\(grouped(whole, ",")).\(twoDigits)", whole * 100 + cents)
    case 2: return ("\(grouped(whole, ".")),\(twoDigits) €", whole * 100 + cents)
    case 3: return ("\(grouped(whole, " ")),\(twoDigits)", whole * 100 + cents)
    case 4: return ("\(grouped(whole, "'")).\(twoDigits) baht", whole * 100 + cents)
    case 5: return (thai("\(whole)"), whole * 100)
    case 6: return ("\(whole / 1000)k", whole / 1000 * 100_000)
    default: return ("\(whole / 1_000_000 + 2)tr\(twoDigits)", ((whole / 1_000_000 + 2) * 100 + cents) * 1_000_000)
    }
  }

  private static func grouped(_ number: Int64, _ mark: String) -> String {
    var groups: [String] = []
    var rest = number
    while rest >= 1000 {
      let group = String(rest % 1000 + 1000).dropFirst()
      groups.insert(String(group), at: 0)
      rest /= 1000
    }
    return ([String(rest)] + groups).joined(separator: mark)
  }

  private static func thai(_ digits: String) -> String {
    String(String.UnicodeScalarView(digits.unicodeScalars.map { Unicode.Scalar($0.value - 0x30 + 0xE50)! }))
  }
}
