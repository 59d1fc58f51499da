import SmallFormats

/// The first page of the report: how many adverts of what, by whom, where, when and for how much, as advertised.
///
/// Cost:   O(listings).
/// Rule:   nothing is estimated. Amounts are added by currency; in one currency they stand beside that, with the rates.
struct SummarySection {
  let records: PacketRecords

  private var document: JSONValue { records.document }
  private var listings: [RecordedListing] { records.listings }

  /// The section.
  ///
  /// Shape:  what is asked, the figures, the charts, and the species by appendix.
  var html: String {
    """
    <section aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    \(asked)<table class="facts"><tbody>
    \(figures)</tbody></table>
    \(charts)\(species)</section>

    """
  }

  /// What the recipients are asked to do; empty for nothing.
  private var asked: String {
    let request = document.word("request")
    return request.isEmpty || request == "none stated"
      ? "" : "<p><strong>What is asked:</strong> \(HTMLText.foreignLines(request, limit: 20_000))</p>\n"
  }

  private var figures: String {
    HTMLTable.rows([
      ("Adverts", adverts), ("Species named", speciesNamed), ("Platforms", platforms), ("Sellers", sellers),
      ("Period", period), ("Quantity as advertised", quantity), ("Price as advertised", value),
      ("In one currency", DollarValue(records).html), ("Method", method),
    ])
  }

  private var adverts: String {
    let confirmed = listings.count(where: \.isConfirmed)
    let copies = CopiesSection(document).copyCount
    let unsure = listings.count - confirmed
    let verdicts =
      unsure > 0
      ? ": \(Digits.grouped(confirmed)) confirmed match to criteria, \(Digits.grouped(unsure)) unsure"
      : ", \(confirmed == 1 ? "" : "all ")confirmed match to criteria"
    return "<strong>\(Digits.grouped(listings.count))</strong>" + verdicts
      + (copies > 0 ? "; \(Count.of(copies, "is a copy", "are copies")) of another advert here" : "")
  }

  // MARK: Species

  /// The codes of appendices in the order in which they protect; all others are unknown.
  private static let appendices = [
    ("I", "Appendix I"), ("I/II", "Appendix I or II"), ("II", "Appendix II"), ("III", "Appendix III"),
    ("N", "not in the Appendices"),
  ]

  /// The listings by appendix; those of unknown appendix last.
  private var byAppendix: [(words: String, listings: [RecordedListing])] {
    var rest = listings
    var found: [(words: String, listings: [RecordedListing])] = []
    for (code, words) in Self.appendices {
      found.append((words, rest.filter { $0.appendix == code }))
      rest.removeAll { $0.appendix == code }
    }
    found.append(("not known", rest))
    return found.filter { !$0.listings.isEmpty }
  }

  private static func names(_ listings: [RecordedListing]) -> [(name: String, count: Int)] {
    counts(listings.compactMap(\.scientificName))
  }

  /// How often each text occurs, the most frequent first.
  static func counts(_ texts: [String]) -> [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for text in texts { counts[text, default: 0] += 1 }
    return counts.map { ($0.key, $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  private var speciesNamed: String? {
    let named = Self.names(listings)
    guard !named.isEmpty else { return nil }
    let without = listings.count { $0.scientificName == nil }
    return Count.of(named.count, "taxon", "taxa")
      + (without > 0 ? "; \(Count.of(without, "advert names", "adverts name")) none" : "")
      + "; by words alone, no specimen was examined"
  }

  /// The taxa of each appendix with their adverts.
  private var species: String {
    let rows = byAppendix.compactMap { words, listings -> String? in
      let names = Self.names(listings)
      guard !names.isEmpty else { return nil }
      let shown = names.prefix(Self.shownNames).map { "<i>\(HTMLText.foreign($0.name))</i> \($0.count)" }
      let more = names.count > shown.count ? "; and \(names.count - shown.count) more" : ""
      return "<tr><th scope=\"row\">\(words)</th><td>\(shown.joined(separator: "; "))\(more)</td>"
        + "<td class=\"number\">\(Digits.grouped(listings.count))</td></tr>\n"
    }
    return rows.isEmpty
      ? "" : HTMLTable.table("species", ["CITES", "Taxa as named, with their adverts", "Adverts"], rows.joined())
  }

  /// So many taxa of an appendix, and platforms, are named.
  private static let shownNames = 24

  // MARK: Who and where

  private var platforms: String? {
    guard listings.contains(where: { $0.platformName != nil }) else { return nil }
    return Self.counts(listings.map { $0.platformName ?? "not known" }).prefix(Self.shownNames)
      .map { "\(HTMLText.foreign($0.name, limit: 80)) \($0.count)" }.joined(separator: ", ")
  }

  private var sellers: String? {
    let named = Set(listings.filter(\.namesSeller).map { $0.value.word("seller") }).count
    let without = listings.count { !$0.namesSeller }
    guard named > 0 else { return nil }
    return "\(Digits.grouped(named)) named"
      + (without > 0 ? "; \(Count.of(without, "advert names", "adverts name")) none" : "")
  }

  private var period: String? {
    let days = listings.compactMap(\.day)
    guard let first = days.min(), let last = days.max() else { return nil }
    let undated = listings.count - days.count
    return (first == last ? "\(first)" : "\(first) to \(last)")
      + ", by the day of posting, else of collection"
      + (undated > 0 ? "; \(Count.of(undated, "advert has", "adverts have")) neither" : "")
  }

  // MARK: How much

  /// Numbers are added by their unit; what they count, the rows do not say.
  private var quantity: String? {
    var sums: [String: (sum: ExactSum, adverts: Int)] = [:]
    for listing in listings {
      guard let amount = listing.value.at("specimen", "quantity")?.asText else { continue }
      sums[listing.value.word("specimen", "unit"), default: (ExactSum(), 0)].sum.add(amount)
      sums[listing.value.word("specimen", "unit"), default: (ExactSum(), 0)].adverts += 1
    }
    let inWords = listings.count {
      $0.quantityAsAdvertised != nil && $0.value.at("specimen", "quantity")?.asText == nil
    }
    var parts = sums.sorted { $0.key < $1.key }.map { unit, sum in
      "\(sum.sum.grouped)\(unit == "UNK" ? "" : " " + HTMLText.escaped(unit)) in \(Count.of(sum.adverts, "advert"))"
    }
    if inWords > 0 { parts.append("in words only in \(Count.of(inWords, "advert"))") }
    guard !parts.isEmpty else { return nil }
    let stated = sums.values.reduce(inWords) { $0 + $1.adverts }
    return parts.joined(separator: "; ")
      + (stated < listings.count ? "; \(Count.of(listings.count - stated, "advert states", "adverts state")) none" : "")
      + (sums["UNK"] == nil ? "" : "; the rows do not say of what")
  }

  private var value: String? {
    var sums: [String: (sum: ExactSum, adverts: Int)] = [:]
    for listing in listings {
      guard let amount = listing.value.at("price", "amount")?.asText else { continue }
      sums[listing.value.word("price", "currency"), default: (ExactSum(), 0)].sum.add(amount)
      sums[listing.value.word("price", "currency"), default: (ExactSum(), 0)].adverts += 1
    }
    var parts = sums.sorted { ($1.value.adverts, $0.key) < ($0.value.adverts, $1.key) }.map { currency, sum in
      "<strong>\(sum.sum.grouped) \(HTMLText.escaped(currency))</strong> in \(Count.of(sum.adverts, "advert"))"
    }
    let unread = listings.count { $0.value.at("price", "amount")?.asText == nil && $0.priceAsAdvertised != nil }
    if unread > 0 { parts.append("\(Count.of(unread, "price")) without amount or currency") }
    guard !parts.isEmpty else { return nil }
    let without = listings.count { $0.priceAsAdvertised == nil }
    if without > 0 { parts.append("\(Count.of(without, "advert")) without a price") }
    return parts.joined(separator: "; ") + "; as asked, not what was paid"
  }

  private var method: String {
    let lexicons = records.readings.each("lexicons").count
    let selection = RecordedSelection(document).map {
      "chosen from \(Count.of($0.count("listings_in_files"), "advert")) in \(Count.of($0.count("files_opened"), "file"))"
    }
    let read =
      lexicons > 0 ? "read with \(Count.of(lexicons, "lexicon"))" : "not read for code words: no lexicon was on"
    return [selection, read, "each decided by a named analyst; see Method"].compactMap { $0 }.joined(separator: "; ")
  }

  // MARK: Charts

  private var charts: String {
    let appendices = BarChart(
      id: "appendices", caption: "Adverts by CITES Appendix", bars: byAppendix.map { ($0.words, $0.listings.count) })
    let platforms = Self.counts(listings.map { $0.platformName ?? "not known" })
    var bars = platforms.prefix(8).map { (label: $0.name, count: $0.count) }
    if platforms.count > 8 { bars.append(("others", platforms.dropFirst(8).reduce(0) { $0 + $1.count })) }
    let all =
      appendices.rows + BarChart(id: "platforms", caption: "Adverts by platform", bars: bars).rows
      + Timeline(days: listings.compactMap(\.day)).html
    return all.isEmpty ? "" : "<div class=\"charts\">\n\(all)</div>\n"
  }
}

/// The adverts over time: by day, week, month or year, whichever gives a readable number of columns.
struct Timeline {
  let days: [CalendarDay]

  /// Empty if all are of one day, week, month or year.
  var html: String {
    guard let first = days.min(), let last = days.max(), first < last else { return "" }
    let unit = Unit(days: last.daysSince1970 - first.daysSince1970)
    var counts: [CalendarDay: Int] = [:]
    for day in days { counts[unit.start(of: day), default: 0] += 1 }
    var bars: [(label: String, count: Int)] = []
    var bin = unit.start(of: first)
    while bin <= last {
      bars.append((unit == .year ? String(bin.description.prefix(4)) : bin.description, counts[bin] ?? 0))
      bin = unit.next(after: bin)
    }
    return BarChart(id: "time", caption: "Adverts by \(unit.rawValue)", bars: bars).columns
  }

  /// What a column stands for.
  private enum Unit: String {
    case day
    case week = "week, from Monday"
    case month, year

    /// The unit for a period of so many days.
    init(days: Int) {
      switch days {
      case ...31: self = .day
      case ...(7 * 60): self = .week
      case ...(366 * 5): self = .month
      default: self = .year
      }
    }

    /// The first day of the unit with a day.
    func start(of day: CalendarDay) -> CalendarDay {
      switch self {
      case .day: day
      // 1970-01-01 was a Thursday.
      case .week: CalendarDay(daysSince1970: day.daysSince1970 - ((day.daysSince1970 + 3) % 7 + 7) % 7)
      case .month: CalendarDay(daysSince1970: day.daysSince1970 - day.date.day + 1)
      case .year: CalendarDay(year: day.date.year, month: 1, day: 1) ?? day
      }
    }

    /// The first day of the unit after the one that begins on a day.
    func next(after start: CalendarDay) -> CalendarDay {
      let length = [Unit.day: 1, .week: 7, .month: 31, .year: 366][self] ?? 1
      return self.start(of: CalendarDay(daysSince1970: start.daysSince1970 + length))
    }
  }
}

/// A sum of decimals without rounding.
///
/// Units:  millionths; `Decimal` has at most six decimals and fifteen digits before them, so that 10^17 of them fit.
struct ExactSum {
  private var millionths: Int128 = 0

  /// Adds a number; one that is not well-formed counts nothing.
  mutating func add(_ text: String) {
    guard Decimal.isWellFormed(text) else { return }
    let parts = text.split(separator: ".")
    let fraction = parts.count > 1 ? parts[1] + String(repeating: "0", count: 6 - parts[1].count) : "0"
    millionths += (Int128(parts[0]) ?? 0) * 1_000_000 + (Int128(fraction) ?? 0)
  }

  /// Adds a number divided by a rate, rounded to a millionth; false, and nothing added, where either is not well-formed.
  mutating func add(_ text: String, dividedBy rate: String) -> Bool {
    var (amount, divisor) = (ExactSum(), ExactSum())
    guard Decimal.isWellFormed(text), Self.isRate(rate) else { return false }
    amount.add(text)
    divisor.add(rate)
    millionths += (amount.millionths * 1_000_000 + divisor.millionths / 2) / divisor.millionths
    return true
  }

  /// Whether a text is a number that can be divided by.
  static func isRate(_ text: String) -> Bool {
    var sum = ExactSum()
    sum.add(text)
    return sum.millionths > 0
  }

  /// In groups of three digits, rounded to whole units; below ten to hundredths.
  var rounded: String {
    if millionths >= 10_000_000 { return Decimal.grouped(String((millionths + 500_000) / 1_000_000)) }
    let hundredths = (millionths + 5_000) / 10_000
    let fraction = String(hundredths % 100)
    return "\(hundredths / 100)." + (fraction.count < 2 ? "0" : "") + fraction
  }

  /// In groups of three digits, without zeros at the end of the fraction.
  var grouped: String {
    var fraction = String(millionths % 1_000_000)
    fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    let whole = Decimal.grouped(String(millionths / 1_000_000))
    return fraction.isEmpty ? whole : "\(whole).\(fraction)"
  }
}
