/// Reads and writes the query of a web address.
enum AddressQuery {
  /// The value of the first parameter with this name, with its escapes.
  ///
  /// Cost:   one pass over the query.
  static func value(of name: UnsafeRawBufferPointer, in query: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var index = 0
    while index < query.count {
      let (start, end) = (nameStart(query, index), parameterEnd(query, index))
      let nameEnd = start + name.count
      if nameEnd < end, query[nameEnd] == UInt8(ascii: "="),
        equal(UnsafeRawBufferPointer(rebasing: query[start..<nameEnd]), name)
      {
        return UnsafeRawBufferPointer(rebasing: query[(nameEnd + 1)..<end])
      }
      index = end + 1
    }
    return nil
  }

  /// Further parameters stay in the order of the query.
  private static let maximumSorted = 32

  /// Appends the parameters in the order of their bytes, without those that only track visitors.
  ///
  /// Shape:  from the 33rd parameter on, all keep their order.
  /// Cost:   no allocation.
  static func append(
    _ query: UnsafeRawBufferPointer, leavingOut isTracking: (UnsafeRawBufferPointer) -> Bool, to out: inout [UInt8]
  ) {
    withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: maximumSorted) { kept in
      var count = 0
      var separator = UInt8(ascii: "?")
      func append(_ parameter: Range<Int>) {
        out.append(separator)
        separator = UInt8(ascii: "&")
        AddressBytes.appendEscaped(UnsafeRawBufferPointer(rebasing: query[parameter]), to: &out)
      }
      var index = 0
      while index < query.count {
        let (start, end) = (nameStart(query, index), parameterEnd(query, index))
        index = end + 1
        guard end > start, !isTracking(UnsafeRawBufferPointer(rebasing: query[start..<end])) else { continue }
        if count == maximumSorted {
          for parameter in kept { append(parameter) }
          (count, separator) = (maximumSorted + 1, UInt8(ascii: "&"))
        }
        if count > maximumSorted { append(start..<end) } else { count = insert(start..<end, count, kept, query) }
      }
      if count <= maximumSorted { for index in 0..<count { append(kept[index]) } }
    }
  }

  /// Inserts a parameter among those that are sorted already.
  private static func insert(
    _ parameter: Range<Int>, _ count: Int, _ kept: UnsafeMutableBufferPointer<Range<Int>>,
    _ query: UnsafeRawBufferPointer
  ) -> Int {
    var index = count
    while index > 0, query[parameter].lexicographicallyPrecedes(query[kept[index - 1]]) {
      kept.initializeElement(at: index, to: kept[index - 1])
      index -= 1
    }
    kept.initializeElement(at: index, to: parameter)
    return count + 1
  }

  /// Where the name of a parameter begins, since `&amp;` copied from a page means `&`.
  private static func nameStart(_ query: UnsafeRawBufferPointer, _ index: Int) -> Int {
    let isReference =
      index > 0 && index + 4 <= query.count && query[index] == UInt8(ascii: "a")
      && query[index + 1] == UInt8(ascii: "m")
      && query[index + 2] == UInt8(ascii: "p") && query[index + 3] == UInt8(ascii: ";")
    return isReference ? index + 4 : index
  }

  /// Where a parameter ends.
  private static func parameterEnd(_ query: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var end = start
    while end < query.count, query[end] != UInt8(ascii: "&") { end += 1 }
    return end
  }
}

/// Addresses that only redirect to another one, by which sites track who follows a link.
///
/// Shape:  the target is escaped in a parameter: `l.facebook.com/l.php?u=https%3A%2F%2F…`.
/// Cost:   for other addresses, a comparison of their path with the few known ones.
enum AddressRedirection {
  /// The pattern of a redirecting page.
  private struct Page {
    /// The end of the host, as a whole or after a dot. Those with `*.` are in any country, such as `google.co.uk`.
    let host: StaticString
    let path: StaticString
    /// The parameter with the target, and another where there may be two; else empty.
    let parameter: StaticString
    var other: StaticString = ""
  }

  /// Source: the addresses of links on these sites.
  private static let pages = [
    Page(host: "facebook.com", path: "/l.php", parameter: "u"),
    Page(host: "l.instagram.com", path: "", parameter: "u"),
    Page(host: "vk.com", path: "/away.php", parameter: "to"),
    Page(host: "ok.ru", path: "/dk", parameter: "st.link"),
    Page(host: "youtube.com", path: "/redirect", parameter: "q"),
    Page(host: "duckduckgo.com", path: "/l", parameter: "uddg"),
    Page(host: "rover.ebay.com", path: "/rover/*", parameter: "mpre", other: "loc"),
    Page(host: "out.reddit.com", path: "/*", parameter: "url"),
    Page(host: "awin1.com", path: "/cread.php", parameter: "ued", other: "p"),
    Page(host: "*.amazon.", path: "/sspa/click", parameter: "url"),
    Page(host: "*.amazon.", path: "/gp/slredirect/*", parameter: "url"),
    Page(host: "*.google.", path: "/url", parameter: "url", other: "q"),
  ]

  /// The target of a redirection; nil for any other address.
  ///
  /// Shape:  a target on the same site may be relative.
  /// Fails:  returns nil where the target is not an address of a page.
  static func target(of address: AddressParts) -> [UInt8]? {
    guard address.query.count > 4, address.host.count > 4 else { return nil }
    for page in pages where isPath(page.path, address.path) && isHost(page.host, address.host) {
      for name in [page.parameter, page.other] where name.utf8CodeUnitCount > 0 {
        let name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        let value = AddressQuery.value(of: name, in: address.query)
        if let value, let target = target(value, on: address.host) { return target }
      }
    }
    return nil
  }

  /// The target in the value of a parameter.
  private static func target(_ value: UnsafeRawBufferPointer, on host: UnsafeRawBufferPointer) -> [UInt8]? {
    // Without escapes, parameters of the target cannot be told from those of the redirection.
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

  /// The address, unless it is a home page, which says less than the redirection itself.
  private static func pageAlone(_ address: [UInt8]) -> [UInt8]? {
    address.withUnsafeBytes { AddressParts($0)?.namesPage } == true ? address : nil
  }

  /// Whether the path matches, of which a final `*` takes any rest.
  @inline(__always)
  private static func isPath(_ wanted: StaticString, _ path: UnsafeRawBufferPointer) -> Bool {
    let count = wanted.utf8CodeUnitCount
    let isOpen = count > 0 && wanted.utf8Start[count - 1] == UInt8(ascii: "*")
    let fixed = isOpen ? count - 1 : count
    guard isOpen ? path.count >= fixed : path.count == fixed else { return false }
    for index in 0..<fixed where path[index] != wanted.utf8Start[index] { return false }
    return true
  }

  /// Whether the host matches.
  ///
  /// Shape:  a host matches as a whole, or after a dot.
  private static func isHost(_ wanted: StaticString, _ host: UnsafeRawBufferPointer) -> Bool {
    let text = wanted.utf8Start
    if text[0] == UInt8(ascii: "*") {
      // `*.amazon.`: the name before the domain of any country.
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

  /// Whether a part of the host is the word, in any case.
  private static func ends(_ word: UnsafeRawBufferPointer, _ part: Slice<UnsafeRawBufferPointer>) -> Bool {
    zip(word, part).allSatisfy { $0 == AddressBytes.lowered($1) }
  }
}

/// Parameters of addresses that say how a visitor came, and not what is shown.
///
/// Shape:  some apply to every site, others to one only; `utm_*` is every parameter whose name begins so. Names are compared
///         regardless of case.
/// Cost:   a set lookup per parameter.
struct TrackingParameters: Sendable {
  /// Whole names, as fingerprints, and beginnings of names.
  private struct Names: Sendable {
    var whole: Set<UInt64> = []
    var beginnings: [[UInt8]] = []

    /// Whether a name is one of them, or begins like one.
    func contains(_ name: UnsafeRawBufferPointer) -> Bool {
      if whole.contains(TrackingParameters.fingerprint(name)) { return true }
      return beginnings.contains { beginning in
        guard name.count >= beginning.count else { return false }
        for (offset, byte) in beginning.enumerated() where AddressBytes.lowered(name[offset]) != byte { return false }
        return true
      }
    }
  }

  /// Parameters of every site.
  private var everywhere = Names()
  /// Parameters of one site, by its domain.
  private var sites: [(domain: [UInt8], names: Names)] = []

  /// - Parameter rows: a site's domain, empty for all sites, and a parameter.
  init(_ rows: [(site: String, parameter: String)]) {
    for row in rows where !row.parameter.isEmpty {
      let site = Array(row.site.utf8)
      if site.isEmpty {
        Self.add(row.parameter, to: &everywhere)
      } else if let index = sites.firstIndex(where: { $0.domain == site }) {
        Self.add(row.parameter, to: &sites[index].names)
      } else {
        var names = Names()
        Self.add(row.parameter, to: &names)
        sites.append((site, names))
      }
    }
  }

  /// Adds a name, or the beginning of names before `*`.
  private static func add(_ parameter: String, to names: inout Names) {
    let bytes = parameter.utf8.map { AddressBytes.lowered($0) }
    if bytes.last == UInt8(ascii: "*") {
      names.beginnings.append(bytes.dropLast())
    } else {
      names.whole.insert(bytes.withUnsafeBytes { fingerprint($0) })
    }
  }

  /// The index of a host's site; nil where no parameters of its own are known.
  func site(ofHost host: UnsafeRawBufferPointer) -> Int? {
    sites.firstIndex { site in
      guard host.count >= site.domain.count, host.reversed().starts(with: site.domain.reversed()) else { return false }
      return host.count == site.domain.count || host[host.count - site.domain.count - 1] == UInt8(ascii: ".")
    }
  }

  /// Whether a parameter, with its value, is left out.
  func contains(_ parameter: UnsafeRawBufferPointer, site: Int?) -> Bool {
    let end = parameter.firstIndex(of: UInt8(ascii: "=")) ?? parameter.count
    let name = UnsafeRawBufferPointer(rebasing: parameter[..<end])
    if everywhere.contains(name) || site.map({ sites[$0].names.contains(name) }) ?? false { return true }
    return isForumSession(name, UnsafeRawBufferPointer(rebasing: parameter[min(end + 1, parameter.count)...]))
  }

  /// Whether it is the session of a visit in phpBB or vBulletin: `sid=` with 32 hexadecimal digits. A shorter one may be
  /// anything.
  private func isForumSession(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
    (name.elementsEqual("sid".utf8) || name.elementsEqual("s".utf8)) && value.count == 32
      && value.allSatisfy { AddressBytes.isHex($0) }
  }

  /// The fingerprint of a name in lower case.
  private static func fingerprint(_ name: UnsafeRawBufferPointer) -> UInt64 {
    guard name.count <= 64 else { return Fingerprint.of(name) }
    return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { buffer in
      for index in 0..<name.count { buffer[index] = AddressBytes.lowered(name[index]) }
      return Fingerprint.of(UnsafeRawBufferPointer(rebasing: buffer[..<name.count]))
    }
  }
}

/// Judges what follows `#` in an address.
enum AddressFragment {
  /// Whether it identifies something, such as a page of a program (`#!/ad/71`, `#/item/71`) or a post (`#post-7152`,
  /// `#p7152`), and not a position on the page (`#photos`, `#position=3`).
  static func namesPart(_ fragment: UnsafeRawBufferPointer) -> Bool {
    guard fragment.count > 1 else { return false }
    if fragment[0] == UInt8(ascii: "!") || fragment[0] == UInt8(ascii: "/") { return true }
    var index = 0
    while index < fragment.count, AddressBytes.isLetter(fragment[index]) || AddressBytes.isAny(fragment[index], "-_") {
      index += 1
    }
    let digits = index
    while index < fragment.count, AddressBytes.isDigit(fragment[index]) { index += 1 }
    return index == fragment.count && index - digits >= 2
  }
}
