import Matching

/// Words that say what the number beside them is.
enum BesideNumbers {
  /// Source: ISO 4217 codes and everyday words of the markets that the shipped lexicons cover.
  private static let currencies =
    "usd us eur euro gbp cny rmb vnd thb idr inr myr php zar rub jpy krw aud cad brl mxn aed sar r rs rm rp kr zl k tl dh "
    + "руб р грн тг د ر ريال درهم đ vnđ тыс บาท 元 块 円 원"
  /// Source: the SI brochure, and everyday words of the same markets.
  private static let units =
    "cm mm m km inch inch in kg g gr gram grams mg ct oz lb lbs ml l gb tb mah cc см мм м кг г гр л سم كجم جم 克 斤 寸 两"

  /// `Word.price` or `Word.measure`, by the hash of a word; nil for all others.
  ///
  /// Cost:   one probe: a table eight times as large as its contents.
  @inline(__always)
  static func meaning(_ hash: UInt64) -> UInt64? {
    let table = table.base
    var place = Int(hash >> 54)
    while table[place] != 0 {
      if table[place] & ~7 == hash & ~7 { return table[place] & 7 == 1 ? Word.price : Word.measure }
      place = (place + 1) & 1023
    }
    return nil
  }

  /// Hashes without their lowest three bits, which say the meaning.
  private static let table: FixedTable<UInt64> = {
    var table = [UInt64](repeating: 0, count: 1024)
    for (texts, meaning) in [(currencies, UInt64(1)), (units, 2)] {
      for text in texts.split(separator: " ") {
        let hash = hash(text.unicodeScalars.map(\.value))
        var place = Int(hash >> 54)
        while table[place] != 0 { place = (place + 1) & 1023 }
        table[place] = hash & ~7 | meaning
      }
    }
    return FixedTable(table)
  }()

  /// The hash that `WordReading` makes of the letters.
  private static func hash(_ scalars: [UInt32]) -> UInt64 {
    var hash: UInt64 = 0
    for scalar in scalars {
      let entry = LetterTable.entries[Int(scalar)]
      if entry & (LetterTable.expands | LetterTable.borderless) != LetterTable.expands {
        hash = WordReading.add(entry & (LetterTable.kindMask | LetterTable.expands), to: hash)
        continue
      }
      let parts = LetterTable.expansions + Int(entry & LetterTable.kindMask)
      for part in 1...Int(parts[0]) { hash = WordReading.add(parts[part], to: hash) }
    }
    return hash
  }
}
