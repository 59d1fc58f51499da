import CodeWords
import Taxa

/// What `linsang doctor` says of the taxon tables: which there are, how much they hold, and up to which day they speak.
struct TaxaReport {
  let lines: [(name: String, value: String)]

  init(_ table: TaxonTable) {
    guard !table.isEmpty else {
      lines =
        [("taxa", "no table found: names of species stand as written, no appendix is known")]
        + Self.problems(of: table)
      return
    }
    var lines = [("taxa", "\(table.count) taxa with \(table.nameCount) names, from \(table.files.count) tables")]
    lines += table.files.map { ("", $0) }
    for list in ProtectionList.allCases where table.listingCount(in: list) > 0 {
      let base = table.baseDay(of: list).map { "as of \($0)" } ?? "of an unknown day"
      let later = table.laterListings(in: list)
      let changes = later.compactMap(\.from).max().map { ", \(later.count) of them later changes up to \($0)" } ?? ""
      lines.append((list.rawValue, "\(table.listingCount(in: list)) listings, \(base)\(changes)"))
    }
    if let warning = table.warning { lines.append(("warning", warning)) }
    self.lines = lines + Self.problems(of: table)
  }

  private static let mostProblems = 5

  private static func problems(of table: TaxonTable) -> [(name: String, value: String)] {
    let told = table.problems.filter { $0.what != .noTaxa }
    let hidden = told.count - mostProblems
    return told.prefix(mostProblems).map { ("problem", $0.sentence) }
      + (hidden > 0 ? [("problem", "… and \(hidden) more in the taxon tables")] : [])
  }
}
