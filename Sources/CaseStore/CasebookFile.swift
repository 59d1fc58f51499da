import Foundation

/// The casebook as a file of the system, before SQLite sees it: who may read it, and whether it is one at all.
struct CasebookFile {
  let path: String

  /// "LNSG" in the header of the SQLite file, by which `file` and this program tell a casebook from other databases.
  static let applicationID: UInt32 = 0x4C4E_5347

  enum State: Equatable {
    /// No file, or one without a byte: a casebook may begin here.
    case blank
    case casebook
    case foreign
  }

  /// What the file's first 100 bytes say; SQLite is not asked, because it would make files beside a foreign one.
  ///
  /// Source: sqlite.org/fileformat2.html, section 1.3: magic at 0, application id at 68, big-endian.
  func state() throws(CasebookError) -> State {
    // Not to wait for whoever might write into a pipe of that name.
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

  /// Makes the folders (0700) and the file (0600) where they are not there. What is there keeps its mode: somebody
  /// may have opened it to colleagues.
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

  /// Whether file and folder may be written; SQLite needs the folder for its log.
  func checkWritable() throws(CasebookError) {
    guard access(path, W_OK) == 0, access(folder, W_OK) == 0 else { throw .readOnly(path: path) }
  }

  /// The path by which SQLite reads the file and changes nothing.
  ///
  /// In a folder that may not be written, such as a mounted image, SQLite cannot make the files it shares a log
  /// through; where there is no log to share, it may be told that nobody writes.
  /// Source: sqlite.org/wal.html, "Read-Only Databases"; sqlite.org/uri.html, section 3.3.
  var pathForReading: String {
    var log = stat()
    let hasLog = stat(path + "-wal", &log) == 0 && log.st_size > 0
    return access(folder, W_OK) == 0 || hasLog ? path : pathOfFileAlone
  }

  /// The path by which SQLite reads the file alone, without locks and without a log.
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

  /// The path with links followed, beside which SQLite keeps its log.
  var resolvedPath: String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func makeFolders(_ folder: String) throws(CasebookError) {
    if folder.isEmpty || access(folder, F_OK) == 0 { return }
    if let slash = folder.lastIndex(of: "/") { try makeFolders(String(folder[..<slash])) }
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw .cannotCreate(path: path, why: "\(folder): \(reason())") }
  }

  /// A new file's name is in its folder: without this, a power cut can take the name and leave the file.
  private func sync(_ folder: String) throws(CasebookError) {
    let handle = open(folder, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { return }  // A folder that may be written but not listed; the file itself is there.
    defer { close(handle) }
    if fsync(handle) != 0, errno != EINVAL { throw .cannotCreate(path: path, why: reason()) }
  }

  private func reason() -> String { String(cString: strerror(errno)) }
}
