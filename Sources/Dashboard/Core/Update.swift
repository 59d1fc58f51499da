import Casework
import Filters
import Listings
import TerminalIO
import TextCells

/// Takes in what happened and says what is to be done. The only place where `State` changes.
///
/// - Parameter moment: when it happened; nil, for whoever has no clock, is long after everything else.
package func update(_ state: inout State, _ message: Message, at moment: Moment? = nil) -> [Effect] {
  state.typing.now = moment
  let (kind, line) = (state.mode.kind, state.lineUnderCursor)
  let effects = route(message, on: &state) + state.leaseNext() + state.tellHint()
  if !message.isTyped { state.noteChange(from: kind, line) }
  state.readWhatIsShown()
  return effects
}

private func route(_ message: Message, on state: inout State) -> [Effect] {
  switch message {
  // What was read again waits for the end of what is being typed.
  case .terminal(let event): state.receive(event) + state.showReread()
  case .keysRead(let keys): state.receive(keys) + state.showReread()
  case .cursorRested: state.rest()
  case .requested(let request): state.carryOut(request) + state.showReread()
  case .datasetGrew(let dataset, let loading, let problems, let problemRows):
    state.grow(to: dataset, loading, problems, problemRows)
  case .filesChanged(let files): state.noteChanges(of: files)
  case .filesReread(let files, let old): state.finishRereading(files, from: old)
  case .rereadingRefused(let why): state.refuseRereading(why)
  case .failed(let why): state.fail(why)
  case .duplicatesFound(let duplicates, let dataset): state.adopt(duplicates, of: dataset)
  case .changesFound(let changes, let keys, let dataset): state.adopt(changes, about: keys, of: dataset)
  case .reviewsFound(let reviews, let keys, let dataset): state.adopt(reviews, about: keys, of: dataset)
  case .leased(let rows, let dataset): state.adopt(leased: rows, of: dataset)
  case .comparedWithEarlier(let since, let dataset): state.adopt(since, of: dataset)
  case .flagged(let flags, let dataset): state.adopt(flags, of: dataset)
  case .taxaRead(let table): state.adopt(table)
  case .lexiconsRead(let loaded, let switched): state.adopt(loaded, switched: switched)
  case .switchingRefused(let why): state.refuseSwitching(why)
  case .lexiconsTried(let backTest, let flags, let dataset, let number):
    state.finishTrial(backTest, flags, of: dataset, number: number)
  case .lexiconsTallied(let tally, let number): state.showTally(tally, number: number)
  case .answered(let generation, let answer, let order, let folded):
    state.showAnswer(answer, order, folded, generation)
  case .facetReviewsCounted(let generation, let reviews): state.show(reviews, of: generation)
  case .casebookOpened(let filings, let position, let draft): state.openCasebook(filings, position, draft)
  case .hintsRead(let fields): state.readHints(fields)
  case .verdictsPlaced(let verdicts, let dataset): state.adopt(verdicts, of: dataset)
  case .listingsGrouped(let listings, let dataset): state.adopt(listings, of: dataset)
  case .filed(let transaction): state.settle(transaction)
  case .listingsRenamed(let renamed): state.renameListings(renamed)
  case .filingRefused(let keys, let why, let file): state.refuseFiling(keys, why, keptIn: file)
  case .casebookTroubled(let trouble): state.stopFiling(trouble)
  case .casebookChanged(let casebook): state.changeCasebook(to: casebook)
  case .undoRefused(let sentence): state.refuseUndo(sentence)
  case .wordTried(let trial, let number): state.showTrial(trial, number: number)
  case .wordAdded(let word, let path): state.finishAdding(word, path)
  case .addingRefused(let why): state.refuseAdding(why)
  case .wordRemoved(let word, let path): state.finishRemoving(word, path)
  case .packetDoubted(let remarks): state.doubtPacket(remarks)
  case .packetWritten(let paths, let listings, let isSigned): state.finishPacket(paths, listings, isSigned: isSigned)
  case .packetRefused(let faults): state.refusePacket(faults)
  case .casesFound(let board): state.show(board)
  case .viewsFound(let views): state.show(views)
  case .habitsFound(let habits): state.adopt(habits)
  case .valueListRead(let list): state.adopt(list)
  case .valueListRefused(let name, let why): state.refuseList(name, why)
  case .explained(let generation, let row, let lines): state.show(lines, of: row, generation)
  case .casesNotFound(let why): state.showNoCases(why)
  case .stepRecorded(let sentence): state.finishStep(sentence)
  case .stepRefused(let why, let part): state.refuseStep(why, part)
  case .evidenceFound(let entries, let listing): state.show(entries, of: listing)
  case .evidenceNotFound(let why, let listing): state.showNoEvidence(why, of: listing)
  case .evidenceChanged(let sentence): state.finishAttaching(sentence)
  case .attachingRefused(let why, let part): state.refuseAttaching(why, part)
  case .pictureDecoded(let grid, let digest): state.show(grid, of: digest)
  case .pictureRefused(let why, let digest): state.showNoPicture(why, of: digest)
  case .pathCompleted(let completion, let typed): state.complete(completion, of: typed)
  case .copied(let sentence), .problemsExported(let sentence): state.say(.info, sentence)
  case .columnsPreviewed(let preview, let number): state.showPreview(preview, number)
  case .columnsChanged(let dataset, let problems, let problemRows, let remembering):
    state.takeColumns(dataset, problems, problemRows, remembering)
  case .changingColumnsRefused(let why): state.refuseColumns(why)
  }
}

extension State {
  /// Shows the analyst a sentence, until the next key.
  mutating func say(_ kind: Notice.Kind, _ text: String) -> [Effect] {
    notice = Notice(kind, text)
    return []
  }

  /// Shows that something went wrong; it stays on the list of problems.
  mutating func fail(_ why: String) -> [Effect] {
    files.failures.append(why)
    settleSheet()
    return say(.failed, why)
  }

  mutating func receive(_ event: TerminalEvent) -> [Effect] {
    switch event {
    case .key(let key):
      let before = table
      let effects = type(key)
      // Any key but one that moves on wants to see what it acts on.
      if table == before { _ = rest() }
      return effects
    case .paste(let text): return paste(text)
    case .mouse(let report):
      let before = table
      let effects = take(report)
      if table == before { _ = rest() }
      return effects
    case .resized(let newSize):
      size = newSize
      keepCursorVisible()
      keepDetailInside()
      settleSheet()
      return []
    case .wake: return []
    case .tick: return rememberIfMoved()
    case .hangUp: return hangUp()
    }
  }

  /// Where the analyst is now.
  package var position: SessionPosition {
    SessionPosition(
      filterText: returning.filterText ?? filter.text, sort: sort,
      listing: returning.listing ?? table.row.map { snapshot.key(of: $0) }, noteDrafts: allNoteDrafts,
      panes: Dictionary(facets.chosen.map { ("\($0.key.rawValue)", $0.value) }) { first, _ in first },
      valueOrders: facets.orders)
  }

  private mutating func rememberIfMoved() -> [Effect] {
    guard loading.isComplete, returning.listing == nil else { return [] }
    let position = self.position
    guard position != returning.remembered else { return [] }
    returning.remembered = position
    return [.remember(position)]
  }
}
