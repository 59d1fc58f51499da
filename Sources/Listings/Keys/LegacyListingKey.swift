import CPlatform

/// The key that programs gave a listing before casebooks had forms of keys (form 1).
///
/// Kept as it was, faults included: verdicts of that time are found by it. Asked only where a casebook holds such keys.
package struct LegacyListingKey {
  package var platform = UnsafeRawBufferPointer(start: nil, count: 0)
  package var listingID = UnsafeRawBufferPointer(start: nil, count: 0)
  package var url = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Title, description, seller and price as in the row, for rows that have neither id nor URL.
  package var words: [UnsafeRawBufferPointer] = []
  /// The fingerprint of the file's column names, in their order.
  package var columnSignature: UInt64 = 0

  package init() {}

  /// The key's text, into a buffer that is reused from row to row.
  package func write(into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    // "NA" in the column of ids or addresses would make one listing of all that have none.
    let hasID = !MissingMark.isMissing(listingID)
    if platform.count > 0, hasID {
      out += "id:".utf8
      Folding.append(platform, to: &out)
      out.append(UInt8(ascii: "/"))
      out += listingID
    } else if !MissingMark.isMissing(url) {
      out += "url:".utf8
      // A path means something only on its site; `//host/path` names its own.
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

  /// The URL without scheme, `www.`, fragment, some tracking parameters and a closing slash; the host in lower case.
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

  /// Parameters that say how a visitor came, on any site; only what is certain, since one that tells two adverts
  /// apart must never be lost (`viewtopic.php?t=…`, `annonce.php?ref=…`).
  private static let tracking = ["utm_", "fbclid=", "gclid=", "msclkid=", "spm=", "_ga="]
  /// Parameters that are tracking on one site only.
  private static let siteTracking: [(host: String, parameters: [String])] = [
    ("rubylane.com", ["search=", "t="]), ("ebay.", ["hash=", "_trkparms=", "_trksid="]),
  ]

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

  /// Whether `prefix` (lower case) is at `offset`, whatever the case of ASCII letters.
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
