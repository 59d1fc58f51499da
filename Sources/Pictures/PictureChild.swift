import Captures
import Glibc
import TextCells

/// Decodes a picture in a process of its own, which has hard limits and nothing but the picture.
///
/// Why:    decoders are large C libraries, and pictures of evidence come from strangers. What takes the process over holds
///         one open file, that picture, and can neither open another nor start a program, nor reach this one's memory.
/// Cost:   a start of the program, and the decoding.
/// Fails:  with a sentence, whatever happens to the child: a fault, a crash, a limit, or no answer in time.
package enum PictureChild {
  /// How the child ended.
  package enum Outcome: Equatable, Sendable {
    case shown
    case notAPicture, tooLarge, broken, tooLong
    /// Its limits could not be set, so that it decoded nothing.
    case unconfined
    /// What it was asked for makes no sense.
    case refused

    private static let statuses: [(Outcome, Int32)] = [
      (.shown, 0), (.notAPicture, 10), (.tooLarge, 11), (.broken, 12), (.tooLong, 13), (.unconfined, 14),
      (.refused, 15),
    ]

    /// Its exit status.
    package var status: Int32 { Self.statuses.first { $0.0 == self }?.1 ?? 15 }

    package init(status: Int32) { self = Self.statuses.first { $0.1 == status }?.0 ?? .refused }

    package init(_ fault: PictureFault) {
      switch fault {
      case .notAPicture: self = .notAPicture
      case .tooLarge: self = .tooLarge
      case .broken: self = .broken
      case .tooLong: self = .tooLong
      }
    }
  }

  /// A picture that is not shown, and why.
  package struct NotShown: Error, Equatable, Sendable {
    package let sentence: String

    package init(sentence: String) { self.sentence = sentence }
  }

  /// Seconds after which the child is ended.
  private static let patience: Int64 = 20

  /// The picture in a file, no larger than a number of pixels across and down.
  ///
  /// - Parameter program: the path of the program that has the command `decode-picture`.
  package static func grid(
    of file: borrowing LocalFile, named name: String, across: Int, down: Int, program: String
  ) throws(NotShown) -> PixelGrid {
    guard file.size <= PictureDecoding.maximumBytes else { throw notShown(name, .tooLong) }
    var ends: [Int32] = [0, 0]
    guard pipe2(&ends) else { throw NotShown(sentence: "\(name) is not shown: no pipe could be made.") }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    lseek(file.descriptor, 0, SEEK_SET)
    let child = start([program, "decode-picture", "\(across)", "\(down)"], input: file.descriptor, output: writing)
    close(writing)
    guard let child else { throw NotShown(sentence: "\(name) is not shown: no process could be started for it.") }
    let bytes = read(reading, atMost: 19 + 3 * PixelGrid.maximumSide * PixelGrid.maximumSide)
    if bytes == nil { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard let bytes else {
      throw NotShown(sentence: "\(name) is not shown: it took too long to decode. It is kept as it is.")
    }
    let signal = status & 0x7f
    guard signal == 0 else {
      let why =
        signal == SIGXCPU || signal == SIGKILL
        ? "it takes too long to decode" : "the decoder crashed over it (signal \(signal))"
      throw NotShown(sentence: "\(name) is not shown: \(why). It is kept as it is.")
    }
    let outcome = Outcome(status: status >> 8 & 0xff)
    guard outcome == .shown, let grid = PixelGrid(bytes: bytes) else { throw notShown(name, outcome) }
    return grid
  }

  private static func notShown(_ name: String, _ outcome: Outcome) -> NotShown {
    let why =
      switch outcome {
      case .notAPicture: "it is neither PNG nor JPEG nor WebP"
      case .tooLarge: "it has more than \(PictureDecoding.maximumPixels / 1_000_000) million pixels"
      case .tooLong: "it has more than \(PictureDecoding.maximumBytes >> 20) MB"
      case .unconfined: "this system does not let the decoder be confined"
      case .shown, .broken, .refused: "it is broken, or not what it says it is"
      }
    return NotShown(sentence: "\(name) is not shown: \(why). It is kept as it is.")
  }

  /// Starts the child with nothing but the picture, a pipe for its answer, and where its libraries are.
  private static func start(_ words: [String], input: Int32, output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
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
    let libraries = getenv("LD_LIBRARY_PATH").map { "LD_LIBRARY_PATH=" + String(cString: $0) }
    var envp = (["MALLOC_ARENA_MAX=1"] + [libraries].compactMap { $0 }).map { strdup($0) } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var child: pid_t = 0
    return posix_spawn(&child, words[0], &actions, &attributes, &argv, &envp) == 0 ? child : nil
  }

  /// All that comes until the pipe ends; nil where it does not in time, or is too much.
  private static func read(_ descriptor: Int32, atMost limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let end = seconds() + patience
    while true {
      let left = end - seconds()
      guard left > 0, bytes.count <= limit else { return nil }
      var asked = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&asked, 1, Int32(left) * 1000)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return nil }
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += piece[..<count]
    }
  }

  private static func seconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec)
  }

  /// A pipe whose ends no other child inherits.
  private static func pipe2(_ ends: inout [Int32]) -> Bool {
    guard pipe(&ends) == 0 else { return false }
    return ends.allSatisfy { fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }
  }
}
