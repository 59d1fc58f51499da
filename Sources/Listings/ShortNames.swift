/// Names of files as short as they can be while no two of them are the same.
///
/// Shape:  of each path the fewest last parts that tell it from the others: `week47.csv`, or `kl/week47.csv` and
///         `bkk/week47.csv`. What stands behind an archive's or workbook's name stays.
package struct ShortNames: Sendable {
  /// What stands between the name of an archive or workbook and what in it is meant.
  package static let within = " » "

  private var short: [String: String] = [:]

  package init(_ names: some Sequence<String>) {
    let paths = Set(names.map { Self.split($0).path })
    let parts = Dictionary(uniqueKeysWithValues: paths.map { ($0, $0.split(separator: "/")) })
    var open = paths
    var count = 1
    while !open.isEmpty {
      let bySuffix = Dictionary(grouping: open) { parts[$0]!.suffix(count).joined(separator: "/") }
      for (suffix, sharing) in bySuffix {
        // What has no more parts is its own shortest name.
        let settled = sharing.count == 1 ? sharing : sharing.filter { parts[$0]!.count < count }
        for path in settled {
          short[path] = sharing.count == 1 ? suffix : path
          open.remove(path)
        }
      }
      count += 1
    }
  }

  /// The short form of a name; one that was not among those given is itself.
  package subscript(name: String) -> String {
    let (path, member) = Self.split(name)
    return (short[path] ?? path) + (member.map { Self.within + $0 } ?? "")
  }

  /// A file's path, and what in it is meant: `week.zip` and `monday.csv`.
  package static func split(_ name: String) -> (path: String, member: String?) {
    guard let mark = name.firstRange(of: Self.within) else { return (name, nil) }
    return (String(name[..<mark.lowerBound]), String(name[mark.upperBound...]))
  }
}
