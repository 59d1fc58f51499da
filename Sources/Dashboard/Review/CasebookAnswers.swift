import Casework
import Filters
import Listings
import Sentences
import TerminalIO
import Workspace

// Answers of the casebook: only these make a decision final.

extension State {
  mutating func settle(_ filed: FiledTransaction) -> [Effect] {
    // In a blind review nothing of others may be seen.
    if filed.kind == .seenFromOthers, collaboration.isBlind { return [] }
    decisions.settle(filed)
    ownActs.settle(filed.kind)
    casebook.decidedMeanwhile?.formUnion(filed.statuses.keys)
    let placed = snapshot.rows(of: filed.statuses.keys)
    session.set(placed.map { ($0.row, filed.statuses[$0.key]?.status ?? .none) })
    recount()
    if !filed.sentence.isEmpty { notice = Notice(.info, filed.sentence + titleWords(of: filed, placed)) }
    if filed.kind == .undone || filed.kind == .redone { goBack(to: filed.keys, placed) }
    let remarked = remark(after: filed)
    let asksAgain = asksAboutDecisions
    return remarked + (asksAgain ? evaluate() : countFacetReviews()) + findChanges(of: filed) + findReviews(of: filed)
      + recountLexicons() + leaveIfSettled()
  }

  /// The title of the one listing that was undone or redone: a verdict of another day is told by it.
  private func titleWords(of filed: FiledTransaction, _ placed: [(row: Int, key: ListingKey)]) -> String {
    guard filed.kind == .undone || filed.kind == .redone, filed.keys.count == 1, let row = placed.first?.row else {
      return ""
    }
    let title = dataset.shownText(of: .title, at: row)
    return title.isEmpty ? "" : ": “\(title.prefix(30))\(title.count > 30 ? "…" : "")”"
  }

  /// Undoing shows what was undone: the cursor goes to the listing, or waits for the filter to show it again.
  private mutating func goBack(to keys: [ListingKey], _ placed: [(row: Int, key: ListingKey)]) {
    let touched = RowSet(linesStanding(for: placed.map(\.row)), of: dataset.rowCount)
    if let place = (0..<order.count).first(where: { touched.contains(order[$0]) }) {
      returning.listing = nil
      if table.cursor != place { returning.origin = table.row }
      setCursor(place)
    } else if filter.asksAboutDecisions {
      returning.listing = keys.first
    } else if !placed.isEmpty {
      let hidden = soFar(localized("the filter does not show it"))
      notice = Notice(.info, [notice?.text, hidden].compactMap { $0 }.joined(separator: " · "))
    }
  }

  mutating func refuseFiling(_ keys: [ListingKey], _ why: String, keptIn file: String?) -> [Effect] {
    decisions.refuse(keys, why)
    ownActs.refuse(.filing)
    casebook.unsavedFile = file
    notice = Notice(.failed, why)
    return leaveIfSettled()
  }

  /// What was left in this dataset the last time goes over to the keys that its listings have now: notes that were begun, and
  /// the listing under the cursor, unless the analyst is elsewhere by now.
  mutating func renameListings(_ renamed: [ListingKey: ListingKey]) -> [Effect] {
    decisions.rename(renamed)
    for (old, new) in renamed {
      guard let draft = noteDrafts.removeValue(forKey: old), noteDrafts[new] == nil else { continue }
      noteDrafts[new] = draft
    }
    if mode == .browsing, table.cursor == 0, let new = returning.remembered?.listing.flatMap({ renamed[$0] }) {
      returning.listing = new
      returnToAwaited()
    }
    return []
  }

  /// Once all rows are there and the casebook is read, it is asked for verdicts under keys of an earlier form.
  mutating func carryEarlierVerdicts() -> [Effect] {
    guard casebook.isOpen, session.requestEarlierVerdictsOnce() else { return [] }
    let left =
      [returning.remembered?.listing].compactMap { $0 } + (returning.remembered.map { Array($0.noteDrafts.keys) } ?? [])
    return [.carryEarlierVerdicts(snapshot, remembered: left)]
  }

  /// Undo waits for what is being saved, because the casebook takes requests in order.
  mutating func undo() -> [Effect] {
    if let added = addedWord, added.acts == ownActs.count {
      addedWord = nil
      if let term = try? added.draft?.term(reviewed: "") {
        takenWord = added.draft
        return [.removeTerm(term)]
      }
    }
    // A key that is held must not undo the work of other days.
    guard ownActs.count > 0 else {
      mode = .question(
        QuestionSheet(
          subject: .undoEarlier,
          text: localized(
            "Nothing that was decided since the start is left to undo. Undo the last decision before that?")))
      return []
    }
    ownActs.ask(.undoing)
    return [.undo]
  }

  mutating func redo() -> [Effect] {
    if let word = takenWord {
      (wordBeingAdded, takenWord) = (word, nil)
      return [.addTerm(word)]
    }
    ownActs.ask(.redoing)
    return [.redo]
  }

  /// There was nothing to undo or to redo.
  mutating func refuseUndo(_ sentence: String) -> [Effect] {
    ownActs.refuseUndoing()
    return say(.warned, sentence)
  }

  // MARK: The rows of verdicts

  mutating func placeVerdicts() -> [Effect] {
    guard dataset.rowCount > 0, !decisions.filed.isEmpty else { return findChanges() + findReviews() }
    casebook.decidedMeanwhile = []
    return [.placeVerdicts(decisions.statuses, in: snapshot)]
  }

  mutating func adopt(_ placed: RowVerdicts, of rows: Dataset) -> [Effect] {
    guard dataset.continues(rows) else { return placeVerdicts() }
    session.setVerdicts(placed.resized(to: dataset.rowCount))
    // What was decided while the rows were looked up is newer than what was found.
    let newer = snapshot.rows(of: casebook.decidedMeanwhile ?? [])
    session.set(newer.map { ($0.row, decisions.filed[$0.key]?.status ?? .none) })
    casebook.decidedMeanwhile = nil
    recount()
    let asksAgain = asksAboutDecisions
    // Rows that came meanwhile are looked up in their turn.
    let again = (asksAgain ? evaluate() : []) + recountLexicons()
    guard rows.rowCount == dataset.rowCount, loading.isComplete else {
      return again + (rows.rowCount < dataset.rowCount ? placeVerdicts() : [])
    }
    return again + findChanges() + findReviews() + beginWithQueue()
  }

  mutating func recount() {
    // All rows of a listing have its verdict, so its first row is enough.
    func count(_ rows: RowSet) -> Int {
      guard let listings, listings.rowCount == rows.rowCount else { return dataset.listingCount(of: rows) }
      return rows.intersection(listings.first).count
    }
    counts.confirmed = count(verdicts.confirmed)
    counts.falsePositive = count(verdicts.falsePositive)
    counts.unsure = count(verdicts.unsure)
    counts.marked = listingCount(of: marked)
    counts.askAgain = snapshot.changes.map { count($0.rows) } ?? 0
    counts.disagreements = snapshot.reviews.map { count($0.disagreed) } ?? 0
  }
}

/// Why the casebook that is open takes no more decisions.
package struct CasebookTrouble: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// It is no longer there: what is decided is kept beside it.
    case lost
    /// It is there, but not as it was written: nothing is decided.
    case untrusted
  }

  package let kind: Kind
  /// For the title bar: "casebook gone".
  package let short: String
  /// What happened, what is kept where, and what to do.
  package let sentence: String
  /// Listings whose decisions were shown as saved and are in no casebook.
  package let unsaved: [ListingKey]
  /// The file in which they are kept.
  package let keptIn: String?

  package init(kind: Kind, short: String, sentence: String, unsaved: [ListingKey] = [], keptIn: String? = nil) {
    self.kind = kind
    self.short = short
    self.sentence = sentence
    self.unsaved = unsaved
    self.keptIn = keptIn
  }
}

// A casebook that is gone, or is not to be trusted; and going on with another.

extension State {
  /// What was shown as saved, and is in no casebook, is shown so no longer.
  mutating func stopFiling(_ trouble: CasebookTrouble) -> [Effect] {
    casebook.trouble = trouble
    if let file = trouble.keptIn { casebook.unsavedFile = file }
    files.failures.append(trouble.sentence)
    settleSheet()
    decisions.takeBack(trouble.unsaved, trouble.sentence)
    showStandings(of: trouble.unsaved)
    return say(.failed, trouble.sentence) + (filter.asksAboutDecisions ? evaluate() : [])
  }

  /// Why nothing can be decided now; nil where it can.
  var decidingBlocked: String? { casebook.trouble?.kind == .untrusted ? casebook.trouble?.sentence : nil }

  // MARK: Another casebook

  /// Why there is nothing to file into another casebook.
  var rescueBlocked: String? {
    if casebook.trouble != nil || decisions.refusedCount > 0 { return nil }
    return localized("Everything you decided is in the casebook")
  }

  mutating func startRescue() -> [Effect] {
    mode = .casebookName(CasebookNameSheet())
    return []
  }

  /// Goes on with the casebook that was named: it holds what the lost one did not.
  mutating func changeCasebook(to changed: ChangedCasebook) -> [Effect] {
    casebook.trouble = nil
    casebook.unsavedFile = nil
    casebook.name = changed.name
    decisions.reopen(changed.filings)
    session.setVerdicts(RowVerdicts(rowCount: dataset.rowCount))
    recount()
    let asksAgain = asksAboutDecisions
    return say(.info, changed.sentence) + placeVerdicts() + (asksAgain ? evaluate() : [])
  }

  private mutating func showStandings(of keys: [ListingKey]) {
    casebook.decidedMeanwhile?.formUnion(keys)
    session.set(snapshot.rows(of: keys).map { ($0.row, decisions.filed[$0.key]?.status ?? .none) })
    recount()
  }
}

/// The casebook that the dashboard goes on with.
package struct ChangedCasebook: Equatable, Sendable {
  package let name: String
  package let filings: [ListingKey: Filing]
  package let sentence: String

  package init(name: String, filings: [ListingKey: Filing], sentence: String) {
    self.name = name
    self.filings = filings
    self.sentence = sentence
  }
}

/// How many of the analyst's acts since the start are left to undo: what was filed or redone and not undone.
///
/// Shape:  what is on its way to the casebook is kept in order, since an answer says only what kind of act it is about.
struct OwnActs: Sendable {
  enum Act: Sendable { case filing, undoing, redoing }
  /// What the casebook has answered.
  private var settled = 0
  private var asked: [Act] = []

  /// What is left to undo when all is answered that was asked; what is to be redone does not count until it is.
  var count: Int {
    settled + asked.count { $0 == .filing } - asked.count { $0 == .undoing }
  }

  mutating func ask(_ act: Act) { asked.append(act) }

  mutating func settle(_ kind: FiledTransaction.Kind) {
    switch kind {
    case .filed:
      if refuse(.filing) { settled += 1 }
    case .undone:
      // What was decided before the start was undone on request, and leaves nothing less to undo.
      if refuse(.undoing) { settled -= 1 }
    case .redone:
      if refuse(.redoing) { settled += 1 }
    case .seenFromOthers: break
    }
  }

  /// Forgets the first act of a kind that was asked for.
  ///
  /// - Returns: whether one was.
  @discardableResult
  mutating func refuse(_ act: Act) -> Bool {
    guard let place = asked.firstIndex(of: act) else { return false }
    asked.remove(at: place)
    return true
  }

  /// Forgets the undoing or redoing that was asked for first.
  mutating func refuseUndoing() {
    if let place = asked.firstIndex(where: { $0 != .filing }) { asked.remove(at: place) }
  }
}
