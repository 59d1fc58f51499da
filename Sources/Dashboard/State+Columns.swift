import Listings

extension State {
  /// "NO TITLE in week47.csv": a file of which neither title nor description is known, so that no lexicon reads it; nil:
  /// there is none.
  var missingText: String? {
    let files = dataset.sources.filter { !$0.rows.isEmpty && !$0.hasText }
    guard let first = files.first else { return nil }
    let others = files.count > 1 ? " +\(files.count - 1)" : ""
    return dataset.sources.count > 1 ? "NO TITLE in \(first.name.lastPart.suffix(24))\(others)" : "NO TITLE"
  }
}

extension SourceFile {
  /// Whether title or description is known.
  fileprivate var hasText: Bool { reader.fields.contains { $0 == .title || $0 == .description } }
}
