// `L. africana`, by the full names beside it: those of its cell, or of its file.

extension TaxonTable {
  /// The genera to which taxa belong, as they are written.
  func genusWords(of taxa: [TaxonID]) -> [String] {
    Set(taxa.compactMap { taxon($0, rolledUpTo: .genus) }).sorted().map { acceptedName(of: $0).lowercased() }
  }

  /// What an abbreviated name means among genera; nil where it is none, or fits none of them.
  func abbreviated(_ name: WrittenName, _ genera: [String]) -> TaxonMatch? {
    guard let initials = name.abbreviation, !genera.isEmpty else { return nil }
    var taxa: [TaxonID] = []
    for genus in genera where genus.hasPrefix(initials) {
      if let taxon = spelledOut(name, genus), !taxa.contains(taxon) { taxa.append(taxon) }
    }
    return taxa.count == 1 ? .taxon(taxa[0], by: .accepted) : taxa.isEmpty ? nil : .ambiguous(taxa)
  }

  private func spelledOut(_ name: WrittenName, _ genus: String) -> TaxonID? {
    let words = [genus] + name.words.dropFirst()
    for length in stride(from: min(3, words.count), through: 2, by: -1) {
      if let taxon = scientificMatch(words.prefix(length))?.taxon { return taxon }
    }
    // `P. t. tigris`: the subspecies that bears the name of its species tells what the second letter is short for.
    guard words.count >= 3, words[1].count == 1, words[2].hasPrefix(words[1]) else { return nil }
    return scientificMatch([genus, words[2]])?.taxon
  }

  /// What the names in one cell mean, each being context for the abbreviations among the others.
  ///
  /// - Parameter others: names elsewhere in the file; looked at only for abbreviations that the cell leaves open.
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

/// The full names of a file by which its abbreviated ones are understood.
///
/// Rule:   `L. africana` is the one name of the file that begins with an L and goes on with africana, word for word. If
///         two names do so it is ambiguous, and if one of them is in no table it stays unknown: that one may be meant.
struct FullNames: Equatable, Sendable {
  /// By first letter and second word, the names that begin so.
  private var byBeginning: [String: [String]] = [:]

  init() {}

  /// The names that may be the full form of one abbreviation.
  init(of names: [String], for abbreviation: String) {
    let written = WrittenName(abbreviation)
    guard let initial = written.words.first?.utf8.first else { return }
    for name in names where (name.utf8.first ?? 0) | 0x20 == initial { add(name) }
  }

  /// A cheap look at whether a name begins as an abbreviation does.
  static func isAbbreviated(_ name: String) -> Bool {
    let head = name.utf8.prefix(6)
    guard let end = head.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == 0x20 }) else { return false }
    let isShort = head.distance(from: head.startIndex, to: end) == 1
    return (isShort || head[end] == UInt8(ascii: ".")) && WrittenName(name).abbreviation != nil
  }

  mutating func add(_ name: String) {
    let written = WrittenName(name)
    guard written.abbreviation == nil, let beginning = Self.beginning(written) else { return }
    byBeginning[beginning, default: []].append(name)
  }

  private static func beginning(_ name: WrittenName) -> String? {
    guard name.words.count >= 2, let initial = name.words[0].first else { return nil }
    return "\(initial) \(name.words[1])"
  }

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

  /// The full names that go on as an abbreviation does; of `P. t. tigris`, those whose second word begins with t.
  private func candidates(for name: WrittenName) -> [String] {
    guard let beginning = Self.beginning(name) else { return [] }
    if name.words[1].count > 1 { return byBeginning[beginning] ?? [] }
    return byBeginning.filter { $0.key.hasPrefix(beginning) }.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}
