import Listings

/// Which tables of a file are opened.
enum TableChoice {
  /// The places of the chosen tables.
  ///
  /// Rules:  `wanted` names one, hidden or not. Otherwise hidden ones are left out, and empty ones if others have rows;
  ///         a single one is opened whatever its columns are called, of several those with a column that is known.
  static func chosen(of tables: [HeldTable], wanted: String?) throws(TableFault) -> [Int] {
    if let wanted { return [try place(of: wanted, in: tables)] }
    let visible = tables.indices.filter { !tables[$0].isHidden && !tables[$0].columns.isEmpty }
    let filled = visible.filter { tables[$0].hasRows }
    let candidates = filled.isEmpty ? visible : filled
    if candidates.count == 1 { return candidates }
    let known = candidates.filter { tables[$0].hasKnownColumn }
    if !known.isEmpty { return known }
    throw candidates.isEmpty ? .noTables : .severalTables(candidates.map { tables[$0].name })
  }

  private static func place(of wanted: String, in tables: [HeldTable]) throws(TableFault) -> Int {
    if let index = tables.firstIndex(where: { $0.name == wanted }) { return index }
    let plain = FieldNames.plain(wanted)
    if let index = tables.firstIndex(where: { FieldNames.plain($0.name) == plain }) { return index }
    throw .noSuchTable(wanted, among: tables.map(\.name))
  }
}
