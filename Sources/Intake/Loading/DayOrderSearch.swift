import Listings
import Synchronization

/// Whether day or month stands first in a file's columns of dates, found when the first date asks for it.
///
/// Shape:  the first row that can be read in one way only decides (`27/03/2022`). Where another one of the first 64 MB can
///         be read only in the other way, the column contradicts itself and decides nothing.
/// Cost:   a scan of one column, at most once per column, while the other workers wait; nothing for files whose dates have
///         the year first. The result does not depend on how the file is cut into pieces.
final class DayOrderSearch: Sendable {
  /// How much of a file is looked through for a contradiction.
  static let lookedThrough = 64 << 20

  private let found = Mutex<[Field: DayOrder?]>([:])

  /// The order in the column of `field`; `search` is called once.
  func order(of field: Field, search: () -> DayOrderWitness) -> DayOrder? {
    found.withLock { found in
      if let known = found[field] { return known }
      let order = search().order
      found[field] = order
      return order
    }
  }
}

/// What the dates of a column show, one after the other.
struct DayOrderWitness {
  private var first: DayOrder?
  private var contradicts = false

  var order: DayOrder? { contradicts ? nil : first }
  /// Whether further dates change nothing, `bytes` into the records.
  func isSettled(after bytes: Int) -> Bool { contradicts || first != nil && bytes >= DayOrderSearch.lookedThrough }

  /// Looks at the date of a row of the file, from 1.
  mutating func see(_ cell: UnsafeRawBufferPointer, row: Int) {
    let text = BlankTrimming.trimmed(cell)
    guard let date = NumericDate(text), let shown = date.shown else { return }
    // `27/03/2022-1` is no date.
    guard date.end == text.count || text[date.end] <= .blank || text[date.end] == .comma else { return }
    guard let first else {
      let written = UnsafeRawBufferPointer(rebasing: text[..<date.end])
      self.first = DayOrder(first: shown, row: row, text: String(decoding: written, as: UTF8.self))
      return
    }
    if first.first != shown { contradicts = true }
  }
}
