import Casework
import Listings
import Sentences
import TerminalIO
import TextCells
import Workspace

/// The short form before a packet is written.
package struct PacketSheet: Sheet {
  package var draft: PacketDraft
  package var line = PacketDraft.Line.profile
  package var editor: LineEditor
  package let rows: [Int]
  /// The kinds of recipients there are.
  let recipients: [RecipientChoice]
  /// The legal bases there are, and the place among them.
  let legalBases: [LegalChoice]
  package private(set) var legalBasis = 0
  /// What the packet holds, in words: "12 confirmed listings".
  package let subject: String
  /// The summary that was proposed; it is kept for no other packet.
  private let proposedSummary: String
  /// What has to be mended, in the order of the form; those of a line go when it is answered anew.
  package private(set) var faults: [PacketFault] = []
  package var isWriting = false
  /// What should be known before it leaves, once it was asked for; the packet is written when it is asked for again.
  package var remarks: [String] = []

  init(
    draft: PacketDraft, rows: [Int], recipients: [RecipientChoice], legalBases: [LegalChoice] = [], subject: String,
    proposedSummary: String = ""
  ) {
    self.legalBases = legalBases
    self.proposedSummary = proposedSummary
    self.draft = draft
    if draft[.summary].isEmpty { self.draft[.summary] = proposedSummary }
    self.rows = rows
    self.recipients = recipients
    self.subject = subject
    editor = LineEditor(draft[.profile])
  }

  static let name = "the packet form"
  var mode: Mode { .packet(self) }
  var kind: Mode.Kind { isWriting ? .packetWriting : .packetForm }

  /// The answers to be kept for the next time.
  var kept: PacketDraft {
    var kept = draft
    if kept[.summary] == proposedSummary { kept[.summary] = "" }
    return kept
  }

  // MARK: Its keys

  static let keys = form + writing
  var activeKeys: [SheetKey<PacketSheet>] { isWriting ? Self.writing : Self.form }

  private static let form: [SheetKey<PacketSheet>] = [
    SheetKey([.control("s"), .control("x")], Sentence("write the packet"), hint: Sentence("write"), weight: .decides) {
      .stay($0.submit(&$1))
    },
    SheetKey(
      [.enter], Sentence("write the packet"), weight: .decides, when: { $0.line == PacketDraft.Line.allCases.last }
    ) { .stay($0.submit(&$1)) },
    SheetKey([.escape, .control("c")], Sentence("write none; what was typed is kept"), hint: Sentence("later")) {
      sheet, state in
      state.packetDraft = sheet.kept
      return .close(
        state.say(.info, localized("No packet was written; what you typed is kept for the next \(state.key("packet"))"))
          + [.rememberDraft(sheet.kept)])
    },
    SheetKey([.tab], Sentence("the next line, after the last the first"), hint: Sentence("next")) { sheet, _ in
      sheet.go(1, around: true)
    },
    SheetKey([.backTab], Sentence("the line before, before the first the last")) { sheet, _ in
      sheet.go(-1, around: true)
    },
    SheetKey([.down, .enter], Sentence("the next line")) { sheet, _ in sheet.go(1) },
    SheetKey([.up], Sentence("the line before")) { sheet, _ in sheet.go(-1) },
    SheetKey([.pageDown], Sentence("some lines on")) { sheet, _ in sheet.go(Self.page) },
    SheetKey([.pageUp], Sentence("some lines back")) { sheet, _ in sheet.go(-Self.page) },
    .saying(Sentence("← → choose"), when: { $0.isChosen && $0.line != .legal }),
    .saying(Sentence("← → or first letters browse"), when: { $0.line == .legal }),
    SheetKey(
      [.character(" ")], Sentence("the legal basis is chosen, or no longer"), hint: Sentence("choose or not"),
      when: { $0.line == .legal }
    ) { sheet, _ in sheet.toggleLegalBasis() },
    SheetKey([.right], Sentence("the next choice"), when: \.isChosen) { sheet, _ in sheet.turn(1) },
    SheetKey([.left], Sentence("the choice before"), when: \.isChosen) { sheet, _ in sheet.turn(-1) },
  ]

  private static let writing: [SheetKey<PacketSheet>] = [
    SheetKey(
      [.escape, .control("c")], Sentence("leave the form; the packet is still written"),
      hint: Sentence("leaves; it is still written")
    ) { _, state in
      .close(state.say(.info, localized("The packet is still being written; a notice says when it is there")))
    }
  ]

  /// Whether the line is answered by choosing.
  private var isChosen: Bool { line == .profile || line == .legal || !line.choices.isEmpty }

  private var choices: [String] { line == .profile ? recipients.map(\.name) : line.choices }

  /// The kind of recipient that the packet is for.
  private var recipient: RecipientChoice? { recipients.first { $0.name == draft[.profile] } }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    guard !isWriting else { return .stay() }
    if line == .legal, case .character(let scalar) = key {
      findLegalBasis(Character(scalar))
    } else if isChosen, key.letter != nil {
      // Whoever types a name here would not see that it goes nowhere.
      return .stay(state.say(.warned, localized("← and → choose here; “\(line.label)” is not typed")))
    } else if !isChosen, editor.take(key) {
      answer(editor.text)
    }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    if !isWriting, !isChosen {
      editor.insert(text)
      answer(editor.text)
    }
    return .stay()
  }

  /// What was known of another form has to be looked at again.
  private mutating func answer(_ text: String) {
    draft[line] = text
    remarks = []
    faults.removeAll { $0.line == line }
  }

  /// Lines that a page key goes.
  private static let page = 8

  private mutating func go(_ lines: Int, around: Bool = false) -> SheetStep {
    let all = PacketDraft.Line.allCases
    let place = (all.firstIndex(of: line) ?? 0) + lines
    go(to: all[around ? (place + all.count) % all.count : max(0, min(place, all.count - 1))])
    return .stay()
  }

  fileprivate mutating func go(to newLine: PacketDraft.Line) {
    line = newLine
    editor = LineEditor(draft[newLine])
  }

  private mutating func turn(_ direction: Int) -> SheetStep {
    if line == .legal { return lookAtLegalBasis(direction) }
    let choices = choices
    guard !choices.isEmpty else { return .stay() }
    let before = recipient
    let now = choices.firstIndex(of: draft[line]) ?? 0
    answer(choices[(now + direction + choices.count) % choices.count])
    // What was only proposed changes with the recipient; what was typed stays.
    if line == .profile, let recipient, [before?.request, PacketDraft()[.request]].contains(draft[.request]) {
      draft[.request] = recipient.request
    }
    editor = LineEditor(draft[line])
    return .stay()
  }

  // MARK: Legal bases

  private var chosenLegalBases: [String] { draft[.legal].split(separator: " ").map(String.init) }

  private mutating func lookAtLegalBasis(_ direction: Int) -> SheetStep {
    guard !legalBases.isEmpty else { return .stay() }
    legalBasis = (legalBasis + direction + legalBases.count) % legalBases.count
    return .stay()
  }

  /// The next one whose name begins with the letter.
  private mutating func findLegalBasis(_ letter: Character) {
    let after = legalBases.indices.map { (legalBasis + 1 + $0) % legalBases.count }
    if let place = after.first(where: { legalBases[$0].id.hasPrefix(String(letter).lowercased()) }) {
      legalBasis = place
    }
  }

  private mutating func toggleLegalBasis() -> SheetStep {
    guard legalBases.indices.contains(legalBasis) else { return .stay() }
    let id = legalBases[legalBasis].id
    var chosen = chosenLegalBases
    if chosen.contains(id) { chosen.removeAll { $0 == id } } else { chosen.append(id) }
    answer(chosen.joined(separator: " "))
    return .stay()
  }

  /// The one that is looked at, whether it is chosen, and how many are.
  private var legalLine: String {
    let count = chosenLegalBases.count
    let words =
      count == 0 ? localized("none chosen") : localized(count, one: "\(count) chosen", other: "\(count) chosen")
    guard line == .legal, legalBases.indices.contains(legalBasis) else {
      return count == 0 ? "" : chosenLegalBases.joined(separator: ", ")
    }
    let id = legalBases[legalBasis].id
    return "\(chosenLegalBases.contains(id) ? "[x]" : "[ ]") \(id) · \(words)"
  }

  private mutating func submit(_ state: inout State) -> [Effect] {
    state.packetDraft = kept
    isWriting = true
    faults = []
    let request = PacketRequest(
      draft: draft, rows: rows, of: state.snapshot, openNotes: Set(state.noteDrafts.keys), isSure: !remarks.isEmpty)
    return [.rememberDraft(kept), .exportPacket(request)]
  }

  // MARK: Its nodes

  func hint(_ state: State) -> Piece? {
    guard let sentence = faultInWords, state.size.rows < Layout.sheetRows else { return nil }
    return Piece(SafeText(sentence), .failure)
  }

  func node(_ state: State, in room: Size) -> Node? {
    let lines = PacketDraft.Line.allCases
    let title = SafeText(localized("Packet: \(subject)"))
    var below = 0
    return .sheet(
      title, in: room, columns: 84, rows: lines.count + 5,
      more: below > 0 ? SafeText(" \(counted(below, "more line")) ") : ""
    ) { inside in
      let (words, role) = message
      let isSilent =
        inside.rows < 8 && !isWriting && faults.isEmpty && remarks.isEmpty && line != .profile && line != .legal
      let most = remarks.isEmpty ? 4 : 8
      let foot =
        isSilent ? [] : Node.wrapped(words, role, width: inside.columns - 2, most: min(most, inside.rows - 1))
      let rows = inside.rows - foot.count
      let top = State.scrolled(0, to: lines.firstIndex(of: line) ?? 0, rows: rows)
      let shown = lines.dropFirst(top).prefix(rows).map { node($0, width: inside.columns) }
      below = lines.count - top - shown.count
      return shown + Array(repeating: .blank, count: rows - shown.count) + foot
    }
  }

  private func node(_ line: PacketDraft.Line, width: Int) -> Node {
    let isCurrent = line == self.line
    return .formLine(
      line.label, shown(line), editor: isCurrent && !isChosen ? editor : nil, isCurrent: isCurrent,
      fault: faults.first { $0.line == line }?.words, isNeeded: isNeeded(line), labelWidth: min(21, width / 3),
      width: width)
  }

  /// Whether there is no packet without an answer.
  private func isNeeded(_ line: PacketDraft.Line) -> Bool {
    line.isAlwaysNeeded || recipient?.needs.contains(line) == true
  }

  /// The answer as the form shows it.
  private func shown(_ line: PacketDraft.Line) -> String {
    switch line {
    case .profile: recipient.map { "\($0.name): \($0.title)" } ?? draft[line]
    case .legal: legalLine
    default: line.shown(draft[line])
    }
  }

  private var message: (SafeText, Role) {
    if isWriting { return (SafeText(localized("writing …")), .progress) }
    if let faultInWords { return (SafeText(faultInWords), .failure) }
    if !remarks.isEmpty {
      return (
        SafeText(localized("Before it leaves: \(remarks.joined(separator: "; ")). ^S writes it anyway.")),
        .warning
      )
    }
    if line == .profile, let recipient { return (SafeText(recipient.about), .faint) }
    if line == .legal {
      guard legalBases.indices.contains(legalBasis) else {
        return (SafeText(localized("There is no table of legal bases")), .warning)
      }
      let basis = legalBases[legalBasis]
      return (SafeText("\(basis.citation). \(basis.about)"), .faint)
    }
    if line == .replaces {
      return (
        SafeText(localized("The number or folder of an earlier packet, whose next version this one is. Both are kept")),
        .faint
      )
    }
    // Whoever works in another language should know before it is sent.
    if ScreenLanguage.inUse != nil, [.title, .summary, .request].contains(line) {
      return (
        SafeText(localized("Packets are in English, as is what is proposed here; another text can take its place")),
        .faint
      )
    }
    if line == .recipientCountry || line == .senderCountry {
      return (SafeText(localized("A country's name, or its two letters (ISO 3166)")), .faint)
    }
    if line == .folder {
      return (
        SafeText(localized("Begins in the folder in which Linsang was started, which . alone stands for")), .faint
      )
    }
    return (SafeText(localized("* is needed. An existing packet is never overwritten")), .faint)
  }

  /// The fault of the line with the keyboard in full, else of no line; and how many lines there are to mend.
  private var faultInWords: String? {
    guard
      let fault = faults.first(where: { $0.line == line }) ?? faults.first(where: { $0.line == nil }) ?? faults.first
    else { return nil }
    let others = faults.filter { $0 != fault }.compactMap { $0.line?.label }
    return fault.sentence
      + (others.isEmpty ? "" : " " + localized("Also to fix: \(others.joined(separator: ", "))."))
  }

  /// What has to be mended as one sentence, and the first line of it; both nil where nothing has.
  var complaint: String? { faults.isEmpty ? nil : faults.map(\.sentence).joined(separator: " ") }
  var complaintLine: PacketDraft.Line? { faults.lazy.compactMap(\.line).first }

  /// Forgets what was known of other answers.
  mutating func forgetFaults() { (remarks, faults) = ([], []) }

  /// Shows what has to be mended, with the keyboard on the first line of that.
  mutating func take(_ faults: [PacketFault]) {
    isWriting = false
    // In the order of the form, so that the first line to mend is the first that is seen.
    let all = PacketDraft.Line.allCases
    func place(_ fault: PacketFault) -> Int { fault.line.flatMap { all.firstIndex(of: $0) } ?? -1 }
    self.faults = faults.sorted { place($0) < place($1) }
    if let line = self.faults.lazy.compactMap(\.line).first { go(to: line) }
  }
}

// MARK: - From the dashboard and back

extension State {
  /// The rows a packet would hold: what is confirmed or unsure among the marked ones, else all confirmed ones, whatever the
  /// filter shows.
  private var packetRows: (rows: [Int], subject: String) {
    let isMarked = !marked.isEmpty
    let wanted = isMarked ? markedForPacket : verdicts.confirmed
    // A listing seen in several files is one listing in the packet: its first row represents it.
    var seen: Set<UInt64> = []
    let rows = wanted.rows.filter { seen.insert(dataset.keyFingerprints[$0]).inserted }
    let left = isMarked ? counts.marked - listingCount(of: wanted) : 0
    let subject =
      left > 0
      ? localized(
        counts.marked, one: "\(grouped: rows.count) of \(grouped: counts.marked) marked listing",
        other: "\(grouped: rows.count) of \(grouped: counts.marked) marked listings")
        + ", " + localized("the others are neither confirmed nor unsure", context: "listings left out of a packet")
      : counted(rows.count, isMarked ? "marked listing" : "confirmed listing")
    return (rows, subject + hiddenWords(wanted))
  }

  /// What a packet can hold of what is marked: nothing that is undecided or a false positive.
  private var markedForPacket: RowSet {
    marked.intersection(verdicts.confirmed.union(verdicts.unsure).resized(to: marked.rowCount))
  }

  /// Why there is nothing to hand over; asked for every hint and palette line, so nothing is read for it.
  var packetBlocked: String? {
    if !marked.isEmpty {
      guard areVerdictsPlaced else { return Self.casebookIsBeingRead }
      guard markedForPacket.isEmpty else { return nil }
      return localized(
        counts.marked,
        one:
          "The \(grouped: counts.marked) marked listing is neither confirmed nor unsure, and a packet holds nothing else; "
          + "\(key("decide-marked")) decides it",
        other:
          "None of the \(grouped: counts.marked) marked listings is confirmed or unsure, and a packet holds nothing else; "
          + "\(key("decide-marked")) decides them")
    }
    // Of the confirmed listings all are meant, not those that happen to be read already.
    if !loading.isComplete {
      return localized("The files are still being read; a packet holds all confirmed listings of them")
    }
    if collaboration.isBlind {
      return localized("In a blind second review the verdicts of others are hidden, so no packet is written")
    }
    if !areVerdictsPlaced { return Self.casebookIsBeingRead }
    return verdicts.confirmed.isEmpty ? localized("No listing is confirmed or marked yet: nothing to hand over") : nil
  }

  mutating func startPacket() -> [Effect] {
    let (rows, subject) = packetRows
    mode = .packet(
      PacketSheet(
        draft: packetDraft, rows: rows, recipients: recipients, legalBases: legalBases, subject: subject,
        proposedSummary: ProposedSummary(of: rows, in: dataset).text))
    return []
  }

  /// The packet was not written.
  mutating func refusePacket(_ faults: [PacketFault]) -> [Effect] {
    guard case .packet(var sheet) = mode, sheet.isWriting else {
      return say(.failed, faults.map(\.sentence).joined(separator: " "))
    }
    sheet.take(faults)
    mode = .packet(sheet)
    return []
  }

  /// There is something to know before the packet is written.
  mutating func doubtPacket(_ remarks: [String]) -> [Effect] {
    guard case .packet(var sheet) = mode, sheet.isWriting else {
      return say(
        .warned,
        localized(
          "No packet has been written yet: \(remarks.joined(separator: "; ")). \(key("packet")) opens the form again"))
    }
    sheet.isWriting = false
    sheet.remarks = remarks
    mode = .packet(sheet)
    return []
  }

  mutating func finishPacket(_ paths: [String], _ listings: Int, isSigned: Bool) -> [Effect] {
    if case .packet(var sheet) = mode {
      // The form of the next packet took the statements over.
      for line in PacketDraft.Line.ofOnePacket {
        sheet.draft[line] = ""
        if sheet.line == line { sheet.go(to: line) }
      }
      mode = sheet.isWriting ? .browsing : .packet(sheet)
    }
    let (number, count, names) = (paths.count, counted(listings, "listing"), paths.joined(separator: ", "))
    let words =
      if isSigned {
        number == 1
          ? localized("Signed packet with \(count) written: \(names)")
          : localized("\(number) signed packets with \(count) written: \(names)")
      } else {
        number == 1
          ? localized("UNSIGNED packet with \(count) written: \(names)")
          : localized("\(number) UNSIGNED packets with \(count) written: \(names)")
      }
    let effects = say(.info, words)
    let next = packetDraft.ofNextPacket
    guard next != packetDraft else { return effects }
    packetDraft = next
    return effects + [.rememberDraft(next)]
  }
}
