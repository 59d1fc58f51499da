import Filters
import TerminalIO

// The commands, by what they are for.

let facetPanes: Set<Pane> = valuePanes.union([.price])
let valuePanes: Set<Pane> = [.platform, .species, .seller, .term, .risk]
/// Panes that several dimensions share.
let panesOfSeveralDimensions = valuePanes.filter { pane in
  pane.slot.map { Dimension.inPane($0).count > 1 } ?? false
}
let listingPanes: Set<Pane> = [.listings, .detail]

private func needsListing(_ state: State) -> String? {
  state.table.row == nil ? state.soFar("No listing is shown") : nil
}
/// Whether the listing can be decided.
private func needsDecidable(_ state: State) -> String? { state.decidingBlocked ?? needsListing(state) }
private func needsMarks(_ state: State) -> String? {
  guard state.marked.isEmpty else { return nil }
  let (mark, range, all) = (state.key("mark"), state.key("range"), state.key("mark-all"))
  return "Nothing is marked; \(mark) marks a listing, \(range) a range, \(all) all shown"
}

extension CommandTable {
  static let deciding: [Command] = [
    Command(
      "confirm", [.character("c"), .character("с")], .deciding, "confirmed match to criteria, on to the next undecided",
      hint: "confirm", rank: 0, in: listingPanes, weight: .verdict, blocked: needsDecidable
    ) { $0.decide(.confirmed) },
    Command(
      "false-positive", [.character("x"), .character("ч")], .deciding, "false positive, on to the next undecided",
      hint: "false positive", rank: 0, in: listingPanes, weight: .verdict, blocked: needsDecidable
    ) { $0.decide(.falsePositive) },
    Command(
      "unsure", [.character("s"), .character("ы")], .deciding, "unsure, on to the next undecided", hint: "unsure",
      rank: 0, in: listingPanes, weight: .verdict, blocked: needsDecidable
    ) { $0.decide(.unsure) },
    Command(
      "reason", [.character("r")], .deciding, "false positive with a reason, from a list", in: listingPanes,
      weight: .opens, blocked: needsDecidable
    ) { $0.startReason() },
    Command(
      "identify", [.character("i")], .deciding,
      "confirmed, with how certain the species is, from a list: certain, probable, possible, unidentifiable",
      in: listingPanes, weight: .opens, blocked: { needsDecidable($0) ?? $0.identifyingBlocked }
    ) { $0.startCertainty() },
    Command(
      "clear-verdict", [.backspace], .deciding, "withdraw the verdict: unreviewed again", in: listingPanes,
      weight: .decides, blocked: needsDecidable
    ) { $0.decide(nil) },
    Command(
      "keep-verdict", [.character("K")], .deciding,
      "keep the verdict of a listing that changed since (~), on to the next", in: listingPanes, weight: .verdict,
      blocked: { $0.decidingBlocked ?? $0.keepingBlocked }
    ) { $0.keepVerdict() },
    Command(
      "note", [.character("n"), .character("e")], .deciding, "write a note on the listing", hint: "note", rank: 1,
      in: [.listings], weight: .opens, blocked: needsDecidable
    ) { $0.startNote() },
    Command(
      "note-here", [.character("e")], .deciding, "write a note on the listing that is read", hint: "note", rank: 1,
      in: [.detail], weight: .opens, blocked: needsDecidable
    ) { $0.startNote() },
    Command(
      "describe", [.character("d")], .deciding,
      "describe the listing in codes: how certain the species, offer, quantity, documents, grading, CITES codes",
      in: listingPanes, weight: .opens, blocked: needsDecidable
    ) { $0.startDescription() },
    Command(
      "describe-marked", [.character("D")], .deciding, "describe all marked listings at once", in: listingPanes,
      weight: .opens, blocked: { $0.decidingBlocked ?? needsMarks($0) }
    ) { $0.startDescriptionOfMarked() },
    Command(
      "tags", [.character("t")], .deciding, "tag the listing, or all marked ones, with words of your team's own",
      in: listingPanes,
      weight: .opens, blocked: needsDecidable
    ) { $0.startTags() },
    Command(
      "repeat", [.character(".")], .deciding, "decide as you decided last, reason included", in: listingPanes,
      weight: .verdict, blocked: { needsDecidable($0) ?? $0.repeatingBlocked }
    ) { $0.repeatDecision() },
    Command(
      "trail", [.character("H")], .deciding, "your last decisions: see them, and go back to one",
      blocked: { $0.trail.isEmpty ? "Nothing was decided yet since the program was started" : nil }
    ) { $0.startTrail() },
    Command(
      "evidence", [.character("E")], .deciding, "the listing's files: attach one, see what was attached",
      in: listingPanes,
      weight: .opens, blocked: { $0.casesBlocked ?? needsListing($0) }
    ) { $0.startEvidence() },
    Command(
      "undo", [.character("u")], .deciding, "undo, and go back to the listing", hint: "undo", rank: 1, weight: .decides,
      blocked: { $0.decidingBlocked }
    ) { $0.undo() },
    Command(
      "redo", [.character("U"), .control("r")], .deciding, "redo", weight: .decides,
      blocked: { $0.decidingBlocked }
    ) { $0.redo() },
    Command(
      "mark", [.character(" ")], .deciding, "mark the listing, or the range that was begun", hint: "mark",
      in: listingPanes, weight: .marks, blocked: needsListing
    ) { $0.toggleMark() },
    Command(
      "range", [.character("v")], .deciding, "begin a range; again: mark it", in: listingPanes, weight: .marks,
      blocked: needsListing
    ) { $0.startRange() },
    Command(
      "mark-all", [.character("*")], .deciding, "mark all listings shown; again: take the marks off",
      weight: .marks, blocked: needsListing
    ) { $0.markAllShown() },
    Command(
      "mark-copies", [.character("=")], .deciding,
      "mark the listings shown that are the same advert; again: take the marks off", in: listingPanes, weight: .marks,
      blocked: { $0.copiesBlocked }
    ) { $0.markCopies() },
    Command(
      "open-line", [.character("o")], .deciding,
      "open a line in place: copies of an advert, or earlier sightings of a listing; again: close it",
      in: listingPanes, blocked: { $0.openingBlocked }
    ) { $0.toggleLine() },
    Command(
      "unmark-all", [], .deciding, "take all marks off", weight: .marks, blocked: needsMarks
    ) { $0.unmarkAll() },
    Command(
      "decide-marked", [.character(";")], .deciding, "one verdict for all marked listings: asks, names the count",
      weight: .opens, blocked: { $0.decidingBlocked ?? needsMarks($0) }
    ) { $0.startBulk() },
  ]

  static let finding: [Command] = [
    Command(
      "filter", [.character("/")], .finding, "filter as you type; the facet choices are part of it", hint: "filter",
      rank: 1
    ) {
      $0.startFilter()
    },
    Command(
      "clear-filter", [.character("0")], .finding, "clear the filter",
      blocked: { $0.filter.clauses.isEmpty ? "There is no filter" : nil }
    ) { $0.set(.everything) },
    Command(
      "queue", [.character("w")], .finding,
      "what is to be decided, to ask again and by risk, copies as one line; again: all listings in file order",
      hint: "to decide", rank: 2
    ) { $0.toggleQueue() },
    Command(
      "disagreements", [.character("W")], .finding,
      "what analysts disagree on (≠): a verdict settles it; again: everything", blocked: { $0.disagreementsBlocked }
    ) { $0.toggleDisagreements() },
    Command(
      "fold-copies", [.character("O")], .finding,
      "one line for the copies of an advert, as in the queue; again: a line for each listing",
      blocked: { $0.dataset.rowCount == 0 ? $0.soFar("No listing is shown") : nil }
    ) { $0.toggleFolding() },
    Command(
      "every-row", [], .finding, "a line for every row, also where several are of one listing; again: for each listing",
      blocked: { $0.everyRowBlocked }
    ) { $0.toggleEveryRow() },
    Command(
      "views", [.character("'")], .finding, "saved views: open one, or save what is shown under a name", weight: .opens,
      blocked: { $0.viewsBlocked }
    ) { $0.startViews() },
    Command("sort", [.character("S")], .finding, "sort the listings by …, and show the first") { $0.startSort() },
    Command(
      "same-seller", [.character("m")], .finding,
      "more by this seller: only listings under the alias; again: all sellers",
      in: listingPanes,
      blocked: { state in
        guard let row = state.table.row else { return state.soFar("No listing is shown") }
        return state.dataset.shownText(of: .sellerAlias, at: row).isEmpty ? "The listing names no seller" : nil
      }
    ) { state in
      guard let row = state.table.row else { return [] }
      let alias = state.dataset.shownText(of: .sellerAlias, at: row)
      // The listing is kept under the cursor.
      return state.set(state.filter.toggling(alias, in: .sellerAlias))
    },
    Command(
      "explain", [.character("Y")], .finding,
      "why is this here: what of the filter, the risk and the verdict holds for the listing", in: listingPanes,
      blocked: needsListing
    ) { $0.startExplaining() },
    Command(
      "week-chart", [.character("F")], .finding, "week by week: a chart of the listings shown, by verdict",
      blocked: { $0.dataset.rowCount == 0 ? $0.soFar("No listing is shown") : nil }
    ) { $0.startWeekChart() },
    Command(
      "filter-history", [], .finding, "the filters that you used before (^R in the filter line)",
      blocked: { $0.habits.filters.isEmpty ? "No filter was typed yet" : nil }
    ) { $0.startFilterHistory() },
    Command(
      "table-columns", [.character("A")], .finding, "arrange the table: choose, move and widen its columns",
      blocked: { $0.dataset.rowCount == 0 ? $0.soFar("No listing is shown") : nil }
    ) { $0.startTableColumns() },
    Command(
      "came-from", [.character("b")], .finding, "back to where you were before a new order or jump",
      blocked: {
        $0.returning.origin == nil && $0.returning.aside == nil
          ? "There was no new order and no jump yet: there is nothing to go back to" : nil
      }
    ) { $0.goToWhereItWas() },
    Command(
      "next-hit", [.character("n")], .finding, "to the next code word in the listing", hint: "next hit", rank: 1,
      in: [.detail], blocked: { $0.hitsBlocked }
    ) { $0.goToHit(1) },
    Command(
      "previous-hit", [.character("N")], .finding, "to the code word before", in: [.detail],
      blocked: { $0.hitsBlocked }
    ) { $0.goToHit(-1) },
    Command(
      "lens", [.character("V")], .finding, "the lens: show what the text hides, or leave it as it is",
      in: listingPanes, blocked: needsListing
    ) { $0.toggleLens() },
    Command(
      "add-word", [.character("a")], .finding, "add a word of the listing to your own lexicon", in: listingPanes,
      weight: .opens, blocked: needsListing
    ) { $0.startAddingWord() },
    Command(
      "undecided", [.character("N")], .finding, "go to the next undecided listing",
      in: facetPanes.union([.listings]), blocked: needsListing
    ) { state in
      state.goToNextUndecided()
      return []
    },
  ]

  static let facets: [Command] = [
    Command(
      "choose", [.enter, .character(" ")], .facets, "select the value, or unselect it; in prices start or keep a range",
      hint: "choose", rank: 0, in: facetPanes
    ) {
      $0.toggleValue()
    },
    Command(
      "exclude", [.character("-")], .facets, "exclude the value, or let it be", hint: "exclude", rank: 0,
      in: valuePanes
    ) {
      $0.excludeValue()
    },
    Command(
      "clear-facet", [.backspace], .facets, "clear this pane's part of the filter", hint: "clear", rank: 0,
      in: facetPanes
    ) {
      $0.clearFacet()
    },
    Command(
      "find-value", [.character("f")], .facets, "type to find a value in the pane", hint: "find", rank: 0,
      in: valuePanes
    ) {
      $0.startFinding()
    },
    Command(
      "count-by-any", [.character("B")], .facets,
      "break down by anything: choose what the pane counts, any column of the files included",
      blocked: { $0.dataset.rowCount == 0 ? $0.soFar("No listing is shown") : nil }
    ) { $0.startCountingBy() },
    Command(
      "count-by", [.character("T")], .facets,
      "count by what the pane has next: ranks and CITES appendix, country, currency, verdict, contact, shipping",
      hint: "count by",
      rank: 1, in: panesOfSeveralDimensions, blocked: \.countingOtherwiseBlocked
    ) { $0.countByNextDimension() },
    Command(
      "value-order", [.character("o")], .facets,
      "sort the values: by count, name, newest listing, left to decide, share confirmed", hint: "order", rank: 2,
      in: valuePanes
    ) { $0.sortValues() },
    Command(
      "range-from", [.character("<"), .character("[")], .facets, "the price range begins at this band", hint: "from",
      rank: 0, in: [.price]
    ) { $0.setPriceEnd(.low) },
    Command(
      "range-to", [.character(">"), .character("]")], .facets, "the price range ends with this band", hint: "to",
      rank: 0, in: [.price]
    ) { $0.setPriceEnd(.high) },
    Command(
      "zoom-prices", [.character("+")], .facets, "finer bands: of the range in force, or around the band",
      hint: "finer",
      rank: 1, in: [.price]
    ) { $0.zoomPrices() },
    Command(
      "unzoom-prices", [.character("-")], .facets, "all prices again, in bands of the usual width", in: [.price]
    ) { $0.showAllPrices() },
    Command(
      "price-currency", [.character("T")], .facets, "show the bands in the next currency of the listings",
      hint: "currency", rank: 1, in: [.price]
    ) { $0.showPricesInNextCurrency() },
    Command(
      "price-down", [.left, .character("h")], .facets, "to the lower prices; moves the end of a range that was begun",
      in: [.price]
    ) {
      $0.movePrice(-1)
    },
    Command(
      "price-up", [.right, .character("l")], .facets, "to the higher prices; moves the end of a range that was begun",
      in: [.price]
    ) {
      $0.movePrice(1)
    },
  ]

  static let moving: [Command] = [
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
    Command("term-pane", [.character("7")], .moving, "terms of the lexicons", blocked: \.flagsBlocked) {
      $0.focus(on: .term)
    },
    Command("risk-pane", [.character("8")], .moving, "bands of risk", blocked: \.flagsBlocked) {
      $0.focus(on: .risk)
    },
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

  static let handingOver: [Command] = [
    Command(
      "packet", [.character("P")], .handingOver, "write a packet of the marked, else of all confirmed listings",
      hint: "packet",
      weight: .opens,
      blocked: \.packetBlocked
    ) { $0.startPacket() },
    Command(
      "cases", [.character("C")], .handingOver,
      "what became of the packets: who has them, what happened last, which listings are gone", weight: .opens,
      blocked: { $0.casesBlocked }
    ) { $0.startCases() },
    Command(
      "copy", [.character("y")], .handingOver, "copy the listing's URL, or its key, to the clipboard (OSC 52)",
      blocked: needsListing
    ) { state in
      guard let row = state.table.row else { return [] }
      let url = state.dataset.shownText(of: .url, at: row)
      if !url.isEmpty { return [.copy(url.withoutControls)] }
      return [.copy(state.snapshot.key(of: row).text, remark: "It has no address, so its key is taken. ")]
    },
  ]

  static let program: [Command] = [
    Command("help", [.character("?"), .function(1)], .program, "keys of this pane", hint: "help", rank: 3) { state in
      state.mode = .help(HelpSheet())
      return []
    },
    Command(
      "problems", [.character("p")], .program, "what could not be read, by kind, with file and line",
      blocked: \.problemsBlocked
    ) { $0.startProblems() },
    Command(
      "reopen", [.character("R")], .program, "read the files again, as when one grew: filter, marks and position stay",
      blocked: { state in
        if !state.loading.isComplete { return "The files are still being read" }
        return state.session.isRereading ? "The files are being read again already" : nil
      }
    ) { $0.reread() },
    Command(
      "columns", [.character("M")], .program, "which column is which field: see it, change it, have it remembered",
      weight: .opens,
      blocked: { state in
        if state.session.isRereading { return "The files are just being read again" }
        return state.dataset.sources.isEmpty ? "No file is open yet" : nil
      }
    ) { $0.startColumns() },
    Command(
      "lexicons", [.character("L")], .program, "the lexicons: what each finds, its terms, switch it on or off",
      weight: .opens, blocked: { $0.lexiconsBlocked }
    ) { $0.startLexicons() },
    Command(
      "rescue", [], .program, "file what is not saved into a casebook that you name, and go on with that",
      blocked: { $0.rescueBlocked }
    ) { $0.startRescue() },
    Command("commands", [.character(":")], .program, "find a command by its name") { state in
      state.mode = .palette(PaletteSheet())
      return []
    },
    Command("theme", [], .program, "another theme, until you leave", blocked: \.themesBlocked) { $0.startThemes() },
    Command("redraw", [.control("l")], .program, "draw the screen again") { _ in [.redraw] },
    Command("suspend", [.control("z")], .program, "to the shell and back with fg") { _ in [.suspend] },
    Command(
      "quit", [.character("q"), .control("c")], .program, "quit, after everything is on disk", hint: "quit", rank: 3,
      weight: .leaves
    ) {
      $0.leave()
    },
  ]
}
