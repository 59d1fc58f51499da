import SmallFormats

/// Named texts as the casebook keeps them: one JSON object of strings, keys sorted.
enum KeptFields {
  static func json(_ fields: [String: String]) -> String {
    JSONValue.map(fields.mapValues { .text($0) }).text
  }

  /// What cannot be read counts as nothing kept: it is a convenience, not evidence.
  static func read(_ json: String) -> [String: String] {
    guard case .map(let map)? = try? JSONReading.value(of: Array(json.utf8)) else { return [:] }
    return map.compactMapValues(\.asText)
  }
}
