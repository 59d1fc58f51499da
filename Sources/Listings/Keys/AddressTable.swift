/// What identifies a listing in the addresses of the sites that are known, and which parameters only say how a visitor
/// came.
///
/// Shape:  `id:SITE/PARTS` for an address that fits a pattern of its site; any other in its normal form, `url:HOST/PATH?QUERY`.
/// Cost:   about 100 ns an address; immutable, and shared by all threads.
/// Fails:  never. A row that is no pattern is a fault, told by `faults`, and left out.
package final class AddressTable: @unchecked Sendable {
  // Safe to share: the pointers are filled in `init` and only read afterwards.

  /// A row of the table.
  package struct Row: Equatable, Sendable {
    /// What the key names the site by; empty: the domain of the address, whose ids are its own.
    package let site: String
    /// `x.example`, or `*.x.example` where every subdomain shows the same listings.
    package let domains: [String]
    package let patterns: [String]
    /// What the key holds: text with `$1` to `$4`; empty: the parts kept, parted by `/`.
    package let listing: String

    package init(site: String, domains: [String], patterns: [String], listing: String = "") {
      (self.site, self.domains, self.patterns, self.listing) = (site, domains, patterns, listing)
    }
  }

  private struct Pattern {
    var tokens = 0..<0
    var pathEnd = 0
    /// Places in `parameters`.
    var parameters = 0..<0
    /// Places in `literals`: the text before the parts of the key, `id:site/`.
    var prefix = 0..<0
    /// Places in `literals`: the key's text, a byte below 4 standing for a part.
    var listing = 0..<0
  }

  private struct Site {
    /// Places in `literals`.
    let domain: Range<Int>
    let takesSubdomains: Bool
    var patterns: Range<Int>
  }

  private struct Parameter {
    let name: Range<Int>
    let tokens: Range<Int>
  }

  private let literals: UnsafeMutablePointer<UInt8>
  private let tokens: UnsafeMutablePointer<AddressPattern.Token>
  private let patterns: [Pattern]
  private let parameters: [Parameter]
  private let sites: [Site]
  /// The place of a site by its domain's fingerprint, from 1; open addressing.
  private let index: [UInt32]
  private let tracking: TrackingParameters
  /// Patterns that are none.
  package let faults: [String]

  package static let empty = AddressTable(rows: [], tracking: [])

  /// - Parameter tracking: a site's domain (empty: all sites) and a parameter; `utm_*` is every one that begins so.
  package init(rows: [Row], tracking: [(site: String, parameter: String)]) {
    var building = Building()
    for row in rows { building.add(row) }
    sites = building.sites()
    index = building.index()
    literals = Self.copy(building.literals)
    tokens = Self.copy(building.tokens)
    (patterns, parameters, faults) = (building.patterns, building.parameters, building.faults)
    self.tracking = TrackingParameters(tracking)
  }

  deinit {
    literals.deallocate()
    tokens.deallocate()
  }

  private static func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let copy = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
    values.withUnsafeBufferPointer { if let start = $0.baseAddress { copy.initialize(from: start, count: $0.count) } }
    return copy
  }

  // MARK: Keys

  /// Appends the key of the listing that an address names by itself; false, and nothing appended, where it fits no pattern.
  package func appendListing(_ address: AddressParts, to out: inout [UInt8]) -> Bool {
    withTarget(of: address) { appendOwnListing($0, to: &out) }
  }

  /// Calls `body` with where the address leads, or with itself where it is no page that only leads on.
  private func withTarget<Outcome>(of address: AddressParts, _ body: (AddressParts) -> Outcome) -> Outcome {
    guard let target = AddressRedirection.target(of: address) else { return body(address) }
    return target.withUnsafeBytes { body(AddressParts($0) ?? address) }
  }

  private func appendOwnListing(_ address: AddressParts, to out: inout [UInt8]) -> Bool {
    guard sites.count > 0, !address.isPath, address.port.count == 0, address.host.count < 256 else { return false }
    return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      for index in 0..<address.host.count { buffer[index] = AddressBytes.lowered(address.host[index]) }
      guard let site = site(ofHost: UnsafeRawBufferPointer(rebasing: buffer[..<address.host.count])) else {
        return false
      }
      guard address.needsEscaping else { return appendListing(site, address.path, address.query, to: &out) }
      var path: [UInt8] = []
      AddressBytes.appendEscaped(
        UnsafeRawBufferPointer(rebasing: address.path[..<AddressBytes.endWithoutSession(address.path)]), to: &path)
      while path.last == UInt8(ascii: "/") { path.removeLast() }
      return path.withUnsafeBytes { appendListing(site, $0, address.query, to: &out) }
    }
  }

  private func appendListing(
    _ site: Int, _ path: UnsafeRawBufferPointer, _ query: UnsafeRawBufferPointer, to out: inout [UInt8]
  ) -> Bool {
    var kept = KeptParts()
    for place in sites[site].patterns {
      let pattern = patterns[place]
      guard matches(pattern, path, query, &kept) else { continue }
      out.append(
        contentsOf: UnsafeBufferPointer(start: literals + pattern.prefix.lowerBound, count: pattern.prefix.count))
      for byte in pattern.listing {
        if literals[byte] < 4 { kept.append(Int(literals[byte]), to: &out) } else { out.append(literals[byte]) }
      }
      return true
    }
    return false
  }

  private func matches(
    _ pattern: Pattern, _ path: UnsafeRawBufferPointer, _ query: UnsafeRawBufferPointer, _ kept: inout KeptParts
  ) -> Bool {
    let matching = AddressMatching(tokens: tokens, literals: literals, text: path)
    guard matching.run(pattern.tokens.lowerBound, pattern.pathEnd, 0, &kept) else { return false }
    for place in pattern.parameters {
      let parameter = parameters[place]
      let name = UnsafeRawBufferPointer(start: literals + parameter.name.lowerBound, count: parameter.name.count)
      guard let value = AddressQuery.value(of: name, in: query) else { return false }
      let matching = AddressMatching(tokens: tokens, literals: literals, text: value)
      guard matching.run(parameter.tokens.lowerBound, parameter.tokens.upperBound, 0, &kept) else { return false }
    }
    return true
  }

  /// Appends an address without what changes between two visits to the same page: scheme, `www.`, usual ports, escapes
  /// that need not be, closing slashes, session and tracking parameters, and marks of a place on the page.
  package func appendNormal(_ address: AddressParts, to out: inout [UInt8]) {
    withTarget(of: address) { appendOwnNormal($0, to: &out) }
  }

  private func appendOwnNormal(_ address: AddressParts, to out: inout [UInt8]) {
    if address.otherScheme.count > 0 {
      for byte in address.otherScheme { out.append(AddressBytes.lowered(byte)) }
      out.append(contentsOf: "://".utf8)
    }
    let hostStart = out.count
    for byte in address.host { out.append(AddressBytes.lowered(byte)) }
    let leftOut = out.withUnsafeBytes { subdomainLength(UnsafeRawBufferPointer(rebasing: $0[hostStart...])) }
    out.removeSubrange(hostStart..<hostStart + leftOut)
    let hostEnd = out.count
    if address.port.count > 0 {
      out.append(UInt8(ascii: ":"))
      out.append(contentsOf: address.port)
    }
    appendPath(address, to: &out)
    if address.query.count > 0 {
      let site = out[hostStart..<hostEnd].withUnsafeBytes { tracking.site(ofHost: $0) }
      AddressQuery.append(address.query, leavingOut: { tracking.contains($0, site: site) }, to: &out)
    }
    if AddressFragment.namesPart(address.fragment) {
      out.append(UInt8(ascii: "#"))
      AddressBytes.appendEscaped(address.fragment, to: &out)
    }
  }

  private func appendPath(_ address: AddressParts, to out: inout [UInt8]) {
    guard address.needsEscaping else { return out.append(contentsOf: address.path) }
    let end = AddressBytes.endWithoutSession(address.path)
    let start = out.count
    AddressBytes.appendEscaped(UnsafeRawBufferPointer(rebasing: address.path[..<end]), to: &out)
    while out.count > start, out.last == UInt8(ascii: "/") { out.removeLast() }
  }

  // MARK: Sites

  /// The site of a host in lower case: that of the longest domain which ends it, if what stands before is `www`, `m` and
  /// the like, or the site takes every subdomain.
  private func site(ofHost host: UnsafeRawBufferPointer) -> Int? {
    var start = 0
    var isUsual = true
    while start < host.count {
      if let site = site(ofDomain: UnsafeRawBufferPointer(rebasing: host[start...])) {
        return isUsual || sites[site].takesSubdomains ? site : nil
      }
      var dot = start
      while dot < host.count, host[dot] != UInt8(ascii: ".") { dot += 1 }
      if isUsual { isUsual = Self.isUsualSubdomain(host, start..<dot) }
      start = dot + 1
    }
    return nil
  }

  /// How many bytes of a host in lower case say for which screen a page is: `www.` everywhere, `m.` and the like on sites of
  /// which it is known.
  private func subdomainLength(_ host: UnsafeRawBufferPointer) -> Int {
    var start = 0
    while let dot = host[start...].firstIndex(of: UInt8(ascii: ".")), Self.isUsualSubdomain(host, start..<dot) {
      start = dot + 1
      if site(ofDomain: UnsafeRawBufferPointer(rebasing: host[start...])) != nil { return start }
    }
    return host.count > 4 && AddressBytes.begins(host, with: "www.") ? 4 : 0
  }

  private func site(ofDomain domain: UnsafeRawBufferPointer) -> Int? {
    var slot = Int(truncatingIfNeeded: Fingerprint.of(domain)) & (index.count - 1)
    while index[slot] != 0 {
      let site = sites[Int(index[slot]) - 1]
      if equal(UnsafeRawBufferPointer(start: literals + site.domain.lowerBound, count: site.domain.count), domain) {
        return Int(index[slot]) - 1
      }
      slot = (slot + 1) & (index.count - 1)
    }
    return nil
  }

  /// Subdomains under which sites show the same pages for other screens.
  private static func isUsualSubdomain(_ host: UnsafeRawBufferPointer, _ label: Range<Int>) -> Bool {
    func reads(_ name: StaticString) -> Bool {
      guard label.count == name.utf8CodeUnitCount else { return false }
      for offset in 0..<label.count where host[label.lowerBound + offset] != name.utf8Start[offset] { return false }
      return true
    }
    return reads("www") || reads("m") || reads("mobile") || reads("touch") || reads("wap") || reads("amp")
      || reads("web")
      || reads("mobil") || reads("www2") || reads("h5")
  }
}

extension AddressTable {
  /// The table while it is being made.
  private struct Building {
    var literals: [UInt8] = []
    var tokens: [AddressPattern.Token] = []
    var patterns: [Pattern] = []
    var parameters: [Parameter] = []
    var faults: [String] = []
    private var names: [String] = []
    private var byDomain: [String: (takesSubdomains: Bool, patterns: [Pattern])] = [:]

    mutating func add(_ row: Row) {
      for written in row.domains {
        let takesSubdomains = written.hasPrefix("*.")
        let domain = String(takesSubdomains ? written.dropFirst(2) : written[...])
        if byDomain[domain] == nil { names.append(domain) }
        var site = byDomain[domain] ?? (false, [])
        site.takesSubdomains = site.takesSubdomains || takesSubdomains
        for text in row.patterns {
          guard let pattern = pattern(text, row, domain) else {
            faults.append(text)
            continue
          }
          site.patterns.append(pattern)
        }
        byDomain[domain] = site
      }
    }

    private mutating func pattern(_ text: String, _ row: Row, _ domain: String) -> Pattern? {
      guard let read = AddressPattern(text), let listing = listing(row.listing, read.captureCount) else { return nil }
      var pattern = Pattern()
      let start = tokens.count
      let literal = keep(read.literals).lowerBound
      for var token in read.tokens {
        token.start += UInt32(literal)
        tokens.append(token)
      }
      pattern.tokens = start..<tokens.count
      pattern.pathEnd = start + read.pathEnd
      let first = parameters.count
      for parameter in read.parameters {
        let name = keep(parameter.name)
        let own = start + parameter.tokens.lowerBound..<start + parameter.tokens.upperBound
        parameters.append(Parameter(name: name, tokens: own))
      }
      pattern.parameters = first..<parameters.count
      let name = row.site.isEmpty ? Array(domain.utf8) : Folding.folded(row.site).utf8.map { $0 }
      pattern.prefix = keep(Array("id:".utf8) + name + [UInt8(ascii: "/")])
      pattern.listing = keep(listing)
      return pattern
    }

    /// The key's text with a byte below 4 for each part.
    private func listing(_ text: String, _ parts: Int) -> [UInt8]? {
      if text.isEmpty { return Array((0..<UInt8(parts)).map { [$0] }.joined(separator: [UInt8(ascii: "/")])) }
      var out: [UInt8] = []
      var isPart = false
      for byte in text.utf8 {
        if isPart {
          guard byte > UInt8(ascii: "0"), byte &- UInt8(ascii: "1") < parts else { return nil }
          out.append(byte - UInt8(ascii: "1"))
        } else if byte != UInt8(ascii: "$") {
          out.append(byte)
        }
        isPart = !isPart && byte == UInt8(ascii: "$")
      }
      // What is kept and not said would make one listing of two.
      return isPart || Set(out.filter { $0 < 4 }).count < parts ? nil : out
    }

    private mutating func keep(_ bytes: [UInt8]) -> Range<Int> {
      let start = literals.count
      literals += bytes
      return start..<literals.count
    }

    mutating func sites() -> [Site] {
      var sites: [Site] = []
      for name in names {
        let (takesSubdomains, own) = byDomain[name] ?? (false, [])
        let place = keep(Array(name.utf8))
        sites.append(
          Site(
            domain: place, takesSubdomains: takesSubdomains,
            patterns: patterns.count..<patterns.count + own.count))
        patterns += own
      }
      return sites
    }

    func index() -> [UInt32] {
      var size = 64
      while size < names.count * 3 { size *= 2 }
      var index = Array<UInt32>(repeating: 0, count: size)
      for (place, name) in names.enumerated() {
        let fingerprint = Array(name.utf8).withUnsafeBytes { Fingerprint.of($0) }
        var slot = Int(truncatingIfNeeded: fingerprint) & (size - 1)
        while index[slot] != 0 { slot = (slot + 1) & (size - 1) }
        index[slot] = UInt32(place + 1)
      }
      return index
    }
  }
}
