import Glibc

/// A lock with a condition variable, on which threads can wait for each other.
final class Monitor: @unchecked Sendable {
  // Safe to share: both are thread-safe by design, and stay at their addresses.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  /// Runs `body` while holding the lock.
  func withLock<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Releases the lock until another thread calls `wakeAll`. Call it only while holding the lock.
  func wait() { pthread_cond_wait(condition, mutex) }
  /// Wakes every waiting thread.
  func wakeAll() { pthread_cond_broadcast(condition) }
}

/// A thread of its own, since blocking work would starve Swift's cooperative threads.
enum WorkerThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body` on a new thread, or on the caller's where the system has no thread left.
  ///
  /// Limits: the thread is detached; `body` must signal its end itself.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.takeRetainedValue().body()
      return
    }
    pthread_detach(thread)
  }

  /// Processors that are online, at least 1.
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Seconds on a monotonic clock.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// How much memory this process may still use, so that a load ends with a sentence instead of a crash.
///
/// Source: `getrlimit` for the limit of the process, `/proc/meminfo` for the machine, `memory.max` and `memory.current`
///         for the control group (cgroup v2).
enum MemoryBound {
  /// Bytes that must stay free for the pieces in flight and the rest of the program.
  static let reserve = 160 << 20

  /// Whether a load may go on.
  ///
  /// Cost:   some 30 microseconds of system calls.
  static var hasRoom: Bool { available >= reserve }

  /// Free bytes by the strictest of the three limits.
  static var available: Int {
    min(underProcessLimit ?? .max, ofMachine ?? .max, ofGroup ?? .max)
  }

  /// What is left of the address space that the process may use; nil without a limit.
  private static var underProcessLimit: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max) else {
      return nil
    }
    guard let pages = number(in: "/proc/self/statm", after: "") else { return nil }
    return Int(limit.rlim_cur) - pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// What the machine could still give without swapping.
  private static var ofMachine: Int? { number(in: "/proc/meminfo", after: "MemAvailable:").map { $0 << 10 } }

  /// What is left of the limit of the control group; nil without one.
  private static var ofGroup: Int? {
    guard let maximum = number(in: "/sys/fs/cgroup/memory.max", after: ""),
      let now = number(in: "/sys/fs/cgroup/memory.current", after: "")
    else { return nil }
    return maximum - now
  }

  /// The first number in a small system file, or the first one after `word`; nil where there is none.
  ///
  /// Limits: the first 2 kB of the file.
  private static func number(in path: String, after word: String) -> Int? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 2048)
    let count = read(file, &bytes, bytes.count)
    guard count > 0 else { return nil }
    var text = bytes[..<count]
    if !word.isEmpty {
      let wanted = Array(word.utf8)
      guard let start = text.indices.first(where: { text[$0...].starts(with: wanted) }) else { return nil }
      text = text[(start + wanted.count)...]
    }
    let digits = text.drop { $0 == .blank }.prefix { $0.isDigit }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
