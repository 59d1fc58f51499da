import Casework
import Listings
import SmallFormats

/// Invented packets and what became of them.
enum SampleCases {
  static let none = CaseBoard.empty(on: day("2026-11-18"))

  /// Three packets: one at customs that nobody heard of since, with a platform that took some listings down, one withdrawn, and a
  /// hostile one.
  static let board: CaseBoard = {
    var ledger = Ledger()
    export(1, [customs, platform], "2026-09-01T08:00:00Z", &ledger)
    export(2, [customs], "2026-10-05T08:00:00Z", &ledger)
    export(
      3, [CaseRecipient(id: "R0001", organisation: "\u{1B}[31m警察\u{202E}局", kind: "police")], "2026-11-17T08:00:00Z",
      &ledger)
    add([.step: "sent", .recipient: "R0001", .day: "2026-09-02", .means: "by e-mail"], to: 1, &ledger)
    add([.step: "opened", .recipient: "R0001", .day: "2026-09-10", .reference: "HP/12-2026"], to: 1, &ledger)
    add([.step: "sent", .recipient: "R0002", .day: "2026-09-02"], to: 1, &ledger)
    add([.step: "removed", .recipient: "R0002", .day: "2026-09-05", .listings: "L0001"], to: 1, &ledger)
    add([.step: "sent", .day: "2026-10-06"], to: 2, &ledger)
    add([.step: "withdrawn", .day: "2026-10-09", .note: "resin, as the seller's other adverts show"], to: 2, &ledger)
    let looked = [
      key(2): [ListingObservation(day("2026-09-30"), isOnline: true, scrape: "2026-09-30")],
      key(3): [
        ListingObservation(day("2026-09-16"), isOnline: true, scrape: "2026-09-16"),
        ListingObservation(day("2026-09-30"), isOnline: false, scrape: "2026-09-30"),
      ],
    ]
    return CaseBoard(cases(ledger), looked: looked, on: day("2026-11-18"))
  }()

  static let customs = CaseRecipient(id: "R0001", organisation: "Customs, Hai Phong", kind: "customs")
  static let platform = CaseRecipient(id: "R0002", organisation: "Hearthside", kind: "platform")

  private static func day(_ text: String) -> CalendarDay { CalendarDay(text)! }
  private static func key(_ number: Int) -> ListingKey { ListingKey("id:Hearthside/\(number)") }
  private static func id(_ number: Int) -> String { "LNS-2026-7K3Q-\(Digits.padded(number, 6))" }

  private static func export(_ number: Int, _ recipients: [CaseRecipient], _ time: String, _ ledger: inout Ledger) {
    ledger.record(
      .exportPacket, object: id(number),
      data: [
        "version": .number(1), "manifest": .text(String(repeating: "ab12", count: 16)),
        "listings": .list((1...4).map { .text(key($0).text) }),
        "platforms": .list((1...4).map { _ in .text("Hearthside") }), "recipients": .list(recipients.map(\.json)),
      ], by: "rk", at: time)
  }

  private static func cases(_ ledger: Ledger) -> [PacketCase] {
    var cases = PacketCases()
    for event in ledger.events { cases.apply(event, hash: event.line.hash) }
    return cases.all
  }

  private static func add(_ parts: [StepDraft.Part: String], to number: Int, _ ledger: inout Ledger) {
    let now = UTCTime("2026-11-18T12:00:00Z")!
    do {
      let (one, step) = try cases(ledger).step(
        StepDraft(packet: id(number), parts), today: day(now.day), now: now)
      ledger.record(
        .stepPacket, object: id(number), data: step.data.merging(one.packet.bond) { $1 }, by: "rk", at: now.text)
    } catch {
      preconditionFailure(error.sentence)
    }
  }
}
