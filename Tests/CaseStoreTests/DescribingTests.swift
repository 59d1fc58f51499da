import Foundation
import GRDB
import Listings
import Testing

@testable import CaseStore
@testable import Casework

/// Descriptions on disk: with the statuses, by the events.
@Suite struct DescribingTests {
  let folder: CasebookFolder
  private var key: ListingKey { keys(1...1)[0] }

  init() throws { folder = try CasebookFolder() }

  private func species(_ value: String?) -> [DescriptionChange] { [DescriptionChange(.species, value)] }

  @Test func whatWasStatedIsThereWithWhoStatedIt() throws {
    let (rk, mb) = (try folder.open("rk"), try folder.open("mb"))
    let applied = try rk.apply(
      .describe([DescriptionChange(.species, "probable"), DescriptionChange(.quantity, "12 KIL")], for: keys(1...2)),
      at: noon)
    #expect(applied.statuses.count == 2 && applied.decisions.count == 4)
    try mb.apply(.describe(species("certain"), for: [key]), at: noon)
    let status = try #require(try rk.statuses()[key]).status
    #expect(status.description[.species] == Described("certain", by: "mb"))
    #expect(status.description[.quantity] == Described("12 KIL", by: "rk"))
    #expect(try rk.refresh(since: applied.events.upperBound).statuses[key]?.status == status)
    #expect(try rk.ownStatuses()[key]?.status.description[.species] == Described("probable", by: "rk"))
    #expect(try rk.lines(for: [key]).count == 3)
    #expect(try rk.counts().reviewed == 0)
    try rk.close()
    #expect(try folder.open("rk").statuses()[key]?.status == status)
    let inspection = try mb.inspect()
    #expect(inspection.isWhole, "\(inspection.findings.map(\.sentence))")
  }

  @Test func undoSaysWhatItTookBackAndLeavesAColleaguesWord() throws {
    let (rk, mb) = (try folder.open("rk"), try folder.open("mb"))
    #expect(
      try rk.apply(.describe(species("possible"), for: keys(1...3)), at: noon).sentence
        == "3 listings: species possible")
    try mb.apply(.describe(species(nil), for: [key]), at: noon)
    let undone = try rk.undo(at: noon)
    #expect(undone.sentence == "undid: 2 listings: species possible; 1 kept: decided again since")
    #expect(undone.left == [key])
    #expect(try rk.statuses().values.allSatisfy { $0.status.description.isEmpty })
    #expect(try rk.redo(at: noon).sentence.hasPrefix("redid: "))
    #expect(try rk.inspect().isWhole)
  }

  @Test(arguments: [
    "UPDATE standing SET described = '{\"species\":[\"certain\",\"rk\"]}'", "UPDATE standing SET described = NULL",
    "UPDATE standing SET described = '{\"species\":[\"possible\",\"mb\"]}'",
  ])
  func aTamperedDescriptionShows(_ sql: String) throws {
    let book = try folder.open()
    try book.apply(.describe(species("possible"), for: [key]), at: noon)
    try book.close()
    try folder.tamper(sql)
    let findings = try folder.open("rk", .reading).inspect().findings.map(\.sentence)
    #expect(findings.count == 1 && findings[0].contains("column described"), "\(findings)")
  }

  @Test func aCasebookFromBeforeIsReadAsItIsAndTakenOver() throws {
    let book = try folder.open()
    try book.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    let before = try book.events()
    try book.close()
    try folder.tamper("ALTER TABLE standing DROP COLUMN described; PRAGMA user_version = 9")
    let old = try folder.open("rk", .reading)
    #expect(try old.statuses()[key]?.status == ReviewStatus(verdict: .confirmed))
    #expect(try old.inspect().isWhole)
    try old.close()
    let now = try folder.open()
    try now.apply(.describe(species("certain"), for: [key]), at: noon)
    #expect(try now.events().dropLast() == before[...])
    #expect(try now.inspect().isWhole)
    #expect(try folder.shell().read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == Schema.version)
  }

  @Test func casebooksOfPeopleApartBecomeOneAspectByAspect() throws {
    func open(_ name: String, _ analyst: String) throws -> Casebook {
      try Casebook.open(path: "\(folder.path)/\(name).casebook", analyst: analyst, clock: { noon }, patience: 5)
    }
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    try mine.apply(
      .describe([DescriptionChange(.species, "possible"), DescriptionChange(.offer, "covert")], for: [key]),
      at: "2026-11-18T12:00:01Z")
    try theirs.apply(
      .describe([DescriptionChange(.species, "certain"), DescriptionChange(.grading, "B2")], for: [key]),
      at: "2026-11-18T12:00:02Z")
    #expect(try mine.merge([theirs], at: "2026-11-18T12:00:03Z").changed == 1)
    let expected: [Aspect: Described] = [
      .species: Described("certain", by: "ben"), .offer: Described("covert", by: "ana"),
      .grading: Described("B2", by: "ben"),
    ]
    #expect(try mine.statuses()[key]?.status.description.stated == expected)
    // What came by merging is left alone by undo.
    let undone = try mine.undo(at: "2026-11-18T12:00:04Z")
    #expect(undone.left == [key])
    #expect(try mine.statuses()[key]?.status.description[.species]?.value == "certain")
    #expect(try mine.inspect().isWhole)
    let history = try mine.history(of: key)
    let inForce = try #require(try mine.verdictsInForce()).descriptions(of: key, history)
    #expect(inForce[.species]?.opinion.analyst == "ben" && inForce[.grading]?.opinion.event == 3)
  }

  @Test func whatALostCasebookHeldIsRescuedAspectByAspect() throws {
    let elsewhere = try CasebookFolder()
    let queue = FilingQueue(try folder.open(), rescueFolders: [elsewhere.path])
    func file(_ change: Change) { queue.submit(change, at: noon) { _ in } }
    file(.describe([DescriptionChange(.species, "possible"), DescriptionChange(.offer, "covert")], for: [key]))
    queue.drain()
    unlink(folder.casebookPath)
    file(.describe([DescriptionChange(.species, "certain")], for: [key]))
    file(.write(note: "x", for: key))
    queue.drain()
    let path = elsewhere.path + "/new.casebook"
    queue.rescue(into: path, at: noon) { _ in }
    queue.drain()
    #expect(queue.finish() == nil)
    let book = try Casebook.open(path: path, analyst: "v", access: .reading)
    let status = try #require(try book.statuses()[key]).status
    #expect(status.description.values == [.species: "certain", .offer: "covert"] && status.note == "x")
    #expect(try book.inspect().isWhole)
  }
}
