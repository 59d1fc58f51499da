import Listings

/// What a web address reveals about platform, country and currency.
///
/// Shape:  rows of `domain,platform,country,currency`. The longest domain that ends the host wins. A domain that begins
///         with a dot is that of a country.
/// Cost:   one dictionary lookup per label of the host.
package struct Platforms: Sendable {
  /// What is known about a host.
  struct HostFacts: Sendable {
    /// The platform's name as stored text; nil for country domains.
    let name: StoredName?
    let currency: UInt8
    /// Two folded letters; empty where the platform is global.
    let country: [UInt8]
  }

  /// A name whose bytes stay where they are for the lifetime of the tables.
  struct StoredName: Sendable {
    private let address: UInt
    private let count: Int

    /// Stores the name in memory that the tables own.
    init(_ name: String, in slabs: TextSlabs) {
      var name = name
      (address, count) = name.withUTF8 {
        (UInt(bitPattern: slabs.store(UnsafeRawBufferPointer($0))), $0.count)
      }
    }

    var bytes: UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }
  }

  private let slabs = TextSlabs()
  /// By the folded domain.
  private var byDomain: [[UInt8]: HostFacts] = [:]
  /// The currency of each platform by name; 0 where its domains disagree.
  private var currencyByName: [[UInt8]: UInt8] = [:]
  /// The currency of each country.
  private var currencyByCountry: [[UInt8]: UInt8] = [:]
  /// The country of each platform by name; empty where its domains disagree.
  private var countryByName: [[UInt8]: [UInt8]] = [:]
  /// All countries in the table.
  private var countries: Set<[UInt8]> = []

  /// Reads the rows of the table.
  ///
  /// Shape:  the country's own domain has the last word on its currency.
  init(rows: [[String]], currencies: Currencies) {
    for row in rows where !row[0].isEmpty {
      let currency = currencies.number(ofCode: row[3])
      let name = row[1].isEmpty ? nil : StoredName(row[1], in: slabs)
      let isEnding = row[0].hasPrefix(".")
      if name == nil, !isEnding { continue }
      let country = Folding.folded(row[2].utf8Bytes)
      byDomain[Folding.folded(row[0].utf8Bytes)] = HostFacts(name: name, currency: currency, country: country)
      if country.count == 2 { countries.insert(country) }
      if !row[1].isEmpty {
        let key = Folding.folded(row[1].utf8Bytes)
        currencyByName[key] = currencyByName[key].map { $0 == currency ? $0 : 0 } ?? currency
        countryByName[key] = countryByName[key].map { $0 == country ? $0 : [] } ?? country
      }
      // A country's own domain is better evidence of its currency than a platform that sells there.
      if country.count == 2, currency > 0, currencyByCountry[country] == nil || isEnding {
        currencyByCountry[country] = currency
      }
    }
  }

  /// What is known about a host in lower case, by its platform or else its country domain.
  ///
  /// Cost:   one lookup per label of the host.
  func facts(ofHost host: [UInt8]) -> HostFacts? {
    var start = 0
    while true {
      if let facts = byDomain[Array(host[start...])] { return facts }
      guard let dot = host[start...].firstIndex(of: UInt8(ascii: ".")) else { return nil }
      if dot > start, let facts = byDomain[Array(host[dot...])] { return facts }
      start = dot + 1
    }
  }

  /// The country of the site at an address, else of the platform, if its name is a host or all its sites are in one country.
  ///
  /// Shape:  two capital letters; empty for a global site and one that is not known. The address is as it stands in the file,
  ///         with or without `https://`.
  package func siteCountry(ofAddress address: UnsafeRawBufferPointer, platform: String) -> String {
    let name = Folding.folded(platform.utf8Bytes)
    let country =
      facts(ofHost: Self.host(in: address))?.country ?? countryByName[name]
      ?? (name.contains(UInt8(ascii: ".")) ? facts(ofHost: name)?.country : nil)
    return country.flatMap { $0.count == 2 ? String(decoding: $0, as: UTF8.self).uppercased() : nil } ?? ""
  }

  /// The host in an address, folded; empty for none.
  private static func host(in address: UnsafeRawBufferPointer) -> [UInt8] {
    var host = address[...]
    if let scheme = host.indices.dropLast(2).first(where: {
      host[$0] == UInt8(ascii: ":") && host[$0 + 1] == UInt8(ascii: "/") && host[$0 + 2] == UInt8(ascii: "/")
    }) {
      host = host[(scheme + 3)...]
    }
    host = host.prefix { !"/?#".utf8.contains($0) }
    if let user = host.lastIndex(of: UInt8(ascii: "@")) { host = host[(user + 1)...] }
    return Folding.folded(Array(host.prefix { $0 != UInt8(ascii: ":") }))
  }

  /// Whether a text is the name or host of a platform in the table.
  func isNamed(_ text: String) -> Bool {
    let name = Folding.folded(text.utf8Bytes)
    return currencyByName[name] != nil || name.contains(UInt8(ascii: ".")) && facts(ofHost: name)?.name != nil
  }

  /// The currency of a platform by its name or domain; 0 where unknown.
  func currency(ofPlatform platform: UnsafeRawBufferPointer) -> UInt8 {
    let name = Folding.folded(platform)
    if let currency = currencyByName[name], currency > 0 { return currency }
    return name.contains(UInt8(ascii: ".")) ? facts(ofHost: name)?.currency ?? 0 : 0
  }

  /// Where a platform does business, by the host of an address or else by its name, and the row that says so; nil where it is
  /// worldwide or not in the table.
  package func businessCountry(ofHost host: String, platform: String) -> (country: String, row: String)? {
    var domain = Folding.folded(host.utf8Bytes)
    while !domain.isEmpty {
      if let facts = byDomain[domain], facts.name != nil {
        guard facts.country.count == 2 else { return nil }
        return (String(decoding: facts.country, as: UTF8.self).uppercased(), String(decoding: domain, as: UTF8.self))
      }
      guard let dot = domain.firstIndex(of: UInt8(ascii: ".")) else { break }
      domain = Array(domain[(dot + 1)...])
    }
    guard let country = countryByName[Folding.folded(platform.utf8Bytes)], country.count == 2 else { return nil }
    return (String(decoding: country, as: UTF8.self).uppercased(), platform)
  }

  /// The currency of a country by its two letters; 0 where unknown.
  func currency(ofCountry country: UnsafeRawBufferPointer) -> UInt8 {
    country.count == 2 ? currencyByCountry[Folding.folded(country)] ?? 0 : 0
  }

  /// Whether day or month comes first where a platform does business; nil where it is global or unknown.
  ///
  /// Shape:  the host decides before the name of the platform.
  func dayOrder(ofHost host: UnsafeRawBufferPointer, platform: UnsafeRawBufferPointer) -> DayOrder.First? {
    if host.count > 0, let facts = facts(ofHost: Folding.folded(host)), let order = dayOrder(ofCountry: facts.country) {
      return order
    }
    guard platform.count > 0 else { return nil }
    let name = Folding.folded(platform)
    if let country = countryByName[name], let order = dayOrder(ofCountry: country) { return order }
    guard name.contains(UInt8(ascii: ".")), let facts = facts(ofHost: name) else { return nil }
    return dayOrder(ofCountry: facts.country)
  }

  /// Whether day or month comes first in a country's dates that end with the year; nil where both are common, and where
  /// dates begin with the year.
  ///
  /// Source: Unicode CLDR 44, short date patterns.
  func dayOrder(ofCountry country: [UInt8]) -> DayOrder.First? {
    guard countries.contains(country) else { return nil }
    switch String(decoding: country, as: UTF8.self) {
    case "us", "ph", "pr", "gu", "fm", "mh", "pw": return .month
    case "ca", "cn", "hu", "ir", "jp", "kp", "kr", "lt", "mn", "tw": return nil
    default: return .day
    }
  }
}

/// Extracts the host of a web address.
enum WebAddress {
  /// The host of a parsed address without `www.`; empty for relative addresses and for schemes other than HTTP.
  static func host(of address: AddressParts) -> UnsafeRawBufferPointer {
    let host = address.host
    guard address.otherScheme.count == 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard host.count > 4, begins(host, with: "www.") else { return host }
    return UnsafeRawBufferPointer(rebasing: host[4...])
  }

  /// The host in a cell that begins like an address, without scheme, user, port and `www.`; empty for relative addresses.
  ///
  /// Cost:   one pass up to the path; used where `AddressParts` would do too much.
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
  /// Whether a lower-case prefix is at `offset`, in any case.
  private static func begins(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0, with prefix: StaticString) -> Bool {
    guard bytes.count - offset >= prefix.utf8CodeUnitCount else { return false }
    for index in 0..<prefix.utf8CodeUnitCount {
      let byte = bytes[offset + index]
      if (byte &- 0x41 < 26 ? byte | 0x20 : byte) != prefix.utf8Start[index] { return false }
    }
    return true
  }
}
