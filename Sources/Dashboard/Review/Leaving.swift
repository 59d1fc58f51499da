import Sentences
import TerminalIO

// Nobody leaves before the disk has answered, unless they say so.

extension State {
  /// Leaves when every decision is on disk; asks where one was refused.
  mutating func leave() -> [Effect] {
    if decisions.savingCount > 0 {
      isLeaving = true
      let count = counted(decisions.savingCount, "decision")
      return say(.info, localized("Saving \(count), then leaving · Esc stays · ^C leaves now"))
    }
    guard decisions.refusedCount > 0 else { return leaveNow() }
    let effects = keepTypedDrafts()
    mode = .question(unsavedQuestion(decisions.refusedCount))
    return effects
  }

  /// Keeps what is typed into a sheet that is about to give way to a question.
  private mutating func keepTypedDrafts() -> [Effect] {
    noteDrafts = allNoteDrafts
    guard case .packet(let sheet) = mode else { return [] }
    packetDraft = sheet.kept
    return [.rememberDraft(sheet.kept)]
  }

  private func unsavedQuestion(_ count: Int) -> QuestionSheet {
    guard let file = casebook.unsavedFile else {
      return QuestionSheet(
        subject: .leaveUnsaved,
        text: localized(
          count, one: "\(grouped: count) decision could NOT be saved and would be lost.",
          other: "\(grouped: count) decisions could NOT be saved and would be lost."),
        leaving: localized(count, one: "leave without it", other: "leave without them"))
    }
    let rescue = "`\(key("commands"))rescue`"
    let unsaved = localized(
      count, one: "\(grouped: count) decision could NOT be saved.",
      other: "\(grouped: count) decisions could NOT be saved.")
    let kept = localized(
      count, one: "It is kept in \(file); \(rescue) saves it to a casebook that you name.",
      other: "They are kept in \(file); \(rescue) files them into a casebook that you name.")
    return QuestionSheet(
      subject: .leaveUnsaved, text: unsaved + " " + kept,
      leaving: localized(count, one: "leave; it stays there", other: "leave; they stay there"))
  }

  mutating func leaveNow() -> [Effect] {
    isRunning = false
    return [.remember(position)] + unfinishedPacket + [.leaveWhenFiled]
  }

  /// The link dropped: what was typed is remembered as far as it can be.
  mutating func hangUp() -> [Effect] { leaveNow() }

  private var unfinishedPacket: [Effect] {
    if case .packet(let sheet) = mode { [.rememberDraft(sheet.kept)] } else { [] }
  }

  mutating func leaveIfSettled() -> [Effect] {
    guard isLeaving, decisions.savingCount == 0 else { return [] }
    isLeaving = false
    let refusal = notice?.kind == .failed ? notice : nil
    let effects = leave()
    if isRunning, let refusal { notice = refusal }
    return effects
  }

  /// A key while the disk is being waited for.
  mutating func pressWhileLeaving(_ key: Key) -> [Effect] {
    if keyBindings.keys(of: "quit").contains(key) { return leaveNow() }
    switch key {
    case .escape:
      isLeaving = false
      return say(.info, localized("Staying"))
    default: return say(.info, localized("Saving before leaving · Esc stays · ^C leaves now"))
    }
  }
}
