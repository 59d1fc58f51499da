import TerminalIO

/// A named act with its keys and help. The table of commands is the one source for keys, hints, help sheet, palette,
/// `linsang keys` and the key table in README.
package struct Command: Sendable {
  package enum Group: String, CaseIterable, Sendable {
    case deciding = "Deciding"
    case finding = "Finding"
    case facets = "In a facet pane"
    case moving = "Moving"
    case handingOver = "Handing over"
    case program = "Program"
  }

  /// For the palette: `confirm`, `sort`.
  package let name: String
  package let keys: [Key]
  package let help: String
  /// One or two words for the hint line; nil: not hinted.
  package let hint: String?
  package let group: Group
  /// The panes in which the keys mean this; empty: all.
  package let panes: Set<Pane>
  /// Why the command does not apply now; nil: it does.
  package let blocked: @Sendable (State) -> String?
  let run: @Sendable (inout State) -> [Effect]

  init(
    _ name: String, _ keys: [Key], _ group: Group, _ help: String, hint: String? = nil, in panes: Set<Pane> = [],
    blocked: @escaping @Sendable (State) -> String? = { _ in nil },
    run: @escaping @Sendable (inout State) -> [Effect]
  ) {
    self.name = name
    self.keys = keys
    self.group = group
    self.help = help
    self.hint = hint
    self.panes = panes
    self.blocked = blocked
    self.run = run
  }

  package func applies(in pane: Pane) -> Bool { panes.isEmpty || panes.contains(pane) }
}

/// All commands.
package enum CommandTable {
  package static let all: [Command] = deciding + finding + facets + moving + handingOver + program

  /// The command of a key in a pane.
  package static func command(for key: Key, in pane: Pane) -> Command? {
    all.first { $0.applies(in: pane) && $0.keys.contains(key) }
  }

  /// Commands whose name or help holds every typed word, those beginning with the text first.
  package static func matching(_ text: String, in pane: Pane) -> [Command] {
    let words = text.lowercased().split(separator: " ")
    let found = all.filter { command in
      let haystack = (command.name + " " + command.help).lowercased()
      return command.applies(in: pane) && words.allSatisfy { haystack.contains($0) }
    }
    guard let first = words.first else { return found }
    return found.filter { $0.name.hasPrefix(first) } + found.filter { !$0.name.hasPrefix(first) }
  }
}

let facetPanes: Set<Pane> = [.platform, .species, .price, .seller]
let valuePanes: Set<Pane> = [.platform, .species, .seller]
let listingPanes: Set<Pane> = [.listings, .detail]

private func needsListing(_ state: State) -> String? { state.table.row == nil ? "No listing is shown" : nil }
private func needsMarks(_ state: State) -> String? {
  state.marked.isEmpty ? "Nothing is marked; Space marks a listing, v a range, * all shown" : nil
}

extension CommandTable {
  private static let deciding: [Command] = [
    Command(
      "confirm", [.character("c"), .character("с")], .deciding, "confirmed match to criteria, on to the next undecided",
      hint: "confirm", in: listingPanes, blocked: needsListing
    ) { $0.decide(.confirmed) },
    Command(
      "false-positive", [.character("x"), .character("ч")], .deciding, "false positive, on to the next undecided",
      hint: "false positive", in: listingPanes, blocked: needsListing
    ) { $0.decide(.falsePositive) },
    Command(
      "unsure", [.character("s"), .character("ы")], .deciding, "unsure, on to the next undecided", hint: "unsure",
      in: listingPanes, blocked: needsListing
    ) { $0.decide(.unsure) },
    Command(
      "reason", [.character("r")], .deciding, "false positive with a reason, from a list", in: listingPanes,
      blocked: needsListing
    ) { $0.startReason() },
    Command(
      "clear-verdict", [.backspace], .deciding, "take the verdict back: unreviewed again", in: listingPanes,
      blocked: needsListing
    ) { $0.decide(nil) },
    Command(
      "note", [.character("n")], .deciding, "write a note on the listing", hint: "note", in: listingPanes,
      blocked: needsListing
    ) { $0.startNote() },
    Command("undo", [.character("u")], .deciding, "undo, and go back to the listing", hint: "undo") { $0.undo() },
    Command("redo", [.character("U"), .control("r")], .deciding, "redo") { $0.redo() },
    Command(
      "mark", [.character(" ")], .deciding, "mark the listing, or the range that was begun", hint: "mark",
      in: listingPanes, blocked: needsListing
    ) { $0.toggleMark() },
    Command(
      "range", [.character("v")], .deciding, "begin a range; again: mark it", in: listingPanes, blocked: needsListing
    ) { $0.startRange() },
    Command(
      "mark-all", [.character("*")], .deciding, "mark all listings shown; again: take the marks off",
      blocked: needsListing
    ) { $0.markAllShown() },
    Command(
      "unmark-all", [], .deciding, "take all marks off", blocked: needsMarks
    ) { state in
      state.marked = .init(noneOf: state.dataset.rowCount)
      return state.say(.told, "No listing is marked")
    },
    Command(
      "decide-marked", [.character(";")], .deciding, "one verdict for all marked listings: asks, names the count",
      blocked: needsMarks
    ) { $0.startBulk() },
  ]

  private static let finding: [Command] = [
    Command(
      "filter", [.character("/")], .finding, "filter as you type; the facet choices are part of it", hint: "filter"
    ) {
      $0.startFilter()
    },
    Command(
      "clear-filter", [.character("0")], .finding, "take the whole filter away",
      blocked: { $0.filter.clauses.isEmpty ? "There is no filter" : nil }
    ) { $0.set(.everything) },
    Command("sort", [.character("S")], .finding, "sort the listings by …") { $0.startSort() },
    Command(
      "undecided", [.character("N")], .finding, "go to the next undecided listing", blocked: needsListing
    ) { state in
      state.goToNextUndecided()
      return []
    },
  ]

  private static let facets: [Command] = [
    Command(
      "choose", [.enter, .character(" ")], .facets, "choose the value, or let it go", hint: "choose", in: facetPanes
    ) {
      $0.toggleValue()
    },
    Command("exclude", [.character("-")], .facets, "exclude the value, or let it be", hint: "exclude", in: facetPanes) {
      $0.excludeValue()
    },
    Command("clear-facet", [.backspace], .facets, "clear this pane's part of the filter", hint: "clear", in: facetPanes)
    {
      $0.clearFacet()
    },
    Command("find-value", [.character("f")], .facets, "type to find a value in the pane", hint: "find", in: valuePanes)
    {
      $0.startFinding()
    },
    Command("price-down", [.left, .character("h")], .facets, "move in the price bands", in: [.price]) {
      $0.movePrice(-1)
    },
    Command("price-up", [.right, .character("l")], .facets, "move in the price bands", in: [.price]) {
      $0.movePrice(1)
    },
  ]

  private static let moving: [Command] = [
    Command("down", [.down, .character("j")], .moving, "one down") { $0.move(.line(1)) },
    Command("up", [.up, .character("k")], .moving, "one up") { $0.move(.line(-1)) },
    Command("page-down", [.pageDown, .control("f")], .moving, "a page down") { $0.move(.page(1)) },
    Command("page-up", [.pageUp, .control("b")], .moving, "a page up") { $0.move(.page(-1)) },
    Command("half-page-down", [.control("d")], .moving, "half a page down") { $0.move(.halfPage(1)) },
    Command("half-page-up", [.control("u")], .moving, "half a page up") { $0.move(.halfPage(-1)) },
    Command("first", [.character("g"), .home], .moving, "first") { $0.move(.first) },
    Command("last", [.character("G"), .end], .moving, "last") { $0.move(.last) },
    Command("next-pane", [.tab], .moving, "next pane", hint: "pane") { $0.focusNext(1) },
    Command("previous-pane", [.backTab], .moving, "previous pane") { $0.focusNext(-1) },
    Command("platform-pane", [.character("1")], .moving, "platforms") { $0.focus(on: .platform) },
    Command("species-pane", [.character("2")], .moving, "species") { $0.focus(on: .species) },
    Command("price-pane", [.character("3")], .moving, "prices") { $0.focus(on: .price) },
    Command("seller-pane", [.character("4")], .moving, "seller aliases") { $0.focus(on: .seller) },
    Command("listings-pane", [.character("5")], .moving, "listings") { $0.focus(on: .listings) },
    Command("detail-pane", [.character("6")], .moving, "the listing in full") { $0.focus(on: .detail) },
    Command("open", [.enter, .right, .character("l")], .moving, "the listing in full", in: [.listings]) {
      $0.focus(on: .detail)
    },
    Command("to-facets", [.left, .character("h")], .moving, "to the facet panes", in: [.listings]) {
      $0.focus(on: .platform)
    },
    Command("to-listings", [.right, .character("l")], .moving, "to the listings", in: valuePanes) {
      $0.focus(on: .listings)
    },
    Command("from-detail", [.left, .character("h")], .moving, "back to the listings", in: [.detail]) {
      $0.focus(on: .listings)
    },
    Command("zoom", [.character("z")], .moving, "hide or show the facet panes") { state in
      state.isZoomed.toggle()
      if state.isZoomed, state.focus.isFacet { state.focus = .listings }
      state.keepCursorVisible()
      return []
    },
    Command("back", [.escape], .moving, "one level back: range, price range, facet, detail") { $0.goBack() },
  ]

  private static let handingOver: [Command] = [
    Command(
      "packet", [.character("P")], .handingOver, "write a packet of the marked, else of the confirmed listings",
      hint: "packet",
      blocked: { $0.packetRows.rows.isEmpty ? "No listing is confirmed or marked yet: nothing to hand over" : nil }
    ) { $0.startPacket() },
    Command(
      "copy", [.character("y")], .handingOver, "copy the listing's URL, or its key, to the clipboard (OSC 52)",
      blocked: needsListing
    ) { state in
      guard let row = state.table.row else { return [] }
      let url = state.dataset.text(of: .url, at: row)
      return [.copy(url.isEmpty ? state.dataset.key(at: row).text : url)]
    },
  ]

  private static let program: [Command] = [
    Command("help", [.character("?"), .function(1)], .program, "keys of this pane", hint: "help") { state in
      state.mode = .readingHelp(top: 0)
      return []
    },
    Command(
      "problems", [.character("p")], .program, "what could not be read, with file and line",
      blocked: { $0.problemCount == 0 ? "Everything could be read: there are no problems" : nil }
    ) { state in
      state.mode = .readingProblems(top: 0)
      return []
    },
    Command("commands", [.character(":")], .program, "find a command by its name") { state in
      state.mode = .palette(LineEditor(), cursor: 0)
      return []
    },
    Command("redraw", [.control("l")], .program, "draw the screen anew") { _ in [.redraw] },
    Command("suspend", [.control("z")], .program, "to the shell and back with fg") { _ in [.suspend] },
    Command("quit", [.character("q"), .control("c")], .program, "quit; every verdict is already on disk", hint: "quit")
    {
      $0.leave()
    },
  ]
}

extension State {
  /// One level back, as Esc does.
  mutating func goBack() -> [Effect] {
    if rangeAnchor != nil {
      rangeAnchor = nil
    } else if pricePlace.anchor != nil {
      pricePlace.anchor = nil
    } else if let field = focus.facetField, facetPlaces[field]?.find.isEmpty == false {
      facetPlaces[field]?.find = ""
    } else if focus != .listings {
      return focus(on: .listings)
    } else if isZoomed {
      isZoomed = false
      keepCursorVisible()
    } else if !filter.clauses.isEmpty {
      notice = Notice(.told, "0 takes the filter away")
    }
    return []
  }
}
