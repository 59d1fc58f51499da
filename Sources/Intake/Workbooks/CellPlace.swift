/// A cell's place as sheets write it: `BC12`.
struct CellPlace: Equatable {
  /// From 0.
  let column: Int
  /// From 1.
  let row: Int

  static let mostColumns = 16_384
  static let mostRows = 1_048_576

  init?(_ text: UnsafePointer<CChar>) {
    var place = text
    var column = 0
    while true {
      let letter = UInt8(bitPattern: place.pointee) & 0xDF
      guard letter &- 0x41 < 26, column <= Self.mostColumns else { break }
      column = column * 26 + Int(letter - 0x40)
      place += 1
    }
    var row = 0
    while UInt8(bitPattern: place.pointee).isDigit, row <= Self.mostRows {
      row = row * 10 + Int(place.pointee - 0x30)
      place += 1
    }
    guard place.pointee == 0, (1...Self.mostColumns).contains(column), (1...Self.mostRows).contains(row) else {
      return nil
    }
    self.column = column - 1
    self.row = row
  }

  /// What a spreadsheet calls the column at this place, from 0.
  static func letters(_ column: Int) -> String {
    var rest = column + 1
    var letters: [Character] = []
    while rest > 0 {
      letters.append(Character(Unicode.Scalar(UInt8(0x41 + (rest - 1) % 26))))
      rest = (rest - 1) / 26
    }
    return String(letters.reversed())
  }
}
