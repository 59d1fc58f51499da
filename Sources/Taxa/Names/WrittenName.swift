/// A name analysed as one of scientific form.
///
/// Cost:   O(characters); built only for names that no key resolves.
struct WrittenName {
  /// Folded words, without text in brackets and rank marks behind the second word.
  let words: [String]
  /// Whether it begins like a scientific name: `Python`, not `python`, not `PYTHON`.
  let isCapitalised: Bool
  /// Whether one epithet follows, and nothing else: `Iguana insularis`.
  let hasEpithet: Bool
  /// Whether an epithet follows the first word, whatever comes after it: `Iguana insularis Breuil, 2019`.
  let beginsWithBinomial: Bool
  /// Whether an author follows the first word: `Elephantidae Gray, 1821`.
  let hasAuthorOfOneWord: Bool
  /// Whether a word behind the second is a person's name: `Python regius Shaw`.
  let hasAuthor: Bool
  /// Whether the third word has the form of an epithet: `Panthera tigris altaica`.
  let hasThirdEpithet: Bool
  /// The text in the first brackets.
  let inBrackets: String?
  /// The letters of an abbreviated first word (`L.`, `Lox.`); nil for a full word.
  let abbreviation: String?

  /// Marks of open names.
  private static let openMarks: Set<String> = ["sp", "spp", "ssp", "species", "cf", "aff", "nr", "indet"]
  /// Rank marks that a third word may be.
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

  /// The folded words of a name, without rank marks.
  private static func words(of plain: String) -> [String] {
    let words = TaxonKey.of(plain).split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    guard words.count > 3 else { return words }
    return words.enumerated().filter { $0.offset < 2 || !rankMarks.contains($0.element) }.map(\.element)
  }

  /// The text outside brackets, and that inside the first ones: an author, a remark, or the scientific name.
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

// Abbreviated names such as `L. africana`, resolved by full names in the same cell or file.

extension TaxonTable {
  /// The genera of taxa, in lower case.
  func genusWords(of taxa: [TaxonID]) -> [String] {
    Set(taxa.compactMap { taxon($0, rolledUpTo: .genus) }).sorted().map { acceptedName(of: $0).lowercased() }
  }

  /// The meaning of an abbreviated name among genera; nil if it is not abbreviated, or fits none of them.
  func abbreviated(_ name: WrittenName, _ genera: [String]) -> TaxonMatch? {
    guard let initials = name.abbreviation, !genera.isEmpty else { return nil }
    var taxa: [TaxonID] = []
    for genus in genera where genus.hasPrefix(initials) {
      if let taxon = spelledOut(name, genus), !taxa.contains(taxon) { taxa.append(taxon) }
    }
    return taxa.count == 1 ? .taxon(taxa[0], by: .accepted) : taxa.isEmpty ? nil : .ambiguous(taxa)
  }

  /// The taxon of an abbreviated name under one genus.
  private func spelledOut(_ name: WrittenName, _ genus: String) -> TaxonID? {
    let words = [genus] + name.words.dropFirst()
    for length in stride(from: min(3, words.count), through: 2, by: -1) {
      if let taxon = scientificMatch(words.prefix(length))?.taxon { return taxon }
    }
    // `P. t. tigris`: the nominate subspecies shows what the second letter stands for.
    guard words.count >= 3, words[1].count == 1, words[2].hasPrefix(words[1]) else { return nil }
    return scientificMatch([genus, words[2]])?.taxon
  }

  /// The meanings of the names in one cell, which serve as context for abbreviations among them.
  ///
  /// - Parameter others: names elsewhere in the file, for abbreviations that the cell does not resolve.
  package func matches(ofCell names: [String], beside others: [String] = []) -> [TaxonMatch] {
    let first = names.map { match($0) }
    let context = first.flatMap { $0.each.compactMap(\.nearest) }
    return zip(names, first).map { name, match in
      guard match == .unknown, FullNames.isAbbreviated(name) else { return match }
      let near = self.match(name, among: context)
      return near == .unknown ? FullNames(of: others, for: name).match(name, in: self) : near
    }
  }
}

/// The full names of a file, which resolve its abbreviated ones.
///
/// Rule:   `L. africana` means the one name of the file that begins with L and continues with africana. If two names do, it
///         is ambiguous. If one of these is in no table, it stays unknown, since that one may be meant.
struct FullNames: Equatable, Sendable {
  /// Full names by first letter and second word.
  private var byBeginning: [String: [String]] = [:]

  init() {}

  /// Only the names that may be the full form of one abbreviation.
  init(of names: [String], for abbreviation: String) {
    let written = WrittenName(abbreviation)
    guard let initial = written.words.first?.utf8.first else { return }
    for name in names where (name.utf8.first ?? 0) | 0x20 == initial { add(name) }
  }

  /// A cheap test whether a name begins like an abbreviation.
  static func isAbbreviated(_ name: String) -> Bool {
    let head = name.utf8.prefix(6)
    guard let end = head.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == 0x20 }) else { return false }
    let isShort = head.distance(from: head.startIndex, to: end) == 1
    return (isShort || head[end] == UInt8(ascii: ".")) && WrittenName(name).abbreviation != nil
  }

  /// Adds a name, unless it is abbreviated itself.
  mutating func add(_ name: String) {
    let written = WrittenName(name)
    guard written.abbreviation == nil, let beginning = Self.beginning(written) else { return }
    byBeginning[beginning, default: []].append(name)
  }

  /// The first letter and the second word.
  private static func beginning(_ name: WrittenName) -> String? {
    guard name.words.count >= 2, let initial = name.words[0].first else { return nil }
    return "\(initial) \(name.words[1])"
  }

  /// The meaning of an abbreviated name.
  func match(_ abbreviation: String, in table: TaxonTable) -> TaxonMatch {
    let written = WrittenName(abbreviation)
    guard let initials = written.abbreviation else { return .unknown }
    var taxa: [TaxonID] = []
    for full in candidates(for: written) where WrittenName(full).words[0].hasPrefix(initials) {
      guard case .taxon(let species, _) = table.match(full), table.rank(of: species) >= .species else {
        return .unknown
      }
      let words =
        [WrittenName(full).words[0]]
        + (written.words[1].count == 1
          ? WrittenName(full).words.dropFirst().prefix(1) : written.words.dropFirst().prefix(1))
        + written.words.dropFirst(2)
      let taxon = table.scientificMatch(words.prefix(3))?.taxon ?? species
      if !taxa.contains(taxon) { taxa.append(taxon) }
    }
    return taxa.count == 1 ? .taxon(taxa[0], by: .accepted) : taxa.isEmpty ? .unknown : .ambiguous(taxa)
  }

  /// The full names that an abbreviation may stand for; for `P. t. tigris` those whose second word begins with t.
  private func candidates(for name: WrittenName) -> [String] {
    guard let beginning = Self.beginning(name) else { return [] }
    if name.words[1].count > 1 { return byBeginning[beginning] ?? [] }
    return byBeginning.filter { $0.key.hasPrefix(beginning) }.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}
