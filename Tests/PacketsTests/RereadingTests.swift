import CaseFiles
import SmallFormats
import Testing

@testable import Packets

/// What a packet says that lexicons say is what they do say, or `verify` says where it is not.
@Suite struct RereadingTests {
  private let forged: ForgedPacket

  init() throws { forged = try ForgedPacket() }

  private func outcome(
    program: String = "linsang \(Invented.stamp.toolVersion)", _ citation: ListingCitation = InventedReadings.citation
  ) -> PacketCheck.Outcome {
    PacketCheck.outcome(of: forged.path) {
      ListingRereading(InventedReadings.compiled, citation, program: program)
    }
  }

  @Test func aPacketAsItWasMadeReadsAgainAsItWasRead() {
    let outcome = outcome()
    #expect(outcome.problems == [], "\(outcome.problems.map(\.sentence))")
    #expect(outcome.checked.contains("hits, risk and reasons of 3 listings, read again with the same lexicons"))
  }

  /// Each forger mends every digest and derives report, sheet and all else again, so that only reading again can tell.
  @Test(arguments: [
    ("\"risk\": 84", "\"risk\": 12", "L0001 risk"), ("\"standing\": \"counted\"", "\"standing\": \"void\"", "standing"),
    ("\"weight\": 50", "\"weight\": 5", "weight"), ("An invented handbook of words", "A real handbook", nil),
    ("\"points\": 30", "\"points\": 3", "points"),
    ("\"denotes\": \"elephant ivory\"", "\"denotes\": \"plastic\"", "denotes"),
  ])
  func aForgedReadingShowsWhereTheLexiconsAreAtHand(old: String, new: String, place: String?) throws {
    try forged.replaceInReadings(old, new)
    try forged.deriveAgain()
    let sentences = outcome().problems.map(\.sentence).joined(separator: "\n")
    if let place {
      #expect(sentences.contains(ReadingsDocument.path) && sentences.contains(place), "\(sentences)")
    }
    // What a source is called is no part of a reading, so nothing is claimed about it.
    if place == nil { #expect(!sentences.contains("handbook"), "\(sentences)") }
  }

  @Test func otherLexiconsOrAnotherVersionProveNothingAndSaySo() throws {
    let other = outcome(program: "linsang 99.0")
    #expect(other.problems.isEmpty)
    #expect(other.unchecked.contains { $0.contains("linsang 99.0") && $0.contains("not read again") })
    let none = ListingCitation(
      InventedReadings.compiled, of: InventedReadings.set, taxa: InventedReadings.taxa, files: [])
    let without = outcome(none)
    #expect(without.problems.isEmpty)
    #expect(without.unchecked.contains { $0.contains("the lexicons and tables here are others") })
    let nothing = PacketCheck.outcome(of: forged.path) { nil }
    #expect(nothing.unchecked.contains { $0.contains("no lexicons are at hand") })
  }

  @Test func aPacketThatWasNotReadAsksForNoLexicons() throws {
    let bare = try ForgedPacket(Invented.packet([Invented.bareListing()]))
    var isAsked = false
    let outcome = PacketCheck.outcome(of: bare.path) {
      isAsked = true
      return nil
    }
    #expect(!isAsked && outcome.problems.isEmpty)
  }
}
