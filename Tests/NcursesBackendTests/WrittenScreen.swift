import TextCells

@testable import NcursesBackend

/// What stands on a terminal after bytes were sent to it: as much of an xterm as the painter speaks to.
///
/// Shape:  a character more than one cell wide lies in its first cell; the others hold an empty text.
struct WrittenScreen {
  struct Place: Equatable {
    var text = " "
    var paint = Paint.plain
  }

  let size: Size
  private(set) var places: [[Place]]
  private(set) var row = 0
  private(set) var column = 0
  private(set) var paint = Paint.plain
  /// What was sent that no xterm was expected to understand.
  private(set) var strange: [String] = []
  /// Characters that other terminals may have given another width were followed by a way that does not count on it.
  private var isUnsure = false

  /// What a person sees: of a blank only what shows on it.
  var seen: [[Place]] {
    places.map { row in
      row.map { Place(text: $0.text, paint: $0.text == " " ? $0.paint.onBlank : $0.paint) }
    }
  }

  init(_ size: Size) {
    self.size = size
    places = Array(repeating: Array(repeating: Place(), count: size.columns), count: size.rows)
  }

  mutating func take(_ bytes: [UInt8]) {
    var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}" {
        guard rest.popFirst() == "[" else { return strange.append("escape") }
        let numbers = rest.prefix { $0 == ";" || ("0"..."9").contains($0) }
        rest = rest.dropFirst(numbers.count)
        let given = String(String.UnicodeScalarView(numbers)).split(separator: ";", omittingEmptySubsequences: false)
        act(rest.popFirst() ?? "?", given.map { Int($0) })
      } else if scalar == "\r" {
        column = 0
      } else if scalar.value < 0x20 {
        strange.append("control \(scalar.value)")
      } else {
        write(scalar)
      }
    }
  }

  private mutating func act(_ final: Unicode.Scalar, _ given: [Int?]) {
    func number(_ index: Int) -> Int { index < given.count ? given[index] ?? 1 : 1 }
    switch final {
    case "H": (row, column, isUnsure) = (number(0) - 1, number(1) - 1, false)
    case "G": (column, isUnsure) = (number(0) - 1, false)
    case "C":
      if isUnsure { strange.append("counts on a width") }
      column += number(0)
    case "K": erase(column..<size.columns)
    case "X": erase(column..<min(size.columns, column + number(0)))
    case "m": choose(given.map { $0 ?? 0 })
    default: strange.append("CSI \(final)")
    }
    if row >= size.rows || column >= size.columns { strange.append("outside \(row),\(column)") }
  }

  private mutating func erase(_ columns: Range<Int>) {
    if isUnsure { strange.append("counts on a width") }
    for column in columns { set(Place(text: " ", paint: Paint(background: paint.background)), at: column) }
  }

  private mutating func choose(_ given: [Int]) {
    var rest = given[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: paint = .plain
      case 1: paint.attributes.insert(.bold)
      case 2: paint.attributes.insert(.faint)
      case 3: paint.attributes.insert(.italic)
      case 4: paint.attributes.insert(.underline)
      case 7: paint.attributes.insert(.reverse)
      case 30...37: paint.foreground = Int32(number - 30)
      case 40...47: paint.background = Int32(number - 40)
      case 39: paint.foreground = -1
      case 49: paint.background = -1
      case 90...97: paint.foreground = Int32(number - 82)
      case 100...107: paint.background = Int32(number - 92)
      case 38 where rest.popFirst() == 5: paint.foreground = Int32(rest.popFirst() ?? -2)
      case 48 where rest.popFirst() == 5: paint.background = Int32(rest.popFirst() ?? -2)
      default: strange.append("SGR \(number)")
      }
    }
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    let isRegional = (0x1F1E6...0x1F1FF).contains(scalar.value)
    let isMark = [.nonspacingMark, .enclosingMark, .format].contains(scalar.properties.generalCategory)
    if isMark {
      guard column > 0 else { return strange.append("a mark on nothing") }
      let base = places[row][column - 1].text.isEmpty ? column - 2 : column - 1
      places[row][base].text.unicodeScalars.append(scalar)
      isUnsure = true
      return
    }
    if isUnsure, !isRegional { strange.append("counts on a width") }
    let width = isRegional ? 1 : WrittenScreen.width(of: scalar)
    guard column + width <= size.columns else { return strange.append("past the edge") }
    set(Place(text: String(scalar), paint: paint), at: column)
    if width == 2 { set(Place(text: "", paint: paint), at: column + 1, of: column) }
    column += width
    isUnsure = isRegional || scalar.value >= 0x1F000
    if column == size.columns { isUnsure = true }
  }

  /// Puts a place; what is left of a wide character that loses a half is blank.
  private mutating func set(_ place: Place, at column: Int, of wide: Int? = nil) {
    if wide == nil, places[row][column].text.isEmpty, column > 0 { places[row][column - 1].text = " " }
    if column + 1 < size.columns, places[row][column + 1].text.isEmpty { places[row][column + 1].text = " " }
    places[row][column] = place
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xA4CF).contains(scalar.value)
      || (0xAC00...0xD7A3).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0xFF00...0xFF60).contains(scalar.value) || (0x1F300...0x1FAFF).contains(scalar.value)
      || scalar.value == 0x2B50
      ? 2 : 1
  }
}
