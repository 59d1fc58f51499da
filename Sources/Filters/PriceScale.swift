import Listings

/// The bands in which prices are counted: where each begins, and in which currency people read that.
///
/// Shape:  `edges` and `labels` have one number more than there are bands. The first edge is 0 and the last is open, so that
///         every price is in a band. In a scale that was zoomed into, the first and the last band hold what is outside.
package struct PriceScale: Hashable, Sendable {
  /// In ten-thousandths of a US dollar, ascending.
  package let edges: [Int64]
  /// The same in ten-thousandths of `currency`, as they are shown.
  package let labels: [Int64]
  /// An ISO 4217 code.
  package let currency: String
  /// What a unit of the currency is worth.
  ///
  /// Units:  US dollars.
  package let rate: Double
  /// Whether the outer bands hold what is outside of what was zoomed into.
  package let isZoomed: Bool

  /// In US dollars, the steps 1-2-5 of each decade.
  package static let standard = PriceScale(
    edges: PriceHistogram.edges, labels: PriceHistogram.edges, currency: "USD", rate: 1, isZoomed: false)

  private init(edges: [Int64], labels: [Int64], currency: String, rate: Double, isZoomed: Bool) {
    (self.edges, self.labels, self.currency) = (edges, labels, currency)
    (self.rate, self.isZoomed) = (rate, isZoomed)
  }

  /// The steps 1-2-5 of each decade of a currency.
  ///
  /// - Parameter rate: what a unit of it is worth in US dollars; more than 0.
  package init(currency: String, rate: Double) {
    var labels: [Int64] = []
    var decade: Int64 = 1
    while decade <= 1_000_000_000_000_000 {
      labels += [decade, decade * 2, decade * 5]
      decade *= 10
    }
    self.init(labels.filter { Self.smallest...Self.greatest ~= Double($0) * rate }, currency, rate, isZoomed: false)
  }

  /// The standard scale ends there, too.
  ///
  /// Units:  ten-thousandths of a US dollar.
  private static let smallest = 200.0
  private static let greatest = 5_000_000_000_000.0

  /// About so many bands are shown of what is zoomed into.
  private static let zoomedBands = 20

  /// Finer bands of a part of a scale; nil where they would be finer than a hundredth of a unit.
  ///
  /// - Parameter range: in ten-thousandths of the currency.
  package func zoomed(into range: ClosedRange<Int64>) -> PriceScale? {
    let (low, high) = (max(0, range.lowerBound), range.upperBound)
    guard high - low >= Int64(Self.zoomedBands) * 100 else { return nil }
    var labels: [Int64] = []
    if low > 0, high / low >= 8 {
      // Steps of one size would put nearly all prices into the first.
      var decade: Int64 = 1
      while decade <= high, decade <= 1_000_000_000_000_000 {
        labels += [10, 12, 15, 20, 25, 30, 40, 50, 60, 80].map { $0 * decade }.filter { low < $0 && $0 < high }
        decade *= 10
      }
    } else {
      let step = Self.roundStep((high - low) / Int64(Self.zoomedBands))
      var next = (low / step + 1) * step
      while next < high {
        labels.append(next)
        next += step
      }
    }
    return PriceScale([low] + labels + [high], currency, rate, isZoomed: true)
  }

  /// The nearest 1, 2 or 5 times a power of ten that is not less than a step.
  private static func roundStep(_ step: Int64) -> Int64 {
    var decade: Int64 = 100
    while true {
      for factor: Int64 in [1, 2, 5] where decade * factor >= step { return decade * factor }
      decade *= 10
    }
  }

  /// - Parameter inner: the edges between the first and the last, as they are shown.
  private init(_ inner: [Int64], _ currency: String, _ rate: Double, isZoomed: Bool) {
    var (edges, labels): ([Int64], [Int64]) = ([0], [0])
    for label in inner where label > 0 {
      let edge = Int64((Double(label) * rate).rounded())
      // Two edges at one place would be a band in which nothing can be.
      guard let last = edges.last, edge > last, edge < .max else { continue }
      edges.append(edge)
      labels.append(label)
    }
    self.init(
      edges: edges + [.max], labels: labels + [.max], currency: currency, rate: rate, isZoomed: isZoomed)
  }

  /// The bands that are drawn, of those that hold prices.
  package func shown(_ occupied: ClosedRange<Int>?) -> ClosedRange<Int>? {
    guard isZoomed else { return occupied }
    let last = edges.count - 2
    // Below nothing there is no band.
    let first = edges[0] == 0 && labels.count > 1 && labels[0] == 0 && edges.count > 3 ? 1 : 0
    return first <= last - 1 ? first...last - 1 : nil
  }
}
