import Casework
import Listings
import Sentences
import TerminalIO
import TextCells

/// A decision of this session.
package struct TrailEntry: Equatable, Sendable {
  let listing: ListingKey
  let title: String
  let verdict: Verdict
  let reason: Reason?
  /// Who offers it, and where.
  let whose: String
  /// How many listings got it, where it was given to several.
  let count: Int
}

/// The analyst's last decisions, the newest first, to go back to one of them.
package struct TrailSheet: Sheet {
  var list = ListPosition()

  static let name = "the last decisions"
  var mode: Mode { .trail(self) }
  var kind: Mode.Kind { .trail }

  static let keys: [SheetKey<TrailSheet>] =
    [
      SheetKey([.enter, .right, .character("l")], Sentence("go to the listing"), hint: Sentence("go to it")) {
        sheet, state in
        guard state.trail.indices.contains(sheet.list.cursor) else { return .close() }
        let entry = state.trail[sheet.list.cursor]
        return .close(state.go(to: entry))
      },
      SheetKey(
        [.escape, .left, .character("h"), .character("q"), .character("H"), .control("c")], Sentence("close"),
        hint: Sentence("close")
      ) { _, _ in .close() },
    ]
    + SheetKey.moving(spaceTurns: true) { sheet, step, state in
      sheet.list.move(step, rows: Self.rows(state), count: state.trail.count)
    }

  mutating func settle(_ state: State) { list.settle(rows: Self.rows(state), count: state.trail.count) }

  private static func rows(_ state: State) -> Int { max(1, state.layout.middle.insideBorder.rows) }

  func node(_ state: State, in room: Size) -> Node? {
    .sheet(SafeText(localized("Your last decisions")), in: room, columns: room.columns, rows: room.rows) { inside in
      state.trail.indices.dropFirst(list.top).prefix(inside.rows).map { index in
        line(index, state.trail[index], state, width: inside.columns)
      }
    }
  }

  private func line(_ index: Int, _ entry: TrailEntry, _ state: State, width: Int) -> Node {
    let isCursor = index == list.cursor
    let words = entry.verdict.screenLabel + (entry.reason.map { ", \($0.screenLabel)" } ?? "")
    // What was decided may have been undone, or decided anew.
    let now = state.decisions.status(before: entry.listing)
    let isStanding = now.verdict == entry.verdict && now.reason == entry.reason
    let wordWidth = min(34, width / 3)
    var lead = entry.count > 1 ? "×\(grouped(entry.count)) " : ""
    // Adverts with one title are told apart by who offers them where.
    let whose = entry.whose.isEmpty ? "" : " · \(entry.whose)"
    if !isStanding { lead = localized("no longer") + " · " + lead }
    let count = SafeText(lead)
    return .line(
      [
        Piece(VerdictMark.glyph(entry.verdict), VerdictMark.role(entry.verdict), .value("verdict"), at: 1),
        Piece(SafeText(words).clipped(to: wordWidth), .text, .value("decision"), at: 3),
        Piece(count, isStanding ? .columnHeadingSorted : .unsure, .value("standing"), at: 4 + wordWidth),
        Piece(
          SafeText(entry.title + whose).clipped(to: max(0, width - 5 - wordWidth - count.width)), .title,
          .value("title"), at: 4 + wordWidth + count.width),
      ], .row(index), on: isCursor ? .cursor : nil, hasCursor: isCursor)
  }
}

extension State {
  /// So many decisions are kept to go back to.
  private static let longestTrail = 100

  /// Puts a decision before the others of the trail.
  mutating func noteDecision(_ verdict: Verdict, _ reason: Reason?, on row: Int, count: Int = 1) {
    let title = dataset.shownText(of: .title, at: row)
    let entry = TrailEntry(
      listing: snapshot.key(of: row), title: title.isEmpty ? localized("(no title)") : title, verdict: verdict,
      reason: reason,
      whose: [Field.sellerAlias, .platform].map { dataset.shownText(of: $0, at: row) }.filter { !$0.isEmpty }
        .joined(separator: ", "), count: count)
    trail = [entry] + trail.prefix(Self.longestTrail - 1)
  }

  mutating func startTrail() -> [Effect] {
    mode = .trail(TrailSheet())
    return []
  }

  fileprivate mutating func go(to entry: TrailEntry) -> [Effect] {
    guard let row = snapshot.rows(of: [entry.listing]).first?.row else {
      return say(.warned, soFar(localized("That listing is in none of the open files")))
    }
    let isOnTheWay = returning.mending != nil && returning.mending == table.row
    // The listing under the cursor is no errand.
    returning.mending = table.row == row ? nil : row
    guard let place = lineOpening(row) else { return showSettingAside(row) }
    if !isOnTheWay { returning.origin = table.row }
    returning.listing = nil
    setCursor(place)
    return focus(on: .listings)
  }

  /// Shows a listing that the filter hides: the filter is set aside, and comes back with the way back.
  private mutating func showSettingAside(_ row: Int) -> [Effect] {
    let aside = SetAside(filter: filter, sort: sort, row: table.row)
    let effects = set(.everything)
    (returning.aside, returning.row) = (aside, row)
    let sentence = localized("The filter is set aside to show the listing; \(key("came-from")) brings it back")
    return focus(on: .listings) + effects + say(.info, sentence)
  }

  /// Puts a filter that was set aside into force again; nil where none was.
  mutating func bringBackFilter() -> [Effect]? {
    guard let aside = returning.aside else { return nil }
    let effects = set(aside.filter)
    returning.row = aside.row
    return effects.isEmpty ? nil : effects
  }

  // MARK: The same again

  /// Why there is no decision to repeat; nil where there is one.
  var repeatingBlocked: String? {
    lastStanding == nil ? localized("Nothing has been decided yet that could be repeated") : nil
  }

  /// The last decision that was not undone or replaced.
  private var lastStanding: TrailEntry? {
    trail.first { entry in
      let now = decisions.status(before: entry.listing)
      return now.verdict == entry.verdict && now.reason == entry.reason
    }
  }

  /// Gives the listing under the cursor the verdict that was given last.
  mutating func repeatDecision() -> [Effect] {
    guard let last = lastStanding else { return [] }
    let effects = decide(last.verdict, last.reason)
    guard case .browsing = mode, notice?.kind != .warned else { return effects }
    let verdict = last.verdict.screenLabel + (last.reason.map { ", \($0.screenLabel)" } ?? "")
    return effects + say(.info, localized("Again: \(verdict)"))
  }
}
