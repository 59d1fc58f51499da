import CArchive
import Glibc
@testable import Intake
import Listings
import Synchronization
import Testing

/// Opening that nobody wants any more ends, wherever it is, and leaves nothing behind.
@Suite(.serialized) struct CancellingTests {
  enum Stage: String, CaseIterable, Codable, Sendable { case loading, unpacking, decoding, repairing, tabling }

  /// In a program of its own, whose temporary files are all of this opening.
  @Test(arguments: Stage.allCases) func cancellingEndsItAndLeavesNoTemporaryFile(stage: Stage) async {
    await #expect(processExitsWith: .success) { [stage = stage as Stage] in CancellingTests.cancel(stage) }
  }

  fileprivate static func cancel(_ stage: Stage) {
    let folder = InventedFolder()
    let path = file(for: stage, in: folder)
    var options = IntakeOptions(tables: InventedTables.tables)
    options.repairsEncoding = stage == .repairing
    options.maximumUnpackedBytes = 1 << 40
    let monitor = Monitor()
    let events = Mutex<(looks: Int, end: String?)>((0, nil))
    let opening = DatasetOpening.start(paths: [path], options: options) { event in
      monitor.withLock {
        events.withLock { events in
          switch event {
          case .progressed: events.looks += 1
          case .cancelled: events.end = "cancelled"
          case .finished: events.end = "finished"
          case .failed(let error): events.end = "\(error)"
          }
        }
        monitor.wakeAll()
      }
    }
    // The first look comes from the middle of the work.
    monitor.withLock { while events.withLock({ $0.looks == 0 && $0.end == nil }) { monitor.wait() } }
    opening.cancel()
    monitor.withLock { while events.withLock({ $0.end == nil }) { monitor.wait() } }
    #expect(events.withLock { $0.end } == "cancelled")
    // Temporary files have no names: what is left of them are descriptors and mappings. They go with the thread that
    // had them, which may end after it has said so.
    for _ in 0..<600 where temporaryFiles() > 0 { usleep(100_000) }
    #expect(temporaryFiles() == 0)
  }

  /// Descriptors and mappings of nameless temporary texts that this process holds.
  private static func temporaryFiles() -> Int {
    let maps = text(of: "/proc/self/maps")
    // Thousands of lines, none of which is looked at where there can be none.
    let mayHave = maps.withCString { strstr($0, "/linsang-") != nil }
    var count = mayHave ? maps.split(separator: "\n").count { isTemporary($0) } : 0
    guard let folder = opendir("/proc/self/fd") else { return count }
    defer { closedir(folder) }
    while let next = readdir(folder) {
      let name = withUnsafePointer(to: &next.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var target = [UInt8](repeating: 0, count: 4096)
      let length = target.withUnsafeMutableBytes {
        readlink("/proc/self/fd/\(name)", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
      }
      if length > 0, isTemporary(String(decoding: target[..<length], as: UTF8.self)) { count += 1 }
    }
    return count
  }

  private static func isTemporary(_ line: some StringProtocol) -> Bool {
    // `linsang-XXXXXX`; the folders of other tests have a word more.
    guard line.hasSuffix(" (deleted)"), let mark = line.utf8.firstRange(of: "/linsang-".utf8) else { return false }
    return line.utf8[mark.upperBound...].prefix { $0 != 0x20 && $0 != 0x2F }.count == 6
  }

  private static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Files that take a while

  private static func file(for stage: Stage, in folder: InventedFolder) -> String {
    switch stage {
    case .loading: return folder.write("a.csv", repeated(Array("ivory ring,5\n".utf8), to: 12 << 20))
    case .unpacking:
      // Packed members that follow each other are one text.
      let block = InventedArchive.bytes("gzip", [("", repeated(Array("ivory ring,5\n".utf8), to: 4 << 20))])
      return folder.write("a.csv.gz", repeated(block, to: 100 * block.count))
    case .decoding:
      let rows = InventedAdverts.encoded(
        InventedAdverts.table(InventedAdverts.titles[4].titles, rows: 200), .windows1251)
      return folder.write("a.csv", repeated(rows, to: 64 << 20))
    case .repairing:
      let row = Array("Peau de léopard très bon état;5\n".utf8).withUnsafeBytes {
        TextDecoding.text($0, .windows1252)?.utf8 ?? []
      }
      return folder.write("a.csv", Array("title;price\n".utf8) + repeated(row, to: 16 << 20))
    case .tabling:
      let rows: [[String?]] = [["title", "price"]] + (0..<60_000).map { ["ring \($0)", "\($0)"] }
      return folder.write("a.xlsx", InventedWorkbook(rows: rows).bytes)
    }
  }

  private static func repeated(_ bytes: [UInt8], to size: Int) -> [UInt8] {
    var all: [UInt8] = []
    all.reserveCapacity(size + bytes.count)
    while all.count < size { all += bytes }
    return all
  }
}
