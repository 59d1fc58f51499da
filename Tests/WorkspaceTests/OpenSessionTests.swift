import Casework
import CodeWords
import Listings
import ListingsTestSupport
import Testing

@testable import Workspace

/// `OpenSession`: which reading may follow which, and that flags, lexicons and verdicts belong together.
struct OpenSessionTests {
  private static func rows(_ count: Int) -> [ListingRow] {
    (0..<count).map { ListingRow(id: "\($0)", title: "ivory ring \($0)") }
  }

  private static func dataset(_ count: Int) -> Dataset { .of(rows(count)) }

  private static func lexicons(_ word: String) -> LoadedLexicons {
    let term = Term([word], language: "en", kind: .product, denotes: "elephant ivory", weight: 50)
    let set = LexiconSet(layers: [[Lexicon(name: word, file: "\(word).csv", terms: [term])]])
    return LoadedLexicons(
      set, overview: LexiconOverview(set, layers: [(.shipped, set.lexicons)]), compiled: CompiledLexicons(set))
  }

  private func opened(_ count: Int = 10, with lexicons: LoadedLexicons? = nil) -> OpenSession {
    var session = OpenSession()
    let dataset = Self.dataset(count)
    session.grow(
      to: dataset, Loading(isComplete: true), problems: ProblemList(), problemRows: RowSet(noneOf: dataset.rowCount))
    if let lexicons {
      _ = session.accept(lexicons)
      _ = session.accept(RowFlagging(lexicons.compiled).extend(over: dataset))
    }
    return session
  }

  private func reread(_ session: OpenSession, as dataset: Dataset) -> RereadFiles {
    RereadFiles(
      dataset, problems: ProblemList(), problemRows: RowSet(noneOf: dataset.rowCount),
      carried: CarriedRows(from: session.snapshot.dataset, to: dataset))
  }

  // MARK: One reading at a time

  @Test func filesReadAgainReplaceTheRowsOnlyWhenAdopted() {
    var session = opened()
    session.beginRereading()
    #expect(session.isRereading)
    let more = Self.dataset(12)
    let answer1 = session.finishRereading(reread(session, as: more), from: session.snapshot.dataset)
    #expect(answer1)
    #expect(session.snapshot.dataset.rowCount == 10, "the new rows wait")
    let answer2 = session.adoptReread()
    #expect(answer2?.dataset === more)
    #expect(session.snapshot.dataset === more)
    #expect(!session.isRereading && session.isComplete)
    let answer3 = session.adoptReread()
    #expect(answer3 == nil, "once")
  }

  @Test func unexpectedOutcomesAreRejected() {
    var session = opened()
    let more = Self.dataset(12)
    let answer4 = session.finishRereading(reread(session, as: more), from: session.snapshot.dataset)
    #expect(!answer4)
    let answer5 = session.finishChangingColumns(more, problems: ProblemList(), problemRows: RowSet(noneOf: 12))
    #expect(!answer5)
    session.beginRereading()
    let answer6 = session.finishRereading(reread(session, as: more), from: more)
    #expect(!answer6, "it belongs to other rows")
    #expect(session.snapshot.dataset.rowCount == 10)
  }

  @Test func aFailureOfOneReadingLeavesTheOtherAlone() {
    var session = opened()
    session.beginRereading()
    let answer7 = session.abandonChangingColumns()
    #expect(!answer7)
    #expect(session.isRereading, "the files are still being read again")
    session.abandonRereading()
    #expect(!session.isRereading)
    session.beginChangingColumns()
    session.abandonRereading()
    #expect(session.isChangingColumns)
  }

  @Test func columnsRefusedWhileRowsArriveSayThatRowsAreMissing() {
    var session = OpenSession()
    let part = Self.dataset(3)
    session.grow(
      to: part, Loading(bytesRead: 1, bytesTotal: 4), problems: ProblemList(), problemRows: RowSet(noneOf: 3))
    session.beginChangingColumns()
    #expect(!session.isComplete)
    let answer8 = session.abandonChangingColumns()
    #expect(answer8)
    #expect(session.isComplete && !session.isRereading)
  }

  @Test func rowsOfAReplacedReadingAreRejected() {
    var session = opened()
    session.beginRereading()
    session.grow(
      to: Self.dataset(5), Loading(isComplete: true), problems: ProblemList(), problemRows: RowSet(noneOf: 5))
    #expect(session.snapshot.dataset.rowCount == 10)
  }

  // MARK: Snapshots

  @Test func aSnapshotNeverChanges() {
    let lexicons = Self.lexicons("ivory")
    var session = opened(with: lexicons)
    let before = session.snapshot
    session.set([(2, ReviewStatus(verdict: .confirmed))])
    session.beginRereading()
    _ = session.finishRereading(reread(session, as: Self.dataset(3)), from: session.snapshot.dataset)
    _ = session.adoptReread()
    #expect(before.dataset.rowCount == 10 && before.verdicts.confirmed.isEmpty)
    #expect(before.flags.risk(at: 4).value != nil && before.lexicons === lexicons)
    #expect(session.snapshot != before)
    #expect(session.snapshot.verdictsVersion > before.verdictsVersion)
  }

  @Test func verdictsMoveWithTheirRows() {
    var session = opened()
    session.set([(2, ReviewStatus(verdict: .confirmed)), (9, ReviewStatus(verdict: .unsure))])
    session.beginRereading()
    let fewer = Dataset.of(Array(Self.rows(10).dropFirst()))
    _ = session.finishRereading(reread(session, as: fewer), from: session.snapshot.dataset)
    _ = session.adoptReread()
    #expect(session.snapshot.verdicts.confirmed.rows == [1] && session.snapshot.verdicts.unsure.rows == [8])
  }

  // MARK: Lexicons and flags

  @Test func flagsAlwaysBelongToTheLexiconsOfTheSnapshot() {
    let (first, second) = (Self.lexicons("ivory"), Self.lexicons("ring"))
    var session = opened(with: first)
    #expect(session.snapshot.lexicons === first && session.snapshot.flags.lexicons === first.compiled)
    _ = session.accept(second)
    #expect(session.snapshot.lexicons === first, "with half of the flags, listings would vanish and come back")
    #expect(session.newestLexicons === second && session.pendingRowCount == 0)
    let flagging = RowFlagging(second.compiled)
    let part = flagging.extend(over: Self.dataset(4))
    let answer9 = session.accept(part)
    #expect(!answer9)
    #expect(session.pendingRowCount == 4 && session.snapshot.flags.lexicons === first.compiled)
    let answer10 = session.accept(RowFlagging(second.compiled).extend(over: session.snapshot.dataset))
    #expect(answer10)
    #expect(session.snapshot.lexicons === second && session.snapshot.flags.lexicons === second.compiled)
    #expect(session.pending == nil)
  }

  /// Read with other columns, the rows are as many as before, but none of their flags is valid.
  @Test func flagsOfOtherRowsAreDiscarded() {
    let first = Self.lexicons("ivory")
    var session = opened(with: first)
    session.beginChangingColumns()
    let other = Dataset.of((0..<10).map { ListingRow(id: "\($0)", title: "moss") })
    _ = session.finishChangingColumns(other, problems: ProblemList(), problemRows: RowSet(noneOf: 10))
    #expect(session.snapshot.flags.flaggedCount == 0 && session.snapshot.flags.lexicons === first.compiled)
    _ = session.accept(RowFlagging(first.compiled).extend(over: other))
    session.beginRereading()
    _ = session.finishRereading(reread(session, as: Self.dataset(10)), from: session.snapshot.dataset)
    _ = session.adoptReread()
    #expect(session.snapshot.flags.flaggedCount == 0)
    #expect(session.snapshot.lexicons === first)
  }

  @Test func growingRowsKeepTheirFlags() {
    let growing = GrowingDataset()
    growing.add(Self.rows(4))
    let (part, lexicons) = (growing.look(), Self.lexicons("ivory"))
    var session = OpenSession()
    session.grow(to: part, Loading(), problems: ProblemList(), problemRows: RowSet(noneOf: 4))
    _ = session.accept(lexicons)
    _ = session.accept(RowFlagging(lexicons.compiled).extend(over: part))
    growing.add(Self.rows(3), file: "more.csv")
    session.grow(
      to: growing.look(isComplete: true), Loading(isComplete: true), problems: ProblemList(),
      problemRows: RowSet(noneOf: 7))
    #expect(session.snapshot.flags.flaggedCount == 4)
  }

  /// Flagging that was in progress when every lexicon was switched off brings no term back.
  @Test func flagsOfReplacedLexiconsAreRejected() {
    let (first, second) = (Self.lexicons("ivory"), Self.lexicons("ring"))
    var session = opened(with: first)
    let none = LoadedLexicons(.empty, overview: .empty, compiled: CompiledLexicons(.empty))
    _ = session.accept(none)
    #expect(session.snapshot.lexicons === none)
    let isTaken = session.accept(RowFlagging(first.compiled).extend(over: session.snapshot.dataset))
    #expect(!isTaken && session.snapshot.lexicons === none)
    _ = session.accept(second)
    let isTakenLater = session.accept(RowFlagging(first.compiled).extend(over: session.snapshot.dataset))
    #expect(!isTakenLater)
  }

  @Test func lexiconsAreRequestedOnce() {
    var session = opened()
    let answer11 = session.requestLexiconsOnce()
    #expect(answer11)
    let answer12 = session.requestLexiconsOnce()
    #expect(!answer12)
    _ = session.accept(Self.lexicons("ivory"))
    let answer13 = session.requestLexiconsOnce()
    #expect(!answer13)
  }

  @Test func lexiconsWithTheSameTermsKeepTheFlags() {
    let first = Self.lexicons("ivory")
    var session = opened(with: first)
    let again = LoadedLexicons(first.set, overview: first.overview, compiled: first.compiled)
    let isChanged = session.accept(again)
    #expect(isChanged && session.pending == nil)
    #expect(session.snapshot.lexicons === again && session.snapshot.flags.flaggedCount == 10)
  }

  @Test func aTrialIsAdoptedWithoutFlaggingAgain() {
    let (first, second) = (Self.lexicons("ivory"), Self.lexicons("ring"))
    var session = opened(with: first)
    session.keepTrial(
      RowFlagging(second.compiled).extend(over: session.snapshot.dataset), of: session.snapshot.dataset)
    let answer14 = session.accept(second)
    #expect(answer14)
    #expect(session.snapshot.lexicons === second && session.snapshot.flags.flaggedCount == 10)
  }

  @Test func aTrialOverOtherRowsIsNotAdopted() {
    let (first, second) = (Self.lexicons("ivory"), Self.lexicons("ring"))
    var session = opened(with: first)
    let other = Self.dataset(10)
    session.keepTrial(RowFlagging(second.compiled).extend(over: other), of: other)
    #expect(session.trialFlags == nil)
    session.keepTrial(
      RowFlagging(second.compiled).extend(over: session.snapshot.dataset), of: session.snapshot.dataset)
    session.beginRereading()
    _ = session.finishRereading(reread(session, as: other), from: session.snapshot.dataset)
    _ = session.adoptReread()
    #expect(session.trialFlags == nil, "the rows it was about are no longer open")
  }

  @Test func earlierVerdictsAreRequestedOncePerReading() {
    var session = opened()
    let answer15 = session.requestEarlierVerdictsOnce()
    #expect(answer15)
    let answer16 = session.requestEarlierVerdictsOnce()
    #expect(!answer16)
    session.beginRereading()
    _ = session.finishRereading(reread(session, as: Self.dataset(11)), from: session.snapshot.dataset)
    _ = session.adoptReread()
    let answer17 = session.requestEarlierVerdictsOnce()
    #expect(answer17)
  }
}
