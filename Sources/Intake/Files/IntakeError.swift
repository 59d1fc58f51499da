/// Why a file could not be opened at all. Nothing of it was read; other files are unharmed.
package enum IntakeError: Error, Equatable, Sendable, CustomStringConvertible {
  case missing(path: String)
  case isDirectory(path: String)
  case notPermitted(path: String)
  /// A pipe, socket or device: it cannot be mapped. Standard input is read as `-`.
  case notAFile(path: String)
  case unreadable(path: String, code: Int32)
  case wrongEncoding(path: String, encoding: ForeignEncoding)
  case notText(path: String, kind: String)
  /// A workbook or database of which no table could be opened.
  case noTable(path: String, TableFault)
  case nothingGiven

  /// What happened, to which file, what is unharmed, what to do.
  package var description: String {
    switch self {
    case .missing(let path): "\(path): there is no such file. Nothing was opened; check the name."
    case .isDirectory(let path):
      "\(path) is a directory. Nothing was opened; name the files in it, as in \(path)/*.csv."
    case .notPermitted(let path): "\(path): you may not read this file. Nothing was opened; ask its owner for access."
    case .notAFile(let path):
      "\(path) is a pipe or a device, not a file. Nothing was opened; send its text to standard input and open `-`."
    case .unreadable(let path, let code):
      "\(path) could not be read: \(systemMessage(code)). Nothing was opened and the file is unharmed."
    case .wrongEncoding(let path, let encoding):
      "\(path) is written in \(encoding.rawValue), not in UTF-8. Nothing was opened and the file is unharmed; "
        + "convert it with: iconv -f \(encoding.rawValue) -t UTF-8."
    case .notText(let path, let kind):
      "\(path) is not text but \(kind). Nothing was opened and the file is unharmed; "
        + "unpack it, or save it as CSV, TSV or JSON Lines."
    case .noTable(let path, let fault): fault.sentence(path: path)
    case .nothingGiven: "No file was named. Name one or more CSV, TSV, JSON or JSON Lines files, or `-`."
    }
  }
}

/// Encodings that are recognised by how a file begins, and refused.
package enum ForeignEncoding: String, Sendable {
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf32LittleEndian = "UTF-32LE"
  case utf32BigEndian = "UTF-32BE"
}
