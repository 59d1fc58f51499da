import CaseStore
import Casework
import Foundation
import Listings
import Synchronization

extension Workplace {
  /// Files verdicts as the dashboard would, by `listing_id`, for commands that only read the casebook.
  func file(
    _ verdicts: [String: Verdict], from file: String, analyst: String = "rk", into name: String? = nil
  ) throws {
    let rows = try KnownRows.lines(of: file, at: self).map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
    let book = try Casebook.open(path: name.map { path + "/" + $0 } ?? casebook, analyst: analyst)
    for row in rows {
      guard let id = row["listing_id"] as? String, let verdict = verdicts[id], let key = row["key"] as? String else {
        continue
      }
      try book.apply(.file(verdict, reason: nil, for: [ListingKey(key)]), at: SystemClock.now())
    }
    try book.close()
  }
}

/// What `linsang query` prints for a file, cached for all tests with the same file.
private enum KnownRows {
  private static let known = Mutex<[[String]: [String]]>([:])

  static func lines(of file: String, at place: Workplace) throws -> [String] {
    let path = file.hasPrefix("/") ? file : place.path + "/" + file
    let name = [(path as NSString).lastPathComponent, try String(contentsOfFile: path, encoding: .utf8)]
    if let lines = known.withLock({ $0[name] }) { return lines }
    let lines = try Program.run("query", "", file, at: place).lines
    known.withLock { $0[name] = lines }
    return lines
  }
}
