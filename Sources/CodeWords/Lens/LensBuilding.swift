import Listings

/// Gathers what `TextLens` holds.
struct LensBuilding {
  private let text: UnsafeRawBufferPointer
  private let units: [TextReading.Unit]
  private var places: [DisguisedPlace] = []
  private var hitWords: [DisguisedWord] = []

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
    units = TextReading(text, readingReferences: true).units
  }

  // MARK: What the characters tell

  mutating func readCharacters() {
    let hasRightToLeft = units.contains { 0x590...0x8FF ~= $0.scalar || 0xFB1D...0xFEFC ~= $0.scalar }
    let hasWide = units.contains { [.han, .kana, .hangul].contains(Script.script(of: $0.scalar)) && !isForm($0) }
    let hidden = HiddenPlace(units: units, hasRightToLeft: hasRightToLeft)
    for place in units.indices where HiddenCharacters.isHidden(units[place].scalar) {
      guard let grade = hidden.grade(of: place) else { continue }
      places.append(DisguisedPlace(units: units, place..<place + 1, .hidden, grade, readAs: ""))
    }
    let letters = PretendingLetters(units: units, hasWide: hasWide)
    for word in words() { places += letters.places(in: word) + references(in: word) + marks(in: word) }
    places += SpelledApart(units: units).places()
  }

  /// Half-width kana are kana, and full-width letters no sign of Chinese.
  private func isForm(_ unit: TextReading.Unit) -> Bool { 0xFF00...0xFFEF ~= unit.scalar }

  /// Runs of letters, digits and their marks of scripts with blanks; what is hidden does not part them.
  private func words() -> [Range<Int>] {
    runs { units[$0].has(.word) && !units[$0].has(.borderless) || units[$0].has(.attached) || isHidden($0) }
  }

  private func isHidden(_ unit: Int) -> Bool { HiddenCharacters.isHidden(units[unit].scalar) }

  private func runs(where holds: (Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for unit in units.indices {
      let isInside = holds(unit)
      if isInside, start == nil { start = unit }
      guard let first = start, !isInside || unit + 1 == units.count else { continue }
      runs.append(first..<(isInside ? unit + 1 : unit))
      start = nil
    }
    return runs
  }

  /// Letters written as HTML character references.
  private func references(in word: Range<Int>) -> [DisguisedPlace] {
    word.filter { unit in
      text[Int(units[unit].start)] == UInt8(ascii: "&") && units[unit].has(.word)
    }.map {
      DisguisedPlace(
        units: units, $0..<$0 + 1, .reference, .plain, readAs: PretendingLetters.text(units[$0].scalar))
    }
  }

  /// Three marks and more on a letter, or one that strikes it through.
  private func marks(in word: Range<Int>) -> [DisguisedPlace] {
    var places: [DisguisedPlace] = []
    var first = word.lowerBound
    for unit in word where !Self.isFreeMark(units[unit].scalar) {
      add(first..<unit)
      first = unit + 1
    }
    add(first..<word.upperBound)
    func add(_ marks: Range<Int>) {
      guard marks.count >= 3 || marks.contains(where: { Self.strikesThrough(units[$0].scalar) }) else { return }
      places.append(DisguisedPlace(units: units, marks, .marks, .plain, readAs: ""))
    }
    return places
  }

  /// Marks of no script of their own. Thai, Arabic and Hebrew pile theirs by right.
  private static func isFreeMark(_ scalar: UInt32) -> Bool {
    0x300...0x36F ~= scalar && scalar != 0x34F || 0x1AB0...0x1AFF ~= scalar || 0x1DC0...0x1DFF ~= scalar
      || 0x20D0...0x20F0 ~= scalar || 0xFE20...0xFE2F ~= scalar
  }

  private static func strikesThrough(_ scalar: UInt32) -> Bool {
    0x334...0x338 ~= scalar || 0x20D2 == scalar || 0x20D3 == scalar || 0x20E5 == scalar || 0x20E6 == scalar
  }

  // MARK: What the hits tell

  mutating func readHits(_ hits: [Hit], _ lexicons: CompiledLexicons) {
    let fitting = hits.filter { hit in
      if case .void(.part) = hit.standing { return false }
      return hit.bytes.upperBound <= text.count && !hit.bytes.isEmpty
    }
    for hit in fitting.sorted(by: {
      ($0.bytes.lowerBound, $1.bytes.upperBound) < ($1.bytes.lowerBound, $0.bytes.upperBound)
    }) {
      let range = units(of: hit.bytes)
      let writing = hit.isDisguised ? lexicons.writing(readAt: hit, in: text) : lexicons[hit.term].name
      // What the hit proves takes the place of what was only thought of.
      let proven = HitDisguises(units: units, writing: writing).places(range, hit.folds)
      places.removeAll { place in
        place.bytes.overlaps(hit.bytes) && (place.grade == .possible || proven.contains { $0.bytes == place.bytes })
      }
      places += proven
      guard places.contains(where: { $0.grade != .ordinary && $0.bytes.overlaps(hit.bytes) }) else { continue }
      add(hit, lexicons.writing(readAt: hit, in: text))
    }
  }

  /// Of overlapping words the first and longest is told, with all terms that it is.
  private mutating func add(_ hit: Hit, _ readAs: String) {
    if let last = hitWords.last, last.bytes.overlaps(hit.bytes) {
      guard last.bytes == hit.bytes, !last.terms.contains(hit.term) else { return }
      hitWords[hitWords.count - 1] = DisguisedWord(
        bytes: last.bytes, readAs: last.readAs, terms: last.terms + [hit.term])
    } else {
      hitWords.append(DisguisedWord(bytes: hit.bytes, readAs: readAs, terms: [hit.term]))
    }
  }

  private func units(of bytes: Range<Int>) -> Range<Int> {
    let first = units.partitioned { Int($0.end) > bytes.lowerBound }
    let end = units.partitioned { Int($0.start) >= bytes.upperBound }
    return first..<max(first, end)
  }

  // MARK: All of it

  func finished() -> (places: [DisguisedPlace], words: [DisguisedWord]) {
    let places = places.sorted {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    let others = LensWords(units: units, places: places).words(apartFrom: hitWords)
    return (places, (hitWords + others).sorted { $0.bytes.lowerBound < $1.bytes.lowerBound })
  }
}

extension Array {
  /// The first place from which on `holds` is true, where it is false for the first elements and true for the rest.
  fileprivate func partitioned(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
