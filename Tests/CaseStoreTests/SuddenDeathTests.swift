import CaseStore
import Casework
import Foundation
import Listings
import Synchronization
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
      #expect(try casebook.statuses().count % 3 == 0)
      try casebook.close()
    }
  }

  /// As a dashboard files, through the queue and with its log folded in again and again, killed 300 times: whatever was
  /// shown as saved is in the casebook, or, where the casebook was taken away, in a rescue file.
  @Test func threeHundredKillsLoseNothingThatWasShownAsSaved() async throws {
    let folder = try CasebookFolder()
    for round in 0..<30 {
      await withTaskGroup(of: Void.self) { group in
        // Ten at a time would take turns with each other; each has its own casebook.
        for lane in 0..<10 {
          group.addTask { [path = folder.path + "/lane\(lane).casebook", round] in
            await Self.fileUntilKilled(path, round)
          }
        }
      }
    }
    for lane in 0..<10 {
      let path = folder.path + "/lane\(lane).casebook"
      let casebook = try Casebook.open(path: path, analyst: "rk")
      #expect(casebook.blockingError == nil)
      #expect(try casebook.verify().isWhole)
      let statuses = try casebook.statuses()
      let shown = try String(contentsOfFile: path + ".shown", encoding: .utf8).split(separator: "\n")
      #expect(shown.count >= 30)
      for line in shown {
        let parts = line.split(separator: " ")
        guard parts.count == 2, let number = Int(parts[0]) else { continue }
        #expect(statuses[keys(number...number)[0]]?.status.verdict?.rawValue == String(parts[1]))
      }
    }
  }

  private static func fileUntilKilled(_ path: String, _ round: Int) async {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, round = round as Int] in
      let queue = FilingQueue(try Casebook.open(path: path, analyst: "rk", clock: { noon }))
      let shown = open(path + ".shown", O_WRONLY | O_CREAT | O_APPEND, 0o600)
      let delay = UInt32.random(in: 0...30_000)
      for number in 0... {
        let key = round * 100_000 + number
        let verdict = Verdict.allCases[number % 3]
        queue.submit(.file(verdict, reason: nil, for: keys(key...key)), at: noon) { result in
          guard (try? result.get()) != nil else { return }
          let line = "\(key) \(verdict.rawValue)\n"
          _ = line.withCString { write(shown, $0, strlen($0)) }
        }
        if number % 5 == 4 { queue.check(folding: true) }
        if number % 3 == 2 { queue.drain() }
        // Armed only after the first report, so that a slow machine has something to lose too.
        if number == 2 {
          Thread.detachNewThread {
            usleep(delay)
            kill(getpid(), SIGKILL)
          }
        }
      }
    }
  }

  /// Killed at any moment after the casebook was taken away, what was shown as saved before is in the rescue file as
  /// soon as the loss was said.
  @Test func killsAfterALossLoseNothingThatWasSaidToBeKept() async throws {
    let folder = try CasebookFolder()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask { [path = folder.path + "/book\(number).casebook"] in
          await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let queue = FilingQueue(try Casebook.open(path: path, analyst: "rk", clock: { noon }))
            let said = open(path + ".said", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            for number in 1... {
              queue.submit(.file(.confirmed, reason: nil, for: keys(number...number)), at: noon) { result in
                guard case .failure(let refusal) = result, case .inFile(let file)? = refusal.kept else { return }
                let line = "\(number) \(file)\n"
                _ = line.withCString { write(said, $0, strlen($0)) }
              }
              if number % 3 == 2 { queue.drain() }
              if number == 10 {
                unlink(path)
                Thread.detachNewThread {
                  while FileManager.default.contents(atPath: path + ".said")?.isEmpty ?? true { usleep(100) }
                  usleep(UInt32.random(in: 0...5_000))
                  kill(getpid(), SIGKILL)
                }
              }
            }
          }
        }
      }
    }
    for number in 0..<20 {
      let path = folder.path + "/book\(number).casebook"
      let lines = try String(contentsOfFile: path + ".said", encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: " ", maxSplits: 1) }.filter { $0.count == 2 }
      let file = try #require(lines.first.map { String($0[1]) })
      let rescue = try #require(Rescue(text: try String(contentsOfFile: file, encoding: .utf8)))
      let kept = Set(rescue.decisions.map(\.decision.key))
      // The ninth and tenth may still wait in the queue when the program dies.
      #expect(kept.isSuperset(of: keys(1...8)))
      #expect(lines.allSatisfy { Int($0[0]).map { kept.contains(keys($0...$0)[0]) } == true })
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
            let casebook = try insist { try Casebook.open(path: path, analyst: analyst, clock: { noon }) }
            for number in 1...50 {
              _ = try insist {
                try casebook.apply(.file(.confirmed, reason: nil, for: keys(number...number + 3)), at: noon)
              }
              if number % 5 == 0 { _ = try insist { try casebook.undo(at: noon) } }
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
      ReviewStatuses(replaying: events).byKey.mapValues(\.status) == (try casebook.statuses()).mapValues(\.status))
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

  /// The superuser may write anywhere, so the child first becomes nobody. Files that are open stay open for writing, so
  /// that what is filed is saved; a casebook that is opened thereafter is read only.
  @Test func aCasebookWhoseFolderIsClosedForWritingWhileItIsOpenSavesOrSaysSo() async throws {
    let folder = try CasebookFolder()
    await #expect(processExitsWith: .success) { [folder = folder.path as String] in
      chmod(folder, 0o777)
      if getuid() == 0 { setuid(65534) }
      let path = folder + "/mine.casebook"
      let casebook = try Casebook.open(path: path, analyst: "rk", clock: { noon })
      try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
      chmod(path, 0o444)
      try casebook.apply(.file(.unsure, reason: nil, for: keys(4...4)), at: noon)
      guard casebookError({ _ = try Casebook.open(path: path, analyst: "mb") }) == .readOnly(path: path) else {
        exit(2)
      }
      let reader = try Casebook.open(path: path, analyst: "mb", access: .reading)
      guard try reader.statuses().count == 4, try reader.verify().isWhole else { exit(3) }
      try casebook.apply(.file(.unsure, reason: nil, for: keys(5...5)), at: noon)
      try casebook.close()
      guard try Casebook.open(path: path, analyst: "mb", access: .reading).statuses().count == 5 else { exit(4) }
    }
  }

  /// Nothing more may be written by this process, as on a device that failed.
  @Test func aFileThatCannotGrowIsSaidAndTheDecisionIsKept() async throws {
    let folder = try CasebookFolder()
    await #expect(processExitsWith: .success) { [folder = folder.path as String] in
      signal(SIGXFSZ, SIG_IGN)
      let queue = FilingQueue(try Casebook.open(path: folder + "/a.casebook", analyst: "rk", clock: { noon }))
      let answers = Answers()
      func file(_ number: Int) {
        queue.submit(.file(.confirmed, reason: nil, for: keys(number...number)), at: noon) { result in
          answers.all.withLock { $0.append(result) }
        }
        queue.drain()
      }
      for number in 1...20 { file(number) }
      var limit = rlimit(rlim_cur: 4096, rlim_max: rlim_t.max)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      for number in 21...23 { file(number) }
      limit.rlim_cur = rlim_t.max
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      file(24)
      let results = answers.all.withLock { $0 }
      let failed = results.indices.filter { (try? results[$0].get()) == nil }.map { $0 + 1 }
      guard failed == [21, 22, 23] else { exit(2) }
      guard let end = queue.finish(), end.unsaved == keys(21...23), case .inFile(let file)? = end.kept else { exit(3) }
      let rescue = Rescue(text: try String(contentsOfFile: file, encoding: .utf8))
      guard rescue?.decisions.map(\.decision.key) == keys(21...23) else { exit(4) }
      let book = try Casebook.open(path: folder + "/a.casebook", analyst: "rk")
      guard try book.statuses().count == 21, try book.verify().isWhole else { exit(5) }
    }
  }

  final class Answers: Sendable { let all = Mutex<[Result<Applied, FilingError>]>([]) }
}

/// On a busy machine a turn may take longer than a program waits; it says so, and here tries again.
private func insist<Answer>(_ work: () throws -> Answer) throws -> Answer {
  while true {
    do { return try work() } catch CasebookError.locked { usleep(1000) }
  }
}
