import Foundation
import Testing

/// Rows, facets and prices, compared with the counts of an independent program in another language.
@Suite(.waitsElsewhere, .enabled(if: Program.outside("python3") != nil, "python3 is not installed"))
struct CountsOracleTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  /// A data set, how Python reads it, and the known differences.
  struct Source: Sendable, CustomTestStringConvertible {
    var name: String
    var files: String
    var form = "csv"
    var fields: [String: String]
    var missing: [String] = []
    var hasHeader = true
    /// Prices with digits that may reasonably be left unread; counted, but as neither.
    var either = "(?!)"
    /// Fields whose values are named by a table, such as "Kaidee" for `kaidee.com`; only their numbers are compared.
    var renamed: Set<String> = []
    /// Fields with several values in a cell, and their separator.
    var split: [String: String] = [:]
    var testDescription: String { name + " " + form }
  }

  static let sources: [Source] = [
    Source(
      name: "03", files: "03_*/*.csv",
      fields: [
        "platform": "platform", "price": "price_amount", "seller_alias": "seller_name",
        "category": "platform_category", "language": "language", "flag_reason": "triage_reason",
      ], renamed: ["platform"]),
    Source(
      name: "03", files: "03_*/*.jsonl", form: "jsonl",
      fields: [
        "platform": "platform", "price": "price_amount", "seller_alias": "seller_name",
        "category": "platform_category", "language": "language", "flag_reason": "triage_reason",
      ], renamed: ["platform"]),
    Source(
      name: "05", files: "05_*/results.csv", fields: ["species": "Species", "price": "Price", "intent": "Intent"],
      missing: ["[]"]),
    Source(name: "06", files: "06_*/amphibians.csv", fields: ["category": "type", "price": "price"]),
    Source(name: "06", files: "06_*/amphibians.json", form: "json", fields: ["category": "type", "price": "price"]),
    Source(
      name: "10 bike_hub, all", files: "10_*/bike_hub_*.csv",
      fields: ["seller_alias": "seller_name", "price": "price", "category": "type"], missing: ["NA"]),
    Source(
      name: "10 gumtree", files: "10_*/gumtree_ads_mountain_2022-06-01*.csv",
      fields: ["seller_alias": "seller_name", "price": "price"], missing: ["NA"]),
    Source(name: "12", files: "12_*/*.csv", fields: [:], hasHeader: false),
    Source(
      name: "14, all", files: "14_*/*.jsonl", form: "jsonl",
      fields: [
        "seller_alias": "seller.username", "price": "price.value", "country": "itemLocation.country",
        "platform": "listingMarketplaceId",
      ], renamed: ["platform", "country"]),
    Source(
      name: "15", files: "15_*/*.jsonl", form: "jsonl",
      fields: ["platform": "platform", "price": "price", "flag_reason": "search_term"], missing: ["None"],
      renamed: ["platform"]),
    Source(
      name: "15", files: "15_*/*.json", form: "json",
      fields: ["platform": "platform", "price": "price", "flag_reason": "search_term"], renamed: ["platform"]),
    Source(name: "16", files: "16_*/*.csv", fields: ["price": "price", "category": "type"]),
  ]

  @Test(.enabled(if: Program.sharedData != nil, "the shared data are absent"), arguments: sources)
  func realDataAreCountedAsPythonCountsThem(_ source: Source) throws {
    try compare(source, files: try #require(Program.sharedData) + "/" + source.files)
  }

  @Test(arguments: [2026, 7])
  func aDemoWeekIsCountedAsPythonCountsIt(seed: Int) throws {
    let made = try Program.run(
      "demo", "--write-only", "--per-week", "700", "--seed", String(seed), "--folder", "d", at: place)
    #expect(made.status == 0, "\(made.err)")
    try compare(
      Source(
        name: "demo", files: "",
        fields: [
          "platform": "platform", "price": "price", "seller_alias": "seller_alias", "country": "country",
          "language": "language", "species": "species", "flag_reason": "flag_reason",
        ], missing: ["-"],
        // `1tr6` is 1,600,000 to a Vietnamese reader; two numbers around a letter are left unread elsewhere.
        either: #"[0-9]+tr[0-9]+"#, split: ["species": ";"]), files: "d/demo-week46.csv")
  }

  private func compare(_ source: Source, files: String) throws {
    let spec = try JSONSerialization.data(
      withJSONObject: [
        "fields": source.fields, "missing": source.missing, "header": source.hasHeader, "either": source.either,
        "split": source.split,
      ])
    try place.write("spec.json", bytes: Array(spec))
    let script = (#filePath as NSString).deletingLastPathComponent + "/Oracle/counts.py"
    let counted = try Program.shell(
      "python3 '\(script)' \(source.form) \"$(cat spec.json)\" \(files)", at: place)
    try #require(counted.status == 0, "\(counted.err)")
    let theirs = try counted.json()
    let ours = try Program.shell("$L stats --json \(files)", at: place).json()

    #expect(ours["rows"] as? Int == theirs["rows"] as? Int)
    let prices = try #require(ours["prices"] as? [String: Int])
    if source.fields["price"] != nil {
      let expected = try #require(theirs["prices"] as? [String: Int])
      #expect(prices["missing"] == expected["missing"])
      func counted(_ states: String...) -> Int { states.reduce(0) { $0 + (prices[$1] ?? 0) } }
      // Placeholders are written with digits; what is free, on request or in exchange, with words.
      let amounts = counted("read", "without_currency", "placeholder") - (expected["amount"] ?? 0)
      let unreadable = counted("unreadable", "free", "on_request", "exchange") - (expected["unreadable"] ?? 0)
      #expect(amounts >= 0 && unreadable >= 0 && amounts + unreadable == expected["either"], "\(prices) \(expected)")
    }
    let theirFacets = try #require(theirs["facets"] as? [String: [String: Int]])
    let ourFacets = try #require(ours["facets"] as? [String: [[String: Any]]])
    for (field, expected) in theirFacets {
      var found: [String: Int] = [:]
      for value in ourFacets[field] ?? [] { found[value["value"] as? String ?? ""] = value["count"] as? Int }
      if source.renamed.contains(field) {
        #expect(found.values.sorted() == expected.values.sorted(), "\(field)")
      } else {
        let differing = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }
        let shown = differing.sorted().prefix(8).map {
          "\($0.debugDescription): linsang \(found[$0] ?? 0), Python \(expected[$0] ?? 0)"
        }
        #expect(differing.isEmpty, "\(field): \(shown.joined(separator: "; "))")
      }
    }
  }
}
