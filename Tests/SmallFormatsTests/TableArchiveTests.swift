import SmallFormats
import Testing

/// What is put into an archive comes out of it in the same order, and nothing else is read.
struct TableArchiveTests {
  /// The bytes at an address that tables may lie at.
  private final class Bytes {
    let bytes: UnsafeMutableRawBufferPointer

    init(_ content: [UInt8]) {
      bytes = .allocate(byteCount: max(16, content.count), alignment: 16)
      bytes.copyBytes(from: content)
      count = content.count
    }

    let count: Int
    var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<count]) }
    deinit { bytes.deallocate() }
  }

  private func reader(_ content: [UInt8]) throws -> ArchiveReader {
    let bytes = Bytes(content)
    return try ArchiveReader(bytes.raw, owner: bytes)
  }

  private var archive: [UInt8] {
    var writer = ArchiveWriter()
    writer.put(-7)
    writer.put("ngà voi")
    writer.put(["a", "", "a"])
    writer.put(table: [1, 2, 3] as [UInt16])
    writer.put([10, 20]) { $0.put($1) }
    writer.put(table: [] as [UInt64])
    writer.put("last")
    return writer.finished()
  }

  @Test func whatIsPutComesOut() throws {
    var reader = try reader(archive)
    #expect(try reader.number() == -7)
    #expect(try reader.text() == "ngà voi")
    #expect(try reader.textList() == ["a", "", "a"])
    #expect(try Array(reader.table(of: UInt16.self)) == [1, 2, 3])
    #expect(try reader.list { (reader) throws(ArchiveError) in try reader.number() } == [10, 20])
    #expect(try reader.table(of: UInt64.self).isEmpty)
    #expect(try reader.text() == "last")
    #expect(throws: ArchiveError.self) { try reader.number() }
  }

  @Test func equivalentTextsKeepTheirBytes() throws {
    var writer = ArchiveWriter()
    writer.put("\u{E9}")
    writer.put("e\u{301}")
    var reader = try reader(writer.finished())
    #expect(try Array(reader.text().utf8) == Array("\u{E9}".utf8))
    #expect(try Array(reader.text().utf8) == Array("e\u{301}".utf8))
  }

  @Test func aShorterArchiveIsDamaged() throws {
    let whole = archive
    for length in 0..<whole.count {
      #expect(throws: ArchiveError.self) {
        var reader = try reader(Array(whole.prefix(length)))
        _ = try reader.number()
        _ = try reader.text()
        _ = try reader.textList()
        _ = try reader.table(of: UInt16.self)
        _ = try reader.list { (reader) throws(ArchiveError) in try reader.number() }
        _ = try reader.table(of: UInt64.self)
        _ = try reader.text()
      }
    }
  }

  @Test func aTableOfAnotherElementIsDamaged() throws {
    var writer = ArchiveWriter()
    writer.put(table: [1, 2] as [UInt32])
    var reader = try reader(writer.finished())
    #expect(throws: ArchiveError.self) { try reader.table(of: UInt64.self) }
  }
}
