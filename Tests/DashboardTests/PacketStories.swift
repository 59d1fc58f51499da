import Dashboard
import Sentences
import Testing

/// The form before a packet is written.
struct PacketStories {
  private func form() -> KeyStory {
    var story = KeyStory()
    story.press("c c")
    story.saveAll()
    story.press("P Tab")
    return story
  }

  private func sheet(_ story: KeyStory) -> PacketSheet? {
    if case .packet(let sheet) = story.state.mode { sheet } else { nil }
  }

  @Test func theFormNamesWhatThePacketHolds() {
    var story = form()
    #expect(story.screen.contains("Packet: 2 confirmed listings"))
    story.press("Esc / c o m b Enter P")
    #expect(story.screen.contains("2 confirmed listings, 2 of them not shown"))
    story.press("Esc 0 g Space P")
    #expect(story.screen.contains("Packet: 1 marked listing"))
  }

  /// A packet is never of what nobody confirmed, and the form says what it leaves out.
  @Test func ofWhatIsMarkedOnlyWhatIsConfirmedIsHandedOver() {
    var story = KeyStory()
    story.press("* P")
    #expect(story.state.mode == .browsing)
    #expect(story.screen.contains("None of the 6 marked listings is confirmed"))
    story.press("* c x")
    story.saveAll()
    story.press("s")
    story.saveAll()
    story.press("* P")
    #expect(story.screen.contains("Packet: 2 of 6 marked listings, the others are neither confirmed nor unsure"))
    story.press("^S")
    #expect(story.wanted.contains("packet of rows [0, 2]"))
  }

  @Test func escapeKeepsWhatWasTyped() {
    var story = form()
    story.type(" 47")
    story.press("Esc")
    #expect(story.wanted == ["remember draft"])
    story.press("P")
    #expect(sheet(story)?.draft[.title] == "Suspected online offers of protected wildlife 47")
  }

  @Test func choicesAreTurnedNotTyped() {
    var story = form()
    while sheet(story)?.line != .recipientKind { story.press("Tab") }
    story.press("Right")
    #expect(sheet(story)?.draft[.recipientKind] == "customs")
    story.press("Left Left")
    #expect(sheet(story)?.draft[.recipientKind] == "other")
    story.type("zz")
    story.paste("zz")
    #expect(sheet(story)?.draft[.recipientKind] == "other")
    story.press("Down Up Down")
    story.paste("se\nnd")
    #expect(sheet(story)?.line == .tlp)
    #expect(sheet(story)?.draft[.tlp] == "TLP:AMBER")
  }

  @Test func aComplaintLeadsToItsLineAndNothingTypedIsLost() {
    var story = form()
    story.type("!")
    story.press("^S")
    #expect(story.wanted == ["remember draft", "packet of rows [0, 1]"])
    #expect(story.screen.contains("writing …"))
    story.type("x")
    #expect(sheet(story)?.draft[.title].hasSuffix("!") == true)
    story.tell(.packetRefused([PacketFault(.recipient, "Say to whom the packet goes")]))
    #expect(sheet(story)?.line == .recipient)
    #expect(story.screen.contains("Say to whom the packet goes"))
    #expect(story.frame.textAtCursor.contains("To (organisation)"))
    story.type("Customs")
    story.press("^S")
    story.tell(.packetWritten(paths: ["./packet-1"], listings: 2))
    #expect(story.state.mode == .browsing)
    #expect(story.bottomLine.contains("UNSIGNED packet with 2 listings written: ./packet-1"))
  }

  /// Letters for a line that is chosen neither change it nor vanish without a word.
  @Test func whatIsChosenIsNotTyped() {
    var story = form()
    while sheet(story)?.line != .tlp { story.press("Tab") }
    story.type("Jane Monitor")
    #expect(sheet(story)?.draft[.tlp] == "TLP:AMBER")
    #expect(story.screen.contains("← and → choose here; “Sharing (TLP 2.0)” is not typed"))
  }

  @Test func pageKeysAndTheEndsOfTheFormLeadToEveryLine() {
    var story = form()
    story.press("Shift-Tab Shift-Tab")
    #expect(sheet(story)?.line == PacketDraft.Line.allCases.last)
    story.press("Tab")
    #expect(sheet(story)?.line == .profile)
    story.press("PgDn PgDn PgDn PgDn")
    #expect(sheet(story)?.line == PacketDraft.Line.allCases.last)
    story.press("PgUp PgUp PgUp PgUp")
    #expect(sheet(story)?.line == .profile)
  }

  /// Whoever works in another language must not send English unawares.
  @Test func inAnotherLanguageTheFormSaysThatPacketsAreEnglish() {
    let story = form()
    #expect(!story.screen.contains("Packets are in English"))
    ScreenLanguage.$forThisTask.withValue(SentenceTable(TranslationFile(""), code: "fr")) {
      #expect(form().screen.contains("Packets are in English"))
    }
  }

  /// What is to be mended first is what is seen first, whatever order the faults were found in.
  @Test func faultsAreToldInTheOrderOfTheForm() {
    var story = form()
    story.press("^S")
    story.tell(
      .packetRefused([
        PacketFault(.sender, "is empty; a packet needs it.", goesOn: true),
        PacketFault(.recipient, "is empty; a packet needs it.", goesOn: true),
      ]))
    #expect(sheet(story)?.line == .recipient)
    #expect(story.screen.contains("To (organisation) is empty; a packet needs it. Also to fix: From"))
  }

  @Test func allFaultsAreToldAtOnceEachBesideItsLine() {
    var story = form()
    story.resize(120, 40)
    story.press("^S")
    story.tell(
      .packetRefused([
        PacketFault(.summary, "is empty; a packet needs it.", goesOn: true),
        PacketFault(.recipientCountry, "is \"Kenja\"; write two letters.", goesOn: true),
        PacketFault(nil, "2 of the listings have no web address."),
      ]))
    #expect(sheet(story)?.line == .summary)
    #expect(story.screen.contains("Summary is empty; a packet needs it. Also to fix: To, country."))
    #expect(story.screen.contains("To, country*") && story.screen.contains("← is \"Kenja\"; write two letters."))
    // What is answered anew is no longer at fault; the rest still is.
    story.type("Rings")
    #expect(!story.screen.contains("Summary is empty"))
    #expect(story.screen.contains("2 of the listings have no web address. Also to fix: To, country."))
    story.press("^S")
    #expect(sheet(story)?.faults == [])
  }

  @Test func whatEveryPacketNeedsHasAStar() {
    var story = form()
    story.resize(120, 40)
    for label in ["Title", "Summary", "To (organisation)", "From, country", "Contact e-mail"] {
      #expect(story.screen.contains("\(label)*"), "\(label)")
    }
    #expect(!story.screen.contains("Conditions*"))
    story.state.recipients = [
      RecipientChoice(name: "police", title: "Police", about: "", request: "", needs: [.conditions])
    ]
    story.press("Esc P")
    #expect(story.screen.contains("Conditions*"))
  }

  @Test func whatIsSaidOfOnePacketIsNotSaidOfTheNext() {
    var story = form()
    story.state.mode = .browsing
    story.state.packetDraft[.replaces] = "LNS-2026-7K3Q-000001_v1"
    story.state.packetDraft[.changes] = "a seller was added"
    story.state.packetDraft[.goodFaith] = "I believe it"
    story.press("P ^S")
    story.tell(.packetWritten(paths: ["./packet-1"], listings: 2))
    for line in PacketDraft.Line.ofOnePacket { #expect(story.state.packetDraft[line] == "", "\(line)") }
    #expect(story.wanted.contains("remember draft"))
  }

  @Test func aWriterThatNeverAnswersKeepsNobody() {
    var story = form()
    story.press("^S Esc")
    #expect(story.state.mode == .browsing)
    story.tell(.packetWritten(paths: ["./packet-1"], listings: 2))
    #expect(story.bottomLine.contains("written"))
    story.press("q")
    #expect(!story.state.isRunning)
  }

  @Test func theFormOfALateAnswerIsNotClosed() {
    var story = form()
    story.press("^S Esc P")
    story.tell(.packetWritten(paths: ["./packet-1"], listings: 2))
    #expect(sheet(story) != nil)
  }

  @Test(arguments: [(120, 36), (80, 24), (40, 10), (24, 6)])
  func everyLineOfTheFormIsReachedAndSeen(columns: Int, rows: Int) {
    var story = form()
    story.resize(columns, rows)
    story.press("Up")
    for line in PacketDraft.Line.allCases {
      #expect(sheet(story)?.line == line)
      #expect(story.frame.cursor != nil)
      #expect(story.frame.textAtCursor.contains(line.label.prefix(6)))
      story.press("Tab")
    }
  }

  @Test func whatShouldBeKnownIsReadBeforeThePacketIsWritten() {
    var story = form()
    story.press("^S")
    story.tell(.packetDoubted(["2 listings can lead to a person", "1 listing in it is unsure"]))
    #expect(story.screen.contains("Before it leaves: 2 listings can lead to a person; 1 listing in it is"))
    #expect(sheet(story)?.isWriting == false)
    // Another form is another packet: what is known of this one says nothing of it.
    story.type("x")
    #expect(sheet(story)?.remarks == [])
    story.press("^S")
    story.tell(.packetDoubted(["2 listings can lead to a person"]))
    story.press("^S")
    guard case .exportPacket(let request)? = story.effects.last else {
      Issue.record("no packet is written: \(story.wanted)")
      return
    }
    #expect(request.isSure)
    #expect(story.screen.contains("writing …"))
  }

  @Test func aRecipientBringsItsRequestAndLeavesWhatWasTyped() {
    var story = form()
    story.state.recipients = [
      RecipientChoice(name: "police", title: "Police", about: "Everything.", request: "Please assess."),
      RecipientChoice(name: "platform", title: "Notice", about: "What a notice needs.", request: "Please remove."),
    ]
    story.press("Esc P")
    #expect(story.screen.contains("police: Police"))
    #expect(story.screen.contains("Everything."))
    story.press("Right")
    #expect(sheet(story)?.draft[.profile] == "platform")
    #expect(sheet(story)?.draft[.request] == "Please remove.")
    #expect(story.screen.contains("What a notice needs."))
    while sheet(story)?.line != .request { story.press("Tab") }
    story.type("Today.")
    while sheet(story)?.line != .profile { story.press("Up") }
    story.press("Left")
    #expect(sheet(story)?.draft[.profile] == "police")
    #expect(sheet(story)?.draft[.request] == "Please remove.Today.")
  }

  @Test func aSummaryIsProposedByCountingAndIsOfThisPacketOnly() {
    var story = form()
    let proposed = sheet(story)?.draft[.summary] ?? ""
    #expect(
      proposed.hasPrefix("2 listings on Hearthside by 1 seller alias, dated 2026-11-01 to 2026-11-02."), "\(proposed)")
    #expect(proposed.contains("Species as advertised: "))
    // It is not kept: the next packet has others.
    story.press("Esc")
    #expect(story.state.packetDraft[.summary] == "")
    story.press("c c P")
    #expect(sheet(story)?.draft[.summary].hasPrefix("2 listings") == true)
    // What was typed is kept.
    story.press("Tab Tab")
    story.type(" Mine.")
    story.press("Esc")
    #expect(story.state.packetDraft[.summary].hasSuffix(" Mine."))
  }

  /// What every packet needs is on a small screen at once.
  @Test func whatIsNeededComesFirst() {
    let needed = PacketDraft.Line.allCases.map(\.isAlwaysNeeded)
    #expect(needed == needed.sorted { $0 && !$1 })
    var story = form()
    story.resize(80, 24)
    for line in PacketDraft.Line.allCases where line.isAlwaysNeeded { #expect(story.screen.contains(line.label + "*")) }
    #expect(story.screen.contains("more lines"))
  }

  @Test func theGoodFaithOfOnePacketIsNotThatOfTheNext() {
    var story = form()
    story.press("Up")
    while sheet(story)?.line != .goodFaith { story.press("Down") }
    story.type("I believe that this is true")
    story.press("^S Esc P")
    story.tell(.packetWritten(paths: ["here"], listings: 2))
    #expect(sheet(story)?.draft[.goodFaith] == "")
    story.press("^S")
    guard case .exportPacket(let request)? = story.effects.last else {
      Issue.record("no packet is written: \(story.wanted)")
      return
    }
    #expect(request.draft[.goodFaith] == "")
  }

  @Test func theDraftIsRememberedFromPacketToPacket() {
    var draft = PacketDraft()
    draft[.sender] = "Field team"
    #expect(PacketDraft(fields: draft.fields) == draft)
    var story = KeyStory()
    story.tell(.casebookOpened([:], nil, draft))
    story.confirmAll()
    story.press("P")
    #expect(sheet(story)?.draft[.sender] == "Field team")
    story.tell(.terminal(.hangUp))
    #expect(story.wanted == ["remember 1", "remember draft", "leave when filed"])
  }
}
