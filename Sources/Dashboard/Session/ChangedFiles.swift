import Listings
import Sentences
import Workspace

/// An opened file that is no longer what it was when it was opened.
package struct ChangedFile: Equatable, Sendable {
  package enum Change: Equatable, Sendable {
    case grew(bytes: Int)
    /// By this many bytes; 0: unknown.
    case cut(bytes: Int)
    /// Written to, with the same length.
    case rewritten
    /// Another file has its name.
    case replaced
    case gone
  }

  /// As it was named.
  package let path: String
  /// As short as distinguishes it from the others.
  package let name: String
  package let change: Change

  package init(path: String, name: String, change: Change) {
    self.path = path
    self.name = name
    self.change = change
  }

  /// What happened, what is unharmed, what to do.
  ///
  /// - Parameter key: reads the files again.
  func sentence(readingAgainWith key: String) -> String {
    let sentence = change.found(in: name) + ": " + change.done(readingAgainWith: key)
    switch change {
    case .grew, .replaced, .gone: return sentence
    case .cut, .rewritten: return sentence + ". " + localized("Press \(key) to read it as it is now")
    }
  }
}

extension ChangedFile.Change {
  /// Whether the listings on the screen may no longer say what was read.
  var isHarmful: Bool {
    switch self {
    case .cut, .rewritten: true
    case .grew, .replaced, .gone: false
    }
  }

  /// Whether it is news beside an earlier change: growing on is not.
  func isNews(after earlier: ChangedFile.Change?) -> Bool {
    switch (earlier, self) {
    case (.grew, .grew), (.cut, .cut), (.rewritten, .rewritten), (.replaced, .replaced), (.gone, .gone): false
    default: true
    }
  }

  /// What happened, without the file that it happened to.
  var found: String {
    switch self {
    case .grew(let bytes): localized("grew by \(byteCount(bytes))")
    case .cut(0): localized("was truncated while open")
    case .cut(let bytes): localized("was truncated by \(byteCount(bytes)) while open")
    case .rewritten: localized("was overwritten while open")
    case .replaced: localized("was replaced by another file of the same name")
    case .gone: localized("was removed or renamed")
    }
  }

  /// What happened to the file of a name.
  fileprivate func found(in name: String) -> String {
    switch self {
    case .grew(let bytes): localized("\(name) grew by \(byteCount(bytes))")
    case .cut(0): localized("\(name) was truncated while open")
    case .cut(let bytes): localized("\(name) was truncated by \(byteCount(bytes)) while open")
    case .rewritten: localized("\(name) was overwritten while open")
    case .replaced: localized("\(name) was replaced by another file of the same name")
    case .gone: localized("\(name) was removed or renamed")
    }
  }

  func done(readingAgainWith key: String) -> String {
    switch self {
    case .grew: localized("press \(key) to read the new rows")
    case .cut:
      localized(
        "verdicts and notes are safe in the casebook; what the file lost reads as empty here, and no packet quotes it")
    case .rewritten:
      localized(
        "verdicts and notes are safe in the casebook; listings here may show the new text, and no packet quotes it")
    case .replaced:
      localized("the listings here are those of the old one, unharmed; press \(key) to read the new one")
    case .gone: localized("its listings stay readable here until you leave")
    }
  }

  /// The name of the file and two words for the title bar.
  func short(of name: String) -> String {
    switch self {
    case .grew: localized("\(name) grew")
    case .cut: localized("\(name) was truncated")
    case .rewritten: localized("\(name) was overwritten")
    case .replaced: localized("\(name) was replaced")
    case .gone: localized("\(name) is gone")
    }
  }
}

/// A number of bytes as people say it: `812 bytes`, `1.2 MB`.
package func byteCount(_ bytes: Int) -> String {
  if bytes < 1000 { return counted(bytes, "byte") }
  var (tenths, thousands) = ((bytes + 50) / 100, 1)
  while tenths >= 10_000, thousands < 4 { (tenths, thousands) = ((tenths + 500) / 1000, thousands + 1) }
  let number = tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : grouped((tenths + 5) / 10)
  return switch thousands {
  case 1: localized("\(number) kB")
  case 2: localized("\(number) MB")
  case 3: localized("\(number) GB")
  default: localized("\(number) TB")
  }
}

// Files change while they are open: scrapers write on, put new files in the place of old ones, cut them. Nothing of it
// moves the screen; R reads them again, in the background, and goes on where the analyst is.

extension State {
  mutating func noteChanges(of changed: [ChangedFile]) -> [Effect] {
    let before = Dictionary(files.changed.map { ($0.path, $0.change) }) { first, _ in first }
    files.changed = changed
    settleSheet()
    let news = changed.filter { $0.change.isNews(after: before[$0.path]) }
    guard let worst = news.first(where: \.change.isHarmful) ?? news.first else { return [] }
    let count = news.count - 1
    let others =
      count > 0
      ? " · "
        + localized(
          count, one: "and \(grouped: count) other file changed", other: "and \(grouped: count) other files changed")
      : ""
    return say(worst.change.isHarmful ? .failed : .info, worst.sentence(readingAgainWith: key("reopen")) + others)
  }

  // MARK: Reading again

  mutating func reread() -> [Effect] {
    session.beginRereading()
    forgetLists()
    return say(.info, localized("Reading the files again; go on working meanwhile")) + [.reread(from: snapshot)]
  }

  mutating func refuseRereading(_ why: String) -> [Effect] {
    session.abandonRereading()
    return say(.failed, why + " " + localized("The listings read before stay as they are."))
  }

  mutating func finishRereading(_ files: RereadFiles, from old: Dataset) -> [Effect] {
    session.finishRereading(files, from: old) ? showReread() : []
  }

  /// Replaces what is shown by what was read again, once nothing is being typed or asked about certain rows.
  mutating func showReread() -> [Effect] {
    guard mode.allowsNewRows,
      let carried = session.adoptReread()?.carried
    else { return [] }
    carryPlace(carried)
    files.changed = []
    marked = carried.carried(marked)
    answer = nil
    returning.beforeTyping = nil
    rangeAnchor = rangeAnchor.flatMap { anchor in
      let row = carried.newRow(of: anchor.row)
      return row.flatMap { row in
        line(of: row).map { RangeAnchor(position: $0, row: row) }
      }
    }
    settleSheet()
    recount()
    let gone = carried.goneCount > 0 ? ", " + counted(carried.goneCount, "gone", "gone") : ""
    let new = counted(carried.newCount, "new row")
    return say(.info, localized("Read again: \(new)") + gone) + evaluate() + placeVerdicts()
      + flagRows() + groupListings() + carryEarlierVerdicts() + compareWithEarlier() + giveUpTrial()
  }

  /// The order and the cursor over the same listings as before.
  private mutating func carryPlace(_ carried: CarriedRows) {
    let row = table.row.flatMap { carried.newRow(of: $0) }
    let shownAt = table.cursor - table.top
    let detailTop = detail.top
    sightings.opened = []
    show(carried.carried(unfoldedOrder), nil)
    returning.row = returning.row.flatMap { carried.newRow(of: $0) }
    returning.origin = returning.origin.flatMap { carried.newRow(of: $0) }
    returning.mending = returning.mending.flatMap { carried.newRow(of: $0) }
    let place = row.flatMap { order.position(of: $0) } ?? min(table.cursor, max(0, order.count - 1))
    table.top = max(0, place - shownAt)
    setCursor(place)
    if row != nil, table.row == row { detail.top = detailTop }
  }
}
