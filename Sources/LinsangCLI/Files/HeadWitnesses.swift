import CaseStore
import Foundation

/// The files in which this analyst's programs note the heads of a casebook: one beside it, for everybody who opens it, and
/// one in the analyst's own state folder, which nobody else writes.
struct HeadWitnesses {
  let files: [WitnessFile]

  init(
    of book: Casebook, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(CasebookError) {
    files = [.beside(book.path)] + Self.own(try book.identity(), environment)
  }

  /// The file in the state folder.
  private static func own(_ token: String?, _ environment: [String: String]) -> [WitnessFile] {
    guard let token, token.allSatisfy({ $0.isHexDigit }) else { return [] }
    return [WitnessFile(XDG.state(environment) + "/linsang/heads/" + token)]
  }

  /// Notes the head of a casebook that was just opened, or is about to be closed, and says where the chain no longer goes
  /// through what was noted.
  ///
  /// - Parameter beside: false for a casebook that is only looked at, beside which nothing is written.
  /// Fails:  never; a witness that cannot be written is told by `casebook verify`.
  @discardableResult
  static func note(_ book: Casebook, beside: Bool = true) -> [String] {
    do {
      let files = try HeadWitnesses(of: book).files
      for file in files.dropFirst() {
        try FileManager.default.createDirectory(
          atPath: (file.path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      }
      return try book.noteHead(in: beside ? files : Array(files.dropFirst()), at: SystemClock.now()).map(\.sentence)
    } catch {
      return []
    }
  }
}
