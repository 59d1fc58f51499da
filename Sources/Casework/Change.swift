import Listings

/// What the analyst asks of the casebook with one key press. It becomes one act, and one step of undo.
package enum Change: Equatable, Sendable {
  /// Files the verdict (nil clears it) for the listings. A reason is kept with a false positive only: it says why
  /// a listing is one.
  case file(Verdict?, reason: Reason?, for: [ListingKey])
  /// Writes the note; nil or blank text clears it.
  case write(note: String?, for: ListingKey)
  /// Takes back this analyst's latest act that is not taken back yet.
  case undo
  /// Does again what this analyst took back last.
  case redo
}

/// A listing's words as the analyst saw them when deciding, kept so that the log can be read years later, when
/// the scrapers' files are gone. Not evidence: that is the event, and the packet's capture facts.
package struct ListingSnapshot: Equatable, Sendable {
  package struct Sighting: Equatable, Sendable {
    package let file: String
    package let row: Int

    package init(file: String, row: Int) {
      self.file = file
      self.row = row
    }
  }

  package let key: ListingKey
  package let title: String?
  package let platform: String?
  package let url: String?
  package let seller: String?
  package let sighting: Sighting

  package init(
    key: ListingKey, title: String?, platform: String?, url: String?, seller: String?, sighting: Sighting
  ) {
    self.key = key
    self.title = title
    self.platform = platform
    self.url = url
    self.seller = seller
    self.sighting = sighting
  }
}
