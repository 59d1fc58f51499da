/// What a piece of the screen means. Drawing speaks in roles; a theme says how each looks.
///
/// The raw value is the name used in theme files.
package enum Role: String, CaseIterable, Sendable {
  // The frame of the screen.
  case text
  case faint
  case border
  case borderFocused = "border-focused"
  case paneTitle = "pane-title"
  case paneTitleFocused = "pane-title-focused"
  case titleBar = "title-bar"
  case titleBarStrong = "title-bar-strong"
  case statusLine = "status-line"
  case keyHint = "key-hint"
  case keyName = "key-name"
  // Decisions.
  case confirmed
  case falsePositive = "false-positive"
  case unsure
  case unreviewed
  case saving
  // Listings.
  case columnHeading = "column-heading"
  case columnHeadingSorted = "column-heading-sorted"
  case price
  case priceUnread = "price-unread"
  case platform
  case species
  case seller
  case date
  case title
  case fieldName = "field-name"
  case hit
  /// A code word that speaks for wildlife.
  case hitTerm = "hit-term"
  /// Words of selling and hiding.
  case hitCue = "hit-cue"
  /// Words that speak for something else.
  case hitHarmless = "hit-harmless"
  /// A code word that counts little or nothing here.
  case hitWeak = "hit-weak"
  /// The code word that the analyst went to.
  case hitCurrent = "hit-current"
  case flagged
  case hiddenCharacter = "hidden-character"
  /// What passes for other characters than it is, as the lens shows it.
  case disguised
  // Facets.
  case facetValue = "facet-value"
  case facetCount = "facet-count"
  case facetBar = "facet-bar"
  case facetChosen = "facet-chosen"
  case facetExcluded = "facet-excluded"
  // Asking and telling.
  case filterText = "filter-text"
  case filterError = "filter-error"
  case input
  case notice
  case warning
  case failure
  case progress
}

/// What lies behind a cell's role: the cursor's row, a marked row, or nothing.
///
/// The raw value is the name used in theme files, under `[ground]`.
package enum Ground: String, CaseIterable, Sendable {
  case plain
  case cursor
  case cursorUnfocused = "cursor-unfocused"
  case marked
  case bar
  case sheet
}
