import CodeWords
import LexiconWork
import Listings
import Workspace

/// What is known of the lexicons beside the flags: which there are, in how many listings each counts, and how far flagging
/// with changed ones has come.
package struct KnownLexicons: Equatable, Sendable {
  package internal(set) var overview = LexiconOverview.empty
  /// The name of the lexicon that words of listings are added to.
  package var own = TermDraft.lexicon
  /// What is wrong in their files; shown beside the problems of the listings.
  package private(set) var problemSentences: [String] = []
  /// Nil until they were counted.
  package internal(set) var tally: LexiconTally?
  /// Counts what was asked to be counted, so that an older answer is not taken for the newest.
  var tallyNumber = 0
  /// Counts trials, for the same reason.
  var trialNumber = 0
  /// Whether they were looked for already.
  private(set) var isRead = false
  /// Whether they are going to be read: what they say has its place on the screen from the beginning.
  package var areExpected = false

  mutating func show(_ newOverview: LexiconOverview) {
    overview = newOverview
    isRead = true
    problemSentences = newOverview.problems.map(\.sentence)
  }
}

/// Flags to be counted by lexicon and term.
package struct LexiconTallyRequest: Equatable, Sendable {
  package let snapshot: Snapshot
  package let number: Int

  package var tally: LexiconTally {
    LexiconTally(
      snapshot.flags, confirmed: snapshot.verdicts.confirmed, falsePositive: snapshot.verdicts.falsePositive,
      listings: snapshot.listings)
  }
}

extension State {
  /// Asks for the counts of all lexicons, with the verdicts of now.
  mutating func tallyLexicons() -> [Effect] {
    lexicons.tallyNumber += 1
    return [.tallyLexicons(LexiconTallyRequest(snapshot: snapshot, number: lexicons.tallyNumber))]
  }
}
