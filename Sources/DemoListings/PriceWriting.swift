import SmallFormats

/// How sellers write an amount: in their currency, in one of the many forms a reader of prices must understand.
enum PriceWriting {
  /// Text of the price column, and of the currency column, which scrapers mostly leave empty.
  struct Written {
    let text: String
    let currency: String
  }

  /// The price column for something worth `dollars`, as a seller in `country` who writes `bank`'s language would put it.
  static func write(
    dollars: Double, country: String, bank: LanguageBank, isSocial: Bool, random: inout SplitMix64
  ) -> Written {
    let throwOfDice = random.below(100)
    if throwOfDice < (isSocial ? 30 : 7) { return Written(text: "", currency: "") }
    // A thing given away, or no offer at all.
    if dollars == 0 { return Written(text: random.pick(["", "", "0", "-"]), currency: "") }
    if throwOfDice < (isSocial ? 42 : 13) { return Written(text: random.pick(bank.openPrices), currency: "") }
    let market = markets[country] ?? markets["US"]!
    let namesCurrency = random.chance(35) ? market.currency : ""
    if throwOfDice >= 97 {
      return Written(text: random.pick(["1", "123", "9999", "1", "0", "111"]), currency: namesCurrency)
    }
    if market.currency == "THB" && random.below(40) == 0 { return Written(text: "9 THB", currency: namesCurrency) }
    let amount = rounded(dollars * market.unitsPerDollar, random: &random)
    return Written(text: form(of: amount, in: market.currency, bank: bank, random: &random), currency: namesCurrency)
  }

  /// Rough rates of its own: the demo only has to look plausible.
  private static let markets: [String: (currency: String, unitsPerDollar: Double)] = [
    "US": ("USD", 1), "GB": ("GBP", 0.75), "AU": ("AUD", 1.5), "CA": ("CAD", 1.4), "ZA": ("ZAR", 18),
    "KE": ("KES", 130),
    "NG": ("NGN", 1500), "PH": ("PHP", 57), "IN": ("INR", 86), "CN": ("CNY", 7), "TW": ("TWD", 30), "HK": ("HKD", 7.8),
    "VN": ("VND", 26000), "TH": ("THB", 33), "ID": ("IDR", 16000), "MY": ("MYR", 4.2), "RU": ("RUB", 80),
    "KZ": ("KZT", 520),
    "AE": ("AED", 3.67), "SA": ("SAR", 3.75), "KW": ("KWD", 0.31), "EG": ("EGP", 50), "FR": ("EUR", 0.87),
    "BE": ("EUR", 0.87),
    "CI": ("XOF", 560), "CM": ("XAF", 560), "MA": ("MAD", 9), "MX": ("MXN", 19), "CO": ("COP", 4100),
    "PE": ("PEN", 3.6),
    "ES": ("EUR", 0.87), "AR": ("ARS", 1200), "BR": ("BRL", 5.5), "PT": ("EUR", 0.87), "MZ": ("MZN", 64),
    "DE": ("EUR", 0.87),
    "AT": ("EUR", 0.87), "CH": ("CHF", 0.8), "JP": ("JPY", 146),
  ]

  /// Two figures, as people ask: 3,478 becomes 3,500; small amounts end in 0 or 5.
  private static func rounded(_ amount: Double, random: inout SplitMix64) -> Int {
    var scale = 1.0
    while amount / scale >= 100 { scale *= 10 }
    let figures = (amount / scale).rounded()
    let coarse = figures > 20 && random.chance(50) ? (figures / 5).rounded() * 5 : figures
    return max(1, Int(coarse * scale))
  }

  private static func form(
    of amount: Int, in currency: String, bank: LanguageBank, random: inout SplitMix64
  ) -> String {
    let comma = Digits.grouped(amount, by: ","), point = Digits.grouped(amount, by: "."),
      blank = Digits.grouped(amount, by: " ")
    let plain = String(amount)
    let forms: [String]
    switch currency {
    case "CNY":
      forms =
        [plain + "元", "¥" + comma, plain, "￥" + plain, plain + "块", "RMB " + plain, plain + ".00"]
        + tenThousands(amount)
    case "TWD": forms = ["NT$" + comma, "NT$ " + comma, comma + "元", plain] + tenThousands(amount)
    case "HKD": forms = ["HK$" + comma, "HK$ " + plain, "$" + comma, plain + "蚊"]
    case "JPY": forms = [comma + "円", "¥" + comma, plain + "円", "￥" + comma] + tenThousands(amount, ending: "円")
    case "VND": forms = [point + "đ", point + " ₫", comma + " VND", point + " đồng"] + vietnamese(amount)
    case "THB": forms = [comma + " บาท", "฿" + comma, comma + ".-", plain, plain + " THB", comma + " บ."]
    case "IDR": forms = ["Rp " + point, "Rp" + point, "Rp. " + point + ",-", plain] + indonesian(amount)
    case "MYR": forms = ["RM" + comma, "RM " + plain]
    case "RUB": forms = [blank + " руб.", blank + " ₽", plain + "р", plain] + thousands(amount, " тыс", " тыс. руб.")
    case "KZT": forms = [blank + " ₸", blank + " тг"]
    case "AED": forms = [plain + " درهم", "AED " + comma, arabicDigits(plain) + " درهم", comma + " د.إ"]
    case "SAR":
      forms = [plain + " ريال", arabicDigits(plain) + " ريال", "SAR " + comma, comma + " ر.س", arabicDigits(comma)]
    case "KWD": forms = [plain + " دينار", "KWD " + plain, plain + " د.ك", arabicDigits(plain) + " دينار"]
    case "EGP": forms = [plain + " جنيه", arabicDigits(plain) + " جنيه", "EGP " + comma]
    case "EUR" where bank.language == "de":
      forms = [point + ",50 €", plain + ",- €", plain + " € VB", "EUR " + point, point + ",00 €"]
    case "EUR": forms = [blank + " €", point + ",50 €", plain + " euros", "€" + plain, plain + "€", point + ",00 €"]
    case "CHF": forms = ["CHF " + plain + ".-", "Fr. " + plain + ".–", Digits.grouped(amount, by: "'") + " CHF"]
    case "XOF", "XAF": forms = [blank + " FCFA", plain + " F CFA", point + " FCFA"]
    case "MAD": forms = [blank + " DH", plain + " MAD", plain + " dh"]
    case "MXN", "COP", "ARS":
      forms = ["$ " + point, "$" + comma, plain + " pesos", "$" + plain, currency + " " + point]
    case "PEN": forms = ["S/ " + plain, "S/. " + comma + ".00", plain + " soles"]
    case "BRL": forms = ["R$ " + point + ",00", "R$" + plain, point + " reais", "R$ " + point]
    case "MZN": forms = [point + ",00 MT", plain + " MZN"]
    case "GBP": forms = ["£" + comma, "£" + plain, "£" + comma + ".00", plain + " GBP"] + thousands(amount, "k")
    case "ZAR": forms = ["R " + blank, "R" + plain, "R " + comma + ".00", "ZAR " + plain]
    case "KES": forms = ["KSh " + comma, "Ksh. " + plain, comma + "/="]
    case "NGN": forms = ["₦" + comma, "N" + comma, "NGN " + plain] + thousands(amount, "k")
    case "INR": forms = ["₹" + comma, "Rs. " + comma, "Rs " + plain]
    case "PHP": forms = ["₱" + comma, "PHP " + comma, "P" + plain]
    default:
      forms =
        ["$" + comma, "$" + plain, "US$ " + comma, comma + ".50", "$" + comma + ".00", plain, plain + " USD"]
        + thousands(amount, "k")
    }
    return random.pick(forms)
  }

  /// `1.2万`, where an amount is a round number of ten thousands.
  private static func tenThousands(_ amount: Int, ending: String = "") -> [String] {
    guard amount >= 10_000, amount % 1000 == 0 else { return [] }
    let rest = amount % 10_000 / 1000
    let number = String(amount / 10_000) + (rest == 0 ? "" : "." + String(rest))
    return [number + "万" + ending, number + "万" + ending]
  }

  private static func vietnamese(_ amount: Int) -> [String] {
    guard amount >= 100_000 else { return [String(amount / 1000) + "k"] }
    let millions = amount / 1_000_000, rest = amount % 1_000_000 / 100_000
    guard millions > 0 else { return [String(amount / 1000) + "k", String(amount / 1000) + " nghìn"] }
    return [
      String(millions) + "tr" + (rest == 0 ? "" : String(rest)),
      String(millions) + (rest == 0 ? "" : "," + String(rest)) + " triệu",
    ]
  }

  private static func indonesian(_ amount: Int) -> [String] {
    guard amount >= 1_000_000 else { return [String(amount / 1000) + "rb", String(amount / 1000) + "k"] }
    let rest = amount % 1_000_000 / 100_000
    return [
      String(amount / 1_000_000) + (rest == 0 ? "" : "," + String(rest)) + " juta",
      String(amount / 1_000_000) + (rest == 0 ? "" : "." + String(rest)) + "jt",
    ]
  }

  /// `12k`, `1.2k`, `12 тыс`, where an amount is a round number of hundreds from a thousand up.
  private static func thousands(_ amount: Int, _ endings: String...) -> [String] {
    guard amount >= 1000, amount % 100 == 0 else { return [] }
    let rest = amount % 1000 / 100
    return endings.map { String(amount / 1000) + (rest == 0 ? "" : "." + String(rest)) + $0 }
  }

  /// Arabic-Indic digits and the Arabic thousands separator, as in `١٬٢٠٠`.
  private static func arabicDigits(_ text: String) -> String {
    var written = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": written.unicodeScalars.append(Unicode.Scalar(scalar.value + 0x630)!)
      case ",": written += "٬"
      default: written.unicodeScalars.append(scalar)
      }
    }
    return written
  }
}
