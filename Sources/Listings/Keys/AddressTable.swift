/// What identifies a listing in the addresses of known sites, and which parameters only track visitors.
///
/// Shape:  `id:SITE/PARTS` for an address that matches a pattern of its site; for any other its normal form,
///         `url:HOST/PATH?QUERY`.
/// Cost:   about 100 ns per address; immutable, and shared by all threads.
/// Fails:  never. A row with an invalid pattern is left out, and listed in `invalidPatterns`.
package final class AddressTable: @unchecked Sendable {
  // Safe to share: the pointers are filled in `init` and only read afterwards.

  /// A row of the table.
  ///
  /// Source: `Lexicons/README.md` describes the columns for whoever edits the table.
  package struct Row: Equatable, Sendable {
    /// The name of the site in keys; empty for the domain of the address, whose ids are its own.
    package let site: String
    /// `x.example`, or `*.x.example` where all subdomains show the same listings.
    package let domains: [String]
    /// What addresses of listings look like, see `AddressPattern`.
    package let patterns: [String]
    /// What the key contains: text with `$1` to `$4`; empty for the captured parts separated by `/`.
    package let listing: String

    package init(site: String, domains: [String], patterns: [String], listing: String = "") {
      (self.site, self.domains, self.patterns, self.listing) = (site, domains, patterns, listing)
    }
  }

  /// A pattern in the shared storage.
  private struct Pattern {
    var tokens = 0..<0
    var pathEnd = 0
    /// Indices into `parameters`.
    var parameters = 0..<0
    /// Indices into `literals`: the text before the parts of the key, `id:site/`.
    var prefix = 0..<0
    /// Indices into `literals`: the text of the key, in which a byte below 4 stands for a part.
    var listing = 0..<0
  }

  /// A domain with its patterns.
  private struct Site {
    /// Indices into `literals`.
    let domain: Range<Int>
    let takesSubdomains: Bool
    var patterns: Range<Int>
  }

  /// A parameter that must be present.
  private struct Parameter {
    let name: Range<Int>
    let tokens: Range<Int>
  }

  private let literals: UnsafeMutablePointer<UInt8>
  private let tokens: UnsafeMutablePointer<AddressPattern.Token>
  private let patterns: [Pattern]
  private let parameters: [Parameter]
  private let sites: [Site]
  /// The number of a site by the fingerprint of its domain, from 1; open addressing.
  private let index: [UInt32]
  private let tracking: TrackingParameters
  /// Patterns of the table that are not valid.
  package let invalidPatterns: [String]

  /// A table without sites, by which every address has its normal form.
  package static let empty = AddressTable(rows: [], tracking: [])

  /// - Parameter tracking: the domain of a site (empty for all sites) and a parameter; `utm_*` is every one that begins so.
  ///
  /// Cost:   parses all patterns once.
  package init(rows: [Row], tracking: [(site: String, parameter: String)]) {
    var building = Building()
    for row in rows { building.add(row) }
    sites = building.sites()
    index = building.index()
    literals = Self.copy(building.literals)
    tokens = Self.copy(building.tokens)
    (patterns, parameters, invalidPatterns) = (building.patterns, building.parameters, building.invalidPatterns)
    self.tracking = TrackingParameters(tracking)
  }

  deinit {
    literals.deallocate()
    tokens.deallocate()
  }

  /// The values at an address that does not change.
  private static func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let copy = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
    values.withUnsafeBufferPointer { if let start = $0.baseAddress { copy.initialize(from: start, count: $0.count) } }
    return copy
  }

  // MARK: Keys

  /// Appends the key of the listing that an address identifies; false, and nothing appended, where it matches no pattern.
  package func appendListing(_ address: AddressParts, to out: inout [UInt8]) -> Bool {
    withTarget(of: address) { appendOwnListing($0, to: &out) }
  }

  /// Calls `body` with the target of a redirection, or with the address itself.
  private func withTarget<Outcome>(of address: AddressParts, _ body: (AddressParts) -> Outcome) -> Outcome {
    guard let target = AddressRedirection.target(of: address) else { return body(address) }
    return target.withUnsafeBytes { body(AddressParts($0) ?? address) }
  }

  /// The same for an address that is not a redirection.
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

  /// Appends the key by the first pattern of the site that matches.
  ///
  /// Shape:  patterns are tried in the order of the table.
  private func appendListing(
    _ site: Int, _ path: UnsafeRawBufferPointer, _ query: UnsafeRawBufferPointer, to out: inout [UInt8]
  ) -> Bool {
    var captured = CapturedParts()
    for index in sites[site].patterns {
      let pattern = patterns[index]
      guard matches(pattern, path, query, &captured) else { continue }
      out.append(
        contentsOf: UnsafeBufferPointer(start: literals + pattern.prefix.lowerBound, count: pattern.prefix.count))
      for byte in pattern.listing {
        if literals[byte] < 4 { captured.append(Int(literals[byte]), to: &out) } else { out.append(literals[byte]) }
      }
      return true
    }
    return false
  }

  /// Whether path and query match a pattern.
  ///
  /// Shape:  every parameter of the pattern must be in the query and match; others do not matter.
  private func matches(
    _ pattern: Pattern, _ path: UnsafeRawBufferPointer, _ query: UnsafeRawBufferPointer, _ captured: inout CapturedParts
  ) -> Bool {
    let matching = AddressMatching(tokens: tokens, literals: literals, text: path)
    guard matching.run(pattern.tokens.lowerBound, pattern.pathEnd, 0, &captured) else { return false }
    for index in pattern.parameters {
      let parameter = parameters[index]
      let name = UnsafeRawBufferPointer(start: literals + parameter.name.lowerBound, count: parameter.name.count)
      guard let value = AddressQuery.value(of: name, in: query) else { return false }
      let matching = AddressMatching(tokens: tokens, literals: literals, text: value)
      guard matching.run(parameter.tokens.lowerBound, parameter.tokens.upperBound, 0, &captured) else { return false }
    }
    return true
  }

  /// Appends an address without what changes between two visits to the same page: scheme, `www.`, standard ports, unnecessary
  /// escapes, trailing slashes, session and tracking parameters, and positions on the page.
  package func appendNormal(_ address: AddressParts, to out: inout [UInt8]) {
    withTarget(of: address) { appendOwnNormal($0, to: &out) }
  }

  /// The same for an address that is not a redirection.
  ///
  /// Shape:  scheme only where it is not of the web; host, port, path, query and fragment as far as they identify a page.
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

  /// Appends the path in its single form.
  private func appendPath(_ address: AddressParts, to out: inout [UInt8]) {
    guard address.needsEscaping else { return out.append(contentsOf: address.path) }
    let end = AddressBytes.endWithoutSession(address.path)
    let start = out.count
    AddressBytes.appendEscaped(UnsafeRawBufferPointer(rebasing: address.path[..<end]), to: &out)
    while out.count > start, out.last == UInt8(ascii: "/") { out.removeLast() }
  }

  // MARK: Sites

  /// The site of a host in lower case: that of the longest domain that ends it, if only `www`, `m` and the like precede it, or
  /// the site takes all subdomains.
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

  /// The length of the prefix of a host in lower case that only says for which screen a page is: `www.` everywhere, `m.` and
  /// the like on known sites.
  private func subdomainLength(_ host: UnsafeRawBufferPointer) -> Int {
    var start = 0
    while let dot = host[start...].firstIndex(of: UInt8(ascii: ".")), Self.isUsualSubdomain(host, start..<dot) {
      start = dot + 1
      if site(ofDomain: UnsafeRawBufferPointer(rebasing: host[start...])) != nil { return start }
    }
    return host.count > 4 && AddressBytes.begins(host, with: "www.") ? 4 : 0
  }

  /// The site with exactly this domain.
  ///
  /// Cost:   one fingerprint and a probe.
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
  /// The table during construction.
  private struct Building {
    var literals: [UInt8] = []
    var tokens: [AddressPattern.Token] = []
    var patterns: [Pattern] = []
    var parameters: [Parameter] = []
    var invalidPatterns: [String] = []
    private var names: [String] = []
    private var byDomain: [String: (takesSubdomains: Bool, patterns: [Pattern])] = [:]

    /// Adds a row for each of its domains.
    mutating func add(_ row: Row) {
      for written in row.domains {
        let takesSubdomains = written.hasPrefix("*.")
        let domain = String(takesSubdomains ? written.dropFirst(2) : written[...])
        if byDomain[domain] == nil { names.append(domain) }
        var site = byDomain[domain] ?? (false, [])
        site.takesSubdomains = site.takesSubdomains || takesSubdomains
        for text in row.patterns {
          guard let pattern = pattern(text, row, domain) else {
            invalidPatterns.append(text)
            continue
          }
          site.patterns.append(pattern)
        }
        byDomain[domain] = site
      }
    }

    /// Stores a pattern; nil where it is invalid.
    ///
    /// Shape:  literals, tokens and parameters are appended to the shared storage.
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

    /// The text of the key, with a byte below 4 for each part; nil where it is invalid.
    ///
    /// Fails:  for `$` without the number of a captured part, and where a captured part is not used.
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
      // A captured part that the key does not contain would make one listing of two.
      return isPart || Set(out.filter { $0 < 4 }).count < parts ? nil : out
    }

    /// Stores bytes among the literals.
    private mutating func keep(_ bytes: [UInt8]) -> Range<Int> {
      let start = literals.count
      literals += bytes
      return start..<literals.count
    }

    /// Stores the sites with their patterns in sequence.
    mutating func sites() -> [Site] {
      var sites: [Site] = []
      for name in names {
        let (takesSubdomains, own) = byDomain[name] ?? (false, [])
        let range = keep(Array(name.utf8))
        sites.append(
          Site(
            domain: range, takesSubdomains: takesSubdomains,
            patterns: patterns.count..<patterns.count + own.count))
        patterns += own
      }
      return sites
    }

    /// The index of sites by domain, at most a third full.
    func index() -> [UInt32] {
      var size = 64
      while size < names.count * 3 { size *= 2 }
      var index = Array<UInt32>(repeating: 0, count: size)
      for (number, name) in names.enumerated() {
        let fingerprint = Array(name.utf8).withUnsafeBytes { Fingerprint.of($0) }
        var slot = Int(truncatingIfNeeded: fingerprint) & (size - 1)
        while index[slot] != 0 { slot = (slot + 1) & (size - 1) }
        index[slot] = UInt32(number + 1)
      }
      return index
    }
  }
}
