import Filters
import Sentences
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
  state.table.row == nil ? state.soFar(localized("No listing is shown")) : nil
}
/// Whether the listing can be decided.
private func needsDecidable(_ state: State) -> String? { state.decidingBlocked ?? needsListing(state) }
private func needsMarks(_ state: State) -> String? {
  // What is asked for in a range that was begun is for the range.
  guard state.marked.isEmpty, state.rangeAnchor == nil else { return nil }
  let (mark, range, all) = (state.key("mark"), state.key("range"), state.key("mark-all"))
  return localized("Nothing is marked; \(mark) marks a listing, \(range) a range, \(all) all shown")
}

extension CommandTable {
  static let deciding: [Command] = [
    Command(
      "confirm", [.character("c"), .character("с")], .deciding,
      Sentence("confirmed match to criteria, on to the next undecided"),
      hint: Sentence("confirm"), rank: 0, in: listingPanes, weight: .verdict, blocked: needsDecidable
    ) { $0.decide(.confirmed) },
    Command(
      "false-positive", [.character("x"), .character("ч")], .deciding,
      Sentence("false positive, on to the next undecided"),
      hint: Sentence("false positive"), rank: 0, in: listingPanes, weight: .verdict, blocked: needsDecidable
    ) { $0.decide(.falsePositive) },
    Command(
      "unsure", [.character("s"), .character("ы")], .deciding, Sentence("unsure, on to the next undecided"),
      hint: Sentence("unsure"),
      rank: 0, in: listingPanes, weight: .verdict, blocked: needsDecidable
    ) { $0.decide(.unsure) },
    Command(
      "reason", [.character("r")], .deciding, Sentence("false positive with a reason, from a list"), in: listingPanes,
      weight: .opens, blocked: needsDecidable
    ) { $0.startReason() },
    Command(
      "identify", [.character("i")], .deciding,
      Sentence("confirmed, with how certain the species is, from a list: certain, probable, possible, unidentifiable"),
      in: listingPanes, weight: .opens, blocked: { needsDecidable($0) ?? $0.identifyingBlocked }
    ) { $0.startCertainty() },
    Command(
      "clear-verdict", [.backspace], .deciding, Sentence("withdraw the verdict: unreviewed again"), in: listingPanes,
      weight: .decides, blocked: needsDecidable
    ) { $0.decide(nil) },
    Command(
      "keep-verdict", [.character("K")], .deciding,
      Sentence("keep the verdict of a listing that changed since (~), on to the next"), in: listingPanes,
      weight: .verdict,
      blocked: { $0.decidingBlocked ?? $0.keepingBlocked }
    ) { $0.keepVerdict() },
    Command(
      "note", [.character("n"), .character("e")], .deciding, Sentence("write a note on the listing"),
      hint: Sentence("note"), rank: 1,
      in: [.listings], weight: .opens, blocked: needsDecidable
    ) { $0.startNote() },
    Command(
      "note-here", [.character("e")], .deciding, Sentence("write a note on the open listing"),
      hint: Sentence("note"), rank: 1,
      in: [.detail], weight: .opens, blocked: needsDecidable
    ) { $0.startNote() },
    Command(
      "describe", [.character("d")], .deciding,
      Sentence(
        "describe the listing in codes: how certain the species, offer, quantity, documents, grading, CITES codes"),
      in: listingPanes, weight: .opens, blocked: needsDecidable
    ) { $0.startDescription() },
    Command(
      "describe-marked", [.character("D")], .deciding, Sentence("describe all marked listings at once"),
      in: listingPanes,
      weight: .opens, blocked: { $0.decidingBlocked ?? needsMarks($0) }
    ) { $0.startDescriptionOfMarked() },
    Command(
      "tags", [.character("t")], .deciding,
      Sentence("tag the listing, or all marked ones, with words of your team's own"),
      in: listingPanes,
      weight: .opens, blocked: needsDecidable
    ) { $0.startTags() },
    Command(
      "repeat", [.character(".")], .deciding, Sentence("decide as you decided last, reason included"), in: listingPanes,
      weight: .verdict, blocked: { needsDecidable($0) ?? $0.repeatingBlocked }
    ) { $0.repeatDecision() },
    Command(
      "trail", [.character("H")], .deciding, Sentence("your last decisions: see them, and go back to one"),
      blocked: { $0.trail.isEmpty ? localized("Nothing has been decided since the program started") : nil }
    ) { $0.startTrail() },
    Command(
      "evidence", [.character("E")], .deciding, Sentence("the listing's files: attach one, see what was attached"),
      in: listingPanes,
      weight: .opens, blocked: { $0.casesBlocked ?? needsListing($0) }
    ) { $0.startEvidence() },
    Command(
      "undo", [.character("u")], .deciding, Sentence("undo, and go back to the listing"), hint: Sentence("undo"),
      rank: 1, weight: .decides,
      blocked: { $0.decidingBlocked }
    ) { $0.undo() },
    Command(
      "redo", [.character("U"), .control("r")], .deciding, Sentence("redo"), weight: .decides,
      blocked: { $0.decidingBlocked }
    ) { $0.redo() },
    Command(
      "mark", [.character(" ")], .deciding, Sentence("mark the listing, or the range that was begun"),
      hint: Sentence("mark"),
      in: listingPanes, weight: .marks, blocked: needsListing
    ) { $0.toggleMark() },
    Command(
      "range", [.character("v")], .deciding, Sentence("begin a range; again: mark it"), in: listingPanes,
      weight: .marks,
      blocked: needsListing
    ) { $0.startRange() },
    Command(
      "mark-all", [.character("*")], .deciding, Sentence("mark all listings shown; again: take the marks off"),
      weight: .marks, blocked: needsListing
    ) { $0.markAllShown() },
    Command(
      "mark-copies", [.character("=")], .deciding,
      Sentence("mark the listings shown that are the same advert; again: take the marks off"), in: listingPanes,
      weight: .marks,
      blocked: { $0.copiesBlocked }
    ) { $0.markCopies() },
    Command(
      "open-line", [.character("o")], .deciding,
      Sentence("open a line in place: copies of an advert, or earlier sightings of a listing; again: close it"),
      in: listingPanes, blocked: { $0.openingBlocked }
    ) { $0.toggleLine() },
    Command(
      "unmark-all", [], .deciding, Sentence("take all marks off"), weight: .marks, blocked: needsMarks
    ) { $0.unmarkAll() },
    Command(
      "decide-marked", [.character(";")], .deciding,
      Sentence("one verdict for all marked listings: asks, names the count"), hint: Sentence("decide the marked"),
      rank: Command.hintedWithMarks, weight: .opens, blocked: { $0.decidingBlocked ?? needsMarks($0) }
    ) { $0.startBulk() },
  ]

  static let finding: [Command] = [
    Command(
      "filter", [.character("/")], .finding, Sentence("filter as you type; the facet choices are part of it"),
      hint: Sentence("filter"),
      rank: 1
    ) {
      $0.startFilter()
    },
    Command(
      "clear-filter", [.character("0")], .finding, Sentence("clear the filter"),
      blocked: { $0.filter.clauses.isEmpty ? localized("There is no filter") : nil }
    ) { $0.set(.everything) },
    Command(
      "queue", [.character("w")], .finding,
      Sentence(
        "the queue: listings left to decide or to check again, by risk, copies folded; again: all listings in file order"
      ),
      hint: Sentence("to decide"), rank: 2
    ) { $0.toggleQueue() },
    Command(
      "disagreements", [.character("W")], .finding,
      Sentence("what analysts disagree on (≠): a verdict settles it; again: everything"),
      blocked: { $0.disagreementsBlocked }
    ) { $0.toggleDisagreements() },
    Command(
      "fold-copies", [.character("O")], .finding,
      Sentence("one line for the copies of an advert, as in the queue; again: a line for each listing"),
      blocked: { $0.dataset.rowCount == 0 ? $0.soFar(localized("No listing is shown")) : nil }
    ) { $0.toggleFolding() },
    Command(
      "every-row", [], .finding,
      Sentence("a line for every row, also where several are of one listing; again: for each listing"),
      blocked: { $0.everyRowBlocked }
    ) { $0.toggleEveryRow() },
    Command(
      "views", [.character("'")], .finding, Sentence("saved views: open one, or save what is shown under a name"),
      weight: .opens,
      blocked: { $0.viewsBlocked }
    ) { $0.startViews() },
    Command("sort", [.character("S")], .finding, Sentence("sort the listings by …, and show the first")) {
      $0.startSort()
    },
    Command(
      "same-seller", [.character("m")], .finding,
      Sentence("more by this seller: only listings under the alias; again: all sellers"),
      in: listingPanes,
      blocked: { state in
        guard let row = state.table.row else { return state.soFar(localized("No listing is shown")) }
        return state.dataset.shownText(of: .sellerAlias, at: row).isEmpty
          ? localized("The listing names no seller") : nil
      }
    ) { state in
      guard let row = state.table.row else { return [] }
      let alias = state.dataset.shownText(of: .sellerAlias, at: row)
      // The listing is kept under the cursor.
      return state.set(state.filter.toggling(alias, in: .sellerAlias))
    },
    Command(
      "explain", [.character("Y")], .finding,
      Sentence("why is this here: what of the filter, the risk and the verdict holds for the listing"),
      in: listingPanes,
      blocked: needsListing
    ) { $0.startExplaining() },
    Command(
      "week-chart", [.character("F")], .finding, Sentence("week by week: a chart of the listings shown, by verdict"),
      blocked: { $0.dataset.rowCount == 0 ? $0.soFar(localized("No listing is shown")) : nil }
    ) { $0.startWeekChart() },
    Command(
      "filter-history", [], .finding, Sentence("the filters that you used before (^R in the filter line)"),
      blocked: { $0.habits.filters.isEmpty ? localized("No filter has been typed yet") : nil }
    ) { $0.startFilterHistory() },
    Command(
      "table-columns", [.character("A")], .finding, Sentence("arrange the table: choose, move and widen its columns"),
      blocked: { $0.dataset.rowCount == 0 ? $0.soFar(localized("No listing is shown")) : nil }
    ) { $0.startTableColumns() },
    Command(
      "came-from", [.character("b")], .finding, Sentence("back to where you were before a new order or jump"),
      blocked: {
        $0.returning.origin == nil && $0.returning.aside == nil
          ? localized("There has been no new order or jump yet, so there is nothing to go back to") : nil
      }
    ) { $0.goToWhereItWas() },
    Command(
      "next-hit", [.character("n")], .finding, Sentence("to the next code word in the listing"),
      hint: Sentence("next hit"), rank: 1,
      in: [.detail], blocked: { $0.hitsBlocked }
    ) { $0.goToHit(1) },
    Command(
      "previous-hit", [.character("N")], .finding, Sentence("to the code word before"), in: [.detail],
      blocked: { $0.hitsBlocked }
    ) { $0.goToHit(-1) },
    Command(
      "lens", [.character("V")], .finding, Sentence("the lens: show what the text hides, or leave it as it is"),
      in: listingPanes, blocked: needsListing
    ) { $0.toggleLens() },
    Command(
      "add-word", [.character("a")], .finding, Sentence("add a word of the listing to your own lexicon"),
      in: listingPanes,
      weight: .opens, blocked: needsListing
    ) { $0.startAddingWord() },
    Command(
      "undecided", [.character("N")], .finding, Sentence("go to the next undecided listing"),
      in: facetPanes.union([.listings]), blocked: needsListing
    ) { state in
      state.goToNextUndecided()
      return []
    },
  ]

  static let facets: [Command] = [
    Command(
      "choose", [.enter, .character(" ")], .facets,
      Sentence("select the value, or unselect it; in prices start or keep a range"),
      hint: Sentence("choose"), rank: 0, in: facetPanes
    ) {
      $0.toggleValue()
    },
    Command(
      "exclude", [.character("-")], .facets, Sentence("exclude the value, or include it again"),
      hint: Sentence("exclude"),
      rank: 0,
      in: valuePanes
    ) {
      $0.excludeValue()
    },
    Command(
      "clear-facet", [.backspace], .facets, Sentence("clear this pane's part of the filter"), hint: Sentence("clear"),
      rank: 0,
      in: facetPanes
    ) {
      $0.clearFacet()
    },
    Command(
      "find-value", [.character("f")], .facets, Sentence("type to find a value in the pane"), hint: Sentence("find"),
      rank: 0,
      in: valuePanes
    ) {
      $0.startFinding()
    },
    Command(
      "count-by-any", [.character("B")], .facets,
      Sentence("break down by anything: choose what the pane counts, any column of the files included"),
      blocked: { $0.dataset.rowCount == 0 ? $0.soFar(localized("No listing is shown")) : nil }
    ) { $0.startCountingBy() },
    Command(
      "count-by", [.character("T")], .facets,
      Sentence(
        "count by what the pane has next: ranks and CITES appendix, country, currency, verdict, contact, shipping"),
      hint: Sentence("count by"),
      rank: 1, in: panesOfSeveralDimensions, blocked: \.countingOtherwiseBlocked
    ) { $0.countByNextDimension() },
    Command(
      "value-order", [.character("o")], .facets,
      Sentence("sort the values: by count, name, newest listing, left to decide, share confirmed"),
      hint: Sentence("order"), rank: 2,
      in: valuePanes
    ) { $0.sortValues() },
    Command(
      "range-from", [.character("<"), .character("[")], .facets, Sentence("the price range begins at this band"),
      hint: Sentence("from"),
      rank: 0, in: [.price]
    ) { $0.setPriceEnd(.low) },
    Command(
      "range-to", [.character(">"), .character("]")], .facets, Sentence("the price range ends with this band"),
      hint: Sentence("to"),
      rank: 0, in: [.price]
    ) { $0.setPriceEnd(.high) },
    Command(
      "zoom-prices", [.character("+")], .facets, Sentence("finer bands: of the range in force, or around the band"),
      hint: Sentence("finer"),
      rank: 1, in: [.price]
    ) { $0.zoomPrices() },
    Command(
      "unzoom-prices", [.character("-")], .facets, Sentence("all prices again, in bands of the usual width"),
      in: [.price]
    ) { $0.showAllPrices() },
    Command(
      "price-currency", [.character("T")], .facets, Sentence("show the bands in the next currency of the listings"),
      hint: Sentence("currency"), rank: 1, in: [.price]
    ) { $0.showPricesInNextCurrency() },
    Command(
      "price-down", [.left, .character("h")], .facets,
      Sentence("to the lower prices; moves the end of a range that was begun"),
      in: [.price]
    ) {
      $0.movePrice(-1)
    },
    Command(
      "price-up", [.right, .character("l")], .facets,
      Sentence("to the higher prices; moves the end of a range that was begun"),
      in: [.price]
    ) {
      $0.movePrice(1)
    },
  ]

  static let moving: [Command] = [
    Command("down", [.down, .character("j")], .moving, Sentence("one down")) { $0.move(.line(1)) },
    Command("up", [.up, .character("k")], .moving, Sentence("one up")) { $0.move(.line(-1)) },
    Command("page-down", [.pageDown, .control("f")], .moving, Sentence("a page down")) { $0.move(.page(1)) },
    Command("page-up", [.pageUp, .control("b")], .moving, Sentence("a page up")) { $0.move(.page(-1)) },
    Command("half-page-down", [.control("d")], .moving, Sentence("half a page down")) { $0.move(.halfPage(1)) },
    Command("half-page-up", [.control("u")], .moving, Sentence("half a page up")) { $0.move(.halfPage(-1)) },
    Command("first", [.character("g"), .home], .moving, Sentence("first")) { $0.move(.first) },
    Command("last", [.character("G"), .end], .moving, Sentence("last")) { $0.move(.last) },
    Command("next-pane", [.tab], .moving, Sentence("next pane"), hint: Sentence("pane")) { $0.focusNext(1) },
    Command("previous-pane", [.backTab], .moving, Sentence("previous pane")) { $0.focusNext(-1) },
    Command("platform-pane", [.character("1")], .moving, Sentence("platforms")) { $0.focus(on: .platform) },
    Command("species-pane", [.character("2")], .moving, Sentence("species")) { $0.focus(on: .species) },
    Command("price-pane", [.character("3")], .moving, Sentence("prices")) { $0.focus(on: .price) },
    Command("seller-pane", [.character("4")], .moving, Sentence("seller aliases")) { $0.focus(on: .seller) },
    Command("listings-pane", [.character("5")], .moving, Sentence("listings")) { $0.focus(on: .listings) },
    Command("detail-pane", [.character("6")], .moving, Sentence("the listing in full")) { $0.focus(on: .detail) },
    Command("term-pane", [.character("7")], .moving, Sentence("terms of the lexicons"), blocked: \.flagsBlocked) {
      $0.focus(on: .term)
    },
    Command("risk-pane", [.character("8")], .moving, Sentence("bands of risk"), blocked: \.flagsBlocked) {
      $0.focus(on: .risk)
    },
    Command("open", [.enter, .right, .character("l")], .moving, Sentence("the listing in full"), in: [.listings]) {
      $0.focus(on: .detail)
    },
    Command("to-facets", [.left, .character("h")], .moving, Sentence("to the facet panes"), in: [.listings]) {
      $0.focus(on: .platform)
    },
    Command("to-listings", [.right, .character("l")], .moving, Sentence("to the listings"), in: valuePanes) {
      $0.focus(on: .listings)
    },
    Command("from-detail", [.left, .character("h")], .moving, Sentence("back to the listings"), in: [.detail]) {
      $0.focus(on: .listings)
    },
    Command("zoom", [.character("z")], .moving, Sentence("hide or show the facet panes")) { state in
      state.isZoomed.toggle()
      if state.isZoomed, state.focus.isFacet { state.focus = .listings }
      state.keepCursorVisible()
      return []
    },
    Command("back", [.escape], .moving, Sentence("one level back: range, price range, facet, detail")) { $0.goBack() },
  ]

  static let handingOver: [Command] = [
    Command(
      "packet", [.character("P")], .handingOver,
      Sentence("write a packet of the marked, else of all confirmed listings"),
      hint: Sentence("packet"),
      weight: .opens,
      blocked: \.packetBlocked
    ) { $0.startPacket() },
    Command(
      "cases", [.character("C")], .handingOver,
      Sentence("what became of the packets: who has them, what happened last, which listings are gone"), weight: .opens,
      blocked: { $0.casesBlocked }
    ) { $0.startCases() },
    Command(
      "copy", [.character("y")], .handingOver,
      Sentence("copy the listing's URL, or its key, to the clipboard (OSC 52)"),
      blocked: needsListing
    ) { state in
      guard let row = state.table.row else { return [] }
      let url = state.dataset.shownText(of: .url, at: row)
      if !url.isEmpty { return [.copy(url.withoutControls)] }
      return [
        .copy(state.snapshot.key(of: row).text, remark: localized("It has no address, so its key was copied.") + " ")
      ]
    },
  ]

  static let program: [Command] = [
    Command(
      "help", [.character("?"), .function(1)], .program, Sentence("keys of this pane"), hint: Sentence("help"), rank: 3
    ) { state in
      state.mode = .help(HelpSheet())
      return []
    },
    Command(
      "problems", [.character("p")], .program, Sentence("what could not be read, by kind, with file and line"),
      blocked: \.problemsBlocked
    ) { $0.startProblems() },
    Command(
      "reopen", [.character("R")], .program,
      Sentence("read the files again, for example when one has grown: filter, marks and position stay"),
      blocked: { state in
        if !state.loading.isComplete { return localized("The files are still being read") }
        return state.session.isRereading ? localized("The files are being read again already") : nil
      }
    ) { $0.reread() },
    Command(
      "columns", [.character("M")], .program,
      Sentence("which column is which field: see it, change it, have it remembered"),
      weight: .opens,
      blocked: { state in
        if state.session.isRereading { return localized("The files are just being read again") }
        return state.dataset.sources.isEmpty ? localized("No file is open yet") : nil
      }
    ) { $0.startColumns() },
    Command(
      "lexicons", [.character("L")], .program,
      Sentence("the lexicons: what each finds, its terms, switch it on or off"),
      weight: .opens, blocked: { $0.lexiconsBlocked }
    ) { $0.startLexicons() },
    Command(
      "rescue", [], .program, Sentence("save what is not saved yet to a casebook that you name, and continue with it"),
      blocked: { $0.rescueBlocked }
    ) { $0.startRescue() },
    Command("commands", [.character(":")], .program, Sentence("find a command by its name")) { state in
      state.mode = .palette(PaletteSheet())
      return []
    },
    Command("theme", [], .program, Sentence("another theme, until you leave"), blocked: \.themesBlocked) {
      $0.startThemes()
    },
    Command("redraw", [.control("l")], .program, Sentence("draw the screen again")) { _ in [.redraw] },
    Command("suspend", [.control("z")], .program, Sentence("to the shell and back with fg")) { _ in [.suspend] },
    Command(
      "quit", [.character("q"), .control("c")], .program, Sentence("quit once everything is on disk"),
      hint: Sentence("quit"), rank: 3,
      weight: .leaves
    ) {
      $0.leave()
    },
  ]
}
