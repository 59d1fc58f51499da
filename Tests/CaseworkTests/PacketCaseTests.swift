import Casework
import Listings
import ListingsTestSupport
import SmallFormats
import Testing

/// What became of packets, as the events tell it.
@Suite struct PacketCaseTests {
  static let id = "LNS-2026-7K3Q-000001"
  static let now = UTCTime("2026-11-18T11:06:40Z")!

  /// A chain with an exported packet of three listings on two platforms, for a police office and a platform.
  static func ledger(recipients: [CaseRecipient] = [police, platform], version: Int = 1) -> Ledger {
    var ledger = Ledger()
    ledger.record(
      .exportPacket, object: id,
      data: [
        "version": .number(version), "manifest": .text("ab12"), "audit_head": .text("cd34"),
        "listings": .list((1...3).map { .text(key($0).text) }),
        "platforms": .list([.text("Hearthside"), .text("Hearthside"), .text("Xianyu")]),
        "recipients": .list(recipients.map(\.json)),
      ], by: "rk", at: "2026-09-01T08:00:00Z")
    return ledger
  }

  static let police = CaseRecipient(id: "R0001", organisation: "Customs, Hai Phong", kind: "customs")
  static let platform = CaseRecipient(id: "R0002", organisation: "Hearthside Ltd", kind: "platform")

  static func key(_ number: Int) -> ListingKey { ListingKey("id:P/\(number)") }
  static func day(_ text: String) -> CalendarDay { CalendarDay(text)! }

  static func cases(_ ledger: Ledger) -> [PacketCase] {
    var cases = PacketCases()
    for event in ledger.events { cases.apply(event, hash: event.line.hash) }
    #expect(cases.unbound.isEmpty)
    return cases.all
  }

  static func state(
    _ parts: [StepDraft.Part: String], in ledger: inout Ledger, at time: String = now.text
  ) throws(StepProblem) {
    let now = UTCTime(time)!
    let (one, step) = try cases(ledger).step(StepDraft(packet: id, parts), today: day(now.day), now: now)
    ledger.record(.stepPacket, object: id, data: step.data.merging(one.packet.bond) { $1 }, by: "rk", at: time)
  }

  static func problem(_ parts: [StepDraft.Part: String], _ ledger: Ledger = ledger()) -> StepProblem? {
    var ledger = ledger
    do {
      try state(parts, in: &ledger)
      return nil
    } catch { return error }
  }

  @Test func aStepIsWhatWasStatedAndBoundToItsPacket() throws {
    var ledger = Self.ledger()
    try Self.state(
      [.step: "opened", .recipient: "customs, hai  phong", .day: "2026-09-20", .reference: "HP/12", .note: "desk"],
      in: &ledger)
    let event = try #require(ledger.events.last)
    #expect(event.data["manifest"] == .text("ab12") && event.data["version"] == .number(1))
    #expect(event.data["export"] == .text(ledger.events[0].line.hash))
    let one = try #require(Self.cases(ledger).first)
    let step = try #require(one.steps.first?.step)
    #expect(step.kind == .opened && step.recipient == Self.police && step.day == Self.day("2026-09-20"))
    #expect(CaseStep(step.data) == step)
    #expect(one.packet.name == "LNS-2026-7K3Q-000001_v1")
  }

  @Test func eachProblemIsNamedWithItsPart() {
    let sent: [StepDraft.Part: String] = [.step: "sent", .recipient: "R0001"]
    func with(_ more: [StepDraft.Part: String]) -> StepProblem? { Self.problem(sent.merging(more) { $1 }) }
    #expect(with([:]) == nil)
    #expect(Self.problem([.step: "vanished"]) == .noSuchStep("vanished"))
    #expect(with([.day: "18.11.2026"]) == .notADay("18.11.2026"))
    #expect(with([.day: "2026-11-20"]) == .inTheFuture(Self.day("2026-11-20")))
    // Where days begin first, it is the 19th already.
    #expect(with([.day: "2026-11-19"]) == nil)
    #expect(
      with([.day: "2026-08-30"]) == .beforeThePacket(Self.day("2026-08-30"), made: Self.day("2026-09-01")))
    #expect(with([.reference: "x"]) == .doesNotApply(.reference, .sent))
    #expect(
      Self.problem([.step: "opened"]) == .whichRecipient(["R0001 Customs, Hai Phong", "R0002 Hearthside Ltd"]))
    #expect(Self.problem([.step: "opened", .recipient: "Interpol"])?.part == .recipient)
    #expect(Self.problem([.step: "outcome", .recipient: "R0001"]) == .noOutcome)
    #expect(Self.problem([.step: "outcome", .recipient: "R0001", .outcome: "other"]) == .noWords)
    #expect(Self.problem([.step: "outcome", .recipient: "R0001", .outcome: "no-action"]) == nil)
    #expect(Self.problem([.step: "referred", .recipient: "R0001"]) == .notReferredTo)
    #expect(Self.problem([.step: "withdrawn"]) == .noReason)
    #expect(
      Self.problem([.step: "removed", .recipient: "R0002", .listings: "L0001 L0009"])
        == .unknownListing("L0009", count: 3))
    #expect(
      Self.problem([.step: "sent", .recipient: "R0002", .platform: "Etsy"])
        == .unknownPlatform("Etsy", known: ["Hearthside", "Xianyu"]))
    let other = Self.ledger(recipients: [CaseRecipient(id: "R0001", organisation: "Meta", kind: "platform")])
    #expect(Self.problem([.step: "sent"], other) == .whichPlatform(["Hearthside", "Xianyu"]))
    #expect(Self.problem([.step: "sent", .platform: "xianyu"], other) == nil)
    for problem in [StepProblem.noSuchPacket("x"), .noStep(7), .retractedAlready(7), .noRecipients] {
      #expect(problem.sentence.contains("Nothing was recorded"))
    }
  }

  @Test func aPlatformIsAskedAboutItsOwnListings() throws {
    var ledger = Self.ledger()
    try Self.state([.step: "sent", .recipient: "R0002", .day: "2026-09-02"], in: &ledger)
    try Self.state([.step: "removed", .recipient: "R0002", .day: "2026-09-05"], in: &ledger)
    let one = try #require(Self.cases(ledger).first)
    #expect(one.steps[0].step.category == StepDraft.usualCategory)
    #expect(one.steps[1].step.listings == [Self.key(1), Self.key(2)])
    #expect(one.indices(for: Self.police) == [0, 1, 2])
    #expect(one.indices(for: CaseRecipient(organisation: "Meta", kind: "platform")) == [])
  }

  @Test func aStepThatWasTakenBackDoesNotCount() throws {
    var ledger = Self.ledger()
    try Self.state([.step: "outcome", .recipient: "R0001", .outcome: "seizure"], in: &ledger)
    let number = ledger.events.count
    let (one, step) = try Self.cases(ledger).retractable(number)
    #expect(one.packet.name.hasSuffix("_v1"))
    ledger.record(
      .retractStep, object: Self.id, data: one.packet.bond.merging(["retracts": .number(step.number)]) { $1 }, by: "mb",
      at: Self.now.text)
    let after = try #require(Self.cases(ledger).first)
    #expect(after.standing.isEmpty && after.steps[0].retractedBy == "mb")
    #expect(throws: StepProblem.retractedAlready(number)) { try Self.cases(ledger).retractable(number) }
    #expect(throws: StepProblem.noStep(1)) { try Self.cases(ledger).retractable(1) }
    #expect(CaseBoard(Self.cases(ledger), on: Self.day("2026-11-18")).lines.allSatisfy { $0.isOpen })
  }

  @Test func aBodyThatACaseWasReferredToHasALineOfItsOwn() throws {
    var ledger = Self.ledger()
    try Self.state([.step: "sent", .recipient: "R0001", .day: "2026-09-02"], in: &ledger)
    try Self.state(
      [.step: "referred", .recipient: "R0001", .day: "2026-09-09", .referredTo: "Supreme People's Procuracy"],
      in: &ledger)
    try Self.state([.step: "charged", .recipient: "supreme people's procuracy", .day: "2026-10-01"], in: &ledger)
    let board = CaseBoard(Self.cases(ledger), on: Self.day("2026-11-18"))
    #expect(
      board.lines.map { $0.recipient?.organisation } == [
        "Hearthside Ltd", "Customs, Hai Phong", "Supreme People's Procuracy",
      ])
    let line = board.lines[2]
    #expect(line.sent == Self.day("2026-09-09") && line.daysSinceSent == 70 && line.last.words == "charged")
    #expect(line.steps.map(\.step.kind) == [.referred, .charged])
  }

  @Test func staleCasesComeFirstAndClosedOnesAreNever() throws {
    var ledger = Self.ledger()
    try Self.state([.step: "sent", .recipient: "R0001", .day: "2026-09-10"], in: &ledger)
    try Self.state([.step: "sent", .recipient: "R0002", .day: "2026-09-02"], in: &ledger)
    let board = CaseBoard(Self.cases(ledger), on: Self.day("2026-11-18"))
    #expect(board.lines.map(\.daysSinceLast) == [77, 69])
    #expect(board.stale(after: 70).map { $0.recipient?.id } == ["R0002"])
    try Self.state([.step: "outcome", .recipient: "R0001", .outcome: "seizure"], in: &ledger)
    var lines = CaseBoard(Self.cases(ledger), on: Self.day("2026-12-18")).lines
    #expect(lines.map(\.closed) == [nil, "outcome: seizure"])
    #expect(lines.filter { $0.isStale(after: 0) }.count == 1)
    try Self.state([.step: "withdrawn", .note: "wrong species"], in: &ledger)
    lines = CaseBoard(Self.cases(ledger), on: Self.day("2026-12-18")).lines
    #expect(lines.map(\.closed) == ["withdrawn", "withdrawn"])
    #expect(Self.problem([.step: "withdrawn", .note: "again"], ledger) == .alreadyWithdrawn(Self.day("2026-11-18")))
  }

  @Test func aPacketThatReplacesAnotherClosesIt() {
    var ledger = Self.ledger()
    ledger.record(
      .exportPacket, object: Self.id,
      data: [
        "version": .number(2), "listings": .list([]), "supersedes": .text("\(Self.id)_v1"),
        "changes": .text("1 listing added"),
        "recipients": .list([Self.police.json]),
      ], by: "rk", at: "2026-10-01T08:00:00Z")
    let cases = Self.cases(ledger)
    #expect(cases.map(\.supersededBy) == ["\(Self.id)_v2", nil])
    #expect(cases.named(Self.id)?.packet.version == 2)
    #expect(
      cases.named("packets/\(Self.id)_v1")?.packet.version == 1 && cases.named("\(Self.id)_v1.zip")?.packet.version == 1
    )
    #expect(cases.named("\(Self.id)_v3") == nil)
    let board = CaseBoard(cases, on: Self.day("2026-11-18"))
    #expect(board.lines.filter { $0.isOpen }.map(\.packet.version) == [2])
  }

  @Test func aStepWithAnotherPacketsBondCountsForNothing() {
    var ledger = Self.ledger()
    let bond: [String: JSONValue] = [
      "export": .text(ledger.events[0].line.hash), "version": .number(1), "manifest": .text("ffff"),
    ]
    let step = CaseStep(.sent, on: Self.day("2026-09-02"), recipient: Self.police)
    ledger.record(.stepPacket, object: Self.id, data: step.data.merging(bond) { $1 }, by: "rk", at: Self.now.text)
    ledger.record(
      .retractStep, object: Self.id, data: bond.merging(["retracts": .number(1)]) { $1 }, by: "rk", at: Self.now.text)
    var cases = PacketCases()
    for event in ledger.events { cases.apply(event, hash: event.line.hash) }
    #expect(cases.unbound.map(\.number) == [2, 3])
    #expect(cases.all[0].steps.isEmpty)
  }

  /// Chains may come in any order.
  @Test(arguments: 0..<20) func theOrderOfChainsChangesNothing(seed: Int) throws {
    var chance = Dice(seed: UInt64(seed))
    let mine = Self.ledger()
    var theirs = Ledger()
    // A colleague who merged this chain records steps of its packet in another one.
    let one = try #require(Self.cases(mine).first)
    for number in 1...8 {
      let kind = chance.pick([StepKind.sent, .acknowledged, .opened, .charged])
      let step = CaseStep(
        kind, on: CalendarDay(daysSince1970: 20_700 + chance.below(9)),
        recipient: chance.pick([Self.police, Self.platform]))
      theirs.record(
        .stepPacket, object: Self.id, data: step.data.merging(one.packet.bond) { $1 }, by: "mb", at: Self.now.text)
      if chance.once(in: 4) {
        theirs.record(.retractStep, object: Self.id, data: ["retracts": .number(number)], by: "mb", at: Self.now.text)
      }
    }
    var (first, last) = (PacketCases(), PacketCases())
    for event in mine.events { first.apply(event, hash: event.line.hash) }
    for event in theirs.events {
      first.apply(event, hash: event.line.hash, of: "t")
      last.apply(event, hash: event.line.hash, of: "t")
    }
    for event in mine.events { last.apply(event, hash: event.line.hash) }
    #expect(first == last && first.all[0].steps.count == 8)
  }
}
