import CodeWords
import Listings

/// What is known of the lexicons beside the flags: which there are, in how many listings each counts, and how far flagging
/// with changed ones has come.
package struct KnownLexicons: Equatable, Sendable {
  package internal(set) var overview = LexiconOverview.empty
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
  /// Rows flagged so far with lexicons that are to take the place of those in force.
  var comingRows: Int?

  mutating func take(_ newOverview: LexiconOverview) {
    overview = newOverview
    isRead = true
    problemSentences = newOverview.problems.map(\.sentence)
  }
}

/// Flags to be counted by lexicon and term.
package struct LexiconTallyRequest: Equatable, Sendable {
  package let flags: FlagsLook
  package let confirmed: RowSet
  package let falsePositive: RowSet
  /// Which rows are of one listing; nil counts rows.
  package let listings: ListingRows?
  package let number: Int

  package var tally: LexiconTally {
    LexiconTally(flags.flags, confirmed: confirmed, falsePositive: falsePositive, listings: listings)
  }
}

extension State {
  /// Asks for the counts of all lexicons, with the verdicts of now.
  mutating func tallyLexicons() -> [Effect] {
    lexicons.tallyNumber += 1
    return [
      .tallyLexicons(
        LexiconTallyRequest(
          flags: FlagsLook(flags), confirmed: verdicts.confirmed, falsePositive: verdicts.falsePositive,
          listings: listings, number: lexicons.tallyNumber))
    ]
  }
}
