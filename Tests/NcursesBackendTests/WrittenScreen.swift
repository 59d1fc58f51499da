import TextCells

@testable import NcursesBackend

/// What a terminal shows after bytes were sent to it: as much of an xterm as the painter uses.
///
/// Shape:  a wide character is in its first cell; the second has an empty text.
struct WrittenScreen {
  struct Cell: Equatable {
    var text = " "
    var paint = Paint.plain
  }

  /// How a terminal counts an emoji, or a letter of several cells, that is made of several characters.
  enum Counting: CaseIterable {
    /// Each part by itself.
    case parts
    /// Each part by itself, joiners and selectors too.
    case everything
    /// An emoji as two cells, a letter of several cells as one.
    case letters
  }

  let size: Size
  private let counting: Counting
  /// What was written last, as long as the next character may belong to it.
  private var letter: (text: String, column: Int)?
  private(set) var cells: [[Cell]]
  private(set) var row = 0
  private(set) var column = 0
  private(set) var paint = Paint.plain
  /// What was sent that this terminal should not have been sent.
  private(set) var unexpected: [String] = []
  /// Whether other terminals may have the cursor elsewhere, so that the next sequence must not depend on its column.
  private var isUncertain = false

  /// What can be seen: of a blank only the part of its paint that shows.
  var seen: [[Cell]] {
    cells.map { row in
      row.map { Cell(text: $0.text, paint: $0.text == " " ? $0.paint.onBlank : $0.paint) }
    }
  }

  init(_ size: Size, counting: Counting = .parts) {
    self.size = size
    self.counting = counting
    cells = Array(repeating: Array(repeating: Cell(), count: size.columns), count: size.rows)
  }

  mutating func receive(_ bytes: [UInt8]) {
    var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}" {
        guard rest.popFirst() == "[" else { return unexpected.append("escape") }
        let numbers = rest.prefix { $0 == ";" || ("0"..."9").contains($0) }
        rest = rest.dropFirst(numbers.count)
        let given = String(String.UnicodeScalarView(numbers)).split(separator: ";", omittingEmptySubsequences: false)
        perform(rest.popFirst() ?? "?", given.map { Int($0) })
      } else if scalar == "\r" {
        column = 0
      } else if scalar.value < 0x20 {
        unexpected.append("control \(scalar.value)")
      } else {
        write(scalar)
      }
    }
  }

  private mutating func perform(_ final: Unicode.Scalar, _ given: [Int?]) {
    if final != "m" { letter = nil }
    func number(_ index: Int) -> Int { index < given.count ? given[index] ?? 1 : 1 }
    switch final {
    case "H": (row, column, isUncertain) = (number(0) - 1, number(1) - 1, false)
    case "G": (column, isUncertain) = (number(0) - 1, false)
    case "C":
      if isUncertain { unexpected.append("depends on a width") }
      column += number(0)
    case "K": erase(column..<size.columns)
    case "X": erase(column..<min(size.columns, column + number(0)))
    case "@":
      cells[row].insert(Cell(text: " ", paint: Paint(background: paint.background)), at: column)
      cells[row].removeLast()
    case "m": setPaint(given.map { $0 ?? 0 })
    default: unexpected.append("CSI \(final)")
    }
    if row >= size.rows || column >= size.columns { unexpected.append("outside \(row),\(column)") }
  }

  private mutating func erase(_ columns: Range<Int>) {
    if isUncertain { unexpected.append("depends on a width") }
    for column in columns { set(Cell(text: " ", paint: Paint(background: paint.background)), at: column) }
  }

  private mutating func setPaint(_ given: [Int]) {
    var rest = given[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: paint = .plain
      case 1: paint.attributes.insert(.bold)
      case 2: paint.attributes.insert(.faint)
      case 3: paint.attributes.insert(.italic)
      case 4: paint.attributes.insert(.underline)
      case 7: paint.attributes.insert(.reverse)
      // The usual font, which ansi names with every reset.
      case 10: break
      case 30...37: paint.foreground = Int32(number - 30)
      case 40...47: paint.background = Int32(number - 40)
      case 39: paint.foreground = -1
      case 49: paint.background = -1
      case 90...97: paint.foreground = Int32(number - 82)
      case 100...107: paint.background = Int32(number - 92)
      case 38 where rest.popFirst() == 5: paint.foreground = Int32(rest.popFirst() ?? -2)
      case 48 where rest.popFirst() == 5: paint.background = Int32(rest.popFirst() ?? -2)
      default: unexpected.append("SGR \(number)")
      }
    }
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    let isRegional = (0x1F1E6...0x1F1FF).contains(scalar.value)
    let isMark =
      [.nonspacingMark, .enclosingMark, .format].contains(scalar.properties.generalCategory)
      || (0x1160...0x11FF).contains(scalar.value)
    let isGoingOn = !isRegional && goesOn(scalar)
    if let letter, isGoingOn {
      self.letter?.text.unicodeScalars.append(scalar)
      if counting == .letters { return add(scalar, toLetterAt: letter.column) }
    } else {
      letter = (String(scalar), column)
    }
    if isMark, counting == .parts || scalar.properties.generalCategory != .format && scalar != "\u{FE0F}" {
      guard column > 0 else { return unexpected.append("a mark on nothing") }
      let base = cells[row][column - 1].text.isEmpty ? column - 2 : column - 1
      cells[row][base].text.unicodeScalars.append(scalar)
      isUncertain = true
      return
    }
    if isUncertain, !isRegional, !isGoingOn { unexpected.append("depends on a width") }
    let width = isRegional ? 1 : WrittenScreen.width(of: scalar)
    guard column + width <= size.columns else { return unexpected.append("past the edge") }
    set(Cell(text: String(scalar), paint: paint), at: column)
    if width == 2 { set(Cell(text: "", paint: paint), at: column + 1, of: column) }
    column += width
    isUncertain = isRegional || scalar.value >= 0x1F000 || isGoingOn
    if column == size.columns { isUncertain = true }
  }

  /// Whether a character is one letter with what was written last.
  private func goesOn(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x80, let last = letter?.text else { return false }
    if scalar.properties.generalCategory == .spacingMark { return true }
    // The standard library does not know the stacks of every script.
    return (last + String(scalar)).count == 1
      || last.unicodeScalars.contains { $0.properties.canonicalCombiningClass == .virama }
  }

  /// Adds a character to a letter that takes one cell, or two as an emoji.
  private mutating func add(_ scalar: Unicode.Scalar, toLetterAt start: Int) {
    cells[row][start].text.unicodeScalars.append(scalar)
    let isEmoji = scalar.value >= 0x1F000 || scalar == "\u{FE0F}"
    if isEmoji, start + 1 < size.columns, !cells[row][start + 1].text.isEmpty {
      set(Cell(text: "", paint: paint), at: start + 1, of: start)
      column = start + 2
    }
    isUncertain = true
  }

  /// Sets a cell. A wide character that loses a half becomes blank.
  private mutating func set(_ cell: Cell, at column: Int, of wide: Int? = nil) {
    if wide == nil, cells[row][column].text.isEmpty, column > 0 { cells[row][column - 1].text = " " }
    if column + 1 < size.columns, cells[row][column + 1].text.isEmpty { cells[row][column + 1].text = " " }
    cells[row][column] = cell
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xA4CF).contains(scalar.value)
      || (0xAC00...0xD7A3).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0xFF00...0xFF60).contains(scalar.value)
      || (0x1F300...0x1FAFF).contains(scalar.value) && scalar.value != 0x1F3F3
      || scalar.value == 0x2B50
      ? 2 : 1
  }
}
