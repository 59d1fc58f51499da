import Casework
import Listings
import TerminalIO

extension State {
  /// The rows a packet would hold: the marked ones, else all confirmed ones, whatever the filter shows.
  private var packetRows: (rows: [Int], subject: String) {
    let isMarked = !marked.isEmpty
    let wanted = isMarked ? marked : verdicts.confirmed
    // A listing seen in several files is one listing in the packet: its first row stands for it.
    var seen: Set<UInt64> = []
    let rows = wanted.rows.filter { seen.insert(dataset.keyFingerprints[$0]).inserted }
    let hidden = hiddenWords(wanted)
    return (rows, counted(rows.count, isMarked ? "marked listing" : "confirmed listing") + hidden)
  }

  /// Why there is nothing to hand over; asked for every hint and palette line, so nothing is read for it.
  var packetBlocked: String? {
    if !marked.isEmpty { return nil }
    // Of the confirmed listings all are meant, not those that happen to be read already.
    if !loading.isComplete { return "The files are still being read; a packet holds all confirmed listings of them" }
    if !areVerdictsPlaced { return Self.casebookIsBeingRead }
    return verdicts.confirmed.isEmpty ? "No listing is confirmed or marked yet: nothing to hand over" : nil
  }

  mutating func startPacket() -> [Effect] {
    let (rows, subject) = packetRows
    mode = .packetForm(PacketFormSheet(draft: packetDraft, rows: rows, subject: subject))
    return []
  }

  mutating func fillForm(_ key: Key, _ sheet: PacketFormSheet) -> [Effect] {
    var sheet = sheet
    let lines = PacketDraft.Line.allCases
    let now = lines.firstIndex(of: sheet.line) ?? 0
    if sheet.isWriting {
      guard key == .escape || key == .control("c") else { return [] }
      mode = .browsing
      return say(.told, "The packet is still being written; you will be told when it is there")
    }
    switch key {
    case .escape, .control("c"):
      packetDraft = sheet.draft
      mode = .browsing
      return say(.told, "No packet was written; what you typed is kept for the next P") + [.rememberDraft(sheet.draft)]
    case .down, .tab, .enter:
      if key == .enter, now == lines.count - 1 { return submit(sheet) }
      sheet.go(to: lines[min(now + 1, lines.count - 1)])
    case .up, .backTab: sheet.go(to: lines[max(0, now - 1)])
    case .control("s"), .control("x"): return submit(sheet)
    case .left, .right, .character(" "):
      if !sheet.line.choices.isEmpty { sheet.turn(key == .left ? -1 : 1) } else { sheet.type(key) }
    default: if sheet.line.choices.isEmpty { sheet.type(key) }
    }
    mode = .packetForm(sheet)
    return []
  }

  private mutating func submit(_ sheet: PacketFormSheet) -> [Effect] {
    var sheet = sheet
    packetDraft = sheet.draft
    sheet.isWriting = true
    sheet.complaint = nil
    sheet.complaintLine = nil
    mode = .packetForm(sheet)
    return [
      .rememberDraft(sheet.draft), .exportPacket(PacketRequest(draft: sheet.draft, rows: sheet.rows, of: snapshot)),
    ]
  }

  mutating func complain(_ why: String, _ line: PacketDraft.Line?) -> [Effect] {
    guard case .packetForm(var sheet) = mode, sheet.isWriting else { return say(.failed, why) }
    sheet.isWriting = false
    sheet.complaint = why
    sheet.complaintLine = line
    if let line { sheet.go(to: line) }
    mode = .packetForm(sheet)
    return []
  }

  mutating func finishPacket(_ path: String, _ listings: Int) -> [Effect] {
    if case .packetForm(let sheet) = mode, sheet.isWriting { mode = .browsing }
    let told = say(.told, "Packet with \(counted(listings, "listing")) written: \(path)")
    // It was stated of that packet; of the next one it has to be stated again.
    if packetDraft[.goodFaith].isEmpty { return told }
    packetDraft[.goodFaith] = ""
    return told + [.rememberDraft(packetDraft)]
  }
}

extension PacketFormSheet {
  mutating func go(to newLine: PacketDraft.Line) {
    line = newLine
    editor = LineEditor(draft[newLine])
  }

  mutating func turn(_ direction: Int) {
    let choices = line.choices
    let now = choices.firstIndex(of: draft[line]) ?? 0
    draft[line] = choices[(now + direction + choices.count) % choices.count]
    editor = LineEditor(draft[line])
  }

  mutating func type(_ key: Key) {
    if editor.take(key) { draft[line] = editor.text }
  }
}
