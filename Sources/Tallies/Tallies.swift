import CodeWords
import Listings
import SmallFormats
import Taxa

/// Counts of adverts as the field publishes them: by platform and the country of its site, by species and Appendix, by the
/// country that sellers state, by currency and by week.
///
/// Law:    in each grouping but that by taxon, the groups add up to `total`. An advert that names several taxa counts for each.
/// Cost:   O(rows); the quantity is read from the record, some microseconds a row, where the files have such a field.
package struct Tallies: Sendable {
  package struct Group: Sendable {
    /// Empty where it is not known.
    package let name: String
    package let tally: Tally
  }

  /// A platform on sites of one country.
  package struct Site: Hashable, Sendable {
    /// Empty where it is not known.
    package let platform: String
    /// ISO 3166-1 alpha-2; empty where the host is that of a global site or not known.
    package let country: String
  }

  package let total: Tally
  /// The most adverts first, as in all groupings but that by week.
  package let platforms: [(site: Site, tally: Tally)]
  package let countries: [Group]
  package let currencies: [Group]
  /// By the Monday they begin with, in order; the last one has no date.
  package let weeks: [(monday: CalendarDay?, tally: Tally)]
  /// By taxon as far as the words name one; nil for adverts that name none that is known.
  package let taxa: [(taxon: TaxonID?, tally: Tally)]
  /// Each advert under the Appendices of what it names, several where taxa or populations differ; empty where none is known. The
  /// strictest come first.
  package let appendices: [(levels: ListingLevels, tally: Tally)]
  /// How many aliases on how many platforms; the same alias on two platforms counts twice.
  package let sellers: Int
  /// Adverts without an alias.
  package let advertsWithoutSeller: Int
  package let firstDay: CalendarDay?
  package let lastDay: CalendarDay?

  /// The verdicts on rows.
  package struct Verdicts: Sendable {
    let confirmed: RowSet
    let unsure: RowSet
    let falsePositive: RowSet

    package init(confirmed: RowSet, unsure: RowSet, falsePositive: RowSet) {
      (self.confirmed, self.unsure, self.falsePositive) = (confirmed, unsure, falsePositive)
    }

    fileprivate func verdict(of row: Int) -> AdvertVerdict? {
      confirmed.contains(row)
        ? .confirmed : unsure.contains(row) ? .unsure : falsePositive.contains(row) ? .falsePositive : nil
    }
  }

  /// Counts the adverts in rows.
  ///
  /// - Parameters:
  ///   - taxa: turned to the dataset; nil where there are no taxon tables.
  ///   - siteCountry: that of the site at an address of a platform, two letters; empty for none.
  package init(
    of dataset: Dataset, among rows: RowSet, _ verdicts: Verdicts, taxa rowTaxa: RowTaxa?,
    siteCountry: (_ address: UnsafeRawBufferPointer, _ platform: String) -> String
  ) {
    var total = Tally()
    var platforms = Groups<Site>()
    var countries = Groups<String>()
    var currencies = Groups<String>()
    var weeks = Groups<CalendarDay?>()
    var taxa = Groups<TaxonID?>()
    var appendices = Groups<ListingLevels>()
    var sellers: Set<[UInt32]> = []
    var nameless = 0
    var days: (first: CalendarDay, last: CalendarDay)?
    var first: [UInt64: Place] = [:]
    let hasQuantity = dataset.sources.contains { $0.reader.findings.contains { $0.field == .quantity } }
    let (aliases, platformCodes) = (dataset.codes(of: .sellerAlias), dataset.codes(of: .platform))
    let levels = rowTaxa.map { rowTaxa in
      rowTaxa.sets.map { $0.levels(in: .cites, of: rowTaxa.table) }
    }

    rows.forEach { row in
      let fingerprint = dataset.keyFingerprints[row]
      if let place = first[fingerprint] {
        // The groups are those of the first row, so that an advert stands in one of each kind.
        total.addRow()
        platforms.addRow(place.site)
        countries.addRow(place.country)
        currencies.addRow(place.currency)
        weeks.addRow(place.week)
        for taxon in place.taxa { taxa.addRow(taxon) }
        appendices.addRow(place.levels)
        return
      }
      let price = dataset.price(at: row)
      let quantity = hasQuantity ? Amount(dataset.text(of: .quantity, at: row)) : nil
      let advert = Advert(verdict: verdicts.verdict(of: row), price: price, quantity: quantity)
      let day = Self.day(of: row, in: dataset)
      let found = rowTaxa.map { $0.sets[Int($0.codes[row])].taxa } ?? []
      let named: [TaxonID?] = found.isEmpty ? [nil] : found
      let platform = dataset.text(of: .platform, at: row)
      let place = Place(
        site: platforms.index(
          of: Site(platform: platform, country: siteCountry(dataset.addressBytes(at: row), platform))),
        country: countries.index(of: dataset.text(of: .country, at: row)),
        currency: currencies.index(of: price.amount == nil ? "" : price.currency ?? "?"),
        week: weeks.index(of: day.map { Self.monday(before: $0) }),
        taxa: named.map { taxa.index(of: $0) },
        levels: appendices.index(of: rowTaxa.flatMap { levels?[Int($0.codes[row])] } ?? []))
      first[fingerprint] = place
      total.add(advert)
      platforms.add(advert, place.site)
      countries.add(advert, place.country)
      currencies.add(advert, place.currency)
      weeks.add(advert, place.week)
      for taxon in place.taxa { taxa.add(advert, taxon) }
      appendices.add(advert, place.levels)
      if aliases[row] == 0 { nameless += 1 } else { sellers.insert([platformCodes[row], aliases[row]]) }
      if let day { days = days.map { (min($0.first, day), max($0.last, day)) } ?? (day, day) }
    }

    self.total = total
    self.platforms = platforms.sorted { ($0.platform, $0.country) < ($1.platform, $1.country) }
      .map { (site: $0.key, tally: $0.tally) }
    self.countries = countries.sorted { $0 < $1 }.map { Group(name: $0.key, tally: $0.tally) }
    self.currencies = currencies.sorted { $0 < $1 }.map { Group(name: $0.key, tally: $0.tally) }
    self.weeks = weeks.all.sorted { a, b in
      guard let first = a.key else { return false }
      return b.key.map { first < $0 } ?? true
    }.map { (monday: $0.key, tally: $0.tally) }
    self.taxa = taxa.sorted { ($0?.number ?? .max) < ($1?.number ?? .max) }.map { (taxon: $0.key, tally: $0.tally) }
    self.appendices = appendices.all.sorted { Self.rank($0.key).lexicographicallyPrecedes(Self.rank($1.key)) }
      .map { (levels: $0.key, tally: $0.tally) }
    self.sellers = sellers.count
    advertsWithoutSeller = nameless
    (firstDay, lastDay) = (days?.first, days?.last)
  }

  /// The groups that an advert belongs to, by their numbers.
  private struct Place {
    let site: Int
    let country: Int
    let currency: Int
    let week: Int
    let taxa: [Int]
    let levels: Int
  }

  /// The day of posting, else of capture.
  private static func day(of row: Int, in dataset: Dataset) -> CalendarDay? {
    for field in [Field.postedAt, .capturedAt] {
      if let seconds = dataset.time(of: field, at: row) {
        let days = seconds / CalendarDay.seconds - (seconds % CalendarDay.seconds < 0 ? 1 : 0)
        return CalendarDay(daysSince1970: Int(days))
      }
    }
    return nil
  }

  /// 1970-01-01 was a Thursday.
  private static func monday(before day: CalendarDay) -> CalendarDay {
    CalendarDay(daysSince1970: day.daysSince1970 - ((day.daysSince1970 + 3) % 7 + 7) % 7)
  }

  /// I, I/II, …, II, …, not listed, not known.
  private static func rank(_ levels: ListingLevels) -> [Int] {
    levels.isEmpty ? [.max] : levels.each.map { $0.rawValue.trailingZeroBitCount }
  }
}

/// Tallies by what they are about.
private struct Groups<Key: Hashable> {
  private var numbers: [Key: Int] = [:]
  private(set) var all: [(key: Key, tally: Tally)] = []

  /// The number of a group, which is added if it is new.
  mutating func index(of key: Key) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = all.count
    all.append((key, Tally()))
    return all.count - 1
  }

  mutating func add(_ advert: Advert, _ index: Int) { all[index].tally.add(advert) }
  mutating func addRow(_ index: Int) { all[index].tally.addRow() }

  /// The most adverts first, equal ones by key.
  func sorted(_ isBefore: (Key, Key) -> Bool) -> [(key: Key, tally: Tally)] {
    all.sorted { a, b in
      a.tally.adverts != b.tally.adverts ? a.tally.adverts > b.tally.adverts : isBefore(a.key, b.key)
    }
  }
}
