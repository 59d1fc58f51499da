import Foundation
import Intake
import Listings

@testable import Sightings

/// Files of invented scrapes in a temporary folder, deleted with the object.
final class InventedScrapes: Sendable {
  let path = NSTemporaryDirectory() + "linsang-scrapes-" + UUID().uuidString

  init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func write(_ name: String, _ lines: [String]) throws -> String {
    let file = path + "/" + name
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// The dataset of some files, with the shipped tables.
  static func dataset(_ files: [String]) throws -> Dataset {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var options = IntakeOptions(tables: ReferenceTables(folders: [root.appendingPathComponent("Lexicons").path]))
    options.makesCellFingerprints = true
    return try DatasetOpening.open(paths: files, options: options).dataset
  }

  /// What became of the listings of some files.
  static func sightings(_ files: [String], recorded: [RecordedSightings] = []) throws -> Sightings {
    let dataset = try dataset(files)
    return Sightings.of(dataset, ScrapeRows(dataset), recorded: recorded)!
  }
}

extension Sightings {
  /// The kind of each row as text, `again` for repeated ones.
  var kinds: [String] {
    (0..<dataset.rowCount).map { row in
      let state = state(at: row)
      return state.isRepeat ? "again" : state.kind?.rawValue ?? "none"
    }
  }

  /// The counts of each platform of each scrape: listings, new, seen, changed, reappeared, gone.
  var table: [String] {
    summaries.map { summary in
      let counts = summary.counts
      let numbers = [counts.listings, counts.new, counts.seen, counts.changed, counts.reappeared, counts.gone]
      return "\(summary.scrape.name) \(summary.platform): " + numbers.map(String.init).joined(separator: " ")
    }
  }
}
