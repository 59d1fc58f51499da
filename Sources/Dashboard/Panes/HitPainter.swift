import Filters
import Listings
import TextCells

/// Marks where the filter's words stand in a text that was just drawn.
enum HitPainter {
  static func paint(
    _ search: [TextSearch], in text: UnsafeRawBufferPointer, at spot: Spot, width: Int, into frame: inout Frame
  ) {
    guard !search.isEmpty else { return }
    // A title of any length is drawn only as far as the pane is wide.
    let drawn = PlacedText(utf8: text, limit: width + 1)
    let seen = UnsafeRawBufferPointer(rebasing: text.prefix(Int(drawn.offsets.last ?? 0)))
    for range in search.flatMap({ $0.ranges(in: seen) }) {
      for column in drawn.columns(showing: range) where column < width {
        frame[spot.column + column, spot.row].role = .hit
      }
    }
  }

  /// Marks the code words that were found in a text.
  static func paint(
    _ marks: [MarkedRange], in text: UnsafeRawBufferPointer, at spot: Spot, width: Int, into frame: inout Frame
  ) {
    guard !marks.isEmpty, width > 0 else { return }
    let drawn = PlacedText(utf8: text, limit: width + 1)
    let end = Int(drawn.offsets.last ?? 0)
    // Of a text that was cut the last cell shows that it was, and no word.
    let shown = end < text.count || drawn.text.width > width ? width - 1 : width
    for mark in marks where mark.bytes.lowerBound < end {
      for column in drawn.columns(showing: mark.bytes.clamped(to: 0..<end)) where column < shown {
        // What stands for a hidden character goes on saying so.
        if frame[spot.column + column, spot.row].role == .hiddenCharacter { continue }
        frame[spot.column + column, spot.row].role = mark.role
      }
    }
  }
}

extension State {
  /// The bare words of the filter, to be shown where they stand.
  var searchedWords: [TextSearch] { filter.clauses.flatMap(\.wantedWords).compactMap { TextSearch($0) } }
}

extension Clause {
  /// Words that a listing shown may hold because of this clause; what is excluded is not among them.
  fileprivate var wantedWords: [String] {
    switch self {
    case .words(let words): [words]
    case .all(let clauses), .any(let clauses): clauses.flatMap(\.wantedWords)
    default: []
    }
  }
}
