import Casework
import CodeWords
import Cues
import Filters
import Listings
import Sentences
import Sightings
import TerminalIO
import TextCells

/// Everything known about a listing as lines: what was decided, what it says, where it comes from.
///
/// Cost:   the record is decoded once; of very long texts only a beginning is laid out.
struct DetailText {
  private(set) var lines: [Line] = []
  private let state: State
  private let dataset: Dataset
  private let row: Int
  private let width: Int
  private let indent: Int
  private let cells: [RecordCell]
  private let search: [TextSearch]
  /// What the lexicons say; nil where there are none.
  private let reading: ListingReading?
  /// The line on which each hit of `reading` begins, for going from one to the next.
  private(set) var hitLines: [Int?] = []

  /// Longer cells are cut: a listing of megabytes must not stall the screen.
  static let longestText = 16_384

  init(_ state: State, _ row: Int, width: Int) {
    self.state = state
    self.row = row
    self.width = width
    dataset = state.dataset
    indent = width < 26 ? 9 : width < 48 ? 10 : 12
    search = state.searchedWords
    guard width > 8 else {
      cells = []
      reading = nil
      return
    }
    cells = state.dataset.shownCells(of: row)
    reading = state.reading(of: row)
    hitLines = Array(repeating: nil, count: reading?.hits.count ?? 0)
    addAll()
  }

  /// What a decision needs comes first, at every size: the title, what was decided, and what speaks for and against. Where there
  /// are few lines the text follows at once, behind the facts in one paragraph.
  private mutating func addAll() {
    let key = state.snapshot.key(of: row)
    addText(.title, .title)
    addStanding(key)
    addReviews(key)
    addDescription(key)
    addRisk()
    addDisguises()
    if isBrief {
      addFactsInBrief()
      addDescriptionText()
    }
    addFacts()
    addCues()
    addHistory()
    addCopies()
    if !isBrief { addDescriptionText() }
    if state.detail.isLensOn { for line in LensLegend(state, row).lines { add(line.name, line.text, line.role) } }
    addTaxa()
    addReasons()
    for cell in cells where !cell.text.isEmpty && !Self.hasLineOfItsOwn(cell.field) {
      let first = lines.count
      add(cell.field?.rawValue ?? cell.name, cell.text, .text)
      if cell.field == .url { link(lines.indices.dropFirst(first), to: Hyperlink.address(cell.text)) }
    }
    let source = dataset.source(of: row)
    let place = localized("\(source.name), row \(grouped: dataset.sourceRow(of: row))")
    add(localized("from", context: "a line of the listing"), place, .faint)
    addSightings()
    if dataset.isGiant(row) {
      let bytes = dataset.record(at: row).count
      add(localized("record"), localized("\(grouped: bytes) bytes: only its texts' beginnings are shown"), .warning)
    }
    for conversion in source.reader.conversions {
      add(localized("read", context: "a line of the listing"), conversion.sentence, .faint)
    }
    for finding in source.reader.findings {
      if let sentence = finding.sentence { add(localized("column"), sentence, .faint) }
    }
    let markup = cells.filter(\.hadMarkup).compactMap { $0.field?.rawValue }
    if !markup.isEmpty {
      let sentence = localized("HTML decoded in \(markup.joined(separator: ", "))")
      add(localized("read", context: "a line of the listing"), sentence, .faint)
    }
    add(localized("key", context: "a line of the listing"), key.text, .faint)
  }

  /// Whether there are so few lines that facts and text would not both be seen.
  private var isBrief: Bool { state.layout.isCompact || state.layout.detail.insideBorder.rows < Self.rowsForFacts }

  /// From here on facts in lines of their own leave room for the text.
  private static let rowsForFacts = 20

  private mutating func addDescriptionText() {
    guard dataset.bytes(of: .description, at: row).count > 0 else { return }
    if !isBrief { lines.append(Line()) }
    addText(.description, .text)
    lines.append(Line())
  }

  /// Price, platform, seller, species and day in one paragraph.
  private mutating func addFactsInBrief() {
    var facts = [TableColumn.price(dataset, row)]
    for field in [Field.platform, .sellerAlias, .species] {
      let text = Self.brief(dataset.shownText(of: field, at: row))
      if !text.isEmpty { facts.append(field == .sellerAlias ? localized("by \(text)", context: "a seller") : text) }
    }
    let day = TableColumn.day(dataset, row, isShort: false)
    if day != "–" { facts.append(day) }
    add(localized("what", context: "a line of the listing"), facts.filter { $0 != "–" }.joined(separator: " · "), .text)
  }

  /// The beginning of a fact. A scraper that took half a page for the seller must not push the advert's text off the screen.
  private static func brief(_ text: String) -> String {
    text.count <= longestFact ? text : String(text.prefix(longestFact - 1)).trimmed + "…"
  }

  /// In characters.
  private static let longestFact = 40

  private static func hasLineOfItsOwn(_ field: Field?) -> Bool {
    switch field {
    case .title, .description, .platform, .species, .price, .currency, .sellerAlias, .postedAt: true
    default: false
    }
  }

  private mutating func addStanding(_ key: ListingKey) {
    if let draft = state.noteDrafts[key] {
      add(localized("draft"), draft + " · " + localized("not saved; \(state.noteKey) continues it"), .warning)
    }
    guard let filing = state.decisions[key] else { return }
    let status = filing.status
    guard status != .none || filing.isUnsettled else { return }
    var words = status.verdict.map(\.screenLabel) ?? localized("unreviewed")
    if let reason = status.reason { words += " (\(reason.screenLabel))" }
    switch filing {
    case .saving: words += " · " + localized("being saved")
    case .saved(_, let number):
      let isLost = state.casebook.trouble?.kind == .lost
      words += " · "
      words +=
        isLost
        ? localized("was saved, last event \(grouped: number)") : localized("saved, last event \(grouped: number)")
    case .refused(_, let why): words += " · " + localized("NOT SAVED: \(why)")
    }
    let role: Role = if case .refused = filing { .failure } else { VerdictMark.role(status.verdict) }
    add(localized("verdict"), words, role)
    if !filing.isUnsettled { addChanges(key) }
    if state.snapshot.reviews?[key] == nil, let note = status.note { add(localized("note"), note, .notice) }
  }

  /// What each analyst said, where several spoke.
  private mutating func addReviews(_ key: ListingKey) {
    for line in ReviewLines(on: key, state).lines { add(line.name, line.text, line.role) }
  }

  /// What was stated in codes, a line for each analyst.
  private mutating func addDescription(_ key: ListingKey) {
    guard let status = state.decisions[key]?.status, !status.description.isEmpty else { return }
    for (number, line) in DescriptionLines(status.description).lines.enumerated() {
      add(number == 0 ? localized("described") : " ", line, .notice)
    }
  }

  /// What changed after the verdict, each with its value then and now.
  private mutating func addChanges(_ key: ListingKey) {
    guard state.snapshot.changes?.rows.contains(row) == true, let change = state.snapshot.changes?.byKey[key] else {
      return
    }
    let cells = change.changed.cells
    add(
      localized("ask again"),
      localized("\(cells.map(\.label).joined(separator: ", ")) changed since the verdict") + " · "
        + localized("\(state.key("keep-verdict")) keeps it"),
      .flagged)
    for cell in cells {
      guard let old = change.old(cell) else {
        if cell == .price { add(" ", localized("price: there was none"), .unsure) }
        continue
      }
      add(" ", localized("\(cell.label) was: \(old)"), .unsure)
    }
    if let title = change.title, change.changed.isSuperset(of: [.init(.title), .init(.text)]),
      !TitleLikeness.areAlike(title, dataset.shownText(of: .title, at: row))
    {
      add(
        " ", localized("perhaps another advert: the site may have given its number or address to a new one"), .warning)
    }
  }

  /// Where else the same listing occurs; a verdict holds for all of its rows.
  private mutating func addSightings() {
    let sightings = state.detailReading(of: row).sightings
    guard sightings.count > 1 else { return }
    let most = 9
    let places = sightings.prefix(most).map { row in
      localized("\(dataset.source(of: row).name.lastPart) row \(grouped: dataset.sourceRow(of: row))")
    }
    let more = sightings.count > most ? [counted(sightings.count - most, "more", "more")] : []
    let list = (places + more).joined(separator: ", ")
    add(
      localized("seen", context: "a line of the listing"), localized("in \(counted(sightings.count, "row")): \(list)"),
      .faint)
  }

  /// The risk, and what speaks for and against in a line each; whole sentences follow below the text.
  private mutating func addRisk() {
    guard let reading else { return }
    guard let risk = reading.risk else {
      return add(localized("risk"), "? · " + localized("not readable by text, which does not make it benign"), .unsure)
    }
    let count = risk.points.count { $0.points != 0 }
    let grounds =
      count == 0
      ? localized("no code word counts") : count == 1 ? localized("one reason") : counted(count, "reason")
    let words = localized("\(risk.value) of 100", context: "a risk") + " · " + grounds
    add(localized("risk"), words, TableColumn.role(.value(risk.value)))
    let brief = reading.reasonsInBrief(state.flags.lexicons, ListingText(of: row, in: dataset))
    add(localized("for", context: "a line of the listing"), brief.speaking.joined(separator: " · "), .text)
    add(localized("against", context: "a line of the listing"), brief.against.joined(separator: " · "), .text)
  }

  /// A hint that the text hides something; the lens shows it.
  private mutating func addDisguises() {
    guard !state.detail.isLensOn, let sentence = LensWording.sentence(state.detailReading(of: row)) else { return }
    add(localized("disguise"), sentence + " · " + localized("\(state.key("lens")) shows them"), .unsure)
  }

  /// Why the listing is flagged, each point of it.
  private mutating func addReasons() {
    guard let reading else { return }
    let texts = ListingText(of: row, in: dataset)
    for (number, line) in reading.why(state.flags.lexicons, texts, .screen).enumerated() {
      let points = line.points > 0 ? "+\(line.points) " : line.points < 0 ? "−\(-line.points) " : ""
      add(
        number == 0 ? localized("why", context: "a line of the listing") : " ", points + line.text,
        line.points == 0 ? .faint : .text)
    }
  }

  /// What the advert says of how the seller is reached, paid or ships: a line for each, with numbers and names in full.
  private mutating func addCues() {
    guard let words = state.snapshot.lexicons?.cues else { return }
    let texts = [dataset.bytes(of: .title, at: row), dataset.bytes(of: .description, at: row)]
    let found = texts.flatMap { text in
      let text = UnsafeRawBufferPointer(rebasing: text.prefix(Self.longestText))
      return words.all(in: text).map { cue in
        (cue.name, CueWords.isShown(cue.name) ? String(decoding: text[cue.bytes], as: UTF8.self) : cue.name.text)
      }
    }
    for kind in CueWords.Kind.allCases {
      var said: [String] = []
      for (name, text) in found where name.kind == kind && !said.contains(text) { said.append(text) }
      if !said.isEmpty { add(Self.label(kind), said.joined(separator: ", "), .text) }
    }
  }

  private static func label(_ kind: CueWords.Kind) -> String {
    switch kind {
    case .contact: localized("contact")
    case .payment: localized("payment")
    case .shipping: localized("shipping")
    }
  }

  /// What the listing's taxa are, and what protects them.
  private mutating func addTaxa() {
    guard let table = state.taxa, !table.isEmpty else { return }
    let taxa = TaxonLines(of: row, in: dataset, reading: reading, lexicons: state.flags.lexicons, table: table)
    for (number, line) in taxa.lines.enumerated() {
      add(number == 0 ? localized("taxon") : " ", line.text, line.role)
    }
  }

  /// What became of the listing since last time, and its earlier sightings.
  private mutating func addHistory() {
    for (number, line) in HistoryLines(of: row, state.snapshot.since).lines.enumerated() {
      add(number == 0 ? localized("since", context: "a line of the listing") : " ", line.text, line.role)
    }
  }

  /// What the listing shares with others that are the same advert.
  private mutating func addCopies() {
    for (number, line) in state.detailReading(of: row).copies.lines.enumerated() {
      add(number == 0 ? localized("copies") : " ", line, number == 0 ? .text : .faint)
    }
  }

  private mutating func addFacts() {
    add(localized("platform"), dataset.bytes(of: .platform, at: row), .platform)
    add(localized("species"), dataset.bytes(of: .species, at: row), .species, marksHits: true)
    add(localized("price"), price, .price)
    add(localized("seller"), dataset.bytes(of: .sellerAlias, at: row), .seller, marksHits: true)
    add(localized("posted"), time(.postedAt), .date)
  }

  /// The day as read; where the text is ambiguous, also the text and what decided how to read it.
  private func time(_ field: Field) -> String {
    let text = cells.first { $0.field == field && !$0.text.isEmpty }?.text ?? ""
    let sentence = dataset.timeSentence(of: field, at: row)
    guard dataset.time(of: field, at: row) != nil else { return sentence.map { "\(text) · \($0)" } ?? "" }
    let day = TableColumn.day(dataset, row, isShort: false)
    return sentence.map { "\(text) · " + localized("read as \(day) (\($0))") } ?? day
  }

  /// As advertised, as read, and about how much that is.
  private var price: String {
    let price = dataset.price(at: row)
    let advertised = cells.first { $0.field == .price && !$0.text.isEmpty }?.text ?? ""
    switch price.state {
    case .missing: return advertised.isEmpty ? localized("none given") : localized("none given (\(advertised))")
    case .unreadable, .placeholder, .free, .onRequest, .exchange:
      return ([advertised + " · " + price.state.words] + [price.state.explanation].compactMap { $0 })
        .joined(separator: ": ")
    case .withoutCurrency:
      return "\(advertised) · " + localized("read as \(TableColumn.price(dataset, row)), currency unknown")
    case .read:
      let (read, basis) = (TableColumn.price(dataset, row), price.basis.label)
      guard price.currency != "USD", let dollars = price.usDollars.map({ TableColumn.amount($0) }) else {
        return "\(advertised) · " + localized("read as \(read) (\(basis))")
      }
      return "\(advertised) · " + localized("read as \(read) (\(basis)), about \(dollars) USD")
    }
  }

  // MARK: Lines

  /// Makes the values of some lines parts of a hyperlink; nil: the address is not one that is safe to open.
  private mutating func link(_ range: some Sequence<Int>, to address: String?) {
    guard let address else { return }
    for index in range {
      for piece in lines[index].pieces.indices where lines[index].pieces[piece].meaning != .label {
        lines[index].pieces[piece].link = address
      }
    }
  }

  private mutating func add(_ name: String, _ text: String, _ role: Role) {
    var text = text
    text.withUTF8 { add(name, UnsafeRawBufferPointer($0), role) }
  }

  /// A named value, its further lines under its first; nothing where there is no value.
  private mutating func add(_ name: String, _ text: UnsafeRawBufferPointer, _ role: Role, marksHits: Bool = false) {
    guard text.count > 0 else { return }
    let label = SafeText(name).clipped(to: width / 2 - 1)
    let first = label.padded(to: max(indent, label.width + 1))
    // A long name of a column shortens its first line only: the values stay in one column.
    let isLong = first.width > indent
    if isLong { lines.append(Line([Piece(label, .fieldName, .label)])) }
    let blank = SafeText(repeating: Glyph(" "), count: indent)
    let placed = MappedText.lines(utf8: text, width: width - indent, limit: Self.longestText)
    for (index, line) in marked(placed, of: text, role, searchedHits(in: text, placed, marksHits)).enumerated() {
      let label = Piece(index == 0 && !isLong ? first : blank, .fieldName, .label)
      lines.append(Line([label] + line.pieces, direction: line.direction))
    }
  }

  /// The title or the description with its highlights: words of the filter, code words, the one that the analyst
  /// went to, and through the lens what is hidden. Later ones are drawn over earlier ones.
  private mutating func addText(_ field: Field, _ role: Role) {
    let text = dataset.bytes(of: field, at: row)
    let lens = state.detail.isLensOn ? state.detailReading(of: row).lens(on: field) : nil
    let placed = MappedText.lines(
      utf8: text, width: width, limit: Self.longestText, labels: lens.map(LensMarks.labels) ?? [])
    let first = lines.count
    for (number, hit) in (reading?.hits ?? []).enumerated() where hit.field == field {
      hitLines[number] = placed.firstIndex { Int($0.offsets.last ?? 0) > hit.bytes.lowerBound }.map { first + $0 }
    }
    var marks = reading.map { HitMarks.ranges(of: $0, in: field, state.flags.lexicons) } ?? []
    marks += searchedHits(in: text, placed, true)
    if let hit = state.hitGoneTo(in: row), hit.field == field {
      marks.append(MarkedRange(bytes: hit.bytes, role: .hitCurrent))
    }
    marks += lens.map(LensMarks.ranges) ?? []
    lines += marked(placed, of: text, role, marks)
  }

  /// Where the words of the filter occur in the part of a text that is shown.
  private func searchedHits(
    in text: UnsafeRawBufferPointer, _ placed: [MappedText], _ isWanted: Bool
  ) -> [MarkedRange] {
    guard isWanted, !search.isEmpty else { return [] }
    let shown = UnsafeRawBufferPointer(rebasing: text.prefix(Int(placed.last?.offsets.last ?? 0)))
    return search.flatMap { $0.ranges(in: shown) }.map { MarkedRange(bytes: $0, role: .hit) }
  }

  private func marked(
    _ placed: [MappedText], of text: UnsafeRawBufferPointer, _ role: Role, _ marks: [MarkedRange]
  ) -> [Line] {
    var lines = placed.map { Line(Self.pieces(of: $0, marks, role), direction: $0.direction) }
    if Self.isCut(text, shownUpTo: Int(placed.last?.offsets.last ?? 0)) {
      lines.append(Line([Piece(SafeText("… " + localized("\(grouped: text.count) bytes in all")), .faint)]))
    }
    return lines
  }

  /// Whether anything but blanks is left of a text; those at its end belong to no line.
  private static func isCut(_ text: UnsafeRawBufferPointer, shownUpTo end: Int) -> Bool {
    let rest = UnsafeRawBufferPointer(rebasing: text[min(end, text.count)...])
    return rest.count > 256 || SafeText(utf8: rest).glyphs.contains { !$0.isBlank }
  }

  /// A line in pieces, with words of the filter and code words highlighted; later `hits` cover
  /// earlier ones.
  private static func pieces(of line: MappedText, _ hits: [MarkedRange], _ role: Role) -> [Piece] {
    let glyphs = line.text.glyphs
    var roles = Array(repeating: role, count: glyphs.count)
    let bytes = Int(line.offsets.first ?? 0)..<Int(line.offsets.last ?? 0)
    for hit in hits where hit.bytes.overlaps(bytes) {
      for glyph in line.glyphs(showing: hit.bytes) { roles[glyph] = hit.role }
    }
    var pieces: [Piece] = []
    var start = 0
    for index in glyphs.indices where index + 1 == glyphs.count || roles[index + 1] != roles[start] {
      pieces.append(Piece(SafeText(glyphs: Array(glyphs[start...index])), roles[start]))
      start = index + 1
    }
    return pieces
  }
}

extension Filing {
  /// Whether the casebook has not taken it yet, or refused it.
  fileprivate var isUnsettled: Bool { if case .saved = self { false } else { true } }
}
