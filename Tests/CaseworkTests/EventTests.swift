import Casework
import Listings
import ListingsTestSupport
import Testing

private let time = "2026-11-18T11:06:40Z"
private let key = ListingKey("id:Xianyu/771001")

@Suite struct EventTests {
  @Test func aVerdictSaysWhatStoodBefore() throws {
    var ledger = Ledger()
    ledger.apply(.file(.unsure, reason: .replica, for: [key]), by: "rk", at: time)
    ledger.apply(.file(.falsePositive, reason: .replica, for: [key]), by: "mb", at: time)
    let first = try #require(ledger.events.first)
    #expect(first.before == .verdict(nil, nil))
    // A reason says why a listing is a false positive; it goes with no other verdict.
    #expect(first.after == .verdict(.unsure, nil))
    let second = ledger.events[1]
    #expect(second.before == .verdict(.unsure, nil))
    #expect(second.after == .verdict(.falsePositive, .replica))
    #expect(
      second.data == [
        "act": .number(2), "verdict": .text("false_positive"), "reason": .text("replica"),
        "before": .map(["verdict": .text("unsure"), "reason": .null]),
      ])
    #expect((second.number, second.transaction, second.analyst, second.time) == (2, 2, "mb", time))
    #expect(second.listing == key)
  }

  @Test func listingsDecidedByOneKeyPressShareOneAct() {
    var ledger = Ledger()
    let keys = [key, ListingKey("id:P/2"), key]
    let events = ledger.apply(.file(.confirmed, reason: nil, for: keys), by: "rk", at: time)
    #expect(events?.map(\.transaction) == [1, 1])
    #expect(events?.compactMap(\.listing) == [key, ListingKey("id:P/2")])
  }

  @Test func aNoteWrittenMeanwhileSurvivesTheUndoOfAVerdict() {
    var ledger = Ledger()
    ledger.apply(.file(.confirmed, reason: nil, for: [key]), by: "rk", at: time)
    ledger.apply(.write(note: "ask the platform", for: key), by: "mb", at: time)
    ledger.apply(.undo, by: "rk", at: time)
    #expect(ledger.statuses[key] == ReviewStatus(note: "ask the platform"))
  }

  @Test func aBlankNoteClearsIt() {
    var ledger = Ledger()
    ledger.apply(.write(note: "x", for: key), by: "rk", at: time)
    ledger.apply(.write(note: " \n\t", for: key), by: "rk", at: time)
    #expect(ledger.statuses[key] == .none)
    #expect(ledger.events.last?.before == .note("x"))
  }

  @Test func anUndoRestoresAndClosesWithWhatItUndid() {
    var ledger = Ledger()
    ledger.apply(.file(.confirmed, reason: nil, for: [key]), by: "rk", at: time)
    let events = ledger.apply(.undo, by: "rk", at: time) ?? []
    #expect(events.map(\.action) == [.fileVerdict, .undo])
    #expect(events[0].undoes == 1)
    #expect(events[0].after == .verdict(nil, nil))
    #expect(events[0].before == .verdict(.confirmed, nil))
    #expect(events[1].object == "act:1")
    #expect(events[1].data == ["act": .number(2), "undoes": .number(1), "listings": .number(1), "left": .number(0)])
  }

  @Test func nothingToDoIsNoEvent() {
    var ledger = Ledger()
    #expect(ledger.apply(.undo, by: "rk", at: time) == nil)
    #expect(ledger.apply(.redo, by: "rk", at: time) == nil)
    #expect(ledger.apply(.file(.confirmed, reason: nil, for: []), by: "rk", at: time) == nil)
    #expect(ledger.events.isEmpty)
  }

  @Test func actionsAndWordsOfProgramsToComeAreKeptAndSkipped() throws {
    let line = AuditLine(
      action: "verdict.file", actor: "rk", data: ["act": .number(1), "verdict": .text("vermilion"), "reason": .null],
      object: key.text, previous: AuditLine.noPrevious, sequence: 1, time: time)
    let event = try #require(Event(line))
    #expect(event.after == nil)
    #expect(ReviewStatuses(replaying: [event]) == ReviewStatuses())
    #expect(
      Event(
        AuditLine(
          action: "x", actor: "rk", data: [:], object: "", previous: AuditLine.noPrevious, sequence: 1, time: time))
        == nil)
  }

  @Test func countsFollowEveryChange() {
    for seed in 0..<50 {
      var random = Dice(seed: UInt64(seed))
      var ledger = Ledger()
      for _ in 0..<50 {
        ledger.apply(RandomChange.next(&random), by: "rk", at: time)
        #expect(ledger.statuses.counts == VerdictCounts(RandomChange.keys.map { ledger.statuses[$0].verdict }))
      }
    }
  }
}
