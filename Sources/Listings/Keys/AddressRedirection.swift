/// Addresses that only lead on to another one: pages count who leaves them by which link.
///
/// Shape:  where one leads stands, escaped, in a parameter: `l.facebook.com/l.php?u=https%3A%2F%2F…`.
/// Cost:   for other addresses a comparison of their path with a few that are known.
enum AddressRedirection {
  private struct Page {
    /// What the host ends with, behind a point or as a whole; empty: any host of a country, `google.co.uk`.
    let host: StaticString
    let path: StaticString
    let parameters: [String]
  }

  /// Source: the addresses that the links of these sites have.
  private static let pages = [
    Page(host: "facebook.com", path: "/l.php", parameters: ["u"]),
    Page(host: "l.instagram.com", path: "", parameters: ["u"]),
    Page(host: "vk.com", path: "/away.php", parameters: ["to"]),
    Page(host: "ok.ru", path: "/dk", parameters: ["st.link"]),
    Page(host: "youtube.com", path: "/redirect", parameters: ["q"]),
    Page(host: "duckduckgo.com", path: "/l", parameters: ["uddg"]),
    Page(host: "rover.ebay.com", path: "/rover/*", parameters: ["mpre", "loc"]),
    Page(host: "out.reddit.com", path: "/*", parameters: ["url"]),
    Page(host: "awin1.com", path: "/cread.php", parameters: ["ued", "p"]),
    Page(host: "*.amazon.", path: "/sspa/click", parameters: ["url"]),
    Page(host: "*.amazon.", path: "/gp/slredirect/*", parameters: ["url"]),
    Page(host: "*.google.", path: "/url", parameters: ["url", "q"]),
  ]

  /// Where the address leads, written out; nil: it is a page of its own.
  static func target(of address: AddressParts) -> [UInt8]? {
    guard address.query.count > 4, address.host.count > 4 else { return nil }
    for page in pages where isPath(page.path, address.path) && isHost(page.host, address.host) {
      for name in page.parameters {
        let value = Array(name.utf8).withUnsafeBytes { AddressQuery.value(of: $0, in: address.query) }
        if let value, let target = target(value, on: address.host) { return target }
      }
    }
    return nil
  }

  private static func target(_ value: UnsafeRawBufferPointer, on host: UnsafeRawBufferPointer) -> [UInt8]? {
    // Unescaped, the parameters of where it leads are not told from its own.
    if value.contains(UInt8(ascii: "?")) { return nil }
    let written = AddressBytes.unescaped(value)
    if written.count > 1, written[0] == UInt8(ascii: "/"), written[1] != UInt8(ascii: "/") {
      return pageAlone(Array("https://".utf8) + host + written)
    }
    let isWhole = written.withUnsafeBytes {
      AddressBytes.begins($0, with: "http://") || AddressBytes.begins($0, with: "https://")
    }
    return isWhole ? pageAlone(written) : nil
  }

  /// Of a shop's home page nothing is told; how one came there tells at least that.
  private static func pageAlone(_ address: [UInt8]) -> [UInt8]? {
    address.withUnsafeBytes { AddressParts($0)?.namesPage } == true ? address : nil
  }

  @inline(__always)
  private static func isPath(_ wanted: StaticString, _ path: UnsafeRawBufferPointer) -> Bool {
    let count = wanted.utf8CodeUnitCount
    let isOpen = count > 0 && wanted.utf8Start[count - 1] == UInt8(ascii: "*")
    let fixed = isOpen ? count - 1 : count
    guard isOpen ? path.count >= fixed : path.count == fixed else { return false }
    for index in 0..<fixed where path[index] != wanted.utf8Start[index] { return false }
    return true
  }

  private static func isHost(_ wanted: StaticString, _ host: UnsafeRawBufferPointer) -> Bool {
    let text = wanted.utf8Start
    if text[0] == UInt8(ascii: "*") {
      // `*.amazon.`: the name stands before the domain of some country.
      let word = UnsafeRawBufferPointer(start: text + 2, count: wanted.utf8CodeUnitCount - 2)
      return (0..<max(0, host.count - word.count)).contains { start in
        (start == 0 || host[start - 1] == UInt8(ascii: ".")) && ends(word, host[start..<start + word.count])
      }
    }
    let word = UnsafeRawBufferPointer(start: text, count: wanted.utf8CodeUnitCount)
    let start = host.count - word.count
    guard start >= 0, ends(word, host[start...]) else { return false }
    return start == 0 || host[start - 1] == UInt8(ascii: ".")
  }

  private static func ends(_ word: UnsafeRawBufferPointer, _ part: Slice<UnsafeRawBufferPointer>) -> Bool {
    zip(word, part).allSatisfy { $0 == AddressBytes.lowered($1) }
  }
}
