import Foundation

/// Starts a process and waits for its end.
///
/// Foundation's `Process` would also wait for whatever the child leaves running, and pass on ignored signals.
enum Child {
  /// - Parameter descriptors: the child's standard input, output and error. It inherits no others.
  static func start(
    _ words: [String], in folder: String, _ environment: [String: String], descriptors: [Int32]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
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
    // A shell changes the folder, since there is no other portable way.
    let line = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder] + words
    var argv = line.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, line[0], &actions, &attributes, &argv, &envp)
    guard failure == 0 else { throw NotStarted(program: words[0], why: String(cString: strerror(failure))) }
    return pid
  }

  /// Waits for its end and returns the status as a shell would.
  static func status(of pid: pid_t) -> Int32 {
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

/// An unnamed file that a child reads or prints to, so that neither side ever waits for the other.
final class NamelessFile {
  let descriptor: Int32

  init(in folder: String, holding text: String = "") throws {
    let path = folder + "/.run-" + UUID().uuidString
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    unlink(path)
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw CocoaError(.fileWriteOutOfSpace) }
      bytes = bytes.dropFirst(count)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  var bytes: [UInt8] {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while case let count = pread(descriptor, &piece, piece.count, all.count), count > 0 { all += piece[..<count] }
    return all
  }
}
