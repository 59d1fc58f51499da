import Hashing
import Workspace

/// What the listings of a packet were read with: enough to read them again, and to see whether that would be the same.
package struct ReadingBasis: Equatable, Sendable {
  /// The lexicons that were on, the user's own among them.
  package var lexicons: [CitedFile] = []
  /// The names of those that were off.
  package var lexiconsOff: [String] = []
  /// The tables beside them: groups of exclusions, taxa, names, listings, sources, switches.
  package var tables: [CitedFile] = []
  /// How risk is reckoned, in sentences.
  package var rule: [String] = []
  /// The words of the groups to which cited terms refer, by the group's name.
  package var groups: [String: [String]] = [:]
  /// The sources that cited terms and listings name, by id; an id that no table explains is not there.
  package var termSources: [CitedSource] = []
  package var taxonSources: [CitedSource] = []
  /// The day up to which the CITES appendices are known as a whole; nil where there is no table.
  package var appendicesKnownUpTo: String?
  /// What everybody who reads an appendix must know of the table.
  package var appendicesWarning: String?

  package init() {}

  /// Nothing was read: no lexicon was on, and there were no tables.
  package static let nothing = ReadingBasis()

  package var isRead: Bool { !lexicons.isEmpty }
  package var hasTaxa: Bool { appendicesKnownUpTo != nil || appendicesWarning != nil }
}

/// Where the meaning of a term, or the place of a taxon in a list, was published.
package struct CitedSource: Hashable, Sendable {
  package var id: String
  package var citation: String
  package var address: String
  /// The day on which it was looked at, or for which it speaks.
  package var day: String?
  package var note: String

  package init(id: String, citation: String, address: String = "", day: String? = nil, note: String = "") {
    self.id = id
    self.citation = citation
    self.address = address
    self.day = day
    self.note = note
  }
}
