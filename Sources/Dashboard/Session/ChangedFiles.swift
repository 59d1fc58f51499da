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
    let done = change.done(readingAgainWith: key)
    switch change {
    case .grew, .replaced, .gone: return "\(name) \(change.found): \(done)"
    case .cut, .rewritten: return "\(name) \(change.found): \(done). Press \(key) to read it as it is now"
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

  var found: String {
    switch self {
    case .grew(let bytes): "grew by \(byteCount(bytes))"
    case .cut(0): "was cut while open"
    case .cut(let bytes): "was cut by \(byteCount(bytes)) while open"
    case .rewritten: "was written over while open"
    case .replaced: "was replaced by another file of its name"
    case .gone: "was removed or renamed"
    }
  }

  func done(readingAgainWith key: String) -> String {
    switch self {
    case .grew: "press \(key) to read the new rows"
    case .cut:
      "verdicts and notes are safe in the casebook; what the file lost reads as empty here, and no packet quotes it"
    case .rewritten:
      "verdicts and notes are safe in the casebook; listings here may show the new text, and no packet quotes it"
    case .replaced: "the listings here are those of the old one, unharmed; press \(key) to read the new one"
    case .gone: "its listings stay readable here until you leave"
    }
  }

  /// Two words for the title bar.
  var short: String {
    switch self {
    case .grew: "grew"
    case .cut: "was cut"
    case .rewritten: "was written over"
    case .replaced: "was replaced"
    case .gone: "is gone"
    }
  }
}

/// A number of bytes as people say it: `812 bytes`, `1.2 MB`.
package func byteCount(_ bytes: Int) -> String {
  if bytes < 1000 { return counted(bytes, "byte") }
  var (tenths, unit) = ((bytes + 50) / 100, "kB")
  for larger in ["MB", "GB", "TB"] where tenths >= 10_000 { (tenths, unit) = ((tenths + 500) / 1000, larger) }
  return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(grouped((tenths + 5) / 10)) \(unit)"
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
    let others = news.count > 1 ? " · and \(counted(news.count - 1, "other file")) changed" : ""
    return say(worst.change.isHarmful ? .failed : .info, worst.sentence(readingAgainWith: key("reopen")) + others)
  }

  // MARK: Reading again

  mutating func reread() -> [Effect] {
    session.beginRereading()
    forgetLists()
    return say(.info, "Reading the files again; go on working meanwhile") + [.reread(from: snapshot)]
  }

  mutating func refuseRereading(_ why: String) -> [Effect] {
    session.abandonRereading()
    return say(.failed, "\(why) The listings read before stay as they are.")
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
    let gone = carried.goneCount > 0 ? ", \(grouped(carried.goneCount)) gone" : ""
    return say(.info, "Read again: \(counted(carried.newCount, "new row"))\(gone)") + evaluate() + placeVerdicts()
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
    let place = row.flatMap { order.position(of: $0) } ?? min(table.cursor, max(0, order.count - 1))
    table.top = max(0, place - shownAt)
    setCursor(place)
    if row != nil, table.row == row { detail.top = detailTop }
  }
}
