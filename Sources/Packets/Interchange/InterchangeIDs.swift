import Casework
import Hashing
import SmallFormats

/// What makes the ids in STIX and CASE files: the same thing has the same id in every packet of a casebook, and nobody
/// without the key can tell from an id what it stands for.
///
/// Shape:  `bytes` are secret and random, 32 of them. `since` is when they were drawn.
/// Source: the packet specification, section 5.1.
package struct PacketKey: Equatable, Sendable {
  package let bytes: [UInt8]
  /// STIX does not allow `created` to change from version to version of an object, so everything that keeps its id from packet
  /// to packet was created then.
  package let since: UTCTime

  package init(bytes: [UInt8], since: UTCTime) {
    self.bytes = bytes
    self.since = since
  }
}

/// The ids of one STIX or CASE file: made with a key, or, to check a file, taken from the file in their order.
///
/// Shape:  an id is asked for by kind and name. The same kind and name give the same id.
struct InterchangeIDs {
  private enum Origin {
    case key([UInt8], format: String)
    /// By kind, in the order of the file.
    case file([String: [String]])
  }

  private let origin: Origin
  private var given: [[String]: String] = [:]
  private var taken: [String: Int] = [:]

  /// - Parameter format: `stix` or `case`: a thing has different ids in them.
  init(key: PacketKey, format: String) { origin = .key(key.bytes, format: format) }

  /// - Parameter found: ids without their kind, by kind.
  init(found: [String: [String]]) { origin = .file(found) }

  /// The UUID of a thing, as text.
  ///
  /// Fails:  where the file has no more ids of the kind, with a text that no file has.
  mutating func uuid(_ kind: String, _ name: [String]) -> String {
    let place = [kind] + name
    if let known = given[place] { return known }
    let id: String
    switch origin {
    case .key(let key, let format):
      // No part holds a NUL of its own that could shift the border between two of them.
      let parts = ([format] + place).map { Array(JSONValue.text($0).json.utf8) }
      id = UniqueID(key: key, name: parts.joined(separator: [0])).description
    case .file(let found):
      let index = taken[kind, default: 0]
      taken[kind] = index + 1
      let ids = found[kind] ?? []
      id = index < ids.count ? ids[index] : "none"
    }
    given[place] = id
    return id
  }
}

extension JSONValue {
  /// A text, or one of the texts of a path; empty where there is none.
  func word(_ names: String...) -> String {
    var value = self
    for name in names {
      guard let next = value.at(name) else { return "" }
      value = next
    }
    return value.asText ?? ""
  }

  /// The elements of a list at a name; empty where there is none.
  func each(_ name: String) -> [JSONValue] { at(name)?.asList ?? [] }

  /// A map of what there is: a name whose value is nil is left out.
  static func present(_ parts: [String: JSONValue?]) -> JSONValue { .map(parts.compactMapValues { $0 }) }
}

/// Platforms, sellers and listings of a `packet.json` by what they are, not by their numbers in this one packet.
///
/// Cost:   O(document), once.
struct PacketSubjects {
  struct Platform {
    let name: String
    let domain: String?
    /// Names and numbers are of this platform: its domain, else its name.
    let scope: String
  }

  struct Seller {
    /// As numbered in this packet.
    let number: String
    let platform: String
    let alias: String?
    let userID: String?
    /// What makes it the same seller in another packet.
    let identity: [String]
  }

  /// By number. Only platforms of which name or domain is known.
  private(set) var platforms: [String: Platform] = [:]
  private(set) var platformNumbers: [String] = []
  /// Only sellers of whom alias or account number is known.
  private(set) var sellers: [Seller] = []
  /// By number of the listing: what makes it the same listing in another packet.
  private(set) var listings: [String: [String]] = [:]
  let folderName: String
  /// Whether sellers stand under names that only this packet gives them: then no account is known by them.
  let areSellersRenamed: Bool

  init(of document: JSONValue) {
    let packet = document.word("packet_id")
    folderName = "\(packet)_v\(document.at("packet_version")?.asNumber ?? 0)"
    areSellersRenamed = (document.at("tool", "recipient")?.each("renames") ?? []).contains(.text("seller"))
    for platform in document.each("platforms") {
      let (number, domain) = (platform.word("id"), platform.word("domain").nonEmpty)
      let name = platform.word("name")
      guard name != Self.unknownPlatform || domain != nil else { continue }
      platformNumbers.append(number)
      platforms[number] = Platform(
        name: name == Self.unknownPlatform ? domain ?? name : name, domain: domain, scope: domain ?? name)
    }
    for seller in document.each("sellers") {
      let (alias, userID) = (seller.word("alias").nonEmpty, seller.word("platform_user_id").nonEmpty)
      guard alias != nil || userID != nil else { continue }
      let (number, platform) = (seller.word("id"), seller.word("platform"))
      // Without a platform, two accounts of one name need not be one.
      let scope = platforms[platform].map { [$0.scope] } ?? [packet, number]
      let facts = [alias ?? "", userID ?? "", seller.word("profile_url"), seller.word("stated_country")]
      sellers.append(
        Seller(number: number, platform: platform, alias: alias, userID: userID, identity: scope + facts))
    }
    var seen: [[String]: Int] = [:]
    for listing in document.each("listings") {
      let identity = [
        platforms[listing.word("platform")]?.scope ?? "", listing.word("listing_ref"), listing.word("url"),
      ]
      let count = seen[identity, default: 0]
      seen[identity] = count + 1
      listings[listing.word("id")] = identity + (count > 0 ? ["\(count)"] : [])
    }
  }

  /// What `packet.json` says where no name is known.
  static let unknownPlatform = "unknown platform"

  /// The web address of a listing or piece of evidence; nil for a name given for want of one.
  static func webAddress(_ text: String) -> String? { text.hasPrefix("urn:") ? nil : text.nonEmpty }

  /// The last part of a path.
  static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
