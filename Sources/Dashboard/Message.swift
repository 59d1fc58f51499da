import Casework
import CodeWords
import Filters
import Listings
import TerminalIO

/// Something that happened. `update` is told, one at a time.
package enum Message: Sendable {
  case terminal(TerminalEvent)
  /// Keys that were read at once, more than one: typed ahead of the screen, or pasted.
  case keysRead([Key])
  /// The cursor has stood still for a moment.
  case cursorRested
  /// More rows were read, or the last ones.
  case datasetGrew(Dataset, Loading, ProblemList, problemRows: RowSet)
  /// What the opened files have become, all that changed.
  case filesChanged([ChangedFile])
  /// The files were read anew, while those of `from` were on the screen.
  case reopened(Reopened, from: DatasetLook)
  case reopeningRefused(why: String)
  /// The problems were written into a file; the sentence says where.
  case problemsExported(String)
  /// Something off the loop went wrong; the sentence says what is unharmed.
  case failed(String)
  case answered(Generation, FilterAnswer, RowOrder)
  /// The lexicons were read and more rows were flagged with them.
  case flagged(RowFlags, of: Dataset)
  /// The taxon tables were read.
  case taxaRead(TaxonTable)
  /// The lexicons were read, at the start or again; `switched` after some were switched on or off for good.
  case lexiconsRead(LexiconOverview, switched: [String: Bool]?)
  /// The lexicons could not be switched; all is as it was.
  case switchingRefused(why: String)
  case lexiconsTallied(LexiconTally, number: Int)
  /// What switching lexicons would do to the listings.
  case lexiconsTried(BackTest, number: Int)
  /// The casebook was opened: what stands, and where the analyst was.
  case casebookOpened([ListingKey: Filing], Place?, PacketDraft?)
  case verdictsPlaced(RowVerdicts, of: Dataset)
  /// Listings that are known by other keys from now on.
  case listingsRenamed([ListingKey: ListingKey])
  /// Which rows are of one listing.
  case listingsTold(ListingRows, of: Dataset)
  /// Decisions reached the disk.
  case filed(FiledAct)
  ///
  /// - Parameter keptIn: the file in which they are kept; nil: only here.
  case filingRefused([ListingKey], why: String, keptIn: String? = nil)
  /// The casebook takes no more decisions.
  case casebookTroubled(CasebookTrouble)
  /// What was in no casebook was filed into this one, and so is what follows.
  case casebookChanged(ChangedCasebook)
  /// Undo or redo did not apply.
  case undoRefused(String)
  /// A word was tried on the listings.
  case wordTried(WordTrial, number: Int)
  /// The word is in the file; or why it is not.
  case wordAdded(String, path: String)
  case addingRefused(why: String)
  case packetWritten(path: String, listings: Int)
  case packetRefused(why: String, field: PacketDraft.Line?)
  case copied(String)
  /// The first listings of a file, read with the columns on the sheet.
  case columnsPreviewed(Dataset, number: Int)
  /// The same rows, read with other columns.
  case reread(Dataset, ProblemList, problemRows: RowSet, Remembering)
}

extension Message {
  /// Whether it came from the keyboard.
  var isTyped: Bool {
    switch self {
    case .terminal(.key), .terminal(.paste), .keysRead: true
    default: false
    }
  }
}

/// What became of answers about columns beyond this opening of the files.
package enum Remembering: Equatable, Sendable {
  case remembered, forgotten
  /// They could not be written down.
  case refused
}

/// A group of decisions that reached the disk together.
package struct FiledAct: Equatable, Sendable {
  package enum Kind: Equatable, Sendable { case filed, undone, redone, seenFromOthers }
  package let kind: Kind
  /// What stands now, for every listing the act touched.
  package let standings: [ListingKey: Filing]
  /// In the order of the act: the listing to go back to is the first.
  package let keys: [ListingKey]
  /// "undid: 12 listings confirmed"; empty when there is nothing to say.
  package let sentence: String

  package init(kind: Kind, standings: [ListingKey: Filing], keys: [ListingKey], sentence: String) {
    self.kind = kind
    self.standings = standings
    self.keys = keys
    self.sentence = sentence
  }
}

/// Numbers evaluations, so that an answer to an older question is not taken for the newest.
package typealias Generation = Int

/// Something `update` wants done. Data, not a closure: a test can compare it.
package enum Effect: Equatable, Sendable {
  case evaluate(EvaluationRequest)
  /// To be flagged by the lexicons, with what is flagged already.
  case flag(DatasetLook)
  /// Read the lexicons again, as they are on disk now, and flag all rows anew.
  case rereadLexicons
  /// Switch lexicons on or off for good, then read them again.
  case switchLexicons([String: Bool])
  /// Flag the rows as switched lexicons would have it, without adopting that.
  case tryLexicons(LexiconTrialRequest)
  case stopTryingLexicons
  case tallyLexicons(LexiconTallyRequest)
  case placeVerdicts([ListingKey: Standing], in: DatasetLook)
  /// Find out which rows are of one listing.
  case tellListings(DatasetLook)
  case file(FilingRequest)
  case undo, redo
  /// File what is in no casebook into the one of that name, and go on with it.
  case rescue(into: String)
  case remember(Place)
  case rememberDraft(PacketDraft)
  /// See what a word finds, and what it would change.
  case tryWord(WordTrialRequest)
  /// Write a word into the analyst's own lexicon.
  case addTerm(TermDraft)
  case exportPacket(PacketRequest)
  /// Writes the problems into a new file of the current folder.
  case exportProblems(ProblemList)
  /// Reads the files anew; rows are then carried over from those shown.
  case reopen(from: DatasetLook)
  /// Read the first listings of a file with other columns.
  case previewColumns(ColumnPreviewRequest)
  /// Remember these answers, and read all files again with them.
  case rereadColumns([ColumnAssignment])
  case copy(String)
  case redraw
  case suspend
  case leaveWhenFiled
}

/// A dataset in an effect: equal when it is the same look.
package struct DatasetLook: Equatable, Sendable {
  package let dataset: Dataset
  package init(_ dataset: Dataset) { self.dataset = dataset }
  package static func == (a: DatasetLook, b: DatasetLook) -> Bool { a.dataset === b.dataset }
}

/// Flags in an effect: equal when they are the same look.
package struct FlagsLook: Equatable, Sendable {
  package let flags: RowFlags
  package init(_ flags: RowFlags) { self.flags = flags }
  package static func == (a: FlagsLook, b: FlagsLook) -> Bool { a.flags.isSameLook(as: b.flags) }
}

/// A filter to answer, and the order to show the rows in.
package struct EvaluationRequest: Equatable, Sendable {
  package let filter: Filter
  package let sort: SortOrder
  package let generation: Generation
  package let look: DatasetLook
  package let verdicts: RowVerdicts
  package let marked: RowSet
  package let problemRows: RowSet
  package let flags: FlagsLook
  package let taxa: TaxaLook
  /// Which rows are of one listing; nil while that is not known.
  package let listings: ListingRows?
  /// What the species pane counts.
  package let species: FacetSubject

  /// What the filter is asked about.
  package var subject: FilterSubject {
    var subject = FilterSubject(look.dataset)
    subject.confirmed = verdicts.confirmed
    subject.falsePositive = verdicts.falsePositive
    subject.unsure = verdicts.unsure
    subject.noted = verdicts.noted
    subject.marked = marked
    subject.problem = problemRows
    subject.flags = flags.flags
    subject.listings = listings
    if let table = taxa.table { subject.taxa = table }
    return subject
  }

  /// For sorting by verdict (confirmed, unsure, false positive, then the unreviewed) or by risk; what has neither is last.
  package func rank(_ row: Int) -> UInt8 { sort.subject == .risk ? riskRank(row) : verdictRank(row) }

  private func riskRank(_ row: Int) -> UInt8 { flags.flags.risk(at: row).value.map(UInt8.init) ?? .max }

  private func verdictRank(_ row: Int) -> UInt8 {
    if verdicts.confirmed.contains(row) { return 0 }
    if verdicts.unsure.contains(row) { return 1 }
    return verdicts.falsePositive.contains(row) ? 2 : .max
  }
}

/// Columns to try on the first listings of a file.
package struct ColumnPreviewRequest: Equatable, Sendable {
  /// The file, among those of the dataset.
  package let source: Int
  package let assignment: ColumnAssignment
  package let look: DatasetLook
  package let number: Int
}

/// Decisions to write into the casebook, as one act.
package struct FilingRequest: Equatable, Sendable {
  package enum What: Equatable, Sendable {
    /// Nil takes the verdict back.
    case verdict(Verdict?, Reason?)
    case note(String?)
  }
  package let what: What
  /// A row per listing; the casebook keeps what it said at the time.
  package let rows: [Int]
  package let keys: [ListingKey]
}

/// A packet to write.
package struct PacketRequest: Equatable, Sendable {
  package let draft: PacketDraft
  /// Rows to export, one per listing.
  package let rows: [Int]
}
