import Filters
import Foundation
import Sentences

/// Countries by their names in English and in the languages of the system and of the screen, since people write `Kenya` where a form wants `KE`.
///
/// Source: the names are those of Unicode's CLDR, which come with Foundation.
enum CountryNames {
  /// The code of ISO 3166-1 for a name or a code in any case; what is neither comes back as it is, so that it can be told.
  static func code(of text: String) -> String {
    let typed = text.trimmingCharacters(in: .whitespaces)
    let upper = typed.uppercased()
    if upper.utf8.count == 2, upper.utf8.allSatisfy({ (0x41...0x5A).contains($0) }), upper != "UK" { return upper }
    return names[folded(typed)] ?? typed
  }

  /// Names that people write and CLDR has otherwise.
  private static let also = [
    "uk": "GB", "great britain": "GB", "usa": "US", "united states of america": "US", "uae": "AE", "viet nam": "VN",
    "czech republic": "CZ", "turkey": "TR", "burma": "MM", "ivory coast": "CI", "south korea": "KR", "drc": "CD",
    "russian federation": "RU", "lao pdr": "LA", "swaziland": "SZ", "macedonia": "MK", "hong kong": "HK",
    "macau": "MO", "congo": "CG",
  ]

  private static let names: [String: String] = {
    var names = also
    let languages = ScreenLanguage.inUse.map { [Locale(identifier: $0.code)] } ?? []
    for region in Locale.Region.isoRegions.map(\.identifier) where region.utf8.count == 2 {
      let locales = [Locale.current, Locale(identifier: "en")] + languages
      for locale in locales {
        if let name = locale.localizedString(forRegionCode: region) { names[folded(name)] = region }
      }
    }
    return names
  }()

  /// The English name of the country whose name is nearest to a misspelt one; nil where none is near.
  static func nearest(to typed: String) -> String? {
    let near = NearestName.of(folded(typed.trimmingCharacters(in: .whitespaces)), among: names.keys.sorted())
    return near.flatMap { names[$0] }.flatMap { Locale(identifier: "en").localizedString(forRegionCode: $0) }
  }

  private static func folded(_ name: String) -> String {
    let words = name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: Locale(identifier: "en"))
      .replacing("&", with: "and").replacing("’", with: "'").split(separator: " ")
    return (words.first == "the" ? words.dropFirst() : words[...]).joined(separator: " ")
  }
}
