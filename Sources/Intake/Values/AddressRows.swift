import Listings

extension TableReading {
  /// What of an address names a listing, from `listing-addresses.csv` and `tracking-parameters.csv`.
  ///
  /// Shape:  `platform,ids,domains,addresses,listing`: `ids` is `shared` where an id means the same on all domains of the
  ///         platform, `domain` where each has its own; without `domains` they are those of `platforms.csv`.
  ///         A row with the platform, domains and addresses of an earlier one replaces it.
  mutating func addresses(of platforms: [[String]]) -> AddressTable {
    var domains: [String: [String]] = [:]
    for row in platforms where !row[1].isEmpty && !row[0].hasPrefix(".") { domains[row[1], default: []].append(row[0]) }
    var rows: [AddressTable.Row] = []
    var places: [[String]: Int] = [:]
    for cells in self.rows(of: "listing-addresses.csv", columns: 5, isRequired: false) {
      let own = Self.parts(cells[2], "|")
      let row = AddressTable.Row(
        site: cells[1] == "domain" ? "" : cells[0], domains: own.isEmpty ? domains[cells[0]] ?? [] : own,
        patterns: Self.parts(cells[3], " "), listing: cells[4])
      let place = [cells[0], cells[2], cells[3]]
      if let known = places[place] {
        rows[known] = row
      } else {
        places[place] = rows.count
        rows.append(row)
      }
    }
    let tracking = self.rows(of: "tracking-parameters.csv", columns: 2, isRequired: false)
    let table = AddressTable(rows: rows, tracking: tracking.map { ($0[0], $0[1]) })
    for fault in table.faults { report(pattern: fault) }
    return table
  }

  private static func parts(_ cell: String, _ separator: Character) -> [String] {
    cell.split(separator: separator).map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
  }
}
