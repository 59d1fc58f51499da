extension TaxonTable {
  /// The names closest to a misspelt scientific name; nil if it does not have the form of one, or none is close.
  ///
  /// Rule:   the distances of genus and epithet (`LatinSpelling`) are added. 1 is close; 2 is close only for a name written
  ///         like a scientific one, with long words. All names at the least distance are candidates, so that a name just as
  ///         close to another is never hidden. A subspecies is searched for before its species.
  /// Cost:   some tens of microseconds; the index is built by the first such name.
  ///
  /// - Parameter genus: that of the name, if it is spelt correctly.
  func suggestion(for name: WrittenName, _ genus: TaxonID?) -> TaxonSuggestion? {
    if let open = name.openGenus { return oneWord(open, isOpen: true) }
    guard name.words.count > 1 else {
      return runTogether(name) ?? (name.isCapitalised ? oneWord(name.words.first ?? "", isOpen: false) : nil)
    }
    for rest in epithets(of: name) {
      var search = NameSearch(genus: name.words[0], epithet: rest, isScientific: name.beginsWithBinomial)
      if let found = search.nearest(in: spellingIndex, names) {
        return suggestion(found.entries, found.difference, genus)
      }
    }
    return nil
  }

  /// The possible epithets of a name, with and without a third word.
  private func epithets(of name: WrittenName) -> [String] {
    func isWord(_ word: String) -> Bool { word.utf8.count >= 3 && word.utf8.allSatisfy { $0 &- 0x61 < 26 } }
    let words = name.words
    // In a sentence, two words may look like a name by chance.
    guard isWord(words[0]), words.count <= 3 || name.beginsWithBinomial else { return [] }
    let hasThird =
      words.count > 2 && words[2].utf8.allSatisfy { $0 &- 0x61 < 26 } && (name.hasThirdEpithet || words.count == 3)
    let three = hasThird ? [words[1] + " " + words[2]] : []
    return three + (isWord(words[1]) ? [words[1]] : [])
  }

  /// The suggestion for a name without a space: `Pantheraleo`.
  private func runTogether(_ name: WrittenName) -> TaxonSuggestion? {
    guard let word = name.words.first, word.utf8.allSatisfy({ $0 &- 0x61 < 26 }) else { return nil }
    var search = NameSearch(genus: word, epithet: "", isScientific: false)
    return search.nearest(in: spellingIndex, names).flatMap { suggestion($0.entries, $0.difference, nil) }
  }

  /// The suggestion of some entries.
  private func suggestion(
    _ entries: [Int], _ difference: SpellingDifference, _ genus: TaxonID?
  ) -> TaxonSuggestion? {
    var candidates: [TaxonSuggestion.Candidate] = []
    for entry in entries.sorted() {
      let taxon = TaxonID(Int(names.entries[entry].taxon))
      guard !candidates.contains(where: { $0.taxon == taxon }) else { continue }
      candidates.append(TaxonSuggestion.Candidate(taxon: taxon, name: names.text(entry)))
    }
    let isSure = genus.map { genus in candidates.allSatisfy { isWithin($0.taxon, genus) } } ?? false
    return TaxonSuggestion(candidates: candidates, difference: difference, genus: isSure ? genus : nil)
  }

  /// Nearly every shorter word is close to some genus.
  private static let shortestGenus = 9
  /// The same for a word that `sp.` marks as a genus.
  private static let shortestOpenGenus = 5
  /// The same for families and orders; English words are close to names of classes, which are left out.
  private static let shortestGroup = 8

  /// A genus, family or order that is one letter from a word.
  ///
  /// - Parameter isOpen: whether `sp.` or the like marks the word as a genus.
  private func oneWord(_ word: String, isOpen: Bool) -> TaxonSuggestion? {
    let word = Array(word.utf8)
    guard word.count >= Self.shortestOpenGenus, word.allSatisfy({ $0 &- 0x61 < 26 }) else { return nil }
    let letters = LatinSpelling.letters(word)
    var found: [Int] = []
    var difference: SpellingDifference?
    for name in spellingIndex.single where (name.letters ^ letters).nonzeroBitCount <= 2 {
      guard let edit = LatinSpelling.edit(word[...], spellingIndex.word(name, names)) else { continue }
      let rank = rank(of: TaxonID(Int(names.entries[Int(name.entry)].taxon)))
      let shortest = isOpen ? Self.shortestOpenGenus : rank == .genus ? Self.shortestGenus : Self.shortestGroup
      guard word.count >= shortest, isOpen ? rank == .genus : rank >= .order else { continue }
      found.append(Int(name.entry))
      difference = difference ?? edit
    }
    return difference.flatMap { suggestion(found, $0, nil) }
  }
}

/// Searches for the names closest to one.
private struct NameSearch {
  private var genus: LatinSpelling
  private var epithet: LatinSpelling
  /// Both words without spaces.
  private let joined: [UInt8]
  /// The greatest distance that still counts; it shrinks as closer names are found.
  private var maximum: Int
  /// The closest entries so far.
  private var entries: [Int] = []
  private var difference: SpellingDifference?

  /// In a shorter name, words are close to others only by chance.
  private static let shortestName = 8
  /// Words must be at least this long for a distance of 2.
  private static let shortestWordsForTwo = 5

  init(genus: String, epithet: String, isScientific: Bool) {
    self.genus = LatinSpelling(genus.utf8, isEpithet: false)
    self.epithet = LatinSpelling(epithet.utf8, isEpithet: true)
    joined = self.genus.word + self.epithet.word.filter { $0 != 0x20 }
    let isLong = min(genus.utf8.count, epithet.utf8.count) >= Self.shortestWordsForTwo
    maximum = joined.count < Self.shortestName ? 0 : isScientific && isLong ? 2 : 1
  }

  /// The closest names, and how the first of them differs; nil for none.
  mutating func nearest(
    in index: SpellingIndex, _ names: NameIndex
  ) -> (entries: [Int], difference: SpellingDifference)? {
    guard maximum > 0 else { return nil }
    for genus in index.genera {
      if let distance = distance(to: genus) {
        search(genus, at: distance, index, names)
      }
      if joined.starts(with: genus.word) { searchJoined(genus, index, names) }
    }
    return difference.map { (entries, $0) }
  }

  /// The distance of a genus; nil if it is too large. Most genera are excluded by their letters alone.
  private mutating func distance(to other: SpellingIndex.Genus) -> Int? {
    let others = (
      (other.letters ^ genus.letters).nonzeroBitCount, (other.soundLetters ^ genus.soundLetters).nonzeroBitCount
    )
    guard min(others.0, others.1) <= LatinSpelling.lettersOfOneFault,
      abs(other.word.count - genus.word.count) <= LatinSpelling.maximumOtherLength,
      let distance = genus.distance(to: other.word[...]), distance <= maximum
    else { return nil }
    return distance
  }

  /// Compares the epithets of a genus.
  private mutating func search(
    _ genus: SpellingIndex.Genus, at distance: Int, _ index: SpellingIndex, _ names: NameIndex
  ) {
    for name in index.epithets[genus.epithets] {
      guard (name.letters ^ epithet.letters).nonzeroBitCount <= LatinSpelling.maximumOtherLetters,
        abs(Int(name.length) - epithet.word.count) <= LatinSpelling.maximumOtherLength
      else { continue }
      let word = index.word(name, names)
      guard let more = epithet.distance(to: word), distance + more <= maximum, distance + more > 0 else { continue }
      let isFirst = keep(name, at: distance + more)
      if isFirst { difference = difference(at: distance, more, genus.word[...], word) }
    }
  }

  /// How a name at a distance differs.
  private mutating func difference(
    at distance: Int, _ more: Int, _ genusWord: ArraySlice<UInt8>, _ word: ArraySlice<UInt8>
  ) -> SpellingDifference? {
    if distance > 0, more > 0 { return .genusAndEpithet }
    return distance > 0 ? genus.difference(to: genusWord) : epithet.difference(to: word)
  }

  /// Finds names with the same letters but another space: `Pantheraleo`, `Pan thera leo`.
  private mutating func searchJoined(_ genus: SpellingIndex.Genus, _ index: SpellingIndex, _ names: NameIndex) {
    let rest = joined.dropFirst(genus.word.count)
    for name in index.epithets[genus.epithets] where Int(name.length) >= rest.count {
      guard index.word(name, names).lazy.filter({ $0 != 0x20 }).elementsEqual(rest) else { continue }
      let isFirst = keep(name, at: 1)
      if isFirst { difference = .blank }
    }
  }

  /// Keeps a name if none is closer; true if it is the first at its distance.
  private mutating func keep(_ name: SpellingIndex.Epithet, at distance: Int) -> Bool {
    let isFirst = entries.isEmpty || distance < maximum
    if isFirst { entries = [] }
    maximum = distance
    if !entries.contains(Int(name.entry)) { entries.append(Int(name.entry)) }
    return isFirst
  }
}
