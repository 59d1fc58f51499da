/// Finds the header among the first rows of a sheet: people write titles, dates and notes above their tables.
struct HeaderSearch {
  /// Which names of columns are known.
  let mapping: ColumnMapping
  /// Whether tables have a header at all; nil: it is found out.
  var hasHeader: Bool?

  /// Rows that are not blank and may stand above the header, the header among them.
  static let looked = 20

  struct Header: Equatable {
    /// The place of the first row that is kept.
    var place = 0
    var knownNames = 0
    /// Whether that row names the columns; otherwise it is a row like the others.
    var namesColumns = true
  }

  /// The header among `rows`; nil: all are blank.
  ///
  /// Rules:  the row with the most known names, if there are two or more, or one in a row as wide as any; otherwise
  ///         the first row that is at least half as wide as the widest, unless it holds values. The earlier wins ties.
  func header(among rows: [[String]]) -> Header? {
    let widths = rows.map { $0.count { !Self.isBlank($0) } }
    guard let widest = widths.max(), widest > 0 else { return nil }
    if hasHeader == false { return Header(namesColumns: false) }
    var best = Header()
    for (place, row) in rows.enumerated() {
      let known = row.count { isKnown($0) }
      if known > best.knownNames, known > 1 || widths[place] == widest {
        best = Header(place: place, knownNames: known)
      }
    }
    if best.knownNames > 0 { return best }
    let place = widths.firstIndex { 2 * $0 >= widest } ?? 0
    return Header(place: place, namesColumns: hasHeader ?? !rows[place].contains { DelimitedHead.isValue($0) })
  }

  func isKnown(_ name: String) -> Bool { !Self.isBlank(name) && mapping.claim(of: name).field != nil }

  private static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 <= .blank } }
}
