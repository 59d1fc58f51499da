import TextCells

/// What was done with the mouse, and over which cell.
///
/// Shape:  only the left button and the wheel mean anything; everything else is not reported.
/// Source: xterm's "Extended coordinates", SGR (1006), with buttons and drags (1002).
package struct MouseReport: Equatable, Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case press, drag, release
    case wheelUp, wheelDown
  }

  package let action: Action
  /// From the top left; it may lie beyond the screen, since nobody vouches for what a terminal sends.
  package let column: Int
  package let row: Int

  package var spot: Spot { Spot(column: column, row: row) }

  package init(_ action: Action, column: Int, row: Int) {
    (self.action, self.column, self.row) = (action, column, row)
  }

  /// Has the terminal report buttons, drags and the wheel, in the only form whose end can be told.
  package static let on = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
  package static let off = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"

  /// Beyond every screen; a greater number was not sent by a terminal.
  private static let maximumCoordinate = 10_000

  /// The report in `ESC [ < button ; column ; row` and `M` or `m`; nil for everything that is none, or of no use here.
  ///
  /// - Parameter parameters: with the `<`.
  package init?(parameters: [UInt8], final: UInt8) {
    guard parameters.first == UInt8(ascii: "<"), final == UInt8(ascii: "M") || final == UInt8(ascii: "m") else {
      return nil
    }
    let fields = parameters.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let numbers = fields.compactMap(Self.number)
    guard fields.count == 3, numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    // Shift, Meta and Ctrl mean nothing here.
    let button = numbers[0] & ~0b11100
    let isRelease = final == UInt8(ascii: "m")
    switch button {
    case 0: action = isRelease ? .release : .press
    case 32 where !isRelease: action = .drag
    case 64 where !isRelease: action = .wheelUp
    case 65 where !isRelease: action = .wheelDown
    default: return nil
    }
    (column, row) = (numbers[1] - 1, numbers[2] - 1)
  }

  /// Up to five decimal digits and nothing else.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return number <= maximumCoordinate ? number : nil
  }
}
