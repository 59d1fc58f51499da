import Casework
import Listings
import Sentences
import TextCells

/// What each analyst said about a listing, side by side, as lines of the detail pane; none where only one spoke.
///
/// Shape:  where they disagree a line that says so, then a line for each verdict and for each note.
struct ReviewLines {
  struct Line {
    let name: String
    let text: String
    let role: Role
  }

  private(set) var lines: [Line] = []

  init(on key: ListingKey, _ state: State) {
    guard let reviews = state.snapshot.reviews?[key] else { return }
    let open = state.snapshot.reviews?.disagreement(on: key)
    if open != nil {
      let all = state.key("disagreements")
      let words = localized("your verdict now settles it") + " · " + localized("\(all) shows all")
      lines.append(Line(name: localized("disagree"), text: words, role: .flagged))
    }
    let verdicts = reviews.verdicts
    if verdicts.count > 1 || verdicts.contains(where: { $0.opinion.analyst != state.analyst }) {
      for (number, review) in verdicts.enumerated() {
        let opinion = review.opinion
        var words = "\(opinion.analyst): \(opinion.verdict?.screenLabel ?? localized("cleared", context: "a verdict"))"
        if case .verdict(_, let reason?) = opinion.part { words += " (\(reason.screenLabel))" }
        words += " · \(opinion.time.prefix(10)) \(opinion.time.dropFirst(11).prefix(5)) UTC"
        if opinion.isBlind { words += " · " + localized("blind", context: "a review") }
        if !opinion.settles.isEmpty { words += " · " + localized("settled a disagreement") }
        lines.append(
          Line(
            name: number == 0 ? localized("verdicts") : " ", text: words, role: VerdictMark.role(opinion.verdict)))
      }
    }
    for (number, review) in reviews.notes.enumerated() {
      guard case .note(let note?) = review.opinion.part else { continue }
      let name = number == 0 ? localized("notes") : " "
      lines.append(Line(name: name, text: "\(review.opinion.analyst): \(note)", role: .notice))
    }
  }
}
