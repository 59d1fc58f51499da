extension TaxonTable {
  /// The names that a misspelt scientific name is nearest to; nil where it has not the form of one, or none is near.
  ///
  /// Rule:   what genus and epithet are apart (`LatinSpelling`) is added up: 1 is near, and 2 only for a name written
  ///         as scientific names are, with long words. All that are nearest are candidates, so that a name which is as
  ///         near to another is never passed over in silence. A subspecies is looked for before its species.
  /// Cost:   some tens of microseconds; the index is built by the first such name.
  ///
  /// - Parameter genus: that of the name, where it is written without a fault.
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

  /// What may be the epithets of a name: with and without a third word.
  private func epithets(of name: WrittenName) -> [String] {
    func isWord(_ word: String) -> Bool { word.utf8.count >= 3 && word.utf8.allSatisfy { $0 &- 0x61 < 26 } }
    let words = name.words
    // Of a sentence, two words may be a name by chance.
    guard isWord(words[0]), words.count <= 3 || name.beginsWithBinomial else { return [] }
    let hasThird =
      words.count > 2 && words[2].utf8.allSatisfy { $0 &- 0x61 < 26 } && (name.hasThirdEpithet || words.count == 3)
    let three = hasThird ? [words[1] + " " + words[2]] : []
    return three + (isWord(words[1]) ? [words[1]] : [])
  }

  /// `Pantheraleo`
  private func runTogether(_ name: WrittenName) -> TaxonSuggestion? {
    guard let word = name.words.first, word.utf8.allSatisfy({ $0 &- 0x61 < 26 }) else { return nil }
    var search = NameSearch(genus: word, epithet: "", isScientific: false)
    return search.nearest(in: spellingIndex, names).flatMap { suggestion($0.entries, $0.difference, nil) }
  }

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

  /// Of short words every other one is near to a genus, and of classes the English word is.
  private static let shortestGenus = 9
  private static let shortestOpenGenus = 5
  private static let shortestGroup = 8

  /// A genus, family or order that is one letter from a word.
  ///
  /// - Parameter isOpen: whether `sp.` or the like shows that the word is meant for a genus.
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

/// Looks for the names that are nearest to one.
private struct NameSearch {
  private var genus: LatinSpelling
  private var epithet: LatinSpelling
  private let joined: [UInt8]
  private var most: Int
  private var entries: [Int] = []
  private var difference: SpellingDifference?

  /// Below this, a name is too short for a word in it to be near by anything but chance.
  private static let shortestName = 8
  private static let shortestWordsForTwo = 5

  init(genus: String, epithet: String, isScientific: Bool) {
    self.genus = LatinSpelling(genus.utf8, isEpithet: false)
    self.epithet = LatinSpelling(epithet.utf8, isEpithet: true)
    joined = self.genus.word + self.epithet.word.filter { $0 != 0x20 }
    let isLong = min(genus.utf8.count, epithet.utf8.count) >= Self.shortestWordsForTwo
    most = joined.count < Self.shortestName ? 0 : isScientific && isLong ? 2 : 1
  }

  mutating func nearest(
    in index: SpellingIndex, _ names: NameIndex
  ) -> (entries: [Int], difference: SpellingDifference)? {
    guard most > 0 else { return nil }
    for genus in index.genera {
      if let distance = distance(to: genus) {
        lookThrough(genus, at: distance, index, names)
      }
      if joined.starts(with: genus.word) { lookForJoined(genus, index, names) }
    }
    return difference.map { (entries, $0) }
  }

  private mutating func distance(to other: SpellingIndex.Genus) -> Int? {
    let others = (
      (other.letters ^ genus.letters).nonzeroBitCount, (other.soundLetters ^ genus.soundLetters).nonzeroBitCount
    )
    guard min(others.0, others.1) <= LatinSpelling.lettersOfOneFault,
      abs(other.word.count - genus.word.count) <= LatinSpelling.mostOtherLength,
      let distance = genus.distance(to: other.word[...]), distance <= most
    else { return nil }
    return distance
  }

  private mutating func lookThrough(
    _ genus: SpellingIndex.Genus, at distance: Int, _ index: SpellingIndex, _ names: NameIndex
  ) {
    for name in index.epithets[genus.epithets] {
      guard (name.letters ^ epithet.letters).nonzeroBitCount <= LatinSpelling.mostOtherLetters,
        abs(Int(name.length) - epithet.word.count) <= LatinSpelling.mostOtherLength
      else { continue }
      let word = index.word(name, names)
      guard let more = epithet.distance(to: word), distance + more <= most, distance + more > 0 else { continue }
      let isFirst = take(name, at: distance + more)
      if isFirst { difference = difference(at: distance, more, genus.word[...], word) }
    }
  }

  private mutating func difference(
    at distance: Int, _ more: Int, _ genusWord: ArraySlice<UInt8>, _ word: ArraySlice<UInt8>
  ) -> SpellingDifference? {
    if distance > 0, more > 0 { return .genusAndEpithet }
    return distance > 0 ? genus.difference(to: genusWord) : epithet.difference(to: word)
  }

  /// `Pantheraleo`, `Pan thera leo`: the same letters, divided otherwise.
  private mutating func lookForJoined(_ genus: SpellingIndex.Genus, _ index: SpellingIndex, _ names: NameIndex) {
    let rest = joined.dropFirst(genus.word.count)
    for name in index.epithets[genus.epithets] where Int(name.length) >= rest.count {
      guard index.word(name, names).lazy.filter({ $0 != 0x20 }).elementsEqual(rest) else { continue }
      let isFirst = take(name, at: 1)
      if isFirst { difference = .blank }
    }
  }

  /// Keeps a name if none is nearer; true if it is the first of its distance.
  private mutating func take(_ name: SpellingIndex.Epithet, at distance: Int) -> Bool {
    let isFirst = entries.isEmpty || distance < most
    if isFirst { entries = [] }
    most = distance
    if !entries.contains(Int(name.entry)) { entries.append(Int(name.entry)) }
    return isFirst
  }
}
