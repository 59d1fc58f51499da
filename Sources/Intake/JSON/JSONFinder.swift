import Glibc

/// Finds the listings of a text one after the other, and what stands between them without being one.
///
/// Shape:  commas, brackets of arrays, blanks and comments lie between listings; so several arrays one after another, and
///         arrays within an array, are read as one.
/// Rules:  a whole value that is no listing costs nothing but itself. Behind something broken, reading goes on at the next
///         object that begins a line no deeper than the broken one, or that is whole and has the names of the others.
/// Cost:   one pass over text without faults; a fault costs a look at what follows it, at most some kilobytes again.
struct JSONFinder {
  enum Found {
    case listing(Range<Int>)
    /// A whole value that is none.
    case other(Range<Int>, JSONFault)
    case broken(Range<Int>, JSONFault, at: Int)

    var range: Range<Int> {
      switch self {
      case .listing(let range), .other(let range, _), .broken(let range, _, _): range
      }
    }
  }

  /// Up to the end of what may hold listings.
  let text: UnsafeRawBufferPointer
  let form: JSONLayout.Form
  /// What listings look like, where it is known.
  var likeness: JSONLikeness?

  /// Bytes in which most objects end.
  private static let usual = 1 << 16
  /// No listing is larger.
  static let longest = 1 << 28
  /// How far before a fault reading may go on.
  private static let back = 1 << 13
  /// Objects tried after a fault.
  private static let mostTries = 4096

  private var brackets: JSONObjects.Brackets { form == .rows ? .array : .object }

  /// Where an object begins and ends, if nothing but a comma and blanks lie before it.
  ///
  /// Why:    so it is nearly always, and this takes no more than the walk to its end.
  @inline(__always)
  func plainObject(from position: Int) -> Range<Int>? {
    guard form == .objects else { return nil }
    var start = position
    while start < text.count, text[start] <= .blank || text[start] == .comma { start += 1 }
    guard start < text.count, text[start] == UInt8(ascii: "{") else { return nil }
    return JSONObjects.end(in: text, from: start, limit: min(text.count, start + Self.usual)).map { start..<$0 }
  }

  /// The next listing, or what is none, at or after `position`; nil at the end.
  func next(from position: Int) -> Found? {
    var start = position
    var run = (start: 0, count: 0)
    while true {
      start = JSONBlanks.end(in: text, from: start, limit: text.count)
      guard start < text.count else { return run.count > JSONText.deepest ? tooDeep(run.start..<start) : nil }
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
    if run.count > JSONText.deepest { return tooDeep(run.start..<start) }
    if form == .members { return member(start) }
    return text[start] == brackets.open ? listing(start, unit: start) : other(start, unit: start)
  }

  private func tooDeep(_ range: Range<Int>) -> Found { .broken(range, .tooDeep, at: range.lowerBound) }

  /// Whether a bracket opens an array with objects in it, or one without anything.
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

  /// - Parameter unit: where the listing begins with its name, if it has one.
  private func listing(_ start: Int, unit: Int) -> Found {
    if let end = JSONObjects.end(in: text, from: start, limit: min(text.count, start + Self.usual), brackets) {
      return .listing(start..<end)
    }
    let limit = min(text.count, start + Self.longest)
    let (outcome, levels) = JSONScan.end(in: text, from: start, limit: limit)
    switch outcome {
    case .whole(let end): return .listing(start..<end)
    case .broken(let fault): return .broken(unit..<resumption(after: unit, fault), .unexpectedCharacter, at: fault)
    case .open:
      let fault: JSONFault = levels > JSONText.deepest ? .tooDeep : limit < text.count ? .tooLarge : .endsEarly
      return .broken(unit..<limit, fault, at: limit)
    }
  }

  /// A member of an object: its name, and a listing.
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

  private func other(_ start: Int, unit: Int) -> Found {
    guard case .whole(let end) = JSONScan.end(in: text, from: start, limit: text.count).outcome,
      let fault = Self.kind(of: UnsafeRawBufferPointer(rebasing: text[start..<end]))
    else { return broken(start) }
    // What goes on as nothing in a list does is a piece of something broken.
    let next = JSONBlanks.end(in: text, from: end, limit: text.count)
    guard next == text.count || Self.isBorder(text[next]) else { return broken(start) }
    return .other(unit..<end, fault)
  }

  private static func isBorder(_ byte: UInt8) -> Bool {
    byte == .comma || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
      || byte == UInt8(ascii: "}") || byte == .quote
  }

  private static func kind(of value: UnsafeRawBufferPointer) -> JSONFault? {
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

  private func broken(_ start: Int) -> Found {
    .broken(start..<resumption(after: start, start), .unexpectedCharacter, at: start)
  }

  // MARK: After a fault

  /// Where a listing begins after one that began at `start` and has a fault.
  func resumption(after start: Int, _ fault: Int) -> Int {
    guard let base = text.baseAddress else { return text.count }
    let indentation = lineIndentation(of: start) ?? 0
    var position = max(start + 1, fault - Self.back)
    var tries = 0
    while position < text.count, let found = memchr(base + position, Int32(brackets.open), text.count - position) {
      let place = UnsafeRawPointer(found) - base
      position = place + 1
      guard let unit = unit(of: place, after: start) else { continue }
      if let deep = lineIndentation(of: unit), deep <= indentation { return unit }
      guard let likeness, tries < Self.mostTries else { continue }
      tries += 1
      if likeness.fits(text, place) { return unit }
    }
    return text.count
  }

  /// Where a listing begins of which the bracket stands here: with its name, if it has one.
  private func unit(of place: Int, after start: Int) -> Int? {
    guard form == .members else { return place }
    var before = place - 1
    while before > start, text[before] <= .blank { before -= 1 }
    guard before > start, text[before] == UInt8(ascii: ":") else { return nil }
    before -= 1
    while before > start, text[before] <= .blank { before -= 1 }
    guard before > start, text[before] == .quote else { return nil }
    return JSONStrings.start(in: text, endingAt: before, from: start + 1)
  }

  /// How far a place is indented on its line; nil: something else stands before it.
  private func lineIndentation(of place: Int) -> Int? {
    var before = place
    while before > 0, text[before - 1] != .lineFeed {
      before -= 1
      if text[before] > .blank, text[before] != .comma, text[before] != UInt8(ascii: "[") { return nil }
    }
    return place - before
  }
}

/// What the listings of a file look like: by it a whole one is told from a piece of a broken one.
struct JSONLikeness {
  /// The names of the first listing.
  let names: Set<String>
  let header: [[UInt8]]?
  let envelope: JSONEnvelope?

  /// A listing that is tried may have so many bytes.
  private static let longest = 1 << 16

  /// Whether a whole listing begins here with at least half of the names.
  func fits(_ text: UnsafeRawBufferPointer, _ place: Int) -> Bool {
    let beginning = UnsafeRawBufferPointer(rebasing: text[place..<min(text.count, place + Self.longest)])
    var cells = JSONCells()
    var json = JSONText(envelope: envelope, header: header)
    guard json.readFirst(beginning, readable: text.count - place, into: &cells) == nil else { return false }
    if let header { return json.placeCount == header.count }
    return !names.isEmpty && 2 * cells.names.count(where: names.contains) >= names.count
  }
}
