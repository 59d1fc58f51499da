import Listings

/// Why a table is not read although others of its file are.
package enum TableLeftOut: String, Equatable, Sendable {
  case hidden = "hidden sheets"
  case unknown = "tables without a title, text or price that is known by its name"
}

/// Which tables of a file are opened.
enum TableChoice {
  /// The places of the chosen tables.
  ///
  /// Rules:  `wanted` names one, hidden or not. Otherwise hidden ones are left out, and empty ones if others have rows;
  ///         a single one is opened whatever its columns are called, of several those with a title, text or price that
  ///         is known, else those with any known column, or
  ///         all if they have the same columns.
  static func chosen(of tables: [HeldTable], wanted: String?) throws(TableFault) -> [Int] {
    if let wanted { return [try place(of: wanted, in: tables)] }
    let visible = tables.indices.filter {
      !tables[$0].isHidden && !tables[$0].isRepeated && !tables[$0].columns.isEmpty
    }
    let filled = visible.filter { tables[$0].hasRows }
    let candidates = filled.isEmpty ? visible : filled
    if candidates.count == 1 { return candidates }
    let known = candidates.filter { tables[$0].hasKnownColumn }
    let telling = known.filter { tables[$0].tellsListings }
    if !telling.isEmpty { return telling }
    if !known.isEmpty { return known }
    if let first = candidates.first, candidates.allSatisfy({ tables[$0].columns == tables[first].columns }) {
      return candidates
    }
    throw candidates.isEmpty ? .noTables : .severalTables(candidates.map { tables[$0].name })
  }

  /// The names of tables with anything in them that were not chosen, by why not.
  static func leftOut(of tables: [HeldTable], chosen: [Int]) -> [(TableLeftOut, [String])] {
    let others = tables.indices.filter {
      !chosen.contains($0) && !tables[$0].columns.isEmpty && !tables[$0].isRepeated
        && (tables[$0].hasRows || !tables[$0].hasKnownColumn)
    }
    .map {
      tables[$0]
    }
    let told: [(why: TableLeftOut, tables: [HeldTable])] = [
      (.hidden, others.filter(\.isHidden)), (.unknown, others.filter { !$0.isHidden }),
    ]
    return told.filter { !$0.tables.isEmpty }.map { ($0.why, $0.tables.map(\.name)) }
  }

  private static func place(of wanted: String, in tables: [HeldTable]) throws(TableFault) -> Int {
    if let index = tables.firstIndex(where: { $0.name == wanted }) { return index }
    let plain = FieldNames.plain(wanted)
    if let index = tables.firstIndex(where: { FieldNames.plain($0.name) == plain }) { return index }
    throw .noSuchTable(wanted, among: tables.map(\.name))
  }
}
