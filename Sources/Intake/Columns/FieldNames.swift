import Listings

/// What scrapers call the fields of a listing, in many languages.
///
/// Rules:  names are compared as a whole first, then word by word, so that `Name_of_product` and `sellerInfo.name` are
///         `product name` and `seller name`. See `FieldNameWords` for what words do.
package struct FieldNames: Sendable {
  /// A field that a column name stands for; a lower rank is a better claim.
  struct Claim: Equatable, Sendable {
    let field: Field
    let rank: Int
  }

  /// How far below a name that is in the table a name ranks that is only like it.
  enum Distance {
    /// The same words in another order, number or with `of`: `Name_of_product`, `merchants`.
    static let sameWords = 3
    /// The same words about something that is for sale: `House Price`, `item_location`.
    static let aboutThing = 4
    /// A word that is known, with one that is not: `finca_price`.
    static let withUnknownWord = 7
  }

  /// The rank down to which a name says what it is without doubt; below it a word of it is not understood.
  static let lastSureRank = 3 + Distance.aboutThing

  private var byPlainName: [String: Claim] = [:]
  private var languages: [String: String] = [:]
  /// By the words of a name, sorted; claims of several fields cancel each other out.
  private var byWords: [[String]: Claim?] = [:]
  /// The same without the words for what is for sale.
  private var byTelling: [[String]: Claim?] = [:]
  /// Names of one word that say a field by themselves.
  private var heads: [String: Claim] = [:]
  private let words: FieldNameWords

  /// - Parameter rows: `field,language,name,rank`; a later row for the same name replaces an earlier one.
  /// - Parameter words: `kind,language,word,meaning`, see `FieldNameWords`.
  init(rows: [[String]], words wordRows: [[String]] = []) {
    words = FieldNameWords(rows: wordRows)
    var names: [String: String] = [:]
    for row in rows {
      guard let field = Field(rawValue: row[0]) else { continue }
      let plain = Self.plain(row[2])
      byPlainName[plain] = Claim(field: field, rank: Int(row[3]) ?? 2)
      names[plain] = row[2]
      languages[plain] = row[1]
    }
    for (plain, name) in names { index(name, byPlainName[plain]!) }
  }

  private mutating func index(_ name: String, _ claim: Claim) {
    let all = words.words(of: name)
    let key = all.sorted()
    Self.enter(claim, under: key, in: &byWords)
    if all.count == 1, !words.isThing(all[0]) { heads[all[0]] = Self.better(heads[all[0]], claim) }
    let telling = words.telling(all).sorted()
    // `item id` says no more about `id` than `id` itself does.
    if telling != key { Self.enter(claim, under: telling, in: &byTelling) }
  }

  /// Of two names of the same words the better one counts; equally good ones of two fields say nothing.
  private static func enter(_ claim: Claim, under key: [String], in table: inout [[String]: Claim?]) {
    guard !key.isEmpty else { return }
    guard let entry = table[key] else { return table[key] = .some(claim) }
    guard let known = entry else { return }
    let isSameRank = known.rank == claim.rank && known.field != claim.field
    table[key] = isSameRank ? .some(nil) : .some(better(known, claim))
  }

  private static func better(_ known: Claim?, _ claim: Claim) -> Claim {
    guard let known, (known.rank, known.field.rawValue) <= (claim.rank, claim.field.rawValue) else { return claim }
    return known
  }

  /// The language (ISO 639-1) of a name that is in the table.
  func language(of column: String) -> String? { languages[Self.plain(column)] }

  /// What `column` stands for where its whole name is in the table; nil: it is not.
  func wholeClaim(of column: String) -> Claim? { byPlainName[Self.plain(column)] }

  /// What `column` stands for; nil: unknown.
  func claim(of column: String) -> Claim? {
    let plain = Self.plain(column)
    if let claim = byPlainName[plain] { return claim }
    guard !words.isEmpty, column.utf8.count <= Self.longestName else { return nil }
    let all = words.words(of: column)
    guard !all.isEmpty, all.count <= Self.mostWords else { return nil }
    return claim(ofWords: all) ?? claimWithoutThing(plain)
  }

  /// Longer ones are sentences, not names.
  private static let longestName = 80
  private static let mostWords = 6

  private func claim(ofWords all: [String]) -> Claim? {
    if let found = byWords[all.sorted()] { return found.map { Self.claim($0, Distance.sameWords) } }
    let saying = words.saying(all)
    if let found = byWords[saying.sorted()] { return found.map { Self.claim($0, Distance.sameWords) } }
    let telling = words.telling(saying)
    guard !telling.isEmpty else { return nil }
    let tellingKey = telling.sorted()
    if let found = byWords[tellingKey] { return found.map { Self.claim($0, Distance.aboutThing) } }
    // `item no` says that `house no` is an id, not that `no` is one.
    if telling.count < saying.count, let found = byTelling[tellingKey] {
      return found.map { Self.claim($0, Distance.aboutThing) }
    }
    if let made = words.madeFor(all) { return Claim(field: made, rank: Distance.aboutThing + 1) }
    return claim(ofHeadIn: telling)
  }

  private static func claim(_ claim: Claim, _ distance: Int) -> Claim {
    Claim(field: claim.field, rank: claim.rank + distance)
  }

  /// A single word that says one of these fields is believed beside words that are not known.
  private static let leading: Set<Field> = [.price, .title, .description, .url, .location, .species, .image]

  private func claim(ofHeadIn telling: [String]) -> Claim? {
    guard telling.count > 1, !telling.contains(where: words.isOther) else { return nil }
    let known = telling.compactMap { heads[$0] }
    // `city name` is a city.
    if known.count == 2, telling.count == 2, let name = known.firstIndex(where: { $0.field == .title && $0.rank > 1 }) {
      return Self.claim(known[1 - name], Distance.aboutThing)
    }
    guard known.count == 1, let head = known.first, head.rank <= 2, Self.leading.contains(head.field) else {
      return nil
    }
    // `preço de`: from which the price has come down.
    if head.field == .price, let last = telling.last, words.isGlue(last) { return nil }
    return Self.claim(head, Distance.withUnknownWord)
  }

  /// `itemprice`, `商品价格`: a word for what is for sale and a name that is known, written together.
  private func claimWithoutThing(_ plain: String) -> Claim? {
    var best: Claim?
    for rest in words.withoutThing(plain) {
      guard let claim = byPlainName[rest] else { continue }
      if let known = best, known.field != claim.field { return nil }
      best = Self.better(best, claim)
    }
    return best.map { Self.claim($0, Distance.aboutThing) }
  }

  /// Whether a word of the name says that the column is about something else: the shop, an old price, a count.
  func saysOther(_ name: String) -> Bool { words.words(of: name).contains(where: words.isOther) }

  /// Whether the name says no more than what is for sale: `Annuncio`, `Item`.
  func namesThing(_ name: String) -> Bool {
    let all = words.saying(words.words(of: name))
    return !all.isEmpty && all.allSatisfy(words.isThing)
  }

  /// A name as it is compared.
  static func plain(_ name: String) -> String {
    String(String.UnicodeScalarView(Folding.folded(name).unicodeScalars.filter { !isIgnored($0) }))
  }

  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "_", "-", ".", "\u{FEFF}": true
    default: scalar.properties.isWhitespace
    }
  }
}
