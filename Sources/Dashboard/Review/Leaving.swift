import Sentences
import TerminalIO

// Nobody leaves before the disk has answered, unless they say so.

extension State {
  /// Leaves when every decision is on disk; asks where one was refused.
  mutating func leave() -> [Effect] {
    if decisions.savingCount > 0 {
      isLeaving = true
      return say(
        .info, "Saving \(counted(decisions.savingCount, "decision")), then leaving · Esc stays · ^C leaves now")
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
    packetDraft = sheet.draft
    return [.rememberDraft(sheet.draft)]
  }

  private func unsavedQuestion(_ count: Int) -> QuestionSheet {
    let (it, them, stays) = count == 1 ? ("It is", "it", "it stays") : ("They are", "them", "they stay")
    let what = "\(counted(count, "decision")) could NOT be saved"
    guard let file = casebook.unsavedFile else {
      return QuestionSheet(
        subject: .leaveUnsaved, text: what + " and would be lost.", leaving: "leave without \(them)")
    }
    return QuestionSheet(
      subject: .leaveUnsaved,
      text: what + ". \(it) kept in \(file); `\(key("commands"))rescue` files \(them) into a casebook that you name.",
      leaving: "leave; \(stays) there")
  }

  mutating func leaveNow() -> [Effect] {
    isRunning = false
    return [.remember(position)] + unfinishedPacket + [.leaveWhenFiled]
  }

  /// The link dropped: what was typed is remembered as far as it can be.
  mutating func hangUp() -> [Effect] { leaveNow() }

  private var unfinishedPacket: [Effect] {
    if case .packet(let sheet) = mode { [.rememberDraft(sheet.draft)] } else { [] }
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
      return say(.info, "Staying")
    default: return say(.info, "Saving before leaving · Esc stays · ^C leaves now")
    }
  }
}
