import Glibc

/// Finds the listings in a text one after another, and what is between them without being one.
///
/// Shape:  commas, brackets of arrays, blanks and comments separate listings, so several arrays in sequence, and arrays
///         within an array, are read as one. A complete value that is not a listing costs nothing but itself. After
///         something malformed, reading resumes at the next object that either begins a line no deeper than the
///         malformed one, or is complete and has the names of the others.
/// Cost:   one pass over well-formed text. A problem costs another look at what follows, of some kilobytes at most.
struct JSONFinder {
  /// One stretch of the text, and what it is.
  enum Found {
    case listing(Range<Int>)
    /// A complete value that is not a listing.
    case other(Range<Int>, JSONProblem)
    /// A malformed value up to where reading resumes; `at` is where it goes wrong.
    case broken(Range<Int>, JSONProblem, at: Int)

    var range: Range<Int> {
      switch self {
      case .listing(let range), .other(let range, _), .broken(let range, _, _): range
      }
    }
  }

  /// The text up to the end of what may hold listings.
  let text: UnsafeRawBufferPointer
  /// Decides whether a listing is an object or an array.
  let form: JSONLayout.Form
  /// What listings look like; nil before the first ones are known.
  var likeness: JSONLikeness?

  /// Most objects end within this many bytes.
  private static let ordinaryLength = 1 << 16
  /// No listing is longer.
  static let maximumLength = 1 << 28
  /// How far before a problem the search for the next listing starts.
  private static let lookBehind = 1 << 13
  /// How many objects are examined after a problem.
  private static let maximumAttempts = 4096

  /// What a listing opens and closes with.
  private var brackets: JSONObjects.Brackets { form == .rows ? .array : .object }

  /// The range of an object, if only a comma and blanks precede it.
  ///
  /// Cost:   no more than the walk to its end. This is nearly always the case.
  @inline(__always)
  func plainObject(from position: Int) -> Range<Int>? {
    guard form == .objects else { return nil }
    var start = position
    while start < text.count, text[start] <= .blank || text[start] == .comma { start += 1 }
    guard start < text.count, text[start] == UInt8(ascii: "{") else { return nil }
    return JSONObjects.end(in: text, from: start, limit: min(text.count, start + Self.ordinaryLength)).map {
      start..<$0
    }
  }

  /// The next listing, or what is not one, at or after `position`; nil at the end.
  ///
  /// Shape:  brackets that only group listings are skipped; very many in a row are malformed.
  func next(from position: Int) -> Found? {
    var start = position
    var run = (start: 0, count: 0)
    while true {
      start = JSONBlanks.end(in: text, from: start, limit: text.count)
      guard start < text.count else { return run.count > JSONText.maximumDepth ? tooDeep(run.start..<start) : nil }
      let byte = text[start]
      if byte == .comma || byte == UInt8(ascii: "}") && form == .members {
        start += 1
      } else if byte == UInt8(ascii: "]") {
        run.count = max(0, run.count - 1)
        start += 1
      } else if byte == UInt8(ascii: "["), form == .objects, isPassable(start) {
        if run.count == 0 { run.start = start }
        run.count += 1
        start += 1
      } else {
        break
      }
    }
    if run.count > JSONText.maximumDepth { return tooDeep(run.start..<start) }
    if form == .members { return member(start) }
    return text[start] == brackets.open ? listing(start, unit: start) : other(start, unit: start)
  }

  /// A run of opening brackets beyond any sensible depth.
  ///
  /// Shape:  the run becomes a single problem.
  private func tooDeep(_ range: Range<Int>) -> Found { .broken(range, .tooDeep, at: range.lowerBound) }

  /// Whether a bracket opens an array that contains objects or nothing at all.
  ///
  /// Cost:   looks at single values until the first bracket.
  private func isPassable(_ start: Int) -> Bool {
    var position = start + 1
    while true {
      position = JSONBlanks.end(in: text, from: position, limit: text.count)
      guard position < text.count else { return true }
      switch text[position] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): return true
      case UInt8(ascii: "]"): return text[(start + 1)..<position].allSatisfy { $0 <= .blank }
      case .comma: position += 1
      case .quote:
        guard case .whole(let end) = JSONStrings.end(in: text, from: position, limit: text.count) else { return false }
        position = end
      default:
        let end = JSONWords.end(in: text, from: position, limit: text.count)
        guard end > position else { return false }
        position = end
      }
    }
  }

  /// A listing that begins at `start`, if it is complete.
  ///
  /// - Parameter unit: where the listing starts including its name, if it has one.
  private func listing(_ start: Int, unit: Int) -> Found {
    if let end = JSONObjects.end(in: text, from: start, limit: min(text.count, start + Self.ordinaryLength), brackets) {
      return .listing(start..<end)
    }
    let limit = min(text.count, start + Self.maximumLength)
    let (outcome, levels) = JSONScan.end(in: text, from: start, limit: limit)
    switch outcome {
    case .whole(let end): return .listing(start..<end)
    case .broken(let position):
      return .broken(unit..<resumption(after: unit, position), .unexpectedCharacter, at: position)
    case .open:
      let problem: JSONProblem = levels > JSONText.maximumDepth ? .tooDeep : limit < text.count ? .tooLarge : .endsEarly
      return .broken(unit..<limit, problem, at: limit)
    }
  }

  /// A member of an object: a name, and a listing as its value.
  ///
  /// Fails:  as malformed where name or colon are missing.
  private func member(_ start: Int) -> Found {
    guard text[start] == .quote, case .whole(let end) = JSONStrings.end(in: text, from: start, limit: text.count) else {
      return broken(start)
    }
    let colon = JSONBlanks.end(in: text, from: end, limit: text.count)
    guard colon < text.count, text[colon] == UInt8(ascii: ":") else { return broken(start) }
    let value = JSONBlanks.end(in: text, from: colon + 1, limit: text.count)
    guard value < text.count else { return .broken(start..<value, .endsEarly, at: value) }
    return text[value] == brackets.open ? listing(value, unit: start) : other(value, unit: start)
  }

  /// A complete value that is not a listing.
  ///
  /// Shape:  malformed where it neither ends the list nor is followed by another value.
  private func other(_ start: Int, unit: Int) -> Found {
    guard case .whole(let end) = JSONScan.end(in: text, from: start, limit: text.count).outcome,
      let problem = Self.kind(of: UnsafeRawBufferPointer(rebasing: text[start..<end]))
    else { return broken(start) }
    // If it does not continue as a list does, it is a fragment of something malformed.
    let next = JSONBlanks.end(in: text, from: end, limit: text.count)
    guard next == text.count || Self.isBorder(text[next]) else { return broken(start) }
    return .other(unit..<end, problem)
  }

  /// Whether a value or list may continue with this byte.
  ///
  /// Shape:  a comma, a bracket or a quote.
  private static func isBorder(_ byte: UInt8) -> Bool {
    byte == .comma || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
      || byte == UInt8(ascii: "}") || byte == .quote
  }

  /// What a complete value is instead of a listing; nil where it is not JSON.
  private static func kind(of value: UnsafeRawBufferPointer) -> JSONProblem? {
    switch value[0] {
    case .quote: return .text
    case UInt8(ascii: "["): return .list
    case UInt8(ascii: "{"): return .object
    default:
      switch JSONWords.kind(of: value) {
      case .number: return .number
      case .null: return .null
      case nil: return nil
      default: return .word
      }
    }
  }

  /// Something malformed, up to where reading resumes.
  ///
  /// Cost:   that of `resumption`.
  private func broken(_ start: Int) -> Found {
    .broken(start..<resumption(after: start, start), .unexpectedCharacter, at: start)
  }

  // MARK: After a problem

  /// Where the next listing begins, after one that began at `start` and has a problem.
  ///
  /// Cost:   one `memchr` per opening bracket, and one attempt to parse for each of the first `maximumAttempts`.
  func resumption(after start: Int, _ problemPosition: Int) -> Int {
    guard let base = text.baseAddress else { return text.count }
    let indentation = lineIndentation(of: start) ?? 0
    var position = max(start + 1, problemPosition - Self.lookBehind)
    var attempts = 0
    while position < text.count, let found = memchr(base + position, Int32(brackets.open), text.count - position) {
      let bracket = UnsafeRawPointer(found) - base
      position = bracket + 1
      guard let unit = unit(of: bracket, after: start) else { continue }
      if let depth = lineIndentation(of: unit), depth <= indentation { return unit }
      guard let likeness, attempts < Self.maximumAttempts else { continue }
      attempts += 1
      if likeness.fits(text, bracket) { return unit }
    }
    return text.count
  }

  /// Where the listing begins whose bracket is here: at its name, if it has one.
  ///
  /// Shape:  nil where the bracket opens something inside a member.
  private func unit(of position: Int, after start: Int) -> Int? {
    guard form == .members else { return position }
    var before = position - 1
    while before > start, text[before] <= .blank { before -= 1 }
    guard before > start, text[before] == UInt8(ascii: ":") else { return nil }
    before -= 1
    while before > start, text[before] <= .blank { before -= 1 }
    guard before > start, text[before] == .quote else { return nil }
    return JSONStrings.start(in: text, endingAt: before, from: start + 1)
  }

  /// The indentation on its line; nil where something else precedes it.
  ///
  /// Shape:  a comma or opening bracket may precede it.
  /// Units:  bytes; a tab counts as one.
  private func lineIndentation(of position: Int) -> Int? {
    var before = position
    while before > 0, text[before - 1] != .lineFeed {
      before -= 1
      if text[before] > .blank, text[before] != .comma, text[before] != UInt8(ascii: "[") { return nil }
    }
    return position - before
  }
}

/// What the listings of a file look like, to tell a complete one from a fragment of a malformed one.
struct JSONLikeness {
  /// The names in the first listing.
  let names: Set<String>
  /// The names of a row's cells, in files of rows.
  let header: [[UInt8]]?
  /// Where in an object the names are looked for.
  let envelope: JSONEnvelope?

  /// How many bytes a listing may have to be considered.
  private static let maximumLength = 1 << 16

  /// Whether a complete listing with at least half of the names begins here.
  ///
  /// Cost:   parses the object, up to `maximumLength` bytes.
  func fits(_ text: UnsafeRawBufferPointer, _ position: Int) -> Bool {
    let beginning = UnsafeRawBufferPointer(rebasing: text[position..<min(text.count, position + Self.maximumLength)])
    var cells = JSONCells()
    var json = JSONText(envelope: envelope, header: header)
    guard json.readFirst(beginning, readable: text.count - position, into: &cells) == nil else { return false }
    if let header { return json.cellCount == header.count }
    return !names.isEmpty && 2 * cells.names.count(where: names.contains) >= names.count
  }
}

/// The listings in a range of a JSON file, and what is between them without being one.
///
/// Cost:   one pass; no listing is parsed.
struct JSONRecords: Sequence, IteratorProtocol {
  /// A listing, or something in its place.
  struct Record {
    /// The listing itself, or everything that is left out in its place.
    let range: Range<Int>
    /// Why it is not a listing, and where; nil for a listing.
    let problem: (kind: JSONProblem, position: Int)?
  }

  /// The whole text, of which only a range is read.
  private let text: UnsafeRawBufferPointer
  /// Its contents are visited in order.
  private let layout: JSONLayout
  /// Used to resume after something malformed.
  private let likeness: JSONLikeness?
  /// Where the next record is looked for.
  private var position: Int
  private let end: Int
  /// The index of the content being read.
  private var content: Int
  /// Searches the current content.
  private var finder: JSONFinder
  /// Whether each record is a line, which needs no finder.
  private let isLines: Bool

  init(
    _ text: UnsafeRawBufferPointer, _ layout: JSONLayout, _ range: Range<Int>, likeness: JSONLikeness? = nil
  ) {
    self.text = text
    self.layout = layout
    self.likeness = likeness
    position = range.lowerBound
    end = range.upperBound
    isLines = layout.form == .lines
    content = layout.content(at: range.lowerBound)
    finder = JSONFinder(text: UnsafeRawBufferPointer(rebasing: text[..<0]), form: layout.form, likeness: likeness)
    enter()
  }

  /// Starts on the current content.
  private mutating func enter() {
    guard content < layout.contents.count else { return }
    let bytes = layout.contents[content].bytes
    position = Swift.max(position, bytes.lowerBound)
    finder = JSONFinder(
      text: UnsafeRawBufferPointer(rebasing: text[..<Swift.min(text.count, bytes.upperBound)]), form: layout.form,
      likeness: likeness)
  }

  /// The next listing, or what is in its place; nil at the end of the range.
  ///
  /// Cost:   for objects without anything but commas between them, a walk over their brackets.
  mutating func next() -> Record? {
    if isLines { return nextLine() }
    if let range = finder.plainObject(from: position), range.lowerBound < end {
      position = range.upperBound
      return Record(range: range, problem: nil)
    }
    while content < layout.contents.count {
      if let found = finder.next(from: position), found.range.lowerBound < end { return record(found) }
      guard layout.contents[content].bytes.upperBound < end else { return nil }
      content += 1
      enter()
    }
    return nil
  }

  /// The record for what the finder found.
  ///
  /// Shape:  what lies between listings keeps its reason and position.
  private mutating func record(_ found: JSONFinder.Found) -> Record {
    position = found.range.upperBound
    switch found {
    case .listing(let range): return Record(range: range, problem: nil)
    case .other(let range, let problem): return Record(range: range, problem: (problem, range.lowerBound))
    case .broken(let range, let problem, let position): return Record(range: range, problem: (problem, position))
    }
  }

  /// The next line that is not blank, without its line break and surrounding blanks.
  ///
  /// Cost:   one `memchr` per line.
  private mutating func nextLine() -> Record? {
    let base = text.baseAddress
    while position < end, let base {
      let start = position
      let found = memchr(base + start, Int32(UInt8.lineFeed), end - start)
      let lineEnd = found.map { UnsafeRawPointer($0) - base } ?? end
      position = lineEnd + 1
      var low = start
      var high = lineEnd
      while low < high, text[low] <= .blank { low += 1 }
      while low < high, text[high - 1] <= .blank { high -= 1 }
      if low < high { return Record(range: low..<high, problem: nil) }
    }
    return nil
  }
}
