import Sentences
import TextCells

extension State {
  /// The whole screen: what is on it, and where `layout` puts it. What comes later lies over what came before.
  package var screen: Node {
    let layout = layout
    guard Layout.isLargeEnough(size) else { return tooSmallScreen }
    var parts = [part(layout.titleBar, TitleBar.node(self, columns: layout.titleBar.columns))]
    if !layout.strip.isEmpty { parts.append(part(layout.strip, stripNode(columns: layout.strip.columns))) }
    for pane in Pane.allCases {
      guard let area = layout.area(of: pane), !area.isEmpty, let node = node(of: pane, in: area.size) else { continue }
      parts.append(part(area, node))
    }
    parts.append(part(layout.filterLine, filterNode(columns: layout.filterLine.columns)))
    parts.append(part(layout.hintLine, HintLine.node(self, columns: layout.hintLine.columns)))
    if let sheet = mode.sheet?.node(self, in: layout.middle.size) { parts.append(part(layout.middle, sheet)) }
    if let notice = noticeNode(layout) { parts.append(notice) }
    return Node(.screen, .placed(parts))
  }

  private func part(_ area: Area, _ node: Node) -> Node.Part { Node.Part(area: area, node: node) }

  private func node(of pane: Pane, in size: Size) -> Node? {
    switch pane {
    case .listings: listingsNode(in: size)
    case .detail: detailNode(in: size)
    case .price: priceNode(in: size)
    case .platform, .species, .seller, .term, .risk: facetNode(pane, in: size)
    }
  }

  /// A sentence in place of panes that would be too small to read; only leaving is possible then.
  private var tooSmallScreen: Node {
    let leaving = key("quit")
    var text = localized("linsang: enlarge the window, or \(leaving)")
    if case .question(let question) = mode, question.subject == .leaveUnsaved {
      text = question.text + " " + localized("\(leaving) leaves", context: "a key")
    }
    let width = max(1, size.columns)
    let lines = SafeText(text).wrapped(to: width).map { Node.line([Piece($0, .notice)]) }
    return .stack(lines.enumerated().map { $0 == 0 ? .line($1, hasCursor: true) : $1 }, .screen)
  }
}

/// Draws the whole screen. Reads the state, speaks in roles, never fails.
package func draw(_ state: State, into frame: inout Frame) {
  frame.clear(state.size)
  frame.draw(state.screen, in: Area(state.size))
  // A notice over the panes must not hide the cursor.
  if state.mode == .browsing, let notice = state.noticeNode(state.layout), let cursor = frame.cursor,
    cursor.row >= notice.area.row
  {
    frame.cursor?.row = notice.area.row
  }
}
