import CodeWords
import Hashing
import Listings
import Workspace

/// How a listing's words and species cell were read when the packet was made.
///
/// Units:  hits are UTF-8 byte ranges in the listing's title and text as in `CaseListing`.
package struct CitedReading: Equatable, Sendable {
  package var readability = CitedReadability.read
  /// 0 to 100; nil if the text could not be read, which is not 0.
  package var risk: Int?
  /// The reasons. Their points add up to `risk` exactly.
  package var points: [CitedPoint] = []
  /// By field, then by position, at most `maximumHits`.
  package var hits: [CitedHit] = []
  /// How many hits there are beyond `maximumHits`.
  package var hitsLeftOut = 0
  package var taxa: [CitedTaxon] = []
  /// Names in the species cell that could not be resolved to a taxon.
  package var unresolved: [UnresolvedName] = []
  /// The fields in which HTML was decoded for reading.
  package var decodedMarkup: [String] = []

  package init() {}

  /// No honest advert needs more; a hostile one may have a hundred thousand.
  package static let maximumHits = 1000

  /// The CITES code of the goods, if all terms that count in full and have a code agree on it.
  package var product: String? {
    let codes = Set(hits.filter { $0.status == .counted && $0.term.isEvidence }.compactMap(\.term.product.nonEmpty))
    guard codes.count == 1, let code = codes.first, TradeTermCode.name(of: code) != nil else { return nil }
    return code
  }
}

/// Whether the text was read for code words.
package enum CitedReadability: Equatable, Sendable {
  case read
  /// The reason, in words.
  case unreadable(String)
}

/// One reason for the risk.
package struct CitedPoint: Equatable, Sendable {
  /// Negative where it lowers the risk.
  package var points: Int
  /// The reason in words.
  package var why: String
  /// Indices into `CitedReading.hits` of the hits behind it.
  package var hits: [Int]

  package init(points: Int, why: String, hits: [Int]) {
    self.points = points
    self.why = why
    self.hits = hits
  }
}

/// An occurrence of a term in a listing's text, with everything that a reader of the packet may ask.
package struct CitedHit: Equatable, Sendable {
  /// Whether the hit counts, in the words of the packet's files.
  package enum Status: String, Sendable {
    /// Counts in full, or with a fraction of its weight.
    case counted, weak
    /// Counts nothing. The word is that of packets, and never changes.
    case suppressed = "void"
  }

  package var term: CitedTerm
  package var span: CitedSpan
  /// The surface form by which it was found.
  package var surfaceForm: String?
  /// The surface form after folding.
  package var folded: String?
  /// The folds between text and surface form, by their names in lexicons.
  package var seenThrough: [String]
  package var status: Status
  /// What decided the status; nil if the term needs nothing, or nothing that it needs was near.
  package var because: CitedReason?
}

/// A piece of a listing's text.
package struct CitedSpan: Equatable, Sendable {
  package var field: Field
  /// UTF-8, in the text as the packet has it.
  package var bytes: Range<Int>
  /// The text of that range.
  package var text: String
}

/// The words that decided whether a hit counts.
package struct CitedReason: Equatable, Sendable {
  /// How they decided it.
  package enum Kind: String, Sendable {
    /// Met a need of the term.
    case needMet = "need met"
    /// Suppresses the hit by being near.
    case near
    /// Suppresses the hit by covering it.
    case partOfWord = "part of a longer word"
    /// Counts in its place.
    case partOfTerm = "part of a longer term"
  }

  package var kind: Kind
  /// The condition as the lexicon writes it, or the longer term.
  package var condition: String
  package var span: CitedSpan
}

/// A row of a lexicon, and its file.
package struct CitedTerm: Equatable, Sendable {
  package var row: Term
  /// The file's name.
  package var file: String
  /// The file's SHA-256, if known.
  package var digest: String?

  package init(row: Term, file: String, digest: String?) {
    self.row = row
    self.file = file
    self.digest = digest
  }

  /// CITES trade term code; empty for none.
  package var product: String { row.product }
  /// Whether it is evidence of wildlife.
  package var isEvidence: Bool { row.kind.isEvidence }
  /// The location in the file: `elephant-ivory.csv, line 12`.
  package var location: String { "\(file), line \(row.location.line)" }
}

/// A taxon that a listing's species cell or terms name, and its protection.
package struct CitedTaxon: Equatable, Sendable {
  /// The accepted name.
  package var name: String
  /// The rank as in the taxon tables.
  package var rank: String
  package var order: String?
  package var family: String?
  /// What names the taxon.
  package var origins: [TaxonOrigin]
  /// Nil if the table does not say: unknown, not unlisted.
  package var cites: CitedProtection?
  package var china: CitedProtection?
  /// The day of the advert, if known.
  package var advertDay: String?
  /// The protection on that day, if the table is certain about it.
  package var onDay: DayProtection?

  package init(name: String, rank: String, origins: [TaxonOrigin]) {
    self.name = name
    self.rank = rank
    self.origins = origins
  }
}

/// What names a taxon.
package enum TaxonOrigin: Equatable, Sendable {
  /// A name in the species cell, and the kind of name it is.
  case speciesCell(written: String, nameIs: String)
  /// Counted or weak hits, as indices into `CitedReading.hits`.
  case terms([Int])

  /// What the name of a hybrid's parent is said to be.
  package static let parent = "a parent of the hybrid that is named there"
}

/// A name in the species cell whose meaning is not certain.
package struct UnresolvedName: Equatable, Sendable {
  /// As the cell writes it.
  package var written: String
  /// Why it could not be resolved.
  package var why: String

  package init(written: String, why: String) {
    self.written = written
    self.why = why
  }
}

/// The protection of a taxon by a list.
package struct CitedProtection: Equatable, Sendable {
  /// `I`; `I/II` where populations or members differ; `1` in China; `none` if expressly not listed.
  package var level: String
  /// The first day in force; nil if the table does not say.
  package var since: String?
  /// The day for which this is known.
  package var asOf: String?
  /// The taxon on the list: this one, or a group that includes it.
  package var listedAs: String
  /// An id of the tables' sources; nil where members differ and no single row applies.
  package var source: String?
  /// Whether it rests on a source.
  package var isVerified: Bool
  package var note: String
  /// Everything in words: `Appendix I since 2019-11-26`.
  package var words: String

  package init(
    level: String, since: String?, asOf: String?, listedAs: String, source: String?, isVerified: Bool, note: String,
    words: String
  ) {
    (self.level, self.since, self.asOf, self.listedAs) = (level, since, asOf, listedAs)
    (self.source, self.isVerified, self.note, self.words) = (source, isVerified, note, words)
  }
}

/// The protection of a taxon on a day.
package struct DayProtection: Equatable, Sendable {
  package var day: String
  package var cites: CitedProtection

  package init(day: String, cites: CitedProtection) { (self.day, self.cites) = (day, cites) }
}

/// What the listings of a packet were read with: enough to read them again and to see whether the result is the same.
package struct ReadingBasis: Equatable, Sendable {
  /// The lexicons that were on, including the user's own.
  package var lexicons: [CitedFile] = []
  /// The names of the lexicons that were off.
  package var lexiconsOff: [String] = []
  /// The other tables: groups of exclusions, taxa, names, listings, sources, switches.
  package var tables: [CitedFile] = []
  /// The risk formula, in sentences.
  package var rule: [String] = []
  /// The words of the groups that cited terms refer to, by name of the group.
  package var groups: [String: [String]] = [:]
  /// The sources of cited terms, by id. An id that no table explains is left out.
  package var termSources: [CitedSource] = []
  /// The sources of cited listings of taxa.
  package var taxonSources: [CitedSource] = []
  /// The day up to which the whole of the CITES appendices is known; nil without a table.
  package var appendicesKnownUpTo: String?
  /// What anyone who reads an appendix must know about the table.
  package var appendicesWarning: String?

  package init() {}

  /// Nothing was read: no lexicon was on, and there was no table.
  package static let nothing = ReadingBasis()

  /// Whether words were read.
  package var isRead: Bool { !lexicons.isEmpty }
  /// Whether taxa were looked up.
  package var hasTaxa: Bool { appendicesKnownUpTo != nil || appendicesWarning != nil }
}

/// A publication on the meaning of a term, or on the protection of a taxon.
package struct CitedSource: Hashable, Sendable {
  package var id: String
  package var citation: String
  package var address: String
  /// The day on which it was consulted, or for which it speaks.
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
