import Filters
import Glibc
import Intake
import Listings
import NearDuplicates

/// Times the search for groups, and writes which group each row is in, for holding it against the truth.
enum GroupsBench {
  /// One JSON object: milliseconds, and the anonymous memory before and at most, in MB.
  static func run(lexicons: String, file: String, groupsTo path: String) throws -> String {
    var report = Report()
    let options = IntakeOptions(tables: ReferenceTables(folders: [lexicons]))
    let loaded = report.time("load") { Result { try DatasetOpening.open(paths: [file], options: options).dataset } }
    let dataset = try loaded.get()
    let before = anonymousMegabytes()
    var most = before
    let found = report.time("groups") {
      DuplicateGroups.find(in: dataset) { _ in most = max(most, anonymousMegabytes()) }
    }
    guard let groups = found, let out = fopen(path, "w") else { return "{}" }
    let order = RowOrder(RowSet(allOf: dataset.rowCount))
    let folded = report.time("fold") { FoldedCopies(order, by: groups) }
    _ = report.time("open a line") { folded?.order(opening: [0]).count }
    for row in 0..<dataset.rowCount { fputs("\(groups.group(of: row) ?? -1)\n", out) }
    fclose(out)
    report.counts = [
      ("rows", dataset.rowCount), ("found", groups.count), ("MB before", before), ("MB at most", most),
    ]
    return report.json
  }

  /// Memory that no file backs, as the kernel counts it.
  private static func anonymousMegabytes() -> Int {
    guard let status = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(status) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, status) != nil {
      var kilobytes = 0
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix("RssAnon:") else { continue }
      for digit in text.utf8 where digit &- 48 < 10 { kilobytes = kilobytes * 10 + Int(digit - 48) }
      return kilobytes / 1024
    }
    return 0
  }
}
