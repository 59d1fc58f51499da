import Listings
import Testing

@testable import Intake

/// Numbers that are no money, and what `PriceShape` says of cells.
@Suite struct PriceMeasuresTests {
  @Test(arguments: [
    "2br", "2BR", "2 Br", "/ 2br - 800ft2 -", "800ft2", "3 bd 2 ba", "6 ft", "5 Ft", "1,200 sq ft", "20 cm", "5 kg",
    "64GB", "3 pcs",
    "600 m²", "75 m2", "3 chambres", "5 lbs", "2019 model", "Bj. 2012", "Gr. 38", "size 10", "maat 42", "Taille 38",
    "3-bedroom",
    "2-3 weeks", "20 x 30 cm", "45 L", "60W", "3LDK", "60㎡", "32평", "3只", "5 ตัว", "4 cái", "3 szt.", "2 шт",
    "15.6 inch", "80,000 miles",
    "5 pr", "2 quartos", "3室2厅", "12 stone", "18k gold", "925 silver", "750 Gold", "ca. 1920", "3 bd", "5 BD",
  ])
  func measuresCountsAndYearsAreNoMoney(_ cell: String) {
    let price = ReadPrice(cell, currency: "USD")
    #expect(price.state == .unreadable, "\(cell): \(price)")
    #expect(ReadPrice(cell).currency == nil, "\(cell)")
  }

  @Test(arguments: [
    "2022-06-01", "15.06.2022", "12:30", "1/2", "06-15", "5/10", "call 555 1234", "call 555-1234", "0812345678", "5'10",
    "2천5백만원",
    "12 50", "-$50", "12,500 DT", "2O0",
  ])
  func datesTimesAndTelephoneNumbersAreNoMoney(_ cell: String) {
    #expect(ReadPrice(cell).amount == nil, "\(cell): \(ReadPrice(cell))")
  }

  @Test(arguments: [
    ("$1200 / 2br - 800ft2", "1200 USD assumed"), ("5 kg 20 €", "20 EUR"), ("3 Zimmer, 85 m², 950 €", "950 EUR"),
    ("2 con 500k", "500000"),
    ("64GB - $250", "250 USD assumed"), ("2019 model $8,500", "8500 USD assumed"), ("- $50", "50 USD assumed"),
    ("925 silver $30", "30 USD assumed"),
  ])
  func thePriceBesideAMeasureIsRead(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: [
    (",79 €", "0.79 EUR"), ("$.79", "0.79 USD assumed"), (".79", "0.79"), ("S/.79", "79 PEN"),
    ("Rp.50.000", "50000 IDR"),
    ("25,-- €", "25 EUR"), ("1.200,-", "1200"), ("500/-", "500"), ("3,300-", "3300"), ("25.-€", "25 EUR"),
    ("Fr. 1'200.–", "1200 CHF"),
    ("$1'250,000.00", "1250000 USD assumed"), ("$ 1'250.000", "1250000 USD assumed"), ("12.500 DT", "12.5 TND"),
    ("1 250,500 DT", "1250.5 TND"), ("25.000 د.ع", "25000 IQD"), ("௫௦௦ ரூபாய்", "500 INR assumed"), ("5 лак", "5"),
    ("1억2천만원", "120000000 KRW"), ("1億2,000万円", "120000000 JPY"), ("۱ میلیارد و ۲۰۰ میلیون تومان", "12000000000 IRR"),
    ("₹45 L", "4500000 INR"),
    ("₹1.2 Cr", "12000000 INR"), ("1.2 Cr", "12000000"), ("$5 L", "5 USD assumed"), ("1,2 mil. Kč", "1200000 CZK"),
    ("R$ 350 mil.", "350000 BRL"), ("1,2 M€", "1200000 EUR"), ("45 M Ft", "45000000 HUF"),
    ("850 tkr", "850000 SEK assumed"),
  ])
  func amountsAreReadAsTheirCountriesWriteThem(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: [
    ("Pas de prix", PriceState.missing), ("цена не указана", .missing), ("Verkauft", .missing), ("面议", .onRequest),
    ("가격제안", .onRequest),
    ("VB", .onRequest), ("договірна", .onRequest), ("Cena do uzgodnienia", .onRequest),
    ("Preis auf Anfrage", .onRequest),
    ("giá liên hệ", .onRequest), ("ask", .onRequest), ("offers", .onRequest), ("swap", .exchange), ("FREE!!!", .free),
    ("مجاناً", .free),
    ("Högstbjudande", .onRequest), ("Ár megegyezés szerint", .onRequest), ("Fiyat sorunuz", .onRequest),
    ("N.o.t.k.", .onRequest),
  ])
  func wordsInPlaceOfAPriceSayWhy(_ cell: String, _ state: PriceState) {
    #expect(ReadPrice(cell).state == state, "\(cell): \(ReadPrice(cell))")
  }

  @Test(arguments: ["interest-free", "Free shipping", "送料無料", "livraison gratuite"])
  func freePostageIsNoFreeThing(_ cell: String) {
    #expect(ReadPrice(cell).problem == .noAmount, "\(cell): \(ReadPrice(cell))")
  }

  @Test(arguments: [("nego 500", "500"), ("VB 50", "50"), ("asking 150", "150"), ("best offer 80", "80")])
  func wordsForTermsBesideANumberLeaveItAPrice(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  // MARK: Shapes

  private func shape(_ cell: String) -> PriceShape { PriceShape(cell, currencies: ReadPrice.tables.currencies) }

  @Test func aCellIsMoneyANumberWordsAMeasureOrSomethingElse() {
    for cell in [
      "57 €", "$1,450", "was $90 now $75", "Rp 50.000 nego", "1,5 triệu", "AU $45", "Price: £20 ono",
      "1,200 บาท ต่อรองได้", "₩30,000 (택배비 별도)",
    ] {
      guard case .money = shape(cell) else {
        Issue.record("\(cell): \(shape(cell))")
        continue
      }
    }
    for cell in ["1200", "1,200.50", "12.5", "2019", "1 200"] {
      guard case .number = shape(cell) else {
        Issue.record("\(cell): \(shape(cell))")
        continue
      }
    }
    for cell in ["Pas de prix", "面议", "가격제안", "VB", "free", "Cena do uzgodnienia", "Trade only"] {
      guard case .noPrice = shape(cell) else {
        Issue.record("\(cell): \(shape(cell))")
        continue
      }
    }
    for cell in ["/ 2br - 800ft2 -", "20 cm", "64GB", "3 pcs", "2019 model"] {
      #expect(shape(cell) == .measure, "\(cell)")
    }
    for cell in ["", " ", "NA", "-"] { #expect(shape(cell) == .missing, "\(cell)") }
    for cell in [
      "Carved frame", "Free-standing lamp with a green shade", "2022-06-01", "Trade beads from a market, red and blue",
      "Ring worth $200, hardly worn, from a smoke-free home", "https://shop.example/1", "0812345678",
    ] {
      #expect(shape(cell) == .other, "\(cell): \(shape(cell))")
    }
  }
}
