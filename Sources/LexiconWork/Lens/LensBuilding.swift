import CodeWords
import Listings
import Matching

/// Builds a `TextLens`: first from the characters alone, then from the hits.
struct LensBuilding {
  private let text: UnsafeRawBufferPointer
  private let units: [TextReading.Unit]
  /// Suspected and proven disguises.
  private var spans: [DisguisedSpan] = []
  /// Words with code words in them.
  private var hitWords: [DisguisedWord] = []
  /// The surface form of each hit, by term and words, since adverts repeat themselves.
  private var surfaceForms: [TermID: [String: String]] = [:]

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
    units = TextReading(text, readingReferences: true).units
  }

  // MARK: From the characters

  /// Finds what looks hidden or disguised, whether or not there is a code word.
  mutating func readCharacters() {
    let hasRightToLeft = units.contains { 0x590...0x8FF ~= $0.scalar || 0xFB1D...0xFEFC ~= $0.scalar }
    let hasWide = units.contains { [.han, .kana, .hangul].contains(Script.script(of: $0.scalar)) && !isForm($0) }
    let hidden = HiddenCharacterContext(units: units, hasRightToLeft: hasRightToLeft)
    for place in units.indices where HiddenCharacters.isHidden(units[place].scalar) {
      guard let grade = hidden.grade(of: place) else { continue }
      spans.append(DisguisedSpan(units: units, place..<place + 1, .hidden, grade, readAs: ""))
    }
    let letters = PretendingLetters(units: units, hasWide: hasWide)
    for word in words() { spans += letters.spans(in: word) + references(in: word) + marks(in: word) }
    spans += SpelledApart(units: units).spans()
  }

  /// Half-width kana and full-width letters, which are no sign of Chinese text around them.
  private func isForm(_ unit: TextReading.Unit) -> Bool { 0xFF00...0xFFEF ~= unit.scalar }

  /// Runs of letters, digits and their marks in scripts with spaces. Hidden characters do not end a word.
  private func words() -> [Range<Int>] {
    runs { units[$0].has(.word) && !units[$0].has(.borderless) || units[$0].has(.attached) || isHidden($0) }
  }

  private func isHidden(_ unit: Int) -> Bool { HiddenCharacters.isHidden(units[unit].scalar) }

  /// The maximal runs of units for which `holds` is true.
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
  private func references(in word: Range<Int>) -> [DisguisedSpan] {
    word.filter { unit in
      text[Int(units[unit].start)] == UInt8(ascii: "&") && units[unit].has(.word)
    }.map {
      DisguisedSpan(
        units: units, $0..<$0 + 1, .reference, .plain, readAs: PretendingLetters.text(units[$0].scalar))
    }
  }

  /// Runs of three or more marks on a letter, and marks that strike it through.
  private func marks(in word: Range<Int>) -> [DisguisedSpan] {
    var spans: [DisguisedSpan] = []
    var first = word.lowerBound
    for unit in word where !Self.isFreeMark(units[unit].scalar) {
      add(first..<unit)
      first = unit + 1
    }
    add(first..<word.upperBound)
    func add(_ marks: Range<Int>) {
      guard marks.count >= 3 || marks.contains(where: { Self.strikesThrough(units[$0].scalar) }) else { return }
      spans.append(DisguisedSpan(units: units, marks, .marks, .plain, readAs: ""))
    }
    return spans
  }

  /// Whether the mark belongs to no script. Thai, Arabic and Hebrew legitimately pile up their own marks.
  private static func isFreeMark(_ scalar: UInt32) -> Bool {
    0x300...0x36F ~= scalar && scalar != 0x34F || 0x1AB0...0x1AFF ~= scalar || 0x1DC0...0x1DFF ~= scalar
      || 0x20D0...0x20F0 ~= scalar || 0xFE20...0xFE2F ~= scalar
  }

  /// Whether the mark strikes through or overlays its letter.
  private static func strikesThrough(_ scalar: UInt32) -> Bool {
    0x334...0x338 ~= scalar || 0x20D2 == scalar || 0x20D3 == scalar || 0x20E5 == scalar || 0x20E6 == scalar
  }

  // MARK: From the hits

  /// Adds the disguises through which code words were found, and the words in which they are.
  mutating func readHits(_ hits: [Hit], _ lexicons: CompiledLexicons) {
    let hits = hits.filter { hit in
      if case .suppressed(.part) = hit.status { return false }
      return hit.bytes.upperBound <= text.count && !hit.bytes.isEmpty
    }.sorted { ($0.bytes.lowerBound, $1.bytes.upperBound) < ($1.bytes.lowerBound, $0.bytes.upperBound) }
    var proven: [DisguisedSpan] = []
    for hit in hits where hit.isDisguised {
      let surfaceForm = surfaceForm(readAt: hit, lexicons)
      proven += HitDisguises(units: units, surfaceForm: surfaceForm).spans(units(of: hit.bytes), hit.folds)
    }
    spans = settled(proven, hits)
    for hit in hits {
      guard spans.beginning(in: hit.bytes).contains(where: { $0.grade == .plain }) else { continue }
      add(hit, surfaceForm(readAt: hit, lexicons))
    }
  }

  /// The surface form of a hit, looked up once per term and words.
  private mutating func surfaceForm(readAt hit: Hit, _ lexicons: CompiledLexicons) -> String {
    let words = String(decoding: text[hit.bytes], as: UTF8.self)
    if let known = surfaceForms[hit.term]?[words] { return known }
    let surfaceForm = lexicons.surfaceForm(readAt: hit, in: text)
    surfaceForms[hit.term, default: [:]][words] = surfaceForm
    return surfaceForm
  }

  /// Proven disguises replace suspected ones; the result is in order, without duplicates.
  private func settled(_ proven: [DisguisedSpan], _ hits: [Hit]) -> [DisguisedSpan] {
    var isHit = [Bool](repeating: false, count: units.count)
    for hit in hits { for unit in units(of: hit.bytes) { isHit[unit] = true } }
    let wholes = Set(hits.map(\.bytes))
    let suspected = spans.filter { span in
      // An emoji may break a word and be a code word itself.
      span.grade != .possible || wholes.contains(span.bytes) || !units(of: span.bytes).contains { isHit[$0] }
    }
    var seen: Set<DisguisedSpan.Identity> = []
    return (proven + suspected).filter { seen.insert($0.identity).inserted }.sorted { $0.identity < $1.identity }
  }

  /// Of overlapping words the first and longest is kept, with all terms that it is.
  private mutating func add(_ hit: Hit, _ readAs: String) {
    if let last = hitWords.last, last.bytes.overlaps(hit.bytes) {
      guard last.bytes == hit.bytes, !last.terms.contains(hit.term) else { return }
      hitWords[hitWords.count - 1] = DisguisedWord(
        bytes: last.bytes, readAs: last.readAs, terms: last.terms + [hit.term])
    } else {
      hitWords.append(DisguisedWord(bytes: hit.bytes, readAs: readAs, terms: [hit.term]))
    }
  }

  /// The units that lie within a range of bytes, at least in part.
  ///
  /// Cost:   O(log units).
  private func units(of bytes: Range<Int>) -> Range<Int> {
    let first = units.partitioned { Int($0.end) > bytes.lowerBound }
    let end = units.partitioned { Int($0.start) >= bytes.upperBound }
    return first..<max(first, end)
  }

  // MARK: Result

  /// All spans, and all disguised words.
  ///
  /// Limits: the spans are in order only after `readHits`.
  func finished() -> (spans: [DisguisedSpan], words: [DisguisedWord]) {
    let others = LensWords(units: units, spans: spans).words(apartFrom: hitWords)
    return (spans, (hitWords + others).sorted { $0.bytes.lowerBound < $1.bytes.lowerBound })
  }
}

extension DisguisedSpan {
  /// What makes two spans the same, and their order.
  fileprivate struct Identity: Hashable, Comparable {
    let kind: DisguiseKind
    let bytes: Range<Int>

    static func < (a: Identity, b: Identity) -> Bool {
      (a.bytes.lowerBound, a.bytes.upperBound, a.kind.rawValue) < (
        b.bytes.lowerBound, b.bytes.upperBound, b.kind.rawValue
      )
    }
  }

  fileprivate var identity: Identity { Identity(kind: kind, bytes: bytes) }
}

/// Finds disguised words in which no code word was found, and says what they are read as.
struct LensWords {
  let units: [TextReading.Unit]
  /// In order of their bytes.
  let spans: [DisguisedSpan]

  /// In scripts without spaces, this many letters on each side of a disguise are shown as its word.
  private static let surroundings = 4

  /// The disguised words that overlap none of `known`.
  ///
  /// - Parameter known: words with a code word, in order.
  func words(apartFrom known: [DisguisedWord]) -> [DisguisedWord] {
    // Per unit the span that covers it.
    var covers = [Int?](repeating: nil, count: units.count)
    var unit = 0
    for (number, span) in spans.enumerated() {
      while unit < units.count, Int(units[unit].start) < span.bytes.lowerBound { unit += 1 }
      var covered = unit
      while covered < units.count, Int(units[covered].start) < span.bytes.upperBound {
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

  /// Runs of letters and of what hides among them, from the first letter to the last.
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

  /// Whether a unit continues a word: a letter, a mark, or something hidden.
  private func isLinked(_ unit: Int, _ covers: [Int?]) -> Bool {
    units[unit].has(.word) || units[unit].has(.attached) || covers[unit] != nil || isHidden(unit)
  }

  private func isHidden(_ unit: Int) -> Bool { HiddenCharacters.isHidden(units[unit].scalar) }

  /// The chain without what is hidden at its ends; nil where nothing is hidden inside. Long runs are cut around the
  /// disguise.
  private func trimmed(_ chain: Range<Int>, _ covers: [Int?]) -> Range<Int>? {
    let letters = chain.filter { !isHidden($0) && !units[$0].has(.attached) }
    guard var first = letters.first, var end = letters.last.map({ $0 + 1 }) else { return nil }
    while end < chain.upperBound, units[end].has(.attached), !isHidden(end) { end += 1 }
    let disguised = (first..<end).filter { unit in covers[unit].map { spans[$0].grade != .ordinary } ?? false }
    guard let firstOne = disguised.first, let lastOne = disguised.last else { return nil }
    if chain.contains(where: { units[$0].has(.borderless) }) {
      first = max(first, firstOne - Self.surroundings)
      end = min(end, lastOne + 1 + Self.surroundings)
    }
    return first..<end
  }

  /// The word as it is read: disguises replaced, hidden characters left out, letters folded.
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
          text += spans[cover].readAs
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
