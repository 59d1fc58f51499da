import CaseStore
import Casework
import Listings

// Verdicts of casebooks that know listings by keys of an earlier form.

extension Casebook {
  /// The listings of a dataset that this casebook knows by keys of an earlier form.
  func earlierListings(in dataset: Dataset) throws(CasebookError) -> EarlierListings? {
    let keys = try earlierKeys()
    if keys.isEmpty { return nil }
    let rows = EarlierRows(of: keys.ofOldForm, addresses: keys.addresses, in: dataset)
    return try earlierListings(rows, of: keys, in: dataset)
  }

  /// The listings of rows that were found, and of those that the analyst decided in these files.
  func earlierListings(
    _ rows: EarlierRows, of keys: EarlierKeys, in dataset: Dataset
  ) throws(CasebookError) -> EarlierListings {
    let files: Set<String> = keys.ofOldForm.isEmpty ? [] : Set(dataset.sources.map(\.name))
    let old = Set(keys.ofOldForm)
    let remembered = try remembered(Set(rows.matches.keys), inFiles: files)
      .filter { old.contains($0.key) || rows.matches[$0.key] != nil }
    return EarlierListings(rows, remembered: remembered, in: dataset)
  }

  /// Gives the listings of a dataset the keys that they have now. To be asked of casebooks that may be written.
  @discardableResult
  func renameListings(of dataset: Dataset) throws(CasebookError) -> (found: EarlierListings, renamed: Renamed)? {
    guard let found = try earlierListings(in: dataset) else { return nil }
    return (found, try rename(found.renamed, at: SystemClock.now()))
  }
}

extension EarlierListings {
  /// What was found and what was not; nil where there is nothing to be said.
  func sentence(disagreeing: Int) -> String? {
    var parts: [String] = []
    if disagreeing > 0 {
      parts.append(
        "\(disagreeing) listing\(disagreeing == 1 ? " was" : "s were") decided twice under different keys: the later "
          + "verdict counts, the log has both")
    }
    if !unclear.isEmpty {
      let count = "\(unclear.count) decision\(unclear.count == 1 ? "" : "s")"
      parts.append(
        "\(count) of an earlier linsang may be about several of these listings and \(unclear.count == 1 ? "is" : "are") "
          + "shown on none; `linsang casebook log` has \(unclear.count == 1 ? "it" : "them")")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
