import Captures
import Hashing
import SmallFormats

/// `data/stix/bundle.json`: the packet for platforms that read STIX 2.1, derived from `packet.json` alone.
///
/// Shape:  one bundle. The marks and the extension first; the sender, the platforms, the sellers with their accounts; then each
///         listing as observed data, with its address, its evidence, a sighting of its seller and a note of the assessment; last
///         the report that names them all. A seller is an identity of class `unknown`, never a threat actor: a name on
///         a platform, and nobody's guilt. Where nothing is known of seller or platform, there is no object for them.
/// Cost:   O(document).
/// Limits: the recipients, the handling beside marks and conditions, the audit chain and the readings are not in it.
/// Source: OASIS, STIX 2.1; the packet specification, section 5.1.
struct StixBundle {
  static let path = "data/stix/bundle.json"

  private let document: JSONValue
  private let subjects: PacketSubjects
  private let made: String
  /// `created` of everything that keeps its id from packet to packet.
  private let since: String
  private var ids: InterchangeIDs
  private var objects: [JSONValue] = []
  private var seen: Set<String> = []

  /// - Parameter since: as STIX writes a time, `2026-11-18T11:06:40.000Z`.
  init(of document: JSONValue, since: String, ids: InterchangeIDs) {
    self.document = document
    self.ids = ids
    subjects = PacketSubjects(of: document)
    made = Self.time(document.word("created"))
    self.since = min(since, made)
    build()
  }

  /// The bundle made with a casebook's key.
  init(of document: JSONValue, key: PacketKey) {
    self.init(of: document, since: Self.time(key.since.text), ids: InterchangeIDs(key: key, format: "stix"))
  }

  /// The whole file.
  private(set) var value = JSONValue.null

  private mutating func build() {
    let bundle = id("bundle", [subjects.folderName])
    addMarks()
    addExtension()
    addSender()
    for number in subjects.platformNumbers { addPlatform(number) }
    for seller in subjects.sellers { addSeller(seller) }
    for listing in document.each("listings") { addListing(listing) }
    addReport()
    value = .map(["type": .text("bundle"), "id": .text(bundle), "objects": .list(objects)])
  }

  // MARK: Objects

  /// A time as STIX writes it.
  static func time(_ text: String) -> String { text.hasSuffix("Z") ? text.dropLast() + ".000Z" : text }

  private mutating func id(_ kind: String, _ name: [String]) -> String { "\(kind)--\(ids.uuid(kind, name))" }

  /// Adds an object, once.
  private mutating func add(_ id: String, _ parts: [String: JSONValue?]) {
    guard seen.insert(id).inserted else { return }
    var parts = parts
    parts["id"] = .text(id)
    parts["type"] = .text(id.split(separator: "--").first.map(String.init) ?? "")
    parts["spec_version"] = .text("2.1")
    objects.append(.present(parts))
  }

  /// Adds an object of the domain, made by the sender and marked.
  private mutating func add(_ id: String, created: String, _ parts: [String: JSONValue?]) {
    let common: [String: JSONValue?] = [
      "created": .text(created), "modified": .text(made), "created_by_ref": .text(sender),
      "object_marking_refs": .list([.text(mark), .text(statement)]),
    ]
    add(id, common.merging(parts) { _, own in own })
  }

  /// Adds an observable, whose id follows from what it is.
  private mutating func add(
    observable kind: String, naming: [String: JSONValue], _ others: [String: JSONValue] = [:]
  ) -> String {
    let id = "\(kind)--\(UniqueID(namespace: Self.namespace, name: CanonicalJSON.bytes(of: .map(naming))))"
    add(id, naming.merging(others) { own, _ in own }.merging(["object_marking_refs": .list([.text(mark)])]) { $1 })
    return id
  }

  /// Source: STIX 2.1, section 2.9, for the ids of observables.
  private static let namespace: UniqueID = {
    guard let id = UniqueID("00abedb4-aa42-466c-9c01-fed23315a9b7") else { preconditionFailure("no UUID") }
    return id
  }()

  // MARK: Marks and the extension

  private var mark: String { "marking-definition--\(Self.marks[document.word("handling", "tlp")] ?? "none")" }
  private var statement = ""
  private var sender = ""

  /// Source: FIRST and OASIS give these five ids to the marks of TLP 2.0.
  private static let marks = [
    "TLP:CLEAR": "94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:GREEN": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "TLP:AMBER": "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "TLP:AMBER+STRICT": "939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:RED": "e828b379-4e03-4974-9ac4-e53a884c97c1",
  ]

  private mutating func addMarks() {
    let tlp = document.word("handling", "tlp")
    sender = id("identity", ["sender", document.word("sender", "org")])
    add(
      mark,
      [
        "created": .text("2022-10-01T00:00:00.000Z"), "name": .text(tlp),
        "extensions": .map([
          "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": .map([
            "extension_type": .text("property-extension"), "tlp_2_0": .text(tlp.dropFirst(4).lowercased()),
          ])
        ]),
      ])
    let words = [document.word("handling", "conditions").nonEmpty, Self.caveat].compactMap { $0 }
    statement = id("marking-definition", words)
    add(
      statement,
      [
        "created": .text(since), "created_by_ref": .text(sender), "definition_type": .text("statement"),
        "definition": .map(["statement": .text(words.joined(separator: " "))]),
      ])
  }

  private static let caveat = "Suspicion for assessment, not a finding of an offence."

  /// The extension and its author are the program's and not the sender's, so that they are the same in every packet.
  static let listingExtension = "extension-definition--5f6c0d0f-5a2d-4d0e-9d0e-6c1f6f0f7a51"
  private static let program = "identity--0a3bb5a8-5a4e-4a86-8a3c-2f1f4d9f6b7e"
  private static let programSince = "2026-11-01T00:00:00.000Z"

  /// Whether an id is the same in every bundle, or follows from what it names.
  static func isFixed(_ id: String) -> Bool {
    id == program || id == listingExtension || marks.values.contains { id == "marking-definition--\($0)" }
      || ["url--", "user-account--", "file--"].contains { id.hasPrefix($0) }
  }

  private mutating func addExtension() {
    let times: [String: JSONValue?] = ["created": .text(Self.programSince), "modified": .text(Self.programSince)]
    add(
      Self.program,
      times.merging(["name": .text("Linsang"), "identity_class": .text("system")]) { $1 })
    add(
      Self.listingExtension,
      times.merging([
        "name": .text("Wildlife trade listing"), "version": .text("1.0.0"),
        "created_by_ref": .text(Self.program), "schema": .text("urn:linsang:stix:listing:1"),
        "extension_types": .list([.text("property-extension")]),
        "description": .text(
          "Adds to observed data what an online listing offers: title, taxon as named, CITES codes, quantity, price, "
            + "country, and how sender and source grade it."),
      ]) { $1 })
  }

  // MARK: Who

  private mutating func addSender() {
    let kind = document.word("sender", "kind")
    let sector: String? =
      switch kind {
      case "ngo": "non-profit"
      case "police", "customs", "cites-ma": "government"
      case "platform": "retail"
      default: nil
      }
    add(
      sender, created: since,
      [
        "name": .text(shown(document.word("sender", "org"))), "identity_class": .text("organization"),
        "sectors": sector.map { .list([.text($0)]) }, "created_by_ref": nil,
        "contact_information": .text(shown(document.word("sender", "contact_email"))),
      ])
  }

  private mutating func addPlatform(_ number: String) {
    guard let platform = subjects.platforms[number] else { return }
    add(
      platformID(platform), created: since,
      [
        "name": .text(shown(platform.name)), "identity_class": .text("organization"),
        "sectors": .list([.text("retail")]),
        "description": platform.domain.map { .text("Online platform, \(shown($0))") },
      ])
  }

  private mutating func platformID(_ platform: PacketSubjects.Platform) -> String {
    id("identity", ["platform", platform.scope, platform.name])
  }

  private mutating func sellerID(_ seller: PacketSubjects.Seller) -> String {
    id("identity", ["seller"] + seller.identity)
  }

  /// A seller, the account, and the link between them.
  private mutating func addSeller(_ seller: PacketSubjects.Seller) {
    let platform = subjects.platforms[seller.platform]
    let name = seller.alias ?? seller.userID ?? ""
    let identity = sellerID(seller)
    add(
      identity, created: since,
      [
        "name": .text("Seller account \(shown(name)) on \(shown(platform?.name ?? PacketSubjects.unknownPlatform))"),
        "identity_class": .text("unknown"),
        "description": .text("An account as it is displayed; not a verified person."),
      ])
    guard !subjects.areSellersRenamed else { return }
    let account = addAccount(seller)
    add(
      id("relationship", ["seller account"] + seller.identity), created: since,
      [
        "relationship_type": .text("related-to"), "source_ref": .text(identity), "target_ref": .text(account),
      ])
  }

  /// Observables are told apart by `user_id` and `account_login` alone, and one name on two platforms is two accounts: so
  /// `user_id` begins with the platform.
  private mutating func addAccount(_ seller: PacketSubjects.Seller) -> String {
    let scope = subjects.platforms[seller.platform]?.scope ?? "\(subjects.folderName)/\(seller.number)"
    let naming: [String: JSONValue?] = [
      "user_id": .text("\(scope)/\(seller.userID ?? seller.alias ?? "")"),
      "account_login": seller.alias.map { .text($0) },
    ]
    return add(
      observable: "user-account", naming: naming.compactMapValues { $0 },
      ["display_name": .text(shown(seller.alias ?? seller.userID ?? ""))])
  }

  // MARK: Listings

  private mutating func addListing(_ listing: JSONValue) {
    let number = listing.word("id")
    let identity = subjects.listings[number] ?? [number]
    let first = Self.time(listing.word("first_seen"))
    let last = max(first, Self.time(listing.word("last_seen")))
    let seller = subjects.sellers.first { $0.number == listing.word("seller") }
    var refs: [String] = []
    if let address = PacketSubjects.webAddress(listing.word("url")) {
      refs.append(add(observable: "url", naming: ["value": .text(address)]))
    }
    if let seller, !subjects.areSellersRenamed { refs.append(addAccount(seller)) }
    for piece in document.each("evidence") where piece.word("listing") == number { refs.append(addFile(piece)) }
    let observed = id("observed-data", ["listing"] + identity)
    add(
      observed, created: since,
      [
        "first_observed": .text(first), "last_observed": .text(last), "number_observed": .number(1),
        "object_refs": .list(refs.map { .text($0) }),
        "confidence": listing.at("grading", "stix_confidence").flatMap(Self.known),
        "extensions": .map([
          Self.listingExtension: Self.facts(of: listing, document.at("tool", "listings", number) ?? .null)
        ]),
      ])
    if let seller {
      let platform = subjects.platforms[seller.platform].map { platformID($0) }
      add(
        id("sighting", ["listing"] + identity), created: since,
        [
          "sighting_of_ref": .text(sellerID(seller)), "observed_data_refs": .list([.text(observed)]),
          "where_sighted_refs": platform.map { .list([.text($0)]) }, "first_seen": .text(first),
          "last_seen": .text(last), "count": .number(1),
        ])
    }
    add(
      id("note", ["listing"] + identity), created: since,
      [
        "abstract": .text("Assessment of \(number): \(listing.word("legality", "assessment"))"),
        "content": .text(Self.assessment(of: listing)), "object_refs": .list([.text(observed)]),
      ])
  }

  private mutating func addFile(_ piece: JSONValue) -> String {
    add(
      observable: "file",
      naming: [
        "hashes": .map(["SHA-256": .text(piece.word("sha256"))]),
        "name": .text(PacketSubjects.fileName(piece.word("path"))),
      ],
      ([
        "size": .number(piece.at("bytes")?.asNumber ?? 0),
        // STIX asks for names that IANA has registered.
        "mime_type": MediaType(named: piece.word("media_type"))?.isRegistered == false
          ? nil : .text(piece.word("media_type")),
      ] as [String: JSONValue?]).compactMapValues { $0 })
  }

  private static func known(_ value: JSONValue) -> JSONValue? { value == .null ? nil : value }

  /// What STIX has no property for.
  ///
  /// - Parameter own: the listing under `tool.listings`.
  private static func facts(of listing: JSONValue, _ own: JSONValue) -> JSONValue {
    let stated = RecordedDescription(own)
    func fact(_ names: String...) -> JSONValue? {
      var value = listing
      for name in names { value = value.at(name) ?? .null }
      return value == .text("") ? nil : known(value)
    }
    return .present([
      "extension_type": .text("property-extension"), "listing_id": fact("id"), "listing_number": fact("listing_ref"),
      "title": fact("title"), "scientific_name": fact("taxon", "scientific_name"),
      "cites_appendix": fact("taxon", "cites_appendix"), "id_confidence": fact("taxon", "id_confidence"),
      "term": fact("specimen", "term"), "quantity": fact("specimen", "quantity"), "unit": fact("specimen", "unit"),
      "source": fact("specimen", "source"), "price_amount": fact("price", "amount"),
      "price_currency": fact("price", "currency"), "price_as_advertised": fact("price", "as_advertised"),
      "country": fact("location", "country"), "assessment": fact("legality", "assessment"),
      "admiralty": fact("grading", "admiralty"), "purpose": fact("specimen", "purpose"),
      "species_is": stated[.species].map { .text($0) }, "offer_is": stated[.offer].map { .text($0) },
      "lot_is": stated[.lot].map { .text($0) }, "documents_claimed": stated[.documents].map { .text($0) },
      "scam": stated[.scam].map { .text($0) },
    ])
  }

  /// The assessment in words.
  private static func assessment(of listing: JSONValue) -> String {
    let flags = listing.at("legality")?.each("red_flags").compactMap(\.asText) ?? []
    let claims = listing.at("legality")?.each("seller_claims").compactMap(\.asText) ?? []
    let lines =
      ["Taxon \(listing.word("taxon", "id_confidence")): \(listing.word("taxon", "id_basis"))"]
      + flags + claims.map { "seller: \($0)" }
    return lines.map { DisplayText.visible($0) }.joined(separator: "\n")
  }

  // MARK: The report

  private mutating func addReport() {
    let all = objects.compactMap { $0.word("id").nonEmpty }.filter { !$0.hasPrefix("marking-definition--") }
    let isTest = document.at("test_data") == .truth(true)
    add(
      id("report", [subjects.folderName]), created: made,
      [
        "name": .text(shown(document.word("title"))), "description": .text(document.word("summary")),
        "report_types": .list([.text("observed-data")]), "published": .text(made),
        "labels": isTest ? .list([.text("test-data")]) : nil, "object_refs": .list(all.map { .text($0) }),
        "external_references": .list([
          .map(["source_name": .text("linsang-packet"), "external_id": .text(subjects.folderName)])
        ]),
      ])
  }

  private func shown(_ text: String) -> String { DisplayText.visible(text, limit: 500) }
}

/// JSON in the canonical form of RFC 8785, from which the ids of observables are made.
///
/// Shape:  UTF-8, keys sorted by UTF-16 units, no blanks; only what must be is escaped.
/// Limits: texts, whole numbers and maps of them, which is all that such ids are made of.
/// Source: RFC 8785 section 3.2.
enum CanonicalJSON {
  static func bytes(of value: JSONValue) -> [UInt8] {
    switch value {
    case .text(let text): quoted(text)
    case .map(let map):
      Array("{".utf8)
        + map.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        .map { quoted($0.key) + Array(":".utf8) + bytes(of: $0.value) }.joined(separator: Array(",".utf8))
        + Array("}".utf8)
    default: Array(value.json.utf8)
    }
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var out: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5c: out += [0x5c, byte]
      case 0x08: out += Array("\\b".utf8)
      case 0x09: out += Array("\\t".utf8)
      case 0x0a: out += Array("\\n".utf8)
      case 0x0c: out += Array("\\f".utf8)
      case 0x0d: out += Array("\\r".utf8)
      case 0..<0x20:
        let hex = String(byte, radix: 16)
        out += Array("\\u00\(hex.utf8.count < 2 ? "0" : "")\(hex)".utf8)
      default: out.append(byte)
      }
    }
    return out + [0x22]
  }
}
