import Foundation
import Testing

/// Rows, ragged rows and filled cells of every column, compared with the counts of independent readers.
@Suite(.waitsElsewhere, .enabled(if: Program.outside("python3") != nil, "python3 is not installed"))
struct AgreementTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  /// Where openpyxl and DuckDB may be installed, beside the validators; otherwise only Python's own readers are used.
  private static var python: String {
    ProcessInfo.processInfo.environment["LINSANG_VALIDATORS"].map { $0 + "/python" } ?? "python3"
  }

  @Test func everyFileIsReadAsOthersReadIt() throws {
    let script = (#filePath as NSString).deletingLastPathComponent + "/Oracle/agreement.py"
    let data = Program.sharedData.map { "'\($0)'" } ?? ""
    let held = try Program.shell("'\(Self.python)' '\(script)' \"$L\" \(data)", at: place)
    let said = String(decoding: held.out, as: UTF8.self).split(separator: "\n")
    #expect(held.status == 0, "\(said.filter { !$0.hasPrefix("agrees") })\n\(held.err)")
    #expect(said.last?.hasSuffix(" agree, 0 differ") == true)
  }
}
