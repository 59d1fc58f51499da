/// Parameters of addresses that say how a visitor came, not what is shown.
///
/// Shape:  some hold on every site, others on one only; `utm_*` is every parameter whose name begins so. Names are compared
///         without regard to case.
struct TrackingParameters: Sendable {
  private struct Names: Sendable {
    var whole: Set<UInt64> = []
    var beginnings: [[UInt8]] = []

    func contains(_ name: UnsafeRawBufferPointer) -> Bool {
      if whole.contains(TrackingParameters.fingerprint(name)) { return true }
      return beginnings.contains { beginning in
        guard name.count >= beginning.count else { return false }
        for (offset, byte) in beginning.enumerated() where AddressBytes.lowered(name[offset]) != byte { return false }
        return true
      }
    }
  }

  private var everywhere = Names()
  private var sites: [(domain: [UInt8], names: Names)] = []

  init(_ rows: [(site: String, parameter: String)]) {
    for row in rows where !row.parameter.isEmpty {
      let site = Array(row.site.utf8)
      if site.isEmpty {
        Self.add(row.parameter, to: &everywhere)
      } else if let place = sites.firstIndex(where: { $0.domain == site }) {
        Self.add(row.parameter, to: &sites[place].names)
      } else {
        var names = Names()
        Self.add(row.parameter, to: &names)
        sites.append((site, names))
      }
    }
  }

  private static func add(_ parameter: String, to names: inout Names) {
    let bytes = parameter.utf8.map { AddressBytes.lowered($0) }
    if bytes.last == UInt8(ascii: "*") {
      names.beginnings.append(bytes.dropLast())
    } else {
      names.whole.insert(bytes.withUnsafeBytes { fingerprint($0) })
    }
  }

  /// The place of a host's site; nil where nothing is known of it alone.
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

  /// `sid=` with 32 hexadecimal digits is the visit in phpBB and vBulletin; a shorter one may be anything.
  private func isForumSession(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
    (name.elementsEqual("sid".utf8) || name.elementsEqual("s".utf8)) && value.count == 32
      && value.allSatisfy { AddressBytes.isHex($0) }
  }

  private static func fingerprint(_ name: UnsafeRawBufferPointer) -> UInt64 {
    guard name.count <= 64 else { return Fingerprint.of(name) }
    return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { buffer in
      for index in 0..<name.count { buffer[index] = AddressBytes.lowered(name[index]) }
      return Fingerprint.of(UnsafeRawBufferPointer(rebasing: buffer[..<name.count]))
    }
  }
}

/// What stands behind `#` in an address.
enum AddressFragment {
  /// Whether it tells one thing from another, as a page of a program (`#!/ad/71`, `#/item/71`) or a post on a page
  /// (`#post-7152`, `#p7152`), rather than a place to look at (`#photos`, `#position=3`).
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
