import Listings

/// The words of one text that meet conditions, and what they decide about its hits.
///
/// Shape:  cues of both fields in order of their bytes.
/// Cost:   nothing is retained or copied; the view of a text is a few pointers.
/// Limits: valid while the text, the cues and the tables live.
struct NearWords: BitwiseCopyable {
  typealias Cue = HitJudging.Cue
  typealias Candidate = HitJudging.Candidate
  typealias NearbyWord = HitJudging.NearbyWord
  typealias Hits = UnsafeMutableBufferPointer<Candidate>

  let tables: TermTables.View
  private let description: UnsafeRawBufferPointer
  private var titleCues: UnsafeBufferPointer<Cue>
  private var descriptionCues: UnsafeBufferPointer<Cue>
  /// In bytes.
  private let longestCue: Int
  /// The conditions of all cues.
  private let met: MetConditions
  /// The cues that are left where exceptions take some away.
  private var kept: UnsafeMutablePointer<Cue>?

  /// At most this many cues of a title are searched, so that a hostile title cannot make reading quadratic.
  private static let titleLimit = 256

  init(
    _ tables: TermTables.View, _ description: UnsafeRawBufferPointer, _ titleCues: UnsafeBufferPointer<Cue>,
    _ descriptionCues: UnsafeBufferPointer<Cue>, longestCue: Int, _ met: MetConditions
  ) {
    self.tables = tables
    self.description = description
    self.titleCues = titleCues
    self.descriptionCues = descriptionCues
    self.longestCue = longestCue
    self.met = met
  }

  /// Removes the cues that lie in a stretch which their group does not claim: `not resin` is no reason to discount ivory.
  mutating func leaveOut(_ exceptions: BenignExceptions) {
    let room = UnsafeMutablePointer<Cue>.allocate(capacity: titleCues.count + descriptionCues.count)
    kept = room
    var count = 0
    func take(_ cues: UnsafeBufferPointer<Cue>, inTitle: Bool) -> UnsafeBufferPointer<Cue> {
      let start = count
      for cue in cues {
        let group = tables.groups[Int(cue.condition)]
        if group >= 0, exceptions.word(of: group, around: cue.start, cue.end, inTitle: inTitle) != nil { continue }
        (room + count).initialize(to: cue)
        count += 1
      }
      return UnsafeBufferPointer(start: room + start, count: count - start)
    }
    titleCues = take(titleCues, inTitle: true)
    descriptionCues = take(descriptionCues, inTitle: false)
  }

  /// Frees what `leaveOut` needed. To be called once, at the end.
  func release() { kept?.deallocate() }

  // MARK: Conditions

  /// Decides whether the needs of a candidate are met and whether a condition suppresses it.
  ///
  /// Shape:  of several reasons, a guard comes first, then an exception of a benign group, then a word near.
  func judge(_ candidate: inout Candidate, _ exceptions: BenignExceptions) {
    let (term, facts) = (Int(candidate.term.number), tables.facts(of: candidate.term))
    if facts.hasNeeds {
      candidate.need = nearby(tables.needs[candidate.term], of: candidate, except: tables.own[term])
      candidate.isNeedMet = candidate.need != nil
    }
    if let covering = covering(candidate) {
      candidate.reason = .guarded(by: covering)
    } else if facts.kind == .benign, let group = facts.denoted,
      let word = exceptions.word(of: group, around: candidate.start, candidate.end, inTitle: candidate.isInTitle)
    {
      candidate.reason = .guarded(by: word)
    } else if let word = nearby(tables.unless[candidate.term], of: candidate, except: tables.guards[term]) {
      candidate.reason = .near(word)
    }
  }

  /// The first word near the candidate that meets one of `wanted`; a word of the title comes first.
  private func nearby(
    _ wanted: CueSets.Bits, of hit: Candidate, except others: UnsafeBufferPointer<UInt32>
  ) -> NearbyWord? {
    // Most hits want words of which the text has none, and then no cue is looked at.
    guard met.meetsAny(of: wanted) else { return nil }
    @inline(__always)
    func meets(_ cue: Cue, inTitle: Bool) -> Bool {
      wanted.contains(cue.condition)
        && !(inTitle == hit.isInTitle && hit.start <= cue.start && cue.end <= hit.end)
        && !others.holds(cue.spelling)
    }
    for index in 0..<min(titleCues.count, Self.titleLimit) where meets(titleCues[index], inTitle: true) {
      return word(of: titleCues[index], inTitle: true)
    }
    guard descriptionCues.count > 0 else { return nil }
    let around = hit.isInTitle ? 0..<0 : hit.bytes
    for index in window(descriptionCues, around, HitJudging.nearLimit * 4)
    where meets(descriptionCues[index], inTitle: false) {
      let cue = descriptionCues[index]
      if isNear(Int(cue.start)..<Int(cue.end), around) { return word(of: cue, inTitle: false) }
    }
    return nil
  }

  /// A guard that covers the hit; nil for none.
  func covering(_ hit: Candidate) -> NearbyWord? {
    let guards = tables.guards[Int(hit.term.number)]
    guard guards.count > 0 else { return nil }
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
  private func window(_ cues: UnsafeBufferPointer<Cue>, _ range: Range<Int>, _ reach: Int) -> Range<Int> {
    let first = range.lowerBound - reach - longestCue
    let last = range.upperBound + reach
    // Most texts are no longer than the window: all their cues are in it.
    if let earliest = cues.first, let latest = cues.last, earliest.start >= first, latest.start <= last {
      return 0..<cues.count
    }
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
    guard end - start > HitJudging.nearLimit else { return true }
    guard end - start <= HitJudging.nearLimit * 4 else { return false }
    var count = 0
    for index in start..<end where description[index] & 0xC0 != 0x80 { count += 1 }
    return count <= HitJudging.nearLimit
  }

  // MARK: Parts

  /// Suppresses hits within a longer hit of the same sort, be it evidence or not. Benign terms are not compared with
  /// each other.
  ///
  /// Limits: the hits are in order, the longest first.
  func markParts(_ hits: Hits) {
    markParts(hits, ofEvidence: true)
    markParts(hits, ofEvidence: false)
  }

  private func markParts(_ hits: Hits, ofEvidence: Bool) {
    var longest: Int?
    for index in 0..<hits.count {
      let facts = tables.facts(of: hits[index].term)
      guard facts.isEvidence == ofEvidence, facts.kind != .benign else { continue }
      if let longest, hits[longest].isInTitle == hits[index].isInTitle, hits[longest].end >= hits[index].end {
        if hits[index].reason == nil {
          hits[index].reason = .part(of: hits[longest].term, start: hits[longest].start, end: hits[longest].end)
        }
      } else if hits[index].isNeedMet {
        longest = index
      }
    }
  }
}
