import Listings

/// What the sampled values of one column look like together.
struct ColumnShape {
  /// Values that are there, in the order of the records.
  let values: [String]
  let distinct: Int
  let addresses: Int
  let pictures: Int
  /// Addresses without a host.
  let paths: Int
  let times: Int
  let numbers: Int
  /// Amounts without a currency, however they are written; plain numbers are among them.
  let bareAmounts: Int
  let markedAmounts: Int
  /// Words that say that there is no price: on request, given away.
  let noPrices: Int
  /// Words without blanks that hold a digit, `_`, `.` or `@` among letters, as people name themselves.
  let aliases: Int
  /// Values with a digit in them.
  let digits: Int
  /// Values of several words that end as sentences do.
  let sentences: Int
  /// Characters of a value on average.
  let meanLength: Double
  let hasLineBreaks: Bool

  init(_ values: [String], _ shape: ValueShape) {
    self.values = values
    distinct = Set(values).count
    addresses = values.count(where: ValueShape.isAddress)
    pictures = values.count(where: ValueShape.isPicture)
    paths = values.count(where: ValueShape.isPath)
    times = values.count { ValueShape.time($0) != nil }
    numbers = values.count { ValueShape.number($0) != nil }
    bareAmounts = numbers == values.count ? numbers : values.count { shape.bareAmount($0) != nil }
    markedAmounts = numbers == values.count ? 0 : values.count { shape.markedAmount($0) != nil }
    // Words for no price tell only beside amounts.
    noPrices = bareAmounts + markedAmounts == 0 || numbers == values.count ? 0 : values.count { shape.isNoPrice($0) }
    aliases = values.count(where: ValueShape.isAlias)
    digits = values.count { $0.contains(where: \.isNumber) }
    sentences = values.count { value in
      value.last.map { ".!?。！？।".contains($0) } == true && value.contains(where: { $0 == " " || !$0.isASCII })
    }
    meanLength = values.isEmpty ? 0 : Double(values.reduce(0) { $0 + $1.count }) / Double(values.count)
    hasLineBreaks = values.contains { $0.contains(where: \.isNewline) }
  }

  var count: Int { values.count }

  /// Whether `part` is as good as all of the values.
  func isNearlyAll(_ part: Int, percent: Int = 95) -> Bool { count > 0 && part * 100 >= count * percent }

  /// Whether at least so many of a hundred values differ from each other.
  func isDistinct(percent: Int) -> Bool { isNearlyAll(distinct, percent: percent) }

  /// Not addresses, times, numbers or amounts.
  var isText: Bool { count > 0 && 2 * (addresses + paths + times + numbers + markedAmounts) < count }

  /// Several words, or a script that needs no blanks between them: an alias is mostly one word.
  var isWordy: Bool {
    isText && 2 * values.count { value in value.unicodeScalars.contains { $0 == " " || $0.value > 0xFF } } >= count
  }

  /// A word for the header signature of files without names: it must be the same next week.
  var kind: String {
    if count == 0 { return "text" }
    if 2 * (addresses + paths) > count { return "address" }
    if 2 * times > count { return "time" }
    return 2 * (numbers + markedAmounts) > count ? "number" : "text"
  }
}
