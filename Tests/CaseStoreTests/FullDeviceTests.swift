import CaseStore
import Casework
import Foundation
import Listings
import Synchronization
import Testing

/// A device of its own that runs full: a file system in memory, of two megabytes.
private final class SmallDevice: Sendable {
  let path: String

  static let isAvailable: Bool = {
    guard getuid() == 0, let device = try? SmallDevice() else { return false }
    return device.isMounted
  }()

  let isMounted: Bool

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/small-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    isMounted = mount("tmpfs", path, "tmpfs", 0, "size=2m") == 0
  }

  deinit {
    if isMounted { umount2(path, Int32(MNT_DETACH)) }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Takes all the room there is.
  func fill() {
    // Not handed on to programs that other tests start meanwhile: they would keep the room when it is unlinked.
    let file = Glibc.open(path + "/ballast", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 1, count: 4096)
    while write(file, block, block.count) > 0 {}
  }

  func makeRoom() { unlink(path + "/ballast") }
}

@Suite(.serialized, .enabled(if: SmallDevice.isAvailable, "only root may mount a small file system"))
struct FullDeviceTests {
  private final class Answers: Sendable { let all = Mutex<[Result<Applied, FilingError>]>([]) }

  @Test func nothingIsCalledSavedOnAFullDeviceAndAllOfItIsKeptElsewhere() throws {
    let device = try SmallDevice()
    let elsewhere = try CasebookFolder()
    let path = device.path + "/ivory.casebook"
    let queue = FilingQueue(
      try Casebook.open(path: path, analyst: "rk", clock: { noon }), rescueFolders: [elsewhere.path])
    let answers = Answers()
    func file(_ numbers: ClosedRange<Int>) {
      for number in numbers {
        queue.submit(.file(.confirmed, reason: nil, for: keys(number...number)), at: noon) { result in
          answers.all.withLock { $0.append(result) }
        }
      }
      queue.drain()
    }
    file(1...5)
    device.fill()
    file(6...40)
    device.makeRoom()
    file(41...45)
    let results = answers.all.withLock { $0 }
    #expect(results.count == 45)
    let saved = Set(results.indices.filter { (try? results[$0].get()) != nil }.map { $0 + 1 })
    #expect(saved.isSuperset(of: 1...5) && saved.isSuperset(of: 41...45))
    let refused = Set(1...45).subtracting(saved)
    #expect(!refused.isEmpty)
    let end = try #require(queue.finish())
    #expect(end.unsaved == refused.map { keys($0...$0)[0] }.sorted())
    // Not some failure of the disk.
    #expect(end.error == .full(path: path))
    guard case .inFile(let file)? = end.kept else {
      Issue.record("\(end)")
      return
    }
    let rescue = try #require(Rescue(text: try String(contentsOfFile: file, encoding: .utf8)))
    let book = try Casebook.open(path: path, analyst: "rk")
    #expect(Set(try book.statuses().keys) == Set(saved.map { keys($0...$0)[0] }))
    #expect(try book.verify().isWhole)
    // The folder had room again, and so has the casebook.
    try book.file(rescue.decisions, from: rescue.source, at: noon)
    #expect(try book.counts()[.confirmed] == 45)
  }

  /// Not even the log's index has room, without which SQLite opens nothing.
  @Test func whereThereIsNoRoomToOpenACasebookItIsSaid() throws {
    let device = try SmallDevice()
    let path = device.path + "/ivory.casebook"
    let book = try Casebook.open(path: path, analyst: "rk", clock: { noon })
    try book.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    try book.close()
    device.fill()
    for access in [Casebook.Access.writing, .reading] {
      #expect(casebookError { _ = try Casebook.open(path: path, analyst: "rk", access: access) } == .full(path: path))
    }
    let new = device.path + "/new.casebook"
    #expect(casebookError { _ = try Casebook.open(path: new, analyst: "rk") } == .full(path: new))
    device.makeRoom()
    for name in [path, new] {
      let again = try Casebook.open(path: name, analyst: "rk")
      try again.apply(.file(.unsure, reason: nil, for: keys(4...4)), at: noon)
      #expect(try again.verify().isWhole)
    }
  }

  /// A device that its owner turned off for writing while the casebook was open.
  @Test func aDeviceThatMayNoLongerBeWrittenToIsSaid() throws {
    let device = try SmallDevice()
    let path = device.path + "/ivory.casebook"
    let book = try Casebook.open(path: path, analyst: "rk", clock: { noon })
    try book.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    try book.close()
    guard mount("tmpfs", device.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), "size=2m") == 0 else {
      return
    }
    #expect(casebookError { _ = try Casebook.open(path: path, analyst: "rk") } == .readOnly(path: path))
    let reader = try Casebook.open(path: path, analyst: "rk", access: .reading)
    #expect(try reader.verify().isWhole)
  }
}
