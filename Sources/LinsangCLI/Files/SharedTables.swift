import CaseFiles
import Casework
import Dashboard
import Foundation
import Packets

/// Tables that are read when they are needed: codes of descriptions, legal bases, columns of places. Those of the user's own
/// folders add to the shipped ones.
struct SharedTables {
  private let folders: DataFolders

  init(_ folders: DataFolders = DataFolders()) { self.folders = folders }

  /// The files of a name, lowest precedence first.
  private func files(_ name: String) -> [(path: String, text: String)] {
    folders.lexicons.compactMap { folder in
      let path = "\(folder)/\(name)"
      return FileManager.default.contents(atPath: path).map { (path, String(decoding: $0, as: UTF8.self)) }
    }
  }

  func codes() throws(CodeListProblem) -> DescriptionCodes {
    var codes = DescriptionCodes()
    for file in files("codes.toml") { try codes.add(file.text, file: file.path) }
    return codes
  }

  func legal() throws(LegalProblem) -> LegalTable {
    var table = LegalTable()
    for file in files("legal-basis.toml") { try table.add(file.text, file: file.path) }
    return table
  }

  func placeColumns() throws(PlaceColumnsProblem) -> PlaceColumns {
    var columns = PlaceColumns()
    for file in files("place-columns.toml") { try columns.add(file.text, file: file.path) }
    return columns
  }

  /// The entries of these ids, in this order, separated by commas or blanks.
  ///
  /// Fails:  where there is none of that name, or a file has a mistake.
  func legalEntries(_ ids: String) throws(PacketExportError) -> [LegalEntry] {
    let wanted = ids.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
    guard !wanted.isEmpty else { return [] }
    let table: LegalTable
    do throws(LegalProblem) { table = try legal() } catch {
      throw PacketExportError(sentence: error.sentence, line: .legal)
    }
    var entries: [LegalEntry] = []
    for id in wanted {
      guard let entry = table[id] else {
        throw PacketExportError(
          sentence: "There is no legal basis “\(id)”; `linsang legal` lists those that there are.", line: .legal)
      }
      if !entries.contains(entry) { entries.append(entry) }
    }
    return entries
  }

  /// For the form; a file with a mistake offers none, and says why once one is chosen.
  var legalChoices: [LegalChoice] {
    ((try? legal())?.entries ?? []).map {
      LegalChoice(
        id: $0.id, citation: $0.citation,
        about: "\($0.jurisdiction), in force \($0.period): \($0.about)" + ($0.isChecked ? "" : " Unverified."))
    }
  }
}
