import CodeWords
import Listings

// From code word to code word in the listing that is read.

extension State {
  /// Why there is no hit to go to; nil where there is one.
  var hitsBlocked: String? {
    guard let row = table.row else { return soFar("No listing is shown") }
    if let flagsBlocked { return flagsBlocked }
    return reading(of: row)?.hits.isEmpty == false ? nil : "No code word was found in this listing"
  }

  /// Goes to the next hit, or the one before, and around at the ends.
  mutating func goToHit(_ direction: Int) -> [Effect] {
    guard let row = table.row else { return [] }
    let lines = DetailText(self, row, width: layout.detail.insideBorder.columns).hitLines
    let shown = lines.indices.filter { lines[$0] != nil }
    guard !shown.isEmpty else { return say(.warned, "The code words are beyond what is shown of this listing") }
    let now = currentHit.flatMap { $0.row == row ? shown.firstIndex(of: $0.number) : nil }
    let next = now.map { ($0 + direction + shown.count) % shown.count } ?? (direction > 0 ? 0 : shown.count - 1)
    currentHit = CurrentHit(row: row, number: shown[next])
    let rows = max(1, layout.detail.insideBorder.rows)
    detailTop = Self.scrolled(detailTop, to: lines[shown[next]] ?? 0, rows: rows)
    return []
  }
}

/// The hit that the analyst went to.
package struct CurrentHit: Equatable, Sendable {
  package let row: Int
  /// Its place in `ListingReading.hits`.
  package let number: Int
}

extension State {
  /// The hit that the analyst went to, if it is one of this listing.
  func hitGoneTo(in row: Int) -> Hit? {
    guard let currentHit, currentHit.row == row, let reading = reading(of: row),
      reading.hits.indices.contains(currentHit.number)
    else { return nil }
    return reading.hits[currentHit.number]
  }

  /// What the hit gone to is: its term, what it was read as where that is not what is written, its language, kind, meaning, standing
  /// and source, in a line.
  var currentHitSentence: String? {
    guard let currentHit, currentHit.row == table.row, let hit = hitGoneTo(in: currentHit.row) else { return nil }
    let term = flags.lexicons[hit.term]
    let count = reading(of: currentHit.row)?.hits.count ?? 0
    var parts = ["\(currentHit.number + 1)/\(count)", term.name]
    if !hit.folds.subtracting(.letterCase).isEmpty {
      let text = dataset.bytes(of: hit.field, at: currentHit.row)
      let writing = flags.lexicons.surfaceForm(readAt: hit, in: text)
      if writing == term.name { parts.removeLast() }
      parts.append("matched as: " + writing)
    }
    parts += [
      "\(term.language) \(term.kind.rawValue)" + (term.denotes.isEmpty ? "" : ": " + term.denotes), hit.status.name,
      term.source.isEmpty ? "no source" : "source \(term.source)",
    ]
    return parts.joined(separator: " · ")
  }
}
