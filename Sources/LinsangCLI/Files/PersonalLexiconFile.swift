import CodeWords
import Foundation
import Intake
import LexiconWork
import Listings
import Sentences

/// The lexicon that words added on the screen go into: `linsang/Lexicons/terms/personal.csv` in the configuration folder,
/// or a file of its own for practice.
///
/// Shape:  a row is appended, or taken out; no other byte of the existing text changes. Programs that do so at the same
///         time wait for each other.
/// Fails:  with a sentence, leaving the file unchanged: if it is not a lexicon, already has the term, or cannot be
///         written.
struct PersonalLexiconFile {
  let path: String

  init(path: String) { self.path = path }

  init(configuration: String = XDG.config(ProcessInfo.processInfo.environment)) {
    path = configuration + "/linsang/Lexicons/terms/" + TermDraft.file
  }

  /// The word could not be added.
  struct AddError: Error {
    let sentence: String
    /// What is wrong with the file or the word, without its full stop.
    fileprivate let what: String

    fileprivate init(_ what: String, _ advice: String) {
      self.what = what
      sentence = "\(what). " + localized("The word was not added, and the file is unchanged.") + " " + advice
    }
  }

  /// The word could not be taken out.
  struct RemovalError: Error {
    let sentence: String
  }

  /// Adds a term. It is on disk when this returns.
  func add(_ draft: TermDraft, reviewed: String) throws(AddError) -> Term {
    let term: Term
    do throws(TermDraftError) {
      term = try draft.term(reviewed: reviewed)
    } catch {
      throw AddError("\(error.line.label): \(error.why)", localized("Correct it, then try again."))
    }
    try DurableFile.withFolderLock(for: path, failing: addError) { () throws(AddError) in
      let old = try bytes()
      let rows = try rows(of: old)
      try check(rows, for: term)
      let new = try text(old, rows, with: draft.cells(reviewed: reviewed))
      do throws(DurableFile.WriteError) {
        try DurableFile.replace(path, with: new)
      } catch {
        throw addError(error)
      }
    }
    return term
  }

  /// Takes the row of a term out; no other byte changes.
  ///
  /// Shape:  of two rows with the same word, the one at the line from which the term was read.
  func remove(_ term: Term) throws(RemovalError) {
    func failure(_ what: String) -> RemovalError {
      RemovalError(sentence: what + " " + localized("“\(term.name)” was not taken out, and the file is unchanged."))
    }
    try DurableFile.withFolderLock(
      for: path, failing: { failure(localized("\(path) could not be written: \($0.why).")) }
    ) { () throws(RemovalError) in
      let (old, rows): ([UInt8], [TableRow])
      do throws(AddError) {
        old = try bytes()
        rows = try self.rows(of: old)
      } catch { throw failure(error.what + ".") }
      let lexicon = LexiconFile.read(rows, file: path).lexicon
      let same = lexicon.terms.indices.filter { TermIdentity(lexicon.terms[$0]) == TermIdentity(term) }
      let index = same.first { lexicon.terms[$0].location.line == term.location.line } ?? same.first
      guard let index, let place = rows.firstIndex(where: { $0.line == lexicon.terms[index].location.line }) else {
        throw failure(localized("\(path) has no row for it."))
      }
      guard lexicon.rows.count(where: { $0.term == index }) == 1 else {
        throw failure(localized("\(path) has further rows for it, which only you can take out."))
      }
      var new = old
      new.removeSubrange(Self.range(of: place, among: rows, in: old))
      let read = new.withUnsafeBytes { SmallTable.rows(of: $0) }.map(\.cells)
      guard read == rows.indices.filter({ $0 != place }).map({ rows[$0].cells }) else {
        throw failure(localized("\(path) would read differently without it."))
      }
      do throws(DurableFile.WriteError) { try DurableFile.replace(path, with: new) } catch {
        throw failure(localized("\(path) could not be written: \(error.why)."))
      }
    }
  }

  /// The bytes of a row with its line end, without blank lines below it.
  private static func range(of place: Int, among rows: [TableRow], in bytes: [UInt8]) -> Range<Int> {
    let start = start(ofLine: rows[place].line, in: bytes)
    var end = rows.indices.contains(place + 1) ? self.start(ofLine: rows[place + 1].line, in: bytes) : bytes.count
    // A line end that follows another one, with nothing but a carriage return between, ends a blank line.
    func isBlank(before end: Int) -> Bool {
      guard end - 1 > start, bytes[end - 1] == 0x0A else { return false }
      let before = bytes[end - 2] == 0x0D ? end - 3 : end - 2
      return before > start && bytes[before] == 0x0A
    }
    while isBlank(before: end) { end -= bytes[end - 2] == 0x0D ? 2 : 1 }
    return start..<end
  }

  /// The first byte of a line, counted from 1.
  private static func start(ofLine line: Int, in bytes: [UInt8]) -> Int {
    var start = 0
    for _ in 1..<max(1, line) { start = (bytes[start...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1 }
    return start
  }

  private func addError(_ error: DurableFile.WriteError) -> AddError {
    AddError(
      localized("\(path) could not be written: \(error.why)"),
      localized("Free some space or allow writing there, then try again."))
  }

  // MARK: The existing file

  private func bytes() throws(AddError) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw AddError(
        localized("\(path) could not be read: \(ColumnMemoryFile.why(error))"),
        localized("Allow reading it, then try again."))
    }
  }

  private static var advice: String {
    localized(
      "Save it as CSV, in UTF-8 without a byte order mark, with commas between the cells; then try again.")
  }

  /// The rows of the lexicon, including its header; none if there is no file yet.
  private func rows(of bytes: [UInt8]) throws(AddError) -> [TableRow] {
    guard !bytes.isEmpty else { return [] }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw AddError(localized("\(path) begins with a byte order mark, as spreadsheets write it"), Self.advice)
    }
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
      throw AddError(localized("\(path) is not UTF-8"), Self.advice)
    }
    // Linsang reads past a quotation mark that is never closed, but a spreadsheet would swallow the new row.
    if !bytes.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) {
      throw AddError(
        localized("\(path) has a quotation mark that is never closed"), localized("Close it, then try again."))
    }
    let rows = bytes.withUnsafeBytes { SmallTable.rows(of: $0) }
    guard rows.first?.cells == LexiconFile.columns else {
      let found = String(rows.first?.cells.joined(separator: ",").prefix(80) ?? "")
      let what =
        found.contains(";")
        ? localized("\(path) has semicolons between its cells, as some spreadsheets write them")
        : localized("\(path) is not a lexicon")
      throw AddError(
        what + "; " + localized("its first line is \"\(found)\" and not \"\(LexiconRow.header)\""), Self.advice)
    }
    return rows
  }

  /// A second row for the same term would not replace the first.
  private func check(_ rows: [TableRow], for term: Term) throws(AddError) {
    let known = LexiconFile.read(rows, file: path).lexicon.terms
    guard let same = known.first(where: { TermIdentity($0) == TermIdentity(term) }) else { return }
    throw AddError(
      localized("“\(term.name)” (\(term.language)) is already in \(path):\(same.location.line)"),
      localized("Change it there."))
  }

  // MARK: The new file

  /// The old bytes followed by a row. The result is read back, to make sure that the row is there and no other changed.
  private func text(_ old: [UInt8], _ rows: [TableRow], with cells: [String]) throws(AddError) -> [UInt8] {
    let firstEnd = old.firstIndex(of: 0x0A)
    let end = firstEnd.map { $0 > 0 && old[$0 - 1] == 0x0D ? "\r\n" : "\n" } ?? "\n"
    var new = old
    if new.isEmpty { new += Array((LexiconRow.header + end).utf8) }
    if new.last != 0x0A { new += Array(end.utf8) }
    new += Array((LexiconRow.text(cells) + end).utf8)
    let read = new.withUnsafeBytes { SmallTable.rows(of: $0) }.map(\.cells)
    guard read.last == cells, read.dropLast() == (rows.isEmpty ? [LexiconFile.columns] : rows.map(\.cells))[...] else {
      throw AddError(
        localized("\(path) would read differently with a row added"), localized("Look for something odd at its end."))
    }
    return new
  }
}
