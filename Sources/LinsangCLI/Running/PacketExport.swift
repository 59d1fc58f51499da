import CaseFiles
import CaseStore
import Casework
import Dashboard
import DemoListings
import Foundation
import Hashing
import Intake
import Listings
import NearDuplicates
import Packets
import Sentences
import SmallFormats
import Workspace

/// A packet could not be written: everything that has to be mended, with the line of the form where it is.
struct PacketExportError: Error {
  struct Fault {
    /// With the field's name in it.
    let sentence: String
    /// As the form says it.
    let shown: PacketFault
  }

  let faults: [Fault]

  init(sentence: String, line: PacketDraft.Line?) {
    faults = [Fault(sentence: sentence, shown: PacketFault(line, sentence))]
  }

  init(_ problems: [PacketProblem]) {
    faults = problems.map { problem in
      let line = PacketExport.line(of: problem.field)
      let goesOn = problem.isAboutItsField && line != nil
      let near = Self.nearest(problem) ?? ""
      return Fault(
        sentence: problem.sentence + near,
        shown: PacketFault(line, (goesOn ? problem.words : problem.sentence) + near, goesOn: goesOn))
    }
  }

  /// What may be meant by a country that is none.
  private static func nearest(_ problem: PacketProblem) -> String? {
    guard case .notACountryCode(let typed) = problem.what, let near = CountryNames.nearest(to: typed) else {
      return nil
    }
    return " " + localized("Did you mean \(near)?")
  }

  /// All of them.
  var sentence: String { faults.map(\.sentence).joined(separator: " ") }
  /// The first line to mend.
  var line: PacketDraft.Line? { faults.lazy.compactMap(\.shown.line).first }
}

/// Makes packets of rows: builds their case files, reserves numbers in the casebook, writes the folders, and records the
/// exports in the casebook.
struct PacketExport {
  let snapshot: Snapshot
  let lexicons: LoadedLexicons
  let casebook: Casebook

  /// The name under which the casebook stores the form's answers.
  static let draftName = "packet-form"

  /// Writes a packet, or for a recipient who gets one for each platform, as many, in the order of their first rows.
  ///
  /// Fails:  before any number is reserved where the form, a listing or the key lacks something. If a later one of several
  ///         cannot be written, the sentence names those that were.
  ///
  /// - Parameters:
  ///   - filter: the filter that the rows had to match; nil for none.
  ///   - isTestData: whether the listings are invented; nil to decide by the files.
  func write(
    _ draft: PacketDraft, rows: [Int], filter: String? = nil, isTestData: Bool? = nil
  ) throws(PacketExportError) -> [WrittenPacket] {
    let now = SystemClock.now()
    guard let created = UTCTime(now) else {
      throw PacketExportError(sentence: localized("The clock says \(now)"), line: nil)
    }
    let profile = try RecipientProfiles().profile(draft[.profile])
    var form = PacketForm(draft)
    form.legal.entries = try SharedTables().legalEntries(draft[.legal])
    form.purpose = profile.purpose
    form.isTestData = isTestData ?? snapshot.dataset.isInvented
    let parts = parts(of: rows, profile)
    let replacing = try replaced(by: draft)
    if let replacing, parts.count > 1 {
      throw PacketExportError(
        sentence: localized(
          "\(replacing.old.packet.name) is replaced by one packet, and this kind of recipient gets "
            + "\(parts.count): one for each platform. Take the listings of one platform only."), line: .profile)
    }
    var written: [WrittenPacket] = []
    do {
      let files = try parts.map { try caseFile($0, filter) }
      let forms = files.map { addressed(form, to: $0, profile) }
      let folder = fullPath(draft[.folder])
      // All is checked first, so that no packet number is used up in vain.
      for (file, form) in zip(files, forms) {
        let problems = form.problems(on: created) + profile.problems(of: form, file.listings)
        if !problems.isEmpty { throw PacketExportError(problems) }
        try check(file, into: folder)
      }
      for (file, form) in zip(files, forms) where profile.isRedacted { try tryOut(file, profile, form, created) }
      let signing = draft[.signKey].isEmpty ? nil : PacketSigning(key: fullPath(draft[.signKey]))
      // A key that does not sign is told now, for the same reason.
      _ = try signing?.sign([])
      for (file, form) in zip(files, forms) {
        written.append(try write(file, replacing, profile, form, draft, signing, created, now))
      }
      return written
    } catch {
      var refused = error as? PacketExportError ?? PacketExportError(sentence: Self.sentence(of: error), line: nil)
      if !written.isEmpty {
        let paths = written.map(\.path).joined(separator: ", ")
        let whole = localized(
          written.count, one: "Before it, \(paths) was written and is whole.",
          other: "Before it, \(paths) were written and are whole.")
        refused = PacketExportError(sentence: "\(refused.sentence) \(whole)", line: refused.line)
      }
      throw refused
    }
  }

  /// Whether a packet of these listings can be written into a folder.
  private func check(_ file: CaseFile, into folder: String) throws {
    do throws(PacketError) {
      try PacketWriter.check(file, into: folder)
    } catch .folderMissing(let path) {
      throw PacketExportError(sentence: PacketError.folderMissing(path: path).sentence, line: .folder)
    }
    guard access(folder.isEmpty ? "." : folder, W_OK) == 0 else {
      throw PacketExportError(
        sentence: localized("No packet was written: nothing can be written into \(folder). Name another folder."),
        line: .folder)
    }
  }

  /// The packet that the new one replaces; nil for one of its own.
  private func replaced(by draft: PacketDraft) throws(PacketExportError) -> ReplacedPacket? {
    let name = draft[.replaces]
    if name.isEmpty {
      guard draft[.changes].isEmpty else {
        throw PacketExportError(
          sentence: localized("What changed is said of a packet that is replaced; name it."), line: .replaces)
      }
      return nil
    }
    do {
      return try ReplacedPacket(name.hasPrefix("~/") ? fullPath(name) : name, words: draft[.changes], in: casebook)
    } catch {
      throw PacketExportError(
        sentence: (error as? ReplacingError)?.sentence ?? Self.sentence(of: error), line: .replaces)
    }
  }

  /// What should be known before packets of these rows leave, each kind of remark once for all of them.
  ///
  /// Fails:  as writing does, as far as form and listings are concerned: what must be mended comes first.
  ///
  /// - Parameter openNotes: listings with a note that was begun and not filed.
  func remarks(
    _ draft: PacketDraft, rows: [Int], openNotes: Set<ListingKey> = []
  ) throws(PacketExportError) -> [PacketRemark] {
    let profile = try RecipientProfiles().profile(draft[.profile])
    _ = try replaced(by: draft)
    do {
      let file = try caseFile(rows)
      var form = addressed(PacketForm(draft), to: file, profile)
      form.legal.entries = try SharedTables().legalEntries(draft[.legal])
      form.purpose = profile.purpose
      if let created = UTCTime(SystemClock.now()) {
        let problems = form.problems(on: created) + profile.problems(of: form, file.listings)
        if !problems.isEmpty { throw PacketExportError(problems) }
      }
      try check(file, into: fullPath(draft[.folder]))
      let disputed = Set(try casebook.disagreements().map(\.key))
      return profile.remarks(
        on: form, file.listings,
        PacketSurroundings(
          disputed: disputed, openNotes: openNotes,
          earlier: draft[.replaces].isEmpty ? try earlierPackets(of: file.listings) : [:]))
    } catch {
      throw error as? PacketExportError ?? PacketExportError(sentence: Self.sentence(of: error), line: nil)
    }
  }

  /// The last packet that each listing was handed over in.
  private func earlierPackets(of listings: [CaseListing]) throws(CasebookError) -> [ListingKey: String] {
    var earlier: [ListingKey: String] = [:]
    for listing in listings {
      guard let last = try casebook.packets(holding: listing.key).last(where: { $0.event != nil }) else { continue }
      earlier[listing.key] = "\(last.id)_v\(last.version)"
    }
    return earlier
  }

  /// The form of one of several packets: a notice about a platform's listings goes to that platform.
  private func addressed(_ form: PacketForm, to file: CaseFile, _ profile: RecipientProfile) -> PacketForm {
    guard profile.cut == .byPlatform, let platform = file.listings.first?.platform.name else { return form }
    var form = form
    form.recipients = [
      PacketRecipient(org: platform, kind: .platform, country: form.recipients.first?.country ?? "")
    ]
    return form
  }

  /// The rows of each packet.
  private func parts(of rows: [Int], _ profile: RecipientProfile) -> [[Int]] {
    guard profile.cut == .byPlatform else { return [rows] }
    var order: [String] = []
    var parts: [String: [Int]] = [:]
    for row in rows {
      let platform = Folding.folded(snapshot.dataset.text(of: .platform, at: row))
      if parts[platform] == nil { order.append(platform) }
      parts[platform, default: []].append(row)
    }
    return order.map { parts[$0] ?? [] }
  }

  /// Puts a packet together that is not written: of what is withheld nothing may have come back by another way.
  private func tryOut(
    _ file: CaseFile, _ profile: RecipientProfile, _ form: PacketForm, _ created: UTCTime
  ) throws {
    guard let id = PacketID(year: 1, number: 0) else { return }
    let stamp = PacketStamp(
      id: id, created: created, madeBy: casebook.analyst, toolVersion: Linsang.version,
      key: try casebook.packetKey(at: created))
    _ = try PacketAssembly(Packet(stamp: stamp, form: form, file: file, recipient: profile))
  }

  private func caseFile(_ rows: [Int], _ filter: String? = nil) throws -> CaseFile {
    let duplicates = snapshot.duplicates ?? DuplicateGroups.find(in: snapshot.dataset)
    var file = try CaseFile(
      rows, of: snapshot, lexicons, records(), duplicates: duplicates, filter: filter,
      places: SharedTables().placeColumns())
    let tables = ReferenceTables(folders: DataFolders().lexicons)
    for index in file.listings.indices { file.listings[index].place(by: tables.platforms) }
    file.rates = Set(file.listings.compactMap { $0.price?.currency }).sorted().compactMap { code in
      tables.currencies.rate(of: code).map {
        ExchangeRate(currency: code, unitsPerDollar: $0.unitsPerDollar, day: $0.day, source: $0.source)
      }
    }
    return file
  }

  private func write(
    _ file: CaseFile, _ replacing: ReplacedPacket?, _ profile: RecipientProfile, _ form: PacketForm,
    _ draft: PacketDraft, _ signing: PacketSigning?, _ created: UTCTime, _ now: String
  ) throws -> WrittenPacket {
    let folder = fullPath(draft[.folder])
    var form = form
    let changes = replacing?.changes(in: file)
    if let replacing, let changes { form.summary += "\n\nReplaces \(replacing.old.packet.name): \(changes)." }
    let id = try replacing?.old.packet.id ?? casebook.reservePacket(at: now)
    let version = try replacing.map { try casebook.reserveNextVersion(of: $0.old.packet.id, at: now) } ?? 1
    guard let packetID = PacketID(id) else {
      throw PacketExportError(sentence: localized("The casebook gave the id \(id)"), line: nil)
    }
    var stamp = PacketStamp(
      id: packetID, version: version, supersedes: replacing?.old.packet.name, created: created,
      madeBy: casebook.analyst, toolVersion: Linsang.version, key: try casebook.packetKey(at: created))
    stamp.isSigned = signing != nil
    var assembly = try PacketAssembly(Packet(stamp: stamp, form: form, file: file, recipient: profile))
    if let signing { try assembly.sign(signing.sign) }
    var written = try PacketWriter.write(assembly, into: folder)
    try casebook.recordExport(
      of: id, version: version, listings: file.listings.map(\.key),
      data: facts(of: written, assembly, form, file, replacing, changes: changes).merging([
        "profile": .text(profile.name)
      ]) { $1 },
      at: now)
    if draft[.zip] == PacketDraft.Line.zipAnswers[1] { written.zipPath = try writeZip(assembly, created, in: folder) }
    return written
  }

  /// What the event of the export says of the packet, so that what becomes of it can be bound to it.
  private func facts(
    of written: WrittenPacket, _ assembly: PacketAssembly, _ form: PacketForm, _ file: CaseFile,
    _ replacing: ReplacedPacket?, changes: String?
  ) -> [String: JSONValue] {
    var facts: [String: JSONValue] = [
      "audit_head": .text(written.auditHead), "folder": .text(written.bagName),
      "platforms": .list(file.listings.map { .optional($0.platform.name) }),
      "recipients": .list(
        form.recipients.enumerated().map { index, recipient in
          CaseRecipient(
            id: "R" + Digits.padded(index + 1, 4), organisation: recipient.org, kind: recipient.kind.rawValue
          ).json
        }),
    ]
    let list = assembly.files.first { $0.path == "tagmanifest-sha256.txt" }
    facts["manifest"] = list.map { .text(SHA256Digest(of: $0.bytes).hex) }
    if let replacing {
      facts["supersedes"] = .text(replacing.old.packet.name)
      facts["replaces"] = .text(replacing.old.packet.export)
      facts["changes"] = .optional(changes)
    }
    return facts
  }

  /// Writes the zip of a packet whose folder is there.
  private func writeZip(
    _ assembly: PacketAssembly, _ created: UTCTime, in folder: String
  ) throws(PacketExportError) -> String {
    // What builds reproducibly takes its time from there: https://reproducible-builds.org/specs/source-date-epoch/
    let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) }
    do {
      return try PacketWriter.writeZip(
        of: assembly, at: epoch.flatMap { UTCTime(unixSeconds: $0) } ?? created, into: folder)
    } catch {
      throw PacketExportError(
        sentence: localized("The packet is written and whole, in \(folder)/\(assembly.folderName), but not its zip.")
          + " " + error.sentence,
        line: .zip)
    }
  }

  private static func sentence(of error: any Error) -> String {
    switch error {
    case let error as PacketError: error.sentence
    case let error as CasebookError: error.sentence
    case let error as PlaceColumnsProblem: error.sentence
    case CaseFileError.fileChanged(let name):
      localized(
        "No packet was written: \(name) was truncated or changed while open, so its rows can no longer be quoted. "
          + "The casebook is unharmed; read the file again (R in the dashboard).")
    default: "\(error)"
    }
  }

  private func records() throws -> CaseRecords {
    var records = try decisions()
    records.evidenceColumns = EvidenceColumns(rows: ReferenceTables.evidenceColumns(folders: DataFolders().lexicons))
    records.files = { [casebook] key in
      let folder = casebook.evidence
      return ListingFiles(of: try casebook.attachments(of: key)) { (folder.path(of: $0), folder.state(of: $0).clause) }
    }
    return records
  }

  private func decisions() throws -> CaseRecords {
    var records = CaseRecords(
      { [casebook] in
        let head = try casebook.head()
        return CasebookReference(headHash: head.hash, entries: head.sequence)
      },
      filings: try casebook.statusesUnderEveryKey().mapValues { ($0.status, $0.event) }
    ) { [casebook] key in
      let lines = try casebook.lines(for: [key]).compactMap { AuditLine(canonical: $0) }
      // Of what was attached by mistake and withdrawn, nothing goes into a packet.
      return (lines + (try casebook.attachmentLines(of: key).own)).sorted { $0.sequence < $1.sequence }
    }
    guard let inForce = try casebook.verdictsInForce() else { return records }
    records.others = { [casebook] key in
      let history = try casebook.history(of: key)
      let decided = inForce.verdict(on: key, history)?.opinion
      return CaseRecords.OtherCasebooks(
        lines: history.compactMap { one in one.chain.map { ForeignLine(chain: $0, line: one.event.line) } }
          + (try casebook.attachmentLines(of: key).foreign.map { ForeignLine(chain: $0.chain, line: $0.line) }),
        decided: decided.map { ($0.analyst, $0.time) }, described: inForce.descriptions(of: key, history))
    }
    return records
  }

  private func fullPath(_ typed: String) -> String {
    let path = typed.isEmpty ? "." : typed
    // As shells have it.
    let home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
    return path.hasPrefix("~/") ? home + path.dropFirst() : path
  }

  /// The line of the form that holds a field.
  static func line(of field: String) -> PacketDraft.Line? {
    let lines: [String: PacketDraft.Line] = [
      "title": .title, "summary": .summary, "request": .request, "purpose": .profile, "conditions": .conditions,
      "sender.org": .sender, "sender.country": .senderCountry, "sender.contact_name": .contactName,
      "sender.contact_email": .contactEmail, "recipients": .recipient, "recipients[1].org": .recipient,
      "recipients[1].country": .recipientCountry, "retain_until": .retainUntil, "legal.collection_basis": .collection,
      "legal.processing_basis": .processing, "legal.good_faith": .goodFaith, "legal.instruments[1]": .instruments,
      "legal.instruments": .instruments,
    ]
    return lines[field]
  }
}

extension CaseListing {
  /// Says where the platform does business, by the table of platforms: by the host of the address, and where that has none by
  /// the name. It is no place of the seller or the goods.
  mutating func place(by table: Platforms) {
    let host = address.flatMap { URL(string: $0)?.host() }?.lowercased() ?? ""
    guard let found = table.businessCountry(ofHost: host, platform: platform.name ?? "") else { return }
    places.platform = PlaceFacts(
      country: found.country, basis: .inferred, source: "Lexicons/platforms.csv, \(found.row)")
    // What the packet says of the platform as a whole holds for all its addresses.
    platform.country = table.businessCountry(ofHost: "", platform: platform.name ?? "")?.country
  }
}

extension PacketForm {
  /// The form as filled in by a draft.
  init(_ draft: PacketDraft) {
    self.init()
    title = draft[.title]
    summary = draft[.summary]
    request = draft[.request]
    tlp = TrafficLight(rawValue: draft[.tlp]) ?? .amber
    conditions = draft[.conditions]
    retainUntil = draft[.retainUntil]
    sender = PacketSender(
      org: draft[.sender], kind: OrganisationKind(rawValue: draft[.senderKind]) ?? .other,
      country: CountryNames.code(of: draft[.senderCountry]), contactName: draft[.contactName],
      contactEmail: draft[.contactEmail])
    recipients = [
      PacketRecipient(
        org: draft[.recipient], kind: OrganisationKind(rawValue: draft[.recipientKind]) ?? .other,
        country: CountryNames.code(of: draft[.recipientCountry]))
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
