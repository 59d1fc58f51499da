import Listings

/// Words for thousands and millions behind a number: `12k`, `1,5jt`, `2 tỷ`, `1.2万`, `5 แสน`, `15 тыс`.
enum PriceMultiples {
  struct Multiple {
    let word: [UInt8]
    let power: Int
    let rules: Rules

    var isThousand: Bool { word == [UInt8(ascii: "k")] }
  }

  /// What a word needs to be a multiple.
  struct Rules {
    /// Directly behind the digits or a capital, where it cannot be a word or a measure of its own.
    var isClose = false
    /// No capital: `3w` is thirty thousand, `60W` a lamp.
    var isLowerCase = false
    /// A currency mark beside the number: `$1.5m`, while `1.5m` is a length.
    var needsMark = false
    /// A currency mark behind it: `1,2 mil. Kč` is a million, `R$ 350 mil.` thousands.
    var needsMarkBehind = false
    /// One of these currencies beside the number, or none: `₹45 L`.
    var only: [String] = []
    /// The currencies of the countries that use the word, where they are few: `triệu` speaks of dong.
    var currencies: [String] = []
  }

  /// The longest multiple at `index` that `isMeant`.
  static func multiple(
    in writing: PriceWriting, at index: Int, isClose: Bool, isMeant: (Multiple) -> Bool
  ) -> Multiple? {
    guard index < writing.text.count else { return nil }
    let isFree = isClose || writing.isCapital(index)
    return byFirstByte[Int(writing.text[index])].first { multiple in
      (isFree || !multiple.rules.isClose) && !(multiple.rules.isLowerCase && writing.isCapital(index))
        && writing.has(multiple.word, at: index) && endsWord(writing, index + multiple.word.count) && isMeant(multiple)
    }
  }

  /// A multiple must not be the beginning of a longer word, nor `k.k.`; Thai, Chinese and the like write on without blanks.
  private static func endsWord(_ writing: PriceWriting, _ end: Int) -> Bool {
    if writing.isWordLetter(before: end), writing.isWordLetter(at: end) { return false }
    return
      !(writing.has([UInt8(ascii: ".")], at: end) && writing.isWordLetter(at: end + 1)
      && writing.has([UInt8(ascii: ".")], at: end + 2))
  }

  private static let byFirstByte: [[Multiple]] = {
    var table: [[Multiple]] = Array(repeating: [], count: 256)
    for (power, rules, words) in all {
      for word in words.split(separator: " ") {
        let folded = PriceWriting.folded(word)
        table[Int(folded[0])].append(Multiple(word: folded, power: power, rules: rules))
      }
    }
    for index in table.indices { table[index].sort { $0.word.count > $1.word.count } }
    return table
  }()

  private static let vietnam = Rules(currencies: ["VND"])
  private static let indonesia = Rules(currencies: ["IDR", "MYR"])
  private static let letter = Rules(isClose: true, needsMark: true)
  private static let india = Rules(isClose: true, only: ["INR", "PKR", "NPR", "BDT", "LKR"])

  private static let all: [(power: Int, Rules, words: String)] = [
    (2, Rules(), "百 ร้อย 백"),
    (
      3, Rules(),
      "k к 千 仟 천 thousand พัน тыс тысяч тысячи тысяча тис тисяч хил мың tis tys tsd tausend mille mila mii mil "
        + "bin ezer elfu libo χιλ هزار ألف الف آلاف אלף हजार हज़ार হাজার ພັນ ពាន់ ထောင်"
    ),
    (3, vietnam, "nghìn ngàn"), (3, indonesia, "rb rbu rban ribu ribuan"), (3, Rules(isClose: true), "т"),
    (4, Rules(), "万 萬 만 หมื่น ໝື່ນ ម៉ឺន သောင်း"), (4, Rules(isClose: true, isLowerCase: true), "w"),
    (5, Rules(), "十万 十萬 십만 แสน ແສນ lakh lakhs lac lacs laki लाख লাখ লক্ষ لاکھ သိန်း"), (5, india, "l"),
    (
      6, Rules(),
      "百万 百萬 백만 ล้าน ລ້ານ លាន သန်း млн миллион миллиона миллионов мільйон мільйонів million millions millionen "
        + "millon millones milione milioni milhao milhoes milioane milion milionu milionow miljoen miljoner milj "
        + "millioner millio mill mio mln mili milyon مليون ملايين میلیون מיליון"
    ),
    (6, vietnam, "tr triệu"), (6, indonesia, "jt juta jutaan"), (6, letter, "m mn"),
    (6, Rules(needsMarkBehind: true), "mil."),
    (7, Rules(), "千万 千萬 천만 crore crores करोड़ কোটি کروڑ"), (7, india, "cr crs"),
    (8, Rules(), "亿 億 억"),
    (9, Rules(), "milyar billion billions mld mrd milliarde milliarden miliardi млрд مليار میلیارد"),
    (9, vietnam, "tỷ tỉ"), (9, indonesia, "miliar"), (9, letter, "b bn"),
  ]
}
