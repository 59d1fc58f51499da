import CaseStore
import Casework
import Foundation
import Listings

extension Workplace {
  /// Files verdicts as a dashboard would, for commands that only read the casebook. Listings by their `listing_id`.
  func file(
    _ verdicts: [String: Verdict], from file: String, analyst: String = "rk", into name: String? = nil
  ) throws {
    let rows = try Program.run("query", "", file, at: self).lines.map {
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
