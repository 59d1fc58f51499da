import CodeWords
import Listings
import TerminalIO
import Workspace
import LexiconWork

// Lexicons are switched on the sheet first, then tried on the listings, and only then for good.

extension State {
  /// Switches the lexicon under the cursor, for now on the sheet alone.
  mutating func toggleLexicon(_ place: LexiconsPlace) -> [Effect] {
    guard let lexicon = ListedLexicons(known: lexicons, place: place).lexicon(at: place.level.cursor) else { return [] }
    var place = place
    let isOn = place.switched[lexicon.name] ?? lexicon.isOn
    place.switched[lexicon.name] = isOn == lexicon.isOn ? !isOn : nil
    mode = .readingLexicons(place)
    return []
  }

  /// Asks what the switched lexicons would do to the listings and verdicts there are.
  mutating func tryLexicons(_ place: LexiconsPlace) -> [Effect] {
    guard !place.switched.isEmpty else {
      return say(.warned, "No lexicon is switched: Space switches the one under the cursor")
    }
    guard loading.isComplete else {
      return say(.warned, "The files are still being read; what a change does can be told after that")
    }
    var place = place
    lexicons.trialNumber += 1
    place.trial = .trying(lexicons.trialNumber)
    mode = .readingLexicons(place)
    return [
      .tryLexicons(
        LexiconTrialRequest(
          switched: place.switched, snapshot: snapshot, lexicons: session.newestLexicons,
          number: lexicons.trialNumber))
    ]
  }

  mutating func take(_ backTest: BackTest, _ flags: RowFlags, of: Dataset, number: Int) -> [Effect] {
    guard case .readingLexicons(var place) = mode, place.trial == .trying(number) else { return [] }
    guard of === dataset else { return giveUpTrial() }
    session.keepTrial(flags, of: of)
    place.trial = .tried(backTest)
    mode = .readingLexicons(place)
    return []
  }

  /// A trial that is under way is about rows that are no longer open.
  mutating func giveUpTrial() -> [Effect] {
    guard case .readingLexicons(var place) = mode, case .trying = place.trial else { return [] }
    place.trial = .none
    mode = .readingLexicons(place)
    return [.stopTryingLexicons]
  }

  /// While it is tried, and when it is asked whether it is to be so.
  mutating func answerTrial(_ key: Key, _ place: LexiconsPlace) -> [Effect] {
    var place = place
    var isTried = false
    if case .tried = place.trial { isTried = true }
    switch key {
    case .character("y") where isTried, .character("Y") where isTried:
      let switched = place.switched
      mode = .browsing
      return say(.told, "Switching \(counted(switched.count, "lexicon")) …") + [
        .loadLexicons(LexiconLoading(switching: switched, reusing: session.triedFlags, after: session.newestLexicons))
      ]
    case .character("n"), .character("N"), .escape, .left, .backspace, .character("q"), .control("c"):
      place.trial = .none
      session.forgetTrial()
      mode = .readingLexicons(place)
      return [.stopTryingLexicons]
    default: return []
    }
  }

  /// The lexicons in force go on where they were.
  mutating func refuseSwitching(_ why: String) -> [Effect] {
    fail(why) + (isFlagged && session.coming == nil ? [] : flagRows())
  }
}

/// Lexicons to be tried: some switched, on the rows of a snapshot, against the verdicts so far.
package struct LexiconTrialRequest: Equatable, Sendable {
  package let switched: [String: Bool]
  package let snapshot: Snapshot
  /// Those in force; nil until they are read.
  package let lexicons: LoadedLexicons?
  package let number: Int

  /// From this risk on a listing counts as flagged: where reading listings one by one usually begins.
  static let threshold = 40

  package func backTest(before: RowFlags, after: RowFlags) -> BackTest {
    BackTest(
      before: before, after: after, confirmed: snapshot.verdicts.confirmed,
      falsePositive: snapshot.verdicts.falsePositive, threshold: Self.threshold, among: snapshot.listings?.first)
  }
}
