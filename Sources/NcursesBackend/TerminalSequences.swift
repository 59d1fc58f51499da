import CNcurses
import TextCells
import Theming

/// The sequences that make the terminal in use move its cursor, erase and paint.
///
/// Shape:  taken from its terminfo description, without delays. A sequence is nil if the terminal lacks it; only
///         `move` is always there (`TerminalPreflight`).
/// Cost:   sequences with parameters are cached, since formatting one takes longer than looking it up.
/// Source: terminfo(5); ECMA-48 8.3.117 (SGR) for putting several paints into one sequence.
struct TerminalSequences {
  /// Whether erased cells take the current background rather than the terminal's own.
  let erasesInBackground: Bool
  /// Whether the last cell of the last row can be written without scrolling the screen.
  let hasLastCell: Bool
  /// Inserts a blank and moves what follows in the row; nil if the terminal cannot.
  let insertBlank: [UInt8]?
  /// The parameterised sequences this terminal has, unformatted.
  private let capabilities: [Capability: String]
  /// Erases to the end of the row without moving.
  let eraseToEnd: [UInt8]?
  private var paints: PaintSequences
  /// Formatted sequences. The same cursor movements recur from frame to frame.
  private var cache: [Request: [UInt8]] = [:]

  /// The capabilities that take parameters, by their terminfo names.
  private enum Capability: String, CaseIterable {
    case position = "cup"
    case column = "hpa"
    case forward = "cuf"
    case erase = "ech"
  }

  /// A capability with its parameters.
  private struct Request: Hashable {
    let capability: Capability
    let first: Int
    let second: Int
  }

  /// Bounds the cache's memory; beyond it the cache starts over.
  private static let maximumCachedCount = 4096

  /// For the terminal that `newterm` or `setupterm` loaded last.
  init() {
    var capabilities: [Capability: String] = [:]
    for capability in Capability.allCases {
      capabilities[capability] = TerminalPreflight.capability(capability.rawValue)
    }
    self.capabilities = capabilities
    eraseToEnd = TerminalPreflight.capability("el").map { Self.strippingDelays($0) }
    insertBlank =
      (TerminalPreflight.capability("ich1")
      ?? TerminalPreflight.capability("ich").map { String(cString: lt_filled($0, 1, 0)) })
      .map { Self.strippingDelays($0) }
    erasesInBackground = tigetflag("bce") > 0
    hasLastCell = tigetflag("am") <= 0 || tigetflag("xenl") > 0
    paints = PaintSequences()
  }

  /// The shortest movement from `pen` to `spot`; empty if the pen is there already.
  ///
  /// Limits: relative movements are used within a row only, and only to the right.
  ///
  /// - Parameter pen: its column is nil if terminals may disagree on it.
  mutating func move(to spot: Spot, from pen: Pen) -> [UInt8] {
    if pen == Pen(row: spot.row, column: spot.column) { return [] }
    var best = sequence(.position, spot.row, spot.column) ?? []
    func consider(_ other: [UInt8]?) { if let other, other.count < best.count { best = other } }
    guard pen.row == spot.row else { return best }
    consider(sequence(.column, spot.column))
    if let from = pen.column, from < spot.column { consider(sequence(.forward, spot.column - from)) }
    return best
  }

  /// Blanks `count` cells without moving; nil if the terminal cannot.
  mutating func erase(_ count: Int) -> [UInt8]? { sequence(.erase, count) }

  /// Changes from one paint to another; from nil, whatever the paint was.
  mutating func paint(_ paint: Paint, after last: Paint?) -> [UInt8] { paints.change(from: last, to: paint) }

  /// A capability with its parameters filled in; nil if the terminal lacks it.
  private mutating func sequence(_ capability: Capability, _ first: Int, _ second: Int = 0) -> [UInt8]? {
    guard let format = capabilities[capability] else { return nil }
    let request = Request(capability: capability, first: first, second: second)
    if let bytes = cache[request] { return bytes }
    if cache.count >= Self.maximumCachedCount { cache.removeAll() }
    let filled = String(cString: lt_filled(format, Int32(clamping: first), Int32(clamping: second)))
    let bytes = Self.strippingDelays(filled)
    cache[request] = bytes
    return bytes
  }

  /// A sequence without its delays (`$<5>`), which only printing terminals need.
  ///
  /// Source: terminfo(5), "Delays and Padding".
  static func strippingDelays(_ sequence: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(sequence.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        rest = rest[(end + 1)...]
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}

/// The position at which the terminal writes next; nil where it is not known.
///
/// Shape:  the row may be known without the column, after a character of disputed width.
struct Pen: Equatable {
  var row: Int?
  var column: Int?
}

/// The sequences that change the paint.
///
/// Curses writes a change of colour in over twenty bytes, and a row of listings has ten of them. Here an unchanged part is
/// not sent again, and one sequence sets several attributes.
///
/// Cost:   changes are cached; a theme has a few dozen paints.
struct PaintSequences {
  /// Back to the terminal's own colours without attributes.
  private let plain: [UInt8]
  /// `setaf` and `setab`, unformatted; nil for terminals without colours.
  private let foreground: String?
  private let background: String?
  /// The attributes this terminal has, in the order in which they are sent.
  private let attributes: [(TextAttributes, [UInt8])]
  /// The SGR parameter that restores the terminal's own colour; nil if only `plain` does.
  private let defaultForeground: [UInt8]?
  private let defaultBackground: [UInt8]?
  /// Whether every sequence has the form `ESC [ … m`, so that several can be joined.
  private let isJoinable: Bool
  /// Sequences by the paints they lead from and to.
  private var changes: [Change: [UInt8]] = [:]

  /// Bounds the memory of `changes`; beyond it they start over.
  private static let maximumCachedCount = 4096

  /// A pair of paints; nil if the first is not known.
  private struct Change: Hashable {
    let last: Paint?
    let next: Paint
  }

  /// For the terminal that `newterm` or `setupterm` loaded last.
  init() {
    func sequence(_ name: String) -> [UInt8]? {
      TerminalPreflight.capability(name).map(TerminalSequences.strippingDelays)
    }
    let names: [(TextAttributes, String)] = [
      (.bold, "bold"), (.faint, "dim"), (.underline, "smul"), (.reverse, "rev"), (.italic, "sitm"),
    ]
    attributes = names.compactMap { attribute, name in sequence(name).map { (attribute, $0) } }
    foreground = TerminalPreflight.capability("setaf")
    background = TerminalPreflight.capability("setab")
    let plain = sequence("sgr0") ?? []
    // The rest of sgr0 leaves a character set that is never entered here.
    let isECMA = plain.indices.contains { plain[$0...].starts(with: Array("\u{1B}[m".utf8)) }
    self.plain = isECMA ? Array("\u{1B}[m".utf8) : plain
    let colours = [foreground, background].compactMap { $0 }
      .map { TerminalSequences.strippingDelays(String(cString: lt_filled($0, 1, 0))) }
    isJoinable = isECMA && (attributes.map(\.1) + colours).allSatisfy { Self.parameters(of: $0) != nil }
    let areDefaultsKnown = isJoinable && sequence("op") == Array("\u{1B}[39;49m".utf8)
    defaultForeground = areDefaultsKnown ? Array("39".utf8) : nil
    defaultBackground = areDefaultsKnown ? Array("49".utf8) : nil
  }

  /// The bytes that change the paint; from nil, whatever the paint was.
  mutating func change(from last: Paint?, to next: Paint) -> [UInt8] {
    if last == next { return [] }
    let change = Change(last: last, next: next)
    if let bytes = changes[change] { return bytes }
    // A picture has thousands of paints, which hardly recur.
    if changes.count >= Self.maximumCachedCount { changes.removeAll() }
    let bytes = shortest(from: last, to: next)
    changes[change] = bytes
    return bytes
  }

  /// The shorter of two ways: to start from plain, or to add to the last paint what is missing.
  private func shortest(from last: Paint?, to next: Paint) -> [UInt8] {
    let complete = joined(fromPlain: true, pieces(of: next))
    guard let last, let additions = additions(from: last, to: next) else { return complete }
    let incremental = joined(fromPlain: false, additions)
    return incremental.count < complete.count ? incremental : complete
  }

  /// What makes a paint out of plain.
  private func pieces(of paint: Paint) -> [[UInt8]] {
    attributes.filter { paint.attributes.contains($0.0) }.map(\.1) + colour(foreground, paint.foreground, exactly: 38)
      + colour(background, paint.background, exactly: 48)
  }

  /// What makes one paint out of another; nil if something has to be removed that only `plain` can remove.
  ///
  /// Limits: attributes are only ever added, since terminals disagree on how to remove a single one.
  private func additions(from last: Paint, to next: Paint) -> [[UInt8]]? {
    guard last.attributes.isSubset(of: next.attributes) else { return nil }
    var pieces = attributes.filter { next.attributes.subtracting(last.attributes).contains($0.0) }.map(\.1)
    for (format, exact, restored, old, new) in [
      (foreground, 38, defaultForeground, last.foreground, next.foreground),
      (background, 48, defaultBackground, last.background, next.background),
    ] where old != new {
      if new >= 0 {
        pieces += colour(format, new, exactly: exact)
      } else if let restored {
        pieces.append(Array("\u{1B}[".utf8) + restored + Array("m".utf8))
      } else {
        return nil
      }
    }
    return pieces
  }

  /// The sequence for a colour; none for the terminal's own.
  ///
  /// - Parameter exact: the SGR parameter that sets it by red, green and blue.
  private func colour(_ format: String?, _ number: Int32, exactly exact: Int) -> [[UInt8]] {
    guard let format, number >= 0 else { return [] }
    if number >= PictureColours.exactBit {
      return [
        Array("\u{1B}[\(exact);2;\(number >> 16 & 0xff);\(number >> 8 & 0xff);\(number & 0xff)m".utf8)
      ]
    }
    return [TerminalSequences.strippingDelays(String(cString: lt_filled(format, number, 0)))]
  }

  /// One sequence that does what all the pieces do, if the terminal allows that; otherwise the pieces in a row.
  ///
  /// Source: ECMA-48 8.3.117: SGR takes any number of parameters.
  private func joined(fromPlain: Bool, _ pieces: [[UInt8]]) -> [UInt8] {
    guard isJoinable, !pieces.isEmpty else { return (fromPlain ? plain : []) + pieces.joined() }
    let numbers = (fromPlain ? [Array("0".utf8)] : []) + pieces.compactMap(Self.parameters)
    return Array("\u{1B}[".utf8) + numbers.joined(separator: Array(";".utf8)) + Array("m".utf8)
  }

  /// The parameters between `ESC [` and `m`; nil if the sequence has another form.
  private static func parameters(of sequence: [UInt8]) -> [UInt8]? {
    guard sequence.count > 3, sequence.starts(with: Array("\u{1B}[".utf8)), sequence.last == UInt8(ascii: "m") else {
      return nil
    }
    let parameters = Array(sequence[2..<(sequence.count - 1)])
    return parameters.allSatisfy { (0x30...0x3B).contains($0) } ? parameters : nil
  }
}
