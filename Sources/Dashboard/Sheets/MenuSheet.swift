import Casework
import Filters
import Listings
import Sentences
import TerminalIO
import TextCells

/// A short list to choose one line from.
package struct MenuSheet: Sheet {
  package enum Subject: Equatable, Sendable { case sort, reason, certainty, theme }
  package let subject: Subject
  let title: String
  package let lines: [String]
  package var cursor: Int

  static let name = "a list to choose from"
  var mode: Mode { .menu(self) }
  var kind: Mode.Kind { .menu }

  static let keys: [SheetKey<MenuSheet>] =
    [
      SheetKey([.enter], Sentence("choose the line under the cursor"), hint: Sentence("or its number")) { menu, state in
        .close(menu.choose(menu.cursor, &state))
      },
      SheetKey(
        [.escape, .character("q"), .control("c")], Sentence("back, nothing is chosen"), hint: Sentence("back"),
        as: ["quit"]
      ) {
        _, _ in .close()
      },
      SheetKey([.down, .character("j")], Sentence("one down"), hint: Sentence("choose"), label: "↑↓", as: ["down"]) {
        menu, _ in
        menu.move(1)
      },
      SheetKey([.up, .character("k")], Sentence("one up"), as: ["up"]) { menu, _ in menu.move(-1) },
    ]

  private mutating func move(_ lines: Int) -> SheetStep {
    cursor = max(0, min(cursor + lines, self.lines.count - 1))
    return .stay()
  }

  /// A digit chooses its line.
  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    guard let number = Self.number(of: key), lines.indices.contains(number - 1) else { return unused(key, &state) }
    return .close(choose(number - 1, &state))
  }

  private static func number(_ scalar: Unicode.Scalar) -> Int? {
    scalar.properties.numericType == .decimal ? Int(scalar.value) - 48 : nil
  }

  private static func number(of key: Key) -> Int? { key.letter.flatMap { number($0) } }

  func weight(of key: Key, _ state: State) -> KeyWeight {
    subject != .sort && (key == .enter || Self.number(of: key) != nil) ? .decides : .light
  }

  private func choose(_ line: Int, _ state: inout State) -> [Effect] {
    switch subject {
    case .sort: state.sort(by: Dimension.orders[line])
    case .reason: state.decide(.falsePositive, Reason.allCases[line])
    case .certainty: state.identify(Aspect.species.words[line])
    case .theme: state.chooseTheme(line)
    }
  }

  func node(_ state: State, in room: Size) -> Node? {
    let title = SafeText(title)
    return .sheet(
      title, in: room, columns: max(title.width + 6, 34, lines.map { SafeText($0).width + 7 }.max() ?? 0),
      rows: lines.count + 2
    ) { inside in
      let top = State.scrolled(0, to: cursor, rows: inside.rows)
      return lines.indices.dropFirst(top).prefix(inside.rows).map { index in
        // Only one digit can be pressed.
        let number = index < 9 ? String(index + 1) : " "
        let text = SafeText(" \(number)  \(lines[index])").clipped(to: inside.columns)
        return .line(
          [Piece(text, .text, .value("choice"))], .row(index), on: index == cursor ? .cursor : nil,
          hasCursor: index == cursor)
      }
    }
  }
}

extension State {
  mutating func startSort() -> [Effect] {
    let orders = Dimension.orders
    mode = .menu(
      MenuSheet(
        subject: .sort, title: localized("Sort by (again: other way round)"), lines: orders.map(\.label),
        cursor: orders.firstIndex { $0.subject == sort.subject } ?? 0))
    return []
  }

  mutating func startCertainty() -> [Effect] {
    // A specimen is identified by itself, whatever is marked.
    let title =
      marked.isEmpty
      ? localized("Confirmed; the species is")
      : localized("Confirmed, the line under the cursor alone; the species is")
    mode = .menu(
      MenuSheet(
        subject: .certainty, title: title,
        lines: Aspect.species.words.map { word in
          let shown = Aspect.species.screenWord(word)
          return codes.meaning(of: word, .species).map { "\(shown): \($0)" } ?? shown
        }, cursor: 0))
    return []
  }

  mutating func startReason() -> [Effect] {
    mode = .menu(
      MenuSheet(
        subject: .reason, title: localized("False positive because"), lines: Reason.allCases.map(\.screenLabel),
        cursor: 0))
    return []
  }
}
