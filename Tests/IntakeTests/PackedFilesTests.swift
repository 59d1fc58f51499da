import CArchive
import Glibc
@testable import Intake
import Listings
import ListingsTestSupport
import Testing

/// Writes small archives.
enum InventedArchive {
  /// A zip or tar of named files, or, with one name "", a packed stream.
  static func bytes(_ form: String, _ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    let room = 1 << 20
    var out = [UInt8](repeating: 0, count: members.reduce(room) { $0 + 2 * $1.bytes.count })
    var used = 0
    let archive = archive_write_new()
    switch form {
    case "zip": archive_write_set_format_zip(archive)
    case "tar.gz":
      archive_write_set_format_ustar(archive)
      archive_write_add_filter_gzip(archive)
    default:
      archive_write_set_format_raw(archive)
      archive_write_add_filter_by_name(archive, form)
    }
    archive_write_open_memory(archive, &out, out.count, &used)
    for member in members {
      let entry = archive_entry_new()
      archive_entry_set_pathname(entry, member.name.isEmpty ? "text" : member.name)
      archive_entry_set_size(entry, Int64(member.bytes.count))
      archive_entry_set_filetype(entry, 0o100000)
      archive_entry_set_perm(entry, 0o600)
      archive_write_header(archive, entry)
      _ = member.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      archive_entry_free(entry)
    }
    archive_write_close(archive)
    archive_write_free(archive)
    return Array(out[..<used])
  }
}

@Suite struct PackedFilesTests {
  private static let table = Array("title,price\n象牙,5\nivory,6\n".utf8)

  @Test(arguments: ["gzip", "zstd", "bzip2", "xz"])
  func aPackedTextIsReadWhateverItsName(_ form: String) throws {
    let packed = InventedArchive.bytes(form, [("", Self.table)])
    let (dataset, problems) = try DatasetOpening.open(packed)
    #expect(problems.isEmpty)
    #expect(dataset.text(of: .title, at: 0) == "象牙")
    let source = dataset.sources[0]
    #expect(source.reader.conversions.map(\.kind) == [.unpacked])
    #expect(Array(source.reader.originalBytes) == packed)
    #expect(source.byteCount == packed.count)
  }

  @Test(arguments: ["zip", "tar.gz"])
  func membersOfAnArchiveAreFilesOfTheirOwn(_ form: String) throws {
    let russian = InventedAdverts.titles[4].titles
    let packed = InventedArchive.bytes(
      form,
      [
        ("monday.csv", Self.table), ("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0]), ("__MACOSX/monday.csv", [1, 2]),
        ("ru/tuesday.csv", InventedAdverts.encoded(InventedAdverts.table(russian, rows: 40), .windows1251)),
        ("wednesday.csv.gz", InventedArchive.bytes("gzip", [("", Self.table)])),
      ])
    let folder = InventedFolder()
    let path = folder.write("week.zip", packed)
    let (dataset, problems) = try DatasetOpening.open(
      paths: [path], options: IntakeOptions(tables: InventedTables.tables))
    #expect(
      dataset.sources.map(\.name) == ["monday.csv", "ru/tuesday.csv", "wednesday.csv.gz"].map { "\(path) » \($0)" })
    #expect(dataset.sources.map(\.rows.count) == [2, 40, 2])
    #expect(dataset.sources.allSatisfy { $0.path == path })
    #expect(dataset.sources[1].reader.conversions.map(\.kind) == [.unpacked, .decoded])
    #expect(problems.kept.map(\.what) == [.leftOut(.notText(path: "\(path) » photo.jpg", kind: "a JPEG picture"))])
  }

  @Test(arguments: ["zip", "tar.gz"])
  func aMemberThatIsNotReadIsNamedAndCostsNoOther(_ form: String) throws {
    let names = [
      "../outside.csv", "/absolute.csv", "a/../../b.csv", "c:\\week.csv", "..\\up.csv", ".hidden.csv", ".folder/a.csv",
    ]
    let folder = InventedFolder()
    let packed = InventedArchive.bytes(
      form, names.map { ($0, Self.table) } + [("__MACOSX/a.csv", [1]), (".DS_Store", [2]), ("./good.csv", Self.table)])
    let path = folder.write("week.zip", packed)
    let (dataset, problems) = try DatasetOpening.open(
      paths: [path], options: IntakeOptions(tables: InventedTables.tables))
    #expect(dataset.sources.count == 1 && dataset.rowCount == 2)
    // Zip files that say that DOS made them have their backslashes read as slashes.
    let read = names.map { form == "zip" ? $0.replacing("\\", with: "/") : $0 }
    #expect(
      problems.kept.map(\.what)
        == read.enumerated().map { number, name in
          .leftOut(.memberRefused(path: "\(path) » \(name)", number < 5 ? .leadsOutside : .isHidden))
        })
    let alone = folder.write("alone.zip", InventedArchive.bytes(form, [("../a.csv", Self.table)]))
    #expect(throws: IntakeError.memberRefused(path: "\(alone) » ../a.csv", .leadsOutside)) {
      try DatasetOpening.open(paths: [alone], options: IntakeOptions(tables: InventedTables.tables))
    }
  }

  @Test func aPackedTextThatBreaksOffKeepsItsFirstListings() throws {
    var random = Dice(seed: 5)
    let rows = (0..<20_000).map { _ in "ivory \(UInt64.random(in: 0...UInt64.max, using: &random)),5\n" }
    let packed = InventedArchive.bytes("gzip", [("", Array(("title,price\n" + rows.joined()).utf8))])
    let (dataset, problems) = try DatasetOpening.open(Array(packed[..<(packed.count / 2)]))
    #expect((5_000..<15_000).contains(dataset.rowCount))
    #expect(problems.count(of: .endsEarly) == 1)
  }

  @Test func aBombEndsInASentence() throws {
    let folder = InventedFolder()
    let path = folder.write("a.gz", InventedArchive.bytes("gzip", [("", Array(repeating: 0x61, count: 1 << 20))]))
    var options = IntakeOptions(tables: InventedTables.tables)
    options.maximumUnpackedBytes = 1 << 18
    #expect(throws: IntakeError.self) { try DatasetOpening.open(paths: [path], options: options) }
    do throws(IntakeError) { _ = try DatasetOpening.open(paths: [path], options: options) } catch {
      #expect(error.description.contains("nothing was left on the disk"))
    }
    #expect(UnpackingLimit(packed: 42_000, free: 1 << 40).byteCount == 1 << 28)
    #expect(UnpackingLimit(packed: 1 << 30, free: 1 << 30).byteCount == 1 << 29)
  }

  @Test func brokenArchivesNeverDoMoreThanSaySo() throws {
    let whole = [
      InventedArchive.bytes("zip", [("a.csv", Self.table), ("b.csv", Self.table)]),
      InventedArchive.bytes("gzip", [("", Self.table)]), InventedArchive.bytes("tar.gz", [("a.csv", Self.table)]),
    ]
    var random = Dice(seed: 11)
    for round in 0..<150 {
      var bytes = whole[round % whole.count]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 3..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      if round % 4 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count - 4, using: &random)) }
      do { _ = try DatasetOpening.open(bytes) } catch is IntakeError {}
    }
  }

  @Test func whatIsAboutTheFilesOfAFolderIsNoListing() throws {
    let folder = InventedFolder()
    let about = folder.write("SOURCE.md", Array("# Where this is from\n- Licence: CC0\n".utf8))
    _ = folder.write("a.csv", Self.table)
    let options = IntakeOptions(tables: InventedTables.tables)
    let (dataset, problems) = try DatasetOpening.open(paths: [folder.path], options: options)
    #expect(dataset.sources.map(\.name) == ["\(folder.path)/a.csv"])
    #expect(problems.kept.map(\.what) == [.leftOut(.aboutTheFiles(path: about))])
    // Named by itself it is opened.
    let (named, _) = try DatasetOpening.open(paths: [about], options: options)
    #expect(named.rowCount > 0)
  }

  @Test func aFolderGivesAllItsReadableFilesInOrder() throws {
    let folder = InventedFolder()
    for name in ["b.csv", "a.csv", ".hidden.csv"] { _ = folder.write(name, Self.table) }
    let picture = folder.write("c.png", [0x89, 0x50, 0x4E, 0x47])
    mkfifo("\(folder.path)/pipe", 0o600)
    let (dataset, problems) = try DatasetOpening.open(
      paths: [folder.path], options: IntakeOptions(tables: InventedTables.tables))
    #expect(dataset.sources.map(\.name) == ["a.csv", "b.csv"].map { "\(folder.path)/\($0)" })
    #expect(
      problems.kept.map(\.what) == [
        .leftOut(.notAFile(path: "\(folder.path)/pipe")), .leftOut(.notText(path: picture, kind: "a PNG picture")),
      ])
  }
}
