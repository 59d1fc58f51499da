@testable import CaseStore
import Casework
import GRDB
import Listings
import Testing

@Suite struct DiskFullTests {
  @Test func aFullDiskIsSaidAndNothingIsHalfWritten() throws {
    let folder = try CasebookFolder()
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...100)), at: noon)
    try casebook.database.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 20)")
    }
    let before = try casebook.head()
    let statuses = try casebook.statuses()
    let error = casebookError { try casebook.apply(.file(.unsure, reason: nil, for: keys(1...5000)), at: noon) }
    #expect(error == .full(path: folder.casebookPath))
    #expect(try casebook.head() == before)
    #expect(try casebook.statuses() == statuses)
    #expect(try casebook.history().nextUndo?.sentence == "100 listings confirmed")
    #expect(try casebook.verify(knownHead: before) == .whole(before))

    // With room again, the same act goes through.
    try casebook.database.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA max_page_count = 1000000") }
    try casebook.apply(.file(.unsure, reason: nil, for: keys(1...5000)), at: noon)
    #expect(try casebook.counts()[.unsure] == 5000)
    #expect(try casebook.verify().isWhole)
  }
}
