import Listings
import Sentences

/// The guesses that compare texts: title, description and seller.
extension ShapeGuesses {
  // MARK: Title and description

  /// Guesses title and description.
  ///
  /// Shape:  the longest text that differs from row to row is the title. If one of several such columns holds paragraphs, it
  ///         is the description, and the leftmost of the others that is not much shorter than the longest is the title.
  mutating func guessTexts() {
    // A text is a title only beside something else that listings have.
    guard has(.price) || has(.url) || has(.image) else { return }
    var texts = columns(from: 3) { $0.isWordy && $0.meanLength >= 4 && $0.isDistinct(percent: 40) }
      .filter { index in
        (ColumnName.isMeaningless(names[index]) || fieldNames.namesThing(names[index]))
          && shapes[index].count * 10 >= sample.records.count * 7
      }
      .sorted { shapes[$0].meanLength > shapes[$1].meanLength }
    if isOpen(.description), let longest = texts.first, isParagraph(shapes[longest]),
      isLonger(texts, by: 3) || texts.count == 1
    {
      assign(.description, longest, Sentence("long texts"), shapes[longest].count)
      texts.removeFirst()
    }
    let titles = texts.filter { shapes[$0].meanLength <= 200 }
    guard isOpen(.title), let longest = titles.first else { return }
    var near = titles.filter { 2 * shapes[$0].meanLength >= shapes[longest].meanLength }.sorted()
    // Locations and categories repeat.
    let different = near.filter { shapes[$0].isDistinct(percent: 90) }
    if different.count == 1, near.allSatisfy({ $0 == different[0] || !shapes[$0].isDistinct(percent: 70) }) {
      near = different
    }
    let isClear = near.count == 1 || isOpen(.description) && !isLonger(titles, by: 3)
    guard isClear, let first = near.first else { return }
    if near.count > 1, !shapes[first].isDistinct(percent: 90) { return }
    assign(.title, first, Sentence("titles"), shapes[first].count, Sentence("words that differ from row to row"))
  }

  /// Whether the texts are long enough for a description.
  private func isParagraph(_ shape: ColumnShape) -> Bool {
    shape.meanLength >= (has(.title) ? 60 : 100) || shape.hasLineBreaks && shape.meanLength >= 60
  }

  /// Whether the first text is longer than each of the others by this factor.
  private func isLonger(_ texts: [Int], by factor: Double) -> Bool {
    guard let first = texts.first else { return false }
    return texts.dropFirst().allSatisfy { shapes[first].meanLength >= factor * shapes[$0].meanLength }
  }

  /// Offers a title where neither title nor description is known: the longest text that differs from row to row.
  ///
  /// Shape:  half of its values differ, or there are fewer than three.
  mutating func offerTitle() {
    guard isOpen(.title), isOpen(.description) else { return }
    let texts = shapes.indices.filter { index in
      found[index] == nil && shapes[index].count > 0 && shapes[index].isText
        && (shapes[index].isDistinct(percent: 50) || shapes[index].count < 3)
    }
    guard let longest = texts.max(by: { (shapes[$0].meanLength, -$0) < (shapes[$1].meanLength, -$1) }) else { return }
    offer = (
      longest, Sentence("the longest text that differs from row to row, \(shapes[longest].count) sampled values")
    )
  }

  /// Guesses sentences beside a known title as the description, if they differ from row to row.
  ///
  /// Shape:  three of five values end like sentences, with 15 characters on average.
  mutating func guessDescription() {
    guard isOpen(.description), has(.title) else { return }
    let sentences = columns(from: AmountShape.minimumCount) {
      $0.isWordy && $0.meanLength >= 15 && $0.isDistinct(percent: 40)
    }
    .filter { ColumnName.isMeaningless(names[$0]) && shapes[$0].isNearlyAll(shapes[$0].sentences, percent: 60) }
    if sentences.count == 1 {
      assign(.description, sentences[0], Sentence("sentences"), shapes[sentences[0]].sentences)
    }
  }

  // MARK: Seller

  /// Guesses the seller.
  ///
  /// Shape:  only where title and price or address are known, and most values look like user names, with digits or marks
  ///         among letters, since plain words may be anything. If fewer do, no other column of short words may have any,
  ///         and some must contain an underscore.
  mutating func guessSeller() {
    guard isOpen(.sellerAlias), has(.title), has(.price) || has(.url) else { return }
    // Categories are few. Sellers may be few too, where most contain a digit.
    func areNames(_ shape: ColumnShape) -> Bool {
      shape.distinct * 4 >= shape.count || shape.distinct >= 3 && shape.digits * 10 >= shape.count * 6
    }
    let named = columns(from: 5) { $0.isText && $0.isNearlyAll($0.aliases, percent: 60) && areNames($0) }
      .filter { column in
        ColumnName.isMeaningless(names[column]) && shapes[column].values.allSatisfy { $0.count <= 40 }
          && !shapes[column].values.contains { $0.contains(" ") && $0.count > 24 }
      }
    if named.count == 1 {
      return assign(.sellerAlias, named[0], Sentence("names that people give themselves"), shapes[named[0]].aliases)
    }
    let short = columns(from: AmountShape.minimumCount) {
      $0.isText && $0.distinct > 3 && $0.values.allSatisfy { $0.count <= 40 }
    }
    .filter { ColumnName.isMeaningless(names[$0]) }
    let some = short.filter { shapes[$0].aliases > 0 }
    guard named.isEmpty, some.count == 1, let seller = some.first, shapes[seller].aliases * 7 >= shapes[seller].count,
      shapes[seller].values.contains(where: { $0.contains("_") })
    else { return }
    assign(.sellerAlias, seller, Sentence("names, some of which people give themselves"), shapes[seller].aliases)
  }
}

/// Judges whether a column's name says anything about its values.
///
/// A person who names a column `weight` means no price, however much its numbers look like some. A scraper that writes
/// `column3`, `field_4`, `Unnamed: 2` or `css-1x2y3z` means nothing.
enum ColumnName {
  /// Meaningless names, without digits and punctuation.
  private static let empty: Set<String> = [
    "", "column", "col", "field", "f", "c", "x", "v", "var", "unnamed", "value", "val", "text", "label", "cell", "span",
    "div", "td", "li", "a", "p", "h", "selection", "element", "attribute", "attr", "href", "src", "spalte", "feld",
    "colonne", "champ",
    "columna", "campo", "coluna", "столбец", "поле", "列", "字段", "欄", "欄位", "カラム", "열", "คอลัมน์", "cột", "kolom",
    "عمود",
  ]

  /// Whether the name was generated, so that values alone must decide.
  ///
  /// Shape:  of a dotted name, the last part that is not a number decides.
  static func isMeaningless(_ name: String) -> Bool {
    // The last part of `data.0.text` names the value.
    let last = name.split(separator: ".").last(where: { !$0.allSatisfy(\.isNumber) }).map(String.init) ?? ""
    if isFromStyleSheet(last) { return true }
    let plain = FieldNames.plain(last).filter { !$0.isNumber && $0 != ":" && $0 != "#" && $0 != "(" && $0 != ")" }
    return empty.contains(plain)
  }

  /// Whether it is the name of a CSS class, as point-and-click scrapers write: `price--3xY`, `s-item__title`,
  /// `css-1x2y3z`, `sc-bdVaJa`. Its words describe the design of the page, not the listing.
  private static func isFromStyleSheet(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.contains("--") || name.contains("__") || name.hasPrefix("css-") || name.hasPrefix("sc-")
  }

  /// Whether the name contains one of `words`.
  static func contains(_ words: [String], _ name: String) -> Bool {
    let plain = FieldNames.plain(name)
    return words.contains { plain.contains($0) }
  }
}
