import TextCells

/// What a terminal shows after bytes were sent to it: characters without colours, and what was asked and set beside them.
///
/// Shape:  as much of an xterm as terminal descriptions use; what it does not know is listed in `unknown`.
struct TextScreen {
  let columns: Int
  let rows: Int
  /// Whether a character in the last column moves the cursor to the next row at once, as on terminals without `xenl`.
  let wrapsAtOnce: Bool

  private(set) var cells: [[String]]
  private(set) var row = 0
  private(set) var column = 0
  /// The private modes that are set, and all that ever were.
  private(set) var modes: Set<Int> = [25]
  private(set) var modesEverSet: Set<Int> = []
  /// Operating system commands, by their text.
  private(set) var commands: [String] = []
  /// Control sequences that ask or order something of the window.
  private(set) var requests: [String] = []
  /// All parameters of SGR.
  private(set) var paints: [String] = []
  private(set) var unknown: [String] = []
  /// Lines that were scrolled out at the top of the alternate screen; the program never scrolls.
  private(set) var scrolls = 0

  private var main: (cells: [[String]], row: Int, column: Int)?
  private var isPastEnd = false
  private var pending: [UInt8] = []

  init(columns: Int, rows: Int, wrapsAtOnce: Bool = false) {
    (self.columns, self.rows, self.wrapsAtOnce) = (columns, rows, wrapsAtOnce)
    cells = Self.blank(columns, rows)
  }

  private static func blank(_ columns: Int, _ rows: Int) -> [[String]] {
    Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// Whether the alternate screen is shown.
  var isAlternate: Bool { main != nil }

  var lines: [String] {
    cells.map { row in
      var line = row.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  var text: String { lines.joined(separator: "\n") }

  mutating func receive(_ bytes: [UInt8]) {
    pending += bytes
    while let count = step(), count > 0 { pending.removeFirst(count) }
  }

  /// Acts on what comes first; gives its length, or nil where more is needed.
  private mutating func step() -> Int? {
    guard let first = pending.first else { return nil }
    switch first {
    case 0x1B: return escape()
    case 0x0D: (column, isPastEnd) = (0, false)
    case 0x0A: lineFeed()
    case 0x08: (column, isPastEnd) = (max(0, column - 1), false)
    case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
    case 0x00...0x1F, 0x7F: break
    default:
      let size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
      guard pending.count >= size else { return nil }
      for scalar in String(decoding: pending[..<size], as: UTF8.self).unicodeScalars { write(scalar) }
      return size
    }
    return 1
  }

  private mutating func escape() -> Int? {
    guard pending.count >= 2 else { return nil }
    switch pending[1] {
    case UInt8(ascii: "["):
      guard let end = pending[2...].firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
      let parameters = String(decoding: pending[2..<end], as: UTF8.self)
      // The Linux console's own sequence for its function keys and palette ends later.
      control(parameters, Character(Unicode.Scalar(pending[end])))
      return end + 1
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "k"):
      if pending[1] == UInt8(ascii: "]"), pending.count > 2, pending[2] == UInt8(ascii: "R") { return 3 }
      var index = 2
      while index < pending.count {
        let isEnd = pending[index] == 0x1B && index + 1 < pending.count && pending[index + 1] == UInt8(ascii: "\\")
        // Within a tmux passthrough an ESC is doubled.
        if pending[index] == 0x1B, index + 1 < pending.count, pending[index + 1] == 0x1B {
          index += 2
          continue
        }
        if isEnd || pending[index] == 0x07 && pending[1] == UInt8(ascii: "]") {
          let text = String(decoding: pending[2..<index], as: UTF8.self)
          commands.append((pending[1] == UInt8(ascii: "]") ? "" : "DCS ") + text)
          return index + (isEnd ? 2 : 1)
        }
        index += 1
      }
      return nil
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "#"),
      UInt8(ascii: "%"):
      return pending.count >= 3 ? 3 : nil
    case UInt8(ascii: "M"): row = max(0, row - 1)
    case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "7"), UInt8(ascii: "8"), UInt8(ascii: "c"): break
    default: unknown.append("ESC \(pending[1])")
    }
    return 2
  }

  private mutating func control(_ parameters: String, _ final: Character) {
    let isPrivate = parameters.first == "?"
    let numbers = parameters.drop { $0 == "?" || $0 == ">" }.split(separator: ";", omittingEmptySubsequences: false)
      .map { Int($0) }
    func number(_ index: Int, _ usual: Int = 1) -> Int {
      max(usual == 0 ? 0 : 1, index < numbers.count ? numbers[index] ?? usual : usual)
    }
    isPastEnd = final == "m" || final == "h" || final == "l" ? isPastEnd : false
    switch final {
    case "H", "f": (row, column) = (min(rows, number(0)) - 1, min(columns, number(1)) - 1)
    case "A": row = max(0, row - number(0))
    case "B": row = min(rows - 1, row + number(0))
    case "C": column = min(columns - 1, column + number(0))
    case "D": column = max(0, column - number(0))
    case "G", "`": column = min(columns, number(0)) - 1
    case "d": row = min(rows, number(0)) - 1
    case "J": erase(number(0, 0))
    case "K":
      let range = number(0, 0) == 0 ? column..<columns : number(0, 0) == 1 ? 0..<column + 1 : 0..<columns
      for index in range { blank(row, index) }
    case "X": for index in column..<min(columns, column + number(0)) { blank(row, index) }
    case "@":
      cells[row].insert(contentsOf: Array(repeating: " ", count: number(0)), at: column)
      cells[row].removeLast(cells[row].count - columns)
    case "m": paints.append(parameters)
    case "h", "l": set(numbers.compactMap { $0 }, isPrivate, final == "h")
    case "c" where isPrivate: break
    case "c", "p", "n", "t": requests.append(parameters + String(final))
    case "r", "q", "S", "s", "u": break
    default: unknown.append("CSI \(parameters)\(final)")
    }
  }

  private mutating func set(_ numbers: [Int], _ isPrivate: Bool, _ isOn: Bool) {
    guard isPrivate else { return }
    for number in numbers {
      if isOn {
        modes.insert(number)
        modesEverSet.insert(number)
      } else {
        modes.remove(number)
      }
      guard [47, 1047, 1049].contains(number) else { continue }
      if isOn, main == nil {
        main = (cells, row, column)
        cells = Self.blank(columns, rows)
      } else if !isOn, let before = main {
        (cells, row, column) = before
        main = nil
      }
    }
  }

  private mutating func erase(_ part: Int) {
    for line in 0..<rows {
      for index in 0..<columns {
        let isBefore = (line, index) < (row, column)
        if part == 2 || part == 0 && !isBefore || part == 1 && isBefore { blank(line, index) }
      }
    }
  }

  private mutating func lineFeed() {
    isPastEnd = false
    if row + 1 < rows {
      row += 1
    } else {
      cells.removeFirst()
      cells.append(Array(repeating: " ", count: columns))
      if isAlternate { scrolls += 1 }
    }
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    if [.nonspacingMark, .enclosingMark, .format].contains(scalar.properties.generalCategory) {
      let at = isPastEnd ? column : max(0, column - 1)
      let base = cells[row][at].isEmpty ? max(0, at - 1) : at
      cells[row][base].unicodeScalars.append(scalar)
      return
    }
    let width = max(1, SafeText(String(scalar)).width)
    if isPastEnd || column + width > columns {
      column = 0
      lineFeed()
    }
    blank(row, column)
    cells[row][column] = String(scalar)
    if width == 2 {
      blank(row, column + 1)
      cells[row][column + 1] = ""
    }
    column += width
    guard column >= columns else { return }
    if wrapsAtOnce {
      column = 0
      lineFeed()
    } else {
      (column, isPastEnd) = (columns - 1, true)
    }
  }

  /// Blanks a cell, and the other half of a wide character.
  private mutating func blank(_ row: Int, _ column: Int) {
    if cells[row][column].isEmpty, column > 0 { cells[row][column - 1] = " " }
    if column + 1 < columns, cells[row][column + 1].isEmpty { cells[row][column + 1] = " " }
    cells[row][column] = " "
  }
}
