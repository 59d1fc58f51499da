import Listings

/// Recognises columns by their values where their names say nothing.
///
/// Rules:  a field is given to the column that looks like it most often and most surely, never against a name that is
///         known, and a platform only where the values are names of known platforms. Prices without a currency, texts,
///         times and sellers are told by shape only in columns whose names say nothing; addresses, pictures, amounts with a
///         mark of a currency, country codes and scientific names also beside a name that is not in the table.
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
    .description, .sellerAlias,
  ]

  private(set) var found: [Int: Guess] = [:]
  /// The column that may be the title, where nothing spoke for one; nil where there is a title or a description.
  private(set) var offer: (column: Int, words: String)?
  private let names: [String]
  private let shapes: [ColumnShape]
  private let sample: ColumnSample
  private let shape: ValueShape
  private let platforms: Platforms
  private let fieldNames: FieldNames
  /// Fields that a name or a person has given.
  private let taken: Set<Field>

  /// - Parameter free: the columns that no name and no person claims.
  init(_ sample: ColumnSample, free: [Int], taken: Set<Field>, _ tables: ReferenceTables) {
    self.sample = sample
    self.taken = taken
    let names = sample.names
    self.names = names
    platforms = tables.platforms
    fieldNames = tables.fieldNames
    let shape = ValueShape(currencies: tables.currencies)
    self.shape = shape
    let isFree = Set(free)
    // The same name twice: which of them is meant cannot be said.
    let uses = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    shapes = names.indices.map { index in
      ColumnShape(isFree.contains(index) && uses[names[index]] == 1 ? sample.values(of: index) : [], shape)
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
      shapes[index].pictures * 10 <= shapes[index].count && tellsListings(index)
        && (TellingName.saysNothing(names[index]) || !TellingName.holds(Self.notTheListing, names[index]))
    }
    if isOpen(.url), let page = bestAddress(pages) { give(.url, page, "addresses of listings", shapes[page].addresses) }
    let paths = columns(from: 3) { $0.isNearlyAll($0.paths) }
      .filter { TellingName.saysNothing(names[$0]) && tellsListings($0) }
    if isOpen(.url), pages.isEmpty, let path = bestAddress(paths) {
      give(.url, path, "addresses within a site", shapes[path].paths)
    }
    let mine = pictures.filter { !TellingName.holds(["avatar", "logo", "seller", "profile"], names[$0]) }
    if isOpen(.image), let first = mine.first { give(.image, first, "addresses of pictures", shapes[first].pictures) }
  }

  /// Whether equal values stand in records of one listing: a seller's page comes with every listing of theirs.
  ///
  /// Rules:  four of five values differ; or half of them do, no text differs much more often, and records with the same
  ///         value have the same texts in most columns: a listing that stands there twice may have been rewritten between.
  private func tellsListings(_ column: Int) -> Bool {
    if shapes[column].isDistinct(percent: 80) { return true }
    guard shapes[column].isDistinct(percent: 40) else { return false }
    let distinct = shapes[column].distinct
    let texts = shapes.indices.filter { shapes[$0].isWordy && shapes[$0].meanLength >= 4 }
      .filter { 2 * shapes[$0].distinct >= distinct }
    guard let most = texts.map({ shapes[$0].distinct }).max(), 2 * most <= 3 * distinct else { return false }
    let groups = Dictionary(grouping: sample.records.filter { !$0[column].isEmpty }) { $0[column] }.values
    let repeated = groups.filter { $0.count > 1 }
    let agreeing = texts.count { text in
      repeated.count { group in group.allSatisfy { $0[text] == group[0][text] } } * 5 >= repeated.count * 4
    }
    return 2 * agreeing > texts.count
  }

  /// Of several columns of addresses the one with the most different values, the leftmost of equals.
  private func bestAddress(_ columns: [Int]) -> Int? {
    if columns.count <= 1 { return columns.first }
    let pages = columns.filter { !isAboutSellers(shapes[$0].values) }
      .sorted { (-shapes[$0].distinct, $0) < (-shapes[$1].distinct, $1) }
    guard let best = pages.first else { return nil }
    let isWhole = shapes[best].distinct == shapes[best].count
    return isWhole || pages.dropFirst().allSatisfy { 2 * shapes[best].distinct >= 3 * shapes[$0].distinct } ? best : nil
  }

  private func isAboutSellers(_ addresses: [String]) -> Bool {
    let marks = ["/user", "/seller", "/shop/", "/store/", "/profile", "/member", "/u/", "/people/"]
    return 2 * addresses.count { address in marks.contains { address.contains($0) } } > addresses.count
  }

  // MARK: Prices

  private static let otherAmounts = [
    "ship", "deliver", "postage", "freight", "fee", "tax", "vat", "deposit", "original", "old", "was", "before",
    "discount",
    "saving", "retail", "msrp", "strike", "min", "max", "total", "usd", "euro", "convert", "salary", "原价", "原價", "运费",
    "運費",
  ]

  private func isOtherAmount(_ name: String) -> Bool {
    TellingName.holds(Self.otherAmounts, name) || !TellingName.saysNothing(name) && fieldNames.saysOther(name)
  }

  /// Numbers that stand where, and only where, a currency is named beside them.
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
    // Of several the one that stands next to the currency.
    let next = amounts.filter { abs($0 - codes[0]) == 1 }
    guard let price = amounts.count == 1 ? amounts[0] : next.count == 1 ? next[0] : nil else { return }
    give(.price, price, "amounts beside their currency", shapes[price].numbers)
    give(.currency, codes[0], "currency codes", shapes[codes[0]].count)
  }

  private mutating func guessPrice() {
    guard isOpen(.price) else { return }
    let shape = shape
    // Fewer than a dozen amounts tell only where all of them have their currency.
    let marked = columns(from: 3) { values in
      let amounts = values.markedAmounts + values.bareAmounts
      guard values.isNearlyAll(amounts + values.noPrices, percent: 90), values.markedAmounts >= 2 else { return false }
      return values.markedAmounts * 10 >= amounts * (values.count < AmountShape.fewest ? 10 : 8)
    }.filter { !isOtherAmount(names[$0]) }
    if !marked.isEmpty { return choosePrice(marked, "prices with their currency") { shape.markedAmount($0) } }
    let bare = columns(from: AmountShape.fewest) { values in
      values.isNearlyAll(values.bareAmounts + values.noPrices) && values.bareAmounts >= AmountShape.fewest
    }.filter { column in
      // Ranges without a currency are of something else, such as miles.
      TellingName.saysNothing(names[column])
        && 2 * shapes[column].values.count(where: ValueShape.isRange) < shapes[column].count
        && AmountShape.isPriceLike(shapes[column].values.compactMap { shape.bareAmount($0) })
    }
    choosePrice(bare, "prices") { shape.bareAmount($0) }
  }

  private mutating func choosePrice(_ columns: [Int], _ looks: String, read: (String) -> Int64?) {
    func count(_ column: Int) -> Int { shapes[column].values.count { read($0) != nil } }
    guard columns.count > 1 else {
      if let only = columns.first { give(.price, only, looks, count(only)) }
      return
    }
    // What is read in most records wins; an old price or a fee is often left out.
    let most = columns.map(count).max() ?? 0
    var rivals = columns.filter { count($0) * 10 >= most * 9 }
    if rivals.count == 2 {
      for (asked, other) in [(rivals[0], rivals[1]), (rivals[1], rivals[0])] {
        if AmountShape.isAsked(pairs(asked, other, read)) {
          return give(.price, asked, looks, count(asked), ", hardly ever above \(names[other])")
        }
      }
    }
    // A fee is a small part of its price.
    let medians = rivals.map { median(shapes[$0].values.compactMap(read)) }
    let highest = medians.max() ?? 0
    rivals = zip(rivals, medians).filter { $1 * 4 >= highest }.map(\.0)
    let isSure = rivals.count == 1 || rivals.allSatisfy { 2 * shapes[$0].markedAmounts > shapes[$0].count }
    guard isSure, let first = rivals.first else { return }
    give(.price, first, looks, count(first), ", more or higher ones than in \(columns.count - 1) other columns")
  }

  private func pairs(_ asked: Int, _ other: Int, _ read: (String) -> Int64?) -> [(asked: Int64, other: Int64)] {
    sample.records.compactMap { record in
      read(record[asked]).flatMap { a in read(record[other]).map { (asked: a, other: $0) } }
    }
  }

  private func median(_ amounts: [Int64]) -> Int64 {
    amounts.isEmpty ? 0 : amounts.sorted()[amounts.count / 2]
  }

  // MARK: Times

  private mutating func guessTimes() {
    let times = columns(from: 5) { $0.isNearlyAll($0.times) }.filter { TellingName.saysNothing(names[$0]) }
    func span(_ column: Int) -> Int64 {
      let read = shapes[column].values.compactMap { ValueShape.time($0) }
      return (read.max() ?? 0) - (read.min() ?? 0)
    }
    func earliest(_ column: Int) -> Int64 { shapes[column].values.compactMap { ValueShape.time($0) }.min() ?? 0 }
    let twoDays: Int64 = 2 * 86_400
    // What was changed or sold was posted before.
    let spread = times.filter { span($0) >= twoDays }.sorted { (earliest($0), $0) < (earliest($1), $1) }
    if isOpen(.postedAt), let first = spread.first {
      give(.postedAt, first, "times over many days", shapes[first].times)
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
        // A letter is a mark of something, such as an `x`; platforms of that name come among others.
        .filter { shapes[$0.0].isNearlyAll($0.1) && shapes[$0.0].values.contains { $0.count > 1 } }
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

  /// Rules:  the longest words that differ from row to row are the title; of several such columns of which one holds
  ///         paragraphs, that one is the description, and of the others the leftmost that is not much shorter than the
  ///         longest is the title.
  private mutating func guessTexts() {
    // Words are a title only beside something else that listings have.
    guard has(.price) || has(.url) || has(.image) else { return }
    var texts = columns(from: 3) { $0.isWordy && $0.meanLength >= 4 && $0.isDistinct(percent: 40) }
      .filter { index in
        (TellingName.saysNothing(names[index]) || fieldNames.namesThing(names[index]))
          && shapes[index].count * 10 >= sample.records.count * 7
      }
      .sorted { shapes[$0].meanLength > shapes[$1].meanLength }
    if isOpen(.description), let longest = texts.first, isParagraph(shapes[longest]),
      isLonger(texts, by: 3) || texts.count == 1
    {
      give(.description, longest, "long texts", shapes[longest].count)
      texts.removeFirst()
    }
    let titles = texts.filter { shapes[$0].meanLength <= 200 }
    guard isOpen(.title), let longest = titles.first else { return }
    var near = titles.filter { 2 * shapes[$0].meanLength >= shapes[longest].meanLength }.sorted()
    // Places and categories are met again and again.
    let different = near.filter { shapes[$0].isDistinct(percent: 90) }
    if different.count == 1, near.allSatisfy({ $0 == different[0] || !shapes[$0].isDistinct(percent: 70) }) {
      near = different
    }
    let isClear = near.count == 1 || isOpen(.description) && !isLonger(titles, by: 3)
    guard isClear, let first = near.first else { return }
    if near.count > 1, !shapes[first].isDistinct(percent: 90) { return }
    give(.title, first, "titles", shapes[first].count, ", words that differ from row to row")
  }

  private func isParagraph(_ shape: ColumnShape) -> Bool {
    shape.meanLength >= (has(.title) ? 60 : 100) || shape.hasLineBreaks && shape.meanLength >= 60
  }

  private func isLonger(_ texts: [Int], by factor: Double) -> Bool {
    guard let first = texts.first else { return false }
    return texts.dropFirst().allSatisfy { shapes[first].meanLength >= factor * shapes[$0].meanLength }
  }

  /// Where neither title nor description is known: the longest text that differs from row to row, for a person to take.
  private mutating func offerTitle() {
    guard isOpen(.title), isOpen(.description) else { return }
    let texts = shapes.indices.filter { index in
      found[index] == nil && shapes[index].count > 0 && shapes[index].isText
        && (shapes[index].isDistinct(percent: 50) || shapes[index].count < 3)
    }
    guard let longest = texts.max(by: { (shapes[$0].meanLength, -$0) < (shapes[$1].meanLength, -$1) }) else { return }
    offer = (longest, "the longest text that differs from row to row, \(shapes[longest].count) sampled values")
  }

  /// Sentences beside a known title: what people write about a thing ends with a point, and differs from row to row.
  private mutating func guessDescription() {
    guard isOpen(.description), has(.title) else { return }
    let sentences = columns(from: AmountShape.fewest) {
      $0.isWordy && $0.meanLength >= 15 && $0.isDistinct(percent: 40)
    }
    .filter { TellingName.saysNothing(names[$0]) && shapes[$0].isNearlyAll(shapes[$0].sentences, percent: 60) }
    if sentences.count == 1 { give(.description, sentences[0], "sentences", shapes[sentences[0]].sentences) }
  }

  // MARK: Seller

  /// Rules:  only in a file whose title and price or address are known, and only where most values are written as people
  ///         name themselves, with digits or marks among letters: plain words may be anything. Where fewer are, no other
  ///         short words may be written so, and some must have the marks that only such names have.
  private mutating func guessSeller() {
    guard isOpen(.sellerAlias), has(.title), has(.price) || has(.url) else { return }
    // Categories are few; where all have a digit, so may sellers be.
    func areNames(_ shape: ColumnShape) -> Bool {
      shape.distinct * 4 >= shape.count || shape.distinct >= 3 && shape.digits * 10 >= shape.count * 6
    }
    let named = columns(from: 5) { $0.isText && $0.isNearlyAll($0.aliases, percent: 60) && areNames($0) }
      .filter { column in
        TellingName.saysNothing(names[column]) && shapes[column].values.allSatisfy { $0.count <= 40 }
          && !shapes[column].values.contains { $0.contains(" ") && $0.count > 24 }
      }
    if named.count == 1 {
      return give(.sellerAlias, named[0], "names that people give themselves", shapes[named[0]].aliases)
    }
    let short = columns(from: AmountShape.fewest) {
      $0.isText && $0.distinct > 3 && $0.values.allSatisfy { $0.count <= 40 }
    }
    .filter { TellingName.saysNothing(names[$0]) }
    let some = short.filter { shapes[$0].aliases > 0 }
    guard named.isEmpty, some.count == 1, let seller = some.first, shapes[seller].aliases * 7 >= shapes[seller].count,
      shapes[seller].values.contains(where: { $0.contains("_") })
    else { return }
    give(.sellerAlias, seller, "names, some of which people give themselves", shapes[seller].aliases)
  }
}
