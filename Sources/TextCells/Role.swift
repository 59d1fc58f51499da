/// What a piece of the screen means. Drawing speaks in roles; a theme gives each its style.
///
/// Shape:  the raw value is the key in theme files, so it never changes.
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
  /// A verdict that is not on disk yet.
  case saving
  // Listings.
  case columnHeading = "column-heading"
  case columnHeadingSorted = "column-heading-sorted"
  case price
  /// A price whose amount could not be read, shown as advertised.
  case priceUnread = "price-unread"
  case platform
  case species
  case seller
  case date
  case title
  case fieldName = "field-name"
  case hit
  /// A code word that points to wildlife.
  case hitTerm = "hit-term"
  /// Words that show selling or concealment.
  case hitCue = "hit-cue"
  /// Benign words, which point to something else.
  case hitBenign = "hit-harmless"
  /// A code word that counts for little or nothing here.
  case hitWeak = "hit-weak"
  /// The code word the analyst jumped to.
  case hitCurrent = "hit-current"
  case flagged
  /// The stand-in for a character that would be invisible or would control the terminal.
  case hiddenCharacter = "hidden-character"
  /// A look-alike character, as the lens shows it.
  case disguised
  // Facets.
  case facetValue = "facet-value"
  case facetCount = "facet-count"
  case facetBar = "facet-bar"
  case facetChosen = "facet-chosen"
  case facetExcluded = "facet-excluded"
  // Input and messages.
  case filterText = "filter-text"
  case filterError = "filter-error"
  case input
  case notice
  case warning
  case failure
  case progress
}

/// What lies behind a cell's role: the cursor's row, a marked row, a bar, a sheet, or nothing.
///
/// Shape:  the raw value is the key in theme files, in the table `[ground]`, so it never changes.
package enum Backdrop: String, CaseIterable, Sendable {
  case plain
  /// The cursor's row in the pane that has the focus.
  case cursor
  /// The cursor's row in every other pane.
  case cursorUnfocused = "cursor-unfocused"
  case marked
  case bar
  case sheet
}
