import Foundation
import Testing

/// The outcome of a run.
struct Outcome {
  /// As a shell reports it: 128 plus the signal's number if a signal ended it.
  let status: Int32
  let out: [UInt8]
  let err: String

  var text: String { String(decoding: out, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  func json() throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(out)) as? [String: Any])
  }
}

/// The built program, started as a user would start it.
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

  /// The folder of real data beside the project; nil if it does not exist.
  static let sharedData: String? = {
    let folder = (projectRoot as NSString).deletingLastPathComponent + "/shared/data"
    return access(folder, R_OK) == 0 ? folder : nil
  }()

  /// A program from `$LINSANG_VALIDATORS` or the `PATH`.
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

  /// How many events of the casebook are decisions: neither its beginning nor the sightings that every opening leaves.
  static func decisions(at workplace: Workplace) throws -> Int {
    try run("casebook", "log", at: workplace).lines.count { line in
      !line.contains("casebook.create") && !line.contains("sightings of ")
    }
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
    // Files rather than pipes, so that neither side ever waits for the other.
    let given = try NamelessFile(in: workplace.path, holding: input ?? "")
    let (out, err) = (try NamelessFile(in: workplace.path), try NamelessFile(in: workplace.path))
    let pid = try Child.start(
      [program] + arguments, in: workplace.path, environment,
      descriptors: [given.descriptor, out.descriptor, err.descriptor])
    return Outcome(status: Child.status(of: pid), out: out.bytes, err: String(decoding: err.bytes, as: UTF8.self))
  }

  /// The processes that have the file open.
  static func processes(having path: String) -> [pid_t] {
    let files = FileManager.default
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }.filter { process in
      let open = "/proc/\(process)/fd/"
      return ((try? files.contentsOfDirectory(atPath: open)) ?? []).contains {
        (try? files.destinationOfSymbolicLink(atPath: open + $0)) == path
      }
    }
  }
}
