import Foundation
import Intake
import Listings
import Testing

/// Keys of files that others wrote, beside the project, and of the same files without their first line.
@Suite(.enabled(if: RealFiles.arePresent, "the folder of real files is not beside the project"))
struct RealKeysTests {
  private static let endings = ["csv", "tsv", "json", "jsonl", "xlsx"]

  private static let files: [String] = {
    let all = FileManager.default.enumerator(atPath: RealFiles.data)?.compactMap { $0 as? String } ?? []
    let ofAKind = { (path: String) in path.contains("bikehub") && !path.contains("06-01") && !path.contains("06-02") }
    return all.filter { path in endings.contains { path.hasSuffix(".\($0)") } && !ofAKind(path) }.sorted()
      .map { "\(RealFiles.data)/\($0)" }
  }()

  @Test func noTwoRecordsShareAKeyUnlessAnIDOrAnAddressSaysSo() throws {
    #expect(Self.files.count > 50)
    for path in Self.files { try check(path, path) }
  }

  @Test func norWithoutTheFirstLine() throws {
    let folder = InventedFolder()
    for path in Self.files where path.hasSuffix("csv") || path.hasSuffix("tsv") {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      guard let end = bytes.firstIndex(of: 0x0A) else { continue }
      let name = path.hasSuffix("csv") ? "bare.csv" : "bare.tsv"
      try check(folder.write(name, Array(bytes[(end + 1)...])), path)
    }
  }

  private func check(_ path: String, _ label: String) throws {
    let (dataset, _) = try RealFiles.open([path])
    var rows: [ListingKey: [Int]] = [:]
    for row in 0..<dataset.rowCount { rows[dataset.key(at: row), default: []].append(row) }
    for (key, rows) in rows where rows.count > 1 {
      if key.text.hasPrefix("text:") {
        let records = Set(rows.map { dataset.wordsOrRecord(at: $0) })
        #expect(records.count == 1, "\(label): \(key) stands for \(records.prefix(3))")
      } else {
        // What names a listing may be met with other words, but not with other words every time.
        let titles = Set(rows.map { dataset.text(of: .title, at: $0) })
        #expect(titles.count < 3 || titles.count * 2 <= rows.count, "\(label): \(key) stands for \(titles.prefix(5))")
      }
    }
    let wrong = (0..<dataset.rowCount).filter { dataset.key(at: $0).fingerprint != dataset.keyFingerprints[$0] }
    #expect(wrong == [], "\(label)")
  }
}

extension Dataset {
  /// What tells a row from others, told slowly: the words of an advert, or all cells apart from those that change.
  fileprivate func wordsOrRecord(at row: Int) -> [String] {
    let cells = cells(of: row).map {
      (name: $0.field?.rawValue ?? $0.name, text: Self.compared($0.text), field: $0.field)
    }
    .filter { !$0.text.isEmpty }
    func text(_ field: Field) -> String { cells.first { $0.field == field }?.text ?? "" }
    let words = [text(.sellerAlias), text(.title), text(.description)]
    if !words.contains("") { return words }
    let changing: [Field] = [.price, .currency, .capturedAt, .postedAt, .flagReason, .listingID, .url]
    let kept = cells.filter { cell in cell.field.map { !changing.contains($0) } ?? true }
    let counters = Self.counters
    return kept.filter { !counters.contains($0.name.lowercased()) }.map { "\($0.name)=\($0.text)" }.sorted()
  }

  /// Columns of these files that say something else at every look, as the table beside the lexicons says.
  private static let counters: Set<String> = ["no", "ratings", "column1"]

  private static func compared(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return ["", "na", "n/a", "-", "--", "[]", "{}", "null", "none", "nan"].contains(words.lowercased())
      ? "" : Folding.folded(words)
  }
}
