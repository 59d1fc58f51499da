import Foundation

/// The casebook as a file, before SQLite sees it: whether it may be written, and whether it is a casebook at all.
///
/// Cost:   a few system calls.
/// Fails:  with `CasebookError`, with the system's message.
struct CasebookFile {
  let path: String

  /// "LNSG" in the header of the SQLite file, by which `file` and this program recognise casebooks.
  static let applicationID: UInt32 = 0x4C4E_5347

  /// What a path leads to.
  enum State: Equatable {
    /// No file, or an empty one: a casebook may begin here.
    case blank
    /// A casebook of some version.
    case casebook
    /// Something else, which must not be touched.
    case foreign
  }

  /// Reads the first 100 bytes. SQLite is not asked, since it would make files beside a foreign database.
  ///
  /// Source: sqlite.org/fileformat2.html, section 1.3: magic at 0, application id at 68, big-endian.
  /// Cost:   opens the file once and reads 100 bytes. Pipes, devices and folders are foreign and are not read.
  /// Fails:  throws `failed` where there is a file that cannot be read.
  func state() throws(CasebookError) -> State {
    // Non-blocking, since a pipe of that name would wait for a writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return .blank }
      throw .failed(path: path, why: reason())
    }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0 else { throw .failed(path: path, why: reason()) }
    guard about.st_mode & S_IFMT == S_IFREG else { return .foreign }
    if about.st_size == 0 { return .blank }
    var header = [UInt8](repeating: 0, count: 100)
    guard pread(file, &header, 100, 0) == 100, header.starts(with: "SQLite format 3\0".utf8) else { return .foreign }
    let identity = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return identity == Self.applicationID ? .casebook : .foreign
  }

  /// Makes missing folders (0700) and the file (0600). What exists keeps its mode: it may be shared with colleagues on purpose.
  ///
  /// Fails:  throws `cannotCreate`. A file that another program made meanwhile is no failure, and is left as it is.
  func create() throws(CasebookError) {
    try makeFolders(folder)
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file >= 0 {
      close(file)
      try sync(folder)
    } else if errno != EEXIST {
      throw .cannotCreate(path: path, why: reason())
    }
  }

  /// Checks that file and folder may be written. SQLite needs the folder for its log.
  func checkWritable() throws(CasebookError) {
    guard access(path, W_OK) == 0, access(folder, W_OK) == 0 else { throw .readOnly(path: path) }
  }

  /// The path by which SQLite reads the file without changing anything.
  ///
  /// SQLite cannot make its shared-memory file in a folder without write permission, such as a mounted image. If there is
  /// no log either, SQLite may open it as immutable.
  /// Source: sqlite.org/wal.html, "Read-Only Databases"; sqlite.org/uri.html, section 3.3.
  var pathForReading: String {
    var log = stat()
    let hasLog = stat(path + "-wal", &log) == 0 && log.st_size > 0
    return access(folder, W_OK) == 0 || hasLog ? path : pathOfFileAlone
  }

  /// Whether a journal lies beside the file: another program is changing it without a log, or was stopped while it did, as
  /// in the first moments of a casebook and of a migration.
  ///
  /// Source: sqlite.org/atomiccommit.html, section 4.
  var hasJournal: Bool {
    var journal = stat()
    return stat(resolvedPath + "-journal", &journal) == 0 && journal.st_size > 0
  }

  /// The path by which SQLite reads the file alone, without locks and log.
  ///
  /// Shape:  a URI with `immutable=1`; every byte but ASCII letters, digits and `/.-_` is percent-encoded.
  /// Limits: only for a file without writers, since SQLite then notices no change.
  /// Source: sqlite.org/uri.html.
  var pathOfFileAlone: String {
    let escaped = path.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return "file:" + escaped.joined() + "?immutable=1"
  }

  /// The path with links resolved, beside which SQLite keeps its log.
  var resolvedPath: String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

  /// The folder of the path.
  ///
  /// Shape:  `.` for a name without a slash, `/` for a file in the root folder.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder and its parents.
  private func makeFolders(_ folder: String) throws(CasebookError) {
    if folder.isEmpty || access(folder, F_OK) == 0 { return }
    if let slash = folder.lastIndex(of: "/") { try makeFolders(String(folder[..<slash])) }
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw .cannotCreate(path: path, why: "\(folder): \(reason())") }
  }

  /// Syncs the folder, which holds a new file's name: otherwise a power cut can lose the name and keep the file.
  private func sync(_ folder: String) throws(CasebookError) {
    let handle = open(folder, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { return }  // The folder may be written but not listed; the file itself exists.
    defer { close(handle) }
    if fsync(handle) != 0, errno != EINVAL { throw .cannotCreate(path: path, why: reason()) }
  }

  /// The system's message for `errno`.
  private func reason() -> String { String(cString: strerror(errno)) }
}
