import CPlatform
import Glibc
import Listings
import Synchronization

/// One text to be read: UTF-8, with the file on disk that it came from.
///
/// Shape:  a UTF-8 file is read in place, and `mapping` and `original` are the same object. Otherwise `mapping` is a
///         converted copy in a temporary file, and `conversions` says what was done and why.
final class ReadableText: Sendable {
  /// The name for people; members of archives are named `week.zip » monday.csv`.
  let name: String
  /// The file on disk.
  let original: MappedFile
  /// The bytes to read.
  let mapping: MappedFile
  /// Where the text begins, past any byte order mark.
  let start: Int
  /// What was done to the bytes, in order.
  let conversions: [Conversion]
  /// The encoding in which some bytes were invalid; nil where all could be decoded.
  let replacedIn: TextEncoding?
  /// The table that was written out as this text, if it was one.
  let table: TableConversion?
  /// How listings are laid out, if the text is JSON.
  let json: JSONLayout?
  /// Problems of the text as a whole.
  let problems: [IntakeProblem]

  init(
    name: String, original: MappedFile, mapping: MappedFile, start: Int, conversions: [Conversion] = [],
    replacedIn: TextEncoding? = nil, table: TableConversion? = nil, json: JSONLayout? = nil,
    problems: [IntakeProblem] = []
  ) {
    self.name = name
    self.original = original
    self.mapping = mapping
    self.start = start
    self.conversions = conversions
    self.replacedIn = replacedIn
    self.table = table
    self.json = json
    self.problems = problems
  }

  /// Whether its line numbers mean something in the original file.
  var hasLines: Bool { table == nil && json?.isTurned != true }
  /// How many bytes hold listings, for progress.
  var listingBytes: Int { json?.end ?? bytes.count }

  var bytes: UnsafeRawBufferPointer { mapping.bytes }
}

/// Text being written to a temporary file without a name.
///
/// Without a name the file vanishes with this process, however it ends, so no listings are left behind on the disk.
///
/// Cost:   writes go out in blocks of 256 kB.
/// Fails:  with `noTemporaryRoom` where the folder is full or not writable.
final class TemporaryText {
  /// The descriptor; -1 once it was handed over.
  private var file: Int32
  private let folder: String
  /// What is being written, for messages to people.
  private let name: String
  /// Bytes that were appended but not yet written.
  private var buffer: [UInt8] = []
  /// Bytes appended so far, written or buffered.
  private(set) var byteCount = 0

  private static let blockSize = 1 << 18

  /// Creates the file in `folder` and removes its name at once.
  ///
  /// - Parameter name: what is being written, for messages to people.
  init(of name: String) throws(IntakeError) {
    self.name = name
    folder = Self.folder
    var template = Array("\(folder)/linsang-XXXXXX".utf8CString)
    file = mkstemp(&template)
    guard file >= 0 else { throw .noTemporaryRoom(path: name, folder: folder, code: errno) }
    unlink(template)
    buffer.reserveCapacity(Self.blockSize + 4096)
  }

  deinit { if file >= 0 { close(file) } }

  /// The folder for temporary files: `$TMPDIR`, or `/tmp`.
  static var folder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  /// Free bytes in `folder`; 0 where that is unknown.
  static var freeSpace: Int {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return 0 }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws(IntakeError) { try append(contentsOf: bytes) }

  /// Buffers bytes, and writes them in blocks.
  private func append(contentsOf bytes: some Collection<UInt8>) throws(IntakeError) {
    byteCount += bytes.count
    buffer += bytes
    if buffer.count >= Self.blockSize { try flush() }
  }

  func append(_ bytes: [UInt8]) throws(IntakeError) { try append(contentsOf: bytes) }

  /// Writes out what is buffered.
  ///
  /// Fails:  with `noTemporaryRoom` and the reason of the system.
  private func flush() throws(IntakeError) {
    var written = 0
    while written < buffer.count {
      let step = buffer.withUnsafeBytes { write(file, $0.baseAddress! + written, $0.count - written) }
      if step < 0 {
        if errno == EINTR { continue }
        throw .noTemporaryRoom(path: name, folder: folder, code: errno)
      }
      written += step
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Finishes writing and maps the result.
  func mapped(name: String, path: String) throws(IntakeError) -> MappedFile {
    let file = try descriptor()
    defer { close(file) }
    return try MappedFile(name: name, path: path, file: file, isOurs: true)
  }

  /// Finishes writing and hands the descriptor over to the caller, who closes it.
  func descriptor() throws(IntakeError) -> Int32 {
    try flush()
    defer { file = -1 }
    return file
  }
}

/// Tests on whole stretches of bytes, in SIMD.
///
/// Cost:   O(bytes), 64 bytes at a time.
enum TextCheck {
  /// Some bytes are not UTF-8.
  static let invalidUTF8 = Int32(LP_TEXT_INVALID_UTF8)
  /// Some bytes are zero.
  static let hasZero = Int32(LP_TEXT_HAS_NUL)

  /// A combination of `invalidUTF8` and `hasZero`.
  static func flags(of bytes: UnsafeRawBufferPointer) -> Int32 {
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    return bytes.count < 512 ? lp_text_flags(start, bytes.count) : lp_text_flags_of_long(start, bytes.count)
  }

  static func flags(of bytes: [UInt8]) -> Int32 { bytes.withUnsafeBytes { flags(of: $0) } }

  /// Whether any byte is outside ASCII.
  static func isBeyondASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
    var index = 0
    while index + 64 <= bytes.count {
      if lp_high_mask64(start + index) != 0 { return true }
      index += 64
    }
    return bytes[index...].contains { $0 >= 0x80 }
  }
}

/// Progress and cancellation while files are made readable: unpacked, decoded, copied from standard input.
///
/// Units:  bytes of the files on disk.
/// Cost:   one lock per call; reports go out at most every `interval` seconds.
final class PreparationProgress: Sendable {
  private let isCancelled: @Sendable () -> Bool
  private let report: @Sendable (_ done: Int, _ total: Int) -> Void
  private let state = Mutex((finished: 0, total: 0, nextReport: WorkerThread.now + interval))

  /// Seconds between reports, and before the first. Plain files are ready sooner and cause none.
  private static let interval = 0.1

  init(isCancelled: @escaping @Sendable () -> Bool, report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) {
    self.isCancelled = isCancelled
    self.report = report
  }

  /// Never cancels, and reports to no one.
  static let ignored = PreparationProgress(isCancelled: { false }, report: { _, _ in })

  /// Sets how many bytes there are to prepare in all.
  func begin(total: Int) { state.withLock { $0.total = total } }

  /// Counts a whole file as done.
  func finishFile(_ byteCount: Int) { state.withLock { $0.finished += byteCount } }

  /// Reports that `done` bytes of the current file are prepared.
  ///
  /// Fails:  with `cancelled` once opening was cancelled.
  func advance(to done: Int) throws(IntakeError) {
    if isCancelled() { throw .cancelled }
    let now = WorkerThread.now
    let due: (done: Int, total: Int)? = state.withLock { state in
      guard now >= state.nextReport else { return nil }
      state.nextReport = now + Self.interval
      let known = state.finished + done
      return (known, max(known, state.total))
    }
    if let due { report(due.done, due.total) }
  }
}
