import CodeWords
import Listings
import TerminalIO

// The lexicons: which are on, what they find, and how that changes.

extension State {
  mutating func readLexicons(_ overview: LexiconOverview, switched: [String: Bool]?) -> [Effect] {
    lexicons.take(overview)
    guard let switched else { return [] }
    // Another table may have the last word.
    for (name, isOn) in switched.sorted(by: { $0.key < $1.key }) {
      guard let lexicon = overview[name], lexicon.isOn != isOn else { continue }
      return say(
        .warned,
        "\(name) is still \(isOn ? "off" : "on"): \(lexicon.switchedBy ?? "another table") says so and has the last word"
      )
    }
    return say(.told, "\(counted(switched.count, "lexicon")) switched; all listings are read with them anew")
  }

  mutating func refuseSwitching(_ why: String) -> [Effect] { fail(why) }

  /// Counts anew what the sheet shows, if it is open.
  mutating func recountLexicons() -> [Effect] { [] }

  mutating func take(_ tally: LexiconTally, _ number: Int) -> [Effect] {
    if number == lexicons.tallyNumber { lexicons.tally = tally }
    return []
  }
}
