import Casework
import Listings

/// What was decided since the casebook was opened, the newest of each listing's verdict and note: what is kept when the
/// casebook is lost.
///
/// Cost:   a few hundred bytes per listing decided since the log was last folded into the file, a hundred thereafter.
struct SessionLedger: Sendable {
  /// A listing's verdict, or its note.
  private struct Slot: Hashable {
    let key: ListingKey
    let isNote: Bool

    init(_ decision: Decision) {
      key = decision.key
      isNote = decision.part.action == .writeNote
    }
  }

  private var decided: [Slot: (RescuedDecision, order: Int)] = [:]
  /// What the casebook does not hold.
  private var unsaved: Set<Slot> = []
  private var count = 0
  private var foldedUpTo = 0

  /// Listings with a decision that is in no casebook.
  var unsavedKeys: [ListingKey] { Set(unsaved.map(\.key)).sorted() }

  var unsavedDecisions: [RescuedDecision] { inOrder(unsaved) }

  /// Takes in what was filed.
  mutating func save(_ decisions: [Decision], at time: String, seen: [ListingSnapshot]) {
    for slot in add(decisions, at: time, seen: seen) { unsaved.remove(slot) }
  }

  /// Takes in what the casebook refused, and gives it back as it is kept.
  mutating func refuse(_ decisions: [Decision], at time: String, seen: [ListingSnapshot]) -> [RescuedDecision] {
    let slots = add(decisions, at: time, seen: seen)
    unsaved.formUnion(slots)
    return inOrder(slots)
  }

  /// The main file alone holds all that was filed.
  mutating func fold() {
    guard foldedUpTo < count else { return }
    foldedUpTo = count
    for slot in decided.keys where !unsaved.contains(slot) { decided[slot]?.0.seen = nil }
  }

  /// Counts as unsaved what a lost casebook held of this session; where only its log was lost, what that alone held.
  mutating func lose(_ loss: CasebookLoss) {
    let first = loss == .logLost ? foldedUpTo : 0
    for (slot, (_, order)) in decided where order > first { unsaved.insert(slot) }
  }

  /// Everything is in a casebook again.
  mutating func settle() { unsaved = [] }

  private mutating func add(_ decisions: [Decision], at time: String, seen: [ListingSnapshot]) -> Set<Slot> {
    let words = Dictionary(seen.map { ($0.key, $0) }) { first, _ in first }
    count += 1
    var slots: Set<Slot> = []
    for decision in decisions {
      let slot = Slot(decision)
      let before = decided[slot]?.0.seen
      decided[slot] = (
        RescuedDecision(decision: decision, time: time, seen: words[decision.key] ?? before), count
      )
      slots.insert(slot)
    }
    return slots
  }

  private func inOrder(_ slots: Set<Slot>) -> [RescuedDecision] {
    slots.compactMap { slot in decided[slot].map { (slot, $0) } }
      .sorted { ($0.1.order, $0.0.key, $0.0.isNote ? 1 : 0) < ($1.1.order, $1.0.key, $1.0.isNote ? 1 : 0) }
      .map(\.1.0)
  }
}
