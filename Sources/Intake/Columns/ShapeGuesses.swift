import Listings

/// Recognises columns by their values where their names say nothing.
///
/// Rules:  precision before recall: a field is given only to the one column that looks like it, never against a name
///         that is known, never a seller, and a platform only where the values are names of known platforms. Prices,
///         texts and times are told by shape only in columns whose names say nothing; addresses, pictures, amounts with
///         a mark of a currency, country codes and scientific names also beside a name that is not in the table.
/// Cost:   a few milliseconds for the few hundred records of a sample, once per file that has a column unknown by name.
struct ShapeGuesses {
  /// What a column looks like, and the words that say so.
  struct Guess: Equatable, Sendable {
    let field: Field
    let words: String
  }

  /// The fields that values can tell.
  static let fields: Set<Field> = [
    .url, .image, .price, .currency, .postedAt, .capturedAt, .species, .country, .platform, .listingID, .title,
    .description,
  ]

  private(set) var found: [Int: Guess] = [:]
  private let names: [String]
  private let shapes: [ColumnShape]
  private let sample: ColumnSample
  private let shape: ValueShape
  private let platforms: Platforms
  /// Fields that a name or a person has given.
  private let taken: Set<Field>

  /// - Parameter free: the columns that no name and no person claims.
  init(_ sample: ColumnSample, free: [Int], taken: Set<Field>, _ tables: ReferenceTables) {
    self.sample = sample
    self.taken = taken
    let names = sample.names
    self.names = names
    platforms = tables.platforms
    let shape = ValueShape(currencies: tables.currencies)
    self.shape = shape
    let isFree = Set(free)
    // The same name twice: nobody could say which of them is meant.
    let unique = Set(names.filter { name in names.count(where: { $0 == name }) == 1 })
    shapes = names.indices.map { index in
      ColumnShape(isFree.contains(index) && unique.contains(names[index]) ? sample.values(of: index) : [], shape)
    }
    guessAddresses()
    guessPrice()
    guessTimes()
    guessListed()
    guessIdentifier()
    guessTexts()
  }

  private func isOpen(_ field: Field) -> Bool { !taken.contains(field) && !found.values.contains { $0.field == field } }
  private func has(_ field: Field) -> Bool { !isOpen(field) }

  private func columns(from least: Int, where isSo: (ColumnShape) -> Bool) -> [Int] {
    shapes.indices.filter { found[$0] == nil && shapes[$0].count >= least && isSo(shapes[$0]) }
  }

  private mutating func give(_ field: Field, _ column: Int, _ looks: String, _ count: Int, _ more: String = "") {
    found[column] = Guess(
      field: field, words: "looks like \(looks): \(count) of \(shapes[column].count) sampled values\(more)")
  }

  // MARK: Addresses

  private static let notTheListing = [
    "seller", "shop", "store", "user", "profile", "author", "owner", "member", "account", "page", "search", "category",
    "avatar", "logo", "start", "referrer",
  ]

  private mutating func guessAddresses() {
    let addresses = columns(from: 3) { $0.isNearlyAll($0.addresses) }
    let pictures = addresses.filter { shapes[$0].isNearlyAll(shapes[$0].pictures, percent: 90) }
    let pages = addresses.filter { index in
      shapes[index].pictures * 10 <= shapes[index].count && shapes[index].isDistinct(percent: 80)
        && (TellingName.saysNothing(names[index]) || !TellingName.holds(Self.notTheListing, names[index]))
    }
    if isOpen(.url), pages.count == 1 { give(.url, pages[0], "addresses of listings", shapes[pages[0]].addresses) }
    let paths = columns(from: 3) { $0.isNearlyAll($0.paths) && $0.isDistinct(percent: 80) }
      .filter { TellingName.saysNothing(names[$0]) }
    if isOpen(.url), pages.isEmpty, paths.count == 1 {
      give(.url, paths[0], "addresses within a site", shapes[paths[0]].paths)
    }
    let mine = pictures.filter { !TellingName.holds(["avatar", "logo", "seller", "profile"], names[$0]) }
    if isOpen(.image), let first = mine.first { give(.image, first, "addresses of pictures", shapes[first].pictures) }
  }

  // MARK: Prices

  private static let otherAmounts = [
    "ship", "deliver", "postage", "freight", "fee", "tax", "vat", "deposit", "original", "old", "was", "before",
    "discount",
    "saving", "retail", "msrp", "strike", "min", "max", "total", "usd", "euro", "convert", "salary", "原价", "原價", "运费",
    "運費",
  ]

  private mutating func guessPrice() {
    guard isOpen(.price) else { return }
    let shape = shape
    let marked = columns(from: AmountShape.fewest) { $0.isNearlyAll($0.markedAmounts + $0.numbers, percent: 90) }.filter
    {
      shapes[$0].isNearlyAll(shapes[$0].markedAmounts, percent: 80) && !TellingName.holds(Self.otherAmounts, names[$0])
    }
    if !marked.isEmpty { return choosePrice(marked, "prices with their currency") { shape.markedAmount($0) } }
    let bare = columns(from: AmountShape.fewest) { $0.isNearlyAll($0.numbers) }.filter {
      TellingName.saysNothing(names[$0])
        && AmountShape.isPriceLike(shapes[$0].values.compactMap { ValueShape.number($0) })
    }
    choosePrice(bare, "prices", read: ValueShape.number)
  }

  private mutating func choosePrice(_ columns: [Int], _ looks: String, read: (String) -> Int64?) {
    func count(_ column: Int) -> Int { shapes[column].values.count { read($0) != nil } }
    if columns.count == 1 { return give(.price, columns[0], looks, count(columns[0])) }
    guard columns.count == 2 else { return }
    for (asked, other) in [(columns[0], columns[1]), (columns[1], columns[0])] {
      let pairs = sample.records.compactMap { record in
        read(record[asked]).flatMap { a in read(record[other]).map { (asked: a, other: $0) } }
      }
      if AmountShape.isAsked(pairs) {
        return give(.price, asked, looks, count(asked), ", hardly ever above \(names[other])")
      }
    }
  }

  // MARK: Times

  private mutating func guessTimes() {
    let times = columns(from: 5) { $0.isNearlyAll($0.times) }.filter { TellingName.saysNothing(names[$0]) }
    func span(_ column: Int) -> Int64 {
      let read = shapes[column].values.compactMap { ValueShape.time($0) }
      return (read.max() ?? 0) - (read.min() ?? 0)
    }
    let twoDays: Int64 = 2 * 86_400
    let spread = times.filter { span($0) >= twoDays }
    if isOpen(.postedAt), spread.count == 1 {
      give(.postedAt, spread[0], "times over many days", shapes[spread[0]].times)
    }
    // A scraper's clock runs for an hour or a day; what was posted is older.
    let narrow = times.filter { span($0) < twoDays }
    if isOpen(.capturedAt), has(.postedAt), narrow.count == 1 {
      give(.capturedAt, narrow[0], "times of one scrape", shapes[narrow[0]].times)
    }
  }

  // MARK: Values of known lists

  private mutating func guessListed() {
    if isOpen(.species) {
      let species = columns(from: 5) { $0.isText && $0.distinct > 1 }
        .map { ($0, shapes[$0].values.count(where: ScientificName.isWritten)) }
        .filter { shapes[$0.0].isNearlyAll($0.1, percent: 90) && !TellingName.holds(["synonym"], names[$0.0]) }
      if species.count == 1 { give(.species, species[0].0, "scientific names", species[0].1) }
    }
    if isOpen(.country) {
      let countries = columns(from: 20) { $0.isText }.filter { index in
        !CountryCodes.areAmbiguous(Set(shapes[index].values))
      }.map { ($0, shapes[$0].values.count(where: CountryCodes.isCode)) }.filter {
        shapes[$0.0].isNearlyAll($0.1, percent: 98)
      }
      if countries.count == 1 { give(.country, countries[0].0, "country codes", countries[0].1) }
    }
    if isOpen(.currency), has(.price) {
      let codes = columns(from: 8) { $0.isText && $0.distinct <= 40 }
        .map { ($0, shapes[$0].values.count(where: isCurrency)) }.filter { shapes[$0.0].isNearlyAll($0.1, percent: 98) }
      if codes.count == 1 { give(.currency, codes[0].0, "currency codes", codes[0].1) }
    }
    if isOpen(.platform), isOpen(.url) {
      let known = columns(from: 8) { $0.isText }
        .map { ($0, shapes[$0].values.count(where: { platforms.isNamed($0) })) }
        .filter { shapes[$0.0].isNearlyAll($0.1) }
      if known.count == 1 { give(.platform, known[0].0, "names of known platforms", known[0].1) }
    }
  }

  private func isCurrency(_ value: String) -> Bool {
    value.utf8.count == 3 && value == value.uppercased() && shape.currencies.number(ofCode: value) > 0
  }

  // MARK: Ids

  /// Only where there is no address: that tells one listing from another better.
  private mutating func guessIdentifier() {
    guard isOpen(.listingID), isOpen(.url) else { return }
    let ids = columns(from: 20) { $0.distinct == $0.count && 2 * $0.times < $0.count }.filter { index in
      TellingName.saysNothing(names[index]) && shapes[index].count == sample.records.count
        && shapes[index].values.allSatisfy(ValueShape.isIdentifier) && !isCounting(shapes[index].values)
    }
    if ids.count == 1 { give(.listingID, ids[0], "ids", shapes[ids[0]].count, ", no two the same") }
  }

  /// Whether the values are numbers of rows, or moments in seconds or milliseconds.
  private func isCounting(_ values: [String]) -> Bool {
    let numbers = values.compactMap { Int64($0) }
    guard numbers.count == values.count, let first = numbers.first, let last = numbers.last else { return false }
    let isMoment = numbers.allSatisfy {
      (1_000_000_000...2_100_000_000).contains($0) || (1_000_000_000_000...2_100_000_000_000).contains($0)
    }
    return isMoment || abs(last - first) < Int64(2 * numbers.count)
  }

  // MARK: Title and description

  /// Rules:  the longest words that differ from row to row are the title, unless others nearly as long could be it too;
  ///         of two such columns, of which one is three times as long and of the length of a paragraph, the longer is
  ///         the description.
  private mutating func guessTexts() {
    // Words are a title only beside something else that listings have.
    guard has(.price) || has(.url) || has(.image) else { return }
    var texts = columns(from: 8) { $0.isWordy && $0.meanLength >= 4 && $0.isDistinct(percent: 60) }
      .filter { TellingName.saysNothing(names[$0]) && shapes[$0].count * 10 >= sample.records.count * 8 }
      .sorted { shapes[$0].meanLength > shapes[$1].meanLength }
    if isOpen(.description), let longest = texts.first, isParagraph(shapes[longest]),
      isLonger(texts, by: 3) || texts.count == 1
    {
      give(.description, longest, "long texts", shapes[longest].count)
      texts.removeFirst()
    }
    guard isOpen(.title), let first = texts.first, shapes[first].meanLength <= 200, isLonger(texts, by: 1.5) else {
      return
    }
    // Of two texts neither of which is a paragraph, the longer may be a short description of the shorter.
    let next = texts.dropFirst().first
    if let next, isOpen(.description), !isLonger(texts, by: 3), shapes[next].meanLength >= 12 { return }
    give(.title, first, "titles", shapes[first].count, ", words that differ from row to row")
  }

  private func isParagraph(_ shape: ColumnShape) -> Bool {
    shape.meanLength >= (has(.title) ? 60 : 100) || shape.hasLineBreaks && shape.meanLength >= 60
  }

  private func isLonger(_ texts: [Int], by factor: Double) -> Bool {
    guard let first = texts.first else { return false }
    return texts.dropFirst().allSatisfy { shapes[first].meanLength >= factor * shapes[$0].meanLength }
  }
}
