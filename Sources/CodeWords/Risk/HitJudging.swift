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
  /// Those of `lexicons`, which keeps them alive.
  private let tables: TermTables.View
  private let terms: NumberLists<TermID>.View
  private let cues: NumberLists<SpellingUses.Cue>.View
  /// The hits of the last text, by field and position: the title's first, then by beginning, the longest first.
  var candidates: [Candidate] = []
  /// The last text, borrowed from the caller.
  private var text = ListingText(title: Self.nothing, description: Self.nothing)
  private var titleScratch: SpellingMatcher.Scratch
  private var descriptionScratch: SpellingMatcher.Scratch
  /// Matches that meet conditions, by field, in order of their bytes.
  private var titleCues: [Cue] = []
  private var descriptionCues: [Cue] = []
  /// The conditions of both. Empty between texts.
  private let met: MetConditions.Buffer
  /// Stretches that benign groups do not claim.
  private var exceptions = BenignExceptions()

  /// At most this many characters lie between a hit and a word near it.
  static let nearLimit = 100
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
    tables = lexicons.tables.view
    terms = lexicons.uses.terms.view
    cues = lexicons.uses.cues.view
    met = MetConditions.Buffer(conditionCount: lexicons.uses.conditions.count)
    titleScratch = SpellingMatcher.Scratch()
    descriptionScratch = SpellingMatcher.Scratch(sharing: titleScratch)
  }

  /// Finds and judges the hits of a text, in place of those of the last one.
  ///
  /// - Parameter onlyWithEvidence: whether a text without evidence may be answered with no hits, as when only the risk is
  ///   wanted.
  /// Limits: `text` must stay valid until the hits have been read.
  mutating func judge(_ text: ListingText, onlyWithEvidence: Bool = false) {
    self.text = text
    candidates.removeAll(keepingCapacity: true)
    titleScratch.take(text.title)
    descriptionScratch.take(text.description)
    // What evidence is looked for in has been scanned when the rest is collected.
    if onlyWithEvidence, !lexicons.matcher.hasDecidingMatch(&titleScratch),
      !lexicons.matcher.hasDecidingMatch(&descriptionScratch)
    {
      return
    }
    collect(.title)
    collect(.description)
    guard !candidates.isEmpty else { return }
    // Taken out of `self` for the time of judging, so that they are changed in place.
    var (candidates, titleCues, descriptionCues) = (self.candidates, self.titleCues, self.descriptionCues)
    (self.candidates, self.titleCues, self.descriptionCues) = ([], [], [])
    let longestCue = titleCues.reduce(0) { max($0, $1.end - $1.start) }
    let longest = Int(descriptionCues.reduce(longestCue) { max($0, $1.end - $1.start) })
    candidates.withUnsafeMutableBufferPointer { hits in
      titleCues.withUnsafeBufferPointer { title in
        descriptionCues.withUnsafeBufferPointer { description in
          let met = met.filled(by: title, description)
          defer { self.met.clear(title, description) }
          var near = NearWords(tables, text.description, title, description, longestCue: longest, met)
          exceptions.take(from: hits, near)
          if !exceptions.isEmpty { near.leaveOut(exceptions) }
          for index in 0..<hits.count { near.judge(&hits[index], exceptions) }
          let facts = tables.facts
          hits.sort { Self.isBefore($0, $1, facts) }
          near.markFarBenign(hits)
          near.markParts(hits)
          near.markOpposites(hits)
          near.release()
        }
      }
    }
    (self.candidates, self.titleCues, self.descriptionCues) = (candidates, titleCues, descriptionCues)
  }

  /// Whether any evidence counts in the last text, even weakly.
  var hasEvidence: Bool {
    candidates.contains { $0.reason == nil && tables.facts(of: $0.term).isEvidence }
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

  /// Adds every occurrence of every term in a field, and the matches that meet conditions. Where surface forms of one
  /// term overlap, the longest counts.
  ///
  /// Limits: only the last 16 candidates are asked whether they cover a match.
  private mutating func collect(_ field: Field) {
    // Taken out of `self` for the time of the call, so that they are changed in place.
    var (candidates, cues) = (self.candidates, field == .title ? titleCues : descriptionCues)
    self.candidates = []
    if field == .title { titleCues = [] } else { descriptionCues = [] }
    cues.removeAll(keepingCapacity: true)
    let (matcher, terms, conditions) = (lexicons.matcher, terms, self.cues)
    if field == .title {
      matcher.withMatches(&titleScratch) { Self.add($0, isInTitle: true, terms, conditions, &candidates, &cues) }
    } else {
      matcher.withMatches(&descriptionScratch) { Self.add($0, isInTitle: false, terms, conditions, &candidates, &cues) }
    }
    self.candidates = candidates
    if field == .title { titleCues = cues } else { descriptionCues = cues }
  }

  /// Adds what the matches of a field say to its candidates, which come last, and its cues.
  @inline(__always)
  private static func add(
    _ matches: UnsafeBufferPointer<SpellingMatch>, isInTitle: Bool, _ terms: NumberLists<TermID>.View,
    _ conditions: NumberLists<SpellingUses.Cue>.View, _ candidates: inout [Candidate], _ cues: inout [Cue]
  ) {
    let first = candidates.count
    for match in matches {
      for term in terms[Int(match.spelling)] {
        // Sorted by beginning, the longest first, so an occurrence that covers this one has already been added.
        var isCovered = false
        for earlier in max(first, candidates.count - 16)..<candidates.count
        where candidates[earlier].term == term && candidates[earlier].end >= match.end { isCovered = true }
        if isCovered { continue }
        candidates.append(
          Candidate(term: term, isInTitle: isInTitle, folds: match.folds, start: match.start, end: match.end))
      }
      for condition in conditions[Int(match.spelling)] {
        cues.append(Cue(condition: condition, spelling: match.spelling, start: match.start, end: match.end))
      }
    }
  }

  /// By field and beginning, the longest first; of equal ranges, met needs first, then the higher weight.
  private static func isBefore(_ a: Candidate, _ b: Candidate, _ facts: UnsafePointer<TermFacts>) -> Bool {
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
