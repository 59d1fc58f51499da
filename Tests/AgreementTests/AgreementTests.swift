import Foundation
import Testing

@testable import Agreement

/// What `Oracle/coefficients.py` prints: ratings, and what packages that others wrote say about them.
struct Reference: Decodable, Sendable {
  struct Estimated: Decodable, Sendable {
    let value: Double
    let se: Double?
    let low: Double?
    let high: Double?
  }

  struct Pair: Decodable, Sendable {
    let raters: [Int]
    let units: Int
    let table: [[Int]]
    let kappa: Estimated?
    let alpha: Estimated?
    let ac1: Estimated?
  }

  struct All: Decodable, Sendable {
    let alpha: Estimated?
    let ac1: Estimated?
    let conger: Estimated?
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let categories: Int
    let level: Double
    let units: [String]
    let pairs: [Pair]
    let all: All

    var testDescription: String { name }

    var ratings: RatingMatrix {
      RatingMatrix(
        units.map { unit in unit.map { $0.wholeNumberValue } }, raters: units[0].count, categories: categories)
    }
  }

  struct Quantile: Decodable, Sendable {
    let level: Double
    let freedom: Double
    let distance: Double
  }

  struct Tail: Decodable, Sendable {
    let distance: Double
    let freedom: Double
    let outside: Double
  }

  let cases: [Case]
  let quantiles: [Quantile]
  let tails: [Tail]

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Oracle")

  /// The numbers that were written down.
  static let kept: Reference = {
    do {
      let data = try Data(contentsOf: folder.appendingPathComponent("coefficients.json"))
      return try JSONDecoder().decode(Reference.self, from: data)
    } catch {
      fatalError("coefficients.json cannot be read: \(error)")
    }
  }()
}

/// Kappa, alpha and AC1 as irrCAC and krippendorff calculate them, to nine digits.
@Suite struct CoefficientTests {
  static func hold(
    _ ours: Estimate?, _ theirs: Reference.Estimated?, _ what: String, level: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let ours, let theirs else {
      let agree = ours == nil && theirs == nil
      #expect(
        agree, "\(what): \(String(describing: ours)), and not \(String(describing: theirs))",
        sourceLocation: sourceLocation)
      return
    }
    func isClose(_ one: Double?, _ other: Double?, _ tolerance: Double = 1e-9) -> Bool {
      guard let one, let other else { return one == nil && other == nil }
      return abs(one - other) < tolerance
    }
    let interval = ours.interval(level: level)
    // Where nothing varies, a variance of rounding alone has a root of up to 1e-7.
    let variesLittle = (ours.standardError ?? 1) < 1e-12
    let rounding = variesLittle ? 1e-6 : 1e-9
    // SciPy 1.12, which irrCAC requires, finds quantiles of t to eight digits only; they are held against exact ones below.
    let quantile = 5e-9 * abs((theirs.low ?? 0) - theirs.value)
    #expect(isClose(ours.value, theirs.value), "\(what): \(ours.value)", sourceLocation: sourceLocation)
    #expect(isClose(ours.standardError, theirs.se, rounding), "\(what): error \(ours)", sourceLocation: sourceLocation)
    #expect(
      isClose(interval?.lowerBound, theirs.low, rounding + quantile), "\(what): from \(ours)",
      sourceLocation: sourceLocation)
    #expect(
      isClose(interval?.upperBound, theirs.high, rounding + quantile), "\(what): to \(ours)",
      sourceLocation: sourceLocation)
  }

  static func hold(_ reference: Reference.Case) {
    let ratings = reference.ratings
    let level = reference.level
    for pair in reference.pairs {
      let name = "\(reference.name), raters \(pair.raters)"
      let table = ratings.table(of: pair.raters[0], and: pair.raters[1])
      let own = ratings.ratings(by: pair.raters)
      #expect(table.unitCount == pair.units, "\(name)")
      #expect(table == PairTable(pair.table.flatMap { $0 }, categories: reference.categories), "\(name)")
      hold(table.cohensKappa, pair.kappa, "\(name), kappa", level: level)
      hold(own.krippendorffsAlpha, pair.alpha, "\(name), alpha", level: level)
      // The units that both rated: a rater's other units say nothing about the two.
      let shared = RatingMatrix(
        (0..<own.unitCount).map { [own[$0, 0], own[$0, 1]] }.filter { !$0.contains(nil) }, raters: 2,
        categories: reference.categories)
      hold(shared.gwetsAC1, pair.ac1, "\(name), AC1", level: level)
    }
    hold(ratings.krippendorffsAlpha, reference.all.alpha, "\(reference.name), alpha", level: level)
    hold(ratings.gwetsAC1, reference.all.ac1, "\(reference.name), AC1", level: level)
    hold(ratings.congersKappa, reference.all.conger, "\(reference.name), Conger", level: level)
  }

  @Test(arguments: Reference.kept.cases)
  func coefficientsAreThoseOfOtherPackages(reference: Reference.Case) { Self.hold(reference) }

  /// With other ratings each time, where the packages are installed.
  @Test(.enabled(if: Packages.python != nil, "irrCAC and krippendorff are not installed in $LINSANG_VALIDATORS"))
  func coefficientsOfNewRatingsAreThoseOfOtherPackages() throws {
    let seed = Int.random(in: 1...1_000_000)
    let reference = try Packages.reference(seed: seed)
    #expect(reference.cases.count > 40)
    for one in reference.cases { Self.hold(one) }
  }
}

/// The packages of Python, where they are installed.
enum Packages {
  static let python: String? = {
    guard let folder = ProcessInfo.processInfo.environment["LINSANG_VALIDATORS"] else { return nil }
    let python = folder + "/python"
    let asked = try? run(python, ["-c", "import irrCAC, krippendorff"])
    return asked?.status == 0 ? python : nil
  }()

  static func reference(seed: Int) throws -> Reference {
    let script = Reference.folder.appendingPathComponent("coefficients.py").path
    let answer = try run(try #require(python), [script, "\(seed)", "40"])
    try #require(answer.status == 0)
    return try JSONDecoder().decode(Reference.self, from: answer.output)
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}

/// Student's t against values of 40 digits.
@Suite struct StudentTTests {
  @Test func quantilesHaveElevenDigits() {
    #expect(Reference.kept.quantiles.count > 100)
    for one in Reference.kept.quantiles {
      let ours = StudentT.quantile(within: one.level, freedom: one.freedom)
      #expect(abs(ours / one.distance - 1) < 1e-11, "\(one): \(ours)")
    }
  }

  @Test func chancesHaveElevenDigits() {
    for one in Reference.kept.tails {
      let ours = StudentT.chanceOutside(one.distance, one.freedom)
      #expect(abs(ours - one.outside) <= 1e-11 * one.outside, "\(one): \(ours)")
    }
  }

  /// Where the distribution has closed forms: one degree of freedom is Cauchy's, two have a root.
  @Test(arguments: [0.1, 0.5, 0.9, 0.95, 0.99, 0.9999])
  func oneAndTwoDegreesOfFreedomHaveClosedForms(level: Double) {
    let cauchy = tan(Double.pi * level / 2)
    #expect(abs(StudentT.quantile(within: level, freedom: 1) / cauchy - 1) < 1e-11)
    let outside = 1 - level
    let two = level * (2 / (outside * (2 - outside))).squareRoot()
    #expect(abs(StudentT.quantile(within: level, freedom: 2) / two - 1) < 1e-12)
  }

  @Test func theRatioOfGammasIsThatOfTheirLogarithms() {
    for a in stride(from: 0.5, to: 200, by: 0.5) {
      #expect(abs(log(StudentT.gammaRatio(a)) - (lgamma(a + 0.5) - lgamma(a))) < 1e-12, "\(a)")
    }
  }
}

/// What holds for any ratings.
@Suite struct AgreementLawTests {
  private static func ratings(_ seed: UInt64, raters: Int, missing: Int) -> RatingMatrix {
    var generator = SplitMix(state: seed)
    let count = Int.random(in: 2...40, using: &generator)
    let units = (0..<count).map { _ in
      (0..<raters).map { _ in
        Int.random(in: 0..<100, using: &generator) < missing ? nil : Int.random(in: 0..<3, using: &generator)
      }
    }
    return RatingMatrix(units, raters: raters, categories: 3)
  }

  private static func isSame(_ one: Estimate?, _ other: Estimate?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return abs(one.value - other.value) < 1e-12
      && abs((one.standardError ?? -1) - (other.standardError ?? -1)) < 1e-12
  }

  @Test func neitherTheOrderOfRatersNorThatOfUnitsNorTheNamesOfCategoriesMatter() {
    for seed in 0..<200 as Range<UInt64> {
      let ratings = Self.ratings(seed, raters: 4, missing: 20)
      let others = [2, 0, 1]
      let turned = RatingMatrix(
        (0..<ratings.unitCount).reversed().map { unit in
          [3, 1, 0, 2].map { rater in ratings[unit, rater].map { others[$0] } }
        }, raters: 4, categories: 3)
      #expect(Self.isSame(ratings.krippendorffsAlpha, turned.krippendorffsAlpha))
      #expect(Self.isSame(ratings.gwetsAC1, turned.gwetsAC1))
      #expect(Self.isSame(ratings.congersKappa, turned.congersKappa))
      #expect(Self.isSame(ratings.table(of: 0, and: 1).cohensKappa, turned.table(of: 1, and: 2).cohensKappa))
    }
  }

  @Test func kappaForTwoRatersIsCongersAsWell() {
    for seed in 0..<200 as Range<UInt64> {
      let ratings = Self.ratings(seed, raters: 2, missing: 0)
      let (cohen, conger) = (ratings.table(of: 0, and: 1).cohensKappa, ratings.congersKappa)
      #expect((cohen == nil) == (conger == nil))
      if let cohen, let conger { #expect(abs(cohen.value - conger.value) < 1e-12) }
    }
  }

  @Test func nothingIsEverAboveOneOrNotANumber() {
    for seed in 0..<400 as Range<UInt64> {
      let ratings = Self.ratings(seed, raters: 3, missing: [0, 30, 60, 90][Int(seed % 4)])
      let all =
        [ratings.krippendorffsAlpha, ratings.gwetsAC1, ratings.congersKappa]
        + [(0, 1), (0, 2), (1, 2)].map { ratings.table(of: $0.0, and: $0.1).cohensKappa }
      for estimate in all.compactMap({ $0 }) {
        #expect(estimate.value <= 1 && estimate.value.isFinite)
        #expect(estimate.standardError?.isFinite ?? true)
        if let interval = estimate.interval() {
          #expect(interval.contains(min(1, estimate.value)) && interval.upperBound <= 1)
        }
      }
    }
  }

  @Test func aUnitThatOneRaterRatedAloneChangesNoAlpha() {
    let ratings = RatingMatrix([[0, 0], [1, 2], [2, 2]], raters: 2, categories: 3)
    let more = RatingMatrix([[0, 0], [1, 2], [nil, 1], [2, 2], [0, nil]], raters: 2, categories: 3)
    #expect(ratings.krippendorffsAlpha == more.krippendorffsAlpha)
    #expect(more.table(of: 0, and: 1).unitCount == 3)
  }

  @Test func whatCannotBeCalculatedIsMissing() {
    for units in [[], [[nil, nil]], [[0, nil], [nil, 1]], [[1, 1], [1, 1]]] as [[[Int?]]] {
      let ratings = RatingMatrix(units, raters: 2, categories: 3)
      #expect(ratings.table(of: 0, and: 1).cohensKappa == nil)
      #expect(ratings.krippendorffsAlpha == nil)
      #expect(ratings.congersKappa == nil)
    }
    #expect(RatingMatrix([[nil, nil]], raters: 2, categories: 3).table(of: 0, and: 1).observedAgreement == nil)
    #expect(RatingMatrix([[0, 0]], raters: 2, categories: 1).gwetsAC1 == nil)
    #expect(RatingMatrix([[0, 1]], raters: 2, categories: 3).krippendorffsAlpha?.interval() == nil)
  }
}

/// Vigna's SplitMix64, so that a seed gives the same ratings on every machine.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
