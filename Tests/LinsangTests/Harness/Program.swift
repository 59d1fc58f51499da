import Foundation
import Testing

/// What a run came to.
struct Outcome {
  /// As a shell gives it: 128 and the signal's number where a signal ended it.
  let status: Int32
  let out: [UInt8]
  let err: String

  var text: String { String(decoding: out, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  func json() throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(out)) as? [String: Any])
  }
}

/// The built program, as somebody would start it.
enum Program {
  /// `linsang` beside the test products.
  static let path: String? = {
    let here = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let candidates = [here, CommandLine.arguments[0], projectRoot + "/.build/debug/x"].map {
      ($0 as NSString).deletingLastPathComponent + "/linsang"
    }
    return candidates.first { access($0, X_OK) == 0 }
  }()

  static let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The folder of real data beside the project; nil where it is not there.
  static let sharedData: String? = {
    let folder = (projectRoot as NSString).deletingLastPathComponent + "/shared/data"
    return access(folder, R_OK) == 0 ? folder : nil
  }()

  /// A program of the system, or of `$LINSANG_VALIDATORS`.
  static func outside(_ name: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let folders = [environment["LINSANG_VALIDATORS"] ?? ""] + (environment["PATH"] ?? "").components(separatedBy: ":")
    return folders.map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
  }

  /// Runs `linsang` in the workplace's folder, without a terminal.
  static func run(
    _ arguments: String..., at workplace: Workplace, input: String? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    try start(
      try #require(path), arguments, in: workplace, input: input, environment: workplace.environment(environment))
  }

  /// Runs a line of bash in the workplace's folder; `$L` is the program.
  static func shell(
    _ line: String, at workplace: Workplace, environment: [String: String] = [:]
  ) throws -> Outcome {
    var all = workplace.environment(environment)
    all["L"] = path ?? "/linsang-was-not-built"
    return try start("/bin/bash", ["-c", line], in: workplace, input: nil, environment: all)
  }

  static func start(
    _ program: String, _ arguments: [String], in workplace: Workplace, input: String?, environment: [String: String]
  ) throws -> Outcome {
    // Files and not pipes: neither side ever waits for the other.
    let run = ".run-" + UUID().uuidString
    let (out, err) = (try workplace.write(run + ".out", ""), try workplace.write(run + ".err", ""))
    let given = try workplace.write(run + ".in", input ?? "")
    let status = try spawn(
      ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, workplace.path, program] + arguments, environment,
      files: [given, out, err])
    let words = String(decoding: try Data(contentsOf: URL(fileURLWithPath: err)), as: UTF8.self)
    return Outcome(status: status, out: Array(try Data(contentsOf: URL(fileURLWithPath: out))), err: words)
  }

  /// Starts and waits. Foundation's `Process` would also wait for whatever the child leaves running, as tmux does,
  /// and hand its own ignored signals on.
  private static func spawn(
    _ words: [String], _ environment: [String: String], files: [String]
  ) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, file) in files.enumerated() {
      posix_spawn_file_actions_addopen(&actions, Int32(descriptor), file, descriptor == 0 ? O_RDONLY : O_WRONLY, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var argv = words.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, words[0], &actions, &attributes, &argv, &envp)
    guard failure == 0 else { throw NotStarted(program: words[4], why: String(cString: strerror(failure))) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  struct NotStarted: Error {
    let program: String
    let why: String
  }
}
