import Casework
import CodeWords
import Filters
import Listings
import Sentences
import TextCells

/// The listing under the cursor in full: how far it is scrolled, and what in it is gone to.
package struct DetailPane: Sendable {
  /// The first line on the screen.
  package var top = 0
  /// The code word that the analyst went to.
  package var hit: CurrentHit?
  /// Whether the pane shows what is hidden in the text.
  package var isLensOn = false
}

/// A listing's text as far as the pane shows it.
struct ShownDetail: Equatable, Sendable {
  let row: Int
  /// The first line shown.
  let top: Int
}

/// The hit that the analyst went to.
package struct CurrentHit: Equatable, Sendable {
  package let row: Int
  /// Its position in `ListingReading.hits`.
  package let number: Int
}

// MARK: - Scrolling

extension State {
  var detailLineCount: Int {
    table.row.map { DetailText(self, $0, width: layout.detail.insideBorder.columns).lines.count } ?? 0
  }

  mutating func moveDetail(_ step: Step) {
    let count = detailLineCount
    let top = Self.moved(detail.top, step, page: max(1, layout.detail.insideBorder.rows), count: count)
    detail.top = max(0, min(top, count - layout.detail.insideBorder.rows))
  }

  mutating func keepDetailInside() {
    guard detail.top > 0 else { return }
    detail.top = max(0, min(detail.top, detailLineCount - layout.detail.insideBorder.rows))
  }
}

// MARK: - From code word to code word

extension State {
  /// Why there is no hit to go to; nil where there is one.
  var hitsBlocked: String? {
    guard let row = table.row else { return soFar(localized("No listing is shown")) }
    if let flagsBlocked { return flagsBlocked }
    guard let reading = reading(of: row) else {
      return localized("This listing is too long to be searched for code words here")
    }
    return reading.hits.isEmpty ? localized("No code word was found in this listing") : nil
  }

  /// Goes to the next hit, or the one before, and around at the ends.
  mutating func goToHit(_ direction: Int) -> [Effect] {
    guard let row = table.row else { return [] }
    let lines = DetailText(self, row, width: layout.detail.insideBorder.columns).hitLines
    let shown = lines.indices.filter { lines[$0] != nil }
    guard !shown.isEmpty else {
      return say(.warned, localized("The code words are beyond what is shown of this listing"))
    }
    let now = detail.hit.flatMap { $0.row == row ? shown.firstIndex(of: $0.number) : nil }
    let next = now.map { ($0 + direction + shown.count) % shown.count } ?? (direction > 0 ? 0 : shown.count - 1)
    detail.hit = CurrentHit(row: row, number: shown[next])
    let rows = max(1, layout.detail.insideBorder.rows)
    detail.top = Self.scrolled(detail.top, to: lines[shown[next]] ?? 0, rows: rows)
    return []
  }

  /// The hit that the analyst went to, if it is one of this listing.
  func hitGoneTo(in row: Int) -> Hit? {
    guard let hit = detail.hit, hit.row == row, let hits = reading(of: row)?.hits, hits.indices.contains(hit.number)
    else { return nil }
    return hits[hit.number]
  }

  /// The hit gone to in a line: its term, how it was read where that is not how it is written, its language, kind,
  /// meaning, status and source.
  private var currentHitSentence: String? {
    guard let current = detail.hit, current.row == table.row, let hit = hitGoneTo(in: current.row) else { return nil }
    let term = flags.lexicons[hit.term]
    let count = reading(of: current.row)?.hits.count ?? 0
    var parts = ["\(current.number + 1)/\(count)", term.name]
    if !hit.folds.subtracting(.letterCase).isEmpty {
      let text = dataset.bytes(of: hit.field, at: current.row)
      let writing = flags.lexicons.surfaceForm(readAt: hit, in: text)
      if writing == term.name { parts.removeLast() }
      parts.append(localized("matched as: \(writing)"))
    }
    parts += [
      "\(term.language) \(term.kind.label)" + (term.denotes.isEmpty ? "" : ": " + term.denotes), hit.status.label,
      term.source.isEmpty ? localized("no source") : localized("source \(term.source)"),
    ]
    return parts.joined(separator: " · ")
  }
}

// MARK: - The lens

extension State {
  /// The lens shows what a listing hides: characters without ink, letters that pass for others, words written apart.
  mutating func toggleLens() -> [Effect] {
    detail.isLensOn.toggle()
    keepDetailInside()
    guard detail.isLensOn, let row = table.row else { return say(.info, localized("The lens is off")) }
    let found = LensWording.sentence(detailReading(of: row))
    let finds = found ?? soFar(localized("it finds nothing hidden in this listing"), until: unreadWords)
    return say(.info, localized("The lens is on: \(finds)"))
  }
}

// MARK: - Its nodes

extension State {
  /// All that is known about the listing under the cursor, as far as there is room.
  func detailNode(in size: Size) -> Node {
    let isFocused = focus == .detail && mode.showsFocus
    var position = heading(of: .detail, order.count > 0 ? placeWords : localized("Listing"))
    // The number is that of the cursor; the text below it is on its way.
    if isDetailLagging { position += " …" }
    let lens = detail.isLensOn ? " · " + localized("lens") : ""
    let hit = isFocused ? currentHitSentence.map { " · " + localized("hit \($0)") } ?? "" : ""
    let inside = Area(size).insideBorder
    var nodes: [Node] = []
    var hidden = 0
    if let shown = shownDetail, !inside.isEmpty {
      let lines = DetailText(self, shown.row, width: inside.columns).lines
      nodes = lines.dropFirst(shown.top).prefix(inside.rows).map { Node(.group, .line($0)) }
      hidden = lines.count - shown.top - inside.rows
      // Whoever hears the screen, or reads it by Braille, is led to the code word.
      if isFocused { Self.putCursor(into: &nodes) }
    } else if isFocused {
      nodes = [.line([], hasCursor: true)]
    }
    return Node(
      .pane(.detail),
      .bordered(
        Border(
          SafeText(position + lens + hit), isFocused: isFocused,
          more: hidden > 0 ? SafeText(" \(counted(hidden, "more line")) ") : ""), .stack(nodes)))
  }

  /// The terminal's cursor goes to the hit gone to, else to the first line.
  private static func putCursor(into nodes: inout [Node]) {
    for index in nodes.indices {
      guard case .line(var line) = nodes[index].content,
        let piece = line.pieces.firstIndex(where: { $0.role == .hitCurrent })
      else { continue }
      line.pieces[piece].cursor = 0
      nodes[index] = Node(nodes[index].meaning, .line(line))
      return
    }
    if let first = nodes.first { nodes[0] = .line(first, hasCursor: true) }
  }
}

extension PriceState {
  /// What a price is that is no amount; empty for amounts and missing prices. `remark` as the screen has it.
  var words: String {
    switch self {
    case .missing, .read, .withoutCurrency: ""
    case .unreadable: localized("could not be read as an amount")
    case .placeholder: localized("a placeholder, not a price")
    case .free: localized("given away")
    case .onRequest: localized("on request, no amount is named")
    case .exchange: localized("offered in exchange, no amount is named")
    }
  }

  /// What is to be said of it besides; nil for most.
  var explanation: String? {
    guard self == .placeholder else { return nil }
    return localized(
      "0, 1, counting (123, 1234 …) and repeated digits (111, 9999 …), and 11 or 12 worth less than a dollar, "
        + "are what people enter where a form wants a number")
  }
}

extension CurrencyBasis {
  /// `currency usual on the platform`.
  package var label: String {
    switch self {
    case .none: localized("currency unknown")
    case .besideAmount: localized("currency beside the amount")
    case .currencyField: localized("currency from its own field")
    case .platform: localized("currency usual on the platform")
    case .country: localized("currency of the listing's country")
    case .columnName: localized("currency named by the column")
    case .stated: localized("currency as said of the whole file")
    case .assumed: localized("currency assumed, its sign is shared")
    }
  }
}
