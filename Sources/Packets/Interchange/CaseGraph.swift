import SmallFormats

/// `data/case/case.jsonld`: the packet for forensic laboratories, as a graph of CASE 1.5 and UCO, derived from `packet.json`
/// alone.
///
/// Shape:  JSON-LD with its context inline, so that nothing is fetched. Organisations and the tool first, then the accounts of
///         sellers; for each listing its address, its files, the provenance record that holds them and the action that
///         brought them in; last the investigation, which names them all.
/// Cost:   O(document).
/// Limits: the assessment of the listings and the recipients are not in it.
/// Source: CASE ontology 1.5.0, UCO 1.5.0; the packet specification, section 5.2.
struct CaseGraph {
  static let path = "data/case/case.jsonld"

  private let document: JSONValue
  private let subjects: PacketSubjects
  private var ids: InterchangeIDs
  private var nodes: [JSONValue] = []
  /// What the investigation names.
  private var named: [String] = []
  private var added: Set<String> = []

  /// The whole file.
  private(set) var value = JSONValue.null

  init(of document: JSONValue, ids: InterchangeIDs) {
    self.document = document
    self.ids = ids
    subjects = PacketSubjects(of: document)
    build()
  }

  /// The graph made with a casebook's key.
  init(of document: JSONValue, key: PacketKey) {
    self.init(of: document, ids: InterchangeIDs(key: key, format: "case"))
  }

  private mutating func build() {
    let sender = add(
      "organization", "uco-identity:Organization", ["sender", document.word("sender", "org")],
      ["uco-core:name": .text(document.word("sender", "org"))])
    for number in subjects.platformNumbers {
      guard let platform = subjects.platforms[number] else { continue }
      add(
        "organization", "uco-identity:Organization", name(of: platform), ["uco-core:name": .text(platform.name)])
    }
    let tool = add(
      "tool", "uco-tool:Tool", [document.word("tool", "name"), document.word("tool", "version")],
      [
        "uco-core:name": .text(document.word("tool", "name")),
        "uco-tool:version": .text(document.word("tool", "version")),
      ])
    if !subjects.areSellersRenamed { for seller in subjects.sellers { addAccount(seller) } }
    for listing in document.each("listings") { addListing(listing, sender: sender, tool: tool) }
    add(
      "investigation", "case-investigation:Investigation", [subjects.folderName],
      [
        "uco-core:name": .text(subjects.folderName),
        "uco-core:description": .text("\(document.word("handling", "tlp")). \(document.word("summary"))"),
        "case-investigation:focus": .list([.text("Online wildlife trade")]),
        "uco-core:object": .list(named.map(Self.reference)),
      ])
    value = .map(["@context": .map(Self.context.mapValues { .text($0) }), "@graph": .list(nodes)])
  }

  private static let context = [
    "case-investigation": "https://ontology.caseontology.org/case/investigation/", "kb": "urn:linsang:kb:",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/", "xsd": "http://www.w3.org/2001/XMLSchema#",
  ]

  // MARK: Nodes

  private mutating func id(_ kind: String, _ name: [String]) -> String { "kb:\(kind)-\(ids.uuid(kind, name))" }

  private static func reference(_ id: String) -> JSONValue { .map(["@id": .text(id)]) }

  private static func typed(_ type: String, _ text: String) -> JSONValue {
    .map(["@type": .text("xsd:\(type)"), "@value": .text(text)])
  }

  private mutating func node(_ kind: String, _ type: String, _ name: [String], _ parts: [String: JSONValue])
    -> JSONValue
  {
    .map(parts.merging(["@id": .text(id(kind, name)), "@type": .text(type)]) { $1 })
  }

  /// Adds a node to the graph, and returns its id.
  @discardableResult
  private mutating func add(_ kind: String, _ type: String, _ name: [String], _ parts: [String: JSONValue]) -> String {
    let own = id(kind, name)
    if added.insert(own).inserted { nodes.append(node(kind, type, name, parts)) }
    return own
  }

  private func name(of platform: PacketSubjects.Platform) -> [String] { ["platform", platform.scope, platform.name] }

  private mutating func addAccount(_ seller: PacketSubjects.Seller) {
    let platform = subjects.platforms[seller.platform].map { Self.reference(id("organization", name(of: $0))) }
    let account = node(
      "account-facet", "uco-observable:AccountFacet", seller.identity,
      [
        "uco-observable:accountIdentifier": seller.userID.map { .text($0) }, "uco-observable:accountIssuer": platform,
      ].compactMapValues { $0 })
    let login = seller.alias.map {
      node(
        "digital-account-facet", "uco-observable:DigitalAccountFacet", seller.identity,
        ["uco-observable:accountLogin": .text($0)])
    }
    let added = add(
      "account", "uco-observable:DigitalAccount", seller.identity,
      ["uco-core:hasFacet": .list([account, login].compactMap { $0 })])
    if !named.contains(added) { named.append(added) }
  }

  private mutating func addListing(_ listing: JSONValue, sender: String, tool: String) {
    let number = listing.word("id")
    let name = [subjects.folderName, number]
    let address = PacketSubjects.webAddress(listing.word("url")).map { text in
      let facet = node(
        "url-facet", "uco-observable:URLFacet", name, ["uco-observable:fullValue": .text(text)])
      return add("url", "uco-observable:URL", name, ["uco-core:hasFacet": .list([facet])])
    }
    let pieces = document.each("evidence").filter { $0.word("listing") == number }
    let files = pieces.map { addFile($0) }
    let record = add(
      "provenance", "case-investigation:ProvenanceRecord", name,
      [
        "case-investigation:exhibitNumber": .text(number),
        "uco-core:description": .text("Evidence of listing \(number)" + stated(of: number)),
        "uco-core:object": .list(files.map(Self.reference)),
      ])
    // A row of a file was brought in when the packet was made; a capture happened when the page was captured.
    let captures = zip(pieces, files).filter { $0.0.word("method") != "import" }
    let imports = zip(pieces, files).filter { $0.0.word("method") == "import" }
    var actions: [String] = []
    let isMixed = !captures.isEmpty && !imports.isEmpty
    for (isImport, done) in [(true, imports), (false, captures)] where !done.isEmpty {
      let times = isImport ? [document.word("created")] : done.map { $0.0.word("captured_at") }.sorted()
      actions.append(
        addAction(
          isMixed && !isImport ? name + ["capture"] : name, isImport ? "import" : "capture", times,
          sender: sender, tool: tool, address: address, results: [record] + done.map(\.1)))
    }
    named += [address].compactMap { $0 } + [record] + actions + files
  }

  private mutating func addAction(
    _ name: [String], _ what: String, _ times: [String], sender: String, tool: String, address: String?,
    results: [String]
  ) -> String {
    add(
      "action", "case-investigation:InvestigativeAction", name,
      [
        "uco-core:name": .text(what),
        "uco-action:startTime": Self.typed("dateTime", times.first ?? ""),
        "uco-action:endTime": Self.typed("dateTime", times.last ?? ""),
        "uco-action:performer": Self.reference(sender), "uco-action:instrument": Self.reference(tool),
        "uco-action:object": address.map { .list([Self.reference($0)]) },
        "uco-action:result": .list(results.map(Self.reference)),
      ].compactMapValues { $0 })
  }

  /// What an analyst stated of a listing, for which the ontologies have no terms; empty for nothing.
  private func stated(of number: String) -> String {
    let stated = RecordedDescription(document.at("tool", "listings", number) ?? .null).stated
    guard !stated.isEmpty else { return "" }
    return "; as the analyst states: " + stated.map { $0.aspect.phrase($0.value) }.joined(separator: "; ")
  }

  private mutating func addFile(_ piece: JSONValue) -> String {
    let name = [subjects.folderName, piece.word("id")]
    let size = JSONValue.number(piece.at("bytes")?.asNumber ?? 0)
    let file = node(
      "file-facet", "uco-observable:FileFacet", name,
      [
        "uco-observable:fileName": .text(PacketSubjects.fileName(piece.word("path"))),
        "uco-observable:filePath": .text(piece.word("path")), "uco-observable:sizeInBytes": size,
      ])
    let hash = node(
      "hash", "uco-types:Hash", name,
      [
        "uco-types:hashMethod": .text("SHA256"),
        "uco-types:hashValue": Self.typed("hexBinary", piece.word("sha256")),
      ])
    let content = node(
      "content-facet", "uco-observable:ContentDataFacet", name,
      [
        "uco-observable:hash": .list([hash]), "uco-observable:mimeType": .text(piece.word("media_type")),
        "uco-observable:sizeInBytes": size,
      ])
    return add(
      "file", "uco-observable:File", name,
      [
        "uco-core:description": .text(
          "captured_at \(piece.word("captured_at")) by \(piece.word("captured_by")); \(piece.word("tool"))"),
        "uco-core:hasFacet": .list([file, content]),
      ])
  }
}
