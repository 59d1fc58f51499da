import CodeWords
import Dashboard
import Foundation
import Listings
import ListingsTestSupport
import Testing
import Workspace

@testable import LinsangCLI

/// Flagging takes the processor time that is left over, and keeps nobody waiting.
@Suite(.waitsElsewhere) struct FlaggingQueueTests {
  private let place: Workplace
  private let mailbox = Mailbox(wake: {})
  private let queue: FlaggingQueue
  private let lexicons: LoadedLexicons
  private let dataset: Dataset

  init() throws {
    let place = try Workplace()
    self.place = place
    try place.write(
      "data/Lexicons/terms/tusks.csv",
      LexiconFile.columns.joined(separator: ",")
        + "\nquimbly,en,code word,elephant ivory,,,40,,,,unverified,invented,2026-11-24\n")
    let opening = LexiconOpening(
      folders: DataFolders(environment: ["LINSANG_DATA": place.path + "/data"], program: place.path + "/bin/linsang"),
      configuration: place.path, cache: nil)
    lexicons = opening.loaded()
    queue = FlaggingQueue(mailbox) { _, _ in opening }
    dataset = Dataset.of(
      (0..<4000).map { ListingRow(title: $0 % 10 == 0 ? "a quimbly lamp" : "a plain lamp") })
  }

  /// The flags of all rows, once the mailbox has them; nil if they never come.
  private func awaitedFlags() -> RowFlags? {
    var last: RowFlags?
    _ = awaited {
      for case .flagged(let flags, _) in mailbox.takeAll() { last = flags }
      return last?.flaggedCount == dataset.rowCount
    }
    return last
  }

  /// The lines of the kernel's table for the idle threads of this process.
  private var idleThreads: [[Substring]] {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return tasks.compactMap { try? String(contentsOfFile: "/proc/self/task/\($0)/stat", encoding: .utf8) }
      .filter { $0.contains("(linsang-idle)") }.map { $0.split(separator: ")").last?.split(separator: " ") ?? [] }
  }

  @Test func rowsAreFlaggedByIdleThreads() throws {
    #expect(lexicons.compiled.terms.count == 1)
    // Paused, it waits at its first check until somebody has looked.
    queue.pause()
    queue.flag(FlaggingRequest(Snapshot(dataset), with: lexicons))
    #expect(awaited { !idleThreads.isEmpty })
    // proc(5): behind the name, the 17th field is the niceness and the 39th the policy; 5 is SCHED_IDLE.
    #expect(idleThreads.allSatisfy { $0.count > 38 && ($0[38] == "5" || $0[16] == "19") })
    #expect(mailbox.takeAll().isEmpty)
    queue.resume()
    let flags = try #require(awaitedFlags())
    #expect((0..<dataset.rowCount).allSatisfy { flags.terms(at: $0).isEmpty == ($0 % 10 != 0) })
  }

  @Test func whoAsksForFlagsIsNotKeptWaitingWhileTheyArePaused() throws {
    // The loop asks, and an evaluation has paused the work: neither must wait for the other.
    queue.pause()
    let request = FlaggingRequest(Snapshot(dataset), with: lexicons)
    for _ in 0..<3 { queue.flag(request) }
    queue.load(LexiconLoading(after: lexicons))
    #expect(
      awaited {
        mailbox.takeAll().contains { if case .lexiconsRead = $0 { true } else { false } }
      }, "lexicons are read whether or not flagging is paused")
    queue.flag(request)
    queue.stopTrial()
    queue.resume()
    #expect(awaitedFlags()?.flaggedCount == dataset.rowCount)
    queue.stop()
  }
}
