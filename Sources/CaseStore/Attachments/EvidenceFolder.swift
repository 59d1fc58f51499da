import Captures
import Casework
import Foundation
import Hashing
import Sentences

/// The files that were attached to listings of a casebook, in a folder beside it.
///
/// Shape:  `NAME.evidence/ab/ab12…`, each file under its SHA-256 and read-only; the same bytes are there once, however often
///         they were attached. No name of a listing, and none of the file's own, is ever part of a path.
/// Cost:   a copy is one pass over the file, whatever its size, and a sync.
/// Fails:  with `EvidenceFileError`; a file is then under its name whole, or not at all.
package struct EvidenceFolder: Sendable {
  /// Of the folder.
  package let path: String

  /// - Parameter casebook: the path of the casebook.
  package init(besideCasebook casebook: String) {
    path = CasebookFile(path: casebook).resolvedPath + ".evidence"
  }

  /// Where a file is, or would be.
  package func path(of digest: String) -> String { "\(path)/\(digest.prefix(2))/\(digest)" }

  /// A file that was copied into the folder.
  package struct Taken: Equatable, Sendable {
    package let digest: String
    package let bytes: Int
    package let mediaType: MediaType
    /// What looking into a web archive found; nil for other files.
    package let report: CaptureReport?

    /// The attachment that it makes.
    ///
    /// - Parameter name: the path by which it was named.
    package func attachment(named name: String) -> Attachment {
      var attachment = Attachment(digest: digest, bytes: bytes, mediaType: mediaType.name)
      attachment.originalName = name.split(separator: "/").last.map(String.init) ?? ""
      attachment.looked = report?.clause ?? ""
      attachment.isFaulty = report?.isWhole == false
      return attachment
    }
  }

  /// Copies a file into the folder.
  package func take(_ source: String) throws(EvidenceFileError) -> Taken {
    let file: LocalFile
    do throws(LocalFileProblem) {
      file = try LocalFile(path: source)
    } catch {
      throw .refused(source, error)
    }
    try makeFolder(path)
    let partial = "\(path)/.partial-\(UInt64.random(in: .min ... .max))"
    let copy = open(partial, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard copy >= 0 else { throw .notStored(source, errno: errno, at: path) }
    defer {
      close(copy)
      // Gone by then where it got its name.
      unlink(partial)
    }
    let digest = StreamDigest(.sha256)
    var beginning: [UInt8] = []
    try file.read(or: { EvidenceFileError.refused(source, $0) }) { (piece) throws(EvidenceFileError) in
      digest.update(piece)
      if beginning.count < MediaType.beginningLength {
        beginning += piece.prefix(MediaType.beginningLength - beginning.count)
      }
      try write(piece, to: copy, source)
    }
    guard fchmod(copy, 0o400) == 0, fsync(copy) == 0 else { throw .notStored(source, errno: errno, at: path) }
    let name = StreamDigest.hex(digest.finish())
    try makeFolder("\(path)/\(name.prefix(2))")
    // Over a file of that name: it has the same bytes, or is damaged and then mended.
    guard rename(partial, self.path(of: name)) == 0 else { throw .notStored(source, errno: errno, at: path) }
    try sync("\(path)/\(name.prefix(2))", source)
    try sync(path, source)
    let type = CaptureReading.mediaType(of: copy, size: file.size, beginning: beginning)
    return Taken(
      digest: name, bytes: file.size, mediaType: type,
      report: CaptureReading.report(on: copy, size: file.size, as: type))
  }

  private func write(
    _ piece: UnsafeRawBufferPointer, to copy: Int32, _ source: String
  ) throws(EvidenceFileError) {
    var written = 0
    while written < piece.count {
      let count = Foundation.write(copy, piece.baseAddress! + written, piece.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .notStored(source, errno: count == 0 ? EIO : errno, at: path) }
      written += count
    }
  }

  /// Makes a folder that only its owner can look into.
  private func makeFolder(_ folder: String) throws(EvidenceFileError) {
    guard mkdir(folder, 0o700) != 0 else {
      return try sync(CasebookFile(path: folder).folder, folder)
    }
    guard errno == EEXIST else { throw .notStored(folder, errno: errno, at: path) }
  }

  private func sync(_ folder: String, _ source: String) throws(EvidenceFileError) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw .notStored(source, errno: errno, at: path) }
    defer { close(handle) }
    guard fsync(handle) == 0 || errno == EINVAL else { throw .notStored(source, errno: errno, at: path) }
  }

  // MARK: What is there

  /// The state of a stored file.
  package enum State: Equatable, Sendable {
    case whole
    case missing
    /// It has other bytes than its name says.
    case changed
    case unreadable(String)

    /// What is wrong, to follow the file's name; nil for a whole one.
    package var clause: String? {
      switch self {
      case .whole: nil
      case .missing: "is not there"
      case .changed: "has other bytes than were attached"
      case .unreadable(let why): "cannot be read: \(why)"
      }
    }

    /// The same for the screen.
    var screenClause: String? {
      switch self {
      case .whole: nil
      case .missing: localized("is not there", context: "a file")
      case .changed: localized("has other bytes than were attached", context: "a file")
      case .unreadable(let why): localized("cannot be read: \(why)", context: "a file")
      }
    }
  }

  /// Whether a file is there with its bytes.
  ///
  /// Cost:   one pass over it.
  package func state(of digest: String) -> State {
    do throws(LocalFileProblem) {
      let file = try LocalFile(path: path(of: digest))
      let found = StreamDigest(.sha256)
      try file.read(or: { $0 }) { (piece) throws(LocalFileProblem) in found.update(piece) }
      return StreamDigest.hex(found.finish()) == digest ? .whole : .changed
    } catch .missing {
      return .missing
    } catch .empty, .changed, .tooLarge {
      return .changed
    } catch {
      return .unreadable(error.clause)
    }
  }

  /// Files in the folder that none of these digests names, and unfinished copies, by their names.
  package func surplus(beside digests: Set<String>) -> [String] {
    let files = FileManager.default
    var surplus: [String] = []
    for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
      let inside = (try? files.contentsOfDirectory(atPath: "\(path)/\(name)"))
      guard let inside else {
        surplus.append(name)
        continue
      }
      surplus += inside.filter { !digests.contains($0) || $0.prefix(2) != name }.map { "\(name)/\($0)" }
    }
    return surplus.sorted()
  }
}

/// Why a file was not copied into the folder of evidence. Nothing was attached then.
package enum EvidenceFileError: Error, Equatable, Sendable {
  case refused(String, LocalFileProblem)
  /// The copy could not be written.
  case notStored(String, errno: Int32, at: String)

  /// What happened, to which file, what is unharmed, and what to do.
  package var sentence: String {
    switch self {
    case .refused(let file, let problem):
      localized("\(file) \(problem.screenClause). Nothing was attached.", context: "a file and what is wrong with it")
    case .notStored(let file, ENOSPC, let folder), .notStored(let file, EDQUOT, let folder),
      .notStored(let file, EFBIG, let folder):
      localized(
        "\(file) was not attached: there is no room for a copy in \(folder). The file and the casebook are unharmed. "
          + "Make room, then attach it again.")
    case .notStored(let file, let errno, let folder):
      localized(
        "\(file) was not attached: it could not be copied into \(folder): \(String(cString: strerror(errno))). "
          + "The file and the casebook are unharmed.")
    }
  }
}

extension EvidenceFolder {
  /// Whether a file of this size is there, without reading it; what is wrong, to follow its name, else nil.
  package func quickProblem(of attachment: Attachment) -> String? {
    var status = stat()
    guard lstat(path(of: attachment.digest), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return State.missing.screenClause
    }
    return Int(status.st_size) == attachment.bytes ? nil : State.changed.screenClause
  }
}
