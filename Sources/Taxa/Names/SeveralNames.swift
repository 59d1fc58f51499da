// `Panthera leo/tigris`, `Ara macao, Ara ararauna`, `Amazona ochrocephala × A. aestiva`: texts that hold several names.

/// A text divided where names in it may end.
///
/// Rule:   at `/ & + ; , |`, at the words that mean "and" or "or", and at a hybrid's sign. What stands in brackets is
///         not divided. A text with both is a list, whose parts may be hybrids.
struct NameList {
  private(set) var parts: [String] = []
  private(set) var join = NameJoin.list

  private static let signs: Set<Character> = ["/", "&", "+", ";", ",", "|", "、", "；", "，", "／", "＆", "＋"]
  private static let words: Set<String> = ["and", "or", "und", "oder", "et", "ou", "y", "e", "dan", "и"]

  init(_ text: String) {
    divide(text, at: Self.signs, Self.words)
    guard parts.count == 1 else { return }
    divide(parts[0], at: ["×"], ["x"])
    join = .hybrid
  }

  /// A cheap look at whether a text may hold several names: most hold one.
  static func mayDivide(_ text: String) -> Bool {
    var length = 0
    for byte in text.utf8 {
      switch byte {
      // Signs, and the beginnings of those that are not ASCII.
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

  private static let longestWord = 4

  /// A text in more parts is no cell with names.
  static let mostParts = 100

  private mutating func divide(_ text: String, at signs: Set<Character>, _ words: Set<String>) {
    parts = []
    var part: [Substring] = []
    func end(_ parts: inout [String]) {
      // A number of animals, a year, a stray sign: no name.
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
  /// The names in a text that holds several; nil where it holds one, or where what stands in it are no names.
  ///
  /// Rule:   a list is taken apart only if two parts of it are names. A part that is in no table comes along if it has
  ///         the form of a scientific name; other words beside scientific names are remarks.
  func several(_ text: String, _ context: [TaxonID], _ suggests: Bool) -> TaxonMatch? {
    guard NameList.mayDivide(text) else { return nil }
    let list = NameList(text)
    guard let only = list.parts.first, list.parts.count <= NameList.mostParts else { return nil }
    // `3 x African elephant`
    if list.parts.count == 1 { return only == text ? nil : match(only, among: context, suggests: suggests).known }
    return PartsReading(list, self, context, suggests).match
  }
}

extension TaxonMatch {
  fileprivate var known: TaxonMatch? { self == .unknown ? nil : self }
}

/// Understands the parts of a list, each by help of the others.
private struct PartsReading {
  private let list: NameList
  private let table: TaxonTable
  private let context: [TaxonID]
  private let suggests: Bool
  private let names: [WrittenName]
  private var written: [String]
  private var matches: [TaxonMatch]
  /// The genera that parts spell out.
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

  /// Reads a part by itself, or by the genus before it where it is no more than an epithet.
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

  /// Lists are read from left to right, what is left open by all genera of the list.
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

  private func isBareEpithet(_ place: Int) -> Bool {
    guard let first = list.parts[place].utf8.first, first &- 0x61 < 26 else { return false }
    return (1...2).contains(names[place].words.count)
  }

  /// `tigris` behind `Panthera leo`.
  private mutating func takeEpithet(_ place: Int, of genus: String) -> Bool {
    guard let match = table.scientificMatch([genus] + names[place].words), match.taxon != nil else { return false }
    matches[place] = match
    written[place] = full(genus, list.parts[place])
    return true
  }

  private mutating func suggestEpithet(_ place: Int, of genus: String) {
    let name = full(genus, list.parts[place])
    let match = table.undivided(WrittenName(name), TaxonKey.of(name), [], true)
    guard match.suggestion != nil else { return }
    matches[place] = match
    written[place] = name
  }

  /// `Geochelone` of `Geochelone/Stigmochelys pardalis`.
  private mutating func takeGenusOfNext(_ place: Int) -> Bool {
    let (name, next) = (names[place], names[place + 1])
    guard name.words.count == 1, name.isCapitalised, next.beginsWithBinomial,
      let match = table.scientificMatch([name.words[0], next.words[1]]), match.taxon != nil
    else { return false }
    matches[place] = match
    written[place] = full(name.words[0], next.words[1])
    return true
  }

  /// `African` of `African and Asian elephants`.
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

  private func full(_ genus: String, _ rest: String) -> String {
    genus.prefix(1).uppercased() + genus.dropFirst() + " " + rest
  }

  /// `Smith` of `Varanus komodoensis Ouwens & Smith, 1912`: no name, even where an animal is called so too.
  private func isAuthor(_ place: Int) -> Bool {
    guard place > 0, names[place].words.count <= 2, names[place].words.first?.count ?? 0 > 1 else { return false }
    let isOneWord = names[place].words.dropFirst().allSatisfy { $0.allSatisfy(\.isNumber) }
    return isOneWord && names[place].isCapitalised && (names[place - 1].hasAuthor || isAuthor(place - 1))
  }

  // MARK: All of them

  var match: TaxonMatch? {
    let places = list.parts.indices.filter {
      matches[$0].isUnderstood || names[$0].hasEpithet && names[$0].isCapitalised
    }
    let isScientific = places.contains { isScientificName($0) }
    guard places.contains(where: { matches[$0].isUnderstood }) else { return nil }
    if list.join == .hybrid, let named = namedHybrid { return named }
    // A hybrid with one parent that is in no table is not that of the other.
    let kept = list.join == .hybrid ? Array(list.parts.indices) : places
    let remarks = list.parts.indices.filter { !kept.contains($0) && !isAuthor($0) }
    guard kept.count > 1, remarks.isEmpty || isScientific else { return nil }
    let parts = kept.map { NamedPart(written: written[$0], match: matches[$0]) }
    if let taxon = parts[0].match.taxon, parts.allSatisfy({ $0.match.taxon == taxon }) { return parts[0].match }
    return .several(parts, as: list.join)
  }

  /// `Cattleya × dolosa`: a hybrid with a name of its own, which the tables have perhaps without the sign.
  private var namedHybrid: TaxonMatch? {
    guard list.parts.count == 2, names[0].words.count == 1, isBareEpithet(1),
      case .taxon(let genus, .accepted) = matches[0], table.rank(of: genus) == .genus
    else { return nil }
    return matches[1].taxon == nil ? .within(genus) : matches[1]
  }

  private func isScientificName(_ place: Int) -> Bool {
    switch matches[place] {
    case .taxon(_, let kind): kind != .common
    case .within, .suggested, .several, .ambiguous: true
    case .group, .unknown: false
    }
  }
}
