import CaseStore
import Casework
import Foundation
import Listings
import Testing

/// What other processes do to the file: each child is this test program started anew.
@Suite(.serialized) struct SuddenDeathTests {
  /// The child files verdicts one by one and notes each only after it was reported saved; a second thread kills it
  /// with SIGKILL at a moment nobody chose.
  @Test func nothingThatWasReportedSavedIsLostByKillNine() async throws {
    let folder = try CasebookFolder()
    let path = folder.casebookPath
    var total = 0
    for _ in 0..<4 {
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
        let casebook = try Casebook.open(path: path, analyst: "rk", clock: { noon })
        let reported = open(path + ".reported", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let delay = UInt32.random(in: 0...100_000)
        let first = try casebook.head().sequence
        var number = first
        while true {
          // Armed only after the first report, so that a slow machine has something to lose too.
          if number == first + 1 {
            Thread.detachNewThread {
              usleep(delay)
              kill(getpid(), SIGKILL)
            }
          }
          number += 1
          let applied = try casebook.apply(
            .file(.confirmed, reason: nil, for: keys(number * 3...number * 3 + 2)), at: noon)
          let line = "\(applied.events.upperBound) \(try casebook.head().hash)\n"
          _ = line.withCString { write(reported, $0, strlen($0)) }
        }
      }
      let reported = try String(contentsOfFile: path + ".reported", encoding: .utf8)
        .split(separator: "\n").compactMap { line -> ChainHead? in
          let parts = line.split(separator: " ")
          return parts.count == 2 ? Int(parts[0]).map { ChainHead(sequence: $0, hash: String(parts[1])) } : nil
        }
      #expect(reported.count > total)
      total = reported.count
      let casebook = try folder.open()
      for head in [reported.first, reported.last].compactMap({ $0 }) {
        #expect(try casebook.verify(knownHead: head).isWhole)
      }
      // Acts are whole: three listings each.
      #expect(try casebook.standings().count % 3 == 0)
      try casebook.close()
    }
  }

  /// Killed while it makes the file, at moments spread over the whole of the making.
  @Test func aCasebookWhoseMakingWasKilledCanBeMadeAgain() async throws {
    for delay in [200, 2000, 4000, 6000, 9000] as [UInt32] {
      let folder = try CasebookFolder()
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = folder.casebookPath as String, delay = delay as UInt32] in
        Thread.detachNewThread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        while true {
          let casebook = try Casebook.open(path: path, analyst: "rk", clock: { noon })
          try casebook.close()
          for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
        }
      }
      let casebook = try folder.open()
      try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
      #expect(try casebook.verify().isWhole)
    }
  }

  @Test func twoProgramsThatFileAtOnceMakeOneWholeChain() async throws {
    let folder = try CasebookFolder()
    await withTaskGroup(of: Void.self) { group in
      for analyst in ["rk", "mb"] {
        group.addTask { [path = folder.casebookPath] in
          await #expect(processExitsWith: .success) { [path = path as String, analyst = analyst as String] in
            // Both may be the first to open the file: one makes it, the other waits.
            let casebook = try Casebook.open(path: path, analyst: analyst, clock: { noon })
            for number in 1...50 {
              try casebook.apply(.file(.confirmed, reason: nil, for: keys(number...number + 3)), at: noon)
              if number % 5 == 0 { try casebook.undo(at: noon) }
            }
          }
        }
      }
    }
    let casebook = try folder.open("rk")
    #expect(try casebook.verify().isWhole)
    let events = try casebook.events()
    #expect(events.count { $0.action == .createCasebook } == 1)
    #expect(events.count { $0.action == .undo } == 20)
    #expect(Set(events.map(\.analyst)) == ["rk", "mb"])
    #expect(
      Standings(replaying: events).byKey.mapValues(\.standing) == (try casebook.standings()).mapValues(\.standing))
  }

  /// The superuser may write anywhere, so the child first becomes nobody.
  @Test func whereNothingMayBeWrittenItIsSaidAndNothingIsMade() async throws {
    let folder = try CasebookFolder()
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    try casebook.close()
    chmod(folder.casebookPath, 0o444)
    chmod(folder.path, 0o555)
    defer { chmod(folder.path, 0o755) }
    await #expect(processExitsWith: .success) { [folder = folder.path as String] in
      if getuid() == 0 { setuid(65534) }
      let path = folder + "/week47.casebook"
      guard casebookError({ _ = try Casebook.open(path: path, analyst: "rk") }) == .readOnly(path: path) else {
        exit(2)
      }
      let new = folder + "/deeper/new.casebook"
      guard case .cannotCreate(new, _)? = casebookError({ _ = try Casebook.open(path: new, analyst: "rk") }) else {
        exit(3)
      }
      guard casebookError({ _ = try Casebook.open(path: folder + "/new.casebook", analyst: "rk") }) != nil else {
        exit(4)
      }
      let reader = try Casebook.open(path: path, analyst: "rk", access: .reading)
      guard try reader.verify().isWhole, try reader.counts()[.confirmed] == 3 else { exit(5) }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["week47.casebook"])
  }
}
