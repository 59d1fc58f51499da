import Casework
import GRDB
import Listings
import SmallFormats

// What was stated about listings in codes: a column of the table of statuses, as the events have it.

extension Schema {
  /// Version 10: what was stated about a listing in codes, by aspect, each with who stated it.
  static let descriptions = """
    ALTER TABLE standing ADD COLUMN described TEXT CHECK (described IS NULL OR json_valid(described));
    """

  /// SQL for the column `described`, which a casebook of an earlier version lacks.
  static func described(_ db: Database) throws -> String {
    try version(of: db) >= versionOfDescriptions ? "described" : "NULL"
  }

  /// The first version that has it.
  static let versionOfDescriptions = 10
}

extension Action {
  /// SQL for the actions that set a part of a listing's status.
  static let ofStatuses = [fileVerdict, writeNote, describe].map { "'\($0.rawValue)'" }.joined(separator: ", ")
}

extension AttributedStatus {
  /// The text of the column; nil where nothing was ever stated.
  ///
  /// Shape:  JSON, `{"species":["probable","rk"]}`, names in order; null in place of a value that was cleared.
  var describedColumn: String? {
    var values: [String: JSONValue] = [:]
    for (aspect, one) in status.description.stated {
      values[aspect.rawValue] = .list([.text(one.value), .text(one.by)])
    }
    for (aspect, analyst) in clearedBy { values[aspect.rawValue] = .list([.null, .text(analyst)]) }
    return values.isEmpty ? nil : JSONValue.map(values).json
  }

  /// Who cleared what, by that text.
  static func clearedBy(column: String?) -> [Aspect: String] {
    var cleared: [Aspect: String] = [:]
    for (aspect, value, analyst) in ListingDescription.pairs(column) where value == nil { cleared[aspect] = analyst }
    return cleared
  }
}

extension ListingDescription {
  /// Reads that text. What it does not understand is left out; `verify` compares the column with the events.
  init(column: String?) {
    self.init()
    for (aspect, value, analyst) in Self.pairs(column) { self[aspect] = value.map { Described($0, by: analyst) } }
  }

  fileprivate static func pairs(_ column: String?) -> [(Aspect, value: String?, by: String)] {
    guard let column, case .map(let values)? = try? JSONReading.value(of: Array(column.utf8)) else { return [] }
    return values.compactMap { name, pair in
      guard let aspect = Aspect(rawValue: name), let pair = pair.asList, pair.count == 2, let analyst = pair[1].asText
      else { return nil }
      return (aspect, pair[0].asText, analyst)
    }
  }
}
