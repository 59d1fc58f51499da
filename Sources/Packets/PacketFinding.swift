/// Something about a packet's folder that is not as it must be.
package struct PacketFinding: Equatable, Sendable {
  /// The file, relative to the packet's folder; empty for the folder itself.
  package let place: String
  package let what: What

  package enum What: Equatable, Sendable {
    case unreadable(String)
    case unfinished
    case missing
    case notAFile
    case wrongDeclaration
    case fetchesFromElsewhere
    case unlisted
    case notAllowedHere
    case listedButMissing(in: String)
    case changed(accordingTo: String)
    case unreadableLine(Int)
    case unsafePath(String)
    case listedTwice(String)
    case fieldMissing(String)
    case fieldTwice(String)
    case wrongField(String, found: String, expected: String)
    case wrongSize(found: String, expected: String)
    case notJSON(String)
    case missingValue(String)
    case differs(String, found: String, expected: String)
    case chainBroken(line: Int)
    case chainOutOfOrder(line: Int)
    case lineNotExact(line: Int)
    case evidenceMissing(String)
    case hitMisplaced(listing: String, hit: Int)
  }

  init(_ place: String, _ what: What) {
    self.place = place
    self.what = what
  }

  /// What is wrong, where, and what it means, in one sentence.
  package var sentence: String {
    let file = place.isEmpty ? "The folder" : DisplayText.visible(place, limit: 200)
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
      "\(file) gives \(field) as \(shown(found)), which should be \(expected)."
    case .wrongSize(let found, let expected):
      "The payload has \(found) (bytes.files), but \(file) says \(shown(expected))."
    case .notJSON(let why): "\(file) is not the JSON of a packet: \(why)."
    case .missingValue(let name): "\(file) has no valid \(name)."
    case .chainBroken(let line):
      "\(file), line \(line), does not follow from the line before it: a line was changed, removed or put in."
    case .chainOutOfOrder(let line): "\(file), line \(line), does not bear the number \(line)."
    case .lineNotExact(let line): "\(file), line \(line), is not written in the exact form of an audit line."
    case .evidenceMissing(let id):
      "\(file) cites evidence \(shown(id)), which it does not describe or which is not there."
    case .hitMisplaced(let listing, let hit):
      "\(file), listing \(shown(listing)): hit \(hit) does not stand where it says, or its term is not described."
    }
  }

  private func shown(_ text: String) -> String { "\"\(DisplayText.visible(text, limit: 120))\"" }
}
