import CPlatform

/// The key that programs gave to a listing before casebooks had forms of keys (form 1).
///
/// Limits: preserved with its faults, since verdicts of that time are found by it. Used only for casebooks with such keys.
package struct LegacyListingKey {
  package var platform = UnsafeRawBufferPointer(start: nil, count: 0)
  package var listingID = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The address as in the cell.
  package var url = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Title, description, seller and price as in the row, for rows with neither id nor URL.
  package var words: [UnsafeRawBufferPointer] = []
  /// The fingerprint of the column names in their order.
  package var columnSignature: UInt64 = 0

  package init() {}

  /// Writes the key's text into a buffer that is reused from row to row.
  ///
  /// Shape:  an id on a platform, an address, an id in a file, or words with the columns, in this order.
  package func write(into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    // "NA" in the column of ids or addresses would merge all listings that have none.
    let hasID = !MissingMark.isMissing(listingID)
    if platform.count > 0, hasID {
      out += "id:".utf8
      Folding.append(platform, to: &out)
      out.append(UInt8(ascii: "/"))
      out += listingID
    } else if !MissingMark.isMissing(url) {
      out += "url:".utf8
      // A path is only meaningful on its site; `//host/path` names its own.
      let isPath = url[0] == UInt8(ascii: "/") && !(url.count > 1 && url[1] == UInt8(ascii: "/"))
      if isPath, platform.count > 0 { Folding.append(platform, to: &out) }
      Self.appendNormalized(url, to: &out)
    } else if hasID {
      out += "row:".utf8
      Hexadecimal.append(columnSignature, to: &out)
      out.append(UInt8(ascii: "/"))
      out += listingID
    } else {
      out += "text:".utf8
      var first = columnSignature
      var second: UInt64 = 1
      for word in words {
        first = Fingerprint.of(word, seed: first)
        second = Fingerprint.of(word, seed: second)
      }
      Hexadecimal.append(first, to: &out)
      Hexadecimal.append(second, to: &out)
    }
  }

  /// The key of a giant record, from the beginnings of its texts and its length.
  package static func ofGiant(
    title: UnsafeRawBufferPointer, description: UnsafeRawBufferPointer, byteCount: Int, columnSignature: UInt64
  ) -> ListingKey {
    var out: [UInt8] = []
    withUnsafeBytes(of: UInt64(byteCount).littleEndian) { length in
      var key = LegacyListingKey()
      key.words = [GiantRecord.beginning(of: title), GiantRecord.beginning(of: description), length]
      key.columnSignature = columnSignature
      key.write(into: &out)
    }
    return ListingKey(String(decoding: out, as: UTF8.self))
  }

  /// Appends the URL without scheme, `www.`, fragment, some tracking parameters and trailing slash, its host in lower case.
  ///
  /// Limits: escapes and the order of parameters are not normalised, as they were not then.
  package static func appendNormalized(_ url: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    var start = 0
    for scheme in ["https://", "http://", "//"] where starts(url, at: 0, with: scheme) {
      start = scheme.utf8.count
      break
    }
    let hasHost = start > 0
    if starts(url, at: start, with: "www.") { start += 4 }
    let host = out.count
    var index = start
    while index < url.count, !isAny(url[index], "/?#") {
      out.append(hasHost && url[index] &- 0x41 < 26 ? url[index] | 0x20 : url[index])
      index += 1
    }
    let hostEnd = out.count
    while index < url.count, !isAny(url[index], "?#") {
      out.append(url[index])
      index += 1
    }
    if out.last == UInt8(ascii: "/") { out.removeLast() }
    guard index < url.count, url[index] == UInt8(ascii: "?") else { return }
    let site = siteTracking.first { site in
      out[host..<hostEnd].withUnsafeBytes { bytes in
        memmem(bytes.baseAddress ?? TextSlabs.empty, bytes.count, site.host, site.host.utf8.count) != nil
      }
    }
    appendQuery(url, from: index + 1, leavingOut: tracking + (site?.parameters ?? []), to: &out)
  }

  /// Tracking parameters on any site. Only certain ones, since one that distinguishes two adverts must never be lost
  /// (`viewtopic.php?t=…`, `annonce.php?ref=…`).
  private static let tracking = ["utm_", "fbclid=", "gclid=", "msclkid=", "spm=", "_ga="]
  /// Tracking parameters on one site only.
  private static let siteTracking: [(host: String, parameters: [String])] = [
    ("rubylane.com", ["search=", "t="]), ("ebay.", ["hash=", "_trkparms=", "_trksid="]),
  ]

  /// Appends the query without these parameters.
  ///
  /// Shape:  parameters keep their order.
  private static func appendQuery(
    _ url: UnsafeRawBufferPointer, from start: Int, leavingOut tracking: [String], to out: inout [UInt8]
  ) {
    var index = start
    var separator = UInt8(ascii: "?")
    while index < url.count, url[index] != UInt8(ascii: "#") {
      var end = index
      while end < url.count, !isAny(url[end], "&#") { end += 1 }
      if end > index, !tracking.contains(where: { starts(url, at: index, with: $0) }) {
        out.append(separator)
        out += url[index..<end]
        separator = UInt8(ascii: "&")
      }
      index = end
      if index < url.count, url[index] == UInt8(ascii: "&") { index += 1 }
    }
  }

  /// Whether `prefix` (in lower case) is at `offset`, regardless of ASCII case.
  private static func starts(_ bytes: UnsafeRawBufferPointer, at offset: Int, with prefix: String) -> Bool {
    var index = offset
    for byte in prefix.utf8 {
      guard index < bytes.count else { return false }
      let found = bytes[index]
      guard (found &- 0x41 < 26 ? found | 0x20 : found) == byte else { return false }
      index += 1
    }
    return true
  }

  @inline(__always)
  private static func isAny(_ byte: UInt8, _ set: StaticString) -> Bool {
    for index in 0..<set.utf8CodeUnitCount where set.utf8Start[index] == byte { return true }
    return false
  }
}
