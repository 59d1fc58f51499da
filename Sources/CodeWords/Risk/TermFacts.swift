import Taxa

/// What judging and reckoning ask of a term for every hit, without the texts of its row.
///
/// Why: a copy of a `Term` counts the references of ten texts up and down, for each hit of each listing.
struct TermFacts: Sendable {
  let kind: TermKind
  let isEvidence: Bool
  let weight: Double
  /// What it stands for, or the group of a harmless word, by number; of the same text the same one. Nil for none.
  let denoted: Int32?
  /// How far the appendix of its taxon moves a listing.
  let appendixWeight: Double

  static func all(of terms: [Term], _ taxa: [Taxon?]) -> [TermFacts] {
    var numbers: [String: Int32] = [:]
    func number(of text: String) -> Int32? {
      guard !text.isEmpty else { return nil }
      if let known = numbers[text] { return known }
      let number = Int32(numbers.count)
      numbers[text] = number
      return number
    }
    return zip(terms, taxa).map { term, taxon in
      TermFacts(
        kind: term.kind, isEvidence: term.kind.isEvidence, weight: Double(term.weight),
        denoted: number(of: term.denotes), appendixWeight: taxon.map(RiskFormula.weight(ofAppendixOf:)) ?? 0)
    }
  }
}

/// Conditions by number, asked for whether one is among them.
///
/// Cost: a bit per condition of all lexicons.
struct CueSet: Equatable, Sendable {
  private var words: [UInt64] = []

  init(_ cues: some Sequence<SpellingUses.Cue>) {
    for cue in cues {
      let word = Int(cue >> 6)
      if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
      words[word] |= 1 << UInt64(cue & 63)
    }
  }

  var isEmpty: Bool { words.isEmpty }

  @inline(__always)
  func contains(_ cue: SpellingUses.Cue) -> Bool {
    let word = Int(cue >> 6)
    return word < words.count && words[word] >> UInt64(cue & 63) & 1 == 1
  }
}
