import CodeWords
import Listings
import Taxa

/// A value of a facet, and how many listings have it.
package struct FacetValue: Equatable, Sendable {
  /// The value; empty for listings without one.
  package let name: String
  /// How many listings have the value.
  package let count: Int
  /// What the term denotes; empty in other facets.
  package let meaning: String
  /// How often the term was right, among the listings reviewed so far; nil in other facets.
  package let record: TermRecord?

  package init(name: String, count: Int, meaning: String = "", record: TermRecord? = nil) {
    self.name = name
    self.count = count
    self.meaning = meaning
    self.record = record
  }
}

/// The verdicts on listings in which a term counts, over the whole dataset.
package struct TermRecord: Equatable, Sendable {
  /// Confirmed listings in which it counts.
  package let confirmed: Int
  /// False positives in which it counts.
  package let falsePositive: Int

  package init(confirmed: Int, falsePositive: Int) {
    self.confirmed = confirmed
    self.falsePositive = falsePositive
  }

  /// The listings with either verdict.
  package var decided: Int { confirmed + falsePositive }
  /// The percentage of these that are confirmed; nil without any.
  ///
  /// Units:  per cent, rounded to the nearest whole number.
  package var confirmedShare: Int? { decided == 0 ? nil : (confirmed * 100 + decided / 2) / decided }
}

/// The values of a dimension and their counts, under the filter without its own clauses about this dimension, so that
/// choosing one value does not make the others disappear.
///
/// Shape:  values by falling count, then by name; values without listings are left out.
package struct Facet: Equatable, Sendable {
  package let subject: FacetSubject
  package let values: [FacetValue]
  /// Listings counted. With several values per cell, or several rows, it is less than the sum of the counts.
  package let total: Int

  package init(_ subject: FacetSubject, values: [FacetValue], total: Int) {
    self.subject = subject
    self.values = values
    self.total = total
  }

  /// The facet of a dictionary field over `rows`.
  ///
  /// Cost:   folds and sorts every value of the field; `FilterEvaluation` keeps them between answers.
  package init(of field: Field, in dataset: Dataset, among rows: RowSet) {
    let names = FacetNames(of: field, in: dataset)
    self.init(of: names, cells: Self.cells(of: field, in: dataset, among: rows), total: rows.count)
  }

  /// Listings among `rows` by the code of their cell; incomplete when cancelled.
  ///
  /// Shape:  one count per code, in the order of the codes.
  static func cells(
    of field: Field, in dataset: Dataset, among rows: RowSet, _ cancellation: Cancellation? = nil
  ) -> [Int] {
    ValueCounts.counts(
      of: dataset.codes(of: field), valueCount: dataset.valueCount(of: field), among: rows, cancellation)
  }

  /// The facet of counted cells under the given names.
  ///
  /// - Parameter surplus: by name, how many rows of a listing were counted beside its first; nil: each row is counted.
  init(of names: FacetNames, cells: [Int], surplus: [Int]? = nil, total: Int) {
    var counts = names.counts(of: cells)
    for (index, surplus) in (surplus ?? []).enumerated() { counts[index] -= surplus }
    subject = .field(names.field)
    self.total = total
    // Sort by one number: the complement of the count, then the rank of the name.
    var ranked: [UInt64] = []
    for (rank, index) in names.byName.enumerated() where counts[Int(index)] > 0 {
      ranked.append(UInt64(~UInt32(counts[Int(index)])) << 32 | UInt64(rank))
    }
    ranked.sort()
    values = ranked.map { key in
      let index = Int(names.byName[Int(key & 0xFFFF_FFFF)])
      return FacetValue(name: names.names[index], count: counts[index])
    }
  }
}

/// The rows of a filter and the facets on the screen, answered together.
///
/// Shape:  facets are there for the subjects that were asked for. Each value counts the listings that choosing it would show.
package struct FilterAnswer: Sendable {
  /// The rows for which the filter holds.
  package let rows: RowSet
  /// One of them for each listing, that of its newest sighting among them; all where rows are counted.
  package let newest: RowSet
  /// By what they count.
  package let facets: [FacetSubject: Facet]
  /// Prices under the filter without its price clauses.
  package let prices: PriceHistogram
  /// How many listings it shows; rows, where these are counted.
  package let count: Int
  /// How far the listings with each value are decided.
  package let reviews: FacetReviews
  /// The rows that the filter can show once everything is flagged: those for which the rest of it holds, whatever it asks
  /// of risks, terms and taxa.
  package let candidates: RowSet

  /// What the panes count at first.
  package static let usualSubjects: [FacetSubject] = Dimension.firstOfPanes.compactMap { $0.subject(nil) }
}

extension FilterEvaluation {
  /// Rows and facets of a filter together; nil when cancelled.
  ///
  /// Cost:  a facet over the same rows as one of the last answers is not counted again. A choice in a pane leaves that
  ///        pane's own counts unchanged.
  package mutating func answer(
    _ filter: Filter, in subject: FilterSubject, counting subjects: [FacetSubject] = FilterAnswer.usualSubjects,
    orders: [FacetSubject: ValueOrder] = [:], pricesOn scale: PriceScale = .standard,
    _ cancellation: Cancellation? = nil
  ) -> FilterAnswer? {
    guard let rows = rows(of: filter, in: subject, cancellation) else { return nil }
    var facets: [FacetSubject: Facet] = [:]
    for about in subjects {
      guard let among = self.rows(of: filter.without(about), in: subject, cancellation) else { return nil }
      switch about {
      case .field(let field): facets[about] = facet(of: field, in: subject, among: among, cancellation)
      case .term: facets[about] = terms(of: subject, among: among, cancellation)
      case .listed(let listed): facets[about] = facet(of: listed, in: subject, among: among, cancellation)
      case .taxon, .protection: facets[about] = taxa(by: about, of: subject, among: among, cancellation)
      case .coded(let dimension):
        facets[about] = coded(dimension, subject, cancellation)?.facet(in: subject, among: among, cancellation)
      }
      if facets[about] == nil { return nil }
    }
    guard let reviews = reviews(filter, in: subject, counting: subjects, cancellation) else { return nil }
    for (about, order) in orders {
      var dates: [String: Int64] = [:]
      if order == .newest {
        guard let among = self.rows(of: filter.without(about), in: subject, cancellation),
          let found = newestDates(about, in: subject, among: among, cancellation)
        else { return nil }
        dates = found
      }
      facets[about] = facets[about]?.sorted(by: order, reviews[about] ?? [:], dates)
    }
    guard let priced = self.rows(of: filter.withoutPrices, in: subject, cancellation),
      let prices = prices(in: subject, among: priced, scale: scale, cancellation)
    else { return nil }
    let candidates = filter.asksAboutFlags ? self.rows(of: filter.withoutFlags, in: subject, cancellation) : rows
    guard let candidates else { return nil }
    let newest = subject.newest(of: rows)
    return FilterAnswer(
      rows: rows, newest: newest, facets: facets, prices: prices, count: newest.count, reviews: reviews,
      candidates: candidates)
  }
}

/// What a facet counts.
package enum FacetSubject: Hashable, Sendable {
  /// The values of a field.
  case field(Field)
  /// Terms that count in the listing.
  case term
  /// Values that are known beforehand.
  case listed(ListedValues)
  /// Taxa rolled up to a rank.
  case taxon(TaxonGrouping)
  /// Levels of a list of protected taxa.
  case protection(ProtectionList)
  /// Values that are read from the rows: those of a column, weeks.
  case coded(CodedDimension)

  // Fields with a pane of their own.
  package static let platform = FacetSubject.field(.platform)
  package static let species = FacetSubject.field(.species)
  package static let sellerAlias = FacetSubject.field(.sellerAlias)

  /// The clause that asks for some of the values.
  func clause(_ values: [ValuePattern]) -> Clause {
    switch self {
    case .field(let field): .field(field, values)
    case .term: .term(values)
    case .listed(let listed): listed.clause(values)
    case .taxon: .taxon(values.compactMap { TaxonGrouping.test(of: $0) })
    case .protection(let list): .protection(list, values.compactMap { list.test(of: $0) })
    case .coded(let dimension): dimension.clause(values)
    }
  }
}

extension Clause {
  /// The values that the clause asks for, if it is about this subject alone; else nil.
  func values(of subject: FacetSubject) -> [ValuePattern]? {
    switch (self, subject) {
    case (.field(let asked, let values), .field(let field)) where asked == field: values
    case (.term(let values), .term): values
    case (_, .listed(let listed)): listed.asked(self)
    case (_, .coded(let dimension)): dimension.asked(self)
    case (.taxon(let tests), .taxon(let grouping)):
      ValuePattern.all(tests.map { grouping.value(of: $0) })
    case (.protection(let asked, let tests), .protection(let list)) where asked == list:
      tests.map { list.value(of: $0) }
    default: nil
    }
  }
}

extension ValuePattern {
  /// The values; nil if any of them is nil.
  static func all(_ values: [ValuePattern?]) -> [ValuePattern]? {
    let known = values.compactMap { $0 }
    return known.count == values.count ? known : nil
  }
}

/// How many rows a term counts in.
struct TermCount: Sendable {
  let term: TermID
  let count: Int
}

extension Facet {
  /// The terms that count among rows, each with its record.
  init(_ counts: [TermCount], of subject: FilterSubject, among rows: RowSet) {
    let flags = subject.flags
    let confirmed = flags.listingCounts(among: subject.confirmed, subject.listings)
    let falsePositive = flags.listingCounts(among: subject.falsePositive, subject.listings)
    let values = counts.map { counted in
      FacetValue(
        name: flags.lexicons.labels[Int(counted.term.number)], count: counted.count,
        meaning: flags.lexicons[counted.term].denotes,
        record: TermRecord(
          confirmed: confirmed[Int(counted.term.number)], falsePositive: falsePositive[Int(counted.term.number)]))
    }
    self.init(.term, values: values, total: subject.count(of: rows))
  }
}

/// The values of a field as a facet counts them. Spellings that a filter cannot distinguish (`eBay`, `EBAY`) are one value
/// under the spelling met first, so that choosing a value finds as many listings as its count says.
///
/// Shape:  a cell maps to one index in `names`, or to several where it lists several values.
/// Cost:   each value is folded once; when the dataset grows, only new values are added.
struct FacetNames: Sendable {
  let field: Field
  /// The values by code.
  private let table: ValueTable
  /// One spelling of each value.
  private(set) var names: [String] = []
  /// Indices in `names`, sorted by name.
  private(set) var byName: [UInt32] = []
  /// Index in `names` by a fingerprint of the folded value; on a collision the next number is tried.
  private var indexByFingerprint: [UInt64: UInt32] = [:]
  /// Index in `names` by code, or for species by name in the dataset's list.
  private var indexOfSpelling: [UInt32] = []
  /// For species: cell `code` has the names `cellNames[cellEnds[code - 1]..<cellEnds[code]]`.
  private var cellNames: [UInt32] = []
  /// Where each cell ends in `cellNames`.
  private var cellEnds: [Int] = []

  /// Whether cells may list several values.
  private var isList: Bool { field == .species }

  init(of field: Field, in dataset: Dataset) {
    self.field = field
    table = dataset.values(of: field)
    extend(to: dataset)
  }

  /// Whether the values known so far are the first values of a dataset.
  func isBeginning(of dataset: Dataset) -> Bool {
    dataset.values(of: field) === table && codeCount <= dataset.valueCount(of: field)
      && (!isList || indexOfSpelling.count <= dataset.speciesLists.names.count)
  }

  /// How many codes are known.
  private var codeCount: Int { isList ? cellEnds.count : indexOfSpelling.count }

  /// Adds the values that came with more rows.
  ///
  /// Cost:   O(new values log new values), and one merge with the known names.
  mutating func extend(to dataset: Dataset) {
    let known = names.count
    let count = dataset.valueCount(of: field)
    if isList {
      let lists = dataset.speciesLists
      for spelling in lists.names.dropFirst(indexOfSpelling.count) { add(spelling) }
      for cell in lists.members[cellEnds.count..<max(cellEnds.count, count)] { add(cell) }
    } else {
      for code in indexOfSpelling.count..<max(indexOfSpelling.count, count) { add(table.string(UInt32(code))) }
    }
    if names.count > known { sortIn(from: known) }
  }

  /// Adds a spelling, as a new name or as another spelling of a known one.
  private mutating func add(_ spelling: String) {
    var spelling = spelling
    let folded = spelling.withUTF8 { bytes in
      // Combining marks alone fold to nothing, but are not a missing value.
      let folded = Folding.folded(UnsafeRawBufferPointer(bytes))
      return folded.isEmpty ? Array(bytes) : folded
    }
    var fingerprint = folded.withUnsafeBytes { Fingerprint.of($0) }
    while let index = indexByFingerprint[fingerprint] {
      if key(of: names[Int(index)]) == folded {
        indexOfSpelling.append(index)
        return
      }
      // Texts may be crafted so that their fingerprints agree.
      fingerprint &+= 1
    }
    indexByFingerprint[fingerprint] = UInt32(names.count)
    indexOfSpelling.append(UInt32(names.count))
    names.append(spelling)
  }

  /// What two spellings of one value have in common.
  private func key(of spelling: String) -> [UInt8] {
    let folded = Array(Folding.folded(spelling).utf8)
    return folded.isEmpty ? Array(spelling.utf8) : folded
  }

  /// Adds a cell that lists values, each once.
  private mutating func add(_ cell: [UInt32]) {
    let start = cellNames.count
    for name in cell where !cellNames[start...].contains(indexOfSpelling[Int(name)]) {
      cellNames.append(indexOfSpelling[Int(name)])
    }
    cellEnds.append(cellNames.count)
  }

  /// Sorts new names by their bytes and merges them with the sorted ones. Once most of a file is read, new names are few.
  ///
  /// Why:    `String`'s own order is none where a text holds combining marks: of `xée` and `xe` with an accent after it
  ///         neither is less, though they differ (Swift 6.3.1).
  private mutating func sortIn(from known: Int) {
    let starts = names[known...].map(Self.start)
    let new = (UInt32(known)..<UInt32(names.count)).sorted { one, other in
      let (a, b) = (starts[Int(one) - known], starts[Int(other) - known])
      return a == b ? names[Int(one)].utf8.lexicographicallyPrecedes(names[Int(other)].utf8) : a < b
    }
    var merged: [UInt32] = []
    merged.reserveCapacity(names.count)
    var old = byName[...]
    for index in new {
      let name = names[Int(index)].utf8
      while let first = old.first, names[Int(first)].utf8.lexicographicallyPrecedes(name) {
        merged.append(old.removeFirst())
      }
      merged.append(index)
    }
    byName = merged + old
  }

  /// The first eight bytes of a name as a number that sorts like them.
  private static func start(of name: String) -> UInt64 {
    var start: UInt64 = 0
    var count = 0
    for byte in name.utf8.prefix(8) {
      start = start << 8 | UInt64(byte)
      count += 1
    }
    return count == 0 ? 0 : start << UInt64(8 * (8 - count))
  }

  /// By name, how often listings with several rows are counted too often; nil when cancelled.
  func surplus(
    of listings: ListingRows, in dataset: Dataset, among rows: RowSet, _ cancellation: Cancellation?
  ) -> [Int]? {
    let codes = dataset.codes(of: field)
    return listings.surplus(ofValues: names.count, among: rows, cancellation) { row, body in
      forEachName(ofCode: Int(codes[row]), body)
    }
  }

  /// Gives the index in `names` of each value that a cell has.
  func forEachName(ofCode code: Int, _ body: (Int) -> Void) {
    guard isList else { return body(Int(indexOfSpelling[code])) }
    for name in cellNames[(code == 0 ? 0 : cellEnds[code - 1])..<cellEnds[code]] { body(Int(name)) }
  }

  /// Listings per name, from listings per code of a cell.
  ///
  /// Shape:  one count per element of `names`.
  /// Cost:   O(cells), allocates.
  func counts(of cells: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: names.count)
    if isList {
      var start = 0
      for (count, end) in zip(cells, cellEnds) {
        if count > 0 { for index in cellNames[start..<end] { counts[Int(index)] += count } }
        start = end
      }
    } else {
      for (count, index) in zip(cells, indexOfSpelling) { counts[Int(index)] += count }
    }
    return counts
  }
}
