import TextCells

/// Where each pane lies on a screen of a given size.
///
/// From 100 columns on, facets are on the left, listings and detail on the right. From 60 columns on, listings and detail have
/// the whole width, a strip names the facets, and the one that has the keyboard takes the left side. Below that one pane is
/// shown at a time, and below `Layout.minimum` there is only a sentence.
package struct Layout: Equatable, Sendable {
  package static let minimum = Size(columns: 24, rows: 6)

  /// From here on a sheet has room for a sentence beside its lines.
  static let sheetRows = 8

  package static func isLargeEnough(_ size: Size) -> Bool {
    size.columns >= minimum.columns && size.rows >= minimum.rows
  }

  package let isNarrow: Bool
  /// Whether there is room for one facet at a time.
  package let isCompact: Bool
  /// The line that names the facets; empty where they are all shown, or none is.
  package let strip: Area
  package let titleBar: Area
  package let facets: [Pane: Area]
  package let table: Area
  package let detail: Area
  package let filterLine: Area
  package let hintLine: Area
  /// The whole middle, for sheets.
  package let middle: Area

  /// - Parameter hasTerms: whether there are terms to show: a pane of terms and risks is stacked where there is room, and
  ///   takes the place of the species while it has the keyboard elsewhere.
  init(_ size: Size, focus: Pane, isZoomed: Bool, hasTerms: Bool = false) {
    let (title, rest) = Area(size).cut(top: 1)
    let (middle, bottom) = rest.cut(top: max(0, rest.rows - 2))
    (filterLine, hintLine) = bottom.cut(top: 1)
    titleBar = title
    self.middle = middle
    isNarrow = size.columns < 60 || size.rows < 14
    isCompact = !isNarrow && size.columns < 100
    let none = Area(column: 0, row: 0, columns: 0, rows: 0)
    if isCompact {
      let (line, rest) = middle.cut(top: isZoomed ? 0 : 1)
      strip = isZoomed ? none : line
      let (left, right) = rest.cut(left: focus.isFacet ? Self.compactFacetColumns : 0)
      facets = focus.isFacet ? [focus: left] : [:]
      let detailRows = focus == .detail ? right.rows * 2 / 3 : max(5, right.rows / 2)
      (table, detail) = right.cut(top: right.rows - detailRows)
      return
    }
    strip = none
    if isNarrow {
      facets = focus.isFacet ? [focus: middle] : [:]
      table = focus == .listings ? middle : none
      detail = focus == .detail ? middle : none
      return
    }
    let facetColumns = isZoomed ? 0 : Self.facetColumns(size.columns)
    let (left, right) = middle.cut(left: facetColumns)
    facets = isZoomed ? [:] : Self.stack(left, focus, hasTerms: hasTerms)
    let detailRows = focus == .detail ? right.rows * 2 / 3 : max(5, right.rows * 2 / 5)
    (table, detail) = right.cut(top: right.rows - detailRows)
  }

  private static func facetColumns(_ columns: Int) -> Int { min(34, columns / 4) }

  /// A facet that is alone has room for names.
  private static let compactFacetColumns = 30

  /// From here on five facet panes have five values each.
  private static let rowsOfFive = 30

  /// Price needs fewest rows; what is left over goes to species and sellers. Where there is little room, the pane
  /// that has the keyboard is given most of it.
  private static func stack(_ area: Area, _ focus: Pane, hasTerms: Bool) -> [Pane: Area] {
    let flags: Pane = focus == .risk ? .risk : .term
    if hasTerms, area.rows >= rowsOfFive { return stackOfFive(area, flags) }
    let isAboutFlags = focus == .term || focus == .risk
    let price = min(6, max(focus == .price || area.rows >= 20 ? 5 : 3, area.rows / 5))
    let others = area.rows - price
    var (platform, second) = (others / 3, (others - others / 3) / 2)
    if others < 24, focus.hasValues {
      // A border and one value stay of the panes that have no keyboard.
      let least = max(3, min(4, others / 5))
      platform = focus == .platform ? others - 2 * least : least
      second = focus == .species || isAboutFlags ? others - 2 * least : least
    }
    let (a, rest) = area.cut(top: platform)
    let (b, rest2) = rest.cut(top: second)
    let (c, d) = rest2.cut(top: price)
    return [.platform: a, isAboutFlags ? flags : .species: b, .price: c, .seller: d]
  }

  private static func stackOfFive(_ area: Area, _ flags: Pane) -> [Pane: Area] {
    let price = min(6, area.rows / 5)
    let others = area.rows - price
    let (a, rest) = area.cut(top: others / 4)
    let (b, rest2) = rest.cut(top: others / 4)
    let (c, rest3) = rest2.cut(top: price)
    let (d, e) = rest3.cut(top: others / 4)
    return [.platform: a, .species: b, .price: c, .seller: d, flags: e]
  }

  /// Nil where the pane is not on the screen.
  package func area(of pane: Pane) -> Area? {
    switch pane {
    case .listings: table.isEmpty ? nil : table
    case .detail: detail.isEmpty ? nil : detail
    default: facets[pane]
    }
  }

  package func isShown(_ pane: Pane) -> Bool { area(of: pane) != nil }
}

extension State {
  package var layout: Layout { Layout(size, focus: focus, isZoomed: isZoomed, hasTerms: hasLexicons) }
}
