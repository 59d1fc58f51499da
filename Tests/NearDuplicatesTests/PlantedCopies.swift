import Listings
import ListingsTestSupport
import NearDuplicates

/// Invented adverts in several scripts, and the ways in which sellers copy them.
struct PlantedCopies {
  enum Language: CaseIterable {
    case english, vietnamese, russian, arabic, thai, chinese

    var blank: String { self == .thai || self == .chinese ? "" : " " }
  }

  /// What a copy has otherwise than the advert.
  enum Change: CaseIterable {
    case nothing, price, phone, place, emoji, hashtags, moreText, lessText, otherWords, lookAlikes, leet, cutTitle
  }

  struct Advert {
    let language: Language
    var title: [String]
    var description: [String]
    var tags: [String]

    var row: (title: String, description: String) {
      (title.joined(separator: language.blank), (description + tags).joined(separator: language.blank))
    }
  }

  private var dice: Dice
  private let words: [Language: [String]]

  init(seed: UInt64) {
    var dice = Dice(seed: seed)
    words = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { language in
        (language, (0..<3_000).map { _ in Self.word(of: language, &dice) })
      })
    self.dice = dice
  }

  private static func word(of language: Language, _ dice: inout Dice) -> String {
    func letters(_ range: ClosedRange<UInt32>, _ count: Int, _ dice: inout Dice) -> String {
      var text = ""
      for _ in 0..<count {
        text.unicodeScalars.append(Unicode.Scalar(range.lowerBound + UInt32(dice.below(range.count))) ?? "x")
      }
      return text
    }
    let syllables = ["ka", "ri", "to", "mé", "ne", "shu", "lo", "vi", "an", "du", "po", "se", "gra", "bel", "xi", "or"]
    let tones = ["ạ", "ế", "ộ", "ươ", "ữ", "ì", "ằ", "ỏ", "ê", "â"]
    switch language {
    case .english: return (0..<2 + dice.below(3)).map { _ in dice.pick(syllables) }.joined()
    case .vietnamese:
      return dice.pick(["th", "ng", "tr", "ph", "kh", "nh"]) + dice.pick(tones)
        + dice.pick(["n", "ng", "t", "p", "nh"])
    case .russian: return letters(0x430...0x44F, 4 + dice.below(5), &dice)
    case .arabic: return letters(0x628...0x63A, 4 + dice.below(4), &dice)
    case .thai: return letters(0xE01...0xE2E, 1, &dice) + dice.pick(["า", "ี", "ู"]) + letters(0xE01...0xE2E, 2, &dice)
    case .chinese: return letters(0x4E00...0x5DFF, 2, &dice)
    }
  }

  /// Common words come more often than rare ones, as in any language.
  private mutating func word(_ language: Language) -> String {
    let share = Double(dice.below(1 << 20)) / Double(1 << 20)
    return words[language]?[Int(3_000 * share * share * share)] ?? ""
  }

  mutating func advert(_ language: Language) -> Advert {
    Advert(
      language: language, title: (0..<5 + dice.below(5)).map { _ in word(language) },
      description: (0..<18 + dice.below(25)).map { _ in word(language) },
      tags: (0..<4).map { _ in "#" + word(.english) })
  }

  mutating func copy(of original: Advert, _ change: Change) -> Advert {
    var copy = original
    switch change {
    case .nothing: break
    case .price: copy.description.insert("\(dice.pick(["$", "¥", "€"]))\(100 + dice.below(9_000))", at: 3)
    case .phone: copy.description += ["0\(900_000_000 + dice.below(99_000_000))"]
    case .place: copy.description += [word(original.language)]
    case .emoji: for _ in 0..<3 { copy.title.insert("🐘🔥", at: dice.below(copy.title.count)) }
    case .hashtags: copy.tags.reverse()
    case .moreText: copy.description += (0..<6).map { _ in word(original.language) }
    case .lessText: copy.description.removeLast(5)
    case .otherWords:
      for _ in 0..<2 { copy.description[dice.below(copy.description.count)] = word(original.language) }
    case .lookAlikes: copy.description = copy.description.map { $0.replacing("a", with: "а").replacing("o", with: "о") }
    case .leet: copy.description = copy.description.map { $0.replacing("e", with: "3").replacing("i", with: "1") }
    case .cutTitle: copy.title.removeLast(2)
    }
    return copy
  }

  /// Adverts by themselves, and copies of one in eight, shuffled; with the number of the advert that each row is.
  mutating func dataset(adverts: Int) -> (dataset: Dataset, truth: [Int]) {
    var rows: [(advert: Int, row: ListingRow)] = []
    func add(_ advert: Int, _ text: Advert) {
      let (title, description) = text.row
      rows.append(
        (
          advert,
          ListingRow(
            id: "N\(rows.count)", platform: dice.pick(["zalo", "kaidee", "avito"]), title: title,
            description: description, seller: "seller \(dice.below(400))")
        ))
    }
    for number in 0..<adverts {
      let original = advert(dice.pick(Language.allCases))
      add(number, original)
      guard dice.once(in: 8) else { continue }
      for _ in 0...dice.below(5) { add(number, copy(of: original, dice.pick(Change.allCases))) }
    }
    rows.shuffle(using: &dice)
    return (Dataset.of(rows.map(\.row)), rows.map(\.advert))
  }
}

extension DuplicateGroups {
  /// Groups as sorted lists of rows, in the order of their first rows.
  var rowLists: [[Int]] {
    (0..<count).map { listings(of: $0).map { Int($0) }.sorted() }.sorted { $0[0] < $1[0] }
  }

  static func found(in rows: [ListingRow]) throws -> DuplicateGroups { try found(in: Dataset.of(rows)) }

  static func found(in dataset: Dataset) throws -> DuplicateGroups {
    struct WasCancelled: Error {}
    guard let groups = find(in: dataset) else { throw WasCancelled() }
    return groups
  }
}
