import Testing

@testable import Packets

@Suite struct PacketFormTests {
  @Test func aFilledInFormHasNoProblems() {
    #expect(Invented.form.problems(on: Invented.created).isEmpty)
    #expect(Invented.packet([]).problems.isEmpty)
  }

  @Test func anEmptyFormNamesEveryFieldItNeedsInItsOrder() {
    #expect(
      PacketForm().problems(on: Invented.created).map(\.field) == [
        "title", "summary", "sender.org", "sender.country", "sender.contact_name", "sender.contact_email", "recipients",
      ])
  }

  @Test(arguments: ["Two\nlines", "Carriage\rreturn", "Escape\u{1B}[2J", "Turned \u{202E}gnp", "Line\u{2028}separator"])
  func whatGoesIntoBagInfoCannotBeginAFieldOfItsOwn(text: String) {
    var form = Invented.form
    form.title = text
    form.sender.org = text
    form.sender.contactName = text
    form.sender.contactEmail = text + "@monitors.example"
    form.recipients[1].org = text
    #expect(
      form.problems(on: Invented.created).map(\.field) == [
        "title", "sender.org", "sender.contact_name", "sender.contact_email", "recipients[2].org",
      ])
    #expect(form.problems(on: Invented.created).allSatisfy { $0.what == .lineBreakOrControl })
  }

  @Test(arguments: [
    "duty", "duty@", "@monitors.example", "a@b", "a b@c.example", "a@b..example", "a@b@c.example", "<a@b.example>",
  ])
  func whatHasNotTheShapeOfAnAddressIsRefused(text: String) {
    var form = Invented.form
    form.sender.contactEmail = text
    #expect(
      form.problems(on: Invented.created) == [PacketProblem(field: "sender.contact_email", what: .notAnEmailAddress)])
  }

  @Test(arguments: ["kenya", "K", "ke", "K1", "ＫＥ"])
  func aCountryIsTwoCapitalLetters(text: String) {
    var form = Invented.form
    form.recipients[0].country = text
    form.legal.jurisdictions = ["KE", text]
    #expect(
      form.problems(on: Invented.created) == [
        PacketProblem(field: "recipients[1].country", what: .notACountryCode(text)),
        PacketProblem(field: "legal.jurisdictions[2]", what: .notACountryCode(text)),
      ])
  }

  @Test func daysMustExistAndLieAhead() {
    var form = Invented.form
    form.retainUntil = "2027-02-29"
    #expect(form.problems(on: Invented.created).map(\.what) == [.notADay("2027-02-29")])
    form.retainUntil = "2026-11-22"
    #expect(form.problems(on: Invented.created).map(\.what) == [.retentionAlreadyOver("2026-11-22")])
    form.retainUntil = ""
    #expect(form.problems(on: Invented.created).isEmpty)
  }

  @Test func aVersionCountsFromOneAndReplacesAPacketThatIsNamed() {
    var packet = Invented.packet([])
    packet.stamp.version = 0
    for name in ["", "LNS-2026-000007", "LNS-2026-000007_v01", "LNS-2026-000007_v1\n", "../LNS-2026-000007_v1"] {
      packet.stamp.supersedes = name
      #expect(packet.problems.map(\.what) == [.notAVersion(0), .notAPacketName(name)])
    }
    packet.stamp.supersedes = "LNS-2026-7K3Q-000007_v1"
    #expect(packet.problems.map(\.what) == [.notAVersion(0)])
    packet.stamp.supersedes = "LNS-2026-000007_v1"
    packet.stamp.version = 2
    #expect(packet.problems.isEmpty)
    #expect(packet.folderName == "LNS-2026-000007_v2")
  }

  @Test func aNoticeToAPlatformIsRefusedWithTheReason() {
    var packet = Invented.threeListings
    packet.form.purpose = .platformNotice
    let error = #expect(throws: PacketError.self) { try PacketAssembly(packet) }
    #expect(error == .formHasProblems([PacketProblem(field: "purpose", what: .redactionMissing)]))
    #expect(error?.sentence.contains("choose a profile that does") == true)
  }

  @Test func everyProblemIsASentenceThatNamesItsField() {
    let all: [PacketProblem.What] = [
      .empty, .tooLong(limit: 300), .lineBreakOrControl, .notAnEmailAddress, .notACountryCode("\u{1B}x"),
      .notADay("soon"), .retentionAlreadyOver("2020-01-01"), .noRecipient, .notAVersion(0),
    ]
    for what in all {
      let sentence = PacketProblem(field: what == .noRecipient ? "recipients" : "some.field", what: what).sentence
      #expect(sentence.hasSuffix(".") && !sentence.unicodeScalars.contains("\u{1B}"))
      #expect(sentence.contains("some.field") || sentence.contains("recipients"))
    }
  }
}
