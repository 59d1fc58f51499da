import Hashing
import SmallFormats

/// A packet as an event for MISP, made from `packet.json` alone.
///
/// Shape:  `{"Event": …}`, unpublished and for the own organisation only, marked with the packet's TLP and grading. An account
///         for each seller that is known, an address for each advert that has one, a piece of evidence for each row and
///         file, with references from one to the other. Nothing is for detection: an advert is no indicator of compromise.
///         The ids follow from the packet's number and version, so that the same packet gives the same event.
/// Limits: texts, readings and the audit chain stay in the packet, whose number and digest the event gives.
/// Source: MISP core format; templates `user-account` 6, `url` 10 and `forensic-evidence` 2 of misp-objects; taxonomies `tlp`
///         and `admiralty-scale`.
struct MispEvent {
  private let document: JSONValue
  private let subjects: PacketSubjects
  private let records: PacketRecords
  /// The SHA-256 of the list of lists.
  private let digest: String

  init(_ records: PacketRecords, digest: String) {
    (self.records, self.digest) = (records, digest)
    document = records.document
    subjects = PacketSubjects(of: document)
  }

  /// The whole file.
  var value: JSONValue {
    let created = document.word("created")
    return .map([
      "Event": .map([
        "uuid": id("event"), "info": .text("\(subjects.folderName): \(document.word("title"))"),
        "date": .text(String(created.prefix(10))), "timestamp": .text(timestamp), "threat_level_id": .text("4"),
        "analysis": .text("2"), "distribution": .text("0"), "published": .truth(false),
        "Orgc": .map([
          "name": .text(document.word("sender", "org")), "uuid": id("organisation", document.word("sender", "org")),
        ]),
        "Tag": .list(tags.map { .map(["name": .text($0)]) }),
        "Attribute": .list(attributes), "Object": .list(accounts + adverts + evidence),
      ])
    ])
  }

  // MARK: Parts

  private var tags: [String] {
    let grades = Set(document.each("listings").map { $0.word("grading", "admiralty") })
    // Of listings with different grades the event has none.
    let grade = grades.count == 1 ? grades.first.map(Array.init) ?? [] : []
    return ["tlp:" + document.word("handling", "tlp").dropFirst(4).lowercased()]
      + (grade.count == 2
        ? [
          "admiralty-scale:source-reliability=\"\(grade[0].lowercased())\"",
          "admiralty-scale:information-credibility=\"\(grade[1])\"",
        ] : [])
  }

  private var attributes: [JSONValue] {
    [
      attribute("text", "External analysis", subjects.folderName, name: "packet", comment: "number of the packet"),
      attribute("sha256", "External analysis", digest, name: "list", comment: "of the packet's tagmanifest-sha256.txt"),
    ]
      + [("summary", document.word("summary")), ("request", document.word("request"))].filter { !$0.1.isEmpty }
      .map { attribute("text", "External analysis", $0.1, name: $0.0, comment: $0.0) }
  }

  private var accounts: [JSONValue] {
    subjects.sellers.map { seller in
      let facts = PacketRecords.numbered(document.each("sellers"))[seller.number] ?? .null
      let platform = subjects.platforms[seller.platform]?.name
      return object(
        .account, seller.number,
        [
          ("username", "text", seller.alias), ("user-id", "text", seller.userID),
          ("link", "link", PacketSubjects.webAddress(facts.word("profile_url"))), ("account-type", "text", platform),
        ],
        comment: "an alias on a platform, and nobody's guilt"
          + (subjects.areSellersRenamed ? "; renamed for this packet" : ""),
        references: records.listings.filter { $0.value.word("seller") == seller.number && address(of: $0) != nil }
          .map { (.address, $0.id, "offers") })
    }
  }

  private func address(of listing: RecordedListing) -> String? {
    PacketSubjects.webAddress(listing.value.word("url"))
  }

  private var adverts: [JSONValue] {
    records.listings.compactMap { listing in
      guard let address = address(of: listing) else { return nil }
      return object(
        .address, listing.id,
        [
          ("url", "url", address), ("text", "text", words(of: listing)),
          ("first-seen", "datetime", listing.isDated ? listing.value.word("first_seen") : nil),
          ("last-seen", "datetime", listing.isDated ? listing.value.word("last_seen") : nil),
        ],
        comment: "advert \(listing.id)", references: [])
    }
  }

  /// What the advert says, a fact a line.
  private func words(of listing: RecordedListing) -> String {
    let taxon = listing.scientificName.map { "\($0) (CITES \(listing.appendix)), by words alone" }
    let facts = [
      ("title", listing.title.nonEmpty), ("platform", listing.platformName), ("taxon", taxon),
      ("price as advertised", listing.priceAsAdvertised), ("quantity as advertised", listing.quantityAsAdvertised),
      ("verdict", listing.verdict), ("grading", listing.value.word("grading", "admiralty").nonEmpty),
    ]
    return facts.compactMap { name, text in text.map { "\(name): \($0)" } }.joined(separator: "\n")
  }

  private var evidence: [JSONValue] {
    records.listings.flatMap { listing in
      (listing.evidence + listing.files).map { piece in
        object(
          .evidence, piece.id,
          [
            ("case-number", "text", subjects.folderName), ("evidence-number", "text", piece.id),
            ("name", "text", piece.value.word("path")), ("type", "text", piece.value.word("media_type")),
            ("acquisition-method", "text", piece.value.word("method")),
            ("acquisition-tools", "text", piece.value.word("tool")),
            ("additional-comments", "text", "SHA-256 \(piece.value.word("sha256"))"),
          ],
          comment: "evidence of advert \(listing.id)",
          references: address(of: listing) == nil ? [] : [(.address, listing.id, "supports")])
      }
    }
  }

  // MARK: MISP

  private enum Template {
    case account, address, evidence

    var facts: (name: String, category: String, uuid: String, version: String) {
      switch self {
      case .account: ("user-account", "misc", "49606b06-22f0-4ac8-8eee-2f12ad46f3d3", "6")
      case .address: ("url", "network", "60efb77b-40b5-4c46-871b-ed1ed999fce5", "10")
      case .evidence: ("forensic-evidence", "misc", "fe44c648-63ef-43fc-b3de-af71a2e023e4", "2")
      }
    }
  }

  /// The category under which MISP files attributes of a type.
  private static func category(of type: String) -> String {
    switch type {
    case "url": "Network activity"
    case "link": "External analysis"
    default: "Other"
    }
  }

  private func object(
    _ template: Template, _ number: String, _ parts: [(relation: String, type: String, value: String?)],
    comment: String, references: [(Template, String, String)]
  ) -> JSONValue {
    let facts = template.facts
    return .map([
      "name": .text(facts.name), "meta-category": .text(facts.category), "template_uuid": .text(facts.uuid),
      "template_version": .text(facts.version), "uuid": id(facts.name, number), "timestamp": .text(timestamp),
      "distribution": .text("5"), "comment": .text(comment),
      "Attribute": .list(
        parts.compactMap { relation, type, value in
          value?.nonEmpty.map {
            attribute(
              type, Self.category(of: type), $0, name: "\(facts.name) \(number) \(relation)", relation: relation)
          }
        }),
      "ObjectReference": .list(
        references.map { target, other, relation in
          .map([
            "uuid": id("reference", facts.name, number, other), "object_uuid": id(facts.name, number),
            "referenced_uuid": id(target.facts.name, other), "relationship_type": .text(relation),
            "timestamp": .text(timestamp), "comment": .text(""),
          ])
        }),
    ])
  }

  private func attribute(
    _ type: String, _ category: String, _ value: String, name: String, relation: String? = nil, comment: String = ""
  ) -> JSONValue {
    var map: [String: JSONValue] = [
      "uuid": id("attribute", name), "type": .text(type), "category": .text(category), "value": .text(value),
      "to_ids": .truth(false), "timestamp": .text(timestamp), "distribution": .text("5"), "comment": .text(comment),
      "disable_correlation": .truth(type == "text"),
    ]
    if let relation { map["object_relation"] = .text(relation) }
    return .map(map)
  }

  /// Seconds since 1970, as text.
  private var timestamp: String {
    UTCTime(document.word("created")).map { String($0.unixSeconds) } ?? "0"
  }

  /// The same parts have the same id in every event of the packet.
  private func id(_ parts: String...) -> JSONValue {
    let names = ([subjects.folderName] + parts).map { Array($0.utf8) }
    return .text(UniqueID(key: Array("linsang misp".utf8), name: names.joined(separator: [0])).description)
  }
}
