import CPlatform
import Dispatch
import Glibc
import ListingsTestSupport
import Synchronization
import Testing

@testable import Listings

/// Idle work takes idle threads, all of it, and leaves those of others as they are.
struct IdleWorkTests {
  /// How the kernel schedules a thread.
  private struct Scheduling: Hashable, Sendable {
    let policy: Int32
    let niceness: Int32

    static var current: Scheduling { Scheduling(policy: lp_scheduling_policy(), niceness: lp_niceness()) }

    /// SCHED_IDLE, or as nice as can be.
    var isIdle: Bool { policy == 5 || niceness == 19 }
  }

  /// How the threads are scheduled that take the parts of parallel work.
  private static func schedulingOfParts() -> Set<Scheduling> {
    let seen = Mutex<Set<Scheduling>>([])
    func note() { seen.withLock { _ = $0.insert(.current) } }
    Parallel.parts(1 << 16, minimum: 1) { _, _ in note() }
    Parallel.each(64) { _ in
      note()
      // Long enough for every thread to come and take a step.
      usleep(500)
    }
    var values = (0..<200_000).map { UInt64(200_000 - $0) }
    #expect(RadixSort.sort(&values, bits: 18) { $0 })
    #expect(values.first == 1)
    return seen.withLock { $0 }
  }

  @Test func everyThreadOfIdleWorkIsIdle() {
    let own = IdleWork.run { Scheduling.current }
    #expect(own.isIdle, "\(own)")
    #expect(IdleWork.run { IdleWork.isCurrent })
    let parts = IdleWork.run { Self.schedulingOfParts() }
    #expect(parts.allSatisfy { $0.isIdle }, "\(parts)")
  }

  @Test func whatItIsForTheKernelStandsInTheProcessTable() {
    let line = IdleWork.run {
      let file = fopen("/proc/thread-self/stat", "r")
      defer { if let file { fclose(file) } }
      var bytes = [CChar](repeating: 0, count: 4096)
      guard let file, fgets(&bytes, 4096, file) != nil else { return "" }
      return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    #expect(line.contains("(linsang-idle)"))
    // proc(5): behind the name, the 17th field is the niceness and the 39th the policy.
    let fields = line.split(separator: ")").last?.split(separator: " ") ?? []
    #expect(fields.count > 38)
    #expect(fields[38] == "5" || fields[16] == "19", "\(line)")
  }

  @Test func workBesideItKeepsItsPriority() {
    let before = Scheduling.current
    #expect(!before.isIdle)
    // In the foreground while idle work is in progress, and afterwards.
    let meanwhile = Mutex<Set<Scheduling>>([])
    let rounds = IdleWork.run(receiving: { (_: Int) in
      let seen = Self.schedulingOfParts()
      meanwhile.withLock { $0.formUnion(seen) }
    }) { report in
      for round in 0..<5 {
        report(round)
        _ = Self.schedulingOfParts()
      }
      return 5
    }
    #expect(rounds == 5)
    #expect(meanwhile.withLock { $0 }.allSatisfy { $0 == before })
    #expect(Self.schedulingOfParts().allSatisfy { $0 == before })
    #expect(Scheduling.current == before)
    #expect(!IdleWork.isCurrent)
  }

  @Test func reportsComeInOrderAllOfThemOnTheCallersThread() {
    let caller = pthread_self()
    var received: [Int] = []
    let last = IdleWork.run(receiving: { (number: Int) in
      #expect(pthread_self() == caller)
      received.append(number)
    }) { report in
      for number in 0..<1000 { report(number) }
      return 1000
    }
    #expect(last == 1000)
    #expect(received == Array(0..<1000))
  }

  @Test func withinIdleWorkItRunsWhereItIs() {
    let isSame = IdleWork.run {
      let outer = pthread_self()
      return IdleWork.run { pthread_self() == outer }
    }
    #expect(isSame)
  }

  @Test(arguments: [0, 1, 2, 3, 7, 1000]) func everyStepIsTakenOnce(count: Int) {
    for isIdle in [false, true] {
      let taken = Mutex([Int](repeating: 0, count: count))
      func takeAll() { Parallel.each(count) { step in taken.withLock { $0[step] += 1 } } }
      if isIdle { IdleWork.run(takeAll) } else { takeAll() }
      #expect(taken.withLock { $0.allSatisfy { $0 == 1 } }, "idle: \(isIdle)")
    }
  }
}
