import Listings

/// The names that scrapers give to the fields of a listing, in many languages.
///
/// Shape:  names are compared as a whole first and then word by word, so that `Name_of_product` and `sellerInfo.name` are
///         understood as `product name` and `seller name`. `FieldNameWords` says what each word contributes.
/// Cost:   some dictionary lookups per column name.
package struct FieldNames: Sendable {
  /// The field that a column name stands for. A lower rank is a better claim.
  struct Claim: Equatable, Sendable {
    let field: Field
    let rank: Int
  }

  /// How much worse a name ranks that merely resembles one in the table.
  enum Distance {
    /// The same words in another order, in the plural, or with `of`: `Name_of_product`, `merchants`.
    static let sameWords = 3
    /// The same words about something for sale: `House Price`, `item_location`.
    static let aboutThing = 4
    /// A known word beside an unknown one: `finca_price`.
    static let withUnknownWord = 7
  }

  /// The last rank at which a name is beyond doubt. Below it, one of its words is not understood.
  static let lastCertainRank = 3 + Distance.aboutThing

  /// By the whole name, normalised.
  private var byPlainName: [String: Claim] = [:]
  /// The language of each whole name.
  private var languages: [String: String] = [:]
  /// By the sorted words of a name. Claims of several fields cancel each other out.
  private var byWords: [[String]: Claim?] = [:]
  /// The same without the words for what is for sale.
  private var byWordsWithoutThings: [[String]: Claim?] = [:]
  /// Single words that name a field on their own.
  private var heads: [String: Claim] = [:]
  private let words: FieldNameWords
  /// The claims of names asked for so far: every file and every part of a JSON file asks again.
  private let claims = TextMemory<Claim?>()

  /// - Parameters:
  ///   - rows: `field,language,name,rank`; a later row for the same name replaces an earlier one.
  ///   - words: `kind,language,word,meaning`, see `FieldNameWords`.
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

  /// Enters one name of the table into all indexes.
  private mutating func index(_ name: String, _ claim: Claim) {
    let all = words.words(of: name)
    let key = all.sorted()
    Self.enter(claim, under: key, in: &byWords)
    if all.count == 1, !words.isThing(all[0]) { heads[all[0]] = Self.better(heads[all[0]], claim) }
    let core = words.withoutThings(all).sorted()
    // `item id` says no more about `id` than `id` itself.
    if core != key { Self.enter(claim, under: core, in: &byWordsWithoutThings) }
  }

  /// Of two names with the same words the better one counts. Equally good ones of two fields cancel each other out.
  private static func enter(_ claim: Claim, under key: [String], in table: inout [[String]: Claim?]) {
    guard !key.isEmpty else { return }
    guard let entry = table[key] else { return table[key] = .some(claim) }
    guard let known = entry else { return }
    let isSameRank = known.rank == claim.rank && known.field != claim.field
    table[key] = isSameRank ? .some(nil) : .some(better(known, claim))
  }

  /// The claim with the lower rank; the field decides a tie, so that the order of the table does not matter.
  private static func better(_ known: Claim?, _ claim: Claim) -> Claim {
    guard let known, (known.rank, known.field.rawValue) <= (claim.rank, claim.field.rawValue) else { return claim }
    return known
  }

  /// The language (ISO 639-1) of a name in the table.
  func language(of column: String) -> String? { languages[Self.plain(column)] }

  /// The claim of a name that is in the table as a whole; nil for any other.
  func wholeClaim(of column: String) -> Claim? { byPlainName[Self.plain(column)] }

  /// The claim of a name, by itself or by its words; nil where it is not understood.
  ///
  /// Cost:   once for each name: a dictionary lookup for whole names; others are split into words first.
  /// Limits: names of up to `maximumNameLength` bytes and `maximumWordCount` words.
  func claim(of column: String) -> Claim? { claims.finding(of: column) { foundClaim(of: column) } }

  /// Frees the claims found so far.
  func forget() { claims.forget() }

  private func foundClaim(of column: String) -> Claim? {
    let plain = Self.plain(column)
    if let claim = byPlainName[plain] { return claim }
    guard !words.isEmpty, column.utf8.count <= Self.maximumNameLength else { return nil }
    let all = words.words(of: column)
    guard !all.isEmpty, all.count <= Self.maximumWordCount else { return nil }
    return claim(ofWords: all) ?? claimWithoutThing(plain)
  }

  /// Longer names are sentences.
  private static let maximumNameLength = 80
  private static let maximumWordCount = 6

  /// The best claim by words, from the closest match to the loosest.
  ///
  /// Shape:  first all words, then without fillers, then without things for sale, then a composed name, and last a single
  ///         known word among unknown ones.
  private func claim(ofWords all: [String]) -> Claim? {
    if let found = byWords[all.sorted()] { return found.map { Self.claim($0, Distance.sameWords) } }
    let meaningful = words.withoutFillers(all)
    if let found = byWords[meaningful.sorted()] { return found.map { Self.claim($0, Distance.sameWords) } }
    let core = words.withoutThings(meaningful)
    guard !core.isEmpty else { return nil }
    let coreKey = core.sorted()
    if let found = byWords[coreKey] { return found.map { Self.claim($0, Distance.aboutThing) } }
    // `item no` makes `house no` an id, but not `no` itself.
    if core.count < meaningful.count, let found = byWordsWithoutThings[coreKey] {
      return found.map { Self.claim($0, Distance.aboutThing) }
    }
    if let field = words.composedField(all) { return Claim(field: field, rank: Distance.aboutThing + 1) }
    return claim(ofHeadIn: core)
  }

  /// The same claim, ranked lower by a distance.
  private static func claim(_ claim: Claim, _ distance: Int) -> Claim {
    Claim(field: claim.field, rank: claim.rank + distance)
  }

  /// Fields for which a single known word suffices beside unknown ones.
  private static let leading: Set<Field> = [.price, .title, .description, .url, .location, .species, .image]

  /// The claim of the only known word among unknown ones.
  ///
  /// Limits: only for `leading` fields of rank 1 or 2, and never beside a word that makes the name mean something else.
  private func claim(ofHeadIn core: [String]) -> Claim? {
    guard core.count > 1, !core.contains(where: words.isQualifier) else { return nil }
    let known = core.compactMap { heads[$0] }
    // `city name` is a city.
    if known.count == 2, core.count == 2, let name = known.firstIndex(where: { $0.field == .title && $0.rank > 1 }) {
      return Self.claim(known[1 - name], Distance.aboutThing)
    }
    guard known.count == 1, let head = known.first, head.rank <= 2, Self.leading.contains(head.field) else {
      return nil
    }
    // `preço de`: the price it has come down from.
    if head.field == .price, let last = core.last, words.isGlue(last) { return nil }
    return Self.claim(head, Distance.withUnknownWord)
  }

  /// The claim of `itemprice` or `商品价格`: a word for what is for sale, glued to a known name.
  /// Fails:  returns nil where two ways of splitting it lead to different fields.
  private func claimWithoutThing(_ plain: String) -> Claim? {
    var best: Claim?
    for rest in words.withoutThing(plain) {
      guard let claim = byPlainName[rest] else { continue }
      if let known = best, known.field != claim.field { return nil }
      best = Self.better(best, claim)
    }
    return best.map { Self.claim($0, Distance.aboutThing) }
  }

  /// Whether a word makes the column mean something else: the shop, an old price, a count.
  func isQualified(_ name: String) -> Bool { words.words(of: name).contains(where: words.isQualifier) }

  /// Whether the name only says what is for sale: `Annuncio`, `Item`.
  func namesThing(_ name: String) -> Bool {
    let all = words.withoutFillers(words.words(of: name))
    return !all.isEmpty && all.allSatisfy(words.isThing)
  }

  /// A name in the form in which names are compared.
  static func plain(_ name: String) -> String {
    String(String.UnicodeScalarView(Folding.folded(name).unicodeScalars.filter { !isIgnored($0) }))
  }

  /// Whether a character does not matter in names.
  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "_", "-", ".", "\u{FEFF}": true
    default: scalar.properties.isWhitespace
    }
  }
}
