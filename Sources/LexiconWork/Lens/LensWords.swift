import Matching

/// The words in which something is hidden, where no code word was found, and what they are read as.
struct LensWords {
  let units: [TextReading.Unit]
  /// In order of their bytes.
  let places: [DisguisedPlace]

  /// As many letters on both sides of a disguise are told of a word without end: Chinese has no blanks.
  private static let surroundings = 4

  /// - Parameter known: words with a code word, in order.
  func words(apartFrom known: [DisguisedWord]) -> [DisguisedWord] {
    // Per unit the place that covers it.
    var covers = [Int?](repeating: nil, count: units.count)
    var unit = 0
    for (number, place) in places.enumerated() {
      while unit < units.count, Int(units[unit].start) < place.bytes.lowerBound { unit += 1 }
      var covered = unit
      while covered < units.count, Int(units[covered].start) < place.bytes.upperBound {
        covers[covered] = number
        covered += 1
      }
    }
    return chains(covers).compactMap { chain in
      let bytes = Int(units[chain.lowerBound].start)..<Int(units[chain.upperBound - 1].end)
      let next = known.partitioned { $0.bytes.upperBound > bytes.lowerBound }
      if next < known.count, known[next].bytes.overlaps(bytes) { return nil }
      return DisguisedWord(bytes: bytes, readAs: readAs(chain, covers), terms: [])
    }
  }

  /// Letters with what hides among them, from the first letter to the last.
  private func chains(_ covers: [Int?]) -> [Range<Int>] {
    var chains: [Range<Int>] = []
    var start = 0
    while start < units.count {
      guard isLinked(start, covers) else {
        start += 1
        continue
      }
      var end = start
      while end < units.count, isLinked(end, covers) { end += 1 }
      if let chain = trimmed(start..<end, covers) { chains.append(chain) }
      start = end
    }
    return chains
  }

  private func isLinked(_ unit: Int, _ covers: [Int?]) -> Bool {
    units[unit].has(.word) || units[unit].has(.attached) || covers[unit] != nil || isHidden(unit)
  }

  private func isHidden(_ unit: Int) -> Bool { HiddenCharacters.isHidden(units[unit].scalar) }

  /// Nil where nothing is hidden between the first and the last letter.
  private func trimmed(_ chain: Range<Int>, _ covers: [Int?]) -> Range<Int>? {
    let letters = chain.filter { !isHidden($0) && !units[$0].has(.attached) }
    guard var first = letters.first, var end = letters.last.map({ $0 + 1 }) else { return nil }
    while end < chain.upperBound, units[end].has(.attached), !isHidden(end) { end += 1 }
    let disguised = (first..<end).filter { unit in covers[unit].map { places[$0].grade != .ordinary } ?? false }
    guard let firstOne = disguised.first, let lastOne = disguised.last else { return nil }
    if chain.contains(where: { units[$0].has(.borderless) }) {
      first = max(first, firstOne - Self.surroundings)
      end = min(end, lastOne + 1 + Self.surroundings)
    }
    return first..<end
  }

  private func readAs(_ chain: Range<Int>, _ covers: [Int?]) -> String {
    var scalars: [UInt32] = []
    var text = ""
    var last: Int?
    func flush() {
      text.unicodeScalars.append(contentsOf: scalars.compactMap { Unicode.Scalar($0) })
      scalars.removeAll()
    }
    for unit in chain {
      if let cover = covers[unit] {
        if cover != last {
          flush()
          text += places[cover].readAs
        }
        last = cover
      } else if !isHidden(unit) {
        CharacterFolding.append(units[unit].scalar, under: [.letterCase, .compatibility], to: &scalars)
      }
    }
    flush()
    return text
  }
}
