import Casework
import CodeWords
import Filters
import Listings
import Sentences
import SmallFormats
import TextCells

/// The listing under the cursor in an order made for listening: what it is, why it is flagged, who sells it for how much
/// and where, what was decided.
///
/// Shape:  a fact a line, the shortest way to say it; what there is none of is left out, except where that says something.
/// Limits: few and short lines, so that a step costs a thin link less than 1,500 bytes; the rest is said on demand.
/// Cost:   one reading of the listing by the lexicons, which the state keeps.
struct SpokenListing {
  private(set) var lines: [SpokenLine] = []
  private let state: State
  private let row: Int
  private let dataset: Dataset

  /// Reasons for and against that are said unasked.
  private static let reasonsFor = 3
  private static let reasonsAgainst = 2

  init(_ state: State, _ row: Int) {
    (self.state, self.row, dataset) = (state, row, state.dataset)
    addHeading()
    addRisk()
    addSale()
    addSpecies()
    addHistory()
    addDecision()
  }

  private mutating func add(_ text: String, bytes limit: Int = 160) {
    lines.append(SpokenLine(text, bytes: limit).ended)
  }

  private mutating func addHeading() {
    let place = state.unfinished == nil ? state.placeWords : localized("\(state.placeWords) so far")
    add("\(place): \(state.spokenTitle(of: row, bytes: 200))", bytes: 260)
    let count = state.lineUnderCursor?.listings ?? 1
    if count > 1 {
      let listings = counted(count, "listing")
      add(localized("It stands for \(listings) that are one advert; \(state.key("open-line")) opens them."))
    }
    if state.marked.contains(row) { add(localized("Marked.")) }
  }

  // MARK: Why it is flagged

  private mutating func addRisk() {
    guard let reading = state.reading(of: row) else {
      if dataset.isGiant(row) { return add(localized("Risk: not read, the text is too long.")) }
      if let awaited = state.unreadWords { add(localized("Risk: not known yet, \(awaited.sentence)")) }
      return
    }
    guard let risk = reading.risk else {
      return add(localized("Risk: not readable by text, which does not make it benign."))
    }
    add(localized("Risk \(risk.value) of 100."))
    let reasons = Self.reasons(reading, state, row)
    let counting = reasons.filter { $0.points != 0 }
    let (pro, contra) = (counting.filter { $0.points > 0 }, counting.filter { $0.points < 0 })
    for reason in pro.prefix(Self.reasonsFor) + contra.prefix(Self.reasonsAgainst) {
      add(reason.sentence, bytes: 120)
    }
    let left = counting.count - min(pro.count, Self.reasonsFor) - min(contra.count, Self.reasonsAgainst)
    if left > 0 { add(counted(left, "more reason") + ": why") }
  }

  /// A reason, for or against.
  struct Reason {
    let points: Int
    let sentence: String
  }

  /// All reasons of a reading, each as a sentence: points in words, since a sign is easily not heard.
  static func reasons(_ reading: ListingReading, _ state: State, _ row: Int) -> [Reason] {
    reading.why(state.flags.lexicons, ListingText(of: row, in: state.dataset), .screen).map { line in
      let words = line.parts.map { part -> String in
        if case .words(let words) = part { return SpokenLine.datesInWords(words) }
        return part.text
      }
      let quoted = SpokenLine(words.joined(), bytes: 110).ended.text
      let sentence =
        line.points > 0
        ? localized("For, plus \(line.points): \(quoted)")
        : line.points < 0
          ? localized("Against, minus \(-line.points): \(quoted)") : localized("Counts nothing: \(quoted)")
      return Reason(points: line.points, sentence: sentence)
    }
  }

  // MARK: What it says

  private mutating func addSale() {
    let parts = [
      said(.platform, missing: localized("Platform not given")) { $0 },
      said(.sellerAlias, missing: localized("seller not given")) { localized("seller \($0)") },
      price,
      said(.country, missing: localized("country not given")) { localized("country \($0)") }, day,
    ]
    add(parts.compactMap { $0 }.joined(separator: ", ") + ".", bytes: 240)
  }

  /// A cell with its name; nothing where no listing has any.
  private func said(_ field: Field, missing: String, _ named: (String) -> String) -> String? {
    cell(field).map(named) ?? (state.hasValues(field) ? missing : nil)
  }

  private func cell(_ field: Field) -> String? {
    let text = SpokenLine.quote(dataset.bytes(of: field, at: row), bytes: 60)
    return text.isEmpty ? nil : text
  }

  /// As read, and about how much that is; what could not be read, as advertised.
  private var price: String {
    let price = dataset.price(at: row)
    let read = SpokenLine(TableColumn.price(dataset, row), bytes: 40).text
    switch price.state {
    case .missing: return localized("no price")
    case .withoutCurrency: return localized("price \(read), currency unknown")
    case .read:
      let dollars = price.currency == "USD" ? nil : price.usDollars
      return dollars.map { localized("price \(read), about \(Self.rounded($0)) US dollars") }
        ?? localized("price \(read)")
    case .unreadable, .placeholder, .free, .onRequest, .exchange:
      return localized("price \(read)") + ", " + price.state.words
    }
  }

  /// An amount that is only about right, without what nobody wants to hear.
  private static func rounded(_ amount: Amount) -> String {
    amount.tenThousandths < 100_000 ? TableColumn.amount(amount) : grouped(Int((amount.tenThousandths + 5000) / 10_000))
  }

  /// The day in words: of digits with hyphens a voice makes a subtraction.
  private var day: String {
    let isPosted = dataset.time(of: .postedAt, at: row) != nil
    guard let day = CalendarDay(TableColumn.day(dataset, row, isShort: false)) else {
      return localized("no day")
    }
    let words = SpokenLine.words(day)
    return isPosted ? localized("posted \(words)") : localized("captured \(words)")
  }

  private mutating func addSpecies() {
    if let species = cell(.species) { add(localized("Species: \(species)."), bytes: 100) }
    if let hidden = LensWording.sentence(state.detailReading(of: row)) {
      add(localized("The text hides something: \(hidden)."), bytes: 140)
    }
  }

  private mutating func addHistory() {
    guard state.snapshot.since?.hasEarlier == true else { return }
    let since = TableColumn.since(state.snapshot.since, row, width: 10)
    guard !since.isEmpty else { return }
    let isGone = state.snapshot.since?.gone.contains(row) == true
    let isChange = state.snapshot.since?.kind(of: row) == .changed && !isGone
    add(
      isChange
        ? localized("Since last time: changed, \(since.text); history says more.")
        : localized("Since last time: \(since.text); history says more."), bytes: 100)
  }

  // MARK: What was decided

  private mutating func addDecision() {
    let key = state.snapshot.key(of: row)
    lines += SpokenListing.decision(on: key, row, state)
    for line in ReviewLines(on: key, state).lines.prefix(4) { add("\(line.name): \(line.text)", bytes: 140) }
  }

  /// The verdict in words, whether it is on disk, and the note.
  static func decision(on key: ListingKey, _ row: Int, _ state: State) -> [SpokenLine] {
    var lines: [String] = []
    let filing = state.decisions[key]
    let status = filing?.status ?? .none
    if let verdict = status.verdict {
      let decided = verdict.screenLabel + (status.reason.map { ", \($0.screenLabel)" } ?? "")
      var words = localized("Verdict: \(decided)")
      switch filing {
      case .saving: words += ", " + localized("being saved")
      case .refused(_, let why): words += ", " + localized("NOT SAVED: \(why)")
      case .saved, nil: break
      }
      lines.append(words + ".")
    } else if case .refused(_, let why) = filing {
      lines.append(localized("Unreviewed; what you decided is NOT SAVED: \(why)"))
    } else {
      lines.append(
        state.areVerdictsPlaced
          ? localized("Unreviewed.")
          : localized("Whether it was decided before is not known yet: looking up verdicts."))
    }
    if state.snapshot.changes?.rows.contains(row) == true, let change = state.snapshot.changes?.byKey[key] {
      let cells = change.changed.cells.map(\.label).joined(separator: ", ")
      let keep = state.key("keep-verdict")
      lines.append(localized("Ask again: \(cells) changed since the verdict; \(keep) keeps it."))
    }
    if state.snapshot.reviews?[key] == nil, let note = status.note { lines.append(localized("Note: \(note)")) }
    if let draft = state.noteDrafts[key] { lines.append(localized("Note begun and not saved: \(draft)")) }
    if !status.description.isEmpty {
      lines.append(localized("Described: \(DescriptionLines(status.description).lines.joined(separator: "; "))"))
    }
    return lines.map { SpokenLine($0, bytes: 180).ended }
  }
}
