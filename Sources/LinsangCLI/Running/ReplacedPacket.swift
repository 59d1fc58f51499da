import CaseFiles
import CaseStore
import Casework
import Foundation
import Hashing
import Listings
import Sentences
import SmallFormats

/// The packet that a new one replaces.
struct ReplacedPacket {
  let old: PacketCase
  /// What the sender says about it; empty for nothing.
  let words: String
  /// The keys that renamed listings have now.
  private let names: [ListingKey: ListingKey]

  /// Finds it by its number or folder.
  ///
  /// Fails:  throws where this casebook did not number it, where it was replaced already, and where the folder at the path is not
  ///         the packet that was exported.
  init(_ text: String, words: String, in casebook: Casebook) throws {
    let cases = try casebook.packetCases().all
    guard let old = cases.filter({ $0.packet.chain == nil }).named(text) else {
      throw ReplacingError.notOfThisCasebook(text)
    }
    if let next = old.supersededBy { throw ReplacingError.replacedAlready(old.packet.name, by: next) }
    let list = text + "/tagmanifest-sha256.txt"
    if let manifest = old.packet.manifest, let bytes = FileManager.default.contents(atPath: list),
      SHA256Digest(of: Array(bytes)).hex != manifest
    {
      throw ReplacingError.anotherPacket(text)
    }
    (self.old, self.words) = (old, words)
    names = try casebook.currentKeys()
  }

  /// What changed, in the words that the packet and its event say: listings that were added and left out, then the sender's own.
  func changes(in file: CaseFile) -> String {
    let before = Set(old.packet.listings.map { names[$0] ?? $0 })
    let now = Set(file.listings.map { names[$0.key] ?? $0.key })
    let (added, left) = (now.subtracting(before).count, before.subtracting(now).count)
    var parts: [String] = []
    if added > 0 { parts.append("\(Self.listings(added)) added") }
    if left > 0 { parts.append("\(Self.listings(left)) left out") }
    if parts.isEmpty { parts.append("the same \(Self.listings(now.count))") }
    return (parts + [words].filter { !$0.isEmpty }).joined(separator: "; ")
  }

  private static func listings(_ count: Int) -> String { "\(Digits.grouped(count)) listing\(count == 1 ? "" : "s")" }
}

/// Why a packet cannot be replaced.
enum ReplacingError: Error {
  case notOfThisCasebook(String)
  case replacedAlready(String, by: String)
  /// The folder has another packet than the one of that name that was exported.
  case anotherPacket(String)

  var sentence: String {
    switch self {
    case .notOfThisCasebook(let name):
      localized("\(name) was not exported from this casebook. `linsang cases` lists those that were.")
    case .replacedAlready(let name, let next):
      localized("\(name) was replaced by \(next) already. Replace that one.")
    case .anotherPacket(let path):
      localized(
        "\(path) is not the packet of that name that was exported from this casebook; its list of files "
          + "differs. Check it with `linsang verify`.")
    }
  }
}
