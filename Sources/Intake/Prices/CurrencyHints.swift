import Listings
import Sentences

/// Proposes a currency for a file whose prices name none, from its language and the places in it.
///
/// Shape:  `currency-hints.csv` has rows of `kind,text,currency`: a `language` (ISO 639-1) or a `place` with the currency
///         used there. A language of countries with several currencies is in no row. The result is only a proposal.
/// Cost:   a dictionary lookup per part of the sampled locations.
package struct CurrencyHints: Sendable {
  /// The currency of each language.
  private var byLanguage: [String: String] = [:]
  /// The currency of each place, by its folded name.
  private var byPlace: [String: String] = [:]
  /// Bytes of the longest of these names.
  private var longestPlace = 0
  /// The places in locations examined so far.
  private let known = TextMemory<Place?>()

  /// A place as it is written, and the currency used there.
  private struct Place: Sendable {
    let name: String
    let currency: String
  }

  /// Reads the rows of `currency-hints.csv`; those of any other kind are ignored.
  init(rows: [[String]]) {
    for row in rows {
      if row[0] == "language" { byLanguage[row[1]] = row[2] }
      if row[0] == "place" { byPlace[Folding.folded(row[1])] = row[2] }
    }
    longestPlace = byPlace.keys.map(\.utf8.count).max() ?? 0
  }

  /// The currency with the most points, and the reasons; nil without any evidence.
  ///
  /// - Parameter columns: what each column of the sample was recognised as.
  func proposal(_ sample: ColumnSample, columns: [ColumnFinding], names: FieldNames) -> CurrencyProposal? {
    var found: [String: (points: Int, why: [Sentence])] = [:]
    func support(_ currency: String?, _ points: Int, _ why: Sentence) {
      guard let currency else { return }
      found[currency, default: (0, [])].points += points
      found[currency]?.why.append(why)
    }
    for (place, currency, count) in places(sample, columns) {
      support(
        currency, 3, Sentence("places such as \(place) in \(count) of \(sample.records.count) sampled listings"))
    }
    if let language = Self.mostFrequent(columns.compactMap { names.language(of: $0.name) }) {
      support(byLanguage[language], 2, Sentence("columns named in \(Self.name(language))"))
    }
    if let language = languageOfTexts(sample, columns) {
      support(byLanguage[language], 2, Sentence("texts in \(Self.name(language))"))
    }
    guard let best = found.max(by: { ($0.value.points, $1.key) < ($1.value.points, $0.key) }) else { return nil }
    return CurrencyProposal(currency: best.key, why: "\(best.value.why, by: "; ")")
  }

  // MARK: Places

  /// The currency of the places in most listings, one of these places, and the number of listings; empty below 30 %.
  ///
  /// Cost:   a lookup per part of a location, until one is known.
  private func places(
    _ sample: ColumnSample, _ columns: [ColumnFinding]
  ) -> [(place: String, currency: String, count: Int)] {
    let places = columns.indices.filter { columns[$0].field == .location || columns[$0].field == nil }
    var counts: [String: (place: String, count: Int)] = [:]
    for record in sample.records {
      guard let place = places.lazy.compactMap({ self.place(in: record[$0]) }).first else { continue }
      counts[place.currency, default: (place.name, 0)].count += 1
    }
    guard let best = counts.max(by: { $0.value.count < $1.value.count }) else { return [] }
    return best.value.count * 10 >= sample.records.count * 3 ? [(best.value.place, best.key, best.value.count)] : []
  }

  /// The first part of a location that the table knows.
  ///
  /// Shape:  parts are separated by commas and the like; single words are tried after whole parts.
  /// Limits: locations of up to 80 bytes.
  private func place(in text: String) -> Place? {
    guard !text.isEmpty, text.utf8.count <= 80 else { return nil }
    return known.finding(of: text) {
      if text.utf8.allSatisfy({ $0 < 0x80 }) { return place(inASCII: text.utf8) }
      let parts = text.split { ",/|>()·-".contains($0) }.map { $0.trimmingBlanks }
      for part in parts + parts.flatMap({ $0.split(separator: " ") }) {
        if let currency = byPlace[Folding.folded(String(part))] { return Place(name: String(part), currency: currency) }
      }
      return nil
    }
  }

  /// The same for ASCII text, whose bytes are its characters and fold to as many.
  private func place(inASCII text: String.UTF8View) -> Place? {
    let parts = text.split { Self.separatesPlaces($0) }
    for part in parts {
      if let place = place(named: Substring(part).trimmingBlanks) { return place }
    }
    for part in parts {
      for word in part.split(separator: .blank) {
        if let place = place(named: Substring(word)) { return place }
      }
    }
    return nil
  }

  /// Frees what is known about locations.
  func forget() { known.forget() }

  private static func separatesPlaces(_ byte: UInt8) -> Bool {
    switch byte {
    case .comma, .bar, UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// A part in ASCII with its currency, if the table knows it.
  private func place(named part: Substring) -> Place? {
    guard part.utf8.count <= longestPlace, let currency = byPlace[part.lowercased()] else { return nil }
    return Place(name: String(part), currency: currency)
  }

  // MARK: Languages

  /// The most frequent language except English, which says nothing about a country.
  private static func mostFrequent(_ languages: [String]) -> String? {
    let counts = Dictionary(languages.filter { $0 != "en" }.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// The language of most titles and descriptions, by their letters.
  ///
  /// Shape:  nil where less than half of the listings have such letters.
  private func languageOfTexts(_ sample: ColumnSample, _ columns: [ColumnFinding]) -> String? {
    let texts = columns.indices.filter { columns[$0].field == .title || columns[$0].field == .description }
    var counts: [String: Int] = [:]
    for record in sample.records {
      if let language = texts.lazy.compactMap({ Self.language(of: record[$0]) }).first {
        counts[language, default: 0] += 1
      }
    }
    guard let best = counts.max(by: { $0.value < $1.value }), 2 * best.value >= sample.records.count else { return nil }
    return best.key
  }

  /// The language whose letters a text has, where no other widespread language uses them.
  ///
  /// Source: Unicode blocks of scripts with one widespread language each; Han characters alone mean Chinese.
  private static func language(of text: String) -> String? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    var isHan = false
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0..<0x80: continue
      case 0x3040...0x30FF: return "ja"
      case 0xAC00...0xD7A3: return "ko"
      case 0x0E00...0x0E7F: return "th"
      case 0x0E80...0x0EFF: return "lo"
      case 0x1000...0x109F: return "my"
      case 0x1780...0x17FF: return "km"
      case 0x0590...0x05FF: return "he"
      case 0x0370...0x03FF: return "el"
      case 0x0980...0x09FF: return "bn"
      case 0x0900...0x097F: return "hi"
      case 0x10A0...0x10FF: return "ka"
      case 0x4E00...0x9FFF: isHan = true
      default: if let language = letters[scalar] { return language }
      }
    }
    return isHan ? "zh" : nil
  }

  /// Letters that only one widespread language uses.
  ///
  /// Source: the alphabets of the languages; letters that several of them share are left out.
  private static let letters: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [:]
    for (language, own) in [
      ("vi", "ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"), ("tr", "ğşı"), ("pl", "łążśźćń"), ("cs", "řěů"),
      ("hu", "őű"), ("ro", "țșţ"), ("uk", "іїєґ"), ("ru", "ыэъё"), ("fa", "پچژگ"),
    ] {
      for scalar in own.unicodeScalars { table[scalar] = language }
    }
    return table
  }()

  /// The English name of a language.
  private static func name(_ language: String) -> Sentence { languages[language] ?? "\(language)" }

  /// Names by ISO 639-1 codes, for sentences.
  private static let languages: [String: Sentence] = [
    "tr": Sentence("Turkish"), "ko": Sentence("Korean"), "pl": Sentence("Polish"), "nl": Sentence("Dutch"),
    "it": Sentence("Italian"), "de": Sentence("German"), "fr": Sentence("French"),
    "hi": Sentence("Hindi"), "uk": Sentence("Ukrainian"), "ms": Sentence("Malay"), "tl": Sentence("Tagalog"),
    "sw": Sentence("Swahili"), "fa": Sentence("Persian"), "th": Sentence("Thai"),
    "vi": Sentence("Vietnamese"), "id": Sentence("Indonesian"), "ja": Sentence("Japanese"), "zh": Sentence("Chinese"),
    "ru": Sentence("Russian"), "cs": Sentence("Czech"),
    "hu": Sentence("Hungarian"), "ro": Sentence("Romanian"), "sv": Sentence("Swedish"), "da": Sentence("Danish"),
    "nb": Sentence("Norwegian"), "fi": Sentence("Finnish"),
    "el": Sentence("Greek"), "he": Sentence("Hebrew"), "bn": Sentence("Bengali"), "ur": Sentence("Urdu"),
    "bg": Sentence("Bulgarian"), "pt": Sentence("Portuguese"), "km": Sentence("Khmer"),
    "lo": Sentence("Lao"), "my": Sentence("Burmese"), "ka": Sentence("Georgian"),
  ]
}
