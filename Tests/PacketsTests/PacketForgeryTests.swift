import Foundation
import Hashing
import SmallFormats
import Testing

@testable import Packets

/// What is derived from `packet.json` and from the evidence cannot be changed unnoticed, not even by a forger who makes new
/// lists over the changed files.
@Suite struct PacketForgeryTests {
  private let scratch = ScratchFolder()
  private let packet: String

  init() throws { packet = try PacketWriter.write(Invented.threeListings, into: scratch.path).path }

  private func read(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: packet + "/" + path)))
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: packet + "/" + path))
  }

  private func replace(_ old: String, _ new: String, in path: String) throws {
    let text = String(decoding: try read(path), as: UTF8.self)
    #expect(text.contains(old), "\(old) is not in \(path)")
    try write(Array(text.replacingOccurrences(of: old, with: new).utf8), path)
    try listAgain()
  }

  private func listAgain() throws {
    let payload = try FileManager.default.subpathsOfDirectory(atPath: packet)
      .filter { $0.hasPrefix("data/") && (try? read($0)) != nil }.sorted()
    try write(
      try payload.flatMap { Array("\(SHA256Digest(of: try read($0)).hex)  \($0)\n".utf8) }, "manifest-sha256.txt")
    let size = try payload.reduce(0) { try $0 + read($1).count }
    let info = String(decoding: try read("bag-info.txt"), as: UTF8.self)
      .replacing(/Payload-Oxum: .*/, with: "Payload-Oxum: \(size).\(payload.count)")
    try write(Array(info.utf8), "bag-info.txt")
    let tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    try write(
      try tags.flatMap { Array("\(SHA256Digest(of: try read($0)).hex)  \($0)\n".utf8) }, "tagmanifest-sha256.txt")
  }

  private var found: [PacketCheckProblem] { PacketCheck.check(packet) }

  /// Changes every object of a type in a JSON file, in the exact form of the file, under new lists.
  private func change(
    _ path: String, _ list: String, where name: String, ends: String, _ edit: (inout [String: JSONValue]) -> Void
  ) throws {
    guard case .map(var document) = try JSONReading.value(of: read(path)), case .list(let all)? = document[list] else {
      throw CocoaError(.fileReadCorruptFile)
    }
    document[list] = .list(
      all.compactMap { object in
        guard case .map(var parts) = object, parts[name]?.asText?.hasSuffix(ends) == true else { return object }
        edit(&parts)
        return parts.isEmpty ? nil : .map(parts)
      })
    let changed = JSONValue.map(document).indentedJSON()
    #expect(changed != (try read(path)), "the edit changed nothing")
    try write(changed, path)
    try listAgain()
  }

  enum Edit: String, CaseIterable {
    case id, time, removed, observed, custom, confidence, hash, gone, address, extensionType, definition, mark
  }

  /// The eleven mutations of a bundle that a validator of STIX should find, some of which none does, and a removed note.
  @Test(arguments: Edit.allCases)
  func aChangedBundleShowsUnderNewLists(edit: Edit) throws {
    let kinds: [Edit: String] = [
      .id: "identity", .time: "report", .removed: "note", .observed: "observed-data", .custom: "report",
      .confidence: "observed-data", .hash: "file", .gone: "observed-data", .address: "url",
      .extensionType: "observed-data", .definition: "extension-definition", .mark: "note",
    ]
    try change(StixBundle.path, "objects", where: "type", ends: try #require(kinds[edit])) { parts in
      switch edit {
      case .id: parts["id"] = .text("identity--22222222-2222-5222-8222-222222222222")
      case .time: parts["modified"] = nil
      case .removed, .gone, .definition: parts = [:]
      case .observed: parts["first_observed"] = .text("2026-11-18 10:00")
      case .custom: parts["x_foo"] = .number(1)
      case .confidence: parts["confidence"] = .number(101)
      case .hash: parts["hashes"] = .map(["SHA-256": .text("zz")])
      case .address: parts["value"] = .text("not a url")
      case .extensionType: parts["extensions"] = .map([StixBundle.listingExtension: .map([:])])
      case .mark:
        parts["object_marking_refs"] = .list([.text("marking-definition--33333333-3333-4333-8333-333333333333")])
      }
    }
    #expect(found.contains { $0.path == StixBundle.path }, "\(found.map(\.sentence))")
    #expect(found.allSatisfy { $0.path == StixBundle.path })
  }

  /// The eight mutations of a graph.
  @Test(arguments: 0..<8)
  func aChangedGraphShowsUnderNewLists(which: Int) throws {
    func facet(_ edit: (inout [String: JSONValue]) -> Void, _ parts: inout [String: JSONValue]) {
      guard case .list(let facets)? = parts["uco-core:hasFacet"] else { return }
      parts["uco-core:hasFacet"] = .list(
        facets.map { facet in
          guard case .map(var map) = facet, case .list(let hashes)? = map["uco-observable:hash"],
            case .map(var hash)? = hashes.first
          else { return facet }
          edit(&hash)
          map["uco-observable:hash"] = .list([.map(hash)])
          return .map(map)
        })
    }
    let kinds = [
      ":File", ":File", ":File", ":InvestigativeAction", ":InvestigativeAction", ":Investigation", ":File",
      ":ProvenanceRecord",
    ]
    try change(CaseGraph.path, "@graph", where: "@type", ends: kinds[which]) { parts in
      switch which {
      case 0: facet({ $0["uco-types:hashValue"] = nil }, &parts)
      case 1: facet({ $0["uco-types:hashValue"] = .text("abc") }, &parts)
      case 2: facet({ $0["uco-types:hashMethod"] = .text("SHA-256") }, &parts)
      case 3: parts["uco-action:startTime"] = .text("2026-11-18")
      case 4: parts["uco-action:instrumint"] = parts.removeValue(forKey: "uco-action:instrument")
      case 5: parts["@type"] = .text("case-investigation:Investigashun")
      case 6: parts["@id"] = .text("kb:file-1")
      default: parts["uco-core:object"] = nil
      }
    }
    #expect(!found.isEmpty && found.allSatisfy { $0.path == CaseGraph.path }, "\(found.map(\.sentence))")
  }

  @Test(arguments: [
    ("data/README.txt", "Two sellers on one platform", "Three sellers on one platform"),
    ("data/README.txt", "UNSIGNED", "SIGNED"), ("data/listings.csv", "120.00", "12.00"),
    ("data/listings.csv", "\"week47.csv\"", "\"week48.csv\""),
    ("data/listings.csv", "confirmed match to criteria", "unsure"),
    ("data/listings.csv", "https://bazaar.example/item/771001", "https://bazaar.example/item/771002"),
  ])
  func aChangedFileForPeopleShowsUnderNewLists(path: String, old: String, new: String) throws {
    try replace(old, new, in: path)
    #expect(!found.isEmpty && found.allSatisfy { $0.path == path }, "\(found.map(\.sentence))")
    #expect(found.contains { if case .differs = $0.what { true } else { false } })
  }

  /// Everything that repeats packet.json shows it; so does the evidence, which the forger did not change.
  @Test func aForgedTitlePriceOrAddressIsNotInTheEvidence() throws {
    for (old, new, name) in [
      ("\"title\": \"Ring, white gold (elephant) — 象牙\"", "\"title\": \"Rhino horn\"", "title"),
      ("\"$120.00 both\"", "\"$12,000\"", "price.as_advertised"),
      ("\"url\": \"https://bazaar.example/item/771001\"", "\"url\": \"https://bazaar.example/item/9\"", "url"),
    ] {
      try replace(old, new, in: "data/packet.json")
      let hit = found.contains {
        switch $0.what {
        case .notInEvidence(listing: "L0001", what: name, _), .differs("the \(name) of L0001", _, _): true
        default: false
        }
      }
      #expect(hit, "\(found.map(\.sentence))")
    }
  }

  @Test func aForgedAssessmentIsNotThatOfTheChain() throws {
    try replace("\"assessment\": \"suspected\"", "\"assessment\": \"indeterminate\"", in: "data/packet.json")
    #expect(found.map(\.sentence).contains { $0.contains("the assessment of L0001") && $0.contains("audit.jsonl") })
  }

  @Test func aSignatureTakenAwayShows() throws {
    try replace("\"signature\": null", "\"signature\": \"tagmanifest-sha256.txt.sig\"", in: "data/packet.json")
    #expect(found.contains { $0.what == .signatureMissing })
  }

  /// Whatever is in its place: text that is no JSON, far too deep, or a huge list.
  @Test(arguments: [
    "", "{", String(repeating: "[", count: 100_000), "{\"objects\":" + String(repeating: "[", count: 40) + "}", "[1.5]",
    "{\"objects\":[" + String(repeating: "{},", count: 200_000) + "{}]}", "null", "{\"id\":7,\"objects\":{\"a\":1}}",
  ])
  func hostileFilesEndInASentence(text: String) throws {
    for path in [StixBundle.path, CaseGraph.path, "data/packet.json", ReadingsDocument.path, "data/listings.csv"] {
      let good = try read(path)
      try write(Array(text.utf8), path)
      try listAgain()
      #expect(!found.isEmpty && found.allSatisfy { $0.sentence.hasSuffix(".") && $0.sentence.utf8.count < 2000 })
      try write(good, path)
    }
  }
}
