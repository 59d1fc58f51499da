import Listings
import Testing

@testable import Intake

/// Which of several numbers is the price, and when none of them is.
@Suite struct PriceChoiceTests {
  @Test(arguments: [
    ("$75$95", "75 USD assumed"), ("£30£25", "30 GBP"), ("€40€50", "40 EUR"), ("$30.00$25.00", "30 USD assumed"),
    ("$2,500$2,800", "2500 USD assumed"), ("CA$75CA$90", "75 CAD"), ("S$30S$40", "30 SGD"), ("R$ 60R$ 45", "60 BRL"),
    ("500円800円", "500 JPY"), ("20 €15 €", "20 EUR"), ("35€50€", "35 EUR"), ("Rs. 500Rs. 700", "500 INR assumed"),
    ("R20R30", "20 ZAR"), ("S/ 45S/ 60", "45 PEN"), ("120 zł99 zł", "120 PLN"), ("20 USD30 USD", "20 USD"),
    ("$75 $95", "75 USD assumed"), ("$75$95$120", "75 USD assumed"), ("$120 - $80", "120 USD assumed"),
    ("US$5 / AU$8", "5 USD"),
  ])
  func ofTwoPricesSideBySideTheFirstCounts(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: ["65$90", "500円80", "120 - 80", "8 or 9 or 70", "1 ,89 €", "65.0090.00"])
  func digitsAreNeverJoinedOverTheBorderOfTwoPrices(_ cell: String) {
    #expect(ReadPrice(cell).state == .unreadable, "\(cell): \(ReadPrice(cell))")
  }

  @Test(arguments: [
    ("12€50", "12.5 EUR"), ("3块5", "3.5 CNY"), ("1tr6", "1600000 VND assumed"), ("12'50 €", "12.5 EUR"),
  ])
  func aSignInPlaceOfTheDecimalMarkIsOne(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: [
    ("was $140 now $90", "90 USD assumed"), ("Now $90 Was $140", "90 USD assumed"),
    ("$90 (was $140)", "90 USD assumed"),
    ("reduced from $140 to $90", "90 USD assumed"), ("statt 140 € nur 90 €", "90 EUR"),
    ("90 € au lieu de 140 €", "90 EUR"),
    ("antes S/ 140 ahora S/ 90", "90 PEN"), ("de R$ 140 por R$ 90", "90 BRL"), ("原价 ¥140 现价 ¥90", "90 CNY assumed"),
    ("定価 140円のところ 90円", "90 JPY"), ("정가 140원 판매가 90원", "90 KRW"), ("ปกติ 140 บาท ลดเหลือ 90 บาท", "90 THB"),
    ("giá cũ 140.000đ giá mới 90.000đ", "90000 VND"), ("było 140 zł, teraz 90 zł", "90 PLN"),
    ("Før 140 kr. Nu 90 kr.", "90 DKK assumed"),
    ("было 140 ₽, стало 90 ₽", "90 RUB"), ("بدلاً من 140 ج.م الآن 90 ج.م", "90 EGP"), ("was 140 now 90", "90"),
    ("$140 → $90", "90 USD assumed"), ("List: $140.00 Our price: $90.00 You save: $50.00", "90 USD assumed"),
  ])
  func ofAnOldPriceAndANewOneTheNewOneCounts(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: [
    ("10x R$ 79,90", PriceProblem.instalments), ("12x de R$ 79,90", .instalments), ("3x 33,33 €", .instalments),
    ("12 cuotas sin interés de $ 25.000", .instalments), ("4 payments of $24.99", .instalments),
    ("4 interest-free payments of $24.99", .instalments), ("$45/mo for 12 months", .instalments),
    ("R299 x 24 months", .instalments), ("月々3,300円×24回", .instalments), ("12 rat po 99 zł", .instalments),
    ("2 x $50", .instalments), ("shipping $10", .notThePrice), ("+ $5 shipping", .notThePrice),
    ("送料 500円", .notThePrice), ("zzgl. 5,90 € Versand", .notThePrice), ("$50 off", .notThePrice),
    ("deposit $50", .notThePrice), ("Regular price $80.00", .notThePrice), ("50% off", .digitsUnclear),
  ])
  func instalmentsPostageDepositsAndOldPricesAreNotThePrice(_ cell: String, _ problem: PriceProblem) {
    let price = ReadPrice(cell)
    #expect(price.problem == problem, "\(cell): \(price)")
    #expect(price.amount == nil)
  }

  @Test(arguments: [
    ("R$ 1.499,00 em até 10x de R$ 149,90", "1499 BRL"), ("10x R$ 149,90 ou R$ 1.399,00 à vista", "1399 BRL"),
    ("$540 or $45/mo for 12 months", "540 USD assumed"), ("$20 + $5 shipping", "20 USD assumed"),
    ("shipping $10, price $80", "80 USD assumed"), ("Free shipping $50", "50 USD assumed"),
    ("$50 shipping included", "50 USD assumed"), ("$50 + shipping", "50 USD assumed"),
    ("$50 plus shipping", "50 USD assumed"),
    ("20 € spedizione inclusa", "20 EUR"), ("R$ 80 frete R$ 15", "80 BRL"), ("350 บาท ค่าส่ง 50 บาท", "350 THB"),
    ("£850 pcm", "850 GBP"), ("1 rat $20", "20 USD assumed"), ("iphone x $500", "500 USD assumed"),
  ])
  func theWholePriceBesideThemIs(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }

  @Test(arguments: [
    ("entre 100 et 150 €", "100 EUR"), ("between $50 and $80", "50 USD assumed"), ("1만~2만원", "10000 KRW"),
    ("от 500 до 800 руб.", "500 RUB"), ("10 tot 20 €", "10 EUR"), ("$10‑$20", "10 USD assumed"),
    ("€1.200-€1.500", "1200 EUR"),
    ("100-200k", "100000"), ("$100+", "100 USD assumed"),
  ])
  func ofARangeTheLowerEndCounts(_ cell: String, _ read: String) {
    #expect(ReadPrice(cell).description == read, "\(cell)")
  }
}
