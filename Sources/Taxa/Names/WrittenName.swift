/// A name taken apart as one of scientific form.
struct WrittenName {
  /// Folded, without what stands in brackets and without rank marks behind the second word.
  let words: [String]
  /// Whether the name begins as a scientific name does: `Python`, not `python`, not `PYTHON`.
  let isCapitalised: Bool
  /// Whether nothing but one epithet follows: `Iguana insularis`.
  let hasEpithet: Bool
  /// Whether an epithet follows the first word, whatever comes behind: `Iguana insularis Breuil, 2019`.
  let beginsWithBinomial: Bool
  /// Whether an author follows the first word: `Elephantidae Gray, 1821`.
  let hasAuthorOfOneWord: Bool
  /// Whether a word behind the second is one of a person: `Python regius Shaw`.
  let hasAuthor: Bool
  /// Whether the third word is written as an epithet: `Panthera tigris altaica`.
  let hasThirdEpithet: Bool
  /// What stands in the first brackets.
  let inBrackets: String?
  /// The letters of an abbreviated first word (`L.`, `Lox.`); nil where it is written out.
  let abbreviation: String?

  private static let openMarks: Set<String> = ["sp", "spp", "ssp", "species", "cf", "aff", "nr", "indet"]
  private static let rankMarks: Set<String> = ["f", "fo", "forma", "v", "cv", "morph", "subspecies", "variety"]

  init(_ name: String) {
    let (plain, bracketed) = Self.parted(name)
    inBrackets = bracketed.isEmpty ? nil : bracketed
    words = Self.words(of: plain)
    let raw = plain.split { $0 == " " || $0 == "\u{A0}" || $0 == "_" }
    func isSmall(_ word: Substring) -> Bool { word.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 == UInt8(ascii: "-") } }
    func isEpithet(_ place: Int) -> Bool { raw.count > place && raw[place].utf8.count > 2 && isSmall(raw[place]) }
    func isPerson(_ word: Substring) -> Bool { word.utf8.first.map { $0 &- 0x41 < 26 } ?? false }
    isCapitalised =
      raw.first.map { $0.utf8.count > 1 && $0.utf8.first! &- 0x41 < 26 && isSmall($0.dropFirst()) } ?? false
    hasEpithet = raw.count == 2 && isEpithet(1)
    beginsWithBinomial = isCapitalised && isEpithet(1)
    hasThirdEpithet = isEpithet(2)
    hasAuthor = raw.dropFirst(2).contains(where: isPerson)
    let rest = raw.dropFirst()
    hasAuthorOfOneWord =
      rest.last.map { $0.utf8.count == 4 && $0.utf8.allSatisfy { $0 &- 0x30 < 10 } } ?? false
      && !(rest.first.map(isSmall) ?? true)
    let first = words.first ?? ""
    let isCut = (2...4).contains(first.utf8.count) && raw.first?.last == "."
    abbreviation = words.count >= 2 && (first.count == 1 || isCut) ? first : nil
  }

  /// The genus of a name that leaves the species open: `Python spp.`, `Python cf. regius`, `cf. Python regius`.
  var openGenus: String? {
    guard words.count >= 2 else { return nil }
    if Self.openMarks.contains(words[1]) { return words[0] }
    if words[1] == "n", words.count > 2, words[2] == "sp" { return words[0] }
    return words[0] == "cf" || words[0] == "aff" ? words[1] : nil
  }

  private static func words(of plain: String) -> [String] {
    let words = TaxonKey.of(plain).split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    guard words.count > 3 else { return words }
    return words.enumerated().filter { $0.offset < 2 || !rankMarks.contains($0.element) }.map(\.element)
  }

  /// What stands outside of brackets, and what in the first: an author, a remark, or the scientific name.
  private static func parted(_ name: String) -> (outside: String, inside: String) {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") || $0 >= 0x80 }) else {
      return (name, "")
    }
    var depth = 0
    var brackets = 0
    var (outside, inside) = ("", "")
    for character in name {
      switch character {
      case "(", "（", "[":
        depth += 1
        if depth == 1 { brackets += 1 }
      case ")", "）", "]": depth = max(0, depth - 1)
      default:
        if depth == 0 { outside.append(character) } else if brackets == 1 { inside.append(character) }
      }
    }
    return (outside, inside)
  }
}
