import Sentences
import TerminalIO
import TextCells

/// A part of the screen: what it is and what it consists of, before where it lies.
///
/// Panes and sheets build nodes; `Frame.draw(_:in:)` puts them into cells, and `under(_:in:)` finds what lies under the mouse.
/// Other renderings of the same tree can read the screen line by line.
///
/// Shape:  a tree. Leaves are single lines; a builder is given the room there is, and makes no more lines than fit.
/// Cost:   a few hundred values for a whole screen, built for each frame.
package struct Node: Sendable {
  /// What a part of the screen is.
  package enum Meaning: Equatable, Sendable {
    case screen
    case titleBar, filterLine, hintLine, notice
    case pane(Pane)
    case sheet
    /// The headings of columns.
    case headings
    /// A row of a list or table, by its position in the list.
    case row(Int)
    /// Anything that only groups its parts.
    case group
  }

  package indirect enum Content: Sendable {
    case line(Line)
    case picture(PixelGrid)
    /// Each below the one before.
    case stack([Node])
    /// Each over the one before, in the same area.
    case layers([Node])
    /// Parts of the whole screen.
    case placed([Part])
    case bordered(Border, Node)
    case sheet(SheetBox, Node)
  }

  package struct Part: Sendable {
    package let area: Area
    package let node: Node
  }

  package let meaning: Meaning
  package let content: Content

  package init(_ meaning: Meaning, _ content: Content) {
    self.meaning = meaning
    self.content = content
  }
}

/// One row of the screen.
package struct Line: Sendable {
  package var pieces: [Piece] = []
  /// What lies behind the whole row; nil: what lies behind its surroundings.
  package var backdrop: Backdrop?
  /// The role of the cells that no piece covers.
  package var role = Role.text
  /// Whether the terminal's cursor rests at the row's beginning, unless a piece has it.
  package var hasCursor = false
  /// Which way the row runs, if its pieces are one text behind labels; nil: each is a text of its own.
  package var direction: WritingDirection?

  package init(
    _ pieces: [Piece] = [], on backdrop: Backdrop? = nil, as role: Role = .text, hasCursor: Bool = false,
    direction: WritingDirection? = nil
  ) {
    self.pieces = pieces
    self.direction = direction
    self.backdrop = backdrop
    self.role = role
    self.hasCursor = hasCursor
  }
}

/// Text in a row, all of one role.
package struct Piece: Sendable {
  /// What it is, for renderings without a screen.
  package enum Meaning: Equatable, Sendable {
    case text
    /// The name of the value that follows.
    case label
    /// A value, by the name of its column or field.
    case value(String)
    /// Text being typed.
    case input
    /// Pressing it is pressing a key.
    case button(Key)
    /// A part of a drawn bar, by the number of its band; its count is a value elsewhere.
    case band(Int)
    /// Rules and other ornament.
    case decoration
  }

  package var text: SafeText
  package var role: Role
  package var meaning: Meaning
  /// Cells from the beginning of the row; nil: right behind the piece before.
  package var column: Int?
  /// The most cells that it takes.
  package var width: Int
  /// Whether its whole width takes its role and backdrop.
  package var fills = false
  /// What lies behind it; nil: what lies behind the row.
  package var backdrop: Backdrop?
  /// Highlighted cells of the text; later ones cover earlier ones.
  package var marks: [Mark] = []
  /// The terminal's cursor, in cells from the piece's beginning.
  package var cursor: Int?
  /// The address of which it is a part, safe to be opened.
  package var link: String?

  package struct Mark: Sendable {
    package let column: Int
    package let role: Role
  }

  package init(
    _ text: SafeText, _ role: Role, _ meaning: Meaning = .text, at column: Int? = nil, width: Int = .max,
    on backdrop: Backdrop? = nil, cursor: Int? = nil
  ) {
    self.text = text
    self.role = role
    self.meaning = meaning
    self.column = column
    self.width = width
    self.backdrop = backdrop
    self.cursor = cursor
  }
}

/// The border of a pane, with its title and a word at the right.
package struct Border: Sendable {
  package let title: SafeText
  package var right: SafeText = ""
  package var isFocused: Bool
  /// The terminal's cursor within the title, in cells from its beginning.
  package var cursor: Int?
  /// A line in place of the lower border.
  package var foot: Line?
  /// What the lower border says about what is below it.
  package var more: SafeText

  package init(
    _ title: SafeText, right: SafeText = "", isFocused: Bool, cursor: Int? = nil, foot: Line? = nil,
    more: SafeText = ""
  ) {
    self.title = title
    self.right = right
    self.isFocused = isFocused
    self.cursor = cursor
    self.foot = foot
    self.more = more
  }
}

extension Border {
  /// Cells that a pane of a width has for its title and the word at its right together.
  package static func room(in columns: Int) -> Int { columns - 4 }

  /// That the counts of a pane are not final, in a word, or in a sign where its title leaves no room for one.
  static func soFar(beside title: SafeText, in size: Size) -> SafeText {
    let word = SafeText(localized("so far"))
    return title.width + 2 + word.width <= room(in: size.columns) ? word : "…"
  }
}

/// The size of a sheet, and the side of the panes on which it lies.
package struct SheetBox: Sendable {
  package enum Side: Sendable { case middle, bottom, right }

  /// With the border; never more than there is room for.
  package let size: Size
  package let border: Border
  package let side: Side
}

extension Node {
  /// A line of a list, a form or a text.
  static func line(
    _ pieces: [Piece], _ meaning: Meaning = .group, on backdrop: Backdrop? = nil, hasCursor: Bool = false
  )
    -> Node
  {
    Node(meaning, .line(Line(pieces, on: backdrop, hasCursor: hasCursor)))
  }

  /// A picture in half cells.
  static func picture(_ grid: PixelGrid) -> Node { Node(.group, .picture(grid)) }

  /// A line with nothing in it.
  static let blank = Node(.group, .line(Line()))

  static func text(_ text: SafeText, _ role: Role, at column: Int = 1, width: Int = .max) -> Node {
    .line([Piece(text, role, at: column, width: width)])
  }

  static func stack(_ nodes: [Node], _ meaning: Meaning = .group) -> Node { Node(meaning, .stack(nodes)) }

  /// Text in as many lines as it needs, `most` at most.
  static func wrapped(_ text: SafeText, _ role: Role, width: Int, most: Int = .max) -> [Node] {
    text.wrapped(to: max(1, width)).prefix(max(0, most)).map { .text($0, role, width: width) }
  }

  /// A bordered sheet over the panes, with what `content` puts into the room inside its border.
  ///
  /// - Parameters:
  ///   - room: the room for panes.
  ///   - more: what the lower border says about what is below it; asked for after `content` was.
  static func sheet(
    _ title: SafeText, in room: Size, columns: Int, rows: Int, side: SheetBox.Side = .middle, foot: Line? = nil,
    more: @autoclosure () -> SafeText = "", _ content: (Size) -> [Node]
  ) -> Node {
    let size = Size(columns: min(columns, room.columns), rows: min(rows, room.rows))
    let inside = Area(size).insideBorder
    let nodes = inside.isEmpty ? [] : content(Size(columns: inside.columns, rows: inside.rows))
    return Node(
      .sheet,
      .sheet(
        SheetBox(size: size, border: Border(title, isFocused: true, foot: foot, more: more()), side: side),
        .stack(nodes)))
  }
}
