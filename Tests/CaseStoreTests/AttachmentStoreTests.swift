import CapturesTestSupport
import CaseStore
import Casework
import Foundation
import GRDB
import Hashing
import Listings
import Testing

@testable import CaseStore

/// Files attached to listings: copied beside the casebook, told by events, checked, merged, backed up.
@Suite struct AttachmentStoreTests {
  private let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  private static let listing = ListingKey("id:P/1")

  private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = folder.path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  @discardableResult
  private func attach(_ path: String, in book: Casebook, to listing: ListingKey = listing) throws -> AttachedEvidence {
    try book.attach(book.evidence.take(path).attachment(named: path), to: listing, at: noon)
  }

  @Test func aFileIsKeptUnderItsDigestWhateverBecomesOfTheOriginal() throws {
    let book = try folder.open()
    let path = try write("shot.png", InventedCapture.picture)
    let done = try attach(path, in: book)
    #expect(done.attachment.mediaType == "image/png" && done.attachment.originalName == "shot.png" && !done.wasThere)
    try FileManager.default.removeItem(atPath: path)
    let stored = book.evidence.path(of: SHA256Digest(of: InventedCapture.picture).hex)
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: stored))) == InventedCapture.picture)
    #expect(stored.hasPrefix(folder.casebookPath + ".evidence/"))
    let mode = try FileManager.default.attributesOfItem(atPath: stored)[.posixPermissions] as? Int
    #expect(mode == 0o400)
    let one = try #require(try book.attachments(of: Self.listing).first)
    #expect(one.number == done.event && one.analyst == "rk" && one.isInForce)
    #expect(try book.inspectEvidence().problems == [] && book.inspectEvidence().files == 1)
    #expect(try book.inspect().isWhole)
  }

  @Test func theSameBytesAreKeptAndAttachedOnce() throws {
    let book = try folder.open()
    let first = try attach(write("a.png", InventedCapture.picture), in: book)
    let again = try attach(write("b.png", InventedCapture.picture), in: book)
    #expect(again.wasThere && again.event == first.event && again.attachment.originalName == "a.png")
    // To another listing it is another event of the same file.
    let other = try attach(write("c.png", InventedCapture.picture), in: book, to: ListingKey("id:P/2"))
    #expect(!other.wasThere)
    #expect(try book.inspectEvidence().files == 1)
    let stored = try FileManager.default.subpathsOfDirectory(atPath: book.evidence.path).filter { $0.count > 40 }
    #expect(stored.count == 1)
  }

  @Test func anAttachmentIsWithdrawnByAnEventAndMayBeMadeAgain() throws {
    let book = try folder.open()
    let path = try write("a.png", InventedCapture.picture)
    try attach(path, in: book)
    try book.withdraw(try #require(try book.attachments(of: Self.listing).first), note: "wrong listing", at: noon)
    let withdrawn = try book.attachments(of: Self.listing)
    #expect(withdrawn.count == 1 && withdrawn[0].withdrawal?.note == "wrong listing")
    #expect(book.evidence.state(of: withdrawn[0].attachment.digest) == .whole)
    #expect(try !attach(path, in: book).wasThere)
    #expect(try book.attachments(of: Self.listing).map(\.isInForce) == [false, true])
    #expect(try book.inspect().isWhole)
  }

  @Test func noEventAttachesNothingOrWithdrawsWhatWasNeverAttached() throws {
    let book = try folder.open()
    #expect(casebookError { try book.record(.attachEvidence, object: "id:P/1", at: noon) } != nil)
    #expect(
      casebookError {
        try book.record(
          .attachEvidence, object: "id:P/1", data: ["sha256": .text("../x"), "bytes": .number(1)], at: noon)
      } != nil)
    #expect(
      casebookError {
        try book.record(
          .withdrawEvidence, object: "id:P/1", data: ["attachment": .text(String(repeating: "0", count: 64))], at: noon)
      } != nil)
    #expect(try book.attachments().all == [])
  }

  @Test func attachmentsFollowAListingThatGotAnotherKey() throws {
    let book = try folder.open()
    try attach(write("a.png", InventedCapture.picture), in: book)
    _ = try book.rename([Self.listing: ListingKey("id:P/new")], at: noon)
    for key in [Self.listing, ListingKey("id:P/new")] {
      #expect(try book.attachments(of: key).count == 1)
      #expect(try book.listings(named: key.text) == [ListingKey("id:P/new")])
    }
    #expect(try attach(folder.path + "/a.png", in: book).wasThere)
  }

  @Test func aMissingOrChangedFileIsToldByNameAndHarmsNothingElse() throws {
    let book = try folder.open()
    try book.apply(.file(.confirmed, reason: nil, for: [Self.listing]), at: noon)
    let gone = try attach(write("gone.png", InventedCapture.picture), in: book).attachment.digest
    let changed = try attach(write("changed.txt", Array("some text".utf8)), in: book).attachment.digest
    let cut = try attach(write("cut.txt", Array("more text".utf8)), in: book).attachment.digest
    try attach(write("whole.txt", Array("whole".utf8)), in: book)
    unlink(book.evidence.path(of: gone))
    for (digest, text) in [(changed, "SOME text"), (cut, "")] {
      chmod(book.evidence.path(of: digest), 0o600)
      try Data(text.utf8).write(to: URL(fileURLWithPath: book.evidence.path(of: digest)))
    }
    let found = try book.inspectEvidence()
    #expect(found.files == 4 && found.problems.map(\.state) == [.missing, .changed, .changed])
    #expect(found.problems[0].clause.hasPrefix("gone.png, attached to id:P/1 by rk on 2026-11-18"))
    #expect(found.problems[1].clause.hasSuffix("has other bytes than were attached"))
    #expect(try book.inspect().isWhole && book.blockingError == nil)
    // The same file attached again mends what is stored.
    try attach(write("changed.txt", Array("some text".utf8)), in: book)
    #expect(try book.inspectEvidence().problems.count == 2)
  }

  @Test func whatIsNoFileOfTheCasebookIsToldApart() throws {
    let book = try folder.open()
    try attach(write("a.png", InventedCapture.picture), in: book)
    // As a kill in the midst of copying, or between copy and event, leaves them.
    _ = try book.evidence.take(write("b.txt", Array("never filed".utf8)))
    _ = FileManager.default.createFile(atPath: book.evidence.path + "/.partial-1", contents: Data([1]))
    let surplus = try book.inspectEvidence().surplus
    #expect(
      surplus.count == 2 && surplus[0] == ".partial-1" && surplus[1].hasSuffix(SHA256Digest(of: "never filed").hex))
    #expect(try book.inspectEvidence().problems == [])
  }

  // MARK: What is refused

  @Test func whatIsNoPlainFileIsRefusedInWords() throws {
    let book = try folder.open()
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    #expect(symlink("/etc/passwd", folder.path + "/link") == 0)
    for (path, words) in [
      (folder.path, "is a folder"), (folder.path + "/none", "is not there"),
      ("/dev/zero", "is a pipe, device or socket"),
      (folder.path + "/pipe", "is a pipe"), (folder.path + "/link", "is a link to /etc/passwd"),
      (try write("empty", []), "is empty"),
    ] {
      let error = #expect(throws: EvidenceFileError.self) { try book.evidence.take(path) }
      #expect(error?.sentence.contains(words) == true && error?.sentence.contains("Nothing was attached") == true)
    }
    #expect(try book.attachments().all == [])
    #expect(try book.inspectEvidence().surplus == [])
  }

  @Test func aFileBeyondTheLimitIsRefusedAndTheLimitIsNamed() throws {
    let book = try folder.open()
    let path = try write("large.bin", [1])
    #expect(truncate(path, (1 << 31) + 1) == 0)
    let error = #expect(throws: EvidenceFileError.self) { try book.evidence.take(path) }
    #expect(error?.sentence.contains("2147483648 is the most") == true)
  }

  @Test func aNameOfStrangeBytesIsOnlyText() throws {
    let book = try folder.open()
    let name = "=cmd\u{1B}[2J\u{202E}gnp.\u{7}象牙 %41;rm -rf.png"
    let done = try attach(write(name, InventedCapture.picture), in: book)
    #expect(done.attachment.originalName == name)
    #expect(try book.attachments(of: Self.listing)[0].attachment.originalName == name)
    let names = try FileManager.default.subpathsOfDirectory(atPath: book.evidence.path)
    #expect(names.allSatisfy { $0.utf8.allSatisfy { (0x2e...0x7a).contains($0) } })
  }

  @Test func aFaultyWebArchiveIsAttachedWithWhatIsWrong() throws {
    let book = try folder.open()
    let done = try attach(write("capture.wacz", InventedCapture.wacz(wrongBlockDigest: true)), in: book)
    #expect(done.attachment.mediaType == "application/wacz" && done.attachment.isFaulty)
    #expect(done.attachment.looked.contains("archive/data.warc.gz, record 2: its WARC-Block-Digest"))
    #expect(book.evidence.state(of: done.attachment.digest) == .whole)
  }

  // MARK: Merging and copying

  @Test func filesComeAlongWhenCasebooksAreMergedAndAMissingOneIsNamed() throws {
    let other = try CasebookFolder()
    let theirs = try other.open("mb")
    try attach(write("a.png", InventedCapture.picture), in: theirs)
    let lost = try attach(write("lost.txt", Array("lost".utf8)), in: theirs).attachment.digest
    unlink(theirs.evidence.path(of: lost))
    let mine = try folder.open()
    #expect(try mine.merge([theirs], at: noon).event != nil)
    let copied = try theirs.copyEvidence(toFolderOf: mine.path)
    #expect(copied.files == 1 && copied.problems.count == 1 && copied.problems[0].contains("lost.txt"))
    let merged = try mine.attachments(of: Self.listing)
    #expect(merged.map(\.analyst) == ["mb", "mb"] && merged.allSatisfy { $0.chain != nil })
    #expect(try mine.inspectEvidence().problems.map(\.attached.attachment.originalName) == ["lost.txt"])
    #expect(try mine.inspect().isWhole)
    // Again: nothing new, and a file that was put back comes now.
    _ = try theirs.evidence.take(folder.path + "/lost.txt")
    #expect(try mine.merge([theirs], at: noon).event == nil)
    #expect(try theirs.copyEvidence(toFolderOf: mine.path).files == 1)
    #expect(try mine.inspectEvidence().problems == [])
  }

  @Test func aBackupHasTheFilesToo() throws {
    let book = try folder.open()
    try attach(write("a.png", InventedCapture.picture), in: book)
    let target = folder.path + "/copy.casebook"
    _ = try book.backup(to: target)
    #expect(
      try book.copyEvidence(toFolderOf: target)
        == {
          var one = CopiedEvidence(); one.files = 1; return one
        }())
    try book.close()
    let copy = try Casebook.open(path: target, analyst: "rk", access: .reading)
    #expect(try copy.inspectEvidence().problems == [] && copy.inspectEvidence().files == 1)
  }

  @Test func aCasebookFromBeforeIsBroughtUpAndOneThatIsReadStaysAsItIs() throws {
    let book = try folder.open()
    try book.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    let before = try (book.events(), book.head())
    try book.close()
    try folder.tamper(
      "DROP TRIGGER attachment_names_its_file; DROP TRIGGER withdrawal_is_bound_to_an_attachment; "
        + "DROP INDEX event_of_evidence; DROP INDEX merged_event_of_evidence; "
        + "ALTER TABLE standing DROP COLUMN described; PRAGMA user_version = 8")
    let old = try folder.open("rk", .reading)
    #expect(try old.attachments(of: Self.listing) == [] && old.inspect().isWhole && old.inspectEvidence().files == 0)
    try old.close()
    let now = try folder.open()
    #expect(try now.events() == before.0 && now.head() == before.1 && now.inspect().isWhole)
    try attach(write("a.png", InventedCapture.picture), in: now)
    #expect(try now.inspect().isWhole)
  }

  @Test func attachmentsAreFoundByTheirIndex() throws {
    let book = try folder.open()
    try book.close()
    let plan = try folder.shell().read { db in
      try Row.fetchAll(
        db, sql: "EXPLAIN QUERY PLAN SELECT line FROM event WHERE action GLOB 'evidence.*' ORDER BY number"
      )
      .map { $0["detail"] as String }
    }
    #expect(plan.contains { $0.contains("event_of_evidence") }, "\(plan)")
  }
}
