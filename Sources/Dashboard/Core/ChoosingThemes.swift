import Sentences

// Themes are files, and the terminal shows them; the dashboard knows their names only.

/// The themes that there are, and which one is shown.
package struct KnownThemes: Equatable, Sendable {
  /// Sorted.
  package var names: [String] = []
  /// Nil: it is not known.
  package var shown: String?

  package init(names: [String] = [], shown: String? = nil) { (self.names, self.shown) = (names, shown) }
}

extension State {
  /// Why there is no other theme to choose.
  var themesBlocked: String? {
    themes.names.isEmpty ? localized("No theme was found; `linsang theme list` says where to put one") : nil
  }

  mutating func startThemes() -> [Effect] {
    mode = .menu(
      MenuSheet(
        subject: .theme, title: localized("Theme until you leave"), lines: themes.names,
        cursor: themes.shown.flatMap { themes.names.firstIndex(of: $0) } ?? 0))
    return []
  }

  mutating func chooseTheme(_ line: Int) -> [Effect] {
    guard themes.names.indices.contains(line) else { return [] }
    let name = themes.names[line]
    themes.shown = name
    return [.useTheme(name)] + say(.info, localized("The theme is \(name) until you leave; --theme \(name) keeps it"))
  }
}
