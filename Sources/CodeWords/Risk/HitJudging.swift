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
  private let tables: TermTables
  /// The hits of the last text, by field and position: the title's first, then by beginning, the longest first.
  var candidates: [Candidate] = []
  /// The last text, borrowed from the caller.
  private var text = ListingText(title: Self.nothing, description: Self.nothing)
  private var scratch = SpellingMatcher.Scratch()
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
  private static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

  /// A match that meets a condition.
  struct Cue: BitwiseCopyable {
    /// The condition that it meets.
    let condition: SpellingUses.Cue
    /// The spelling by which it was found.
    let spelling: UInt32
    /// UTF-8 in its field.
    let start: UInt32
    let end: UInt32
  }

  /// A hit whose status is being decided.
  struct Candidate: BitwiseCopyable {
    let term: TermID
    let isInTitle: Bool
    let folds: Folds
    /// UTF-8 in its field.
    let start: UInt32
    let end: UInt32
    /// Whether its needs are met; true without any.
    var isNeedMet = true
    /// The word that meets the term's needs.
    var need: NearbyWord?
    /// Why it is suppressed; nil while it is not.
    var reason: Reason?

    var field: Field { isInTitle ? .title : .description }
    var bytes: Range<Int> { Int(start)..<Int(end) }
    /// Whether it counts, before it is put into words.
    var standing: HitStanding {
      reason != nil ? .suppressed : isNeedMet ? .counted : .weak
    }
  }

  /// `Nearby` with the number of the condition in place of its text.
  struct NearbyWord: BitwiseCopyable, Sendable {
    let condition: SpellingUses.Cue
    let isInTitle: Bool
    /// UTF-8 in its field.
    let start: UInt32
    let end: UInt32
  }

  /// `SuppressionReason` without texts: candidates are many, and are copied and sorted.
  enum Reason: BitwiseCopyable, Sendable {
    case near(NearbyWord)
    case guarded(by: NearbyWord)
    case part(of: TermID, start: UInt32, end: UInt32)
  }

  /// For the texts of many listings in turn, with buffers that are reused.
  init(_ lexicons: CompiledLexicons) {
    self.lexicons = lexicons
    tables = lexicons.tables
  }

  /// Finds and judges the hits of a text, in place of those of the last one.
  ///
  /// - Parameter onlyWithEvidence: whether a text without evidence may be answered with no hits, as when only the risk is
  ///   wanted.
  /// Limits: `text` must stay valid until the hits have been read.
  mutating func judge(_ text: ListingText, onlyWithEvidence: Bool = false) {
    self.text = text
    candidates.removeAll(keepingCapacity: true)
    if onlyWithEvidence, !hasEvidence(.title), !hasEvidence(.description) { return }
    longestCue = 0
    collect(.title)
    collect(.description)
    guard !candidates.isEmpty else { return }
    takeExceptions()
    for index in candidates.indices { judge(at: index) }
    let facts = tables.facts
    candidates.sort { Self.isBefore($0, $1, facts) }
    markFarBenign()
    markParts()
    markOpposites()
  }

  /// Whether any evidence counts in the last text, even weakly.
  var hasEvidence: Bool {
    candidates.contains { $0.reason == nil && tables.facts[Int($0.term.number)].isEvidence }
  }

  /// The hits of the last text with their reasons in texts.
  var hits: [Hit] {
    candidates.map { candidate in
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
    case .part(let term, let start, let end): .suppressed(.part(of: term, bytes: Int(start)..<Int(end)))
    case nil: candidate.isNeedMet ? .counted(with: candidate.need.map(nearby)) : .weak
    }
  }

  /// A word with the text of its condition.
  private func nearby(_ word: NearbyWord) -> Nearby {
    Nearby(
      condition: lexicons.uses.conditions[Int(word.condition)], field: word.isInTitle ? .title : .description,
      bytes: Int(word.start)..<Int(word.end))
  }

  // MARK: Candidates

  /// Whether a form of evidence occurs in a field, whatever it then counts.
  private mutating func hasEvidence(_ field: Field) -> Bool {
    lexicons.matcher.hasDecidingMatch(in: text.bytes(of: field), using: &scratch)
  }

  /// Adds every occurrence of every term in a field, and the matches that meet conditions. Where surface forms of one
  /// term overlap, the longest counts.
  ///
  /// Limits: only the last 16 candidates are asked whether they cover a match.
  private mutating func collect(_ field: Field) {
    let uses = lexicons.uses
    // Taken out of `self` for the time of the call, so that they are changed in place.
    var (candidates, cues) = (self.candidates, field == .title ? titleCues : descriptionCues)
    self.candidates = []
    if field == .title { titleCues = [] } else { descriptionCues = [] }
    cues.removeAll(keepingCapacity: true)
    let first = candidates.count
    var longestCue = longestCue
    lexicons.matcher.withMatches(in: text.bytes(of: field), using: &scratch) { matches in
      for match in matches {
        for term in uses.terms[Int(match.spelling)] {
          // Sorted by beginning, the longest first, so an occurrence that covers this one has already been added.
          var isCovered = false
          for earlier in max(first, candidates.count - 16)..<candidates.count
          where candidates[earlier].term == term && candidates[earlier].end >= match.end { isCovered = true }
          if isCovered { continue }
          candidates.append(
            Candidate(
              term: term, isInTitle: field == .title, folds: match.folds, start: match.start, end: match.end))
        }
        for condition in uses.cues[Int(match.spelling)] {
          cues.append(Cue(condition: condition, spelling: match.spelling, start: match.start, end: match.end))
          longestCue = max(longestCue, Int(match.end - match.start))
        }
      }
    }
    self.candidates = candidates
    if field == .title { titleCues = cues } else { descriptionCues = cues }
    self.longestCue = longestCue
  }

  // MARK: Conditions

  /// Decides whether the needs of a candidate are met and whether a condition suppresses it.
  ///
  /// Shape:  of several reasons, a guard comes first, then an exception of a benign group, then a word near.
  private mutating func judge(at index: Int) {
    let candidate = candidates[index]
    let (term, facts) = (Int(candidate.term.number), tables.facts[Int(candidate.term.number)])
    if facts.hasNeeds {
      let need = nearby(tables.needs[candidate.term], of: candidate, except: tables.own[term])
      candidates[index].need = need
      candidates[index].isNeedMet = need != nil
    }
    let unless = tables.unless[candidate.term]
    if let covering = covering(candidate) {
      candidates[index].reason = .guarded(by: covering)
    } else if facts.kind == .benign, let group = facts.denoted,
      let word = exceptions.word(of: group, around: candidate.start, candidate.end, inTitle: candidate.isInTitle)
    {
      candidates[index].reason = .guarded(by: word)
    } else if let word = nearby(unless, of: candidate, except: tables.guards[term]) {
      candidates[index].reason = .near(word)
    }
  }

  /// The first word near the candidate that meets one of `wanted`; a word of the title comes first.
  private func nearby(
    _ wanted: CueSets.View, of hit: Candidate, except others: UnsafeBufferPointer<UInt32>
  ) -> NearbyWord? {
    guard !wanted.isEmpty else { return nil }
    func meets(_ cue: Cue, _ isInTitle: Bool) -> Bool {
      wanted.contains(cue.condition)
        && !(isInTitle == hit.isInTitle && hit.start <= cue.start && cue.end <= hit.end)
        && !others.holds(cue.spelling)
    }
    for index in 0..<min(titleCues.count, Self.titleLimit) where meets(titleCues[index], true) {
      return word(of: titleCues[index], inTitle: true)
    }
    guard !descriptionCues.isEmpty else { return nil }
    let around = hit.isInTitle ? 0..<0 : hit.bytes
    for index in window(descriptionCues, around, Self.nearLimit * 4) where meets(descriptionCues[index], false) {
      let cue = descriptionCues[index]
      if isNear(Int(cue.start)..<Int(cue.end), around) { return word(of: cue, inTitle: false) }
    }
    return nil
  }

  /// Collects the exceptions of benign groups, and removes the cues they cover: `not resin` is no reason to discount
  /// ivory.
  private mutating func takeExceptions() {
    exceptions.removeAll()
    for candidate in candidates where tables.facts[Int(candidate.term.number)].kind == .benign {
      guard let word = covering(candidate), let group = tables.facts[Int(candidate.term.number)].denoted else {
        continue
      }
      exceptions.add(word, of: group)
    }
    guard !exceptions.isEmpty else { return }
    exceptions.sort()
    let (exceptions, groups) = (exceptions, tables.groups)
    func isExcepted(_ cue: Cue, _ isInTitle: Bool) -> Bool {
      let group = groups[Int(cue.condition)]
      return group >= 0 && exceptions.word(of: group, around: cue.start, cue.end, inTitle: isInTitle) != nil
    }
    titleCues.removeAll { isExcepted($0, true) }
    descriptionCues.removeAll { isExcepted($0, false) }
  }

  /// A guard that covers the hit; nil for none.
  private func covering(_ hit: Candidate) -> NearbyWord? {
    let guards = tables.guards[Int(hit.term.number)]
    guard !guards.isEmpty else { return nil }
    let unless = tables.unless[hit.term]
    let cues = hit.isInTitle ? titleCues : descriptionCues
    for index in window(cues, hit.bytes, 0) where cues[index].start <= hit.start && hit.end <= cues[index].end {
      if unless.contains(cues[index].condition), guards.holds(cues[index].spelling) {
        return word(of: cues[index], inTitle: hit.isInTitle)
      }
    }
    return nil
  }

  private func word(of cue: Cue, inTitle: Bool) -> NearbyWord {
    NearbyWord(condition: cue.condition, isInTitle: inTitle, start: cue.start, end: cue.end)
  }

  /// The indices of the cues that begin or end within `reach` bytes of a range.
  ///
  /// Shape:  a few cues further away may be among them.
  /// Cost:   O(log cues) to find the first, then O(cues returned).
  private func window(_ cues: [Cue], _ range: Range<Int>, _ reach: Int) -> Range<Int> {
    let first = range.lowerBound - reach - longestCue
    let last = range.upperBound + reach
    var (low, high) = (0, cues.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(cues[middle].start) < first { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < cues.count, Int(cues[end].start) <= last { end += 1 }
    return low..<end
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
  private mutating func markParts() {
    for isEvidence in [true, false] {
      var longest: Int?
      for index in candidates.indices {
        let facts = tables.facts[Int(candidates[index].term.number)]
        guard facts.isEvidence == isEvidence, facts.kind != .benign else { continue }
        if let longest, candidates[longest].isInTitle == candidates[index].isInTitle,
          candidates[longest].end >= candidates[index].end
        {
          if candidates[index].reason == nil {
            candidates[index].reason = .part(
              of: candidates[longest].term, start: candidates[longest].start, end: candidates[longest].end)
          }
        } else if candidates[index].isNeedMet {
          longest = index
        }
      }
    }
  }

  /// By field and beginning, the longest first; of equal ranges, met needs first, then the higher weight.
  private static func isBefore(_ a: Candidate, _ b: Candidate, _ facts: FixedTable<TermFacts>) -> Bool {
    if a.isInTitle != b.isInTitle { return a.isInTitle }
    if a.start != b.start { return a.start < b.start }
    if a.end != b.end { return a.end > b.end }
    if a.isNeedMet != b.isNeedMet { return a.isNeedMet }
    let (weightA, weightB) = (facts[Int(a.term.number)].weight, facts[Int(b.term.number)].weight)
    return weightA != weightB ? weightA > weightB : a.term < b.term
  }
}

/// Whether a hit counts: `HitStatus` without its reasons.
enum HitStanding: UInt8, BitwiseCopyable {
  case suppressed, weak, counted
}
