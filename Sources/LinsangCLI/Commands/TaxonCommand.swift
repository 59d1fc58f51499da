import ArgumentParser
import CodeWords
import SmallFormats
import Taxa

/// `linsang taxon NAME…`
struct TaxonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "taxon", abstract: "Print what is known about a taxon: names, classification, protection.",
    discussion: """
      Names may be scientific or common; quote those that contain spaces. --json prints an object per name: asked, \
      accepted (null if it is not certain which taxon is meant), rank, by, lineage, synonyms, common_names, cites and \
      china (status, rows with level, from, until, note, source, source_as_of), warning, candidates. A misspelt name is \
      never taken for another: suggested is the name it is near (null if several are equally near), and difference says \
      how it differs. For a text with several names, or a hybrid, names has one such object for each.
      Exit status 1 if a name is not a taxon, or may be several.
      """)

  @Argument(help: "The names to look up.")
  var names: [String]

  @Flag(help: "Print JSON, a line per name.")
  var json = false

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let table = TaxaOnDemand(DataFolders()).table
      var isWhole = true
      for (number, name) in names.enumerated() {
        let answer = TaxonAnswer(name, in: table)
        isWhole = isWhole && answer.isCertain
        if json {
          try output.put(answer.json.text + "\n")
        } else {
          if number > 0 { try output.line("") }
          try output.lines(answer.lines)
        }
      }
      try output.flush()
      if !isWhole { throw ExitCode(1) }
    }
  }
}

/// What the taxon tables know about a name.
struct TaxonAnswer {
  private let asked: String
  private let table: TaxonTable
  private let match: TaxonMatch
  private let taxon: TaxonID?

  init(_ asked: String, in table: TaxonTable) { self.init(asked, table.match(asked), in: table) }

  private init(_ asked: String, _ match: TaxonMatch, in table: TaxonTable) {
    self.asked = asked
    self.table = table
    self.match = match
    taxon = match.taxon
  }

  /// Whether it is certain which taxon the name, or each of several names, means.
  var isCertain: Bool { match.each.allSatisfy { $0.taxon != nil } }

  /// The answers for each name, if the text holds several.
  private var parts: [TaxonAnswer] {
    guard case .several(let parts, _) = match else { return [] }
    return parts.map { TaxonAnswer($0.written, $0.match, in: table) }
  }

  private var candidates: [TaxonID] {
    switch match {
    case .taxon: []
    case .group(_, let taxa), .ambiguous(let taxa): taxa
    case .within(let genus): [genus]
    case .several: table.candidates(named: asked)
    case .suggested(let suggestion): suggestion.candidates.map(\.taxon)
    case .unknown: table.taxa(near: asked, most: 5)
    }
  }

  /// How the name relates to the taxon.
  private var by: String {
    switch match {
    case .taxon(_, .accepted): "accepted name"
    case .taxon(_, .synonym): "synonym"
    case .taxon(_, .common): "common name"
    case .group: "common name of several taxa"
    case .within: "species that is in no table, of a genus that is"
    case .ambiguous: "name of several taxa"
    case .several(_, .list): "several names"
    case .several(_, .hybrid): "hybrid"
    case .suggested: "near a name of the tables"
    case .unknown: "no known taxon"
    }
  }

  private func named(_ taxon: TaxonID) -> String { "\(table.acceptedName(of: taxon)), \(table.rank(of: taxon).name)" }

  // MARK: Text

  var lines: [String] {
    if case .several(let parts, _) = match {
      return ["\(asked): \(by)"] + ["  of           " + parts.map(\.written).joined(separator: "; ")]
        + self.parts.flatMap { [""] + $0.lines }
    }
    guard let taxon else { return doubtLines }
    let names = table.otherNames(of: taxon)
    var lines = [named(taxon)]
    func add(_ name: String, _ value: String) {
      if !value.isEmpty { lines.append("  \(name.rightPadded(13))\(value)") }
    }
    add("asked", "\(asked): \(by)")
    if case .group(_, let taxa) = match { add("", "of " + Self.joined(taxa.map(table.acceptedName), maximum: 8)) }
    add("belongs to", table.lineage(of: taxon).dropFirst().reversed().map(table.acceptedName).joined(separator: " · "))
    add("synonyms", names.filter { $0.kind == .synonym }.map(\.text).joined(separator: " · "))
    for (language, texts) in commonNames(names) { add(language, texts.joined(separator: " · ")) }
    if table.rank(of: taxon) < .species { add("species", members(of: taxon)) }
    for list in ProtectionList.allCases {
      add(list.rawValue, table.words(for: taxon, in: list))
      for row in rows(of: taxon, in: list) { add("", rowText(row)) }
    }
    add("warning", table.indexWarning(for: [taxon]) ?? "")
    return lines
  }

  private var doubtLines: [String] {
    if let suggestion = match.suggestion { return suggestionLines(suggestion) }
    let head = "\(asked): \(by)"
    if candidates.isEmpty { return [head] }
    let before = if case .unknown = match { "near are" } else { "may be" }
    return [head] + ["  \(before.rightPadded(13))" + Self.joined(candidates.map(named), maximum: 8, "; ")]
  }

  /// What the name is near, and no more: only a certain name gets an appendix.
  private func suggestionLines(_ suggestion: TaxonSuggestion) -> [String] {
    var lines = ["\(asked): in no taxon table; \(table.words(for: suggestion))"]
    if let genus = suggestion.genus { lines.append("  genus        \(table.acceptedName(of: genus))") }
    let names = suggestion.candidates.map { "linsang taxon \"\(table.acceptedName(of: $0.taxon))\"" }
    return lines + ["  not certain  so no appendix is given; ask for " + Self.joined(names, maximum: 3, " or ")]
  }

  private static func joined(_ names: [String], maximum: Int, _ separator: String = ", ") -> String {
    names.prefix(maximum).joined(separator: separator)
      + (names.count > maximum ? " and \(names.count - maximum) more" : "")
  }

  private func commonNames(_ names: [TaxonName]) -> [(language: String, texts: [String])] {
    var order: [String] = []
    var texts: [String: [String]] = [:]
    for name in names where name.kind == .common {
      if texts[name.language.code] == nil { order.append(name.language.code) }
      texts[name.language.code, default: []].append(name.text)
    }
    return order.map { ($0, texts[$0] ?? []) }
  }

  /// How many species a group has, by appendix: `17: I 3 · II 14`.
  private func members(of group: TaxonID) -> String {
    let species = table.species(within: group)
    var counts: [String: Int] = [:]
    for taxon in species {
      let levels = table.levels(of: taxon, in: .cites)
      counts[levels.isEmpty ? "unknown" : levels.text(in: .cites), default: 0] += 1
    }
    let byAppendix = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: " · ")
    return species.isEmpty ? "none in the tables" : "\(species.count) in the tables, by CITES appendix: \(byAppendix)"
  }

  /// The rows that apply: the taxon's own, or else those of the group it is listed with.
  private func rows(of taxon: TaxonID, in list: ProtectionList) -> [TaxonListing] {
    let holder = table.status(of: taxon, in: list)?.listing.map(\.taxon) ?? taxon
    return table.listings(of: holder, in: list)
  }

  private func rowText(_ row: TaxonListing) -> String {
    let time = (row.from.map { "from \($0)" } ?? "day not known") + (row.until.map { " until \($0)" } ?? "")
    let source = table.sources[row.source]
    let citation = source.map { source in
      [source.citation, source.url, source.asOf.map { "as of \($0)" } ?? ""].filter { !$0.isEmpty }
        .joined(separator: ", ")
    }
    return ["\(row.levels.text(in: row.list)), \(time)", row.note, citation ?? row.source].filter { !$0.isEmpty }
      .joined(separator: "; ")
  }

  // MARK: JSON

  var json: JSONValue {
    var map: [String: JSONValue] = [
      "asked": .text(asked), "by": .text(by), "accepted": .null,
      "candidates": .list(candidates.map { .text(table.acceptedName(of: $0)) }),
    ]
    if let suggestion = match.suggestion {
      map["suggested"] = suggestion.taxon.map { .text(table.acceptedName(of: $0)) } ?? .null
      map["difference"] = .text(suggestion.difference.words())
      map["genus"] = suggestion.genus.map { .text(table.acceptedName(of: $0)) } ?? .null
    }
    if !parts.isEmpty { map["names"] = .list(parts.map(\.json)) }
    guard let taxon else { return .map(map) }
    let names = table.otherNames(of: taxon)
    map["accepted"] = .text(table.acceptedName(of: taxon))
    map["rank"] = .text(table.rank(of: taxon).name)
    map["lineage"] = .list(table.lineage(of: taxon).dropFirst().reversed().map { .text(table.acceptedName(of: $0)) })
    map["synonyms"] = .list(names.filter { $0.kind == .synonym }.map { .text($0.text) })
    let common = commonNames(names).map { ($0.language, JSONValue.list($0.texts.map { .text($0) })) }
    map["common_names"] = .map(Dictionary(uniqueKeysWithValues: common))
    for list in ProtectionList.allCases { map[list.rawValue.lowercased()] = protection(of: taxon, in: list) }
    map["warning"] = table.indexWarning(for: [taxon]).map { .text($0) } ?? .null
    return .map(map)
  }

  private func protection(of taxon: TaxonID, in list: ProtectionList) -> JSONValue {
    let status = table.status(of: taxon, in: list)
    return .map([
      "status": status.map { .text($0.text) } ?? .null, "words": .text(table.words(for: taxon, in: list)),
      "rows": .list(
        rows(of: taxon, in: list).map { row in
          .map([
            "taxon": .text(table.acceptedName(of: row.taxon)), "level": .text(row.levels.text(in: list)),
            "from": day(row.from), "until": day(row.until), "note": .text(row.note), "source": .text(row.source),
            "source_as_of": day(table.sources[row.source]?.asOf),
          ])
        }),
    ])
  }

  private func day(_ day: CalendarDay?) -> JSONValue { day.map { .text($0.description) } ?? .null }
}
