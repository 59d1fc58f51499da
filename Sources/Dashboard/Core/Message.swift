import Casework
import CodeWords
import Filters
import Listings
import NearDuplicates
import Sightings
import TerminalIO
import TextCells
import Workspace
import LexiconWork
import Taxa

/// Something that happened. `update` handles one at a time.
package enum Message: Sendable {
  case terminal(TerminalEvent)
  /// Keys that were read at once, more than one: typed ahead of the screen, or pasted.
  case keysRead([Key])
  /// The cursor has rested for a moment.
  case cursorRested
  /// A typed line of the linear mode asked for something.
  case requested(LinearRequest)
  /// More rows were read, or the last ones.
  case datasetGrew(Dataset, Loading, ProblemList, problemRows: RowSet)
  /// What the opened files have become, all that changed.
  case filesChanged([ChangedFile])
  /// The files were read again, while the rows of `from` were on the screen; or why they were not.
  case filesReread(RereadFiles, from: Dataset)
  case rereadingRefused(why: String)
  /// The problems were written into a file; the sentence says where.
  case problemsExported(String)
  /// Something off the loop went wrong; the sentence says what is unharmed.
  case failed(String)
  /// The filter's answer, in order; and the same with copies folded, where that was asked for and can be.
  case answered(Generation, FilterAnswer, RowOrder, FoldedCopies? = nil)
  /// How far the listings with each value of the panes are decided, under the filter of a generation.
  case facetReviewsCounted(Generation, FacetReviews)
  /// The lexicons were read and more rows were flagged with them.
  case flagged(RowFlags, of: Dataset)
  /// The taxon tables were read.
  case taxaRead(TaxonTable)
  /// The lexicons were read, at the start or again; `switched` after some were switched on or off for good.
  case lexiconsRead(LoadedLexicons, switched: [String: Bool]?)
  /// The lexicons could not be switched; all is as it was.
  case switchingRefused(why: String)
  case lexiconsTallied(LexiconTally, number: Int)
  /// What switching lexicons would do to the listings, and their flags if it is adopted.
  case lexiconsTried(BackTest, RowFlags, of: Dataset, number: Int)
  /// The casebook was opened: what is decided, and where the analyst was.
  case casebookOpened([ListingKey: Filing], SessionPosition?, PacketDraft?)
  /// Which hints of the first starts were followed or shown, as stored.
  case hintsRead([String: String])
  case verdictsPlaced(RowVerdicts, of: Dataset)
  /// Listings that are known by other keys from now on.
  case listingsRenamed([ListingKey: ListingKey])
  /// Which rows belong to one listing.
  case listingsGrouped(ListingRows, of: Dataset)
  /// Which listings are one advert.
  case duplicatesFound(DuplicateGroups, of: Dataset)
  /// Which decided listings changed since; of these keys, or of all.
  case changesFound(ChangesSinceVerdict, about: [ListingKey]?, of: Dataset)
  /// What several analysts said; of some listings, or of all.
  case reviewsFound(SharedReviews, about: [ListingKey]?, of: Dataset)
  /// The rows of listings that are in another analyst's queue.
  case leased(RowSet, of: Dataset)
  /// What became of the listings since last time.
  case comparedWithEarlier(SinceLastTime, of: Dataset)
  /// Decisions reached the disk.
  case filed(FiledTransaction)
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
  /// A word is out of the analyst's own lexicon.
  case wordRemoved(String, path: String)
  /// What should be known before a packet leaves; it is written once that was read.
  case packetDoubted([String])
  case packetWritten(paths: [String], listings: Int, isSigned: Bool = false)
  /// What became of the packets; or why that is not known.
  case casesFound(CaseBoard)
  /// What the analyst has got used to, as it was remembered.
  case habitsFound(Habits)
  /// A file of values that a filter names was read; or why it was not.
  case valueListRead(ValueList)
  case valueListRefused(String, why: String)
  /// Which conditions of the filter of a generation a row meets.
  case explained(Generation, row: Int, [ClauseExplanation])
  /// Everybody's saved views.
  case viewsFound([SavedView])
  case casesNotFound(why: String)
  /// A step of a packet is on disk, or was taken back; or why it is not.
  case stepRecorded(String)
  case stepRefused(why: String, StepDraft.Part?)
  case packetRefused([PacketFault])
  /// The files of a listing; or why they are not known.
  case evidenceFound([ListedEvidence], of: ListingKey)
  case evidenceNotFound(why: String, of: ListingKey)
  /// A file was attached, or an attachment withdrawn; or why not.
  case evidenceChanged(String)
  case attachingRefused(why: String, AttachmentDraft.Part?)
  /// A picture was decoded, by the digest of its file; or why it is not shown.
  case pictureDecoded(PixelGrid, of: String)
  case pictureRefused(why: String, of: String)
  /// How a path goes on that was typed.
  case pathCompleted(PathCompletion, of: String)
  case copied(String)
  /// The first listings of a file, read with the columns on the sheet.
  case columnsPreviewed(Dataset, number: Int)
  /// The same rows, read with other columns; or why they were not.
  case columnsChanged(Dataset, ProblemList, problemRows: RowSet, Remembering)
  case changingColumnsRefused(why: String)
}

extension Message {
  /// Whether it came from the keyboard.
  var isTyped: Bool {
    switch self {
    case .terminal(.key), .terminal(.paste), .terminal(.mouse), .keysRead, .requested: true
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

/// A transaction that reached the disk: decisions filed, undone or redone together.
package struct FiledTransaction: Equatable, Sendable {
  package enum Kind: Equatable, Sendable { case filed, undone, redone, seenFromOthers }
  package let kind: Kind
  /// The current decision on every listing that was touched.
  package let statuses: [ListingKey: Filing]
  /// In the order of the transaction: the listing to go back to is the first.
  package let keys: [ListingKey]
  /// "undid: 12 listings confirmed"; empty when there is nothing to say.
  package let sentence: String
  /// Listings that another analyst had decided meanwhile.
  package let contested: [ListingKey]

  package init(
    kind: Kind, statuses: [ListingKey: Filing], keys: [ListingKey], sentence: String, contested: [ListingKey] = []
  ) {
    self.contested = contested
    self.kind = kind
    self.statuses = statuses
    self.keys = keys
    self.sentence = sentence
  }
}

/// Numbers evaluations, so that an answer to an older question is not taken for the newest.
package typealias Generation = Int

/// Something `update` wants done. Data, not a closure: a test can compare it.
package enum Effect: Equatable, Sendable {
  case evaluate(EvaluationRequest)
  /// Count how far the listings with each value of the panes are decided.
  case countFacetReviews(EvaluationRequest)
  /// Read the lexicons as they are on disk now.
  case loadLexicons(LexiconLoading)
  /// Flag the rows that are not flagged yet, or all of them where the lexicons have changed.
  case flag(FlaggingRequest)
  /// Flag the rows as switched lexicons would have it, without adopting that.
  case tryLexicons(LexiconTrialRequest)
  case stopTryingLexicons
  case tallyLexicons(LexiconTallyRequest)
  case placeVerdicts([ListingKey: ReviewStatus], in: Snapshot)
  /// Find out which decided listings changed since; of these keys, or of all.
  case findChanges(of: [ListingKey]?, in: Snapshot)
  /// Ask the casebook what several analysts said; nil: of all listings.
  case findReviews(of: [ListingKey]?, in: Snapshot)
  /// Keep listings out of the queues of others; none: give back what was kept.
  case lease([ListingKey], in: Snapshot)
  /// Find out which rows are of one listing.
  case groupListings(Snapshot)
  /// Find the listings that are one advert.
  case findDuplicates(Snapshot)
  /// Find out what became of the listings since the scrapes before, and record their sightings.
  case compareWithEarlier(Snapshot)
  /// Find the listings that the casebook knows by keys of an earlier form, and give them those of today; also the keys
  /// under which the analyst left something in these files.
  case carryEarlierVerdicts(Snapshot, remembered: [ListingKey])
  case file(FilingRequest)
  case undo, redo
  /// File what is in no casebook into the one of that name, and go on with it.
  case rescue(into: String)
  case remember(SessionPosition)
  case rememberDraft(PacketDraft)
  /// Remember which hints were followed or shown.
  case rememberHints([String: String])
  /// See what a word finds, and what it would change.
  case tryWord(WordTrialRequest)
  /// Write a word into the analyst's own lexicon.
  case addTerm(TermDraft)
  /// Takes a word out of the analyst's own lexicon.
  case removeTerm(Term)
  case exportPacket(PacketRequest)
  /// Find out what became of the packets.
  case findCases
  /// Read everybody's saved views.
  case findViews
  /// Remember what the analyst has got used to, whatever files are open.
  case rememberHabits(Habits)
  /// Read a file of values that a filter names.
  case readValueList(String)
  /// Say of each condition of the filter whether a row meets it.
  case explain(EvaluationRequest, row: Int)
  /// Remember these views of the analyst's own, in place of those before.
  case rememberViews([SavedView])
  /// Record a step of a packet, or take one back.
  case recordStep(StepDraft)
  case retractStep(EventNumber)
  /// Find the files of a listing.
  case findEvidence(EvidenceRequest)
  /// Attach a file to it, or withdraw an attachment, and list them again.
  case attach(AttachmentDraft, EvidenceRequest)
  case withdrawAttachment(EventNumber, EvidenceRequest)
  /// Decode a picture of the listing, no larger than so many pixels.
  case lookAtPicture(ListedEvidence, EvidenceRequest, across: Int, down: Int)
  /// See how a path goes on.
  case completePath(String)
  /// Writes the problems into a new file of the current folder.
  case exportProblems(ProblemList)
  /// Read the files again; rows are then carried over from those shown.
  case reread(from: Snapshot)
  /// Read the first listings of a file with other columns.
  case previewColumns(ColumnPreviewRequest)
  /// Remember these answers, and read all files again with them.
  case changeColumns([ColumnAssignment])
  /// `remark` is a sentence, with a blank behind it, that the notice begins with.
  case copy(String, remark: String = "")
  /// Show another theme.
  case useTheme(String)
  case redraw
  case suspend
  case leaveWhenFiled
}

/// Lexicons to be read.
package struct LexiconLoading: Equatable, Sendable {
  /// To be switched on or off for good first, in the user's own table; nil: the tables are as they should be.
  package let switching: [String: Bool]?
  /// Flags of a trial: where the lexicons turn out to be those of it, they need not be compiled again.
  package let tried: RowFlags?
  /// The lexicons read before: where no taxon table has changed since, its tables stay.
  package let previous: LoadedLexicons?

  package init(switching: [String: Bool]? = nil, reusing tried: RowFlags? = nil, after previous: LoadedLexicons?) {
    self.switching = switching
    self.tried = tried
    self.previous = previous
  }

  package static func == (a: LexiconLoading, b: LexiconLoading) -> Bool {
    a.switching == b.switching && a.tried?.lexicons === b.tried?.lexicons && a.previous === b.previous
  }
}

/// Rows to be flagged with lexicons, which may be others than those that the snapshot's flags were made with.
package struct FlaggingRequest: Equatable, Sendable {
  package let snapshot: Snapshot
  package let lexicons: LoadedLexicons
  /// The rows that are wanted before the others: those that the filter shows; nil for file order.
  package let first: RowSet?

  package init(_ snapshot: Snapshot, with lexicons: LoadedLexicons, first: RowSet? = nil) {
    self.snapshot = snapshot
    self.lexicons = lexicons
    self.first = first
  }

  package static func == (a: FlaggingRequest, b: FlaggingRequest) -> Bool {
    a.snapshot == b.snapshot && a.lexicons === b.lexicons && a.first == b.first
  }
}

/// Columns to try on the first listings of a file.
package struct ColumnPreviewRequest: Equatable, Sendable {
  /// The file, among those of the dataset.
  package let source: Int
  package let assignment: ColumnAssignment
  package let snapshot: Snapshot
  package let number: Int
}

/// Decisions to write into the casebook, as one transaction.
package struct FilingRequest: Equatable, Sendable {
  package enum What: Equatable, Sendable {
    /// Nil takes the verdict back.
    case verdict(Verdict?, Reason?)
    case note(String?)
    /// What is stated of each listing in codes.
    case described([DescriptionChange])
    /// A verdict together with that.
    case identified(Verdict, [DescriptionChange])
  }
  package let what: What
  /// A row per listing; the casebook keeps what it said at the time.
  package let rows: [Int]
  /// What they are rows of.
  package let snapshot: Snapshot
  package let keys: [ListingKey]
  /// What was known of others' decisions on each.
  package let known: [KnownReviews]
  /// What the notice adds once they are filed: `copies of one advert`.
  package var remark: String?

  init(
    what: What, rows: [Int], of snapshot: Snapshot, keys: [ListingKey], known: [KnownReviews], remark: String? = nil
  ) {
    self.known = known
    self.remark = remark
    self.what = what
    self.rows = rows
    self.snapshot = snapshot
    self.keys = keys
  }
}

/// A packet to write.
package struct PacketRequest: Equatable, Sendable {
  package let draft: PacketDraft
  /// Rows to export, one per listing.
  package let rows: [Int]
  /// What they are rows of, with the lexicons by which the screen showed their risk.
  package let snapshot: Snapshot
  /// Listings with a note that was begun and not filed.
  package let openNotes: Set<ListingKey>
  /// Whether what should be known before it leaves was read.
  package let isSure: Bool

  package init(
    draft: PacketDraft, rows: [Int], of snapshot: Snapshot, openNotes: Set<ListingKey> = [], isSure: Bool = false
  ) {
    self.draft = draft
    self.rows = rows
    self.snapshot = snapshot
    self.openNotes = openNotes
    self.isSure = isSure
  }
}
