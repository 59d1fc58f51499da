@testable import CaseStore
import Casework
import Foundation
import Listings
import Testing

/// What other programs may do to an open casebook's files, and that nothing filed from then on is called saved.
enum Misfortune: String, CaseIterable, Sendable {
  case deleted, renamedAway, folderRemoved, folderRenamed
  case replacedByOtherCasebook, replacedByCopyOfItself, replacedByText
  case overwrittenByOtherCasebook, overwrittenByEarlierCopy, overwrittenByCopyThatWentOn, overwrittenByText
  case truncatedToNothing, truncatedToOnePage, cutByAPage
  case logDeleted, indexDeleted, bothDeleted, logTruncated, indexTruncated, logReplaced, allDeleted

  var loss: CasebookLoss {
    switch self {
    case .deleted, .renamedAway, .folderRemoved, .folderRenamed, .allDeleted: .gone
    case .replacedByOtherCasebook, .replacedByCopyOfItself, .replacedByText: .replaced
    case .overwrittenByOtherCasebook, .overwrittenByEarlierCopy, .overwrittenByCopyThatWentOn: .overwritten
    case .overwrittenByText, .truncatedToNothing, .truncatedToOnePage, .cutByAPage: .cutShort
    case .logDeleted, .indexDeleted, .bothDeleted, .logTruncated, .indexTruncated, .logReplaced: .logLost
    }
  }

  /// Where the file at the path stays a casebook of other content, and the log beside it would be taken for its own.
  var leavesAnotherCasebook: Bool {
    switch self {
    case .replacedByOtherCasebook, .replacedByCopyOfItself, .overwrittenByOtherCasebook, .overwrittenByEarlierCopy,
      .overwrittenByCopyThatWentOn:
      true
    default: false
    }
  }

  /// Makes what the misfortune needs, before the first filing.
  func prepare(_ folder: CasebookFolder) throws {
    let other = try Casebook.open(path: folder.path + "/other", analyst: "mb", clock: { noon })
    try other.apply(.file(.unsure, reason: nil, for: keys(50...90)), at: noon)
    try other.close()
  }

  func strike(_ folder: CasebookFolder) throws {
    let path = folder.casebookPath
    switch self {
    case .deleted: unlink(path)
    case .renamedAway: rename(path, path + ".old")
    case .folderRemoved: try FileManager.default.removeItem(atPath: folder.path)
    case .folderRenamed: rename(folder.path, folder.path + ".away")
    case .replacedByOtherCasebook: rename(folder.path + "/other", path)
    case .replacedByCopyOfItself:
      try folder.copy(path, to: path + ".copy")
      rename(path + ".copy", path)
    case .replacedByText:
      try "a,b\n".write(toFile: path, atomically: true, encoding: .utf8)
    case .overwrittenByOtherCasebook: try folder.copy(folder.path + "/other", to: path)
    case .overwrittenByEarlierCopy: try folder.copy(folder.path + "/earlier", to: path)
    case .overwrittenByCopyThatWentOn: try folder.copy(folder.path + "/went-on", to: path)
    case .overwrittenByText: folder.overwrite(path, Array("a,b\n".utf8))
    case .truncatedToNothing: truncate(path, 0)
    case .truncatedToOnePage: truncate(path, 4096)
    case .cutByAPage: truncate(path, off_t(try #require(FileIdentity(path)).size - 4096))
    case .logDeleted: unlink(path + "-wal")
    case .indexDeleted: unlink(path + "-shm")
    case .bothDeleted:
      unlink(path + "-wal")
      unlink(path + "-shm")
    case .logTruncated: truncate(path + "-wal", 0)
    case .indexTruncated: truncate(path + "-shm", 0)
    case .logReplaced:
      try folder.copy(path + "-wal", to: path + "-wal2")
      rename(path + "-wal2", path + "-wal")
    case .allDeleted: for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }
  }
}

extension CasebookFolder {
  /// Copies the bytes into the file of that name, which stays the same file if there is one, as `cp` does.
  func copy(_ from: String, to path: String) throws {
    overwrite(path, Array(try Data(contentsOf: URL(fileURLWithPath: from))))
  }

  func overwrite(_ path: String, _ bytes: [UInt8]) {
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    #expect(write(file, bytes, bytes.count) == bytes.count)
  }
}

@Suite struct FileLossTests {
  let folder: CasebookFolder
  let casebook: Casebook

  init() throws {
    folder = try CasebookFolder()
    casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...5)), at: noon)
  }

  /// Copies of the casebook from before and after a fork, and five decisions that only the log holds.
  private func decide(_ misfortune: Misfortune) throws {
    try misfortune.prepare(folder)
    try casebook.fold()
    try folder.copy(folder.casebookPath, to: folder.path + "/earlier")
    try folder.copy(folder.casebookPath, to: folder.path + "/went-on")
    let wentOn = try Casebook.open(path: folder.path + "/went-on", analyst: "mb", clock: { noon })
    for key in keys(20...24) { try wentOn.apply(.file(.unsure, reason: nil, for: [key]), at: noon) }
    try wentOn.close()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(6...8)), at: noon)
    try casebook.fold()
    for key in keys(9...13) { try casebook.apply(.file(.unsure, reason: nil, for: [key]), at: noon) }
  }

  @Test(arguments: Misfortune.allCases)
  func nothingIsCalledSavedInACasebookThatIsNoLongerThere(misfortune: Misfortune) throws {
    try decide(misfortune)
    try misfortune.strike(folder)
    let expected = CasebookError.lost(path: folder.casebookPath, misfortune.loss)
    for key in keys(30...32) {
      #expect(casebookError { try casebook.apply(.file(.confirmed, reason: nil, for: [key]), at: noon) } == expected)
    }
    #expect(casebookError { try casebook.undo(at: noon) } == expected)
    #expect(casebookError { _ = try casebook.statuses() } == expected)
    #expect(casebook.blockingError == expected)
    try? FileManager.default.removeItem(atPath: folder.path + ".away")
  }

  @Test(arguments: Misfortune.allCases)
  func aCasebookThatIsLostIsNoticedWithoutFilingAnything(misfortune: Misfortune) throws {
    try decide(misfortune)
    try casebook.checkFiles()
    try misfortune.strike(folder)
    #expect(casebookError { try casebook.checkFiles() } == .lost(path: folder.casebookPath, misfortune.loss))
    try? FileManager.default.removeItem(atPath: folder.path + ".away")
  }

  /// A lost casebook that is closed, or dropped, leaves what is at its path as it is; and that opens as what it is.
  @Test(arguments: Misfortune.allCases.filter(\.leavesAnotherCasebook), [true, false])
  func whatTookItsPlaceIsNeitherChangedNorMixedWithItsLog(misfortune: Misfortune, isNoticed: Bool) throws {
    try decide(misfortune)
    try misfortune.strike(folder)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
    if isNoticed { #expect(casebookError { try casebook.checkFiles() } != nil) }
    #expect(casebookError { try casebook.close() } != nil || isNoticed)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath)) == bytes)
    let there = try folder.open("mb")
    #expect(there.blockingError == nil)
    #expect(try there.verify().isWhole)
    #expect(try there.statuses()[keys(13...13)[0]] == nil)
  }

  /// As after `kill -9`: the log stays behind, and then the file is put back from a copy.
  @Test(arguments: Misfortune.allCases.filter(\.leavesAnotherCasebook))
  func aLogThatWasLeftBesideAnotherFileIsRefusedAndNothingIsChanged(misfortune: Misfortune) throws {
    try decide(misfortune)
    let left = try CasebookFolder()
    for suffix in ["", "-wal"] { try folder.copy(folder.casebookPath + suffix, to: left.casebookPath + suffix) }
    for name in ["/other", "/earlier", "/went-on"] { try folder.copy(folder.path + name, to: left.path + name) }
    try misfortune.strike(left)
    if misfortune == .replacedByCopyOfItself {
      // The very state that the log goes on from: this is the casebook.
      #expect(try left.open("mb").statuses().count == 13)
      return
    }
    let before = try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: left.casebookPath + $0)) }
    for access in [Casebook.Access.writing, .reading] {
      #expect(casebookError { _ = try left.open("mb", access) } == .strayLog(path: left.casebookPath))
    }
    #expect(try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: left.casebookPath + $0)) } == before)
    rename(left.casebookPath + "-wal", left.path + "/aside")
    #expect(try left.open("mb").verify().isWhole)
  }

  @Test func aLinkThatLeadsElsewhereIsAReplacedCasebook() throws {
    let link = folder.path + "/link.casebook"
    try Misfortune.deleted.prepare(folder)
    symlink(folder.casebookPath, link)
    let linked = try Casebook.open(path: link, analyst: "rk", clock: { noon })
    try linked.apply(.file(.confirmed, reason: nil, for: keys(20...20)), at: noon)
    unlink(link)
    symlink(folder.path + "/other", link)
    #expect(
      casebookError { try linked.apply(.file(.confirmed, reason: nil, for: keys(21...21)), at: noon) }
        == .lost(path: link, .replaced))
  }

  @Test func theFileAloneIsTheWholeCasebookOnceTheLogIsFoldedIn() throws {
    for key in keys(6...40) { try casebook.apply(.file(.unsure, reason: nil, for: [key]), at: noon) }
    #expect(try casebook.fold())
    try folder.copy(folder.casebookPath, to: folder.path + "/copy")
    let copy = try Casebook.open(path: folder.path + "/copy", analyst: "rk", access: .reading)
    #expect(try copy.head() == casebook.head())
    #expect(try copy.verify().isWhole)
  }

  @Test func theLogIsFoldedInByItselfAfterManyFilings() throws {
    for number in 6...250 { try casebook.apply(.file(.unsure, reason: nil, for: keys(number...number)), at: noon) }
    #expect(casebook.unfoldedCommits < 100)
    try folder.copy(folder.casebookPath, to: folder.path + "/copy")
    let copy = try Casebook.open(path: folder.path + "/copy", analyst: "rk", access: .reading)
    #expect(try copy.statuses().count > 150)
  }

  @Test func whatColleaguesFileAndFoldInIsNoLoss() throws {
    let colleague = try folder.open("mb")
    for number in 1...120 {
      try (number % 3 == 0 ? casebook : colleague)
        .apply(.file(.unsure, reason: nil, for: keys(number...number)), at: noon)
      if number % 7 == 0 { try colleague.fold() }
      if number % 11 == 0 { try casebook.fold() }
      try casebook.checkFiles()
    }
    try colleague.close()
    try casebook.checkFiles()
    try casebook.apply(.file(.unsure, reason: nil, for: keys(200...200)), at: noon)
    #expect(try casebook.verify().isWhole)
    #expect(casebook.blockingError == nil)
  }
}
