import ArgumentParser
import CaseStore
import Casework
import Foundation
import Packets
import SmallFormats

extension CasebookCommand {
  /// `linsang casebook head`
  struct Head: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the end of the audit chain, to be kept outside the casebook.",
      discussion: """
        Write down the number and the hash, or keep the output of --json or --sign. `linsang casebook verify` then says \
        whether the chain still goes through them: with --head NUMBER:HASH, or with --head-file and the file that you kept.
        """)
    @OptionGroup var casebook: CasebookOptions

    @Flag(help: "Print one line of JSON, which --head-file reads.")
    var json = false

    @Option(
      help: ArgumentHelp("Sign that line with this private key of OpenSSH.", valueName: "key"), completion: .file())
    var sign: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        guard let head = try book.headToKeep(notedAt: SystemClock.now()) else {
          Diagnostics.report("\(casebook.path) has no event yet.")
          throw ExitCode(1)
        }
        guard json || sign != nil else { return try output.lines(Self.words(head)) }
        try output.put(head.line + "\n")
        if let sign { try output.put(try HeadSignatures.sign(head.line, key: sign) + "\n") }
      }
    }

    private static func words(_ head: KeptHead) -> [String] {
      [
        "event     \(head.number)", "hash      \(head.hash)", "time      \(head.time ?? "unknown")",
        "casebook  \(head.casebook ?? "unknown")", "", "--head \(head.number):\(head.hash)",
      ]
    }
  }
}

/// The options by which `casebook verify` finds heads that were kept elsewhere.
struct HeadOptions: ParsableArguments {
  @Option(
    name: .customLong("head"),
    help: ArgumentHelp(
      "The chain must go through this event with this hash; may be given several times.", valueName: "number:hash"))
  var heads: [String] = []

  @Option(
    name: .customLong("head-file"),
    help: ArgumentHelp(
      "The chain must go through the heads in this file, as `casebook head` printed them; may be given several times.",
      valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("Whose signatures over heads count, as ssh-keygen reads it.", valueName: "file"))
  var allowedSigners: String?

  @Option(
    name: .customLong("packets"),
    help: ArgumentHelp(
      "Look for packets of the casebook in this folder; may be given several times.", valueName: "folder"))
  var packets: [String] = []

  func validate() throws {
    for head in heads where KeptHead(head) == nil {
      throw ValidationError("--head \(head): write the number of an event, a colon, and the 64 digits of its hash")
    }
  }
}

extension HeadOptions {
  /// What was asked for.
  var question: HeadQuestion {
    HeadQuestion(
      heads: heads.compactMap { KeptHead($0) }, files: files, allowedSigners: allowedSigners, packets: packets)
  }
}

/// The heads that somebody names, and where packets may be; nothing by default.
struct HeadQuestion {
  var heads: [KeptHead] = []
  var files: [String] = []
  var allowedSigners: String?
  var packets: [String] = []
}

/// The heads of a casebook that were found outside it, and what they say about its chain.
struct HeadSearch {
  /// One place with heads.
  struct Source {
    let name: String
    var agreeing = 0
    var contradictions: [HeadContradiction] = []
    /// What else is wrong with it, such as a bad signature.
    var problems: [String] = []
    /// What is known about its signatures.
    var signatures: [String] = []
  }

  private(set) var sources: [Source] = []
  /// What might have had heads, and was not found.
  private(set) var missing: [String] = []
  private let book: Casebook

  /// Whether nothing contradicts the chain.
  var agrees: Bool { sources.allSatisfy { $0.contradictions.isEmpty && $0.problems.isEmpty } }

  /// Looks in all places.
  init(_ book: Casebook, _ asked: HeadQuestion) throws {
    self.book = book
    if !asked.heads.isEmpty { try add("--head", asked.heads) }
    for file in asked.files { try add(file: file, allowedSigners: asked.allowedSigners) }
    try addWitnesses()
    try addPackets(asked.packets)
  }

  /// Holds heads against the chain.
  private mutating func add(_ name: String, _ heads: [KeptHead], isWitness: Bool = false) throws {
    var source = Source(name: name)
    for (kept, agreement) in zip(heads, try book.agreement(with: heads)) {
      switch agreement {
      case .agrees: source.agreeing += 1
      // A witness may have begun with another casebook at the same place. What was named by hand may not.
      case .otherCasebook where isWitness: source.signatures.append("has heads of another casebook, too")
      default:
        source.contradictions.append(HeadContradiction(source: name, kept: kept, agreement: agreement))
      }
    }
    source.signatures = Array(Set(source.signatures))
    sources.append(source)
  }

  private mutating func add(file: String, allowedSigners: String?) throws {
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw HeadError(sentence: "\(file) could not be read. Nothing was checked; name a file with heads.")
    }
    let kept = KeptHeads(text: String(decoding: bytes, as: UTF8.self))
    try add(file, kept.entries.map(\.head))
    var source = sources.removeLast()
    if kept.entries.isEmpty { source.problems.append("\(file) holds no head") }
    if let line = kept.unreadableLines.first { source.problems.append("\(file), line \(line), is no head") }
    for entry in kept.entries {
      switch HeadSignatures.check(entry, allowedSigners: allowedSigners) {
      case nil:
        if allowedSigners != nil { source.signatures.append("event \(entry.head.number) is not signed") }
      case .by(let who)?: source.signatures.append("event \(entry.head.number) is signed by \(who)")
      case .byKey(let key)?:
        source.signatures.append("event \(entry.head.number) is signed with \(key); it is not known whose key that is")
      case .bad(let why)?:
        source.problems.append("\(file): the signature over event \(entry.head.number) is not good (\(why))")
      case .unchecked(let why)?: source.signatures.append(why)
      }
    }
    sources.append(source)
  }

  private mutating func addWitnesses() throws {
    for witness in try HeadWitnesses(of: book).files {
      if let heads = witness.heads() {
        try add(witness.path, heads, isWitness: true)
      } else {
        missing.append(witness.path)
      }
    }
  }

  // MARK: Packets

  /// Looks for the packets of the casebook: in the folders that were named, where the form of packets points to, and beside
  /// the casebook.
  private mutating func addPackets(_ named: [String]) throws {
    var exported: [String: (id: String, version: Int, head: String)] = [:]
    try book.forEachEvent(.exportPacket) { event in
      guard let folder = event.data["folder"]?.asText, let version = event.data["version"]?.asNumber else { return }
      exported[folder] = (event.object, version, event.data["audit_head"]?.asText ?? "")
    }
    for folder in named where !FileManager.default.fileExists(atPath: folder) {
      throw HeadError(sentence: "\(folder) does not exist. Nothing was checked; name a folder with packets.")
    }
    var found: Set<String> = []
    for place in named + (try knownFolders()) {
      let folders =
        named.contains(place)
        ? PacketHeads.folders(in: place) : exported.keys.map { place + "/" + $0 }.sorted()
      for folder in folders {
        let name = (folder as NSString).lastPathComponent
        guard !found.contains(name), let packet = PacketHeads(folder: folder) else { continue }
        let isExported = exported[name].map { $0.id == packet.id && $0.version == packet.version } ?? false
        guard try isExported || isOfThisCasebook(packet) else { continue }
        found.insert(name)
        try add(packet, folder, head: isExported ? exported[name]?.head : nil)
      }
    }
    missing += exported.keys.filter { !found.contains($0) }.sorted().map { "packet \($0)" }
  }

  private mutating func add(_ packet: PacketHeads, _ folder: String, head: String?) throws {
    try add(
      folder,
      packet.cited.map {
        KeptHead(number: $0.number, hash: $0.hash, casebook: $0.chain, noted: packet.time)
      })
    guard let head, head != packet.head else { return }
    sources[sources.count - 1].problems.append(
      "\(folder): the casebook exported the packet with another audit chain (head \(head.prefix(16))…)")
  }

  /// Whether a packet's number carries the casebook's token.
  private func isOfThisCasebook(_ packet: PacketHeads) throws -> Bool {
    guard let token = try book.identity() else { return false }
    return packet.id.dropFirst(9).hasPrefix(CasebookName.short(of: token) + "-")
  }

  private func knownFolders() throws -> [String] {
    let drafts = try book.positions(for: PacketExport.draftName).compactMap { StoredFields.read($0)["folder"] }
    let typed = drafts.map { $0.hasPrefix("~/") ? NSHomeDirectory() + $0.dropFirst() : $0 }
    let beside = (book.path as NSString).deletingLastPathComponent
    var folders: [String] = []
    for folder in typed + [beside.isEmpty ? "." : beside, "."] where !folder.isEmpty && !folders.contains(folder) {
      folders.append(folder)
    }
    return folders
  }
}

extension HeadSearch {
  /// For people.
  var lines: [String] {
    let agreeing = sources.filter { $0.agreeing > 0 }
    var lines: [String] = []
    if !agreeing.isEmpty {
      let places = agreeing.map { "\($0.agreeing) in \($0.name)" }.joined(separator: ", ")
      lines.append("  Heads kept elsewhere through which the chain goes: \(places).")
    }
    for source in sources {
      lines += source.contradictions.prefix(5).map { "  CONTRADICTED: " + $0.sentence }
      if source.contradictions.count > 5 {
        lines.append("  … and \(source.contradictions.count - 5) more in \(source.name)")
      }
      lines += source.problems.map { "  " + $0 }
      lines += source.signatures.map { "  \(source.name): \($0)" }
    }
    if agreeing.isEmpty, agrees {
      lines.append(
        "  No head of it was found elsewhere, so a chain that was written anew as a whole would not show. Keep one: "
          + "`linsang casebook head`.")
    }
    if !missing.isEmpty {
      let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
      lines.append("  Not found: \(missing.prefix(5).joined(separator: ", "))\(more).")
    }
    return lines
  }

  /// The same for programs.
  var json: JSONValue {
    .map([
      "sources": .list(
        sources.map { source in
          .map([
            "name": .text(source.name), "agreeing": .number(source.agreeing),
            "contradictions": .list(source.contradictions.map { .text($0.sentence) }),
            "problems": .list(source.problems.map { .text($0) }),
            "signatures": .list(source.signatures.map { .text($0) }),
          ])
        }), "missing": .list(missing.map { .text($0) }),
    ])
  }
}
