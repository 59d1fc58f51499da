/// Which language the screen has.
package enum LanguageChoice {
  /// The code of the language that a locale asks for; nil for English, and where the environment says nothing.
  ///
  /// Source: GNU gettext manual, "Locale Names" and "Specifying a Priority List of Languages": `LANGUAGE`, then `LC_ALL`,
  ///         `LC_MESSAGES`, `LANG`; `LANGUAGE` counts only where the locale is not `C`.
  /// - Parameter available: the codes of the languages that there are, without English.
  package static func code(environment: [String: String], available: Set<String>) -> String? {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    guard let own = language(of: locale) else { return nil }
    let wanted = (environment["LANGUAGE"] ?? "").split(separator: ":").compactMap { language(of: String($0)) } + [own]
    for language in wanted {
      if language == "en" { return nil }
      if available.contains(language) { return language }
    }
    return nil
  }

  /// `fr` of `fr_CA.UTF-8`; nil for `C`, `POSIX` and what is no locale's name.
  static func language(of locale: String) -> String? {
    let name = locale.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }.lowercased()
    guard name != "c", name != "posix", (2...3).contains(name.utf8.count),
      name.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A })
    else { return nil }
    return name
  }
}
