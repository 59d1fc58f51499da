import CPlatform
import Listings

/// The text of a cell in which HTML stands, as a browser would show it. The record keeps the original.
///
/// Shape:  references become their characters, once: `&amp;lt;` is `&lt;`, and a `<` from `&lt;` begins no tag. `<br>` and
///         the borders of blocks become line breaks, cells of tables a blank; other tags and comments vanish, so that a
///         word that was cut by them is whole. What is no genuine HTML stays as it stands.
/// Cost:   a look at the `&`, `<` and, for JSON's escapes, `\` of a whole record, 64 bytes at a time; nothing else where
///         there are none.
/// Fails:  never.
enum ReadableMarkup {
  /// Whether a record may hold HTML at all.
  @inline(__always)
  static func mayStand(in record: UnsafeRawBufferPointer) -> Bool {
    guard let start = record.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
    let (ampersand, less, backslash) = (UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8.backslash)
    guard record.count >= 64 else { return record.contains { $0 == ampersand || $0 == less || $0 == backslash } }
    var index = 0
    while index + 64 <= record.count {
      if lp_any_mask64(start + index, ampersand, less, backslash) != 0 { return true }
      index += 64
    }
    // The last block overlaps the one before, so that nothing beyond the record is touched.
    return lp_any_mask64(start + record.count - 64, ampersand, less, backslash) != 0
  }

  /// Appends the readable text of `bytes` to `out`; false, and nothing appended, where there is no HTML in it.
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
        if let reference = CharacterReference.read(bytes, at: index) { (scalar, length) = reference }
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

  /// The readable text of a cell; nil where there is no HTML in it.
  static func decoded(_ text: String) -> String? {
    var text = text
    var out: [UInt8] = []
    let hasMarkup = text.withUTF8 { decode(UnsafeRawBufferPointer($0), into: &out) }
    return hasMarkup ? String(decoding: out, as: UTF8.self) : nil
  }

  private static func append(_ effect: MarkupTag.Effect, since start: Int, to out: inout [UInt8]) {
    switch effect {
    case .nothing: break
    case .lineBreak: out.append(.lineFeed)
    case .block: if out.count > start, out[out.count - 1] != .lineFeed { out.append(.lineFeed) }
    case .blank: if out.count > start, out[out.count - 1] > .blank { out.append(.blank) }
    }
  }

  private static func isCommentStart(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    index + 6 < bytes.count && bytes[index + 1] == UInt8(ascii: "!") && bytes[index + 2] == UInt8(ascii: "-")
      && bytes[index + 3] == UInt8(ascii: "-")
  }

  /// The bytes of the comment that begins at `start`; 0 where nothing closes it.
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

extension Field {
  /// Whether HTML in this field is decoded for reading: in words, never in addresses, ids and what keys are made of.
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
  /// A cell as it is read: HTML in the fields that may hold it is decoded.
  init(reading text: String, name: String, field: Field?) {
    let decoded = field?.mayHoldMarkup == true ? ReadableMarkup.decoded(text) : nil
    self.init(name: name, field: field, text: decoded ?? text, hadMarkup: decoded != nil)
  }
}
