/// One cell of the screen: a base character with up to three marks on it, and what it means.
///
/// A character two cells wide is followed by a cell whose `scalars.0` is 0: the `continuation`.
package struct Cell: Equatable, Sendable {
  /// Unicode scalar values; unused places are 0. All are drawable: none is a control or a bidi mark.
  package var scalars: (UInt32, UInt32, UInt32, UInt32)
  package var role: Role
  package var ground: Ground

  package init(_ scalar: Unicode.Scalar, _ role: Role, _ ground: Ground = .plain) {
    scalars = (scalar.value, 0, 0, 0)
    self.role = role
    self.ground = ground
  }

  /// The right half of a character two cells wide.
  package static func continuation(_ role: Role, _ ground: Ground) -> Cell {
    var cell = Cell(" ", role, ground)
    cell.scalars.0 = 0
    return cell
  }

  package static let blank = Cell(" ", .text)

  package var isContinuation: Bool { scalars.0 == 0 }

  /// The cell's characters as text; empty for a continuation.
  package var text: String {
    var view = String.UnicodeScalarView()
    for value in [scalars.0, scalars.1, scalars.2, scalars.3] {
      if value != 0, let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    return String(view)
  }

  package static func == (a: Cell, b: Cell) -> Bool {
    a.scalars == b.scalars && a.role == b.role && a.ground == b.ground
  }
}
