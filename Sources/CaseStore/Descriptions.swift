import Casework
import GRDB
import Listings
import SmallFormats

// What was stated about listings in codes: a column of the table of statuses, as the events have it.

extension Schema {
  /// Version 9: what was stated about a listing in codes, by aspect, each with who stated it.
  static let descriptions = """
    ALTER TABLE standing ADD COLUMN described TEXT CHECK (described IS NULL OR json_valid(described));
    """

  /// SQL for the column `described`, which a casebook of an earlier version lacks.
  static func described(_ db: Database) throws -> String {
    try version(of: db) >= versionOfDescriptions ? "described" : "NULL"
  }

  /// The first version that has it.
  static let versionOfDescriptions = 9
}

extension Action {
  /// SQL for the actions that set a part of a listing's status.
  static let ofStatuses = [fileVerdict, writeNote, describe].map { "'\($0.rawValue)'" }.joined(separator: ", ")
}

extension ListingDescription {
  /// The text of the column; nil where nothing is stated.
  ///
  /// Shape:  JSON, `{"species":["probable","rk"]}`, names in order.
  var column: String? {
    if isEmpty { return nil }
    let values = stated.map { ($0.key.rawValue, JSONValue.list([.text($0.value.value), .text($0.value.by)])) }
    return JSONValue.map(Dictionary(uniqueKeysWithValues: values)).json
  }

  /// Reads that text. What it does not understand is left out; `verify` compares the column with the events.
  init(column: String?) {
    self.init()
    guard let column, case .map(let values)? = try? JSONReading.value(of: Array(column.utf8)) else { return }
    for (name, pair) in values {
      guard let aspect = Aspect(rawValue: name), let texts = pair.asList?.compactMap(\.asText), texts.count == 2 else {
        continue
      }
      self[aspect] = Described(texts[0], by: texts[1])
    }
  }
}
