/// Whether a column's name says anything about its values.
///
/// Why:    a person who named a column `weight` meant no price, however much its numbers look like some; a scraper that
///         named it `column3`, `field_4`, `Unnamed: 2` or `css-1x2y3z` meant nothing.
enum TellingName {
  /// What is left of names that say nothing, without digits and marks.
  private static let empty: Set<String> = [
    "", "column", "col", "field", "f", "c", "x", "v", "var", "unnamed", "value", "val", "text", "label", "cell", "span",
    "div", "td", "li", "a", "p", "h", "selection", "element", "attribute", "attr", "href", "src", "spalte", "feld",
    "colonne", "champ",
    "columna", "campo", "coluna", "столбец", "поле", "列", "字段", "欄", "欄位", "カラム", "열", "คอลัมน์", "cột", "kolom",
    "عمود",
  ]

  static func saysNothing(_ name: String) -> Bool {
    // Of `data.0.text` the last part names the value.
    let last = name.split(separator: ".").last(where: { !$0.allSatisfy(\.isNumber) }).map(String.init) ?? ""
    if isFromStyleSheet(last) { return true }
    let plain = FieldNames.plain(last).filter { !$0.isNumber && $0 != ":" && $0 != "#" && $0 != "(" && $0 != ")" }
    return empty.contains(plain)
  }

  /// `price--3xY`, `s-item__title`, `css-1x2y3z`, `sc-bdVaJa`: names of classes, as scrapers by mouse click write them. They may
  /// hold words, but of the page's design, not of the listing.
  private static func isFromStyleSheet(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.contains("--") || name.contains("__") || name.hasPrefix("css-") || name.hasPrefix("sc-")
  }

  /// Whether one of `words` stands in the name.
  static func holds(_ words: [String], _ name: String) -> Bool {
    let plain = FieldNames.plain(name)
    return words.contains { plain.contains($0) }
  }
}
