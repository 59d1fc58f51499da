import ArgumentParser
import CaseStore
import Casework
import Dashboard
import Filters
import Foundation
import Listings
import Packets
import Workspace

/// `linsang packet FILE…`
struct PacketCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packet", abstract: "Write the confirmed listings of files as an intelligence packet.",
    discussion: """
      The verdicts come from the casebook. Options that are left out are taken from this casebook's last packet, as in \
      the dashboard's form, except for the statement of good faith, which is about one packet only. A packet states \
      nothing that nobody supplied. --for says what kind of recipient it is for, and so what it gets: police or authority \
      everything; platform what a notice needs, one packet for each platform; sharing nothing by which a person or an \
      advert could be found. Prints each packet's folder and, with --zip, its zip.
      """)

  @Argument(help: "The files that hold the listings.", completion: .file())
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions
  @OptionGroup var lexicons: LexiconOptions

  @Option(help: "Only confirmed listings that match this filter.")
  var filter = ""

  @Option(
    name: .customLong("into"), help: "The folder to write into. Default: the settings', else this one.",
    completion: .directory)
  var folder: String?

  @Option(help: "The packet's title.") var title: String?
  @Option(help: "What the listings show, in a few sentences.") var summary: String?
  @Option(help: "What the recipient is asked to do.") var request: String?
  @Option(help: "The organisation it goes to.") var to: String?
  @Option(help: "police, customs, cites-ma, platform or other; default: other.") var toKind: String?
  @Option(help: "The recipient's country, two letters.") var toCountry: String?
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "What kind of recipient: police, authority, platform, sharing, or a profile of your own; default: police.",
      valueName: "profile"))
  var profile: String?
  @Option(help: .hidden) var purpose: String?
  @Option(help: "TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN or TLP:CLEAR; default: TLP:AMBER.") var tlp: String?
  @Option(help: "What the recipient may and may not do with it.") var conditions: String?
  @Option(help: "The day after which the recipient should delete it, YYYY-MM-DD.") var retainUntil: String?
  @Option(help: "The sending organisation.") var from: String?
  @Option(help: "ngo, police, customs, cites-ma, platform or other; default: other.") var fromKind: String?
  @Option(help: "The sender's country, two letters.") var fromCountry: String?
  @Option(help: "Whom to ask.") var contactName: String?
  @Option(help: "Where to ask.") var contactEmail: String?
  @Option(help: "How the listings were collected.") var collection: String?
  @Option(help: "On what legal basis they may be kept and passed on.") var processing: String?
  @Option(help: "The sender's statement of good faith, about this packet.") var goodFaith: String?
  @Option(help: "Laws and conventions that may apply in the sender's view, separated by semicolons.")
  var instruments: String?
  @Option(
    help: ArgumentHelp(
      "Legal bases from the table that may apply in the sender's view, by their names; see `linsang legal`. May be given several times.",
      valueName: "name"))
  var legal: [String] = []
  @Option(
    help: "ask: recipients ask the sender before using it as evidence; free: no need to ask. Default: not stated.")
  var evidence: String?

  @Option(
    help: ArgumentHelp("Sign with this SSH key, as ssh-keygen does; '' for none.", valueName: "key"),
    completion: .file())
  var sign: String?
  @Flag(help: "Write nothing; say what should be known before it leaves, and end with 1 where there is anything.")
  var check = false
  @Option(
    help: ArgumentHelp(
      "Write the next version of this packet, which it replaces: its folder or its number. Both are kept.",
      valueName: "packet"))
  var replaces: String?
  @Option(
    help: "With --replaces: what changed and why, in your own words; what was added and left out is said by itself.")
  var changes: String?
  @Flag(inversion: .prefixedNo, help: "Write the packet as a zip beside its folder, too.") var zip: Bool?

  func validate() throws {
    try check(purpose, PacketDraft.profiles.keys.sorted(), "--purpose")
    try check(tlp, TrafficLight.allCases.map(\.rawValue), "--tlp")
    try check(toKind, OrganisationKind.allCases.map(\.rawValue), "--to-kind")
    try check(fromKind, OrganisationKind.allCases.map(\.rawValue), "--from-kind")
    try check(evidence, ["ask", "free"], "--evidence")
    if changes != nil, replaces == nil { throw ValidationError("--changes: only with --replaces") }
  }

  private func check(_ value: String?, _ known: [String], _ option: String) throws {
    if let value, !known.contains(value) {
      throw ValidationError("\(option) \(value): write one of \(known.joined(separator: ", "))")
    }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      // Without a casebook there are no verdicts, and asking must not create one.
      guard FileManager.default.fileExists(atPath: casebook.path) else {
        throw CasebookError.noSuchFile(path: casebook.path)
      }
      let loader = try lexicons.load()
      let opened = try BatchReading(files, reading)
      try casebook.withOpened { book in try write(from: opened, book, loader, output) }
    }
  }

  private func write(
    from opened: BatchReading, _ book: Casebook, _ loader: LexiconLoader, _ output: Output
  ) throws {
    // Evidence must come from an intact chain.
    try book.checkWhole()
    if let (found, renamed) = try book.renameListings(of: opened.dataset),
      let sentence = found.sentence(disagreeing: renamed.disagreeing.count)
    {
      Diagnostics.report(sentence)
    }
    let statuses = try book.statusesUnderEveryKey().mapValues(\.status)
    var subject = FilterSubject(opened.dataset)
    for (row, key) in opened.dataset.rows(of: statuses.keys) { subject.add(statuses[key] ?? .none, at: row) }
    let rows = try opened.rows(of: filter, subject: subject).intersection(subject.confirmed)
    var seen: Set<ListingKey> = []
    let now = try book.currentKeys()
    let first = rows.rows.filter { row in
      let key = opened.dataset.key(at: row)
      return seen.insert(now[key] ?? key).inserted
    }
    guard !first.isEmpty else {
      Diagnostics.report("No packet was written: none of these listings is confirmed in \(casebook.path).")
      throw ExitCode(1)
    }
    let previous = try book.position(for: PacketExport.draftName).map { PacketDraft(fields: StoredFields.read($0)) }
    let usual = Preferences.packet(casebook.settings.inForce)
    var draft = answers(over: (previous ?? .unsaid).filled(with: usual))
    draft[.folder] = folder ?? usual[.folder] ?? "."
    let loaded = loader.loaded()
    let export = PacketExport(
      snapshot: Snapshot(opened.dataset, lexicons: loaded), lexicons: loaded, casebook: book)
    let remarks = try remarks(draft, export, first)
    for remark in remarks { Diagnostics.report("before it leaves: \(remark.sentence).") }
    if check {
      try opened.finish()
      if remarks.isEmpty { return try output.line("Nothing is missing or dangerous that can be told.") }
      throw ExitCode(1)
    }
    let written = try write(draft, export, first)
    try book.keep(
      position: StoredFields.json(draft.ofNextPacket.fields), for: PacketExport.draftName, at: SystemClock.now())
    for packet in written {
      try output.line(packet.path)
      if let zip = packet.zipPath { try output.line(zip) }
    }
    if !written.allSatisfy(\.isSigned) {
      Diagnostics.report(
        "\(written.count == 1 ? "The packet is" : "The packets are") UNSIGNED: name an SSH key with --sign, so that recipients can check whose \(written.count == 1 ? "it is" : "they are")."
      )
    }
    try output.flush()
    LexiconOptions.report(loaded.overview.problems)
    try opened.finish()
  }

  /// Writes the packet; an error names the option that corrects it.
  private func write(
    _ draft: PacketDraft, _ export: PacketExport, _ rows: [Int]
  ) throws(PacketExportError) -> [WrittenPacket] {
    let filter = filter.isEmpty ? nil : filter
    return try naming { () throws(PacketExportError) in try export.write(draft, rows: rows, filter: filter) }
  }

  private func remarks(
    _ draft: PacketDraft, _ export: PacketExport, _ rows: [Int]
  ) throws(PacketExportError) -> [PacketRemark] {
    try naming { () throws(PacketExportError) in try export.remarks(draft, rows: rows) }
  }

  private func naming<Value>(_ work: () throws(PacketExportError) -> Value) throws(PacketExportError) -> Value {
    do {
      return try work()
    } catch {
      guard error.line != nil else { throw error }
      let sentences = error.faults.map { fault in
        let option = fault.shown.line.flatMap { Self.options[$0] }
        return fault.sentence + (option.map { " Give it with \($0)." } ?? "")
      }
      throw PacketExportError(
        sentence: "No packet was written: \(sentences.joined(separator: " "))", line: error.line)
    }
  }

  private static let options: [PacketDraft.Line: String] = [
    .title: "--title", .summary: "--summary", .request: "--request", .recipient: "--to",
    .recipientKind: "--to-kind", .recipientCountry: "--to-country", .profile: "--for", .tlp: "--tlp",
    .conditions: "--conditions", .retainUntil: "--retain-until", .sender: "--from", .senderCountry: "--from-country",
    .contactName: "--contact-name", .contactEmail: "--contact-email", .collection: "--collection",
    .processing: "--processing", .folder: "--into", .goodFaith: "--good-faith", .instruments: "--instruments",
    .legal: "--legal", .senderKind: "--from-kind", .evidenceUse: "--evidence", .signKey: "--sign", .zip: "--zip",
    .replaces: "--replaces", .changes: "--changes",
  ]

  private func answers(over remembered: PacketDraft) -> PacketDraft {
    var draft = remembered
    (draft[.goodFaith], draft[.replaces], draft[.changes]) = (goodFaith ?? "", replaces ?? "", changes ?? "")
    if !legal.isEmpty { draft[.legal] = legal.joined(separator: " ").trimmingCharacters(in: .whitespaces) }
    let given: [(PacketDraft.Line, String?)] = [
      (.title, title), (.summary, summary), (.request, request), (.recipient, to), (.recipientKind, toKind),
      (.recipientCountry, toCountry), (.profile, profile ?? purpose.flatMap { PacketDraft.profiles[$0] }), (.tlp, tlp),
      (.conditions, conditions), (.retainUntil, retainUntil), (.sender, from),
      (.senderCountry, fromCountry), (.contactName, contactName), (.contactEmail, contactEmail),
      (.collection, collection), (.processing, processing), (.instruments, instruments), (.senderKind, fromKind),
      (.signKey, sign), (.zip, zip.map { PacketDraft.Line.zipAnswers[$0 ? 1 : 0] }),
      (.evidenceUse, evidence.map { PacketDraft.Line.evidenceUses[$0 == "ask" ? 1 : 2] }),
    ]
    for (line, answer) in given { if let answer { draft[line] = answer } }
    return draft
  }
}
