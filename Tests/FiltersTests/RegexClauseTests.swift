import ListingsTestSupport
import Testing

@testable import Filters
@testable import Listings

struct TempRegexTiming {
  @Test func timing() throws {
    let rows = (0..<100_000).map { ListingRow(title: "carved ring number \($0)", description: "a longer text about ivory and bone, nr \($0 &* 7919), made by hand in 1950") }
    let dataset = Dataset.of(rows)
    for pattern in ["nr 77\\d+7,", "(ivory|bone).*19[0-9]5"] {
      let clock = ContinuousClock()
      var n = 0
      let t = try clock.measure { n = try #require(ClauseRows(dataset, nil).regex(pattern)).count }
      print("REGEX", pattern, n, t)
    }
  }
}
