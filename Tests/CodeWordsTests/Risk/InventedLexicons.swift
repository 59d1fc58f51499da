import CodeWords
import Listings
import Taxa

/// Terms for tests: few, and each there for a reason that its test tells.
enum InventedLexicons {
  static let elephant = Taxon(acceptedName: "Loxodonta africana", appendix: "I/II", asOf: "2025-02-07")
  static let pangolin = Taxon(acceptedName: "Manis javanica", appendix: "I", asOf: "2025-02-07")
  static let turtle = Taxon(acceptedName: "Eretmochelys imbricata", appendix: "I", asOf: "2025-02-07")
  static let taxa = [elephant, pangolin, turtle]

  static func taxon(_ name: String) -> Taxon? { taxa.first { $0.acceptedName == name } }

  static let terms: [Term] = [
    Term(
      ["ivory", "ivories"], language: "en", kind: .product, denotes: "elephant ivory", taxon: "Loxodonta africana",
      weight: 60, unless: ["@colour", "ivory coast", "ivory tower"].map(Condition.init(written:))),
    Term(
      ["ivory tusk"], language: "en", kind: .product, denotes: "elephant tusk", taxon: "Loxodonta africana", weight: 80),
    Term(["tusk"], language: "en", kind: .product, denotes: "elephant tusk", weight: 50),
    Term(
      ["jelly"], language: "en", kind: .codeWord, denotes: "elephant ivory", taxon: "Loxodonta africana", weight: 40,
      needs: [.group("jewellery")]),
    Term(
      ["果冻"], language: "zh", kind: .codeWord, denotes: "elephant ivory", taxon: "Loxodonta africana", weight: 50,
      needs: [.group("jewellery")], unless: [.group("food")]),
    Term(["象牙"], language: "zh", kind: .product, denotes: "elephant ivory", weight: 70, unless: [.group("colour")]),
    Term(
      ["vảy tê tê"], language: "vi", kind: .product, denotes: "pangolin scales", taxon: "Manis javanica", weight: 90),
    Term(
      ["กระ"], language: "th", kind: .product, denotes: "hawksbill shell", taxon: "Eretmochelys imbricata", weight: 40,
      unless: [.word("กระดองเต่า"), .word("กระเป๋า")]),
    Term(["กระดองเต่า"], language: "th", kind: .product, denotes: "turtle shell", weight: 60),
    Term(["🐘"], language: "mul", kind: .emoji, denotes: "elephant", weight: 20, needs: [.group("jewellery")]),
    Term(["dm for price", "inbox"], language: "en", kind: .transactionCue, denotes: "price in private", weight: 20),
    Term(["discreet"], language: "en", kind: .transactionCue, denotes: "hidden delivery", weight: 30),
    Term(["bracelet", "ring"], language: "en", kind: .context, denotes: "jewellery"),
    Term(["手串"], language: "zh", kind: .context, denotes: "jewellery"),
    Term(["零食"], language: "zh", kind: .context, denotes: "food"),
    Term(["ivory white", "colour"], language: "en", kind: .benign, denotes: "colour", weight: 70),
    Term(["resin"], language: "en", kind: .benign, denotes: "other material", weight: 60),
    Term(["plastic"], language: "en", kind: .benign, denotes: "other material", weight: 50),
    Term(["replica"], language: "en", kind: .benign, denotes: "replica", weight: 50),
  ]

  static let compiled = compiled(terms)

  static func compiled(_ terms: [Term]) -> CompiledLexicons {
    CompiledLexicons(
      LexiconSet(layers: [[Lexicon(name: "invented", file: "invented.csv", terms: terms)]]), taxon: taxon)
  }
}

/// A listing as the lexicons read it, for short questions.
struct Read {
  let reading: ListingReading
  let lexicons: CompiledLexicons
  let why: [String]

  init(
    _ title: String, _ description: String = "", species: [Taxon] = [],
    with lexicons: CompiledLexicons = InventedLexicons.compiled
  ) {
    self.lexicons = lexicons
    (reading, why) = ListingText.with(title: title, description: description) { text in
      let reading = lexicons.reading(of: text, species: species)
      return (reading, reading.why(lexicons, text).map { "\($0.points) \($0.text)" })
    }
  }

  /// `term:status`, in order.
  var hits: [String] { reading.hits.map { lexicons[$0.term].name + ":" + $0.status.name } }
  var risk: Int? { reading.risk?.value }

  func status(_ term: String) -> HitStatus? {
    reading.hits.first { lexicons[$0.term].name == term }?.status
  }
}
