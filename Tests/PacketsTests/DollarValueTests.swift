import CaseFiles
import SmallFormats
import Testing

@testable import Packets

/// Prices added up in one currency, at rates that the packet states.
@Suite struct DollarValueTests {
  private static let rates = [
    ExchangeRate(currency: "CNY", unitsPerDollar: "7.17", day: "2026-11-20", source: "invented <b>fixing</b>"),
    ExchangeRate(currency: "EUR", unitsPerDollar: "0.86", day: "2026-11-20", source: "invented <b>fixing</b>"),
    ExchangeRate(currency: "THB", unitsPerDollar: "32.6", day: "2026-11-01", source: "another"),
    ExchangeRate(currency: "USD", unitsPerDollar: "1", day: "2026-11-20", source: "by definition"),
  ]

  private func packet(_ prices: [(amount: String?, currency: String?)], _ rates: [ExchangeRate] = Self.rates) -> Packet
  {
    var packet = Invented.packet(
      prices.enumerated().map { index, price in
        var listing = Invented.bareListing("text:\(index)")
        listing.price = PriceFacts(asAdvertised: "as said", amount: price.amount, currency: price.currency)
        return listing
      })
    packet.file.rates = rates
    return packet
  }

  private func report(_ packet: Packet) throws -> String {
    Invented.text(of: Report.path, in: try PacketAssembly(packet))
  }

  @Test func pricesAreAddedUpInDollarsWithTheRatesAndTheirDays() throws {
    let report = try report(packet([("717", "CNY"), ("86", "EUR"), ("50.4", "USD"), ("3260", "THB")]))
    #expect(report.contains("about <strong>350 USD</strong> in 4 adverts"))
    #expect(
      report.contains(
        "7.17 CNY, 0.86 EUR as of 2026-11-20 (invented &lt;b&gt;fixing&lt;/b&gt;); 32.6 THB as of 2026-11-01"))
    #expect(report.contains("an order of magnitude, no valuation"))
    #expect(report.contains("<strong>717 CNY</strong> in 1 advert"))
  }

  @Test func aPriceWithoutARateIsCountedAsSuchAndInNoSum() throws {
    let report = try report(packet([("100", "USD"), ("900", "XAU"), (nil, nil)]))
    #expect(
      report.contains("about <strong>100 USD</strong> in 1 advert; 1 advert in a currency without a rate not counted"))
    #expect(!report.contains("One dollar is taken as"))
  }

  @Test func onlyTheRatesOfPricesInThePacketAreStated() throws {
    let assembly = try PacketAssembly(packet([("717", "CNY")]))
    let document = try JSONReading.value(of: Array(Invented.text(of: "data/packet.json", in: assembly).utf8))
    let stated = document.at("tool")?.each("exchange_rates") ?? []
    #expect(stated.map { $0.word("currency") } == ["CNY"])
    #expect(stated.first?.word("units_per_usd") == "7.17" && stated.first?.word("as_of") == "2026-11-20")
  }

  @Test func withoutARateNothingIsSaidInOneCurrency() throws {
    let packet = packet([("717", "CNY")], [])
    #expect(try !report(packet).contains("In one currency"))
    let document = Invented.text(of: "data/packet.json", in: try PacketAssembly(packet))
    #expect(!document.contains("exchange_rates"))
  }

  @Test(arguments: [
    ("1000000", "USD", "1", "1,000,000"), ("0.05", "USD", "1", "0.05"), ("9.996", "USD", "1", "10.00"),
    ("999999999999999", "VND", "26100", "38,314,176,245"), ("1", "KWD", "0.000001", "1,000,000"),
    ("2.5", "USD", "1", "2.50"), ("10.5", "USD", "1", "11"),
  ])
  func sumsAreExactAndRoundedOnce(amount: String, currency: String, rate: String, shown: String) throws {
    let rates = [ExchangeRate(currency: currency, unitsPerDollar: rate, day: "2026-11-20", source: "invented")]
    #expect(try report(packet([(amount, currency)], rates)).contains("about <strong>\(shown) USD</strong>"))
  }

  @Test(arguments: ["0", "", "-1", "1e3", "nan", "1.1234567"]) func whatIsNoRateDividesNothing(text: String) {
    var sum = ExactSum()
    let isAdded = sum.add("10", dividedBy: text)
    #expect(!isAdded && sum.grouped == "0" && !ExactSum.isRate(text))
  }

  // MARK: Verify

  @Test(arguments: [
    ("\"units_per_usd\": \"1\"", "\"units_per_usd\": \"0.5\"", "report.html"),
    ("\"units_per_usd\": \"1\"", "\"units_per_usd\": \"0\"", "units_per_usd"),
    ("\"as_of\": \"2026-11-20\"", "\"as_of\": \"soon\"", "as_of"),
  ])
  func aChangedRateShows(old: String, new: String, named: String) throws {
    let forged = try ForgedPacket()
    try forged.replace(old, new, in: "data/packet.json")
    #expect(forged.found.contains { $0.sentence.contains(named) || $0.path.contains(named) }, "\(forged.found)")
  }
}
