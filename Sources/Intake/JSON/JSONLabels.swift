/// Names of members that stand for rows: numbers that count them, or ids.
enum JSONLabels {
  /// Numbers below this may count the rows of a table of which these are a part.
  private static let smallest = 100_000

  static func areNumbers(_ labels: some Collection<String>) -> Bool {
    !labels.isEmpty && labels.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }
  }

  /// Whether names tell one thing from another, as ids do and names of columns do not.
  static func lookLikeIDs(_ labels: some Collection<String>) -> Bool {
    !labels.isEmpty && labels.allSatisfy { $0.utf8.contains(where: \.isDigit) }
  }

  /// Whether labels are the places of rows in a table, or moments: nothing by which a listing is known again.
  ///
  /// Why:    an id that is only a place would give two listings of two weeks one identity.
  static func arePlaces(_ labels: some Collection<String>, count: Int) -> Bool {
    if !labels.isEmpty, labels.allSatisfy(isTime) { return true }
    guard areNumbers(labels) else { return false }
    let numbers = labels.map { Int($0) ?? .max }
    let isMoment = numbers.allSatisfy {
      (1_000_000_000...2_100_000_000).contains($0) || (1_000_000_000_000...2_100_000_000_000).contains($0)
    }
    return isMoment || numbers.allSatisfy { $0 < max(smallest, 10 * count) }
  }

  private static func isTime(_ label: String) -> Bool {
    var label = label
    return label.withUTF8 { TimeReading.read(UnsafeRawBufferPointer($0)) != nil } && label.utf8.contains { !$0.isDigit }
  }

  /// What the column of labels is called beside columns with these names.
  static func column(_ labels: some Collection<String>, count: Int, beside names: [String]) -> String {
    let choice = arePlaces(labels, count: count) ? ["index", "row label"] : ["id", "key", "row label"]
    return choice.first { !names.contains($0) } ?? "row label"
  }
}
