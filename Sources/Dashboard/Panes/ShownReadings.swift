import CodeWords
import Listings
import TextCells
import LexiconWork

/// What was read of the listings that are on the screen, so that drawing reads none again.
///
/// Why:    a held key draws the same fifty titles thirty times a second, and a reading is a pass of the matcher.
/// Shape:  for rows of the table, their risk and what is highlighted in their title cell, be they flagged or not; for the
///         listing in full, the whole reading.
/// Cost:   a reading for each row that comes on the screen, a few ranges for each that is on it; what scrolled far away is
///         forgotten.
struct ShownReadings: Sendable {
  /// What is highlighted in the title, by row.
  fileprivate(set) var titles: [Int: [MarkedRange]] = [:]
  /// The risk, by row: what is on the screen does not wait for the flags of all rows before it.
  fileprivate var risks: [Int: RowRisk] = [:]
  var detail: DetailReading?
  private let lexicons: CompiledLexicons
  private let dataset: Dataset

  init(_ lexicons: CompiledLexicons = .empty, _ dataset: Dataset = .empty) {
    self.lexicons = lexicons
    self.dataset = dataset
  }

  /// Whether these are the readings of the rows and by the lexicons that are in force.
  func areValid(_ state: State) -> Bool {
    lexicons === state.flags.lexicons && dataset.hasSameColumns(as: state.dataset)
  }
}

/// The listing in full, as the lexicons and the lens see it.
struct DetailReading: Sendable {
  let row: Int
  /// Nil where there are no lexicons, or the text is too long.
  let reading: ListingReading?
  let title: TextLens
  let description: TextLens
  /// All rows of the listing, where it has several.
  let sightings: [Int]
  /// What it shares with others that are the same advert.
  let copies: CopyLines

  func lens(on field: Field) -> TextLens { field == .title ? title : description }
}

extension State {
  /// Reads what has come on the screen since the last message.
  mutating func readWhatIsShown() {
    if !shownReadings.areValid(self) { shownReadings = ShownReadings(flags.lexicons, dataset) }
    readShownRows()
    let row = shownDetail?.row
    if shownReadings.detail?.row != row { shownReadings.detail = row.map { detailReading(of: $0) } }
  }

  /// What the lexicons and the lens say of a listing.
  func detailReading(of row: Int) -> DetailReading {
    if let known = shownReadings.detail, known.row == row, shownReadings.areValid(self) { return known }
    let reading = freshReading(of: row)
    func lens(_ field: Field) -> TextLens {
      let text = dataset.bytes(of: field, at: row)
      let hits = (reading?.hits ?? []).filter { $0.field == field }
      return TextLens(UnsafeRawBufferPointer(rebasing: text.prefix(Self.longestLens)), hits: hits, flags.lexicons)
    }
    return DetailReading(
      row: row, reading: reading, title: lens(.title), description: lens(.description),
      sightings: listings.map { $0.repeated.contains(row) ? $0.rows(ofListingAt: row) : [] } ?? [],
      copies: CopyLines(of: row, in: snapshot.duplicates, dataset, markedBy: key("mark-copies")))
  }

  /// More is not looked at of a text than can be shown of it.
  private static let longestLens = 4 * DetailText.longestText

  // MARK: Rows

  /// The risk of a row: by its flags, else, while it is on the screen, by its reading.
  func risk(of row: Int) -> RowRisk {
    let flagged = flags.risk(at: row)
    guard flagged == .pending, shownReadings.areValid(self) else { return flagged }
    return shownReadings.risks[row] ?? .pending
  }

  /// Rows on other screens whose readings are kept, for turning back.
  private static let keptTitles = 512
  /// No title cell is so wide that more of its bytes are seen.
  private static let titleBytes = 4096

  private mutating func readShownRows() {
    guard hasLexicons else { return }
    let places = table.top..<max(table.top, min(order.count, table.top + tableRows))
    let missing = places.map { order[$0] }.filter { shownReadings.titles[$0] == nil }
    guard !missing.isEmpty else { return }
    if shownReadings.titles.count + missing.count > Self.keptTitles {
      let shown = Set(places.map { order[$0] })
      shownReadings.titles = shownReadings.titles.filter { shown.contains($0.key) }
      shownReadings.risks = shownReadings.risks.filter { shown.contains($0.key) }
    }
    for row in missing {
      let reading = freshReading(of: row)
      shownReadings.titles[row] = reading.map { titleMarks(of: row, $0) } ?? []
      if !flags.flagged.contains(row) { shownReadings.risks[row] = reading.map(RowRisk.init) }
    }
  }

  /// What is highlighted in a listing's title cell; without a title, that cell shows the description.
  private func titleMarks(of row: Int, _ reading: ListingReading) -> [MarkedRange] {
    let field = TableColumn.fieldOfTitle(dataset, row)
    return HitMarks.ranges(of: reading, in: field, flags.lexicons).filter { $0.bytes.lowerBound < Self.titleBytes }
  }
}

extension State {
  /// What the lexicons say of a listing; nil where there are none, or where its text is too long to be read on the way
  /// to the screen.
  func reading(of row: Int) -> ListingReading? {
    if let known = shownReadings.detail, known.row == row, shownReadings.areValid(self) { return known.reading }
    return freshReading(of: row)
  }

  /// The same, whether or not it was read before.
  private func freshReading(of row: Int) -> ListingReading? {
    guard hasLexicons, !dataset.isGiant(row) else { return nil }
    return flags.lexicons.reading(of: row, in: dataset)
  }
}
