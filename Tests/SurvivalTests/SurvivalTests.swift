import Foundation
import Testing

@testable import Survival

/// The curves of Kaplan and Meier as statsmodels calculates them, to twelve digits.
@Suite struct SurvivalTests {
  /// What `Oracle/survival.py` prints.
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    struct Step: Decodable, Sendable {
      let time: Double
      let survival: Double
      let error: Double?
      let risk: Int
      let ended: Int
    }

    let name: String
    let times: [Double]
    let ended: [Bool]
    let touches_half: Bool
    let median: Double?
    let low: Double?
    let high: Double?
    let steps: [Step]

    var testDescription: String { name }

    var curve: SurvivalCurve {
      SurvivalCurve(zip(times, ended).map { SurvivalCurve.Observation(time: $0, hasEnded: $1) })
    }

    /// The numbers that were written down.
    static let kept: [Reference] = {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Oracle/survival.json")
      do {
        return try JSONDecoder().decode([Reference].self, from: Data(contentsOf: file))
      } catch {
        fatalError("survival.json cannot be read: \(error)")
      }
    }()
  }

  @Test func thereAreReferencesToHoldAgainst() {
    #expect(Reference.kept.count == 49)
    #expect(Reference.kept.contains { $0.touches_half } && Reference.kept.contains { $0.median == nil })
  }

  @Test(arguments: Reference.kept) func theCurveIsThatOfStatsmodels(reference: Reference) {
    let curve = reference.curve
    #expect(curve.count == reference.times.count && curve.endedCount == reference.ended.count { $0 })
    #expect(curve.steps.map(\.time) == reference.steps.map(\.time))
    #expect(curve.steps.map(\.atRisk) == reference.steps.map(\.risk))
    #expect(curve.steps.map(\.ended) == reference.steps.map(\.ended))
    for (ours, theirs) in zip(curve.steps, reference.steps) {
      #expect(abs(ours.survival - theirs.survival) < 1e-12, "\(ours)")
      // statsmodels gives no error, or 0, where nothing is left.
      if let error = theirs.error { #expect(abs(ours.standardError - error) < 1e-12, "\(ours)") }
    }
    #expect(curve.median == reference.median)
  }

  @Test(arguments: Reference.kept.filter { !$0.touches_half }) func theIntervalIsThatOfStatsmodels(reference: Reference)
  {
    #expect(reference.curve.medianInterval?.low == reference.low)
    #expect(reference.curve.medianInterval?.high == reference.high)
  }

  @Test func withoutAnyEndThereIsNoMedian() {
    #expect(SurvivalCurve([]).steps.isEmpty && SurvivalCurve([]).median == nil)
    let lost = SurvivalCurve([.init(time: 4, hasEnded: false)])
    #expect(lost.steps.isEmpty && lost.median == nil && lost.medianInterval == nil && lost.count == 1)
  }

  @Test func theOrderOfObservationsChangesNothing() {
    let observations = (0..<50).map { SurvivalCurve.Observation(time: Double($0 * 7 % 11), hasEnded: $0 % 3 > 0) }
    #expect(SurvivalCurve(observations) == SurvivalCurve(observations.reversed()))
  }
}
