import Listings

/// What a web address says about platform, country and currency.
///
/// Shape:  `domain,platform,country,currency`; the longest domain that ends the host wins; a domain that begins with a
///         dot is a country's ending.
package struct Platforms: Sendable {
  struct Place: Sendable {
    /// The platform's name as stored text; nil for country endings.
    let name: StoredName?
    let currency: UInt8
    /// Two letters, folded; empty where it is worldwide.
    let country: [UInt8]
  }

  /// A name whose bytes stay where they are as long as the tables live.
  struct StoredName: Sendable {
    private let address: UInt
    private let count: Int

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
  private var byDomain: [[UInt8]: Place] = [:]
  /// The currency of a platform by its name, 0 where its domains disagree.
  private var currencyByName: [[UInt8]: UInt8] = [:]
  private var currencyByCountry: [[UInt8]: UInt8] = [:]
  /// The country of a platform by its name, empty where its domains disagree.
  private var countryByName: [[UInt8]: [UInt8]] = [:]
  private var countries: Set<[UInt8]> = []

  init(rows: [[String]], currencies: Currencies) {
    for row in rows where !row[0].isEmpty {
      let currency = currencies.number(ofCode: row[3])
      let name = row[1].isEmpty ? nil : StoredName(row[1], in: slabs)
      let isEnding = row[0].hasPrefix(".")
      if name == nil, !isEnding { continue }
      let country = Folding.folded(row[2].utf8Bytes)
      byDomain[Folding.folded(row[0].utf8Bytes)] = Place(name: name, currency: currency, country: country)
      if country.count == 2 { countries.insert(country) }
      if !row[1].isEmpty {
        let key = Folding.folded(row[1].utf8Bytes)
        currencyByName[key] = currencyByName[key].map { $0 == currency ? $0 : 0 } ?? currency
        countryByName[key] = countryByName[key].map { $0 == country ? $0 : [] } ?? country
      }
      // The ending of a country is the better witness of its currency than a platform that sells there.
      if country.count == 2, currency > 0, currencyByCountry[country] == nil || isEnding {
        currencyByCountry[country] = currency
      }
    }
  }

  /// What is known of a host in lower case: the platform and, from it or from the country ending, the currency.
  func place(ofHost host: [UInt8]) -> Place? {
    var start = 0
    while true {
      if let place = byDomain[Array(host[start...])] { return place }
      guard let dot = host[start...].firstIndex(of: UInt8(ascii: ".")) else { return nil }
      if dot > start, let place = byDomain[Array(host[dot...])] { return place }
      start = dot + 1
    }
  }

  /// Whether a text is the name or the host of a platform in the table.
  func isNamed(_ text: String) -> Bool {
    let name = Folding.folded(text.utf8Bytes)
    return currencyByName[name] != nil || name.contains(UInt8(ascii: ".")) && place(ofHost: name)?.name != nil
  }

  /// The currency of a platform by name or domain; 0 when unknown.
  func currency(ofPlatform platform: UnsafeRawBufferPointer) -> UInt8 {
    let name = Folding.folded(platform)
    if let currency = currencyByName[name], currency > 0 { return currency }
    return name.contains(UInt8(ascii: ".")) ? place(ofHost: name)?.currency ?? 0 : 0
  }

  /// The currency of a country by its two letters; 0 when unknown.
  func currency(ofCountry country: UnsafeRawBufferPointer) -> UInt8 {
    country.count == 2 ? currencyByCountry[Folding.folded(country)] ?? 0 : 0
  }

  /// Whether day or month stands first where a platform does business; nil where it is worldwide or unknown.
  func dayOrder(ofHost host: UnsafeRawBufferPointer, platform: UnsafeRawBufferPointer) -> DayOrder.First? {
    if host.count > 0, let place = place(ofHost: Folding.folded(host)), let order = dayOrder(ofCountry: place.country) {
      return order
    }
    guard platform.count > 0 else { return nil }
    let name = Folding.folded(platform)
    if let country = countryByName[name], let order = dayOrder(ofCountry: country) { return order }
    guard name.contains(UInt8(ascii: ".")), let place = place(ofHost: name) else { return nil }
    return dayOrder(ofCountry: place.country)
  }

  /// Whether day or month stands first in a country's dates that end with the year; nil where both are usual, and in
  /// countries that write the year first.
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
