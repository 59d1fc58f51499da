import CNcurses
import TextCells

/// The words of the terminal in use: how it is told to move, erase and paint.
///
/// Shape:  from its terminfo description, without the delays that only terminals of paper needed. What a terminal
///         cannot do is nil; only `move` is always there (`TerminalPreflight`).
/// Source: terminfo(5); ECMA-48 8.3.117 (SGR) for putting several paints into one sequence.
struct TerminalLanguage {
  /// Whether erased cells take the background in force; where not, they take the terminal's own.
  let erasesInBackground: Bool
  /// Whether a character may be put into the last cell of the last row without scrolling the screen.
  let hasLastCell: Bool
  private let words: [Act: String]
  let eraseToEnd: [UInt8]?
  private var paints: PaintWords
  /// What was said before: filling a number in takes longer than looking up, and the same moves come again and again.
  private var said: [Saying: [UInt8]] = [:]

  private enum Act: String, CaseIterable {
    case place = "cup"
    case column = "hpa"
    case forward = "cuf"
    case erase = "ech"
  }

  private struct Saying: Hashable {
    let act: Act
    let first: Int
    let second: Int
  }

  private static let mostSaid = 4096

  /// Of the terminal that curses or `setupterm` was started for last.
  init() {
    var words: [Act: String] = [:]
    for act in Act.allCases { words[act] = TerminalPreflight.capability(act.rawValue) }
    self.words = words
    eraseToEnd = TerminalPreflight.capability("el").map { Self.withoutDelays($0) }
    erasesInBackground = tigetflag("bce") > 0
    hasLastCell = tigetflag("am") <= 0 || tigetflag("xenl") > 0
    paints = PaintWords()
  }

  /// The shortest way to `spot` from `pen`, whose column is nil where terminals may differ about it.
  mutating func move(to spot: Spot, from pen: Pen) -> [UInt8] {
    if pen == Pen(row: spot.row, column: spot.column) { return [] }
    var best = say(.place, spot.row, spot.column) ?? []
    func consider(_ other: [UInt8]?) { if let other, other.count < best.count { best = other } }
    guard pen.row == spot.row else { return best }
    consider(say(.column, spot.column))
    if let from = pen.column, from < spot.column { consider(say(.forward, spot.column - from)) }
    return best
  }

  /// Makes `count` cells blank without moving; nil where the terminal cannot.
  mutating func erase(_ count: Int) -> [UInt8]? { say(.erase, count) }

  /// Goes over from one paint to another; from nil, whatever was in force before.
  mutating func paint(_ paint: Paint, after last: Paint?) -> [UInt8] { paints.change(from: last, to: paint) }

  private mutating func say(_ act: Act, _ first: Int, _ second: Int = 0) -> [UInt8]? {
    guard let words = words[act] else { return nil }
    let saying = Saying(act: act, first: first, second: second)
    if let bytes = said[saying] { return bytes }
    if said.count >= Self.mostSaid { said.removeAll() }
    let filled = String(cString: lt_filled(words, Int32(clamping: first), Int32(clamping: second)))
    let bytes = Self.withoutDelays(filled)
    said[saying] = bytes
    return bytes
  }

  static func withoutDelays(_ words: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(words.utf8)[...]
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

/// Where the terminal writes next; nil where that is not known.
struct Pen: Equatable {
  var row: Int?
  var column: Int?
}
