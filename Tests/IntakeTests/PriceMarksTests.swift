import Listings
import Testing

@testable import Intake

/// Which currency the marks beside an amount mean, with the shipped table of marks.
@Suite struct PriceMarksTests {
  @Test(arguments: [
    ("AUD $30", "30 AUD"), ("AU $75.00", "75 AUD"), ("A $45", "45 AUD"), ("$45 AU", "45 AUD"), ("$25AUD", "25 AUD"),
    ("aud 25", "25 AUD"), ("au$45", "45 AUD"), ("(AUD) $25", "25 AUD"), ("AUD: $25", "25 AUD"), ("C $80.00", "80 CAD"),
    ("CAD $12.50", "12.5 CAD"), ("CDN $45", "45 CAD"), ("$25 (CAD)", "25 CAD"), ("25,00 $CAD", "25 CAD"),
    ("CAD$ 1 200", "1200 CAD"), ("45 $ CA", "45 CAD"), ("$CA 45", "45 CAD"), ("45$ US", "45 USD"), ("$US 5", "5 USD"),
    ("US $1.200.000", "1200000 USD"), ("SGD $35", "35 SGD"), ("S $20", "20 SGD"), ("HKD $250", "250 HKD"),
    ("NT $300", "300 TWD"), ("TWD $900", "900 TWD"), ("NZD $60", "60 NZD"), ("$NZ40", "40 NZD"), ("$45 NZ", "45 NZD"),
    ("MXN $2,400.00", "2400 MXN"), ("$ 25 MXN", "25 MXN"), ("COP $ 2.300.000", "2300000 COP"),
    ("CLP $95.000", "95000 CLP"),
    ("$ 1.200 CLP", "1200 CLP"), ("ARS $18.500", "18500 ARS"), ("R $ 50", "50 BRL"), ("U$S 90", "90 USD"),
    ("JM$ 900", "900 JMD"),
  ])
  func lettersAndCodesSayWhichDollarItIs(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: ["$45", "45 $", "US", "PRICE $45", "NOW $45", "$45 OBO", "$45 FIRM", "au prix de 45 $"])
  func aBareDollarIsAssumedToBeTheUsualOneAndSaysSo(_ cell: String) {
    let price = ReadPrice(cell)
    #expect(cell == "US" || price.description == "45 USD assumed", "\(cell): \(price)")
    #expect(ReadPrice(cell, country: "AU").currency == (cell == "US" ? nil : "AUD"))
  }

  @Test(arguments: ["XY$ 50", "XY $50", "$50 XYZ", "50 XYZ", "QQQ $50"])
  func lettersThatNoTableKnowsAreNoDollarThatAnybodyKnows(_ cell: String) {
    for country in ["", "US", "AU"] {
      #expect(ReadPrice(cell, country: country).description == "50 unknown", "\(cell)")
    }
  }

  @Test(arguments: ["€5 USD", "AUD €25", "£5 EUR", "USD 20 руб."])
  func marksOfDifferentCurrenciesLeaveThePriceUnread(_ cell: String) {
    #expect(ReadPrice(cell).problem == .currenciesDisagree, "\(cell)")
  }

  @Test(arguments: [
    ("NT$900元", "900 TWD"), ("港幣900元", "900 HKD"), ("¥900(税込)", "900 JPY"), ("¥5000 JPY", "5000 JPY"),
    ("kr 500 NOK", "500 NOK"), ("50 £ GBP", "50 GBP"), ("C$ 450 córdobas", "450 NIO"), ("LKR 900/=", "900 LKR"),
    ("TSh 900/=", "900 TZS"), ("$ 800 pesos", "800 MXN assumed"), ("$800 pesos chilenos", "800 CLP"),
    ("Rs 900/=", "900 LKR assumed"),
  ])
  func marksTogetherNarrowWhatEachOfThemMayMean(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: [
    ("£45", "45 GBP"), ("25 lei", "25 RON"), ("500 руб.", "500 RUB"), ("kr 500", "500 SEK assumed"),
    ("¥500", "500 CNY assumed"), ("Rs 500", "500 INR assumed"),
  ])
  func aSignThatOnePlaceHasOtherwiseIsNotAssumed(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: [("AU $", "AUD"), ("CAD $", "CAD"), ("US$", "USD"), ("baht", "THB"), ("£", "GBP")])
  func aCurrencyFieldNamesItsCurrencyAsAMarkDoes(_ field: String, _ code: String) {
    let price = ReadPrice("45", currency: field)
    #expect(price.currency == code && price.basis == .currencyField, "\(field): \(price)")
  }

  @Test func placesDecideWhatTheirSignsMean() {
    #expect(ReadPrice("£45", country: "EG").description == "45 EGP")
    #expect(ReadPrice("kr 45", country: "NO").basis == .country)
    #expect(ReadPrice("Rs 45", country: "PK").currency == "PKR")
    #expect(ReadPrice("500d", country: "VN").currency == "VND")
  }

  @Test(arguments: [
    ("Br 500", "500 ETB"), ("500 Br", "500 ETB"), ("100 real", "100 BRL"), ("200 real ivory", "200"), ("try 50", "50"),
    ("50 TRY", "50 TRY"), ("250 won", "250 KRW"), ("50 all", "50"), ("200 do negocjacji", "200"),
    ("1 500 Ft", "1500 HUF"),
    ("50p", "0.5 GBP"), ("720p", "unread: digitsUnclear"), ("99¢", "0.99 USD assumed"), ("99 Cent", "0.99 USD assumed"),
    ("1,5 million d'euros", "1500000 EUR"), ("€ 325.000 k.k.", "325000 EUR"),
  ])
  func lettersAndWordsAreMarksOnlyWhereTheyCanBeNothingElse(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: [
    ("1,7 triệu", "1700000 VND assumed"), ("3 tỷ", "3000000000 VND assumed"), ("35 ribu", "35000 IDR assumed"),
    ("2.5 juta", "2500000 IDR assumed"), ("2jt", "2000000 IDR assumed"), ("850 nghìn", "850000 VND assumed"),
    ("RM 2 juta", "2000000 MYR"), ("Kč 900", "900 CZK"), ("zł 900", "900 PLN"), ("1700:-", "1700 SEK assumed"),
    ("1 700 :-", "1700 SEK assumed"), ("19:90 kr", "19.9 SEK assumed"),
  ])
  func wordsForThousandsAndMarksOfCentsSpeakOfTheirCountries(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test func whatALanguageSaysYieldsToFieldsAndToPlacesThatShareIt() {
    #expect(ReadPrice("2 juta", country: "MY").currency == "MYR")
    #expect(ReadPrice("2 juta", country: "MY").basis == .country)
    #expect(ReadPrice("2 triệu", country: "TH").currency == "VND")
    #expect(ReadPrice("2 triệu", currency: "USD").currency == "USD")
  }

  /// Marks once read are remembered; what they stand beside must not be.
  @Test func aRememberedMarkReadsTheNextAmountAsTheFirst() {
    let tables = ReadPrice.tables
    var reading = PriceReading(currencies: tables.currencies, platforms: tables.platforms)
    let cells = [
      "Br 500", "2 Br", "R 32,500", "R 1,000.50", "$5", "$1,200", "$0812", "KD 12.345", "KD 1,234.5", "12.500 DT",
      "12,500 DT",
      "1 500 Ft", "5 Ft", "50p", "720p", "฿900", "฿1.200", "500 kr", "500 kr each",
    ]
    withBytes(cells) { buffers in
      for _ in 0..<2 {
        for (cell, bytes) in zip(cells, buffers) {
          #expect(reading.read(bytes, PriceReading.Surroundings()) == ReadPrice(cell).outcome, "\(cell)")
        }
      }
    }
  }
}
