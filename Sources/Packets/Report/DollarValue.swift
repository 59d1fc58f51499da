import CaseFiles
import SmallFormats

/// The rates of exchange that a packet states: those of the currencies in which its listings have prices.
///
/// Why:    whoever gets a packet with five currencies adds them up in one, each with other rates. The rates used here stand
///         in the packet, so that the sum can be made again, or made with better ones.
enum PacketRates {
  /// `tool.exchange_rates` of `packet.json`; nil where no price has a currency with a rate.
  ///
  /// Shape:  by currency: `currency`, `units_per_usd`, `as_of` and `source`, all texts.
  static func value(of numbered: NumberedPacket, _ rates: [ExchangeRate]) -> JSONValue? {
    let used = Set(numbered.listings.compactMap { ListingStatement($0).price?.currency })
    let stated = rates.filter { used.contains($0.currency) }.sorted { $0.currency < $1.currency }
    guard !stated.isEmpty else { return nil }
    return .list(
      stated.map { rate in
        .map([
          "currency": .text(rate.currency), "units_per_usd": .text(rate.unitsPerDollar), "as_of": .text(rate.day),
          "source": .text(rate.source),
        ])
      })
  }
}

/// The prices of a packet added up in US dollars, at the rates that the packet states.
///
/// Law:    approximate, and said so. A price without amount or currency, or in a currency without a rate, is in no sum,
///         and how many there are is said beside it.
struct DollarValue {
  /// The packet's own rates, by currency.
  private let rates: [JSONValue]
  private let listings: [RecordedListing]

  init(_ records: PacketRecords) {
    rates = records.document.at("tool")?.each("exchange_rates") ?? []
    listings = records.listings
  }

  /// The sum, with the rates and where they are from; nil where no rate is stated.
  var html: String? {
    guard !rates.isEmpty else { return nil }
    let byCurrency = Dictionary(rates.map { ($0.word("currency"), $0) }) { first, _ in first }
    var (sum, adverts, without) = (ExactSum(), 0, 0)
    for listing in listings {
      guard let amount = listing.value.at("price", "amount")?.asText else { continue }
      let rate = byCurrency[listing.value.word("price", "currency")]
      guard let rate, sum.add(amount, dividedBy: rate.word("units_per_usd")) else {
        without += 1
        continue
      }
      adverts += 1
    }
    guard adverts > 0 else { return nil }
    let used = rates.filter { $0.word("currency") != "USD" }
    return "about <strong>\(sum.rounded) USD</strong> in \(Count.of(adverts, "advert"))"
      + (without > 0 ? "; \(Count.of(without, "advert")) in a currency without a rate not counted" : "")
      + (used.isEmpty ? "" : ". One dollar is taken as " + HTMLText.foreign(Self.words(of: used), limit: 2000))
      + "; an order of magnitude, no valuation"
  }

  /// The rates, those of one day and source together.
  private static func words(of rates: [JSONValue]) -> String {
    var groups: [(origin: String, rates: [String])] = []
    for rate in rates {
      let origin = "as of \(rate.word("as_of")) (\(rate.word("source")))"
      let words = "\(rate.word("units_per_usd")) \(rate.word("currency"))"
      if let known = groups.firstIndex(where: { $0.origin == origin }) {
        groups[known].rates.append(words)
      } else {
        groups.append((origin, [words]))
      }
    }
    return groups.map { "\($0.rates.joined(separator: ", ")) \($0.origin)" }.joined(separator: "; ")
  }
}

extension PacketCheck {
  /// That the rates of exchange are numbers with a day, each once and for a currency of some price. Whether they were the
  /// market's, no packet can show.
  mutating func checkRates(_ document: JSONValue) {
    let rates = document.at("tool")?.each("exchange_rates") ?? []
    guard !rates.isEmpty else { return }
    let used = Set(document.each("listings").compactMap { $0.at("price", "currency")?.asText })
    var seen: Set<String> = []
    for (place, rate) in rates.enumerated() {
      let name = "tool.exchange_rates[\(place)]"
      let currency = rate.word("currency")
      if !used.contains(currency) || !seen.insert(currency).inserted {
        report(
          "data/packet.json",
          .differs("\(name).currency", found: currency, expected: "a currency in which a listing has a price, once"))
      }
      if !ExactSum.isRate(rate.word("units_per_usd")) {
        report("data/packet.json", .missingValue("\(name).units_per_usd"))
      }
      if CalendarDay(rate.word("as_of")) == nil { report("data/packet.json", .missingValue("\(name).as_of")) }
    }
    unchecked.append("whether the rates of exchange are right: compare them with those of the day that they name")
  }
}
