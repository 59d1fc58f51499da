/// The sentences of one language, from a file that translators edit.
///
/// Source: GNU gettext manual, "The Format of PO Files": `Lexicons/languages/CODE.po`.
/// Shape:  entries by context and English sentence. Empty and fuzzy translations count as none: the screen is English there.
package struct SentenceTable: Sendable {
  /// ISO 639-1: `fr`.
  package let code: String
  /// As its speakers call it: `français`.
  package let name: String
  /// Whether a native speaker has read the sentences.
  package let isReadByNative: Bool
  /// Between groups of three digits.
  package let thousandsSeparator: String
  private let pluralRule: PluralRule
  private let singular: [Key: String]
  private let plural: [Key: [String]]

  private struct Key: Hashable {
    let context: String?
    let english: String
  }

  /// How many forms a noun has behind a number, and which number takes which.
  private enum PluralRule: Equatable {
    /// The same for every number.
    case none
    /// One form for 1, another for all others.
    case oneAndOthers
    /// One form for 0 and 1, another for all others.
    case upToOneAndOthers

    init(_ header: String?) {
      switch header?.filter({ $0 != " " }) {
      case "nplurals=1;plural=0;"?: self = .none
      case "nplurals=2;plural=(n>1);"?, "nplurals=2;plural=n>1;"?: self = .upToOneAndOthers
      default: self = .oneAndOthers
      }
    }

    func form(for number: Int) -> Int {
      switch self {
      case .none: 0
      case .oneAndOthers: number == 1 ? 0 : 1
      case .upToOneAndOthers: number.magnitude > 1 ? 1 : 0
      }
    }
  }

  /// - Parameter code: the file's name without its ending; the header's `Language` outranks it.
  package init(_ file: TranslationFile, code: String) {
    self.code = file.header["Language"] ?? code
    name = file.header["X-Language-Name"] ?? self.code
    isReadByNative = file.header["X-Read-By-Native"] == "yes"
    thousandsSeparator = file.header["X-Thousands-Separator"].map { $0 == "space" ? "\u{A0}" : $0 } ?? ","
    pluralRule = PluralRule(file.header["Plural-Forms"])
    var singular: [Key: String] = [:]
    var plural: [Key: [String]] = [:]
    for entry in file.entries where !entry.isFuzzy && !entry.english.isEmpty {
      guard entry.translations.allSatisfy({ !$0.isEmpty }), !entry.translations.isEmpty else { continue }
      let key = Key(context: entry.context, english: entry.english)
      if entry.englishPlural == nil { singular[key] = entry.translations[0] } else { plural[key] = entry.translations }
    }
    (self.singular, self.plural) = (singular, plural)
  }

  func translation(of english: String, context: String?) -> String? {
    singular[Key(context: context, english: english)]
  }

  func translation(of english: String, counting number: Int) -> String? {
    guard let forms = plural[Key(context: nil, english: english)] else { return nil }
    return forms[min(pluralRule.form(for: number), forms.count - 1)]
  }
}
