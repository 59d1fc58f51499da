import Casework
import Hashing
import Listings
import SmallFormats

/// Listings turned into evidence: what each row says, the decision and who made it, the bytes that prove it, and how words
/// and species cell were read. Every kind of packet renders this one value and nothing else.
///
/// Shape:  one listing per row that was asked for, in that order.
package struct CaseFile: Equatable, Sendable {
  /// One per row that was asked for.
  package var listings: [CaseListing]
  /// The casebook that the decisions come from; nil for none.
  package var casebook: CasebookReference?
  /// What the listings were read with.
  package var reading: ReadingBasis
  /// Which of the listings are one advert; nil where that was not looked for.
  package var copies: CaseCopies?
  /// How the listings were chosen; nil where that is not known.
  package var selection: CaseSelection?
  /// What a dollar bought of currencies, those of the listings among them; empty where no table is at hand.
  package var rates: [ExchangeRate] = []

  package init(
    _ listings: [CaseListing] = [], casebook: CasebookReference? = nil, reading: ReadingBasis = .nothing,
    copies: CaseCopies? = nil, selection: CaseSelection? = nil
  ) {
    self.copies = copies
    self.selection = selection
    self.listings = listings
    self.casebook = casebook
    self.reading = reading
  }
}

/// The length and the end of the casebook's audit chain when the case file was made. With it, the cited events can be found
/// again, and any change before them shows.
package struct CasebookReference: Equatable, Sendable {
  /// The SHA-256 of the last line.
  package var headHash: String
  /// How many events the chain has.
  package var entries: Int

  package init(headHash: String, entries: Int) {
    self.headHash = headHash
    self.entries = entries
  }
}

/// A line of another casebook's chain, which came by merging.
package struct ForeignLine: Equatable, Sendable {
  /// The token of that casebook.
  package let chain: String
  package let line: AuditLine

  package init(chain: String, line: AuditLine) { (self.chain, self.line) = (chain, line) }
}

/// What a case file takes from a casebook, as functions, so that the casebook is read only for the listings needed.
package struct CaseRecords {
  /// Asked once, at the end.
  let casebook: () throws -> CasebookReference
  /// By key.
  let filings: [ListingKey: (status: ReviewStatus, event: EventNumber)]
  let events: (ListingKey) throws -> [AuditLine]
  /// By key; nil where the log's own lines say it all.
  package var others: ((ListingKey) throws -> OtherCasebooks)?
  /// The files attached to a listing; nil where nothing can be attached.
  package var files: ((ListingKey) throws -> ListingFiles)?
  /// Which columns name files.
  package var evidenceColumns = EvidenceColumns(rows: [])

  /// What other casebooks, which were merged into this one, say about a listing.
  package struct OtherCasebooks {
    /// Their lines about it.
    package let lines: [ForeignLine]
    /// Who gave the verdict in force, and when; nil without one.
    package let decided: (by: String, at: String)?
    /// What is in force of the description.
    package let described: [Aspect: Review]

    package init(lines: [ForeignLine], decided: (by: String, at: String)?, described: [Aspect: Review] = [:]) {
      (self.lines, self.decided, self.described) = (lines, decided, described)
    }
  }

  /// - Parameters:
  ///   - casebook: the length of the log. It is called last, so that no event beyond it is cited.
  ///   - filings: the review statuses, and the event behind each.
  ///   - events: the log's lines about a listing, in order.
  package init(
    _ casebook: @escaping () throws -> CasebookReference,
    filings: [ListingKey: (status: ReviewStatus, event: EventNumber)],
    events: @escaping (ListingKey) throws -> [AuditLine]
  ) {
    self.casebook = casebook
    self.filings = filings
    self.events = events
  }
}

/// Why a case file could not be made.
package enum CaseFileError: Error, Equatable {
  /// The file was cut or overwritten while it was open, so its rows can no longer be quoted.
  case fileChanged(name: String)
}

extension String {
  /// The text; nil for an empty one. An unknown value is never written as "".
  package var nonEmpty: String? { isEmpty ? nil : self }
}

/// One listing as it goes into a packet: what its row says, the decision, and the evidence.
///
/// Shape:  whatever a row may lack is optional or empty. Missing facts are written as unknown, never guessed.
package struct CaseListing: Equatable, Sendable {
  package var key: ListingKey
  /// The platform's own number for the listing.
  package var reference: String?
  package var platform = PlatformFacts()
  package var seller = SellerFacts()
  /// As collected; it may not be a web address.
  package var address: String?
  /// Whether an address was collected that this case file leaves out.
  package var isAddressWithheld = false
  package var title: String?
  package var text: String?
  /// BCP 47.
  package var language: String?
  /// When it was posted, only if the row has the time of day; a bare date is in `postedText`.
  package var postedAt: UTCTime?
  /// The date as the row writes it.
  package var postedText: String?
  /// The day of the advert: that of its posting, else that of its capture.
  package var day: CalendarDay?
  /// The first capture.
  package var firstSeen: UTCTime?
  /// The last capture.
  package var lastSeen: UTCTime?
  /// The names in the species cell, in its order.
  package var taxa: [String] = []
  /// The quantity as the row writes it.
  package var quantityText: String?
  package var price: PriceFacts?
  package var location = LocationFacts()
  /// The places, each with whose it is.
  package var places = CasePlaces()
  /// How the seller is reached, paid and ships, by the words of title and text; each once, in their order.
  package var cues: [ListingCue] = []
  /// The review status, and who set it.
  package var decision: CaseDecision
  /// The row itself, as bytes.
  package var evidence: [RowEvidence]
  /// Files beside the row: attached by a person, or named by its fields.
  package var files: [FileEvidence] = []
  /// Such files that could not be had.
  package var missingFiles: [MissingEvidence] = []
  /// How its words and species cell were read; nil if they were not.
  package var reading: CitedReading?
  /// The casebook's lines about the listing, in order.
  package var events: [AuditLine] = []
  /// The lines of other casebooks, which were merged into this one, about the listing.
  package var foreignEvents: [ForeignLine] = []
  /// Fields without a property above, by name, in the order of the file.
  package var otherFields: [NamedField] = []

  package init(key: ListingKey, decision: CaseDecision, evidence: [RowEvidence]) {
    self.key = key
    self.decision = decision
    self.evidence = evidence
  }
}

/// A word of an advert that says how its seller is reached, paid or ships. It is no evidence of anything.
package struct ListingCue: Hashable, Sendable {
  /// `contact`, `payment` or `shipping`.
  package let kind: String
  /// What it stands for: `WhatsApp`, `phone number`.
  package let name: String
  /// As the advert has it; nil where that is left out.
  package var text: String?

  package init(kind: String, name: String, text: String?) { (self.kind, self.name, self.text) = (kind, name, text) }
}

/// Where the listing was offered.
package struct PlatformFacts: Hashable, Sendable {
  package var name: String?
  /// The host of its address.
  package var domain: String?
  package var country: String?

  package init(name: String? = nil, domain: String? = nil, country: String? = nil) {
    self.name = name
    self.domain = domain
    self.country = country
  }
}

/// Who offered it, by the row.
package struct SellerFacts: Hashable, Sendable {
  /// The name that the seller uses there.
  package var alias: String?
  /// The platform's own number for the account.
  package var userID: String?
  package var profileAddress: String?
  /// The country that the seller states.
  package var statedCountry: String?

  package init(
    alias: String? = nil, userID: String? = nil, profileAddress: String? = nil, statedCountry: String? = nil
  ) {
    self.alias = alias
    self.userID = userID
    self.profileAddress = profileAddress
    self.statedCountry = statedCountry
  }
}

/// The price, as advertised and as read.
package struct PriceFacts: Equatable, Sendable {
  /// As the row writes it.
  package var asAdvertised: String
  /// In decimal digits with a point, `1200.50`; nil if it could not be read.
  package var amount: String?
  /// ISO 4217.
  package var currency: String?

  package init(asAdvertised: String, amount: String? = nil, currency: String? = nil) {
    self.asAdvertised = asAdvertised
    self.amount = amount
    self.currency = currency
  }
}

/// Where the goods are, and who says so.
package struct LocationFacts: Equatable, Sendable {
  /// Who says so.
  package enum Basis: String, Sendable {
    /// By the seller.
    case sellerStated = "seller-stated"
    /// By the platform.
    case platform
    /// By the program, from other facts.
    case inferred
    case unknown
  }

  /// ISO 3166-1 alpha-2, or whatever the row's country field says.
  package var country: String?
  /// The location as the row writes it.
  package var text: String?
  package var basis: Basis

  package init(country: String? = nil, text: String? = nil, basis: Basis = .unknown) {
    self.country = country
    self.text = text
    self.basis = basis
  }
}

/// A further field of the row.
package struct NamedField: Equatable, Sendable {
  package var name: String
  package var text: String

  /// The name under which the fields stand whose HTML was decoded for reading.
  package static let decodedMarkup = "HTML was decoded in"

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// The listing's review status when the packet is made, and who set it.
package struct CaseDecision: Equatable, Sendable {
  package var status: ReviewStatus
  /// Who set the verdict; nil for none.
  package var decidedBy: String?
  /// When the verdict was set.
  package var decidedAt: UTCTime?
  /// The event that set the verdict.
  package var event: EventNumber?
  /// What was stated in codes, with when; who stated it is in the status.
  package var described: [Aspect: DescribedWhen] = [:]

  package init(
    _ status: ReviewStatus, decidedBy: String? = nil, decidedAt: UTCTime? = nil, event: EventNumber? = nil
  ) {
    self.status = status
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
    self.event = event
  }
}

/// When something was stated about a listing.
package struct DescribedWhen: Equatable, Sendable {
  package var at: UTCTime?
  /// The event, in its own chain; nil where the recipient gets no events.
  package var event: EventNumber?

  package init(at: UTCTime?, event: EventNumber?) { (self.at, self.event) = (at, event) }
}

/// A listing's own row as evidence: its bytes as they are in the scraped file.
package struct RowEvidence: Equatable, Sendable {
  /// The format of the file, which decides the name and media type of the copy.
  package enum Format: Sendable {
    case csv, tsv, json, jsonLines

    /// The media type of the copy.
    package var mediaType: String {
      switch self {
      case .csv: "text/csv"
      case .tsv: "text/tab-separated-values"
      case .json, .jsonLines: "application/json"
      }
    }

    /// Ends in `.txt`, so that a double click shows the text instead of opening a spreadsheet.
    package var fileEnding: String {
      switch self {
      case .csv: "csv.txt"
      case .tsv: "tsv.txt"
      case .json: "json.txt"
      case .jsonLines: "jsonl.txt"
      }
    }
  }

  /// The exact bytes of the row.
  package var bytes: [UInt8]
  package var format: Format
  /// The file's name on disk without its folders, which say more about the sender's machine than about the listing.
  package var sourceFile: String
  /// The file of an archive, or the sheet of a workbook, that contains the row; nil for a plain file.
  package var member: String?
  /// The row in that file, from 1, without the header.
  package var row: Int
  /// The line on which it begins, from 1; nil for a file without lines.
  package var line: Int?
  /// Of the whole file on disk: of the archive, if the row comes from one.
  package var sourceDigest: SHA256Digest
  /// The size of that file; nil if it is not known.
  package var sourceBytes: Int?
  /// Whether the bytes are an extract of the row, made for a recipient who does not get the row. Then nothing is said of the
  /// file it came from.
  package var isExtract = false
  /// What was done to the file before the row could be read, in order.
  package var conversions: [Conversion] = []
  /// When the file was last changed: the latest moment at which the row can have been captured.
  package var sourceModified: UTCTime
  /// When the scraper captured it, if the row says so.
  package var capturedAt: UTCTime?
  /// Who captured it, if the row says so.
  package var capturedBy: String?
  /// The day of capture as the row writes it, if it has no time of day.
  package var capturedDay: String?

  package init(
    bytes: [UInt8], format: Format, sourceFile: String, row: Int, line: Int? = nil, sourceDigest: SHA256Digest,
    sourceModified: UTCTime, capturedAt: UTCTime? = nil, capturedBy: String? = nil
  ) {
    self.bytes = bytes
    self.format = format
    self.sourceFile = sourceFile
    self.row = row
    self.line = line
    self.sourceDigest = sourceDigest
    self.sourceModified = sourceModified
    self.capturedAt = capturedAt
    self.capturedBy = capturedBy
  }

  /// The name of the file on disk.
  package var fileName: String { String(sourceFile.split(separator: "/").last ?? "unnamed file") }
  /// The name, and what in the file is meant: `week47.zip » monday.csv`.
  package var sourceName: String { member.map { "\(fileName) » \($0)" } ?? fileName }
  /// Whether these very bytes are in the file on disk.
  package var isAsOnDisk: Bool { conversions.allSatisfy { $0.kind == .unwrapped || $0.kind == .dialect } }
  /// When the row was captured, or the latest moment at which it can have been.
  package var moment: UTCTime { capturedAt ?? sourceModified }
}
