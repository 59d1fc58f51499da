import Casework
import CodeWords
import Filters
import Listings
import Sentences
import Taxa
import Workspace

// Rows arrive while the dashboard is already in use; nothing on the screen moves because of it.

extension State {
  mutating func grow(to newDataset: Dataset, _ progress: Loading, _ found: ProblemList, _ rows: RowSet) -> [Effect] {
    let isSame = newDataset.continues(dataset)
    session.grow(to: newDataset, progress, problems: found, problemRows: rows)
    return rowsChanged(isContinuation: isSame)
  }

  /// What follows when the open rows have become more, or the same rows were read otherwise.
  mutating func rowsChanged(isContinuation isSame: Bool) -> [Effect] {
    settleSheet()
    marked = marked.resized(to: dataset.rowCount)
    let typed = readTypedFilter()
    let before = filter
    let lists = readAwaitedFilter()
    offerColumns()
    // An evaluation that is under way is worth waiting for: restarting it whenever rows arrive would never end.
    let waits = isEvaluating && filter == before && isSame
    return typed + lists + (waits ? [] : evaluate())
      + (isSame && casebook.decidedMeanwhile != nil ? [] : placeVerdicts())
      + flagRows() + groupListings() + carryEarlierVerdicts() + compareWithEarlier() + findDuplicates()
      + tryWordAgain()
  }

  mutating func openCasebook(_ opened: [ListingKey: Filing], _ position: SessionPosition?, _ draft: PacketDraft?)
    -> [Effect]
  {
    decisions.open(opened)
    casebook.isOpen = true
    if let draft { packetDraft = draft.filled(with: preferences.packet) }
    if let position {
      returning.remembered = position
      noteDrafts = position.noteDrafts.merging(noteDrafts) { $1 }
      // Who has begun to filter or sort already wants to stay there.
      if filter == .everything, sort == preferences.sort, mode == .browsing, preferences.returnsToLastPosition {
        sort = position.sort
        choosePanes(position.panes)
        facets.orders = position.valueOrders
        if sort != .file { returning.beginning = .awaited }
        returning.listing = position.listing
        if !returning.replacesFilter {
          returning.filterText = position.filterText.isEmpty ? nil : position.filterText
        }
      }
    }
    return readAwaitedFilter() + evaluate() + placeVerdicts() + carryEarlierVerdicts() + compareWithEarlier()
  }

  /// The filter of last time may ask for a column that is only known once its file is being read.
  mutating func readAwaitedFilter() -> [Effect] {
    guard let text = returning.filterText else { return [] }
    do {
      let read = try readFilter(text)
      returning.filterText = nil
      if filter == .everything || returning.replacesFilter { filter = read }
    } catch {
      if isAwaitingList(error) { return requestList(error) }
      guard loading.isComplete else { return [] }
      returning.filterText = nil
      let why = sentence(error)
      notice = Notice(
        .warned,
        returning.replacesFilter
          ? localized("The filter \(text) cannot be used here: \(why)")
          : localized("The filter of last time, \(text), cannot be used here: \(why)"))
    }
    returning.replacesFilter = false
    return []
  }

  /// Begins with a filter, whatever was in force last time; it is read once the columns are known.
  package mutating func begin(filter text: String) { (returning.filterText, returning.replacesFilter) = (text, true) }

  /// Puts a filter into force once the list that it names is read; nil where that is not what it waits for.
  mutating func awaitList(_ problem: FilterProblem, for text: String) -> [Effect]? {
    guard case .unreadList(let name) = problem.what else { return nil }
    (returning.filterText, returning.replacesFilter) = (text, true)
    return requestList(problem) + say(.info, localized("Reading the list \(name) …"))
  }

  /// A column that is being typed may be that of a file which has only now been read.
  mutating func readTypedFilter() -> [Effect] {
    guard case .filterLine(var line) = mode, line.problem != nil else { return [] }
    let effects = line.read(&self)
    mode = .filterLine(line)
    return effects
  }

  /// Goes back to the listing where the analyst was, once its row is there.
  mutating func returnToAwaited() {
    guard let key = returning.listing, let found = snapshot.rows(of: [key]).first else {
      if loading.isComplete { returning.listing = nil }
      return
    }
    guard let place = line(of: found.row) else {
      if loading.isComplete { returning.listing = nil }
      return
    }
    setCursor(place)
    (returning.listing, returning.beginning) = (nil, .passed)
  }
}

// An advert that occurs in several rows is one listing: what is decided, marked and handed over is counted by listing.

extension State {
  /// Asks which rows are of one listing, once all rows are there.
  mutating func groupListings() -> [Effect] {
    guard loading.isComplete, dataset.rowCount > 0, listings == nil else { return [] }
    return [.groupListings(snapshot)]
  }

  mutating func adopt(_ newListings: ListingRows, of rows: Dataset) -> [Effect] {
    guard session.accept(newListings, of: rows) else { return [] }
    shownReadings.detail = nil
    recount()
    guard newListings.hasRepeats else { return [] }
    // Each becomes one line, and is counted once.
    return evaluate() + recountLexicons()
  }

  /// How many listings a set of rows is of.
  func listingCount(of rows: RowSet) -> Int {
    if let listings, listings.rowCount == rows.rowCount { return listings.count(of: rows) }
    return dataset.listingCount(of: rows)
  }

  /// Whether rows and listings are not the same number, as far as that is known.
  var hasRepeats: Bool { listings?.hasRepeats == true }

  /// Whether rows are counted on the screen: every row is a line though some are of one listing.
  var countsRows: Bool { hasRepeats && showsEveryRow }

  /// What is counted on the screen: "rows", where every row is a line though some are of one listing.
  var unitOfRows: String { countsRows ? " " + localized("rows") : "" }

  /// How many listings there are to show; rows, where these are shown or it is not known which are of one listing.
  var countOfAll: Int { showsEveryRow ? dataset.rowCount : listings?.count ?? dataset.rowCount }
}

// Rows are flagged off the loop; each batch of flags may change what a filter by risk matches.

extension State {
  mutating func adopt(_ newFlags: RowFlags, of rows: Dataset) -> [Effect] {
    // Flags of rows that are no longer open.
    guard rows.hasSameColumns(as: dataset) else { return [] }
    guard session.accept(newFlags) else { return [] }
    lookForWordsInTerms()
    return flagsChanged()
  }

  /// Asks for the rows to be flagged that are not yet, or for the lexicons to do it with.
  mutating func flagRows() -> [Effect] {
    guard dataset.rowCount > 0 else { return [] }
    guard let newest = session.newestLexicons else {
      return session.requestLexiconsOnce() ? [.loadLexicons(LexiconLoading(after: nil))] : []
    }
    return newest.compiled.terms.isEmpty ? [] : [.flag(FlaggingRequest(snapshot, with: newest, first: flaggedFirst))]
  }

  /// Asks for the rows that the filter shows, or can show by their risk, to be flagged before the others.
  mutating func flagShownFirst() -> [Effect] {
    guard let answer, loading.isComplete, !isFlagged || session.pending != nil else { return [] }
    let wanted = answer.candidates
    let first = wanted.rowCount == dataset.rowCount && answer.count < dataset.rowCount ? wanted : nil
    guard first != flaggedFirst else { return [] }
    flaggedFirst = first
    return session.newestLexicons == nil ? [] : flagRows()
  }

  /// Takes lexicons that were just read.
  mutating func adopt(_ loaded: LoadedLexicons) -> [Effect] {
    let areFlagsNew = session.accept(loaded)
    let effects = areFlagsNew ? flagsChanged() : []
    return effects + (isFlagged && session.pending == nil ? [] : flagRows())
  }

  private mutating func flagsChanged() -> [Effect] {
    let effects = snapshot.lexicons.map { $0.taxa === taxa ? [] : adopt($0.taxa) } ?? []
    let asks =
      filter.asksAboutFlags || sort.subject == .risk || countsTaxa || isFlagged
      || !hasListedTerms
    return effects + (asks ? evaluate() : []) + recountLexicons() + (isFlagged ? tryWordAgain() : [])
  }

  /// Whether every row that is loaded has been read by the lexicons.
  package var isFlagged: Bool { flags.flaggedCount >= dataset.rowCount }

  /// Why there are neither terms nor risks; nil where there are.
  var flagsBlocked: String? {
    if hasLexicons { return nil }
    return lexiconsBlocked ?? localized("No lexicon is on; \(key("lexicons")) lists them and switches them on")
  }

  /// Whether there are any lexicons.
  package var hasLexicons: Bool { !flags.lexicons.terms.isEmpty }

  /// How far flagging has come, in percent, while it goes on.
  var flaggedPercent: Int? {
    if let coming = session.pendingRowCount { return coming * 100 / max(1, dataset.rowCount) }
    return !hasLexicons || isFlagged ? nil : flags.flaggedCount * 100 / max(1, dataset.rowCount)
  }
}

// What is known of taxa comes once, off the loop; the species pane counts by rank, and filters ask by name.

extension State {
  /// Why listings cannot be counted by taxon; nil where they can.
  var taxaBlocked: String? {
    guard let taxa else { return localized("The taxon tables are still being read") }
    return taxa.isEmpty ? localized("No taxon table is loaded: linsang doctor says where they are looked for") : nil
  }

  /// Takes the tables, and reads the names in the filter by them.
  mutating func adopt(_ table: TaxonTable) -> [Effect] {
    let known = taxa
    session.accept(table)
    guard known !== table else { return [] }
    if case .filterLine(var line) = mode {
      let effects = line.read(&self)
      mode = .filterLine(line)
      return effects.isEmpty && filter.asksAboutTaxa ? evaluate() : effects
    }
    guard filter.asksAboutTaxa || countsTaxa else { return [] }
    do {
      filter = try readFilter(filter.text, taxa: table)
    } catch {
      notice = Notice(.warned, localized("The filter finds less than it asks for: \(error.sentence)"))
    }
    relistFacets()
    return evaluate()
  }
}
