import Listings
import Matching
import Sentences
import Taxa

/// How strongly a listing's words suggest an offer of wildlife, 0 to 100, and the points that add up to it.
///
/// It is about words, not about guilt: an order for triage, with its reasons.
///
/// Units:  points of 100.
package struct Risk: Equatable, Sendable {
  /// 0 to 100.
  package let value: Int
  /// What raises and lowers the risk, in the order of computation. Suppressed terms appear with 0 points. The points add
  /// up to `value` exactly.
  package let points: [RiskPoint]

  /// No reasons, no risk.
  package static let none = Risk(value: 0, points: [])
}

/// One reason for a listing's risk.
package struct RiskPoint: Equatable, Sendable {
  /// What the points are for.
  package enum Reason: Equatable, Sendable {
    /// A term of evidence.
    case term(TermID, Strength)
    /// The taxon that the species cell names.
    case speciesCell(Taxon)
    /// The CITES appendix of a taxon that a counted term or the species cell names.
    case appendix(Taxon)
    /// A transaction cue: words of selling and hiding, which count only beside evidence.
    case transaction(TermID, Strength)
    /// A benign group, and its strongest term.
    case benign(String, TermID, Strength)
  }

  /// How far a term counts.
  package enum Strength: Equatable, Sendable {
    /// Its needs are met, or it has none.
    case full
    /// What the term needs is not near.
    case weak
    /// A condition speaks against it; its hits say which.
    case suppressed
    /// A stronger term for the same thing has already counted.
    case repeated
    /// It would count, but there is no evidence beside it.
    case idle
  }

  package let reason: Reason
  /// Negative where it lowers the risk.
  package let points: Int
  /// Indices into `ListingReading.hits` of the hits behind it.
  package let hits: [Int]
}

/// The risk formula in words, with the numbers in force. Packets print it beside the points.
///
/// Source: `RiskFormula` and `HitJudging`, whose constants it quotes.
package enum RiskRule {
  /// One rule per sentence.
  package static var sentences: [String] {
    let weak = Int((RiskFormula.weakShare * 100).rounded())
    let transaction = Int(RiskFormula.transactionLimit.rounded())
    return [
      "Terms that speak for wildlife count each once, the strongest first; each adds its weight x (100 - risk so far) "
        + "/ 100. A weak hit has \(weak) % of its weight, a void one none.",
      "The taxon that the species column names adds a little by the same rule, more where its CITES appendix is "
        + "stricter: scrapers fill that column from the very word that flagged the listing.",
      "Only where one of those terms counted in full, the appendix of the taxa named adds by the same rule, and words of "
        + "selling and hiding add at most \(transaction) points together.",
      "Words that speak for something else take away, each group once: weight x risk / 100.",
      "Near means: anywhere in the title, or in the description with at most \(HitJudging.nearLimit) characters "
        + "between; for a hit in the title, the description counts from its beginning.",
      "Whole points by largest remainder, so that the points shown add up to the risk.",
    ]
  }
}

/// A piece of a sentence about a listing. A screen marks the listing's words as not ours.
package enum SentencePart: Equatable, Sendable {
  /// Linsang's words.
  case words(String)
  /// From the listing: untrusted text.
  case quote(String)
  /// A scientific name.
  case taxon(String)

  /// The piece as plain text, quotes included.
  package var text: String {
    switch self {
    case .words(let words): words
    case .quote(let quote): "“\(quote)”"
    case .taxon(let name): name
    }
  }
}

/// One line of the reasons for a risk: points, and what they are for.
package struct WhyLine: Equatable, Sendable {
  package let points: Int
  package let parts: [SentencePart]
  /// Indices into `ListingReading.hits` of the hits behind it.
  package let hits: [Int]

  /// The line as plain text.
  package var text: String { parts.map(\.text).joined() }
}

extension ListingReading {
  /// The reasons for the risk, one per line, in the order of computation. A listing that could not be read has one line
  /// that says why.
  ///
  /// - Parameter say: for whom; packets are in English.
  package func why(
    _ lexicons: CompiledLexicons, _ text: ListingText, _ say: Wording = .files
  ) -> [WhyLine] {
    switch readability {
    case .noText:
      return [WhyLine(points: 0, parts: [.words(say(Sentence("not readable by text: there is none")))], hits: [])]
    case .notCovered(let script):
      let words = say(
        Sentence("not readable by text: most of it is in \(script.sentence), which no lexicon that is on covers"))
      return [WhyLine(points: 0, parts: [.words(words)], hits: [])]
    case .read:
      let writer = WhyWriter(lexicons: lexicons, text: text, hits: hits, say: say)
      return (risk?.points ?? []).map { WhyLine(points: $0.points, parts: writer.parts($0), hits: $0.hits) }
    }
  }
}

/// The reasons for a risk in few words: what speaks for wildlife, and what against.
package struct ReasonsInBrief: Equatable, Sendable {
  /// `“tusk” +40`, `Appendix I +20`, in the order of computation.
  package fileprivate(set) var speaking: [String] = []
  /// `“resin” −12 (other material)`, and evidence that does not count: `“ivory” suppressed, near “colour”`.
  package fileprivate(set) var against: [String] = []
}

extension ListingReading {
  /// The reasons in few words, for where there is room for two lines.
  ///
  /// Shape:  nothing for a listing that could not be read; words that neither add nor would have are left out.
  package func reasonsInBrief(_ lexicons: CompiledLexicons, _ text: ListingText) -> ReasonsInBrief {
    let writer = WhyWriter(lexicons: lexicons, text: text, hits: hits, say: .screen)
    return (risk?.points ?? []).reduce(into: ReasonsInBrief()) { writer.add($1, to: &$0) }
  }
}

/// Words reasons as sentences.
private struct WhyWriter {
  let lexicons: CompiledLexicons
  let text: ListingText
  let hits: [Hit]
  let say: Wording

  /// Stands in a sentence for pieces that are not our words.
  private static let slot = "\u{FFFC}"

  /// A sentence in pieces, with `pieces` in its slot.
  private func parts(_ sentence: Sentence, _ pieces: [SentencePart]) -> [SentencePart] {
    let words = say(sentence).split(separator: Character(Self.slot), omittingEmptySubsequences: false)
    let around = words.map { $0.isEmpty ? [] : [SentencePart.words(String($0))] }
    return around.dropFirst().reduce(around.first ?? []) { $0 + pieces + $1 }
  }

  /// The pieces of one reason.
  func parts(_ point: RiskPoint) -> [SentencePart] {
    switch point.reason {
    case .term(let id, let strength): return term(id, strength, point.hits)
    case .speciesCell(let taxon):
      return parts(Sentence("the species column says \(Self.slot)"), [.taxon(taxon.acceptedName)])
    case .appendix(let taxon):
      // The table may know which population is listed, since when and with which exceptions; if not, the appendix.
      let words =
        taxon.cites?.inWords(say) ?? say(Sentence("Appendix \(taxon.appendix ?? "unknown") as of \(taxon.asOf)"))
      return parts(Sentence("\(Self.slot): CITES \(words)"), [.taxon(taxon.acceptedName)])
    case .transaction(let id, let strength): return term(id, strength, point.hits)
    case .benign(let group, let id, let strength):
      return parts(Sentence("\(Self.slot) speaks for: \(group)"), quoted(point.hits)) + status(id, strength, point.hits)
    }
  }

  /// Adds one reason in few words.
  func add(_ point: RiskPoint, to brief: inout ReasonsInBrief) {
    let quote = quoted(point.hits).map(\.text).joined()
    switch point.reason {
    case .benign(let group, _, _) where point.points < 0:
      brief.against.append("\(quote) −\(-point.points)" + (group.isEmpty ? "" : " (\(group))"))
    case .speciesCell where point.points > 0: brief.speaking.append(localized("species column +\(point.points)"))
    case .appendix(let taxon) where point.points > 0:
      brief.speaking.append(localized("Appendix \(taxon.appendix ?? "?") +\(point.points)"))
    case .term, .transaction:
      if point.points > 0 {
        brief.speaking.append("\(quote) +\(point.points)")
      } else if let void = voidInBrief(quote, point.hits) {
        brief.against.append(void)
      }
    case .benign, .speciesCell, .appendix: break
    }
  }

  /// That a hit is void, and what makes it so; nil where it is not, or counts with a longer word.
  private func voidInBrief(_ quote: String, _ indices: [Int]) -> String? {
    guard let first = indices.first.map({ hits[$0] }) else { return nil }
    switch first.status {
    case .suppressed(.near(let nearby)): return localized("\(quote) suppressed, near “\(words(nearby))”")
    case .suppressed(.guarded(let nearby)): return localized("\(quote) suppressed, part of “\(words(nearby))”")
    case .suppressed(.part(let longer, let bytes)):
      let isOpposite = (lexicons[longer].kind == .benign) != (lexicons[first.term].kind == .benign)
      return isOpposite ? localized("\(quote) suppressed, part of “\(text.words(of: first.field, bytes))”") : nil
    case .counted, .weak: return nil
    }
  }

  /// A term with its meaning, disguises and status.
  private func term(_ id: TermID, _ strength: RiskPoint.Strength, _ indices: [Int]) -> [SentencePart] {
    let term = lexicons[id]
    var parts = quoted(indices)
    parts.append(.words(", " + sort(term) + (term.denotes.isEmpty ? "" : ": " + term.denotes)))
    if let taxon = lexicons.taxon(of: id)?.acceptedName ?? (term.taxon.isEmpty ? nil : term.taxon) {
      parts += [.words(" ("), .taxon(taxon), .words(")")]
    }
    parts += disguise(term, indices)
    return parts + status(id, strength, indices)
  }

  /// The language and kind of a term: `English product name`.
  private func sort(_ term: Term) -> String {
    if say == .screen, ScreenLanguage.inUse != nil { return "\(term.kind.screenLabel) [\(term.language)]" }
    let language = LanguageName.english(term.language).map { $0 + " " } ?? ""
    return language + (term.kind == .product ? "product name" : term.kind.rawValue)
  }

  /// The words as the listing writes them, each spelling once, at most three.
  private func quoted(_ indices: [Int]) -> [SentencePart] {
    var seen: [String] = []
    for index in indices {
      let words = text.words(of: hits[index].field, hits[index].bytes)
      if !seen.contains(words) { seen.append(words) }
    }
    var parts: [SentencePart] = []
    for (index, words) in seen.prefix(3).enumerated() {
      if index > 0 { parts.append(.words(", ")) }
      parts.append(.quote(words))
    }
    if seen.count > 3 { parts.append(.words(" " + say(Sentence("and \(seen.count - 3) more")))) }
    return parts
  }

  /// The disguises that the matcher saw through, if any.
  private func disguise(_ term: Term, _ indices: [Int]) -> [SentencePart] {
    let folds = indices.reduce(into: Folds()) { $0.formUnion(hits[$1].folds) }.subtracting(.plain)
    guard !folds.isEmpty else { return [] }
    return [.words(", " + say(Sentence("disguised by \(folds.names.joined(separator: " and "))")))]
  }

  /// Why the term does not count in full, or what it counts with.
  private func status(_ id: TermID, _ strength: RiskPoint.Strength, _ indices: [Int]) -> [SentencePart] {
    guard let first = indices.first.map({ hits[$0].status }) else { return [] }
    switch (strength, first) {
    case (.idle, _): return [.words("; " + say(Sentence("nothing beside it to count with")))]
    case (.repeated, _): return [.words("; " + say(Sentence("another word for the same thing")))]
    case (.weak, _) where lexicons[id].kind == .benign:
      return [.words("; " + say(Sentence("counted in part, since it stands far off")))]
    case (.weak, _):
      let needs = lexicons[id].needs.map(\.description).joined(separator: ", ")
      return [.words("; " + say(Sentence("weak, since nothing near is one of: \(needs)")))]
    case (_, .counted(let nearby?)):
      return [.words(", ")] + parts(Sentence("beside \(Self.slot)"), [.quote(words(nearby))]) + group(nearby)
    case (_, .suppressed(.near(let nearby))):
      return [.words("; ")] + parts(Sentence("void, since near it stands \(Self.slot)"), [.quote(words(nearby))])
        + group(nearby)
    case (_, .suppressed(.guarded(let nearby))):
      return [.words("; ")] + parts(Sentence("void, since it is part of \(Self.slot)"), [.quote(words(nearby))])
        + group(nearby)
    case (_, .suppressed(.part(let longer, let bytes))):
      let field = indices.first.map { hits[$0].field } ?? .title
      let isOpposite = (lexicons[longer].kind == .benign) != (lexicons[id].kind == .benign)
      let quote = SentencePart.quote(text.words(of: field, bytes))
      let meaning = lexicons[longer].denotes
      return [.words("; ")]
        + (isOpposite
          ? parts(Sentence("void, since it is part of \(Self.slot)"), [quote])
          : parts(Sentence("counted with \(Self.slot)"), [quote]))
        + [.words(meaning.isEmpty ? "" : " (\(meaning))")]
    default: return []
    }
  }

  private func words(_ nearby: Nearby) -> String { text.words(of: nearby.field, nearby.bytes) }

  /// The group that a word belongs to, in brackets.
  private func group(_ nearby: Nearby) -> [SentencePart] {
    if case .group(let group) = nearby.condition { [.words(" (\(group))")] } else { [] }
  }
}
