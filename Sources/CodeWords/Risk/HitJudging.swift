import Listings
import Matching

/// Finds the terms in a listing's text and decides how each hit stands.
///
/// Near:   a word of the title is near everything; otherwise at most 100 characters may lie between it and the hit in the
///         description, which for a hit in the title are counted from the description's beginning. What lies within
///         the hit's own bytes is not its surroundings.
/// Part:   a hit that lies within a longer one of the same sort whose needs are met is a part of it, and void: the
///         longer term says more precisely what is meant, and one piece of text is one piece of evidence.
/// Cost:   O(matches x matches within 100 characters); the title's conditions are looked through up to
///         `titleLimit`, which no real title reaches.
struct HitJudging {
  let lexicons: CompiledLexicons
  private let text: ListingText
  /// Matches that meet a condition, by field, in order.
  private var titleCues: [CuePlace] = []
  private var descriptionCues: [CuePlace] = []
  private var longestCue = 0
  /// What the harmless groups let through.
  private var exceptions = HarmlessExceptions()

  /// How many characters may lie between a hit and a word that is near.
  static let nearLimit = 100
  private static let titleLimit = 256

  struct CuePlace {
    let cue: SpellingUses.Cue
    let spelling: UInt32
    let bytes: Range<Int>
  }

  struct Candidate {
    let term: TermID
    let field: Field
    let bytes: Range<Int>
    let folds: Folds
    var need: NearPlace?
    var isNeedMet = true
    var ground: Ground?
  }

  /// A word that is near, and which condition it meets; `Nearby` without its text.
  struct NearPlace: Sendable {
    let cue: SpellingUses.Cue
    let field: Field
    let bytes: Range<Int>
  }

  /// `VoidGround` without its texts: candidates are many, and are copied and sorted.
  enum Ground: Sendable {
    case near(NearPlace)
    case guarded(by: NearPlace)
    case part(of: TermID, bytes: Range<Int>)
  }

  init(_ lexicons: CompiledLexicons, _ text: ListingText) {
    self.lexicons = lexicons
    self.text = text
  }

  /// All hits, by field and place.
  ///
  /// - Parameter onlyWithEvidence: whether a text without any term that speaks for wildlife may be passed over, as when
  ///   only its risk is asked for.
  mutating func hits(
    onlyWithEvidence: Bool = false, using scratch: inout SpellingMatcher.Scratch
  ) -> [Hit] {
    let title = matches(.title, &scratch)
    let description = matches(.description, &scratch)
    if onlyWithEvidence, !hasEvidence(title), !hasEvidence(description) { return [] }
    var candidates = self.candidates(title, .title) + self.candidates(description, .description)
    guard !candidates.isEmpty else { return [] }
    titleCues = cues(title)
    descriptionCues = cues(description)
    longestCue = (titleCues + descriptionCues).reduce(0) { max($0, $1.bytes.count) }
    takeExceptions(from: candidates)
    for index in candidates.indices { judge(&candidates[index]) }
    candidates.sort { isBefore($0, $1) }
    markFarHarmless(&candidates)
    markParts(&candidates)
    markOpposites(&candidates)
    return candidates.map { candidate in
      Hit(
        term: candidate.term, field: candidate.field, bytes: candidate.bytes, folds: candidate.folds,
        standing: standing(of: candidate))
    }
  }

  private func standing(of candidate: Candidate) -> HitStanding {
    switch candidate.ground {
    case .near(let place): .void(.near(nearby(place)))
    case .guarded(let place): .void(.guarded(by: nearby(place)))
    case .part(let term, let bytes): .void(.part(of: term, bytes: bytes))
    case nil: candidate.isNeedMet ? .counted(with: candidate.need.map(nearby)) : .weak
    }
  }

  private func nearby(_ place: NearPlace) -> Nearby {
    Nearby(condition: lexicons.uses.conditions[Int(place.cue)], field: place.field, bytes: place.bytes)
  }

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

  private func hasEvidence(_ matches: [SpellingMatch]) -> Bool {
    matches.contains { lexicons.uses.isEvidence(of: $0.spelling) }
  }

  // MARK: Candidates

  /// Every term at every place, the longest of a term's writings where several overlap.
  private func candidates(_ matches: [SpellingMatch], _ field: Field) -> [Candidate] {
    var candidates: [Candidate] = []
    for match in matches {
      for term in lexicons.uses.terms(of: match.spelling) {
        // Sorted by their beginnings, the longest first: what a place of the same term covers stands behind it.
        let isCovered = candidates.reversed().prefix(16).contains {
          $0.term == term && $0.bytes.upperBound >= match.bytes.upperBound
        }
        if isCovered { continue }
        candidates.append(Candidate(term: term, field: field, bytes: match.bytes, folds: match.folds))
      }
    }
    return candidates
  }

  private func cues(_ matches: [SpellingMatch]) -> [CuePlace] {
    var places: [CuePlace] = []
    for match in matches {
      for cue in lexicons.uses.cues(of: match.spelling) {
        places.append(CuePlace(cue: cue, spelling: match.spelling, bytes: match.bytes))
      }
    }
    return places
  }

  // MARK: Conditions

  private func judge(_ candidate: inout Candidate) {
    let conditions = lexicons.conditions[Int(candidate.term.number)]
    if conditions.hasNeeds {
      candidate.need = nearby(conditions.needs, of: candidate, except: conditions.own)
      candidate.isNeedMet = candidate.need != nil
    }
    if let covering = covering(conditions, candidate) {
      candidate.ground = .guarded(by: covering)
    } else if let word = exceptions.word(around: candidate, lexicons) {
      candidate.ground = .guarded(by: word)
    } else if let word = nearby(conditions.unless, of: candidate, except: conditions.guards) {
      candidate.ground = .near(word)
    }
  }

  /// The first word near the candidate that meets one of `wanted`.
  private func nearby(_ wanted: CueSet, of hit: Candidate, except others: Set<UInt32>) -> NearPlace? {
    guard !wanted.isEmpty else { return nil }
    func meets(_ place: CuePlace, _ field: Field) -> Bool {
      wanted.contains(place.cue) && !others.contains(place.spelling)
        && !(field == hit.field && hit.bytes.lowerBound <= place.bytes.lowerBound
          && place.bytes.upperBound <= hit.bytes.upperBound)
    }
    for place in titleCues.prefix(Self.titleLimit) where meets(place, .title) { return near(place, .title) }
    let around = hit.field == .title ? 0..<0 : hit.bytes
    for place in window(descriptionCues, around, Self.nearLimit * 4) where meets(place, .description) {
      if isNear(place.bytes, around) { return near(place, .description) }
    }
    return nil
  }

  /// Notes what the harmless groups let through, and takes it from the words that meet conditions: `not resin` does not
  /// speak against ivory.
  private mutating func takeExceptions(from candidates: [Candidate]) {
    for candidate in candidates where lexicons.facts(of: candidate.term).kind == .harmless {
      guard let word = covering(lexicons.conditions[Int(candidate.term.number)], candidate) else { continue }
      exceptions.add(word, of: lexicons[candidate.term].denotes)
    }
    guard !exceptions.isEmpty else { return }
    exceptions.sort()
    titleCues = titleCues.filter { !isExcepted($0, .title) }
    descriptionCues = descriptionCues.filter { !isExcepted($0, .description) }
  }

  private func isExcepted(_ place: CuePlace, _ field: Field) -> Bool {
    guard case .group(let group) = lexicons.uses.conditions[Int(place.cue)] else { return false }
    return exceptions.word(of: group, around: place.bytes, in: field) != nil
  }

  /// A guard in whose place the hit stands.
  private func covering(_ conditions: TermConditions, _ hit: Candidate) -> NearPlace? {
    guard !conditions.guards.isEmpty else { return nil }
    for place in window(hit.field == .title ? titleCues : descriptionCues, hit.bytes, 0)
    where place.bytes.lowerBound <= hit.bytes.lowerBound && hit.bytes.upperBound <= place.bytes.upperBound {
      if conditions.unless.contains(place.cue), conditions.guards.contains(place.spelling) {
        return near(place, hit.field)
      }
    }
    return nil
  }

  private func near(_ place: CuePlace, _ field: Field) -> NearPlace {
    NearPlace(cue: place.cue, field: field, bytes: place.bytes)
  }

  /// The places that begin or end within `reach` bytes of a range.
  private func window(_ places: [CuePlace], _ range: Range<Int>, _ reach: Int) -> ArraySlice<CuePlace> {
    let first = range.lowerBound - reach - longestCue
    let last = range.upperBound + reach
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].bytes.lowerBound < first { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < places.count, places[end].bytes.lowerBound <= last { end += 1 }
    return places[low..<end]
  }

  /// Whether at most 100 characters of the description lie between two ranges of it.
  func isNear(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    let (start, end) = a.lowerBound >= b.upperBound ? (b.upperBound, a.lowerBound) : (a.upperBound, b.lowerBound)
    guard end - start > Self.nearLimit else { return true }
    guard end - start <= Self.nearLimit * 4 else { return false }
    var count = 0
    for index in start..<end where text.description[index] & 0xC0 != 0x80 { count += 1 }
    return count <= Self.nearLimit
  }

  // MARK: Parts

  /// Marks what is a part of a longer hit of the same sort.
  private func markParts(_ candidates: inout [Candidate]) {
    for isEvidence in [true, false] {
      var longest: Int?
      for index in candidates.indices {
        let term = lexicons.facts(of: candidates[index].term)
        guard term.isEvidence == isEvidence, term.kind != .harmless else { continue }
        if let longest, candidates[longest].field == candidates[index].field,
          candidates[longest].bytes.upperBound >= candidates[index].bytes.upperBound
        {
          if candidates[index].ground == nil {
            candidates[index].ground = .part(of: candidates[longest].term, bytes: candidates[longest].bytes)
          }
        } else if candidates[index].isNeedMet {
          longest = index
        }
      }
    }
  }

  /// By field and beginning, the longest first; of equal places the one whose needs are met and that weighs more.
  private func isBefore(_ a: Candidate, _ b: Candidate) -> Bool {
    if a.field != b.field { return a.field == .title }
    if a.bytes.lowerBound != b.bytes.lowerBound { return a.bytes.lowerBound < b.bytes.lowerBound }
    if a.bytes.upperBound != b.bytes.upperBound { return a.bytes.upperBound > b.bytes.upperBound }
    if a.isNeedMet != b.isNeedMet { return a.isNeedMet }
    let (weightA, weightB) = (lexicons.facts(of: a.term).weight, lexicons.facts(of: b.term).weight)
    return weightA != weightB ? weightA > weightB : a.term < b.term
  }
}
