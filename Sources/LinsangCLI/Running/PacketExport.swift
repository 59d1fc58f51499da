import CaseFiles
import CaseStore
import Casework
import Dashboard
import DemoListings
import Foundation
import Listings
import NearDuplicates
import Packets
import SmallFormats
import Workspace

/// A packet could not be written, and the line of the form to correct, if any.
struct PacketExportError: Error {
  let sentence: String
  let line: PacketDraft.Line?
}

/// Makes a packet of rows: builds their case file, reserves a number in the casebook, writes the folder, and records the
/// export in the casebook.
struct PacketExport {
  let snapshot: Snapshot
  let lexicons: LoadedLexicons
  let casebook: Casebook

  /// The name under which the casebook stores the form's answers.
  static let draftName = "packet-form"

  /// - Parameters:
  ///   - filter: the filter that the rows had to match; nil for none.
  ///   - isTestData: whether the listings are invented; nil to decide by the files.
  func write(
    _ draft: PacketDraft, rows: [Int], filter: String? = nil, isTestData: Bool? = nil
  ) throws(PacketExportError) -> WrittenPacket {
    let now = SystemClock.now()
    guard let created = UTCTime(now) else { throw PacketExportError(sentence: "The clock says \(now)", line: nil) }
    var form = PacketForm(draft)
    form.isTestData = isTestData ?? snapshot.dataset.isInvented
    // The form is checked first, so that no packet number is used up in vain.
    if let problem = form.problems(on: created).first {
      throw PacketExportError(sentence: problem.sentence, line: Self.line(of: problem.field))
    }
    do {
      let duplicates = snapshot.duplicates ?? DuplicateGroups.find(in: snapshot.dataset)
      let file = try CaseFile(rows, of: snapshot, lexicons, records(), duplicates: duplicates, filter: filter)
      let folder = fullPath(draft[.folder])
      try PacketWriter.check(file, into: folder)
      let signing = draft[.signKey].isEmpty ? nil : PacketSigning(key: fullPath(draft[.signKey]))
      // A key that does not sign is told now, for the same reason.
      _ = try signing?.sign([])
      let id = try casebook.reservePacket(at: now)
      guard let packetID = PacketID(id) else {
        throw PacketExportError(sentence: "The casebook gave the id \(id)", line: nil)
      }
      var stamp = PacketStamp(
        id: packetID, created: created, madeBy: casebook.analyst, toolVersion: Linsang.version,
        key: try casebook.packetKey(at: created))
      stamp.isSigned = signing != nil
      var assembly = try PacketAssembly(Packet(stamp: stamp, form: form, file: file))
      if let signing { try assembly.sign(signing.sign) }
      var written = try PacketWriter.write(assembly, into: folder)
      try casebook.recordExport(
        of: id, version: 1, listings: file.listings.map(\.key),
        data: ["audit_head": .text(written.auditHead), "folder": .text(written.bagName)], at: now)
      if draft[.zip] == PacketDraft.Line.zipAnswers[1] { written.zipPath = try zip(assembly, created, in: folder) }
      return written
    } catch let error as PacketExportError {
      throw error
    } catch {
      throw PacketExportError(sentence: Self.sentence(of: error), line: nil)
    }
  }

  /// Writes the zip of a packet whose folder is there.
  private func zip(
    _ assembly: PacketAssembly, _ created: UTCTime, in folder: String
  ) throws(PacketExportError) -> String {
    // What builds reproducibly takes its time from there: https://reproducible-builds.org/specs/source-date-epoch/
    let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) }
    do {
      return try PacketWriter.writeZip(
        of: assembly, at: epoch.flatMap { UTCTime(unixSeconds: $0) } ?? created, into: folder)
    } catch {
      throw PacketExportError(
        sentence:
          "The packet is written and whole, in \(folder)/\(assembly.folderName), but not its zip. \(error.sentence)",
        line: .zip)
    }
  }

  private static func sentence(of error: any Error) -> String {
    switch error {
    case let error as PacketError: error.sentence
    case let error as CasebookError: error.sentence
    case CaseFileError.fileChanged(let name):
      "No packet was written: \(name) was truncated or overwritten while open, so its rows can no longer be quoted. "
        + "The casebook is unharmed; read the file again (R in the dashboard)."
    default: "\(error)"
    }
  }

  private func records() throws -> CaseRecords {
    var records = CaseRecords(
      { [casebook] in
        let head = try casebook.head()
        return CasebookReference(headHash: head.hash, entries: head.sequence)
      },
      filings: try casebook.statusesUnderEveryKey().mapValues { ($0.status, $0.event) }
    ) { [casebook] key in
      try casebook.lines(for: [key]).compactMap { AuditLine(canonical: $0) }
    }
    guard let inForce = try casebook.verdictsInForce() else { return records }
    records.others = { [casebook] key in
      let history = try casebook.history(of: key)
      let decided = inForce.verdict(on: key, history)?.opinion
      return CaseRecords.OtherCasebooks(
        lines: history.compactMap { one in one.chain.map { ForeignLine(chain: $0, line: one.event.line) } },
        decided: decided.map { ($0.analyst, $0.time) })
    }
    return records
  }

  private func fullPath(_ typed: String) -> String {
    let path = typed.isEmpty ? "." : typed
    return path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
  }

  /// The line of the form that holds a field.
  private static func line(of field: String) -> PacketDraft.Line? {
    let lines: [String: PacketDraft.Line] = [
      "title": .title, "summary": .summary, "request": .request, "purpose": .purpose, "conditions": .conditions,
      "sender.org": .sender, "sender.country": .senderCountry, "sender.contact_name": .contactName,
      "sender.contact_email": .contactEmail, "recipients": .recipient, "recipients[1].org": .recipient,
      "recipients[1].country": .recipientCountry, "legal.collection_basis": .collection,
      "legal.processing_basis": .processing, "legal.good_faith": .goodFaith, "legal.instruments[1]": .instruments,
    ]
    return lines[field]
  }
}

extension PacketForm {
  /// The form as filled in by a draft.
  init(_ draft: PacketDraft) {
    self.init()
    title = draft[.title]
    summary = draft[.summary]
    request = draft[.request]
    purpose = PacketPurpose(rawValue: draft[.purpose]) ?? .intelligence
    tlp = TrafficLight(rawValue: draft[.tlp]) ?? .amber
    conditions = draft[.conditions]
    sender = PacketSender(
      org: draft[.sender], kind: OrganisationKind(rawValue: draft[.senderKind]) ?? .other,
      country: draft[.senderCountry].uppercased(), contactName: draft[.contactName],
      contactEmail: draft[.contactEmail])
    recipients = [
      PacketRecipient(
        org: draft[.recipient], kind: OrganisationKind(rawValue: draft[.recipientKind]) ?? .other,
        country: draft[.recipientCountry].uppercased())
    ]
    let uses = PacketDraft.Line.evidenceUses
    notForEvidenceWithoutSender = uses.firstIndex(of: draft[.evidenceUse]).flatMap { [nil, true, false][$0] }
    let instruments = draft[.instruments].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    legal = LegalBasis(
      collectionBasis: draft[.collection], processingBasis: draft[.processing],
      instruments: instruments.filter { !$0.isEmpty }, goodFaith: draft[.goodFaith])
  }
}

extension Dataset {
  /// Whether these are the invented listings of the demo, whose packets must say so.
  var isInvented: Bool {
    let names = Set(DemoListings.weeks.map { DemoListings.fileName(week: $0) })
    return !sources.isEmpty && sources.allSatisfy { names.contains($0.fileName) }
  }
}
