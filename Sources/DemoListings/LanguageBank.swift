/// The phrases of one language from which adverts are composed.
///
/// Shape:  phrases may hold slots in braces: `{n}` the ware's name · `{d}` a detail of it · `{m}` how much · `{c}` condition ·
///         `{p}` the seller's place · `{k}` contact phrase · `{t}` the seller's contact token · `{s}` delivery · `{g}` closing ·
///         `{e}` emoji · `{o}` colour · `{z}` a number from 2 to 60 · `{u}` 1 to 9 · `{l}` a length in centimetres · `{x}` a size of
///         clothes · `{y}` of shoes · `{w}` of a wheel or screen in inches · `{v}` gears. Slots inside slots are filled too.
/// Everything is invented; words for wares are the ordinary trade names and those that were publicly reported.
struct LanguageBank {
  /// BCP 47, as the `language` column writes it.
  let language: String
  let wares: [Ware]
  let lures: [Lure]
  let background: [Plain]
  let titles: [String]
  let bodies: [String]
  let conditions: [String]
  let contacts: [String]
  /// The last one is for sellers with something to hide; benign adverts never say it.
  let deliveries: [String]
  let closings: [String]
  let colours: [String]
  let units: Units
  let places: [Place]
  let handles: Handles
  /// What the price column says where there is no number.
  let openPrices: [String]
}

/// A suspicious ware in the words of one language.
struct Ware {
  /// A name, and the taxon where the name says which one it is.
  struct Name {
    let text: String
    let taxon: String?

    /// Reads `name` or `name|Scientific name`.
    init(_ written: String) {
      let halves = written.split(separator: "|")
      text = String(halves[0])
      taxon = halves.count > 1 ? String(halves[1]) : nil
    }
  }

  let product: Product
  let names: [Name]
  let details: [String]

  init(_ product: Product, _ names: [String], _ details: [String]) {
    self.product = product
    self.names = names.map(Name.init)
    self.details = details
  }
}

/// A benign advert that is easily mistaken for a suspicious one.
struct Lure {
  /// Why it is a false positive, in the words of the casebook.
  enum Reason: String {
    case replica
    case otherMaterial = "other_material"
    case wantedAdvert = "wanted_advert"
    case legalWithPapers = "legal_with_papers"
    case otherSpecies = "other_species"
    case notWildlife = "not_wildlife"
  }

  let product: Product
  let reason: Reason
  let dollars: ClosedRange<Int>
  let title: String
  let body: String

  init(_ product: Product, _ reason: Reason, _ dollars: ClosedRange<Int>, _ title: String, _ body: String) {
    self.product = product
    self.reason = reason
    self.dollars = dollars
    self.title = title
    self.body = body
  }
}

/// Background: adverts that any broad search brings in.
struct Plain {
  let dollars: ClosedRange<Int>
  let title: String
  let body: String

  init(_ dollars: ClosedRange<Int>, _ title: String, _ body: String) {
    self.dollars = dollars
    self.title = title
    self.body = body
  }
}

/// How a language writes amounts of a ware; each holds `#` where the number goes.
struct Units {
  let grams: String
  let kilos: String
  let centimetres: String
  let pieces: String
  let months: String
}

struct Place {
  let country: String
  let names: [String]

  init(_ country: String, _ names: [String]) {
    self.country = country
    self.names = names
  }
}

/// The two halves of a seller's handle, and the separator between them.
struct Handles {
  let heads: [String]
  let tails: [String]
  let joints: [String]
}

extension LanguageBank {
  static let all: [LanguageBank] = [
    english, chinese, traditionalChinese, vietnamese, thai, indonesian, russian, arabic, french, spanish, portuguese,
    german,
    japanese,
  ]

  /// The word by which a scraper of this language flags `product`.
  func keyword(for product: Product) -> String {
    wares.first { $0.product == product }?.names.first?.text ?? product.facts.keyword
  }

  /// The places of `country`, or all where the language has none there.
  func placeNames(in country: String) -> [String] {
    places.first { $0.country == country }?.names ?? places.flatMap(\.names)
  }
}
