import Listings

/// The host of a web address.
enum WebAddress {
  /// The host of an address that was taken apart, without `www.`; empty for paths and for the addresses of programs.
  static func host(of address: AddressParts) -> UnsafeRawBufferPointer {
    let host = address.host
    guard address.otherScheme.count == 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard host.count > 4, begins(host, with: "www.") else { return host }
    return UnsafeRawBufferPointer(rebasing: host[4...])
  }

  /// The bytes of the host of a cell that begins as an address does, without scheme, user, port and `www.`; empty for relative addresses.
  static func host(of url: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    for scheme in [StaticString("https://"), "http://", "//"] where begins(url, with: scheme) {
      start = scheme.utf8CodeUnitCount
      break
    }
    guard start > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    var end = start
    var port = -1
    while end < url.count, url[end] != UInt8(ascii: "/"), url[end] != UInt8(ascii: "?"), url[end] != UInt8(ascii: "#") {
      if url[end] == UInt8(ascii: "@") { (start, port) = (end + 1, -1) }
      if url[end] == UInt8(ascii: ":") { port = end }
      end += 1
    }
    if port >= start { end = port }
    if begins(url, at: start, with: "www."), end - start > 4 { start += 4 }
    return UnsafeRawBufferPointer(rebasing: url[start..<max(start, end)])
  }

  @inline(__always)
  private static func begins(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0, with prefix: StaticString) -> Bool {
    guard bytes.count - offset >= prefix.utf8CodeUnitCount else { return false }
    for index in 0..<prefix.utf8CodeUnitCount {
      let byte = bytes[offset + index]
      if (byte &- 0x41 < 26 ? byte | 0x20 : byte) != prefix.utf8Start[index] { return false }
    }
    return true
  }
}
