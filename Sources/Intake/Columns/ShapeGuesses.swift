import Listings
import Sentences

/// Guesses the fields of columns by their values, where their names say nothing.
///
/// Shape:  a field goes to the column that resembles it most often and most clearly, never against a known name. Prices
///         without a currency, texts, times and sellers are only guessed in columns whose names say nothing. Addresses,
///         pictures, amounts with a currency mark, country codes and scientific names are also guessed where the name is
///         merely unknown. A platform must be one that the tables know.
/// Cost:   a few milliseconds for the few hundred records of a sample, once per file with an unknown column.
struct ShapeGuesses {
  /// The field that a column resembles, and the evidence in words.
  struct Guess: Equatable, Sendable {
    let field: Field
    let words: Sentence
  }

  /// The fields that values can reveal.
  static let fields: Set<Field> = [
    .url, .image, .price, .currency, .postedAt, .capturedAt, .species, .country, .platform, .listingID, .title,
    .description, .sellerAlias,
  ]

  /// The guesses, by column.
  private(set) var found: [Int: Guess] = [:]
  /// The column most likely to be the title, where none was found; nil where there is a title or a description.
  var offer: (column: Int, words: Sentence)?
  let names: [String]
  /// The shape of each column; empty for columns that are not free.
  let shapes: [ColumnShape]
  let sample: ColumnSample
  private let shape: ValueShape
  private let platforms: Platforms
  let fieldNames: FieldNames
  /// Fields that a name or a person has assigned.
  private let taken: Set<Field>

  /// Guesses one field after another, since later ones depend on what is known by then.
  ///
  /// - Parameter free: the columns that neither a name nor a person claims.
  init(_ sample: ColumnSample, free: [Int], taken: Set<Field>, _ tables: ReferenceTables) {
    self.sample = sample
    self.taken = taken
    let names = sample.names
    self.names = names
    platforms = tables.platforms
    fieldNames = tables.fieldNames
    shape = ValueShape(currencies: tables.currencies)
    let isFree = Set(free)
    // Of two columns with the same name, no one could tell which is meant.
    let uses = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    shapes = names.indices.map { index in
      ColumnShape(isFree.contains(index) && uses[names[index]] == 1 ? sample.values(of: index) : [], tables.values)
    }
    guessAddresses()
    guessPriceBesideCurrency()
    guessPrice()
    guessTimes()
    guessListed()
    guessIdentifier()
    guessTexts()
    guessDescription()
    guessSeller()
    offerTitle()
  }

  /// Whether no column has the field yet.
  func isOpen(_ field: Field) -> Bool { !taken.contains(field) && !found.values.contains { $0.field == field } }
  /// Whether some column has the field.
  func has(_ field: Field) -> Bool { !isOpen(field) }

  /// Columns without a field that have enough values and pass the test.
  func columns(from minimum: Int, where isSo: (ColumnShape) -> Bool) -> [Int] {
    shapes.indices.filter { found[$0] == nil && shapes[$0].count >= minimum && isSo(shapes[$0]) }
  }

  /// Assigns a field, with the evidence in words.
  mutating func assign(_ field: Field, _ column: Int, _ looks: Sentence, _ count: Int, _ more: Sentence? = nil) {
    let words = Sentence("looks like \(looks): \(count) of \(shapes[column].count) sampled values")
    found[column] = Guess(field: field, words: more.map { "\([words, $0], by: ", ")" } ?? words)
  }

  // MARK: Addresses

  /// Words in the names of columns whose addresses are not those of listings.
  private static let wordsForOtherPages = [
    "seller", "shop", "store", "user", "profile", "author", "owner", "member", "account", "page", "search", "category",
    "avatar", "logo", "start", "referrer",
  ]

  /// Guesses the listing's address and its picture.
  ///
  /// Shape:  95 % of the values are addresses. Nine of ten pictures make a column of pictures, and hardly any one of pages.
  private mutating func guessAddresses() {
    let addresses = columns(from: 3) { $0.isNearlyAll($0.addresses) }
    let pictures = addresses.filter { shapes[$0].isNearlyAll(shapes[$0].pictures, percent: 90) }
    let pages = addresses.filter { index in
      shapes[index].pictures * 10 <= shapes[index].count && identifiesListings(index)
        && (ColumnName.isMeaningless(names[index]) || !ColumnName.contains(Self.wordsForOtherPages, names[index]))
    }
    if isOpen(.url), let page = bestAddress(pages) {
      assign(.url, page, Sentence("addresses of listings"), shapes[page].addresses)
    }
    let paths = columns(from: 3) { $0.isNearlyAll($0.paths) }
      .filter { ColumnName.isMeaningless(names[$0]) && identifiesListings($0) }
    if isOpen(.url), pages.isEmpty, let path = bestAddress(paths) {
      assign(.url, path, Sentence("addresses within a site"), shapes[path].paths)
    }
    let mine = pictures.filter { !ColumnName.contains(["avatar", "logo", "seller", "profile"], names[$0]) }
    if isOpen(.image), let first = mine.first {
      assign(.image, first, Sentence("addresses of pictures"), shapes[first].pictures)
    }
  }

  /// Whether equal values occur only in records of one listing, unlike a seller's page, which all their listings share.
  ///
  /// Shape:  four of five values differ. Or half of them do, no text differs much more often, and records with the same
  ///         value have the same texts in most columns: a listing may have been edited between two scrapes.
  private func identifiesListings(_ column: Int) -> Bool {
    if shapes[column].isDistinct(percent: 80) { return true }
    guard shapes[column].isDistinct(percent: 40) else { return false }
    let distinct = shapes[column].distinct
    let texts = shapes.indices.filter { shapes[$0].isWordy && shapes[$0].meanLength >= 4 }
      .filter { 2 * shapes[$0].distinct >= distinct }
    guard let maximum = texts.map({ shapes[$0].distinct }).max(), 2 * maximum <= 3 * distinct else { return false }
    let groups = Dictionary(grouping: sample.records.filter { !$0[column].isEmpty }) { $0[column] }.values
    let repeated = groups.filter { $0.count > 1 }
    let agreeing = texts.count { text in
      repeated.count { group in group.allSatisfy { $0[text] == group[0][text] } } * 5 >= repeated.count * 4
    }
    return 2 * agreeing > texts.count
  }

  /// Of several columns of addresses, the one with the most different values, the leftmost of equals.
  ///
  /// Fails:  returns nil where two columns differ about as much and neither is free of repetitions.
  private func bestAddress(_ columns: [Int]) -> Int? {
    if columns.count <= 1 { return columns.first }
    let pages = columns.filter { !isAboutSellers(shapes[$0].values) }
      .sorted { (-shapes[$0].distinct, $0) < (-shapes[$1].distinct, $1) }
    guard let best = pages.first else { return nil }
    let isWhole = shapes[best].distinct == shapes[best].count
    return isWhole || pages.dropFirst().allSatisfy { 2 * shapes[best].distinct >= 3 * shapes[$0].distinct } ? best : nil
  }

  /// Whether most addresses are those of people and shops.
  private func isAboutSellers(_ addresses: [String]) -> Bool {
    let marks = ["/user", "/seller", "/shop/", "/store/", "/profile", "/member", "/u/", "/people/"]
    return 2 * addresses.count { address in marks.contains { address.contains($0) } } > addresses.count
  }

  // MARK: Prices

  /// Words in the names of columns with other amounts than the price.
  private static let otherAmounts = [
    "ship", "deliver", "postage", "freight", "fee", "tax", "vat", "deposit", "original", "old", "was", "before",
    "discount",
    "saving", "retail", "msrp", "strike", "min", "max", "total", "usd", "euro", "convert", "salary", "原价", "原價", "运费",
    "運費",
  ]

  /// Whether the name says that the amounts are something other than the price.
  private func isOtherAmount(_ name: String) -> Bool {
    ColumnName.contains(Self.otherAmounts, name) || !ColumnName.isMeaningless(name) && fieldNames.isQualified(name)
  }

  /// Guesses numbers as prices that are present where, and only where, a currency is named beside them.
  ///
  /// Shape:  exactly one column of currency codes, and one of amounts that is filled in the same records.
  private mutating func guessPriceBesideCurrency() {
    guard isOpen(.price), isOpen(.currency) else { return }
    let codes = columns(from: 8) { $0.isText && $0.distinct <= 40 }.filter { column in
      shapes[column].isNearlyAll(shapes[column].values.count(where: isCurrency), percent: 98)
    }
    guard codes.count == 1 else { return }
    let amounts = columns(from: 8) { $0.isNearlyAll($0.numbers + $0.noPrices) }.filter { column in
      let beside = sample.records.count { !$0[column].isEmpty && !$0[codes[0]].isEmpty }
      let cents = shapes[column].values.compactMap { ValueShape.number($0) }.count { $0 > 0 && $0 % 100 == 0 }
      let isAsOften = beside * 10 >= shapes[codes[0]].count * 9 || abs(column - codes[0]) == 1
      return beside * 10 >= shapes[column].count * 9 && isAsOften && cents * 10 >= shapes[column].numbers * 8
        && !isOtherAmount(names[column])
    }
    // Of several, take the one next to the currency.
    let next = amounts.filter { abs($0 - codes[0]) == 1 }
    guard let price = amounts.count == 1 ? amounts[0] : next.count == 1 ? next[0] : nil else { return }
    assign(.price, price, Sentence("amounts beside their currency"), shapes[price].numbers)
    assign(.currency, codes[0], Sentence("currency codes"), shapes[codes[0]].count)
  }

  /// Guesses amounts with a currency mark as prices, or else amounts that are distributed like prices.
  ///
  /// Shape:  with marks, three values suffice if all have one; without, `AmountShape` must approve.
  private mutating func guessPrice() {
    guard isOpen(.price) else { return }
    let shape = shape
    // Fewer than a dozen amounts only count where all of them have a currency.
    let marked = columns(from: 3) { values in
      let amounts = values.markedAmounts + values.bareAmounts
      guard values.isNearlyAll(amounts + values.noPrices, percent: 90), values.markedAmounts >= 2 else { return false }
      return values.markedAmounts * 10 >= amounts * (values.count < AmountShape.minimumCount ? 10 : 8)
    }.filter { !isOtherAmount(names[$0]) }
    if !marked.isEmpty { return choosePrice(marked, Sentence("prices with their currency")) { shape.markedAmount($0) } }
    let bare = columns(from: AmountShape.minimumCount) { values in
      values.isNearlyAll(values.bareAmounts + values.noPrices) && values.bareAmounts >= AmountShape.minimumCount
    }.filter { column in
      // Ranges without a currency measure something else, such as miles.
      ColumnName.isMeaningless(names[column])
        && 2 * shapes[column].values.count(where: ValueShape.isRange) < shapes[column].count
        && AmountShape.isPriceLike(shapes[column].values.compactMap { shape.bareAmount($0) })
    }
    choosePrice(bare, Sentence("prices")) { shape.bareAmount($0) }
  }

  /// Assigns the price to the best of several columns, if one stands out.
  ///
  /// Shape:  the column with the most amounts; of two that are nearly always both there, the lower one if it looks like a
  ///         reduced price; otherwise not a column whose amounts are far lower, since that holds fees.
  private mutating func choosePrice(_ columns: [Int], _ looks: Sentence, read: (String) -> Int64?) {
    func count(_ column: Int) -> Int { shapes[column].values.count { read($0) != nil } }
    guard columns.count > 1 else {
      if let only = columns.first { assign(.price, only, looks, count(only)) }
      return
    }
    // The column with the most amounts wins: old prices and fees are often absent.
    let maximum = columns.map(count).max() ?? 0
    var rivals = columns.filter { count($0) * 10 >= maximum * 9 }
    if rivals.count == 2 {
      for (asked, other) in [(rivals[0], rivals[1]), (rivals[1], rivals[0])] {
        if AmountShape.isAsked(pairs(asked, other, read)) {
          return assign(.price, asked, looks, count(asked), Sentence("hardly ever above \(names[other])"))
        }
      }
    }
    // A fee is a small part of its price.
    let medians = rivals.map { median(shapes[$0].values.compactMap(read)) }
    let highest = medians.max() ?? 0
    rivals = zip(rivals, medians).filter { $1 * 4 >= highest }.map(\.0)
    let isCertain = rivals.count == 1 || rivals.allSatisfy { 2 * shapes[$0].markedAmounts > shapes[$0].count }
    guard isCertain, let first = rivals.first else { return }
    assign(
      .price, first, looks, count(first), Sentence("more or higher ones than in \(columns.count - 1) other columns"))
  }

  /// The amounts of two columns, where a record has both.
  private func pairs(_ asked: Int, _ other: Int, _ read: (String) -> Int64?) -> [(asked: Int64, other: Int64)] {
    sample.records.compactMap { record in
      read(record[asked]).flatMap { a in read(record[other]).map { (asked: a, other: $0) } }
    }
  }

  /// The middle amount; 0 without any.
  private func median(_ amounts: [Int64]) -> Int64 {
    amounts.isEmpty ? 0 : amounts.sorted()[amounts.count / 2]
  }

  // MARK: Times

  /// Guesses the time of posting, and of the scrape where the former is known.
  ///
  /// Shape:  95 % of the values are times. What spreads over two days or more was posted; a narrower column is a scrape.
  private mutating func guessTimes() {
    let times = columns(from: 5) { $0.isNearlyAll($0.times) }.filter { ColumnName.isMeaningless(names[$0]) }
    func span(_ column: Int) -> Int64 {
      let read = shapes[column].values.compactMap { ValueShape.time($0) }
      return (read.max() ?? 0) - (read.min() ?? 0)
    }
    func earliest(_ column: Int) -> Int64 { shapes[column].values.compactMap { ValueShape.time($0) }.min() ?? 0 }
    let twoDays: Int64 = 2 * 86_400
    // What was changed or sold was posted earlier.
    let spread = times.filter { span($0) >= twoDays }.sorted { (earliest($0), $0) < (earliest($1), $1) }
    if isOpen(.postedAt), let first = spread.first {
      assign(.postedAt, first, Sentence("times over many days"), shapes[first].times)
    }
    // A scraper runs for an hour or a day; what was posted is older.
    let narrow = times.filter { span($0) < twoDays }
    if isOpen(.capturedAt), has(.postedAt), narrow.count == 1 {
      assign(.capturedAt, narrow[0], Sentence("times of one scrape"), shapes[narrow[0]].times)
    }
  }

  // MARK: Values of known lists

  /// Guesses fields whose values come from known lists.
  ///
  /// Shape:  each field only where exactly one column qualifies, with 90 to 98 % of its values in the list.
  private mutating func guessListed() {
    if isOpen(.species) {
      let species = columns(from: 5) { $0.isText && $0.distinct > 1 }
        .map { ($0, shapes[$0].values.count(where: ScientificName.matches)) }
        .filter { shapes[$0.0].isNearlyAll($0.1, percent: 90) && !ColumnName.contains(["synonym"], names[$0.0]) }
      if species.count == 1 { assign(.species, species[0].0, Sentence("scientific names"), species[0].1) }
    }
    if isOpen(.country) {
      let countries = columns(from: 20) { $0.isText }.filter { index in
        !CountryCodes.areAmbiguous(Set(shapes[index].values))
      }.map { ($0, shapes[$0].values.count(where: CountryCodes.isCode)) }.filter {
        shapes[$0.0].isNearlyAll($0.1, percent: 98)
      }
      if countries.count == 1 { assign(.country, countries[0].0, Sentence("country codes"), countries[0].1) }
    }
    if isOpen(.currency), has(.price) {
      let codes = columns(from: 8) { $0.isText && $0.distinct <= 40 }
        .map { ($0, shapes[$0].values.count(where: isCurrency)) }.filter { shapes[$0.0].isNearlyAll($0.1, percent: 98) }
      if codes.count == 1 { assign(.currency, codes[0].0, Sentence("currency codes"), codes[0].1) }
    }
    if isOpen(.platform), isOpen(.url) {
      let known = columns(from: 8) { $0.isText }
        .map { ($0, shapes[$0].values.count(where: { platforms.isNamed($0) })) }
        // A lone letter is a mark of some kind, such as an `x`. Platforms with such a name occur among others.
        .filter { shapes[$0.0].isNearlyAll($0.1) && shapes[$0.0].values.contains { $0.count > 1 } }
      if known.count == 1 { assign(.platform, known[0].0, Sentence("names of known platforms"), known[0].1) }
    }
  }

  /// Whether the value is an ISO 4217 code in capitals.
  private func isCurrency(_ value: String) -> Bool {
    value.utf8.count == 3 && value == value.uppercased() && shape.currencies.number(ofCode: value) > 0
  }

  // MARK: Ids

  /// Guesses the id, only where there is no address, which tells listings apart more reliably.
  ///
  /// Shape:  20 values or more, all different, none missing, each with three digits at least.
  private mutating func guessIdentifier() {
    guard isOpen(.listingID), isOpen(.url) else { return }
    let ids = columns(from: 20) { $0.distinct == $0.count && 2 * $0.times < $0.count }.filter { index in
      ColumnName.isMeaningless(names[index]) && shapes[index].count == sample.records.count
        && shapes[index].values.allSatisfy(ValueShape.isIdentifier) && !isCounting(shapes[index].values)
    }
    if ids.count == 1 { assign(.listingID, ids[0], Sentence("ids"), shapes[ids[0]].count, Sentence("no two the same")) }
  }

  /// Whether the values are row numbers, or moments in seconds or milliseconds.
  private func isCounting(_ values: [String]) -> Bool {
    let numbers = values.compactMap { Int64($0) }
    guard numbers.count == values.count, let first = numbers.first, let last = numbers.last else { return false }
    let isMoment = numbers.allSatisfy {
      (1_000_000_000...2_100_000_000).contains($0) || (1_000_000_000_000...2_100_000_000_000).contains($0)
    }
    return isMoment || abs(last - first) < Int64(2 * numbers.count)
  }
}
