import Filters
import Sentences
import TerminalIO
import TextCells

// Where there is no room for the facet panes, a line names them with the keys that open them.

extension State {
  /// The facets in one line: `1 Platform 12  2 Species 401  3 Price  4 Seller 49,379  7 Terms 219`. A choice stands in place of the
  /// count, and the facet with the keyboard is marked.
  func stripNode(columns: Int) -> Node {
    var pieces: [Piece] = []
    var start = 1
    for pane in Pane.allCases where pane.isFacet && isInStrip(pane) {
      let name = SafeText(heading(of: pane, stripTitle(of: pane)))
      let more = stripValue(of: pane)
      let width = name.width + (more.width > 0 ? 1 + more.width : 0)
      guard start + width < columns else { break }
      let key = Key.character(Unicode.Scalar(UInt8(0x30 + pane.rawValue)))
      let isCurrent = focus == pane && mode.showsFocus
      pieces.append(Piece(name, isCurrent ? .columnHeadingSorted : .columnHeading, .button(key), at: start))
      if more.width > 0 {
        let isChosen = isChosen(pane)
        pieces.append(
          Piece(more, isChosen ? .facetChosen : .facetCount, .value("values"), at: start + name.width + 1))
      }
      start += width + 2
    }
    return .line(pieces, .headings)
  }

  /// Whether the pane has anything to count.
  private func isInStrip(_ pane: Pane) -> Bool { (pane != .term && pane != .risk) || hasLexicons }

  private func stripTitle(of pane: Pane) -> String {
    pane == .price ? localized("Price") : dimension(of: pane)?.title ?? ""
  }

  private func isChosen(_ pane: Pane) -> Bool {
    if pane == .price { return filter.withoutPrices != filter }
    return facetSubject(of: pane).map { !filter.chosenNames(in: $0).isEmpty } ?? false
  }

  /// The one value that is chosen, how many are, or else how many there are.
  private func stripValue(of pane: Pane) -> SafeText {
    guard let subject = facetSubject(of: pane) else { return isChosen(pane) ? "●" : "" }
    let chosen = filter.chosenNames(in: subject)
    // What is left out has the sign that it has in its pane.
    let isExcluded = chosen.allSatisfy { filter.choice(of: $0, in: subject) == .excluded }
    let sign = isExcluded ? "⊘" : "●"
    if chosen.count == 1, let name = chosen.first { return SafeText(sign + name).clipped(to: 14) }
    if chosen.count > 1 { return SafeText("\(sign)\(chosen.count)") }
    let count = shownValues(of: subject).count
    return count > 0 ? SafeText(grouped(count)) : ""
  }
}
