import CPlatform
import Listings
import SmallFormats

/// The text of a cell with HTML, as a browser would show it. The record keeps the original.
///
/// Shape:  references are resolved once: `&amp;lt;` becomes `&lt;`, and a `<` from `&lt;` begins no tag. `<br>` and the
///         borders of blocks become line breaks, and table cells a blank. Other tags and comments disappear, so that a word
///         with a tag in it is whole. What is not genuine HTML stays as it is.
/// Cost:   a search of the whole record for `&`, `<` and, for JSON's escapes, `\`, 64 bytes at a time. Records without any
///         cost nothing more.
/// Fails:  never.
enum ReadableMarkup {
  /// Whether a record may contain HTML at all.
  ///
  /// Shape:  true for any `&`, `<` or backslash; the rest is up to `decode`.
  @inline(__always)
  static func mayOccur(in record: UnsafeRawBufferPointer) -> Bool {
    guard let start = record.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
    let (ampersand, less, backslash) = (UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8.backslash)
    guard record.count >= 64 else { return record.contains { $0 == ampersand || $0 == less || $0 == backslash } }
    var index = 0
    while index + 64 <= record.count {
      if lp_any_mask64(start + index, ampersand, less, backslash) != 0 { return true }
      index += 64
    }
    // The last block overlaps the one before, so that nothing beyond the record is loaded.
    return lp_any_mask64(start + record.count - 64, ampersand, less, backslash) != 0
  }

  /// Appends the readable text of `bytes`; false where there is no HTML, and then nothing was appended.
  ///
  /// Shape:  line breaks at the end are removed if a tag made them.
  /// Cost:   copies what is between tags and references; an unclosed comment is searched for once per cell.
  static func decode(_ bytes: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Bool {
    let start = out.count
    var copied = 0
    var index = 0
    var hasMarkup = false
    var commentsEnd = true
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      var length = 0
      var effect = MarkupTag.Effect.nothing
      var scalar: Unicode.Scalar?
      if byte == UInt8(ascii: "&") {
        if let reference = HTMLCharacterReference.read(bytes, at: index) { (scalar, length) = reference }
      } else if let tag = MarkupTag(bytes, at: index) {
        (effect, length) = (tag.effect, tag.length)
      } else if commentsEnd, isCommentStart(bytes, index) {
        length = commentLength(bytes, index)
        commentsEnd = length > 0
      }
      guard length > 0 else {
        index += 1
        continue
      }
      hasMarkup = true
      out += bytes[copied..<index]
      if let scalar { out += UTF8.encode(scalar)! }
      append(effect, since: start, to: &out)
      index += length
      copied = index
    }
    guard hasMarkup else { return false }
    out += bytes[copied...]
    if copied == bytes.count { while out.count > start, out[out.count - 1] == .lineFeed { out.removeLast() } }
    return true
  }

  /// The readable text of a cell; nil where there is no HTML.
  ///
  /// Cost:   one pass; texts without HTML are not copied.
  static func decoded(_ text: String) -> String? {
    var text = text
    var out: [UInt8] = []
    let hasMarkup = text.withUTF8 { decode(UnsafeRawBufferPointer($0), into: &out) }
    return hasMarkup ? String(decoding: out, as: UTF8.self) : nil
  }

  /// Appends what a tag becomes, without repeating line breaks or blanks.
  ///
  /// - Parameter start: where the cell begins in `out`; blocks and blanks at its very beginning add nothing.
  private static func append(_ effect: MarkupTag.Effect, since start: Int, to out: inout [UInt8]) {
    switch effect {
    case .nothing: break
    case .lineBreak: out.append(.lineFeed)
    case .block: if out.count > start, out[out.count - 1] != .lineFeed { out.append(.lineFeed) }
    case .blank: if out.count > start, out[out.count - 1] > .blank { out.append(.blank) }
    }
  }

  /// Whether `<!--` is at an index, with room for the end of the comment.
  private static func isCommentStart(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    index + 6 < bytes.count && bytes[index + 1] == UInt8(ascii: "!") && bytes[index + 2] == UInt8(ascii: "-")
      && bytes[index + 3] == UInt8(ascii: "-")
  }

  /// The length of the comment that begins at `start`; 0 where it is not closed.
  ///
  /// Cost:   O(bytes up to its end), or up to the end of the cell.
  private static func commentLength(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var index = start + 4
    while index + 2 < bytes.count {
      if bytes[index] == UInt8(ascii: "-"), bytes[index + 1] == UInt8(ascii: "-"), bytes[index + 2] == UInt8(ascii: ">")
      {
        return index + 3 - start
      }
      index += 1
    }
    return 0
  }
}

/// Where HTML is decoded.
extension Field {
  /// Whether HTML in this field is decoded: in words, but never in addresses, ids and other parts of keys.
  ///
  /// Limits: an `&amp;` in an address or id belongs to the key of the listing, and keys must not change.
  var mayHoldMarkup: Bool {
    switch self {
    case .title, .description, .species, .price, .currency, .sellerAlias, .country, .location, .postedAt, .capturedAt,
      .quantity, .intent, .flagReason, .category:
      true
    case .listingID, .platform, .url, .sellerID, .sellerURL, .language, .image: false
    }
  }
}

extension RecordCell {
  /// A cell as it is read, with HTML decoded in fields that may hold it.
  init(reading text: String, name: String, field: Field?) {
    let decoded = field?.mayHoldMarkup == true ? ReadableMarkup.decoded(text) : nil
    self.init(name: name, field: field, text: decoded ?? text, hadMarkup: decoded != nil)
  }
}

/// A tag of HTML within a text.
///
/// Shape:  `<` or `</`, a name that HTML defines, then `>`, `/>` or attributes with `=`, and no other `<` before the `>`. So
///         `x < 3`, `<3`, `<name@example>`, `if a<i and b>c` and undefined names are text.
/// Cost:   O(bytes up to the next `<` or `>`).
/// Source: the elements of the WHATWG HTML standard, with those that HTML 4 had.
struct MarkupTag {
  /// What the tag becomes in readable text.
  enum Effect { case lineBreak, block, blank, nothing }

  /// What becomes of it. Every `<br>` breaks the line; two blocks have one line break between them.
  let effect: Effect
  /// From `<` to `>`, in bytes.
  let length: Int

  /// Bytes of a name; the longest are `blockquote` and `figcaption`.
  private static let maximumNameLength = 10

  /// The tag whose `<` is at `start`; nil where this is not one.
  ///
  /// Shape:  attributes need a value, so that `<a b>` in prose remains text.
  init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
    var index = start + 1
    let isClosing = index < bytes.count && bytes[index] == UInt8(ascii: "/")
    if isClosing { index += 1 }
    let nameStart = index
    while index < bytes.count, index - nameStart <= Self.maximumNameLength,
      bytes[index].isASCIILetter || bytes[index].isDigit
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
  ///
  /// Shape:  a tag with words but without a single `=` is prose, and so is one that another `<` interrupts.
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

  /// The effect of every tag by its name.
  ///
  /// Shape:  in lower case. Names that are missing here are not tags.
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
