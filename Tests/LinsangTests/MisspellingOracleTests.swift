import Foundation
import Testing

/// How `linsang taxon` treats names that another program has misspelt.
@Suite(.waitsElsewhere, .enabled(if: Program.outside("python3") != nil, "python3 is not installed"))
struct MisspellingOracleTests {
  private struct Outcome: Decodable {
    let asked: Int
    let right: Int
    let wrong: Int
    let certain: Int
    let wrong_names: [[String]]
  }

  @Test func aNameWithOneErrorIsSuggestedCorrectlyOrNotAtAllAndIsNeverCertain() throws {
    let place = try Workplace()
    let script = (#filePath as NSString).deletingLastPathComponent + "/Oracle/misspellings.py"
    let lexicons = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Lexicons").path
    let held = try Program.shell("python3 '\(script)' \"$L\" '\(lexicons)' 350 7", at: place)
    #expect(held.status == 0, "\(held.err)")
    let outcome = try JSONDecoder().decode(Outcome.self, from: Data(held.out))
    #expect(outcome.wrong == 0 && outcome.certain == 0, "\(outcome.wrong_names)")
    #expect(outcome.asked > 300 && Double(outcome.right) > 0.95 * Double(outcome.asked))
  }
}
