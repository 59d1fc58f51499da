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
  private let place: String
  private let column: String?
  private let forward: String?
  private let eraseCells: String?
  let eraseToEnd: [UInt8]?
  private let paints: PaintWords

  /// Of the terminal that curses or `setupterm` was started for last.
  init() {
    place = TerminalPreflight.capability("cup") ?? ""
    column = TerminalPreflight.capability("hpa")
    forward = TerminalPreflight.capability("cuf")
    eraseCells = TerminalPreflight.capability("ech")
    eraseToEnd = TerminalPreflight.capability("el").map { Self.withoutDelays($0) }
    erasesInBackground = tigetflag("bce") > 0
    hasLastCell = tigetflag("am") <= 0 || tigetflag("xenl") > 0
    paints = PaintWords()
  }

  /// The shortest way to `spot` from `pen`, whose column is nil where terminals may differ about it.
  func move(to spot: Spot, from pen: Pen) -> [UInt8] {
    var best = filled(place, spot.row, spot.column)
    func consider(_ other: [UInt8]) { if other.count < best.count { best = other } }
    guard pen.row == spot.row else { return best }
    if let column { consider(filled(column, spot.column, 0)) }
    if let from = pen.column {
      if from == spot.column { return [] }
      if from < spot.column, let forward { consider(filled(forward, spot.column - from, 0)) }
    }
    return best
  }

  /// Makes `count` cells blank without moving; nil where the terminal cannot.
  func erase(_ count: Int) -> [UInt8]? { eraseCells.map { filled($0, count, 0) } }

  /// Goes over from one paint to another; from nil, whatever was in force before.
  func paint(_ paint: Paint, after last: Paint?) -> [UInt8] { paints.change(from: last, to: paint) }

  private func filled(_ words: String, _ first: Int, _ second: Int) -> [UInt8] {
    Self.withoutDelays(String(cString: lt_filled(words, Int32(clamping: first), Int32(clamping: second))))
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
