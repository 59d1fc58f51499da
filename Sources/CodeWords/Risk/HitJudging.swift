import Listings
import Matching

/// Finds the terms in a listing's text and decides for each hit whether it counts.
///
/// Near:   a word of the title is near everything. A word of the description is near a hit in the description with at
///         most 100 characters between them, and near a hit in the title within the first 100 characters. Words within
///         the hit's own bytes are not near it.
/// Part:   a hit within a longer hit of the same sort whose needs are met is suppressed. The longer term says more
///         precisely what is meant, and one piece of text is one piece of evidence.
/// Cost:   O(matches x matches within 100 characters). Of a title at most `titleLimit` cues are searched, which no real
///         title reaches.
struct HitJudging {
  let lexicons: CompiledLexicons
  private let text: ListingText
  /// Matches that meet conditions, by field, in order of their bytes.
  private var titleCues: [Cue] = []
  private var descriptionCues: [Cue] = []
  /// In bytes.
  private var longestCue = 0
  /// Stretches that benign groups do not claim.
  private var exceptions = BenignExceptions()

  /// At most this many characters lie between a hit and a word near it.
  static let nearLimit = 100
  /// At most this many cues of a title are searched, so that a hostile title cannot make reading quadratic.
  private static let titleLimit = 256

  /// A match that meets a condition.
  struct Cue {
    /// The condition that it meets.
    let condition: SpellingUses.Cue
    /// The spelling by which it was found.
    let spelling: UInt32
    let bytes: Range<Int>
  }

  /// A hit whose status is being decided.
  struct Candidate {
    let term: TermID
    let field: Field
    let bytes: Range<Int>
    let folds: Folds
    /// The word that meets the term's needs.
    var need: NearbyWord?
    /// Whether its needs are met; true without any.
    var isNeedMet = true
    /// Why it is suppressed; nil while it is not.
    var reason: Reason?
  }

  /// `Nearby` with the number of the condition in place of its text.
  struct NearbyWord: Sendable {
    let condition: SpellingUses.Cue
    let field: Field
    let bytes: Range<Int>
  }

  /// `SuppressionReason` without texts: candidates are many, and are copied and sorted.
  enum Reason: Sendable {
    case near(NearbyWord)
    case guarded(by: NearbyWord)
    case part(of: TermID, bytes: Range<Int>)
  }

  init(_ lexicons: CompiledLexicons, _ text: ListingText) {
    self.lexicons = lexicons
    self.text = text
  }

  /// All hits, by field and position.
  ///
  /// - Parameter onlyWithEvidence: whether a text without evidence may be answered with no hits, as when only the risk is
  ///   wanted.
  /// Shape:  the title's first, then by beginning; of equal beginnings, the longest first.
  mutating func hits(
    onlyWithEvidence: Bool = false, using scratch: inout SpellingMatcher.Scratch
  ) -> [Hit] {
    if onlyWithEvidence, !hasEvidence(.title, &scratch), !hasEvidence(.description, &scratch) { return [] }
    let title = matches(.title, &scratch)
    let description = matches(.description, &scratch)
    var candidates = self.candidates(title, .title) + self.candidates(description, .description)
    guard !candidates.isEmpty else { return [] }
    titleCues = cues(title)
    descriptionCues = cues(description)
    longestCue = (titleCues + descriptionCues).reduce(0) { max($0, $1.bytes.count) }
    takeExceptions(from: candidates)
    for index in candidates.indices { judge(&candidates[index]) }
    candidates.sort { isBefore($0, $1) }
    markFarBenign(&candidates)
    markParts(&candidates)
    markOpposites(&candidates)
    return candidates.map { candidate in
      Hit(
        term: candidate.term, field: candidate.field, bytes: candidate.bytes, folds: candidate.folds,
        status: status(of: candidate))
    }
  }

  /// The final status, with texts in place of numbers.
  private func status(of candidate: Candidate) -> HitStatus {
    switch candidate.reason {
    case .near(let word): .suppressed(.near(nearby(word)))
    case .guarded(let word): .suppressed(.guarded(by: nearby(word)))
    case .part(let term, let bytes): .suppressed(.part(of: term, bytes: bytes))
    case nil: candidate.isNeedMet ? .counted(with: candidate.need.map(nearby)) : .weak
    }
  }

  /// A word with the text of its condition.
  private func nearby(_ word: NearbyWord) -> Nearby {
    Nearby(condition: lexicons.uses.conditions[Int(word.condition)], field: word.field, bytes: word.bytes)
  }

  /// The matches of a field, by beginning, the longest first.
  private func matches(_ field: Field, _ scratch: inout SpellingMatcher.Scratch) -> [SpellingMatch] {
    let bytes = text.bytes(of: field)
    guard bytes.count > 0 else { return [] }
    var matches: [SpellingMatch] = []
    lexicons.matcher.forEachMatch(in: bytes, using: &scratch) { matches.append($0) }
    matches.sort {
      ($0.bytes.lowerBound, $1.bytes.upperBound, $0.spelling) < ($1.bytes.lowerBound, $0.bytes.upperBound, $1.spelling)
    }
    return matches
  }

  /// Whether a form of evidence occurs in a field, whatever it then counts.
  private func hasEvidence(_ field: Field, _ scratch: inout SpellingMatcher.Scratch) -> Bool {
    lexicons.matcher.hasDecidingMatch(in: text.bytes(of: field), using: &scratch)
  }

  // MARK: Candidates

  /// Every occurrence of every term; where surface forms of one term overlap, the longest.
  ///
  /// Limits: only the last 16 candidates are asked whether they cover a match.
  private func candidates(_ matches: [SpellingMatch], _ field: Field) -> [Candidate] {
    var candidates: [Candidate] = []
    for match in matches {
      for term in lexicons.uses.terms(of: match.spelling) {
        // Sorted by beginning, the longest first, so an occurrence that covers this one has already been added.
        let isCovered = candidates.reversed().prefix(16).contains {
          $0.term == term && $0.bytes.upperBound >= match.bytes.upperBound
        }
        if isCovered { continue }
        candidates.append(Candidate(term: term, field: field, bytes: match.bytes, folds: match.folds))
      }
    }
    return candidates
  }

  /// The matches of a field that meet conditions.
  private func cues(_ matches: [SpellingMatch]) -> [Cue] {
    var cues: [Cue] = []
    for match in matches {
      for condition in lexicons.uses.cues(of: match.spelling) {
        cues.append(Cue(condition: condition, spelling: match.spelling, bytes: match.bytes))
      }
    }
    return cues
  }

  // MARK: Conditions

  /// Decides whether the needs of a candidate are met and whether a condition suppresses it.
  ///
  /// Shape:  of several reasons, a guard comes first, then an exception of a benign group, then a word near.
  private func judge(_ candidate: inout Candidate) {
    let conditions = lexicons.conditions[Int(candidate.term.number)]
    if conditions.hasNeeds {
      candidate.need = nearby(conditions.needs, of: candidate, except: conditions.own)
      candidate.isNeedMet = candidate.need != nil
    }
    if let covering = covering(conditions, candidate) {
      candidate.reason = .guarded(by: covering)
    } else if let word = exceptions.word(around: candidate, lexicons) {
      candidate.reason = .guarded(by: word)
    } else if let word = nearby(conditions.unless, of: candidate, except: conditions.guards) {
      candidate.reason = .near(word)
    }
  }

  /// The first word near the candidate that meets one of `wanted`; a word of the title comes first.
  private func nearby(_ wanted: CueSet, of hit: Candidate, except others: Set<UInt32>) -> NearbyWord? {
    guard !wanted.isEmpty else { return nil }
    func meets(_ cue: Cue, _ field: Field) -> Bool {
      wanted.contains(cue.condition) && !others.contains(cue.spelling)
        && !(field == hit.field && hit.bytes.lowerBound <= cue.bytes.lowerBound
          && cue.bytes.upperBound <= hit.bytes.upperBound)
    }
    for cue in titleCues.prefix(Self.titleLimit) where meets(cue, .title) { return word(of: cue, .title) }
    let around = hit.field == .title ? 0..<0 : hit.bytes
    for cue in window(descriptionCues, around, Self.nearLimit * 4) where meets(cue, .description) {
      if isNear(cue.bytes, around) { return word(of: cue, .description) }
    }
    return nil
  }

  /// Collects the exceptions of benign groups, and removes the cues they cover: `not resin` is no reason to discount
  /// ivory.
  private mutating func takeExceptions(from candidates: [Candidate]) {
    for candidate in candidates where lexicons.facts(of: candidate.term).kind == .benign {
      guard let word = covering(lexicons.conditions[Int(candidate.term.number)], candidate) else { continue }
      exceptions.add(word, of: lexicons[candidate.term].denotes)
    }
    guard !exceptions.isEmpty else { return }
    exceptions.sort()
    titleCues = titleCues.filter { !isExcepted($0, .title) }
    descriptionCues = descriptionCues.filter { !isExcepted($0, .description) }
  }

  /// Whether a cue lies in a stretch that its group does not claim.
  private func isExcepted(_ cue: Cue, _ field: Field) -> Bool {
    guard case .group(let group) = lexicons.uses.conditions[Int(cue.condition)] else { return false }
    return exceptions.word(of: group, around: cue.bytes, in: field) != nil
  }

  /// A guard that covers the hit; nil for none.
  private func covering(_ conditions: TermConditions, _ hit: Candidate) -> NearbyWord? {
    guard !conditions.guards.isEmpty else { return nil }
    for cue in window(hit.field == .title ? titleCues : descriptionCues, hit.bytes, 0)
    where cue.bytes.lowerBound <= hit.bytes.lowerBound && hit.bytes.upperBound <= cue.bytes.upperBound {
      if conditions.unless.contains(cue.condition), conditions.guards.contains(cue.spelling) {
        return word(of: cue, hit.field)
      }
    }
    return nil
  }

  private func word(of cue: Cue, _ field: Field) -> NearbyWord {
    NearbyWord(condition: cue.condition, field: field, bytes: cue.bytes)
  }

  /// The cues that begin or end within `reach` bytes of a range.
  ///
  /// Shape:  a few cues further away may be among them.
  /// Cost:   O(log cues) to find the first, then O(cues returned).
  private func window(_ cues: [Cue], _ range: Range<Int>, _ reach: Int) -> ArraySlice<Cue> {
    let first = range.lowerBound - reach - longestCue
    let last = range.upperBound + reach
    var (low, high) = (0, cues.count)
    while low < high {
      let middle = (low + high) / 2
      if cues[middle].bytes.lowerBound < first { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < cues.count, cues[end].bytes.lowerBound <= last { end += 1 }
    return cues[low..<end]
  }

  /// Whether at most `nearLimit` characters of the description lie between two of its ranges.
  ///
  /// Cost: at most 400 bytes are counted; a character has at most four.
  func isNear(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    let (start, end) = a.lowerBound >= b.upperBound ? (b.upperBound, a.lowerBound) : (a.upperBound, b.lowerBound)
    guard end - start > Self.nearLimit else { return true }
    guard end - start <= Self.nearLimit * 4 else { return false }
    var count = 0
    for index in start..<end where text.description[index] & 0xC0 != 0x80 { count += 1 }
    return count <= Self.nearLimit
  }

  // MARK: Parts

  /// Suppresses hits within a longer hit of the same sort, be it evidence or not. Benign terms are not compared with
  /// each other.
  private func markParts(_ candidates: inout [Candidate]) {
    for isEvidence in [true, false] {
      var longest: Int?
      for index in candidates.indices {
        let term = lexicons.facts(of: candidates[index].term)
        guard term.isEvidence == isEvidence, term.kind != .benign else { continue }
        if let longest, candidates[longest].field == candidates[index].field,
          candidates[longest].bytes.upperBound >= candidates[index].bytes.upperBound
        {
          if candidates[index].reason == nil {
            candidates[index].reason = .part(of: candidates[longest].term, bytes: candidates[longest].bytes)
          }
        } else if candidates[index].isNeedMet {
          longest = index
        }
      }
    }
  }

  /// By field and beginning, the longest first; of equal ranges, met needs first, then the higher weight.
  private func isBefore(_ a: Candidate, _ b: Candidate) -> Bool {
    if a.field != b.field { return a.field == .title }
    if a.bytes.lowerBound != b.bytes.lowerBound { return a.bytes.lowerBound < b.bytes.lowerBound }
    if a.bytes.upperBound != b.bytes.upperBound { return a.bytes.upperBound > b.bytes.upperBound }
    if a.isNeedMet != b.isNeedMet { return a.isNeedMet }
    let (weightA, weightB) = (lexicons.facts(of: a.term).weight, lexicons.facts(of: b.term).weight)
    return weightA != weightB ? weightA > weightB : a.term < b.term
  }
}
