import Filters
import Listings

// The price range is moved over the bands of the histogram; its ends are edges of bands.

extension State {
  /// The bands that the pane draws: from the first to the last in which any listing has its price.
  package var priceSpan: ClosedRange<Int> {
    answer?.prices.occupied ?? 6...21
  }

  /// The cursor begins where most prices are.
  mutating func settlePriceCursor() {
    guard let buckets = answer?.prices.buckets, let largest = buckets.max(), largest > 0,
      buckets[pricePlace.bucket] == 0, pricePlace.anchor == nil
    else { return }
    pricePlace.bucket = buckets.firstIndex(of: largest) ?? pricePlace.bucket
  }

  mutating func movePrice(_ direction: Int) -> [Effect] {
    guard pricePlace.line == .histogram else { return [] }
    let span = priceSpan
    pricePlace.bucket = max(span.lowerBound, min(pricePlace.bucket + direction, span.upperBound))
    return pricePlace.anchor == nil ? [] : set(filter.pricing(anchoredTest))
  }

  /// Enter: begins a range at the band under the cursor, and ends it.
  mutating func togglePrice() -> [Effect] {
    switch pricePlace.line {
    case .missing: return togglePriceTest(.missing)
    case .unread: return togglePriceTest(.unread)
    case .histogram:
      if pricePlace.anchor != nil {
        pricePlace.anchor = nil
        notice = Notice(.told, "Range kept; < and > move its ends, Backspace takes it away")
        return []
      }
      pricePlace.anchor = pricePlace.bucket
      notice = Notice(.told, "← → widen the range, Enter keeps it")
      return set(filter.pricing(anchoredTest))
    }
  }

  private mutating func togglePriceTest(_ test: PriceTest) -> [Effect] {
    pricePlace.anchor = nil
    let isOn = filter.clauses.contains(.price([test]))
    return set(filter.pricing(isOn ? nil : test))
  }

  enum PriceEnd { case low, high }

  /// Puts one end of the range at the band under the cursor; the other end stays unless it would cross.
  mutating func setPriceEnd(_ end: PriceEnd) -> [Effect] {
    guard pricePlace.line == .histogram else { return say(.warned, "Move up to the bars to set an end of the range") }
    pricePlace.anchor = nil
    let band = Self.band(pricePlace.bucket)
    var (low, high) = filter.priceRange ?? (nil, nil)
    switch end {
    case .low:
      low = band.low
      if let top = high, top < band.low { high = nil }
    case .high:
      high = band.high
      if let top = band.high, let bottom = low, top < bottom { low = nil }
    }
    guard low != nil || high != nil else { return set(filter.pricing(nil)) }
    return set(filter.pricing(.range(low: low, high: high, currency: nil)))
  }

  /// The bands of the range that is being moved, else the band under the cursor.
  var pricedBands: ClosedRange<Int> {
    let other = pricePlace.anchor ?? pricePlace.bucket
    return min(other, pricePlace.bucket)...max(other, pricePlace.bucket)
  }

  private var anchoredTest: PriceTest {
    let bands = pricedBands
    return .range(low: Self.band(bands.lowerBound).low, high: Self.band(bands.upperBound).high, currency: nil)
  }

  /// Lowest and highest amount of a band; the last band is open.
  private static func band(_ bucket: Int) -> (low: Amount, high: Amount?) {
    let top = PriceHistogram.edges[bucket + 1]
    return (PriceHistogram.edge(bucket), top == .max ? nil : Amount(tenThousandths: top - 1))
  }
}
