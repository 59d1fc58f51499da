import Casework
import Hashing
import Listings
import SmallFormats

/// One listing as it goes into a packet: what its row says, what was decided, and the evidence for it.
///
/// Shape:  everything a row may lack is optional or empty; what is missing is written as unknown, never guessed.
package struct CaseListing: Equatable, Sendable {
  package var key: ListingKey
  /// The platform's own number of the listing.
  package var reference: String?
  package var platform = PlatformFacts()
  package var seller = SellerFacts()
  /// As collected; need not be a web address.
  package var address: String?
  package var title: String?
  package var text: String?
  /// BCP 47.
  package var language: String?
  /// When it was posted, only where the row gives the time of day; a bare date belongs into `postedText`.
  package var postedAt: UTCTime?
  package var postedText: String?
  package var firstSeen: UTCTime?
  package var lastSeen: UTCTime?
  /// The names in the species field, in its order.
  package var taxa: [String] = []
  package var quantityText: String?
  package var price: PriceFacts?
  package var location = LocationFacts()
  package var decision: CaseDecision
  package var evidence: [RowEvidence]
  /// What its words and its species cell were read as; nil where nobody read them.
  package var reading: CitedReading?
  /// The casebook's lines about this listing, in its order.
  package var events: [AuditLine] = []
  /// The fields that have no place above, by name, in the order of the file.
  package var otherFields: [NamedField] = []

  package init(key: ListingKey, decision: CaseDecision, evidence: [RowEvidence]) {
    self.key = key
    self.decision = decision
    self.evidence = evidence
  }
}

package struct PlatformFacts: Hashable, Sendable {
  package var name: String?
  package var domain: String?
  package var country: String?

  package init(name: String? = nil, domain: String? = nil, country: String? = nil) {
    self.name = name
    self.domain = domain
    self.country = country
  }
}

package struct SellerFacts: Hashable, Sendable {
  package var alias: String?
  /// The platform's own number of the account.
  package var userID: String?
  package var profileAddress: String?
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

package struct PriceFacts: Equatable, Sendable {
  package var asAdvertised: String
  /// As read, in decimal digits with a point, `1200.50`; nil where it could not be read.
  package var amount: String?
  /// ISO 4217.
  package var currency: String?

  package init(asAdvertised: String, amount: String? = nil, currency: String? = nil) {
    self.asAdvertised = asAdvertised
    self.amount = amount
    self.currency = currency
  }
}

package struct LocationFacts: Equatable, Sendable {
  /// Who says so.
  package enum Basis: String, Sendable {
    case sellerStated = "seller-stated"
    case platform
    case inferred
    case unknown
  }

  /// ISO 3166-1 alpha-2, or whatever the row has in its country field.
  package var country: String?
  package var text: String?
  package var basis: Basis

  package init(country: String? = nil, text: String? = nil, basis: Basis = .unknown) {
    self.country = country
    self.text = text
    self.basis = basis
  }
}

package struct NamedField: Equatable, Sendable {
  package var name: String
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// What stands for a listing when the packet is made, and who decided it.
package struct CaseDecision: Equatable, Sendable {
  package var standing: Standing
  package var decidedBy: String?
  package var decidedAt: UTCTime?
  package var event: EventNumber?

  package init(
    _ standing: Standing, decidedBy: String? = nil, decidedAt: UTCTime? = nil, event: EventNumber? = nil
  ) {
    self.standing = standing
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
    self.event = event
  }
}

/// A listing's own row as evidence: its bytes as they stand in the file the scraper wrote.
package struct RowEvidence: Equatable, Sendable {
  /// How the file is written; it decides the copy's name and media type.
  package enum Format: Sendable {
    case csv, tsv, json, jsonLines

    package var mediaType: String {
      switch self {
      case .csv: "text/csv"
      case .tsv: "text/tab-separated-values"
      case .json, .jsonLines: "application/json"
      }
    }

    /// With `.txt` at the end, so that a double click shows the text instead of starting a spreadsheet.
    package var fileEnding: String {
      switch self {
      case .csv: "csv.txt"
      case .tsv: "tsv.txt"
      case .json: "json.txt"
      case .jsonLines: "jsonl.txt"
      }
    }
  }

  package var bytes: [UInt8]
  package var format: Format
  /// The file's name on disk; folders before it are dropped, they say more about the sender's machine than about the
  /// listing.
  package var sourceFile: String
  /// What in that file the row stands in: a file of an archive, a sheet of a workbook; nil where it is no such thing.
  package var member: String?
  /// The row in that file, from 1, the header not counted.
  package var row: Int
  /// The line on which it begins, from 1; nil where the file has no lines.
  package var line: Int?
  /// Of the whole file as it lies on disk: of the archive, where the row comes out of one.
  package var sourceDigest: SHA256Digest
  /// How many bytes that file has; nil where nobody says.
  package var sourceBytes: Int?
  /// What was done to the file before the row could be read, in order.
  package var conversions: [Conversion] = []
  /// The file's time of last change: the latest moment at which the row can have been collected.
  package var sourceModified: UTCTime
  /// When and by whom the scraper collected it, where the row says so.
  package var capturedAt: UTCTime?
  package var capturedBy: String?
  /// The day on which it was collected as the row writes it, where it gives no time of day.
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

  /// The file on disk.
  package var fileName: String { String(sourceFile.split(separator: "/").last ?? "unnamed file") }
  /// The file on disk and what in it is meant: `week47.zip » monday.csv`.
  package var sourceName: String { member.map { "\(fileName) » \($0)" } ?? fileName }
  /// Whether the bytes stand in the file on disk just so.
  package var isAsOnDisk: Bool { conversions.allSatisfy { $0.kind == .unwrapped || $0.kind == .dialect } }
  package var moment: UTCTime { capturedAt ?? sourceModified }
}
