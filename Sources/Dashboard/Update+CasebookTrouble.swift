import Casework
import Listings
import Workspace
import TerminalIO

// A casebook that is gone, or is not to be trusted; and going on with another.

extension State {
  /// What was shown as saved, and is in no casebook, is shown so no longer.
  mutating func take(_ trouble: CasebookTrouble) -> [Effect] {
    casebookTrouble = trouble
    if let file = trouble.keptIn { unsavedFile = file }
    failures.append(trouble.sentence)
    keepProblemsPlace()
    decisions.takeBack(trouble.unsaved, trouble.sentence)
    showStandings(of: trouble.unsaved)
    return say(.failed, trouble.sentence) + (filter.asksAboutDecisions ? evaluate() : [])
  }

  /// Why nothing can be decided now; nil where it can.
  var decidingBlocked: String? { casebookTrouble?.kind == .untrusted ? casebookTrouble?.sentence : nil }

  // MARK: Another casebook

  /// Why there is nothing to file into another casebook.
  var rescueBlocked: String? {
    if casebookTrouble != nil || decisions.refusedCount > 0 { return nil }
    return "Everything you decided is in the casebook"
  }

  mutating func startRescue() -> [Effect] {
    mode = .namingCasebook(LineEditor())
    return []
  }

  mutating func nameCasebook(_ key: Key, _ editor: LineEditor) -> [Effect] {
    var editor = editor
    switch key {
    case .escape, .control("c"): mode = .browsing
    case .enter:
      let name = editor.text.trimmed
      if name.isEmpty { return say(.warned, "Type the name of a casebook, or of a new one") }
      mode = .browsing
      return say(.told, "Filing into \(name) …") + [.rescue(into: name)]
    default: if editor.take(key) { mode = .namingCasebook(editor) }
    }
    return []
  }

  /// Goes on with the casebook that was named: it holds what the lost one did not.
  mutating func change(to casebook: ChangedCasebook) -> [Effect] {
    casebookTrouble = nil
    unsavedFile = nil
    casebookName = casebook.name
    decisions.reopen(casebook.filings)
    session.setVerdicts(RowVerdicts(rowCount: dataset.rowCount))
    recount()
    let asksAgain = asksAboutDecisions
    return say(.told, casebook.sentence) + placeVerdicts() + (asksAgain ? evaluate() : [])
  }

  private mutating func showStandings(of keys: [ListingKey]) {
    decidedWhilePlacing?.formUnion(keys)
    session.set(dataset.rows(of: keys).map { ($0.row, decisions.filed[$0.key]?.status ?? .none) })
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
