import Glibc

/// How much memory this process may still take, so that a load ends in a sentence and not in a trap.
///
/// Source: `getrlimit` for the limit of the process, `/proc/meminfo` for the machine, `memory.max` and `memory.current` of
///         the control group (cgroup v2).
enum MemoryBound {
  /// Bytes that must be left for the next pieces and for what else the program does.
  static let reserve = 160 << 20

  /// Whether a load may go on. Asks the system: some 30 microseconds.
  static var hasRoom: Bool { available >= reserve }

  static var available: Int {
    min(underProcessLimit ?? .max, ofMachine ?? .max, ofGroup ?? .max)
  }

  /// What is left of the address space that the process may have; nil without a limit.
  private static var underProcessLimit: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max) else {
      return nil
    }
    guard let pages = number(in: "/proc/self/statm", after: "") else { return nil }
    return Int(limit.rlim_cur) - pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  private static var ofMachine: Int? { number(in: "/proc/meminfo", after: "MemAvailable:").map { $0 << 10 } }

  private static var ofGroup: Int? {
    guard let most = number(in: "/sys/fs/cgroup/memory.max", after: ""),
      let now = number(in: "/sys/fs/cgroup/memory.current", after: "")
    else { return nil }
    return most - now
  }

  /// The first number in a small file of the system, or the first one after a word; nil where there is none.
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
      guard let place = text.indices.first(where: { text[$0...].starts(with: wanted) }) else { return nil }
      text = text[(place + wanted.count)...]
    }
    let digits = text.drop { $0 == .blank }.prefix { $0.isDigit }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
