/// One analyst's undo and redo, without end and across restarts: it is read off the chain, not remembered beside it.
///
/// Shape:  two stacks of acts. A change goes onto the one and empties the other; undo moves its top across, redo
///         moves it back. Acts of other analysts are passed over: nobody undoes a colleague's work.
/// Cost:   O(acts) to build, O(1) per further act.
package struct History: Equatable, Sendable {
  package let analyst: String
  private var undoable: [Act] = []
  private var redoable: [Act] = []

  package init(of analyst: String, acts: some Sequence<Act> = []) {
    self.analyst = analyst
    for act in acts { append(act) }
  }

  /// The history as the events tell it; they must be whole acts, in order.
  package init(of analyst: String, events: [Event]) {
    self.init(of: analyst)
    var start = 0
    while start < events.count {
      let end = events[start...].firstIndex { $0.act != events[start].act } ?? events.count
      if let act = Act(events[start..<end]) { append(act) }
      start = end
    }
  }

  /// The act that undo would take back.
  package var nextUndo: Act? { undoable.last }
  /// The act that redo would do again.
  package var nextRedo: Act? { redoable.last }

  package mutating func append(_ act: Act) {
    guard act.analyst == analyst else { return }
    switch act.kind {
    case .change:
      undoable.append(act)
      redoable = []
    case .undo(let other):
      if undoable.last?.number == other { redoable.append(undoable.removeLast()) }
    case .redo(let other):
      if redoable.last?.number == other { undoable.append(redoable.removeLast()) }
    case .other: break
    }
  }
}
