import Filters
import Sentences
import TerminalIO
import TextCells

/// The saved views of everybody who works with the casebook, one's own first. A digit or Enter opens one.
package struct ViewsSheet: Sheet {
  /// Nil while they are being read.
  package var views: [SavedView]?
  /// One's own views before they were changed last, and what became of them.
  private var before: [SavedView]?
  var list = ListPosition()
  /// The name that is being typed; nil while none is.
  var editor: LineEditor?
  /// The view that is being renamed; nil: the name is for what is shown now.
  private var renaming: SavedView?

  static let name = "the saved views"
  var mode: Mode { .views(self) }
  var kind: Mode.Kind { editor == nil ? .views : .viewName }

  init(_ views: [SavedView]? = nil) { self.views = views }

  package static func == (a: ViewsSheet, b: ViewsSheet) -> Bool {
    a.views == b.views && a.list == b.list && a.editor == b.editor && a.before == b.before
      && a.renaming == b.renaming
  }

  // MARK: Its keys

  static let keys = listing + naming
  var activeKeys: [SheetKey<ViewsSheet>] { editor == nil ? Self.listing : Self.naming }

  private static let listing: [SheetKey<ViewsSheet>] =
    [
      SheetKey(
        [.enter, .right, .character("l")], Sentence("open the view"), hint: Sentence("open"),
        when: { $0.current != nil }, as: ["open"]
      ) {
        sheet, state in sheet.current.map { .close(state.open($0)) } ?? .stay()
      },
      SheetKey(
        [.character("a")], Sentence("save what is shown now under a name"), hint: Sentence("save this view"),
        weight: .opens
      ) {
        sheet, state in
        if let refusal = state.decidingBlocked { return .stay(state.say(.warned, refusal)) }
        (sheet.editor, sheet.renaming) = (LineEditor(), nil)
        return .stay()
      },
      SheetKey(
        [.character("s")], Sentence("save what is shown now in place of the view under the cursor, if it is yours"),
        hint: Sentence("save over it"), weight: .decides, when: { $0.current != nil }
      ) { .stay($0.replace(&$1)) },
      SheetKey(
        [.character("r")], Sentence("rename the view under the cursor, if it is yours"), hint: Sentence("rename"),
        weight: .opens, when: { $0.current != nil }
      ) { .stay($0.startRenaming(&$1)) },
      SheetKey(
        [.character("d"), .delete], Sentence("delete the view under the cursor, if it is yours"),
        hint: Sentence("delete"),
        weight: .decides,
        when: { $0.current != nil }
      ) { .stay($0.delete(&$1)) },
      SheetKey(
        [.character("u")], Sentence("bring back the views as they were before the last change"),
        hint: Sentence("bring back"), when: { $0.before != nil },
        as: ["undo"]
      ) {
        .stay($0.bringBack(&$1))
      },
      SheetKey(
        [.escape, .left, .character("h"), .character("q"), .character("'"), .control("c")], Sentence("close"),
        hint: Sentence("close"),
        as: ["from-detail", "quit", "views"]
      ) {
        _, _ in .close()
      },
    ] + digits + SheetKey.moving(spaceTurns: true) { sheet, step, state in sheet.move(step, state) }

  private static let digits: [SheetKey<ViewsSheet>] = (1...9).map { digit in
    SheetKey(
      [.character(Unicode.Scalar(UInt8(0x30 + digit)))],
      digit == 1 ? Sentence("to 9: open the view with that digit") : ""
    ) { sheet, state in
      guard let views = sheet.views, views.indices.contains(digit - 1) else {
        return .stay(state.say(.warned, localized("There is no view \(digit)")))
      }
      return .close(state.open(views[digit - 1]))
    }
  }

  private static let naming: [SheetKey<ViewsSheet>] = [
    .saying(Sentence("type a name"), when: { $0.editor != nil }),
    SheetKey(
      [.enter], Sentence("save the view under the name"), hint: Sentence("save"), weight: .decides,
      when: { $0.editor != nil }
    ) {
      .stay($0.save(&$1))
    },
    SheetKey([.escape, .control("c")], Sentence("save nothing"), hint: Sentence("cancel"), when: { $0.editor != nil }) {
      sheet, _ in
      sheet.editor = nil
      return .stay()
    },
  ]

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    guard editor != nil else { return unused(key, &state) }
    _ = editor?.take(key)
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    editor?.insert(text)
    return .stay()
  }

  // MARK: What they do

  var current: SavedView? {
    guard let views, views.indices.contains(list.cursor) else { return nil }
    return views[list.cursor]
  }

  private func own(_ state: State) -> [SavedView] { (views ?? []).filter { $0.analyst == state.analyst } }

  /// Longer names would be no names.
  private static let longestName = 60

  private mutating func save(_ state: inout State) -> [Effect] {
    guard let name = editor?.text.trimmed, !name.isEmpty else {
      return state.say(.warned, localized("Type a name for the view; Esc saves nothing"))
    }
    guard name.count <= Self.longestName else {
      return state.say(.warned, localized("A name has at most \(Self.longestName) characters"))
    }
    let old = renaming
    (editor, renaming) = (nil, nil)
    var mine = own(state)
    if let old {
      guard let place = mine.firstIndex(of: old), name != old.name else { return [] }
      if mine.contains(where: { $0.name == name }) {
        return state.say(.warned, localized("“\(name)” is the name of another view; nothing was changed"))
      }
      mine[place].name = name
      return keep(mine, localized("“\(old.name)” is called “\(name)” now"), &state)
    }
    if let same = mine.first(where: { $0.name == name }) { return replace(same, &state) }
    mine.append(state.currentView(named: name))
    return keep(mine, localized("Saved as “\(name)”; \(state.key("views")) and its digit open it"), &state)
  }

  /// Why the view under the cursor cannot be changed; nil where it can.
  private func refusal(_ state: State) -> String? {
    if let refusal = state.decidingBlocked { return refusal }
    guard let view = current, view.analyst != state.analyst else { return nil }
    return localized("This view is \(view.analyst)’s: only the analyst who saved it can change it")
  }

  private mutating func startRenaming(_ state: inout State) -> [Effect] {
    if let refusal = refusal(state) { return state.say(.warned, refusal) }
    (editor, renaming) = (current.map { LineEditor($0.name) }, current)
    return []
  }

  private mutating func replace(_ state: inout State) -> [Effect] {
    if let refusal = refusal(state) { return state.say(.warned, refusal) }
    return current.map { replace($0, &state) } ?? []
  }

  /// What is shown now takes the place of a view, under its name.
  private mutating func replace(_ view: SavedView, _ state: inout State) -> [Effect] {
    var mine = own(state)
    guard let place = mine.firstIndex(of: view) else { return [] }
    mine[place] = state.currentView(named: view.name)
    return keep(
      mine, localized("“\(view.name)” is now what is shown; \(state.key("undo")) brings the former one back"), &state)
  }

  private mutating func delete(_ state: inout State) -> [Effect] {
    if let refusal = refusal(state) { return state.say(.warned, refusal) }
    guard let view = current else { return [] }
    return keep(
      own(state).filter { $0 != view }, localized("“\(view.name)” is deleted; \(state.key("undo")) brings it back"),
      &state)
  }

  private mutating func bringBack(_ state: inout State) -> [Effect] {
    guard let before else { return [] }
    let effects = keep(before, localized("Your views are as they were before"), &state)
    self.before = nil
    return effects
  }

  private mutating func keep(_ mine: [SavedView], _ sentence: String, _ state: inout State) -> [Effect] {
    before = own(state)
    views = mine + (views ?? []).filter { $0.analyst != state.analyst }
    settle(state)
    return state.say(.info, sentence) + [.rememberViews(mine)]
  }

  private mutating func move(_ step: Step, _ state: State) {
    list.move(step, rows: Self.rows(state), count: views?.count ?? 0)
  }

  mutating func settle(_ state: State) { list.settle(rows: Self.rows(state), count: views?.count ?? 0) }

  private static func rows(_ state: State) -> Int { max(1, state.layout.middle.insideBorder.rows - 3) }

  // MARK: Its nodes

  func node(_ state: State, in room: Size) -> Node? {
    .sheet(SafeText(localized("Saved views")), in: room, columns: room.columns, rows: room.rows) { inside in
      let rows = max(1, inside.rows - 2)
      var nodes: [Node] = []
      if let views, !views.isEmpty {
        nodes = views.indices.dropFirst(list.top).prefix(rows).map { line($0, views[$0], width: inside.columns) }
      } else {
        let words =
          views == nil
          ? localized("being read …")
          : localized("None yet: press a to save the filter, the order and the panes as they are now")
        nodes = Node.wrapped(SafeText(words), .faint, width: inside.columns - 2, most: rows)
      }
      nodes += Array(repeating: .blank, count: max(0, rows - nodes.count))
      if let editor {
        let words = SafeText((renaming == nil ? localized("Save as:") : localized("New name:")) + " ")
        nodes.append(
          .line([
            Piece(words, .fieldName, .label, at: 1),
            .input(editor, at: 1 + words.width, width: max(1, inside.columns - words.width - 2)),
          ]))
      } else {
        let now = state.filter == .everything ? localized("(all listings)") : state.filter.text
        nodes.append(
          .text(SafeText(localized("now: \(now)")).clipped(to: inside.columns - 2), .faint, width: inside.columns - 2))
      }
      return nodes
    }
  }

  private func line(_ index: Int, _ view: SavedView, width: Int) -> Node {
    let isCursor = index == list.cursor && editor == nil
    let number = index < 9 ? "\(index + 1)" : " "
    let columns = ListColumns(
      [
        .init(heading: localized("name"), width: 24, rank: 0),
        .init(heading: localized("by", context: "heading of a column: who saved it"), width: 10, rank: 2),
        .init(heading: localized("order"), width: 12, rank: 3), .init(heading: localized("filter"), width: 20, rank: 1),
      ], in: width - 3)
    let filter = view.filterText.isEmpty ? localized("(all listings)") : view.filterText
    var pieces = columns.pieces([
      (SafeText(view.name), .text), (SafeText(view.analyst), .faint),
      (SafeText(view.sort == .file ? "" : view.sort.stored.replacing(" descending", with: " ↓")), .faint),
      (SafeText(filter), .text),
    ])
    for place in pieces.indices { pieces[place].column = (pieces[place].column ?? 0) + 3 }
    return .line(
      [Piece(SafeText(number), .keyName, at: 1)] + pieces, .row(index), on: isCursor ? .cursor : nil,
      hasCursor: isCursor)
  }
}

// MARK: - From the dashboard and back

extension State {
  /// Why there are no saved views to show; nil where there may be.
  var viewsBlocked: String? { casebook.isOpen ? nil : Self.casebookIsBeingRead }

  mutating func startViews() -> [Effect] {
    mode = .views(ViewsSheet())
    return [.findViews]
  }

  /// One's own views first, then those of others by their names.
  mutating func show(_ found: [SavedView]) -> [Effect] {
    guard case .views(var sheet) = mode else { return [] }
    let others = found.filter { $0.analyst != analyst }.sorted {
      Array($0.analyst.utf8).lexicographicallyPrecedes(Array($1.analyst.utf8))
    }
    sheet.views = found.filter { $0.analyst == analyst } + others
    sheet.settle(self)
    mode = .views(sheet)
    return []
  }

  /// What is shown now, under a name.
  func currentView(named name: String) -> SavedView {
    var view = SavedView(
      name: name, filterText: filter.text, sort: sort,
      panes: Dictionary(facets.chosen.map { ("\($0.key.rawValue)", $0.value) }) { first, _ in first },
      isZoomed: isZoomed, foldsCopies: folding.choice == true, analyst: analyst)
    view.columns = habits.columns
    return view
  }

  /// Has panes count what was stored, by the pane's digit; others count the first of their dimensions.
  mutating func choosePanes(_ panes: [String: String]) {
    facets.chosen = [:]
    for (digit, dimension) in panes {
      if let pane = Int(digit).flatMap(Pane.init(rawValue:)), Dimension[dimension] != nil {
        facets.chosen[pane] = dimension
      }
    }
  }

  /// Shows listings as a view has them. A filter that asks for what these files lack changes nothing.
  mutating func open(_ view: SavedView) -> [Effect] {
    let read: Filter
    do throws(FilterProblem) {
      read = try readFilter(view.filterText)
    } catch {
      if let effects = awaitList(error, for: view.filterText) { return effects }
      return say(.warned, localized("“\(view.name)” cannot be used here: \(sentence(error))"))
    }
    choosePanes(view.panes)
    isZoomed = view.isZoomed && !focus.isFacet
    habits.columns = view.columns
    sort = view.sort
    (returning.listing, returning.row, returning.filterText) = (nil, nil, nil)
    rangeAnchor = nil
    returning.origin = table.row ?? returning.origin
    returning.beginning = .awaited
    filter = read
    folding.choice = view.foldsCopies ? true : nil
    relistFacets()
    keepCursorVisible()
    return say(.info, localized("View “\(view.name)”")) + evaluate() + [.remember(position)]
  }
}
