import SmallFormats

/// What an analyst has got used to, whatever files are open: the columns of the table, and the filters typed before.
package struct Habits: Equatable, Sendable {
  /// The columns of the table from the left; nil: those that the screen has room for.
  package var columns: [ChosenColumn]?
  /// The filters typed before, the newest first, each once.
  package private(set) var filters: [String] = []

  package init(columns: [ChosenColumn]? = nil) { self.columns = columns }

  /// So many filters are remembered.
  private static let maximumFilters = 200

  /// Puts a filter before the others.
  ///
  /// - Returns: whether that changed anything.
  mutating func note(_ filter: String) -> Bool {
    guard !filter.isEmpty, filters.first != filter else { return false }
    filters = [filter] + filters.filter { $0 != filter }.prefix(Self.maximumFilters - 1)
    return true
  }

  /// As named texts, to be stored: `filter 0001` and so on, and `columns` as `risk:4 posted title`.
  package var fields: [String: String] {
    var fields: [String: String] = [:]
    for (index, filter) in filters.enumerated() { fields["filter " + Digits.padded(index + 1, 4)] = filter }
    for (index, column) in (columns ?? []).enumerated() {
      fields["column " + Digits.padded(index + 1, 4)] = column.id
      if let width = column.width { fields["width " + Digits.padded(index + 1, 4)] = "\(width)" }
    }
    return fields
  }

  /// Reads stored fields; what makes no sense is left out.
  package init(fields: [String: String]) {
    filters = fields.filter { $0.key.hasPrefix("filter ") }.sorted { $0.key < $1.key }.map(\.value)
    let chosen = fields.filter { $0.key.hasPrefix("column ") }.sorted { $0.key < $1.key }
    guard !chosen.isEmpty else { return }
    columns = chosen.map { key, id in
      let width = fields["width" + key.dropFirst(6)].flatMap { Int($0) }
      return ChosenColumn(
        id: id, width: width.map { max(ChosenColumn.widths.lowerBound, min($0, ChosenColumn.widths.upperBound)) })
    }
  }
}

/// A column of the table that the analyst chose.
package struct ChosenColumn: Equatable, Sendable {
  /// The id of its dimension.
  package let id: String
  /// In cells; nil: as the screen has room.
  package var width: Int?

  package init(id: String, width: Int? = nil) { (self.id, self.width) = (id, width) }

  static let widths = 1...80
}

extension State {
  mutating func adopt(_ found: Habits) -> [Effect] {
    // What was done since the start is newer.
    let typed = habits.filters
    var merged = found
    for filter in typed.reversed() { _ = merged.note(filter) }
    if let columns = habits.columns { merged.columns = columns }
    habits = merged
    return []
  }
}
