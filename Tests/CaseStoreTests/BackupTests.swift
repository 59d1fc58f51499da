import CaseStore
import Casework
import Foundation
import Listings
import Testing

/// Copies of a casebook, made while it is in use.
@Suite struct BackupTests {
  let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  private var target: String { folder.path + "/copy.casebook" }
  private var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  @Test func aCopyIsTheSameCasebookAndIsAlone() throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...300)), at: noon)
    let head = try casebook.backup(to: target)
    #expect(try head == casebook.head())
    #expect(try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o600)
    #expect(try !files.contains { $0.contains("partial") || $0.hasPrefix("copy.casebook-") })
    let copy = try Casebook.open(path: target, analyst: "mb")
    #expect(copy.blockingError == nil)
    #expect(try copy.statuses() == casebook.statuses())
    #expect(copy.token == casebook.token)
    try copy.apply(.file(.unsure, reason: nil, for: keys(1...1)), at: noon)
    try copy.close()
    // The original goes on by itself.
    #expect(try casebook.head() == head)
    try casebook.apply(.undo, at: noon)
  }

  @Test func aCopyMadeWhileOthersFileIsOneMoment() async throws {
    let path = folder.casebookPath
    let casebook = try folder.open()
    let filing = Task.detached {
      let other = try Casebook.open(path: path, analyst: "mb", clock: { noon }, patience: 5)
      var number = 0
      while !Task.isCancelled {
        number += 1
        try other.apply(.file(.confirmed, reason: nil, for: keys(number % 50 + 1...number % 50 + 5)), at: noon)
      }
      try other.close()
    }
    for number in 0..<10 {
      let reader = try folder.open("v", .reading)
      let head = try reader.backup(to: "\(target)\(number)")
      #expect(
        try casebook.agreement(with: [KeptHead(number: head.sequence, hash: head.hash)]) == [.agrees])
      try reader.close()
    }
    filing.cancel()
    try await filing.value
  }

  @Test func nothingIsWrittenOver() throws {
    let casebook = try folder.open()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: target))
    for path in [target, folder.casebookPath, folder.path] {
      guard case .cannotBackUp? = casebookError({ _ = try casebook.backup(to: path) }) else {
        Issue.record("\(path)")
        continue
      }
    }
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "mine")
    try Data("log".utf8).write(to: URL(fileURLWithPath: folder.path + "/new-wal"))
    let error = casebookError { _ = try casebook.backup(to: folder.path + "/new") }
    #expect(error?.sentence.contains("new-wal is there already") == true)
    #expect(casebookError { _ = try casebook.backup(to: folder.path + "/nosuch/copy") } != nil)
    #expect(try !files.contains { $0.contains("partial") })
  }

  @Test func aCasebookThatIsNotWholeGetsNoCopy() throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    try casebook.close()
    try folder.tamper("UPDATE standing SET verdict = 'unsure'")
    let reader = try folder.open("v", .reading)
    guard case .untrusted? = casebookError({ _ = try reader.backup(to: target) }) else {
      Issue.record("a copy of an edited casebook was made")
      return
    }
    #expect(try files.allSatisfy { $0.hasPrefix("week47.casebook") })
  }
}
