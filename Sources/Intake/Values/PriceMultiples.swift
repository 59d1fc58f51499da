import Listings

/// Words for thousands and millions behind a number: `12k`, `1,5jt`, `2 tỷ`, `1.2万`, `5 แสน`, `15 тыс`.
enum PriceMultiples {
  struct Multiple: Equatable {
    let word: [UInt8]
    let power: Int
    /// Whether it counts only directly behind the digits, where it cannot be a word or a measure of its own.
    var isClose = false
    /// Whether it counts only beside a currency mark: `$1.5m`, while `1.5m` is a length.
    var needsMark = false

    var isThousand: Bool { word == [UInt8(ascii: "k")] }
  }

  /// The longest multiple at `index` of folded text.
  static func multiple(in text: [UInt8], at index: Int, isClose: Bool, hasMark: Bool) -> Multiple? {
    guard index < text.count else { return nil }
    for multiple in byFirstByte[Int(text[index])] {
      guard isClose || !multiple.isClose, hasMark || !multiple.needsMark else { continue }
      guard text[index...].starts(with: multiple.word) else { continue }
      if endsWord(text, index + multiple.word.count, multiple) { return multiple }
    }
    return nil
  }

  /// A multiple of letters must not be the beginning of a longer word; Thai, Chinese and the like write on without blanks.
  private static func endsWord(_ text: [UInt8], _ end: Int, _ multiple: Multiple) -> Bool {
    guard end < text.count else { return true }
    let last = multiple.word[multiple.word.count - 1]
    if last.isASCIILetter { return !text[end].isASCIILetter }
    // Cyrillic is U+0400 to U+04FF: D0 to D3 lead.
    let isCyrillic = multiple.word[0] == 0xD0 || multiple.word[0] == 0xD1
    return !(isCyrillic && (0xD0...0xD3).contains(text[end]))
  }

  private static let byFirstByte: [[Multiple]] = {
    var table: [[Multiple]] = Array(repeating: [], count: 256)
    func add(_ power: Int, _ words: String, isClose: Bool = false, needsMark: Bool = false) {
      for word in words.split(separator: " ") {
        let folded = Folding.folded(Array(word.utf8))
        table[Int(folded[0])].append(Multiple(word: folded, power: power, isClose: isClose, needsMark: needsMark))
      }
    }
    add(2, "百 ร้อย")
    add(
      3,
      "k к 千 仟 천 thousand nghìn ngàn rb rbu rban ribu ribuan พัน тыс тысяч тысячи тысяча тис tys tsd tausend mil mille bin "
        + "هزار ألف الف آلاف हजार हज़ार")
    add(3, "т", isClose: true)
    add(4, "万 萬 만 หมื่น")
    add(4, "w", isClose: true)
    add(5, "แสน lakh lakhs lac lacs लाख သိန်း")
    add(
      6,
      "tr triệu jt juta jutaan ล้าน млн миллион миллиона миллионов million millions millones milhão milhões mio mln milyon "
        + "مليون ملايين میلیون")
    add(6, "m mn", isClose: true, needsMark: true)
    add(7, "crore crores करोड़")
    add(8, "亿 億 억")
    add(9, "tỷ tỉ miliar milyar billion млрд مليار میلیارد")
    add(9, "b bn", isClose: true, needsMark: true)
    for index in table.indices { table[index].sort { $0.word.count > $1.word.count } }
    return table
  }()
}
