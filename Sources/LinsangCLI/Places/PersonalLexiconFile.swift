import CodeWords
import Foundation
import Intake
import Listings
import LexiconWork

/// The lexicon that quick additions go into: `linsang/Lexicons/terms/personal.csv` in the configuration folder.
///
/// Shape:  a row is put behind what is there, and not a byte of that is changed.
/// Fails:  with a refusal, the file as it was: where it is not what a lexicon is, where the term stands in it already, or
///         where it cannot be written. Programs that add at the same time take turns.
struct PersonalLexiconFile {
  let path: String

  init(configuration: String = XDG.config(ProcessInfo.processInfo.environment)) {
    path = configuration + "/linsang/Lexicons/terms/" + TermDraft.file
  }

  struct Refusal: Error {
    let sentence: String

    fileprivate init(_ what: String, _ advice: String) {
      sentence = "\(what). The word was not added, and the file is as it was. \(advice)"
    }
  }

  /// Adds a term, on disk when this returns.
  func add(_ draft: TermDraft, reviewed: String) throws(Refusal) -> Term {
    let term: Term
    do throws(TermDraftError) {
      term = try draft.term(reviewed: reviewed)
    } catch {
      throw Refusal("\(error.line.label): \(error.why)", "Mend it, then try again.")
    }
    try DurableFile.takingTurns(inFolderOf: path, refused: refusal) { () throws(Refusal) in
      let old = try bytes()
      let rows = try rows(of: old)
      try check(rows, for: term)
      let new = try text(old, rows, with: draft.cells(reviewed: reviewed))
      do throws(DurableFile.Failure) {
        try DurableFile.replace(path, with: new)
      } catch {
        throw refusal(error)
      }
    }
    return term
  }

  private func refusal(_ failure: DurableFile.Failure) -> Refusal {
    Refusal(
      "\(path) could not be written: \(failure.why)", "Free some room or allow writing there, then try again.")
  }

  // MARK: What is there

  private func bytes() throws(Refusal) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw Refusal("\(path) could not be read: \(ColumnMemoryFile.why(error))", "Allow reading it, then try again.")
    }
  }

  private static let advice =
    "Save it as CSV, in UTF-8 without a byte order mark, with commas between the cells; then "
    + "try again."

  /// The rows of a lexicon, its header among them; none where there is no file yet.
  private func rows(of bytes: [UInt8]) throws(Refusal) -> [TableRow] {
    guard !bytes.isEmpty else { return [] }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw Refusal("\(path) begins with a byte order mark, as spreadsheets write it", Self.advice)
    }
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
      throw Refusal("\(path) is not UTF-8", Self.advice)
    }
    // The program reads on behind a quotation mark that is never closed; a spreadsheet would swallow the new row.
    if !bytes.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) {
      throw Refusal("\(path) has a quotation mark that is never closed", "Close it, then try again.")
    }
    let rows = bytes.withUnsafeBytes { SmallTable.rows(of: $0) }
    guard rows.first?.cells == LexiconFile.columns else {
      let found = String(rows.first?.cells.joined(separator: ",").prefix(80) ?? "")
      let what =
        found.contains(";") ? "has semicolons between its cells, as some spreadsheets write them" : "is no lexicon"
      throw Refusal("\(path) \(what); its first line is \"\(found)\" and not \"\(LexiconRow.header)\"", Self.advice)
    }
    return rows
  }

  /// A second row of the same term would stand beside the first, not in its place.
  private func check(_ rows: [TableRow], for term: Term) throws(Refusal) {
    let known = LexiconFile.read(rows, file: path).lexicon.terms
    guard let same = known.first(where: { TermIdentity($0) == TermIdentity(term) }) else { return }
    throw Refusal(
      "“\(term.name)” (\(term.language)) stands in \(path):\(same.location.line) already", "Change it there.")
  }

  // MARK: What is there then

  /// The old bytes with a row behind them, which reads back as that row and leaves all others what they were.
  private func text(_ old: [UInt8], _ rows: [TableRow], with cells: [String]) throws(Refusal) -> [UInt8] {
    let firstEnd = old.firstIndex(of: 0x0A)
    let end = firstEnd.map { $0 > 0 && old[$0 - 1] == 0x0D ? "\r\n" : "\n" } ?? "\n"
    var new = old
    if new.isEmpty { new += Array((LexiconRow.header + end).utf8) }
    if new.last != 0x0A { new += Array(end.utf8) }
    new += Array((LexiconRow.text(cells) + end).utf8)
    let read = new.withUnsafeBytes { SmallTable.rows(of: $0) }.map(\.cells)
    guard read.last == cells, read.dropLast() == (rows.isEmpty ? [LexiconFile.columns] : rows.map(\.cells))[...] else {
      throw Refusal("\(path) would not be read as before with a row more", "Look for what is odd at its end.")
    }
    return new
  }
}
