import Casework
import Listings
import Sentences
import TerminalIO
import TextCells
import Workspace

/// A listing whose files are asked for, and its row.
package struct EvidenceRequest: Equatable, Sendable {
  package let listing: ListingKey
  package let row: Int
  /// What it is a row of.
  package let snapshot: Snapshot
}

/// The files of a listing: those that analysts attached, and those that its row names.
package struct EvidenceSheet: Sheet {
  package let request: EvidenceRequest
  /// The listing's title.
  let title: SafeText
  /// Nil while they are being looked for.
  package var entries: [ListedEvidence]?
  /// Why they are not known; nil where they are.
  var trouble: String?
  var list = ListPosition()

  init(_ request: EvidenceRequest, title: SafeText) { (self.request, self.title) = (request, title) }

  static let name = "the evidence"
  var mode: Mode { .evidence(self) }
  var kind: Mode.Kind { .evidence }

  // MARK: Its keys

  static let keys: [SheetKey<EvidenceSheet>] =
    [
      SheetKey(
        [.escape, .left, .character("h"), .backspace], Sentence("back"), hint: Sentence("back"), as: ["from-detail"]
      ) { _, _ in
        .close()
      },
      SheetKey([.character("a")], Sentence("attach a file"), hint: Sentence("attach a file"), weight: .opens) {
        $0.startAttaching(&$1)
      },
      SheetKey(
        [.character("u")], Sentence("withdraw the attachment under the cursor; that is recorded, and the file stays"),
        hint: Sentence("withdraw"), weight: .decides, as: ["undo"]
      ) { .stay($0.withdraw(&$1)) },
      SheetKey(
        [.enter, .character("o")], Sentence("look at the picture under the cursor; nothing is decoded before that"),
        hint: Sentence("look"),
        when: { $0.entry?.isPicture == true }
      ) { $0.look(&$1) },
      SheetKey([.character("y")], Sentence("copy the SHA-256"), hint: Sentence("copy SHA-256"), as: ["copy"]) {
        sheet, _ in
        .stay(sheet.entry.map { $0.digest.isEmpty ? [] : [.copy($0.digest)] } ?? [])
      },
      SheetKey([.character("q"), .character("E"), .control("c")], Sentence("close"), as: ["quit", "evidence"]) { _, _ in
        .close()
      },
    ] + SheetKey.moving(spaceTurns: true) { sheet, step, state in sheet.move(step, state) }

  private func startAttaching(_ state: inout State) -> SheetStep {
    if let refusal = state.decidingBlocked { return .stay(state.say(.warned, refusal)) }
    state.mode = .evidenceForm(EvidenceForm(from: self))
    return .close()
  }

  private func withdraw(_ state: inout State) -> [Effect] {
    if let refusal = state.decidingBlocked { return state.say(.warned, refusal) }
    guard let entry else { return [] }
    guard let attached = entry.attached else {
      return state.say(.warned, localized("The row names this file; only what was attached can be withdrawn"))
    }
    if !attached.isInForce { return state.say(.warned, localized("This attachment has already been withdrawn")) }
    if attached.chain != nil {
      return state.say(.warned, localized("This came from another casebook; withdraw it there, and merge again"))
    }
    return [.withdrawAttachment(attached.number, request)]
  }

  /// What is under the cursor; nil where there is nothing.
  var entry: ListedEvidence? {
    guard let entries, entries.indices.contains(list.cursor) else { return nil }
    return entries[list.cursor]
  }

  // MARK: Moving

  private mutating func move(_ step: Step, _ state: State) {
    list.move(step, rows: Self.listRows(state), count: entries?.count ?? 0)
  }

  mutating func settle(_ state: State) { list.settle(rows: Self.listRows(state), count: entries?.count ?? 0) }
}

extension State {
  /// Opens the files of the listing under the cursor.
  mutating func startEvidence() -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    let request = EvidenceRequest(listing: snapshot.key(of: row), row: row, snapshot: snapshot)
    mode = .evidence(EvidenceSheet(request, title: SafeText(utf8: dataset.bytes(of: .title, at: row), clippedTo: 60)))
    return [.findEvidence(request)]
  }

  /// The sheet of a listing, open or behind a form.
  private mutating func changeEvidence(of listing: ListingKey, _ change: (inout EvidenceSheet) -> Void) {
    switch mode {
    case .evidence(var sheet) where sheet.request.listing == listing:
      change(&sheet)
      mode = .evidence(sheet)
      settleSheet()
    case .evidenceForm(var form) where form.from.request.listing == listing:
      change(&form.from)
      mode = .evidenceForm(form)
    default: break
    }
  }

  mutating func show(_ entries: [ListedEvidence], of listing: ListingKey) -> [Effect] {
    changeEvidence(of: listing) { ($0.entries, $0.trouble) = (entries, nil) }
    return []
  }

  mutating func showNoEvidence(_ why: String, of listing: ListingKey) -> [Effect] {
    changeEvidence(of: listing) { $0.trouble = why }
    return say(.failed, why)
  }

  /// A file was attached, or an attachment withdrawn.
  mutating func finishAttaching(_ sentence: String) -> [Effect] {
    if case .evidenceForm(let form) = mode, form.isWriting {
      mode = .evidence(form.from)
      settleSheet()
    }
    return say(.info, sentence)
  }

  mutating func refuseAttaching(_ why: String, _ part: AttachmentDraft.Part?) -> [Effect] {
    guard case .evidenceForm(var form) = mode, form.isWriting else { return say(.failed, why) }
    form.refuse(why, part)
    mode = .evidenceForm(form)
    return []
  }

  /// A path that was being typed is completed, unless it has changed since.
  mutating func complete(_ completion: PathCompletion, of typed: String) -> [Effect] {
    guard case .evidenceForm(var form) = mode, !form.isWriting else { return [] }
    form.complete(completion, of: typed)
    mode = .evidenceForm(form)
    return []
  }
}
