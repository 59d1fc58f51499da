import CaseFiles
import Glibc
import Hashing
import SmallFormats

/// Checks whether a packet's folder is as it was when the packet was made.
///
/// Shape:  every problem, in the order of the checks: the folder, the bag, its digests, the audit chain, `packet.json`. None
///         means that nothing changed since the manifests were made. It does not mean that the packet comes from the
///         sender it names: whoever changes a packet can make new manifests.
/// Cost:   one SHA-256 over every file; memory for the largest of `packet.json` and `audit.jsonl`.
/// Fails:  never; a folder that cannot be read is a problem itself. It opens no file outside the folder, follows no link and
///         writes nothing.
/// Source: RFC 8493 section 3; the packet specification, sections 2, 3, 6 and 8.
package struct PacketCheck {
  /// The longest file that is read as a whole: evidence is hashed in pieces, whatever its length.
  package static let maximumLength = 1 << 30

  let folder: FolderReading
  /// Of plain files.
  let paths: Set<String>
  var problems: [PacketCheckProblem] = []
  /// What was not checked, and why.
  var unchecked: [String] = []
  /// What was compared beyond what every packet is checked for.
  var checked: [String] = []
  /// `readings.json`; null where it is missing or no JSON.
  var readings = JSONValue.null
  /// The lines of the audit chain, and the data of its `evidence.import` by number of evidence.
  var chainLines: [JSONValue] = []
  var imports: [String: JSONValue] = [:]
  /// Ids of the STIX and CASE files, each with its file.
  var seenIDs: Set<String> = []
  /// Ids of the terms that were compared with their lexicons.
  var seenTerms: Set<String> = []
  /// Of the files hashed so far; evidence is needed twice.
  private var digests: [String: String] = [:]

  /// The problems of the packet in a folder.
  ///
  /// Shape:  empty for a packet that is as it was made. A folder whose name ends in `.partial` is always `unfinished`.
  /// Fails:  a path that is no folder gives one problem, under that path.
  package static func check(_ path: String) -> [PacketCheckProblem] { outcome(of: path).problems }

  /// What a check found, and what it could not look at.
  package struct Outcome: Equatable, Sendable {
    package let problems: [PacketCheckProblem]
    /// What was not checked, and why: clauses.
    package let unchecked: [String]
    /// What was derived again, and how listings were compared with their evidence: clauses.
    package var checked: [String] = []
  }

  /// The problems of the packet in a folder, and what was not checked.
  ///
  /// - Parameter rereading: gives what reads texts again, if it is asked; nil where nothing is to be read again.
  package static func outcome(of path: String, rereading: (() -> ListingRereading?)? = nil) -> Outcome {
    guard let folder = FolderReading(path) else {
      return Outcome(problems: [PacketCheckProblem(path, .unreadable("it is no folder"))], unchecked: [])
    }
    var check = PacketCheck(folder: folder)
    if path.split(separator: "/").last?.hasSuffix(".partial") == true { check.problems.append(.init("", .unfinished)) }
    check.problems += folder.unreadable
    check.problems += folder.found.filter { !$0.isPlainFile }.map { PacketCheckProblem($0.path, .notAFile) }
    check.checkDeclaration()
    check.checkRootFiles()
    let info = check.readInfo()
    check.checkDigests()
    check.checkPayloadSize(info)
    let chain = check.checkChain(info)
    check.checkDocument(info, chain: chain, rereading)
    return Outcome(problems: check.problems, unchecked: check.unchecked, checked: check.checked)
  }

  /// What a signature of the packet is over.
  package static let signedFile = tagManifest

  /// The bytes of one file in a packet's folder; nil if it is no plain file, cannot be read, or is longer than the limit.
  package static func file(_ path: String, in folder: String, atMost limit: Int = maximumLength) -> [UInt8]? {
    guard let folder = FolderReading(folder),
      let found = folder.found.first(where: { $0.path == path && $0.isPlainFile }), found.size <= limit
    else { return nil }
    return try? folder.bytes(of: path)
  }

  private init(folder: FolderReading) {
    self.folder = folder
    paths = Set(folder.found.filter(\.isPlainFile).map(\.path))
  }

  /// Adds a problem of a file.
  mutating func report(_ path: String, _ what: PacketCheckProblem.What) {
    problems.append(PacketCheckProblem(path, what))
  }

  /// The SHA-256 of a file of the packet; nil, with a problem, if it cannot be read.
  mutating func digest(of path: String) -> String? {
    if let known = digests[path] { return known }
    do {
      let digest = try folder.digest(of: path)
      digests[path] = digest
      return digest
    } catch {
      problems.append(error.problem)
      return nil
    }
  }

  /// The bytes of a file of the packet; nil, with a problem, if it is missing or cannot be read.
  mutating func bytes(of path: String) -> [UInt8]? {
    guard paths.contains(path) else {
      report(path, .missing)
      return nil
    }
    if let size = folder.found.first(where: { $0.path == path })?.size, size > Self.maximumLength {
      report(path, .unreadable("it has \(size) bytes, more than any packet's"))
      return nil
    }
    do {
      return try folder.bytes(of: path)
    } catch {
      problems.append(error.problem)
      return nil
    }
  }
}

/// A problem found in a packet's folder.
package struct PacketCheckProblem: Equatable, Sendable {
  /// The file, relative to the packet's folder; empty for the folder itself.
  package let path: String
  package let what: What

  /// The kinds of problem, from the folder to the readings.
  package enum What: Equatable, Sendable {
    /// A file or folder that could not be read, with the system's message.
    case unreadable(String)
    /// The folder of an interrupted export.
    case unfinished
    /// A file that every packet has.
    case missing
    /// A link, pipe or device.
    case notAFile
    /// `bagit.txt` is not what it must be.
    case wrongDeclaration
    /// `fetch.txt` names files elsewhere.
    case fetchesFromElsewhere
    /// A file that no manifest has.
    case unlisted
    /// A file beside the payload that is not the bag's own.
    case notAllowedHere
    /// A file that this manifest lists and the folder does not have.
    case listedButMissing(in: String)
    /// A file whose digest, or size, is not the one in this other file.
    case changed(accordingTo: String)
    /// A line of a manifest that has no digest and path.
    case unreadableLine(Int)
    /// A path that leads out of the packet.
    case unsafePath(String)
    /// A path that a manifest has on more than one line.
    case listedTwice(String)
    /// A field that `bag-info.txt` must have.
    case fieldMissing(String)
    /// A field that occurs more than once.
    case fieldTwice(String)
    /// A field of `bag-info.txt` with another value than it should have.
    case wrongField(String, found: String, expected: String)
    /// `Payload-Oxum` against the payload as found, both as `<bytes>.<files>`.
    case wrongSize(found: String, expected: String)
    /// A file that is no JSON, with the reason and the byte.
    case notJSON(String)
    /// A value of `packet.json` or `readings.json` that is absent or of the wrong type.
    case missingValue(String)
    /// A value that is not the one it repeats, or a risk that is not the sum of its points.
    case differs(String, found: String, expected: String)
    /// An audit line whose `prev` is not the digest of the line before it; lines count from 1.
    case chainBroken(line: Int)
    /// An audit line whose `seq` is not its place in the file.
    case chainOutOfOrder(line: Int)
    /// An audit line that reads differently when it is formatted again.
    case lineNotExact(line: Int)
    /// A file that says the same as it should, in other bytes.
    case notExact
    /// An id in STIX or CASE that is no UUID of version 4.
    case wrongID(String)
    case signatureMissing
    /// What a listing is said to say, and the rows of its evidence do not.
    case notInEvidence(listing: String, what: String, claim: String)
    /// Cited, but not described or not there.
    case evidenceMissing(String)
    /// A hit whose number, term or text is not as `readings.json` itself has it; hits count from 1.
    case hitMisplaced(listing: String, hit: Int)
  }

  init(_ path: String, _ what: What) {
    self.path = path
    self.what = what
  }

  /// What is wrong, where, and what it means, in one sentence.
  package var sentence: String {
    let file = path.isEmpty ? "The folder" : DisplayText.visible(path, limit: 200)
    return switch what {
    case .unreadable(let why): "\(file) cannot be read: \(why)."
    case .unfinished: "\(file) is the unfinished work of an export that was cut off; it is no packet."
    case .missing: "\(file) is missing."
    case .notAFile: "\(file) is neither a plain file nor a folder; a packet holds nothing else."
    case .wrongDeclaration: "\(file) is not the exact declaration of BagIt 1.0."
    case .fetchesFromElsewhere: "\(file) asks for files from elsewhere; a packet holds everything itself."
    case .unlisted: "\(file) is listed in no manifest: it was added after the packet was made."
    case .notAllowedHere: "\(file) does not belong beside the packet's own files; nothing vouches for it."
    case .listedButMissing(let manifest): "\(file) is missing, though \(manifest) lists it."
    case .changed(let manifest): "\(file) was changed: its SHA-256 is not the one in \(manifest)."
    case .unreadableLine(let line): "\(file), line \(line), is not a digest and a path."
    case .unsafePath(let path):
      "\(file) lists \(shown(path)), a path that leads out of the packet or has no place in it."
    case .listedTwice(let path): "\(file) lists \(shown(path)) twice."
    case .fieldMissing(let field): "\(file) has no \(field)."
    case .fieldTwice(let field): "\(file) has \(shown(field)) more than once."
    case .wrongField(let field, let found, let expected), .differs(let field, let found, let expected):
      "\(file) gives \(DisplayText.visible(field)) as \(shown(found)), which should be \(DisplayText.visible(expected))."
    case .wrongSize(let found, let expected):
      "The payload has \(found) (bytes.files), but \(file) says \(shown(expected))."
    case .notJSON(let why): "\(file) is not the JSON of a packet: \(why)."
    case .missingValue(let name): "\(file) has no valid \(DisplayText.visible(name))."
    case .chainBroken(let line):
      "\(file), line \(line), does not follow from the line before it: a line was changed, removed or put in."
    case .chainOutOfOrder(let line): "\(file), line \(line), does not bear the number \(line)."
    case .lineNotExact(let line): "\(file), line \(line), is not written in the exact form of an audit line."
    case .notExact: "\(file) is not written in the exact form in which it is derived from the packet's records."
    case .wrongID(let id): "\(file) has the id \(shown(id)), which is no UUID of version 4."
    case .signatureMissing: "\(file) is missing, though data/packet.json says that the packet is signed."
    case .notInEvidence(let listing, let what, let claim):
      "\(file) gives the \(what) of \(shown(listing)) as \(shown(claim)), which its evidence does not have."
    case .evidenceMissing(let id):
      "\(file) cites evidence \(shown(id)), which it does not describe or which is not there."
    case .hitMisplaced(let listing, let hit):
      "\(file), listing \(shown(listing)): hit \(hit) does not stand where it says, or its term is not described."
    }
  }

  /// Foreign text in a sentence.
  private func shown(_ text: String) -> String { "\"\(DisplayText.visible(text, limit: 120))\"" }
}

/// The files in a folder, without following links.
///
/// Cost:   one system call per file; nothing is read before it is asked for.
/// Fails:  with `ReadError` per file; folders that cannot be listed are in `unreadable`.
struct FolderReading {
  /// Anything in the folder that is not a folder itself.
  struct Found: Equatable {
    /// Relative to the root.
    let path: String
    let isPlainFile: Bool
    let size: Int
  }

  /// A packet is three folders deep. Anything deeper is reported, not walked.
  private static let maximumDepth = 16

  /// The folder, as given.
  let root: String
  /// Sorted by the bytes of the path.
  private(set) var found: [Found] = []
  /// Folders and files that could not be read.
  private(set) var unreadable: [PacketCheckProblem] = []

  /// Nil if `root` is not a folder.
  init?(_ root: String) {
    self.root = root
    guard FolderWriting.isFolder(root) else { return nil }
    walk("", depth: 0)
    found.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Collects the files of a folder.
  private mutating func walk(_ folder: String, depth: Int) {
    guard depth < Self.maximumDepth, let stream = opendir(full(folder)) else {
      unreadable.append(
        PacketCheckProblem(folder, .unreadable(depth < Self.maximumDepth ? Self.why() : "nested too deeply")))
      return
    }
    defer { closedir(stream) }
    while let next = readdir(stream) {
      let name = withUnsafePointer(to: &next.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let path = folder.isEmpty ? name : folder + "/" + name
      var status = stat()
      guard lstat(full(path), &status) == 0 else {
        unreadable.append(PacketCheckProblem(path, .unreadable(Self.why())))
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: walk(path, depth: depth + 1)
      default:
        found.append(
          Found(path: path, isPlainFile: status.st_mode & S_IFMT == S_IFREG, size: Int(status.st_size)))
      }
    }
  }

  private func full(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

  /// The system's message for `errno`.
  private static func why() -> String { String(cString: strerror(errno)) }

  /// A file that could not be read.
  struct ReadError: Error { let problem: PacketCheckProblem }

  /// The SHA-256 of a file, read in pieces, since evidence may be larger than memory.
  ///
  /// Units:  64 small hex digits.
  /// Cost:   memory for one piece, 256 KiB.
  /// Fails:  throws `ReadError` if the file cannot be opened or read, or is a link.
  func digest(of path: String) throws(ReadError) -> String {
    var hasher = SHA256Hasher()
    try read(path) { hasher.update($0) }
    return hasher.finish().hex
  }

  /// The whole content of a file.
  func bytes(of path: String) throws(ReadError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path) { bytes += $0 }
    return bytes
  }

  /// Calls `body` with the bytes of a file in a folder, piece by piece.
  ///
  /// Fails:  with `refused` if it cannot be read or is not `size` bytes long, and with what `body` throws.
  static func forEachPiece(
    of path: String, in folder: String, size: Int,
    _ body: (UnsafeRawBufferPointer) throws(PacketError) -> Void
  ) throws(PacketError) {
    let full = "\(folder)/\(path)"
    let descriptor = open(full, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .refused(path: full, errno: errno, leftBehind: nil) }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var left = size
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .refused(path: full, errno: errno, leftBehind: nil) }
      left -= count
      guard count > 0, left >= 0 else { break }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    guard left == 0 else { throw .refused(path: full, errno: EIO, leftBehind: nil) }
  }

  /// Reads a file piece by piece. It does not wait for pipes.
  private func read(_ path: String, piece: (UnsafeRawBufferPointer) -> Void) throws(ReadError) {
    let descriptor = open(full(path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw ReadError(problem: PacketCheckProblem(path, .unreadable(Self.why()))) }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ReadError(problem: PacketCheckProblem(path, .unreadable(Self.why()))) }
      if count == 0 { return }
      piece(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
