import Casework
import Listings

/// Listings turned into evidence: what each row says, what was decided about it and by whom, the bytes that prove it, and
/// what its words and species cell were read as. Every kind of packet renders this one value and nothing else.
///
/// Shape:  a listing per row that was asked for, in that order.
package struct CaseFile: Equatable, Sendable {
  package var listings: [CaseListing]
  /// The casebook that the verdicts come from; nil where they come from none.
  package var casebook: CasebookReference?
  /// The lexicons and tables that the listings were read with.
  package var reading: ReadingBasis

  package init(
    _ listings: [CaseListing] = [], casebook: CasebookReference? = nil, reading: ReadingBasis = .nothing
  ) {
    self.listings = listings
    self.casebook = casebook
    self.reading = reading
  }
}

/// How long the casebook's audit chain was, and its end, when the case file was made: enough to find the cited events
/// again and to see that nothing before them was changed since.
package struct CasebookReference: Equatable, Sendable {
  package var headHash: String
  package var entries: Int

  package init(headHash: String, entries: Int) {
    self.headHash = headHash
    self.entries = entries
  }
}

/// What a case file takes from a casebook.
package struct CaseRecords {
  let casebook: () throws -> CasebookReference
  let filings: [ListingKey: (standing: Standing, event: EventNumber)]
  let events: (ListingKey) throws -> [AuditLine]

  /// - Parameters:
  ///   - casebook: how long its log is; asked last, so that no event is cited that lies beyond.
  ///   - filings: what is decided, and the event that decided it.
  ///   - events: the lines of the casebook's log about a listing, in its order.
  package init(
    _ casebook: @escaping () throws -> CasebookReference,
    filings: [ListingKey: (standing: Standing, event: EventNumber)],
    events: @escaping (ListingKey) throws -> [AuditLine]
  ) {
    self.casebook = casebook
    self.filings = filings
    self.events = events
  }
}

/// Why no case file could be made.
package enum CaseFileError: Error, Equatable {
  /// The file of that name was cut or written over while it was open, so its rows can no longer be quoted.
  case fileChanged(name: String)
}

extension String {
  /// The text, or nil where there is none: an unknown is never written as "".
  package var nonEmpty: String? { isEmpty ? nil : self }
}
