/// What a packet says about the species of a listing: by the taxon tables where they know one of its names or terms, and
/// otherwise by what the names in the species field look like.
///
/// Shape:  the first name that has the form of a scientific name, its rank read from that form; otherwise "unknown"
///         with the rank that claims least. `basis` says exactly what the statement rests on, and every other name.
/// Fails:  never; a name is carried or reported, never corrected.
/// Source: the forms are those of the zoological and botanical codes: one capitalised word for a genus or higher, two
///         for a species, three for a subspecies; -idae and -aceae end family names, -iformes orders.
struct TaxonStatement: Equatable {
  /// The ranks for which the format has words.
  enum Rank: String { case subspecies, species, genus, family, order }

  /// `unknownName` if none is known.
  let scientificName: String
  /// The name as written, if it is a common one.
  let commonName: String?
  /// The widest, `order`, if the taxon is unknown.
  let rank: Rank
  /// Why this taxon is stated, and how certain that is.
  let basis: String
  /// `?` where unknown.
  var appendix = "?"

  /// The scientific name of a listing whose taxon is unknown.
  static let unknownName = "unknown"

  /// A statement made elsewhere.
  init(scientificName: String, commonName: String?, rank: Rank, basis: String, appendix: String) {
    self.scientificName = scientificName
    self.commonName = commonName
    self.rank = rank
    self.basis = basis
    self.appendix = appendix
  }

  /// A statement from the names alone, without taxon tables.
  ///
  /// Shape:  blank names are passed over. Without a scientific name, the first one becomes the common name.
  /// Fails:  never; the appendix stays `?`.
  init(species names: [String]) {
    let names = names.filter { !$0.allSatisfy(\.isWhitespace) }
    guard !names.isEmpty else {
      scientificName = Self.unknownName
      commonName = nil
      rank = .order
      basis =
        "the dataset names no species; rank is the widest value the format has and claims nothing; not verified"
      return
    }
    let index = names.firstIndex { Self.rank(ofScientificName: $0) != nil }
    let others = names.indices.filter { $0 != index }.map { names[$0] }
    if let index, let rank = Self.rank(ofScientificName: names[index]) {
      scientificName = names[index]
      commonName = nil
      self.rank = rank
      basis =
        "named in the dataset's species field" + Self.alsoNamed(others, "; also named there: ")
        + "; rank read from the form of the name; not checked against any list of species; not verified"
    } else {
      scientificName = Self.unknownName
      commonName = names[0]
      rank = .order
      basis =
        "the dataset's species field holds no name of scientific form; its first name is carried as common name"
        + Self.alsoNamed(Array(others.dropFirst()), "; also named there: ")
        + "; rank is the widest value the format has and claims nothing; not verified"
    }
  }

  /// The names after the first, in words.
  private static func alsoNamed(_ names: [String], _ before: String) -> String {
    names.isEmpty ? "" : before + names.joined(separator: ", ")
  }

  /// The rank that the form of `name` shows; nil where it has not the form of a scientific name.
  ///
  /// Shape:  epithets are counted up to the first word of another form; none, one or two give genus or higher, species,
  ///         subspecies.
  /// Fails:  with nil for three epithets or more, and for a single capitalised word before words that are neither
  ///         epithets nor sp. or spp.
  static func rank(ofScientificName name: String) -> Rank? {
    let words = name.split(separator: " ")
    guard let first = words.first, isCapitalised(first) else { return nil }
    var epithets = 0
    for word in words.dropFirst() {
      if ["sp.", "spp.", "ssp.", "subsp.", "var.", "cf.", "aff."].contains(word) { continue }
      // The authority follows the epithets, "(Desmarest, 1822)" or "Linnaeus, 1758".
      guard isEpithet(word) else { break }
      epithets += 1
    }
    // A single further word of another form, as in "Ivory ring 18k", is no authority of a genus.
    switch epithets {
    case 0:
      guard words.count == 1 || ["sp.", "spp."].contains(words[1]) else { return nil }
      if first.hasSuffix("idae") || first.hasSuffix("aceae") { return .family }
      return first.hasSuffix("iformes") ? .order : .genus
    case 1: return .species
    case 2: return .subspecies
    default: return nil
    }
  }

  /// Whether a word has the form of a genus.
  /// Letters of ASCII only: one capital, then at least one small letter.
  private static func isCapitalised(_ word: Substring) -> Bool {
    guard let head = word.utf8.first, (0x41...0x5a).contains(head), word.utf8.count > 1 else { return false }
    return word.utf8.dropFirst().allSatisfy { (0x61...0x7a).contains($0) }
  }

  /// Whether a word has the form of an epithet.
  /// Small letters of ASCII and hyphens, at least two of them.
  private static func isEpithet(_ word: Substring) -> Bool {
    word.utf8.count > 1 && word.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == 0x2d }
  }
}
