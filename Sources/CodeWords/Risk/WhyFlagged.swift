import Listings
import Matching

/// A piece of a sentence about a listing, so that a screen can tell the listing's words from ours.
package enum SentencePart: Equatable, Sendable {
  /// Ours.
  case words(String)
  /// From the listing, as hostile as listings are.
  case quote(String)
  /// A scientific name.
  case taxon(String)

  package var text: String {
    switch self {
    case .words(let words): words
    case .quote(let quote): "“\(quote)”"
    case .taxon(let name): name
    }
  }
}

/// One line of the reasons of a risk: points, and what they stand for.
package struct WhyLine: Equatable, Sendable {
  package let points: Int
  package let parts: [SentencePart]
  /// The hits behind it, as places in `ListingReading.hits`.
  package let hits: [Int]

  package var text: String { parts.map(\.text).joined() }
}

extension ListingReading {
  /// The reasons, line by line, in the order in which they were reckoned; a sentence instead where the text could not be
  /// read.
  package func why(_ lexicons: CompiledLexicons, _ text: ListingText) -> [WhyLine] {
    switch readability {
    case .noText:
      return [WhyLine(points: 0, parts: [.words("not readable by text: there is none")], hits: [])]
    case .notCovered(let script):
      let words = "not readable by text: most of it is in \(script.name), which no lexicon that is on covers"
      return [WhyLine(points: 0, parts: [.words(words)], hits: [])]
    case .read:
      let writer = WhyWriter(lexicons: lexicons, text: text, hits: hits)
      return (risk?.points ?? []).map { WhyLine(points: $0.points, parts: writer.parts($0), hits: $0.hits) }
    }
  }
}

/// Puts reasons into words.
private struct WhyWriter {
  let lexicons: CompiledLexicons
  let text: ListingText
  let hits: [Hit]

  func parts(_ point: RiskPoint) -> [SentencePart] {
    switch point.ground {
    case .term(let id, let strength): term(id, strength, point.hits)
    case .speciesCell(let taxon):
      [.words("the species column says "), .taxon(taxon.acceptedName)]
    case .appendix(let taxon):
      // What the table knows of the listing's day and its doubts; without it, at least the appendix.
      [
        .taxon(taxon.acceptedName),
        .words(": CITES " + (taxon.cites?.inWords ?? "Appendix \(taxon.appendix ?? "unknown") as of \(taxon.asOf)")),
      ]
    case .transaction(let id, let strength): term(id, strength, point.hits)
    case .harmless(let group, let id, let strength):
      quoted(point.hits) + [.words(" speaks for: \(group)")] + standing(id, strength, point.hits)
    }
  }

  private func term(_ id: TermID, _ strength: RiskPoint.Strength, _ places: [Int]) -> [SentencePart] {
    let term = lexicons[id]
    var parts = quoted(places)
    parts.append(.words(", " + sort(term) + (term.denotes.isEmpty ? "" : ": " + term.denotes)))
    if let taxon = lexicons.taxon(of: id)?.acceptedName ?? (term.taxon.isEmpty ? nil : term.taxon) {
      parts += [.words(" ("), .taxon(taxon), .words(")")]
    }
    parts += disguise(term, places)
    return parts + standing(id, strength, places)
  }

  private func sort(_ term: Term) -> String {
    let language = LanguageName.english(term.language).map { $0 + " " } ?? ""
    return language + (term.kind == .product ? "product name" : term.kind.rawValue)
  }

  /// The words as they stand in the listing, each way of writing once.
  private func quoted(_ places: [Int]) -> [SentencePart] {
    var seen: [String] = []
    for place in places {
      let words = text.words(of: hits[place].field, hits[place].bytes)
      if !seen.contains(words) { seen.append(words) }
    }
    var parts: [SentencePart] = []
    for (index, words) in seen.prefix(3).enumerated() {
      if index > 0 { parts.append(.words(", ")) }
      parts.append(.quote(words))
    }
    if seen.count > 3 { parts.append(.words(" and \(seen.count - 3) more")) }
    return parts
  }

  /// The term as the lexicon writes it, where a disguise had to be seen through.
  private func disguise(_ term: Term, _ places: [Int]) -> [SentencePart] {
    let folds = places.reduce(into: Folds()) { $0.formUnion(hits[$1].folds) }.subtracting(.plain)
    guard !folds.isEmpty else { return [] }
    return [.words(", disguised by \(folds.names.joined(separator: " and "))")]
  }

  private func standing(_ id: TermID, _ strength: RiskPoint.Strength, _ places: [Int]) -> [SentencePart] {
    guard let first = places.first.map({ hits[$0].standing }) else { return [] }
    switch (strength, first) {
    case (.idle, _): return [.words("; nothing beside it to count with")]
    case (.repeated, _): return [.words("; another word for the same thing")]
    case (.weak, _) where lexicons[id].kind == .harmless: return [.words("; counted in part, since it stands far off")]
    case (.weak, _):
      let needs = lexicons[id].needs.map(\.description).joined(separator: ", ")
      return [.words("; weak, since nothing near is one of: \(needs)")]
    case (_, .counted(let nearby?)): return [.words(", beside "), .quote(words(nearby))] + group(nearby)
    case (_, .void(.near(let nearby))):
      return [.words("; void, since near it stands "), .quote(words(nearby))] + group(nearby)
    case (_, .void(.guarded(let nearby))):
      return [.words("; void, since it is part of "), .quote(words(nearby))] + group(nearby)
    case (_, .void(.part(let longer, let bytes))):
      let field = places.first.map { hits[$0].field } ?? .title
      let isOpposite = (lexicons[longer].kind == .harmless) != (lexicons[id].kind == .harmless)
      return [
        .words(isOpposite ? "; void, since it is part of " : "; counted with "),
        .quote(text.words(of: field, bytes)),
        .words(lexicons[longer].denotes.isEmpty ? "" : " (\(lexicons[longer].denotes))"),
      ]
    default: return []
    }
  }

  private func words(_ nearby: Nearby) -> String { text.words(of: nearby.field, nearby.bytes) }

  private func group(_ nearby: Nearby) -> [SentencePart] {
    if case .group(let group) = nearby.condition { [.words(" (\(group))")] } else { [] }
  }
}
