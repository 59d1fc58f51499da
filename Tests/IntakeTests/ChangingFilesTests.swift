import Glibc
@testable import Intake
import Listings
import Testing

/// Files that somebody changes while they are open.
@Suite struct ChangingFilesTests {
  @Test func theLostPartOfACutFileReadsAsZerosAndIsTold() throws {
    let folder = InventedFolder()
    let path = folder.write("a.csv", Array(repeating: UInt8(ascii: "a"), count: 1 << 20))
    let file = try MappedFile(path: path)
    #expect(file.bytes[file.byteCount - 1] == UInt8(ascii: "a"))
    #expect(!file.wasCut)
    truncate(path, 4096)
    #expect(file.change == .cut(bytes: (1 << 20) - 4096))
    #expect(file.bytes[0] == UInt8(ascii: "a"))
    #expect(file.bytes[1 << 19] == 0)
    #expect(file.bytes[file.byteCount - 1] == 0)
    #expect(file.wasCut)
  }

  @Test func aFileCutBeforeItsEndIsReadIsAProblem() throws {
    let folder = InventedFolder()
    let path = folder.write("a.csv", "title,price\n" + String(repeating: "ivory,5\n", count: 50_000))
    let options = IntakeOptions(tables: InventedTables.tables)
    let opening = FileOpening(options: options, progress: .ignored)
    try opening.open([path])
    truncate(path, 8192)
    #expect(opening.texts[0].original.change?.isHarmful == true)
    #expect(opening.texts[0].bytes.last == 0)
    #expect(opening.texts[0].original.wasCut)
  }

  @Test func aFileThatGrowsKeepsItsFirstPart() throws {
    let folder = InventedFolder()
    let path = folder.write("a.csv", "title\na\n")
    let file = try MappedFile(path: path)
    let end = fopen(path, "a")
    fputs("b\n", end)
    fclose(end)
    #expect(file.change == .grew(bytes: 2))
    #expect(file.byteCount == 8)
    // Another file under the same name is none of ours, and does ours no harm.
    rename(folder.write("new.csv", "title\n"), path)
    #expect(file.change == .replaced)
    unlink(path)
    #expect(file.change == .gone)
    #expect(Array(file.bytes) == Array("title\na\n".utf8))
  }
}
