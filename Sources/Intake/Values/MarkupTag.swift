import Listings

/// A tag or comment of HTML within a text.
///
/// Shape:  `<` or `</`, a name that HTML knows, then `>`, `/>` or attributes with a `=`, and no other `<` before the `>`:
///         `x < 3`, `<3`, `<name@example>`, `if a<i and b>c` and names that HTML does not know are text.
/// Cost:   O(bytes up to the next `<` or `>`).
struct MarkupTag {
  enum Effect { case lineBreak, block, blank, nothing }

  let effect: Effect
  /// Bytes from `<` to `>`.
  let length: Int

  private static let longestName = 10

  /// The tag that begins with the `<` at `start`.
  init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
    var index = start + 1
    let isClosing = index < bytes.count && bytes[index] == UInt8(ascii: "/")
    if isClosing { index += 1 }
    let nameStart = index
    while index < bytes.count, index - nameStart <= Self.longestName, bytes[index].isASCIILetter || bytes[index].isDigit
    {
      index += 1
    }
    guard index > nameStart, index < bytes.count else { return nil }
    let name = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[nameStart..<index]), as: UTF8.self).lowercased()
    guard let effect = Self.effects[name], let end = Self.end(bytes, from: index, isClosing) else { return nil }
    self.effect = effect
    length = end - start
  }

  /// The end of a tag whose name ends at `start`.
  private static func end(_ bytes: UnsafeRawBufferPointer, from start: Int, _ isClosing: Bool) -> Int? {
    guard bytes[start] <= .blank || bytes[start] == UInt8(ascii: ">") || bytes[start] == UInt8(ascii: "/") else {
      return nil
    }
    var index = start
    var hasWords = false
    var hasValue = false
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: ">"): return hasWords && !hasValue ? nil : index + 1
      case UInt8(ascii: "<"): return nil
      case UInt8(ascii: "="): hasValue = !isClosing
      case 0...32, UInt8(ascii: "/"): break
      default: hasWords = true
      }
      index += 1
    }
    return nil
  }

  private static let effects: [String: Effect] = {
    var effects: [String: Effect] = ["br": .lineBreak, "td": .blank, "th": .blank, "wbr": .nothing]
    let blocks =
      "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
      + "form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol optgroup option p pre section select summary "
      + "table tbody tfoot thead tr ul"
    let others =
      "a abbr acronym audio b base bdi bdo big button canvas cite code col colgroup data del dfn em embed font i iframe "
      + "img input ins kbd label link map mark meta meter noscript object param picture q rp rt ruby s samp script small "
      + "source span strike strong style sub sup svg template textarea time title track tt u var video"
    for name in blocks.split(separator: " ") { effects[String(name)] = .block }
    for name in others.split(separator: " ") { effects[String(name)] = .nothing }
    return effects
  }()
}
