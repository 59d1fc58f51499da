// Texts with several names: `Panthera leo/tigris`, `Ara macao, Ara ararauna`, `Amazona ochrocephala × A. aestiva`.

/// A text divided where one name may end and another begin.
///
/// Rule:   at `/ & + ; , |`, at words for "and" and "or", and at the hybrid sign, but not inside brackets. A text with both
///         is a list, whose parts may be hybrids.
struct NameList {
  /// The parts that contain a letter.
  private(set) var parts: [String] = []
  /// How the parts are related.
  private(set) var join = NameJoin.list

  /// Signs between names of a list.
  private static let signs: Set<Character> = ["/", "&", "+", ";", ",", "|", "、", "；", "，", "／", "＆", "＋"]
  /// Words between names of a list, in the languages of the tables.
  private static let words: Set<String> = ["and", "or", "und", "oder", "et", "ou", "y", "e", "dan", "и"]

  init(_ text: String) {
    divide(text, at: Self.signs, Self.words)
    guard parts.count == 1 else { return }
    divide(parts[0], at: ["×"], ["x"])
    join = .hybrid
  }

  /// A cheap test whether a text may have several names. Most have one.
  ///
  /// Limits: after no, the text is not divided; yes may be wrong, as for any text outside ASCII.
  /// Cost:   O(bytes); allocates nothing.
  static func mayDivide(_ text: String) -> Bool {
    var length = 0
    for byte in text.utf8 {
      switch byte {
      // Separators, and the first bytes of those outside ASCII.
      case 0x80..., UInt8(ascii: "/"), UInt8(ascii: "&"), UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: ","),
        UInt8(ascii: "|"):
        return true
      case 0x20, UInt8(ascii: "_"):
        if (1...longestWord).contains(length) { return true }
        length = 0
      default: length += 1
      }
    }
    return false
  }

  /// No word between names is longer, in letters.
  private static let longestWord = 4

  /// A text with more parts is not a cell with names.
  static let maximumParts = 100

  /// Divides a text at some signs and words, outside brackets.
  private mutating func divide(_ text: String, at signs: Set<Character>, _ words: Set<String>) {
    parts = []
    var part: [Substring] = []
    func end(_ parts: inout [String]) {
      // A number of animals, a year or a stray sign is not a name.
      let text = part.joined(separator: " ")
      if text.contains(where: \.isLetter) { parts.append(text) }
      part = []
    }
    var depth = 0
    for token in text.split(whereSeparator: { $0 == " " || $0 == "\u{A0}" || $0 == "_" || $0.isNewline }) {
      if depth == 0, token.utf8.count <= 2 * Self.longestWord, words.contains(token.lowercased()) {
        end(&parts)
        continue
      }
      var start = token.startIndex
      for place in token.indices {
        switch token[place] {
        case "(", "（", "[": depth += 1
        case ")", "）", "]": depth = max(0, depth - 1)
        case let character where depth == 0 && signs.contains(character):
          if start < place { part.append(token[start..<place]) }
          end(&parts)
          start = token.index(after: place)
        default: break
        }
      }
      if start < token.endIndex { part.append(token[start...]) }
    }
    end(&parts)
  }
}

extension TaxonTable {
  /// The names in a text with several; nil if it has one name, or if its parts are not names.
  ///
  /// Rule:   a list is divided only if two parts are names. An unknown part is included if it has the form of a scientific
  ///         name; other words beside scientific names are remarks.
  func several(_ text: String, _ context: [TaxonID], _ suggests: Bool) -> TaxonMatch? {
    guard NameList.mayDivide(text) else { return nil }
    let list = NameList(text)
    guard let only = list.parts.first, list.parts.count <= NameList.maximumParts else { return nil }
    // `3 x African elephant`
    if list.parts.count == 1 { return only == text ? nil : match(only, among: context, suggests: suggests).known }
    return PartsReading(list, self, context, suggests).match
  }
}

extension TaxonMatch {
  /// The match; nil for an unknown name.
  fileprivate var known: TaxonMatch? { self == .unknown ? nil : self }
}

/// Resolves the parts of a list with the help of each other.
private struct PartsReading {
  private let list: NameList
  private let table: TaxonTable
  /// Taxa elsewhere in the text's surroundings, for abbreviations.
  private let context: [TaxonID]
  private let suggests: Bool
  private let names: [WrittenName]
  /// The parts, completed by what they share with others.
  private var written: [String]
  /// The meaning of each part so far.
  private var matches: [TaxonMatch]
  /// For each part, the genus that it spells out.
  private var genera: [String?]

  init(_ list: NameList, _ table: TaxonTable, _ context: [TaxonID], _ suggests: Bool) {
    self.list = list
    self.table = table
    self.context = context
    self.suggests = suggests
    names = list.parts.map { WrittenName($0) }
    written = list.parts
    matches = list.parts.map { _ in .unknown }
    genera = list.parts.map { _ in nil }
    for place in list.parts.indices { read(place) }
    for place in list.parts.indices where matches[place] == .unknown { readByNeighbours(place) }
  }

  // MARK: Single parts

  /// Resolves a part by itself, or with the genus before it if it is only an epithet.
  private mutating func read(_ place: Int) {
    let name = names[place]
    guard !isAuthor(place), name.abbreviation == nil else { return }
    if isBareEpithet(place), let genus = genera[..<place].last(where: { $0 != nil }) ?? nil {
      if takeEpithet(place, of: genus) { return }
    }
    if place + 1 < names.count, takeGenusOfNext(place) { return }
    matches[place] = table.match(list.parts[place], among: context, suggests: suggests && !isBareEpithet(place))
    noteGenus(place)
  }

  /// Resolves what is still unknown with all genera of the list.
  private mutating func readByNeighbours(_ place: Int) {
    guard !isAuthor(place) else { return }
    let near = genera.compactMap { $0 } + table.genusWords(of: context)
    if let match = table.abbreviated(names[place], near) {
      matches[place] = match
    } else if isBareEpithet(place), let genus = genera[..<place].last(where: { $0 != nil }) ?? nil {
      guard suggests else { return }
      suggestEpithet(place, of: genus)
    } else {
      takeTailOfLast(place)
    }
  }

  /// Notes the genus that a part spells out.
  private mutating func noteGenus(_ place: Int) {
    let name = names[place]
    guard name.words.count >= 2 || name.isCapitalised, let first = name.words.first, first.count > 2 else { return }
    if let genus = table.scientificMatch([first])?.taxon, table.rank(of: genus) == .genus {
      genera[place] = first
    } else if case .taxon(_, .accepted) = matches[place], name.beginsWithBinomial {
      genera[place] = first
    } else if case .taxon(_, .synonym) = matches[place], name.beginsWithBinomial {
      genera[place] = first
    }
  }

  /// Whether a part is only an epithet, as `tigris`.
  private func isBareEpithet(_ place: Int) -> Bool {
    guard let first = list.parts[place].utf8.first, first &- 0x61 < 26 else { return false }
    return (1...2).contains(names[place].words.count)
  }

  /// Resolves `tigris` after `Panthera leo`.
  private mutating func takeEpithet(_ place: Int, of genus: String) -> Bool {
    guard let match = table.scientificMatch([genus] + names[place].words), match.taxon != nil else { return false }
    matches[place] = match
    written[place] = full(genus, list.parts[place])
    return true
  }

  /// Suggests a species for a misspelt epithet.
  private mutating func suggestEpithet(_ place: Int, of genus: String) {
    let name = full(genus, list.parts[place])
    let match = table.undivided(WrittenName(name), TaxonKey.of(name), [], true)
    guard match.suggestion != nil else { return }
    matches[place] = match
    written[place] = name
  }

  /// Resolves `Geochelone` in `Geochelone/Stigmochelys pardalis`.
  private mutating func takeGenusOfNext(_ place: Int) -> Bool {
    let (name, next) = (names[place], names[place + 1])
    guard name.words.count == 1, name.isCapitalised, next.beginsWithBinomial,
      let match = table.scientificMatch([name.words[0], next.words[1]]), match.taxon != nil
    else { return false }
    matches[place] = match
    written[place] = full(name.words[0], next.words[1])
    return true
  }

  /// Resolves `African` in `African and Asian elephants`.
  private mutating func takeTailOfLast(_ place: Int) {
    guard place + 1 < names.count, names[place].words.count <= 2, let tail = names.last?.words.last,
      let last = matches.last, case .taxon(_, .common) = last
    else { return }
    let name = list.parts[place] + " " + tail
    let key = TaxonKey.of(name)
    guard let match = table.match(key: key, kinds: .common ... .common) ?? table.plural(key) else { return }
    matches[place] = match
    written[place] = name
  }

  /// A binomial, the genus capitalised.
  private func full(_ genus: String, _ rest: String) -> String {
    genus.prefix(1).uppercased() + genus.dropFirst() + " " + rest
  }

  /// Whether a part is an author, as `Smith` in `Varanus komodoensis Ouwens & Smith, 1912`, even if an animal has that name.
  private func isAuthor(_ place: Int) -> Bool {
    guard place > 0, names[place].words.count <= 2, names[place].words.first?.count ?? 0 > 1 else { return false }
    let isOneWord = names[place].words.dropFirst().allSatisfy { $0.allSatisfy(\.isNumber) }
    return isOneWord && names[place].isCapitalised && (names[place - 1].hasAuthor || isAuthor(place - 1))
  }

  // MARK: The whole text

  /// The meaning of the whole text; nil if it is not a list of names.
  var match: TaxonMatch? {
    let places = list.parts.indices.filter {
      matches[$0].isUnderstood || names[$0].hasEpithet && names[$0].isCapitalised
    }
    let isScientific = places.contains { isScientificName($0) }
    guard places.contains(where: { matches[$0].isUnderstood }) else { return nil }
    if list.join == .hybrid, let named = namedHybrid { return named }
    // A hybrid with an unknown parent is not the other parent.
    let kept = list.join == .hybrid ? Array(list.parts.indices) : places
    let remarks = list.parts.indices.filter { !kept.contains($0) && !isAuthor($0) }
    guard kept.count > 1, remarks.isEmpty || isScientific else { return nil }
    let parts = kept.map { NamedPart(written: written[$0], match: matches[$0]) }
    if let taxon = parts[0].match.taxon, parts.allSatisfy({ $0.match.taxon == taxon }) { return parts[0].match }
    return .several(parts, as: list.join)
  }

  /// `Cattleya × dolosa`: a hybrid with a name of its own, which tables may have without the sign.
  private var namedHybrid: TaxonMatch? {
    guard list.parts.count == 2, names[0].words.count == 1, isBareEpithet(1),
      case .taxon(let genus, .accepted) = matches[0], table.rank(of: genus) == .genus
    else { return nil }
    return matches[1].taxon == nil ? .within(genus) : matches[1]
  }

  /// Whether a part was resolved as a scientific name.
  private func isScientificName(_ place: Int) -> Bool {
    switch matches[place] {
    case .taxon(_, let kind): kind != .common
    case .within, .suggested, .several, .ambiguous: true
    case .group, .unknown: false
    }
  }
}
