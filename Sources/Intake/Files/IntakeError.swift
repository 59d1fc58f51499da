import Sentences

/// Why a file could not be opened at all. Nothing of it was read; other files are unharmed.
///
/// Shape:  `description` is the whole sentence for a screen or terminal. `reason` is the clause for a list that already
///         names the file.
package enum IntakeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing has this name.
  case missing(path: String)
  /// A folder where a file is needed, such as a member of a list of files.
  case isDirectory(path: String)
  case notPermitted(path: String)
  /// A pipe, socket or device: it cannot be mapped. Standard input is read as `-`.
  case notAFile(path: String)
  /// The system reported the error `code`, an `errno`.
  case unreadable(path: String, code: Int32)
  /// The content is something else: `kind` completes "it is not text but …".
  case notText(path: String, kind: String)
  /// A text about the files of a folder, such as `README.md`: its lines are no adverts.
  case aboutTheFiles(path: String)
  /// A workbook or database of which no table could be opened.
  case noTable(path: String, TableError)
  /// The archive is damaged, encrypted or of an unknown method.
  case cannotBeUnpacked(path: String, why: String)
  /// A packed file exceeds its limit, `limit` bytes, which is `reason`: the guard against archive bombs.
  case unpacksTooLarge(path: String, limit: Int, reason: String)
  /// A member of an archive that is skipped whatever it contains.
  case memberRefused(path: String, MemberSkipReason)
  /// Tables that are skipped while others of the same file are read.
  case tablesLeftOut(path: String, names: [String], TableSkipReason)
  /// The system's iconv does not support the encoding.
  case noConverter(path: String, encoding: TextEncoding)
  /// A folder or archive with nothing readable in it, out of `among` files.
  case nothingReadable(path: String, among: Int)
  /// A folder or archive beyond `FolderListing.maximumFileCount`.
  case tooManyFiles(path: String, limit: Int)
  /// The text must be written to a temporary file before it can be read, and that failed.
  case noTemporaryRoom(path: String, folder: String, code: Int32)
  /// Standard input sent more bytes than may be written to the temporary folder.
  case inputTooLarge(limit: Int, folder: String)
  /// The load stopped because memory ran low, after `rows` listings.
  case tooLittleMemory(rows: Int)
  /// No path was given.
  case nothingGiven
  /// The caller called `cancel`.
  case cancelled

  /// What happened, to which file, what is unharmed, what to do.
  package var description: String { sentence(.screen) }

  /// The same for a file or for the screen.
  func sentence(_ say: Wording) -> String {
    // By this name sentences are found for translators.
    func localized(_ sentence: Sentence) -> String { say(sentence) }
    return switch self {
    case .missing(let path): localized("\(path): there is no such file. Nothing was opened; check the name.")
    case .isDirectory(let path):
      localized("\(path) is a folder where a file is needed. Nothing was opened; name a file in it.")
    case .notPermitted(let path):
      localized("\(path): you may not read this file. Nothing was opened; ask its owner for access.")
    case .notAFile(let path):
      localized(
        "\(path) is a pipe or a device, not a file. Nothing was opened; send its text to standard input and open `-`.")
    case .unreadable(let path, let code):
      localized("\(path) could not be read: \(systemMessage(code)). Nothing was opened and the file is unharmed.")
    case .notText(let path, let kind):
      localized(
        "\(path) is not text but \(kind). Nothing was opened and the file is unharmed; "
          + "save it as CSV, TSV, JSON or JSON Lines.")
    case .aboutTheFiles(let path):
      localized("\(path) is a text about the files in its folder; name it to open it all the same")
    case .noTable(let path, let error): error.sentence(path: path)
    case .cannotBeUnpacked(let path, let why):
      localized(
        "\(path) could not be unpacked: \(why). Nothing of it was opened and the file is unharmed; "
          + "unpack it yourself, or fetch it again.")
    case .memberRefused(let path, let refusal):
      localized(
        "\(path) is not read: \(refusal.rawValue). Nothing was opened and the archive is unharmed; unpack it yourself and open "
          + "what comes of it, if you trust it.")
    case .tablesLeftOut(let path, let names, let reason):
      localized("\(path): \(reason.rawValue) were left out: \(Self.list(names, say))") + ". "
        + localized("The other tables are read and the file is unharmed; to read one of these, name it with --table.")
    case .unpacksTooLarge(let path, let limit, let reason):
      localized(
        "\(path) holds more than \(limit) bytes, which is \(reason). Nothing of it was opened and nothing was left on the "
          + "disk; if it is meant to be so large, unpack it yourself and open what comes of it, or name a folder with more "
          + "room in TMPDIR.")
    case .noConverter(let path, let encoding):
      localized(
        "\(path) is written in \(encoding.rawValue), which this system's iconv does not know. Nothing was opened and the "
          + "file is unharmed; install glibc's character sets, or save the file as UTF-8.")
    case .nothingReadable(let path, let count):
      count == 0
        ? localized("\(path) is empty. Nothing was opened; name files with listings, or a folder that has some.")
        : localized(
          "\(path): none of its \(count) files could be read as listings. Nothing was opened; name the files themselves, "
            + "and each says why.")
    case .tooManyFiles(let path, let limit):
      localized(
        "\(path) holds more than \(limit) files. Nothing was opened; name the folder in which the listings are.")
    case .noTemporaryRoom(let path, let folder, let code):
      localized(
        "\(path) has to be written out before it can be read, and that failed in \(folder), the folder for temporary "
          + "files: \(systemMessage(code)). Nothing was opened, nothing was left in \(folder), and what was to be read is "
          + "unharmed; make room there, or name a folder with room, as in TMPDIR=/var/tmp.")
    case .inputTooLarge(let limit, let folder):
      localized(
        "Standard input sent more than \(limit) bytes, which is half of the free space in \(folder), the folder for "
          + "temporary files. Nothing was opened and nothing was left there; write it to a file and open that, or name a "
          + "folder with more room, as in TMPDIR=/var/tmp.")
    case .tooLittleMemory(let rows):
      localized(
        "There is too little memory: \(rows) listings were read, then less than \(MemoryBound.reserve >> 20) MB were left. "
          + "The files are unharmed and so are all verdicts; open fewer files at once, or give the program more memory."
      )
    case .nothingGiven: localized("No file was named. Name one or more CSV, TSV, JSON or JSON Lines files, or `-`.")
    case .cancelled: localized("Opening was cancelled. The files are unharmed.")
    }
  }

  /// What happened, for a list that names the file and says what was done about it.
  package var reason: String { reason(.screen) }

  /// The first names, and how many more there are.
  private static func list(_ names: [String], _ say: Wording) -> String {
    let (shown, more) = (names.prefix(20).joined(separator: ", "), names.count - 20)
    guard more > 0 else { return shown }
    return switch say {
    case .files: "\(shown) and \(more) more"
    case .screen: shown + " " + localized(more, one: "and \(more) more", other: "and \(more) more")
    }
  }

  func reason(_ say: Wording) -> String {
    switch self {
    case .missing: say(Sentence("there is no such file any more"))
    case .isDirectory: say(Sentence("it is a folder"))
    case .notPermitted: say(Sentence("you may not read it"))
    case .notAFile: say(Sentence("it is a pipe or a device"))
    case .unreadable(_, let code): say(Sentence("it could not be read: \(systemMessage(code))"))
    case .notText(_, let kind): say(Sentence("it is not text but \(kind)"))
    case .aboutTheFiles: say(Sentence("it is a text about the files in its folder; name it to open it all the same"))
    case .cannotBeUnpacked(_, let why): say(Sentence("it could not be unpacked: \(why)"))
    case .memberRefused(_, let refusal): refusal.rawValue
    case .tablesLeftOut(_, let names, let reason):
      say(Sentence("\(reason.rawValue), which --table reads: \(Self.list(names, say))"))
    case .unpacksTooLarge(_, let limit, let reason):
      say(Sentence("it holds more than \(limit) bytes, which is \(reason)"))
    case .noConverter(_, let encoding):
      say(Sentence("it is written in \(encoding.rawValue), which this system's iconv does not know"))
    case .nothingReadable(_, let count):
      count == 0 ? say(Sentence("it is empty")) : say(Sentence("none of its \(count) files holds listings"))
    case .tooManyFiles(_, let limit): say(Sentence("it holds more than \(limit) files"))
    case .noTable, .noTemporaryRoom, .inputTooLarge, .tooLittleMemory, .nothingGiven, .cancelled: sentence(say)
    }
  }

  /// The file, folder or archive concerned; nil for errors that concern the whole load.
  package var path: String? {
    switch self {
    case .missing(let path), .isDirectory(let path), .notPermitted(let path), .notAFile(let path): path
    case .unreadable(let path, _), .notText(let path, _), .aboutTheFiles(let path), .cannotBeUnpacked(let path, _): path
    case .unpacksTooLarge(let path, _, _), .noConverter(let path, _), .nothingReadable(let path, _): path
    case .tooManyFiles(let path, _), .noTable(let path, _), .memberRefused(let path, _): path
    case .tablesLeftOut(let path, _, _): path
    case .noTemporaryRoom, .inputTooLarge, .tooLittleMemory, .nothingGiven, .cancelled: nil
    }
  }

  /// Whether other files can still be read. Where there is no disk space for one, there is none for the next.
  var isAboutOneFile: Bool { path != nil }
}
