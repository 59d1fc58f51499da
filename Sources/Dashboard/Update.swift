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
  let (kind, row) = (state.mode.kind, state.table.row)
  let effects = route(message, on: &state)
  if !message.isTyped { state.noteChange(from: kind, row) }
  state.readWhatIsShown()
  return effects
}

private func route(_ message: Message, on state: inout State) -> [Effect] {
  switch message {
  // What was read anew waits for the end of what is being typed.
  case .terminal(let event): state.take(event) + state.showReread()
  case .keysRead(let keys): state.take(keys) + state.showReread()
  case .cursorRested: state.rest()
  case .datasetGrew(let dataset, let loading, let problems, let problemRows):
    state.grow(to: dataset, loading, problems, problemRows)
  case .filesChanged(let files): state.see(files)
  case .filesReread(let files, let old): state.take(files, from: old)
  case .rereadingRefused(let why): state.refuseRereading(why)
  case .failed(let why): state.fail(why)
  case .flagged(let flags, let dataset): state.flag(flags, dataset)
  case .taxaRead(let table): state.take(table)
  case .lexiconsRead(let loaded, let switched): state.take(loaded, switched: switched)
  case .switchingRefused(let why): state.refuseSwitching(why)
  case .lexiconsTried(let backTest, let flags, let dataset, let number):
    state.take(backTest, flags, of: dataset, number: number)
  case .lexiconsTallied(let tally, let number): state.take(tally, number)
  case .answered(let generation, let answer, let order): state.show(answer, order, generation)
  case .casebookOpened(let filings, let place, let draft): state.open(filings, place, draft)
  case .verdictsPlaced(let verdicts, let dataset): state.place(verdicts, dataset)
  case .listingsTold(let listings, let dataset): state.take(listings, dataset)
  case .filed(let act): state.settle(act)
  case .listingsRenamed(let renamed): state.rename(renamed)
  case .filingRefused(let keys, let why, let file): state.refuse(keys, why, keptIn: file)
  case .casebookTroubled(let trouble): state.take(trouble)
  case .casebookChanged(let casebook): state.change(to: casebook)
  case .undoRefused(let sentence): state.say(.warned, sentence)
  case .wordTried(let trial, let number): state.show(trial, number: number)
  case .wordAdded(let word, let path): state.finishAdding(word, path)
  case .addingRefused(let why): state.refuseAdding(why)
  case .packetWritten(let path, let listings): state.finishPacket(path, listings)
  case .packetRefused(let why, let line): state.complain(why, line)
  case .copied(let sentence), .problemsExported(let sentence): state.say(.told, sentence)
  case .columnsPreviewed(let preview, let number): state.showPreview(preview, number)
  case .columnsChanged(let dataset, let problems, let problemRows, let remembering):
    state.takeColumns(dataset, problems, problemRows, remembering)
  case .changingColumnsRefused(let why): state.refuseColumns(why)
  }
}

extension State {
  /// Tells the analyst something, until the next key.
  mutating func say(_ kind: Notice.Kind, _ text: String) -> [Effect] {
    notice = Notice(kind, text)
    return []
  }

  /// Tells of something that went wrong; it stays on the list of problems.
  mutating func fail(_ why: String) -> [Effect] {
    failures.append(why)
    keepProblemsPlace()
    return say(.failed, why)
  }

  mutating func take(_ event: TerminalEvent) -> [Effect] {
    switch event {
    case .key(let key):
      let before = table
      let effects = type(key)
      // Any key but one that moves on wants to see what it acts on.
      if table == before { _ = rest() }
      return effects
    case .paste(let text): return paste(text)
    case .resized(let newSize):
      size = newSize
      keepCursorVisible()
      keepDetailInside()
      clampSheet()
      return []
    case .wake: return []
    case .tick: return rememberIfMoved()
    case .hangUp: return hangUp()
    }
  }

  /// Where the analyst is now.
  package var place: Place {
    Place(
      filterText: awaitedFilter ?? filter.text, sort: sort,
      listing: awaited ?? table.row.map { dataset.key(at: $0) }, noteDrafts: allNoteDrafts)
  }

  private mutating func rememberIfMoved() -> [Effect] {
    guard loading.isComplete, awaited == nil else { return [] }
    let place = self.place
    guard place != remembered else { return [] }
    remembered = place
    return [.remember(place)]
  }
}
