import Listings

/// A mark beside an amount: a sign, a code, a word. Several currencies may share it; the first is the usual one.
struct CurrencyMark: Sendable {
  /// As it is compared, see `PriceWriting`.
  let bytes: [UInt8]
  let currencies: [UInt8]
  let before: Bool
  let after: Bool
  /// Powers of ten by which the amount is multiplied: a toman is ten rials, a cent is a hundredth.
  var power = 0
  /// What folding took away, where the mark counts only as it is written: `Br` is the birr, `br` a bedroom.
  var forms: [UInt8]?
  /// Whether it counts only where the column, the platform or the country has that currency.
  var needsPlace = false
  /// Whether it is an ordinary word as well (`real`, `won`): no further word may follow.
  var isOrdinaryWord = false
  /// Whether it yields to any other mark: `/=` and `:-` close amounts in several currencies.
  var isWeak = false
  /// Whether it means its first currency wherever no place has another of them: `£` is Egyptian in Egypt only.
  var isSettled = false
  /// Whether a single digit behind it is tenths: `3块5`.
  var isSpoken = false

  /// One letter (`R`, `K`), which counts as a capital. `đ` folds to one letter, but is none.
  var isLetter: Bool { bytes.count == 1 && bytes[0].isASCIILetter && forms == [PriceWriting.capital] }
  var isDollar: Bool { bytes == [UInt8(ascii: "$")] }
  /// Whether it cannot be a word or a measure by chance: signs, codes, words; not `MT` or `Br`.
  var isFirm: Bool { !isWeak && (bytes.count > 2 || bytes.contains { !$0.isASCIILetter }) }

  /// - Parameters:
  ///   - row: `mark,currency,place,note`, the note saying what is special.
  ///   - number: the number of a code.
  init?(_ row: [String], number: (String) -> UInt8) {
    let writing = PriceWriting(row[0])
    let first = number(row[1])
    guard first > 0, !writing.text.isEmpty else { return nil }
    let note = row[3]
    var all = [first]
    // "also ARS AUD CAD; the country decides": the codes up to the first semicolon. "also EGP in Egypt": only there.
    if let also = note.split(separator: ";").first(where: { $0.contains("also ") }) {
      isSettled = also.contains(" in ")
      for word in also.split(whereSeparator: { $0 == " " || $0 == "," }) where Self.isCode(word) {
        let currency = number(String(word))
        if currency > 0, !all.contains(currency) { all.append(currency) }
      }
    }
    (bytes, currencies) = (writing.text, all)
    (before, after) = (row[2] != "after", row[2] != "before")
    power = Self.power(note)
    needsPlace = note.contains("only where the place has it")
    isOrdinaryWord = note.contains("ordinary word")
    isWeak = note.contains("yields to")
    isSpoken = note.contains("spoken")
    let isOneLetter = bytes.count == 1 && bytes[0].isASCIILetter
    if note.contains("only as written") || isOneLetter { forms = writing.forms(of: bytes.indices) }
    // A table may name a letter in either case; it is a capital unless the note says otherwise.
    if isOneLetter, forms == [PriceWriting.plain], !note.contains("only as written") { forms = [PriceWriting.capital] }
  }

  /// An ISO 4217 code that no row names.
  init(code: String, currency: UInt8) {
    let writing = PriceWriting(code)
    (bytes, currencies, before, after) = (writing.text, [currency], true, true)
  }

  /// The same mark, only in capitals: `TRY` is the lira, `try` a word.
  func inCapitals() -> CurrencyMark {
    var mark = self
    mark.forms = bytes.map { $0.isASCIILetter ? PriceWriting.capital : PriceWriting.plain }
    return mark
  }

  private static func isCode(_ word: Substring) -> Bool {
    word.utf8.count == 3 && word.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  /// "multiplied by 1000", "divided by 100": the powers of ten in which a mark counts.
  private static func power(_ note: String) -> Int {
    func zeros(after phrase: String) -> Int? {
      note.firstRange(of: phrase).map { note[$0.upperBound...].prefix { $0 == "0" }.count }
    }
    return zeros(after: "multiplied by 1") ?? zeros(after: "divided by 1").map { -$0 } ?? 0
  }
}
