import Listings
import Matching
import CodeWords

/// Gathers what `TextLens` holds.
struct LensBuilding {
  private let text: UnsafeRawBufferPointer
  private let units: [TextReading.Unit]
  private var places: [DisguisedPlace] = []
  private var hitWords: [DisguisedWord] = []
  /// The writing that a hit was read as, by its term and its words: an advert repeats itself.
  private var writings: [TermID: [String: String]] = [:]

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
    let hits = hits.filter { hit in
      if case .void(.part) = hit.standing { return false }
      return hit.bytes.upperBound <= text.count && !hit.bytes.isEmpty
    }.sorted { ($0.bytes.lowerBound, $1.bytes.upperBound) < ($1.bytes.lowerBound, $0.bytes.upperBound) }
    var proven: [DisguisedPlace] = []
    for hit in hits where hit.isDisguised {
      let writing = writing(readAt: hit, lexicons)
      proven += HitDisguises(units: units, writing: writing).places(units(of: hit.bytes), hit.folds)
    }
    places = settled(proven, hits)
    for hit in hits {
      guard places.beginning(in: hit.bytes).contains(where: { $0.grade == .plain }) else { continue }
      add(hit, writing(readAt: hit, lexicons))
    }
  }

  private mutating func writing(readAt hit: Hit, _ lexicons: CompiledLexicons) -> String {
    let words = String(decoding: text[hit.bytes], as: UTF8.self)
    if let known = writings[hit.term]?[words] { return known }
    let writing = lexicons.writing(readAt: hit, in: text)
    writings[hit.term, default: [:]][words] = writing
    return writing
  }

  /// What the hits prove takes the place of what was only thought of, in order and each once.
  private func settled(_ proven: [DisguisedPlace], _ hits: [Hit]) -> [DisguisedPlace] {
    var isHit = [Bool](repeating: false, count: units.count)
    for hit in hits { for unit in units(of: hit.bytes) { isHit[unit] = true } }
    let wholes = Set(hits.map(\.bytes))
    let thought = places.filter { place in
      // An emoji may break a word and be a code word itself.
      place.grade != .possible || wholes.contains(place.bytes) || !units(of: place.bytes).contains { isHit[$0] }
    }
    var seen: Set<DisguisedPlace.Place> = []
    return (proven + thought).filter { seen.insert($0.place).inserted }.sorted { $0.place < $1.place }
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
    let others = LensWords(units: units, places: places).words(apartFrom: hitWords)
    return (places, (hitWords + others).sorted { $0.bytes.lowerBound < $1.bytes.lowerBound })
  }
}

extension DisguisedPlace {
  /// What tells places apart, and their order.
  fileprivate struct Place: Hashable, Comparable {
    let kind: DisguiseKind
    let bytes: Range<Int>

    static func < (a: Place, b: Place) -> Bool {
      (a.bytes.lowerBound, a.bytes.upperBound, a.kind.rawValue) < (
        b.bytes.lowerBound, b.bytes.upperBound, b.kind.rawValue
      )
    }
  }

  fileprivate var place: Place { Place(kind: kind, bytes: bytes) }
}
