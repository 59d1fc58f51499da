import Sentences
import TerminalIO
import TextCells

/// Has the keyboard in place of the panes: a sheet, a form, or a line of text.
///
/// One folder or file holds all of it: what it knows, its keys, what they do, and what it shows. `Mode` lists the sheets
/// there are, and `Mode.Kind` what letters mean in it.
protocol Sheet: Equatable, Sendable {
  /// What people call it; names its keys in the manual.
  static var name: String { get }
  /// All its keys, for the manual.
  static var keys: [SheetKey<Self>] { get }
  /// The keys that it has now, in the order of the bottom line; of two rows with one key the first that applies wins.
  var activeKeys: [SheetKey<Self>] { get }

  var mode: Mode { get }
  var kind: Mode.Kind { get }

  /// A key that is none of `keys`: as a rule, text.
  mutating func type(_ key: Key, _ state: inout State) -> SheetStep
  /// Pasted text, which is never taken for keys; nil where none is wanted.
  mutating func paste(_ text: String, _ state: inout State) -> SheetStep?
  /// What a key can do to what was decided.
  func weight(of key: Key, _ state: State) -> KeyWeight
  /// Keeps its positions inside what there is, after listings, problems, lexicons or the screen changed.
  mutating func settle(_ state: State)
  /// What the bottom line says while it is open; nil: its keys.
  func hint(_ state: State) -> Piece?
  /// What lies over the panes; nil where the sheet is a line that has its place already.
  ///
  /// - Parameter room: the room that panes have.
  func node(_ state: State, in room: Size) -> Node?
}

/// What becomes of a sheet after a key.
struct SheetStep {
  let stays: Bool
  let effects: [Effect]

  static func stay(_ effects: [Effect] = []) -> SheetStep { SheetStep(stays: true, effects: effects) }
  static func close(_ effects: [Effect] = []) -> SheetStep { SheetStep(stays: false, effects: effects) }
}

/// A row of a sheet's key table.
struct SheetKey<S: Sheet>: Sendable {
  let keys: [Key]
  private let helpSentence: Sentence
  /// A few words for the bottom line; nil: not hinted there.
  let hint: @Sendable (S) -> String?
  /// The key as the bottom line names it, where one name covers several rows.
  let label: String
  /// The commands of the panes that the row's keys are those of: where they were given other keys, the row has these.
  let follows: [String]
  /// The commands whose keys make the label; empty where it is the row's own.
  let labelled: [String]
  let weight: KeyWeight
  let applies: @Sendable (S) -> Bool
  let run: @Sendable (inout S, inout State) -> SheetStep

  init(
    _ keys: [Key], _ help: Sentence, hint: Sentence? = nil, label: String? = nil, weight: KeyWeight = .light,
    when applies: @escaping @Sendable (S) -> Bool = { _ in true }, as follows: [String] = [], labelled: [String] = [],
    run: @escaping @Sendable (inout S, inout State) -> SheetStep
  ) {
    self.init(
      keys, help, hinted: { _ in hint.map { localized($0) } }, label: label, weight: weight, when: applies, as: follows,
      labelled: labelled,
      run: run)
  }

  init(
    _ keys: [Key], _ help: Sentence, hinted hint: @escaping @Sendable (S) -> String?, label: String? = nil,
    weight: KeyWeight = .light, when applies: @escaping @Sendable (S) -> Bool = { _ in true },
    as follows: [String] = [], labelled: [String] = [],
    run: @escaping @Sendable (inout S, inout State) -> SheetStep
  ) {
    (self.follows, self.labelled) = (follows, labelled)
    self.keys = keys
    helpSentence = help
    self.hint = hint
    self.label = label ?? keys.first?.label ?? ""
    self.weight = weight
    self.applies = applies
    self.run = run
  }

  /// For the manual; goes on from the name of the key. Empty for keys that mean the same everywhere.
  var help: String { localized(helpSentence) }

  /// Words of the bottom line that belong to no key.
  static func saying(_ words: Sentence, when applies: @escaping @Sendable (S) -> Bool = { _ in true }) -> SheetKey {
    SheetKey([], "", hint: words, when: applies) { _, _ in .stay() }
  }

  /// The keys that move through a list, as in the panes.
  static func moving(
    spaceTurns: Bool = false, _ move: @escaping @Sendable (inout S, Step, State) -> Void
  ) -> [SheetKey] {
    func row(_ step: Step, _ command: String, _ keys: Key...) -> SheetKey {
      SheetKey(keys, "", as: [command]) { sheet, state in
        move(&sheet, step, state)
        return .stay()
      }
    }
    return [
      row(.line(1), "down", .down, .character("j")), row(.line(-1), "up", .up, .character("k")),
      row(.page(1), "page-down", .pageDown, .control("f"), spaceTurns ? .character(" ") : .pageDown),
      row(.page(-1), "page-up", .pageUp, .control("b")), row(.halfPage(1), "half-page-down", .control("d")),
      row(.halfPage(-1), "half-page-up", .control("u")), row(.first, "first", .home, .character("g")),
      row(.last, "last", .end, .character("G")),
    ]
  }

  /// The arrow keys alone, where letters are text.
  static func walking(
    hint: Sentence, also more: [(Key, Int)] = [], _ move: @escaping @Sendable (inout S, Int, inout State) -> [Effect]
  ) -> [SheetKey] {
    [(1, Key.down), (-1, Key.up)].map { lines, key in
      SheetKey(
        [key] + more.filter { $0.1 == lines }.map(\.0), "", hint: lines > 0 ? hint : nil, label: "↑↓"
      ) { sheet, state in .stay(move(&sheet, lines, &state)) }
    }
  }
}

extension SheetKey {
  /// Rows with the keys that they have while these commands have those: a key of a command gives way to its present ones.
  ///
  /// Rule:   what a sheet uses a key for itself goes before; a row that would lose its keys by that keeps its own, but never
  ///         one that means another row now. Digits choose a line by its number, so no row follows to one.
  static func following(_ bindings: KeyBindings, _ rows: [SheetKey<S>]) -> [(row: SheetKey<S>, keys: [Key])] {
    let chosen = bindings.chosen
    guard rows.contains(where: { !chosen.isDisjoint(with: $0.follows) }) else { return rows.map { ($0, $0.keys) } }
    /// The command whose keys take the place of a row's key; nil where it stays.
    func command(of key: Key, in row: SheetKey<S>) -> String? {
      row.follows.first { name in
        chosen.contains(name) && CommandTable.all.contains { $0.name == name && $0.keys.contains(key) }
      }
    }
    let own = Set(rows.flatMap { row in row.keys.filter { command(of: $0, in: row) == nil } })
    var isLost: [Bool] = []
    var found: [[Key]] = rows.map { row in
      var (keys, lost): ([Key], Bool) = ([], false)
      func add(_ key: Key) { if !keys.contains(key) { keys.append(key) } }
      for key in row.keys {
        guard let name = command(of: key, in: row) else {
          add(key)
          continue
        }
        let present = bindings.keys(of: name).filter { new in
          if let letter = new.letter, ("0"..."9").contains(letter) { return false }
          return row.keys.contains(new) && command(of: new, in: row) == nil || !own.contains(new)
        }
        present.forEach(add)
        if present.isEmpty { lost = true }
      }
      isLost.append(lost)
      return keys
    }
    let taken = Set(found.joined())
    for place in rows.indices where isLost[place] {
      found[place] += rows[place].keys.filter { !taken.contains($0) && !found[place].contains($0) }
    }
    return zip(rows, found).map { ($0, $1) }
  }

  /// The key as the bottom line names it.
  func label(_ bindings: KeyBindings, _ keys: [Key]) -> String {
    if !labelled.isEmpty { return labelled.map { bindings.shortLabel(of: $0) }.joined(separator: " ") }
    // Its own name for several rows, or for what it does not share with a command.
    return label == self.keys.first?.label ? keys.first?.label ?? "" : label
  }
}

extension Sheet {
  var activeKeys: [SheetKey<Self>] { Self.keys }
  mutating func type(_ key: Key, _ state: inout State) -> SheetStep { unused(key, &state) }
  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? { nil }
  mutating func settle(_ state: State) {}
  func hint(_ state: State) -> Piece? { nil }

  func row(for key: Key, _ bindings: KeyBindings) -> SheetKey<Self>? {
    shownRows(bindings).first { $0.keys.contains(key) }?.row
  }

  func weight(of key: Key, _ state: State) -> KeyWeight { row(for: key, state.keyBindings)?.weight ?? .light }

  mutating func take(_ key: Key, _ state: inout State) -> SheetStep {
    if let row = row(for: key, state.keyBindings) { return row.run(&self, &state) }
    return type(key, &state)
  }

  /// A letter that means nothing here is told to do nothing, so that nobody goes on typing.
  func unused(_ key: Key, _ state: inout State) -> SheetStep {
    guard key.letter != nil else { return .stay() }
    return .stay(state.say(.warned, localized("\(key.label) does nothing here: nothing was changed")))
  }

  /// The rows that apply now, each with the keys that it has.
  func shownRows(_ bindings: KeyBindings) -> [(row: SheetKey<Self>, keys: [Key])] {
    SheetKey.following(bindings, activeKeys.filter { $0.applies(self) })
  }

  /// Its keys for the manual, each with what it does.
  static func keyRows(_ bindings: KeyBindings) -> [(keys: String, help: String)] {
    var rows: [(keys: String, help: String)] = []
    for (row, keys) in SheetKey.following(bindings, keys) where !keys.isEmpty && !row.help.isEmpty {
      let names = keys.filter { $0.isShown || !row.keys.contains($0) }.map { "`\($0.label)`" }.joined(separator: " ")
      if !rows.contains(where: { $0 == (names, row.help) }) { rows.append((names, row.help)) }
    }
    return rows
  }

  static var keyLabels: [String] { keys.flatMap(\.keys).map(\.label) }

  /// The bottom line: its own words, or its keys.
  func hintPiece(_ state: State) -> Piece {
    if let own = hint(state) { return own }
    let hints = shownRows(state.keyBindings).compactMap { row, keys -> String? in
      // What has no key here any more is not hinted at; what never had one is words.
      if keys.isEmpty, !row.keys.isEmpty { return nil }
      return row.hint(self).map { words in
        let label = row.label(state.keyBindings, keys)
        return label.isEmpty ? words : label + " " + words
      }
    }
    return Piece(SafeText(hints.joined(separator: " · ")), .keyHint)
  }
}

/// A sheet with a list that shows, while something is typed into its find line, only what contains that.
protocol SearchableSheet: Sheet {
  /// The find line; nil while nothing is typed into it.
  var editor: LineEditor? { get set }
  mutating func find(_ text: String, _ state: State)
  mutating func move(_ step: Step, _ state: State)
}

extension SearchableSheet {
  /// The keys while something is typed into the find line, which stays open for letters that follow.
  static var findLineKeys: [SheetKey<Self>] {
    [
      .saying(Sentence("type to find")),
      SheetKey([.enter], Sentence("keep the shorter list"), hint: Sentence("keep")) { sheet, _ in
        sheet.editor = nil
        return .stay()
      },
      SheetKey([.escape, .control("c")], Sentence("cancel: the full list again"), hint: Sentence("cancel")) {
        sheet, state in
        sheet.editor = nil
        sheet.find("", state)
        return .stay()
      },
    ]
      + SheetKey.walking(hint: Sentence("move")) { sheet, lines, state in
        sheet.move(.line(lines), state)
        return []
      }
  }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    guard var line = editor else { return unused(key, &state) }
    if line.take(key) {
      editor = line
      find(line.text, state)
    }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    guard var line = editor else { return nil }
    line.insert(text)
    editor = line
    find(line.text, state)
    return .stay()
  }

  /// The find line, for the sheet's lower border.
  func findLine(columns: Int) -> Line? {
    editor.map {
      let label = SafeText(" \(localized("find")) ")
      return Line([
        Piece(label, .keyHint, .label, at: 0), .input($0, at: label.width, width: columns - 2 - label.width),
      ])
    }
  }
}

extension State {
  /// A key goes to the sheet. While it answers the sheet is not in the state; it goes back unless it closes.
  mutating func press(_ key: Key, in sheet: some Sheet) -> [Effect] {
    var sheet = sheet
    mode = .browsing
    return keep(sheet.take(key, &self), of: sheet)
  }

  /// Pasted text goes to the sheet; nil where it wants none.
  mutating func paste(_ text: String, into sheet: some Sheet) -> [Effect]? {
    var sheet = sheet
    let before = mode
    mode = .browsing
    guard let step = sheet.paste(text, &self) else {
      mode = before
      return nil
    }
    return keep(step, of: sheet)
  }

  private mutating func keep(_ step: SheetStep, of sheet: some Sheet) -> [Effect] {
    if step.stays { mode = sheet.mode }
    return step.effects
  }

  /// The open sheet stays inside what there is.
  mutating func settleSheet() {
    guard let sheet = mode.sheet else { return }
    settle(sheet)
  }

  private mutating func settle(_ sheet: some Sheet) {
    var sheet = sheet
    sheet.settle(self)
    mode = sheet.mode
  }
}

/// The position in a list that may be longer than the screen.
package struct ListPosition: Equatable, Sendable {
  package var cursor = 0
  /// The first line on the screen.
  package var top = 0

  package init() {}

  /// - Parameter rows: lines of the list on the screen.
  mutating func move(_ step: Step, rows: Int, count: Int) {
    cursor = State.moved(cursor, step, page: rows, count: count)
    settle(rows: rows, count: count)
  }

  /// Keeps the cursor on a line that is there, and on the screen.
  mutating func settle(rows: Int, count: Int) {
    cursor = max(0, min(cursor, count - 1))
    top = State.scrolled(top, to: cursor, rows: rows)
    top = max(0, min(top, count - rows))
  }
}
