import CodeWords
import ListingsTestSupport
import Testing

struct RankingQualityTests {
  @Test func aPerfectRankingHasAveragePrecisionOne() {
    let quality = RankingQuality(scores: [9, 8, 2, 1], isPositive: [true, true, false, false])
    #expect(quality.averagePrecision == 1)
    #expect(quality.precision(at: 2) == 1)
    #expect(quality.recall(at: 1) == 0.5)
    #expect(quality.baseRate == 0.5)
  }

  @Test func figuresOfASmallRankingByHand() {
    // + - + -: (1/1 + 2/3) / 2.
    let quality = RankingQuality(scores: [4, 3, 2, 1], isPositive: [true, false, true, false])
    #expect(abs(quality.averagePrecision - 5.0 / 6) < 1e-12)
  }

  @Test func equalScoresComeToTheMeanOverTheirOrders() {
    var dice = Dice(seed: 1)
    for _ in 0..<20 {
      let scores = (0..<6).map { _ in Double(dice.below(3)) }
      let labels = (0..<6).map { _ in dice.once(in: 2) }
      guard labels.contains(true) else { continue }
      var sum = 0.0
      let orders = Self.permutations(Array(0..<6))
      for order in orders {
        let sorted = order.enumerated().sorted {
          scores[$0.element] != scores[$1.element] ? scores[$0.element] > scores[$1.element] : $0.offset < $1.offset
        }
        var found = 0.0
        var precision = 0.0
        for (place, entry) in sorted.enumerated() where labels[entry.element] {
          found += 1
          precision += found / Double(place + 1)
        }
        sum += precision / found
      }
      let quality = RankingQuality(scores: scores, isPositive: labels)
      #expect(abs(quality.averagePrecision - sum / Double(orders.count)) < 1e-9)
    }
  }

  @Test func nothingToRankIsZeroAndNoCrash() {
    let none = RankingQuality(scores: [], isPositive: [])
    #expect(
      none.averagePrecision == 0 && none.precision(at: 100) == 0 && none.recall(at: 500) == 0 && none.baseRate == 0)
  }

  private static func permutations(_ values: [Int]) -> [[Int]] {
    guard values.count > 1 else { return [values] }
    return values.flatMap { first in permutations(values.filter { $0 != first }).map { [first] + $0 } }
  }
}
