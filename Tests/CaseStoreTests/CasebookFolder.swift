import CaseStore
import Casework
import Foundation
import GRDB
import Listings
import Testing

let noon = "2026-11-18T12:00:00Z"

/// A folder of its own for one test, gone when the test ends.
final class CasebookFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/casebook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var casebookPath: String { path + "/week47.casebook" }

  func open(_ analyst: String = "rk", _ access: Casebook.Access = .writing) throws -> Casebook {
    try Casebook.open(path: casebookPath, analyst: analyst, access: access, clock: { noon }, patience: 5)
  }

  /// A connection that knows nothing of casebooks, as somebody with the sqlite3 shell has.
  func shell() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: casebookPath, configuration: configuration)
  }

  /// Does to the file what no program of ours does.
  func tamper(_ sql: String) throws {
    let shell = try shell()
    try shell.write { db in try db.execute(sql: sql) }
    try shell.close()
  }

  /// The casebook as the program that knew version 1 only had written it.
  func makeVersion1() throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/version1.sql")
    let shell = try shell()
    try shell.writeWithoutTransaction { db in
      try db.execute(sql: try String(contentsOf: fixture, encoding: .utf8))
    }
    try shell.close()
  }
}

func keys(_ numbers: ClosedRange<Int>) -> [ListingKey] { numbers.map { ListingKey("id:P/\($0)") } }

/// The error that `body` throws, if it is one of the casebook's.
func casebookError(_ body: () throws -> Void) -> CasebookError? {
  do { try body() } catch { return error as? CasebookError }
  return nil
}
