import CodeWords
import Cues
import ListingsTestSupport

@testable import Filters
@testable import Listings
import Taxa

/// Invented listings of every kind that a clause can ask about.
func sampleRows(_ count: Int, seed: UInt64) -> [ListingRow] {
  var dice = Dice(seed: seed)
  return (0..<count).map { number in
    ListingRow(
      id: "\(number % 17)", platform: dice.pick(["eBay", "EBAY", "Xianyu", "", "é bay"]),
      title: dice.pick(["ivory ring", "IVORY", "象牙", "", "bone"]), description: dice.pick(["", "vảy tê tê", "ivory"]),
      species: dice.pick(["", "Manis javanica", "manis javanica; Python regius", "Python regius"]),
      seller: dice.pick(["", "莲心阁", "Bao_T", "none"]), country: dice.pick(["cn", "vn", ""]),
      price: dice.pick(["", "ask"]),
      amount: dice.once(in: 3) ? nil : Double(dice.below(600)), currency: dice.pick([nil, "CNY", "USD"]),
      usd: dice.once(in: 3) ? nil : Double(dice.below(600)),
      posted: dice.once(in: 4) ? nil : 1_790_000_000 + Int64(dice.below(20_000_000)),
      extra: [("Notes", dice.pick(["", "seen", "Seen twice"]))])
  }
}

/// The naive answer: every clause asked of every row by itself.
struct Oracle {
  let rows: [ListingRow]
  let dataset: Dataset
  let subject: FilterSubject

  func holds(_ clause: Clause, _ row: Int) -> Bool {
    let listing = rows[row]
    switch clause {
    case .words(let words):
      return [.title, .description, .species, .sellerAlias].contains { (field: Field) in
        fold(listing.text(field)).contains(fold(words)) || words.isEmpty
      }
    case .regex(let pattern):
      guard let regex = try? Regex(pattern).ignoresCase() else { return false }
      return listing.text(.title).contains(regex) || listing.text(.description).contains(regex)
    case .field(.species, let patterns):
      let cell = ValueLists.split(listing.text(.species))
      return (cell.isEmpty ? [""] : cell).contains { name in patterns.contains { holds($0, name) } }
    case .field(let field, let patterns): return patterns.contains { holds($0, listing.text(field)) }
    case .column(let name, let patterns):
      let text = listing.extra.first { $0.name == name }?.text ?? ""
      return patterns.contains { holds($0, text) }
    case .currency(let patterns): return patterns.contains { holds($0, listing.currency ?? "") }
    case .file(let patterns): return patterns.contains { holds($0, dataset.source(of: row).name) }
    case .price(let tests): return tests.contains { holds($0, listing) }
    case .time(let field, let tests):
      let time = field == .postedAt ? listing.posted : listing.captured
      return tests.contains { test in
        guard case .span(let start, let end) = test else { return time == nil }
        guard let time else { return false }
        return (start.map { $0 <= time } ?? true) && (end.map { time < $0 } ?? true)
      }
    case .risk(let tests):
      let risk = subject.flags.risk(at: row)
      return tests.contains { test in
        if case .range(let range) = test { return risk.value.map(range.contains) ?? false }
        return risk == .noText || risk == .notCovered
      }
    case .term(let patterns):
      let terms = subject.flags.terms(at: row)
      return patterns.contains { pattern in
        if pattern == .missing { return subject.flags.flagged.contains(row) && terms.isEmpty }
        return terms.contains { subject.flags.lexicons.terms(meant: pattern).contains($0) }
      }
    case .taxon(let tests):
      let taxa = taxa(of: row)
      return tests.contains { test in
        switch test {
        case .missing: taxa.isEmpty && listing.text(.species).isEmpty
        case .suggested: hasSuggestion(row)
        case .unknown: taxa.isEmpty && !listing.text(.species).isEmpty && !hasSuggestion(row)
        case .within(let name):
          taxa.contains { subject.taxa.lineage(of: $0).map(subject.taxa.acceptedName).contains(name) }
        case .only(let name): taxa.map(subject.taxa.acceptedName).contains(name)
        }
      }
    case .protection(let list, let tests):
      let levels = taxa(of: row).map { self.levels(of: $0, in: list, row) }
      return tests.contains { test in
        if case .level(let level) = test { return levels.contains { $0.contains(level) } }
        return levels.allSatisfy(\.isEmpty)
      }
    case .state(let states): return states.contains { subject.rows(in: $0).contains(row) }
    case .described(let aspect, let patterns):
      let stated = subject.described.rows(aspect).filter { $0.value.contains(row) }.map(\.key)
      return (stated.isEmpty ? [""] : stated).contains { value in patterns.contains { holds($0, value) } }
    case .reason(let patterns):
      let reason = subject.words.reasons.first { $0.value.contains(row) }?.key ?? ""
      return patterns.contains { holds($0, reason) }
    case .note(let patterns): return patterns.contains { holds($0, subject.words.notes[row] ?? "") }
    case .analyst(let patterns):
      var analysts = subject.decidedByOthers.filter { $0.value.contains(row) }.map(\.key)
      if subject.reviewed.contains(row), analysts.isEmpty { analysts = [subject.analyst] }
      return (analysts.isEmpty ? [""] : analysts).contains { analyst in
        patterns.contains { holds($0 == .containing("me") ? .exactly(subject.analyst) : $0, analyst) }
      }
    case .week(let tests):
      guard let time = listing.posted ?? listing.captured else { return tests.contains(.missing) }
      let newest = rows.compactMap { $0.posted ?? $0.captured }.max()
      // 1969-12-29 was a Monday.
      let week = Int((Double(time) / 86_400 + 3) / 7)
      return tests.contains { test in
        if test == .newest { return newest.map { Int((Double($0) / 86_400 + 3) / 7) } == week }
        guard case .span(let from, let to) = test else { return false }
        return (from.map { $0.number <= week } ?? true) && (to.map { week <= $0.number } ?? true)
      }
    case .group(let patterns):
      guard let groups = subject.duplicates else { return false }
      return patterns.contains { holds($0, groups.group(of: row).map { groups.name(of: $0) } ?? "") }
    case .cue(let kind, let patterns):
      // In the invented table a cue's name is its only spelling.
      let text = fold(listing.text(.title) + " " + listing.text(.description))
      let names = subject.cues.names.filter { $0.kind == kind && text.contains(fold($0.text)) }.map(\.text)
      return patterns.contains { pattern in
        pattern == .missing ? names.isEmpty : names.contains { holds(pattern, $0) }
      }
    case .changed(let cells): return cells.contains { subject.since?.rows(changed: $0).contains(row) == true }
    case .not(let clause): return !holds(clause, row)
    case .all(let clauses): return clauses.allSatisfy { holds($0, row) }
    case .any(let clauses): return clauses.contains { holds($0, row) }
    }
  }

  /// What the names of a row's cell mean.
  private func matches(of row: Int) -> [TaxonMatch] {
    ValueLists.split(rows[row].text(.species)).flatMap { subject.taxa.match($0).each }
  }

  private func hasSuggestion(_ row: Int) -> Bool { matches(of: row).contains { $0.suggestion != nil } }

  /// What a row's cell and its terms name, without what another of them makes more precise.
  private func taxa(of row: Int) -> [TaxonID] {
    var all = matches(of: row).compactMap(\.nearest)
    for term in subject.flags.terms(at: row) where subject.flags.lexicons[term].kind.isEvidence {
      if let taxon = subject.taxa.match(subject.flags.lexicons[term].taxon).nearest { all.append(taxon) }
    }
    return all.filter { wide in !all.contains { $0 != wide && subject.taxa.lineage(of: $0).contains(wide) } }
  }

  /// A species that the table lacks stands where its genus is listed as a whole.
  private func levels(of taxon: TaxonID, in list: ProtectionList, _ row: Int) -> ListingLevels {
    let matches = matches(of: row)
    guard matches.contains(where: { $0 == .within(taxon) }) else {
      // From a suggestion nothing follows, not even of its genus.
      let isSuggested = matches.contains { $0.suggestion?.genus == taxon } && !matches.contains { $0.taxon == taxon }
      return isSuggested ? [] : subject.taxa.levels(of: taxon, in: list)
    }
    return subject.taxa.lineage(of: taxon).compactMap { subject.taxa.listings(of: $0, in: list).last?.levels }.first
      ?? []
  }

  private func fold(_ text: String) -> String { Folding.folded(text) }

  private func holds(_ pattern: ValuePattern, _ value: String) -> Bool {
    switch pattern {
    case .missing: return value.isEmpty
    case .exactly(let wanted): return fold(wanted) == fold(value)
    case .listed(let list):
      return !value.isEmpty && list.values.contains { holds($0.contains("*") ? .glob($0) : .exactly($0), value) }
    case .containing(let part): return part.isEmpty || fold(value).contains(fold(part))
    case .glob(let glob):
      // A star is any run of characters: everything else of the pattern is quoted.
      return !value.isEmpty && matches(Array(fold(glob)), Array(fold(value)))
    }
  }

  private func matches(_ glob: [Character], _ value: [Character]) -> Bool {
    guard let first = glob.first else { return value.isEmpty }
    if first == "*" {
      return (0...value.count).contains { matches(Array(glob.dropFirst()), Array(value.dropFirst($0))) }
    }
    return value.first == first && matches(Array(glob.dropFirst()), Array(value.dropFirst()))
  }

  private func holds(_ test: PriceTest, _ listing: ListingRow) -> Bool {
    switch test {
    case .missing: return listing.priceState == .missing
    case .unread: return listing.usd == nil && listing.priceState != .missing
    case .range(let low, let high, let currency):
      guard let amount = currency == nil ? listing.usd : listing.amount else { return false }
      return (currency == nil || currency == listing.currency) && (low.map { $0 <= amount } ?? true)
        && (high.map { amount <= $0 } ?? true)
    }
  }
}
