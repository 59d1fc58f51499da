import Casework
import CodeWords
import Filters
import Listings
import Sentences
import TextCells

// What is read out on demand: everything about a listing, where one is, the words of the linear mode.

extension LinearDialogue {
  /// The line width of running text: lines of a book, which braille displays and serial terminals take too.
  private static let textColumns = 78

  /// A part of the listing that was heard, whole.
  func reading(_ act: LinearCommand.Act, _ state: State) -> [SpokenLine] {
    guard let heard else { return [SpokenLine(state.soFar(localized("No listing is shown")))] }
    guard let row = Self.row(of: heard, state) else {
      return [SpokenLine(localized("The listing that was read out is no longer among those that are open"))]
    }
    switch act {
    case .text: return text(of: row, state)
    case .why: return reasons(of: row, state)
    case .hits: return hits(in: row, state)
    case .hidden: return hidden(in: row, state)
    case .copies: return copies(of: row, state)
    case .history: return history(of: row, state)
    case .url:
      let url = state.dataset.shownText(of: .url, at: row)
      return [SpokenLine(quoting: SafeText(url.isEmpty ? heard.key.text : url.withoutControls))]
    default:
      return DetailText(state, row, width: 100).lines.map { SpokenLine($0.words) }.filter { !$0.text.isEmpty }
    }
  }

  /// The row of a listing that was heard: rows have other numbers once files were read again.
  private static func row(of heard: HeardListing, _ state: State) -> Int? {
    if heard.row < state.dataset.rowCount, state.snapshot.key(of: heard.row) == heard.key { return heard.row }
    return state.snapshot.rows(of: [heard.key]).first?.row
  }

  private func text(of row: Int, _ state: State) -> [SpokenLine] {
    let lines = [Field.title, .description].flatMap { field in
      let bytes = state.dataset.bytes(of: field, at: row)
      let shown = SafeText.lines(utf8: bytes, width: Self.textColumns, limit: DetailText.longestText)
      let size = localized("\(grouped: bytes.count) bytes in all") + "."
      let cut = bytes.count > 4 * DetailText.longestText ? [SpokenLine(size)] : []
      return shown.map { SpokenLine(quoting: $0) } + cut
    }.filter { !$0.text.isEmpty }
    return lines.isEmpty ? [SpokenLine(localized("It has neither title nor text."))] : lines
  }

  private func reasons(of row: Int, _ state: State) -> [SpokenLine] {
    guard let reading = state.reading(of: row) else {
      return [SpokenLine(state.soFar(localized("No lexicon has read this listing"), until: state.unreadWords))]
    }
    let risk = reading.risk.map { localized("Risk \($0.value) of 100.") } ?? localized("No risk.")
    let reasons = SpokenListing.reasons(reading, state, row).map { SpokenLine($0.sentence) }
    return [SpokenLine(risk)] + (reasons.isEmpty ? [SpokenLine(localized("No code word counts."))] : reasons)
  }

  private func hits(in row: Int, _ state: State) -> [SpokenLine] {
    guard let reading = state.reading(of: row), !reading.hits.isEmpty else {
      return [SpokenLine(state.soFar(localized("No code word was found in this listing"), until: state.unreadWords))]
    }
    return reading.hits.enumerated().map { number, hit in
      let term = state.flags.lexicons[hit.term]
      let bytes = UnsafeRawBufferPointer(rebasing: state.dataset.bytes(of: hit.field, at: row)[hit.bytes])
      let place = Self.words(SpokenLine.quote(bytes, bytes: 60), in: hit.field)
      let meaning = term.denotes.isEmpty ? "" : ", \(term.denotes)"
      return SpokenLine(
        "\(number + 1). \(place): \(term.language) \(term.kind.label) \(term.name)\(meaning), \(hit.status.label)",
        bytes: 200)
    }
  }

  private static func words(_ quote: String, in field: Field) -> String {
    switch field {
    case .title: localized("“\(quote)” in the title")
    case .description: localized("“\(quote)” in the description")
    default: localized("“\(quote)” in the \(field.rawValue)")
    }
  }

  private func hidden(in row: Int, _ state: State) -> [SpokenLine] {
    guard let sentence = LensWording.sentence(state.detailReading(of: row)) else {
      return [SpokenLine(state.soFar(localized("Nothing hidden was found in this listing"), until: state.unreadWords))]
    }
    return [SpokenLine(sentence)] + LensLegend(state, row).lines.map { SpokenLine("\($0.name): \($0.text)") }
  }

  private func copies(of row: Int, _ state: State) -> [SpokenLine] {
    let lines = state.detailReading(of: row).copies.lines.map { SpokenLine($0) }
    if !lines.isEmpty { return lines }
    return [SpokenLine(state.copiesBlocked ?? localized("No other listing is the same advert"))]
  }

  private func history(of row: Int, _ state: State) -> [SpokenLine] {
    var lines = HistoryLines(of: row, state.snapshot.since).lines.map { SpokenLine($0.text) }
    let (dataset, sightings) = (state.dataset, state.detailReading(of: row).sightings)
    if sightings.count > 1 {
      lines.append(SpokenLine(localized("The same listing in \(Sentences.counted(sightings.count, "row")):")))
      lines += sightings.map { row in
        SpokenLine(
          localized("\(dataset.source(of: row).name.lastPart), row \(grouped: dataset.sourceRow(of: row))"))
      }
    }
    if !lines.isEmpty { return lines }
    let source = localized("\(dataset.source(of: row).name), row \(grouped: dataset.sourceRow(of: row))")
    return [SpokenLine(state.soFar(localized("Seen once: \(source)"), until: state.unfinished([.earlierScrapes])))]
  }

  // MARK: Sheets

  /// Reads a sheet out, and closes it: what can be changed in it has a command line.
  mutating func readOut(_ sheet: any Sheet, _ state: State) -> LinearTurn {
    let node = sheet.node(state, in: Size(columns: 110, rows: 1000))
    var lines = (node?.sentences ?? []).map { SpokenLine($0) }.filter { !$0.text.isEmpty }
    if lines.isEmpty { lines = [SpokenLine(localized("There is nothing in it."))] }
    if let command = Self.commandLine(of: state.mode) {
      lines.append(
        SpokenLine(localized("Letters named here are keys of the dashboard; without a screen use \(command).")))
    }
    var turn = page(lines)
    turn.requests = [.keys([.escape])]
    return turn
  }

  private static func commandLine(of mode: Mode) -> String? {
    switch mode {
    case .evidence: "linsang attach"
    case .cases: "linsang cases record"
    case .columns: localized("--map at the start")
    case .lexicons: "linsang lexicon"
    case .problems: "linsang problems"
    default: nil
    }
  }

  // MARK: Where one is

  func whereabouts(_ state: State) -> [SpokenLine] {
    var lines = ["\(state.title): \(contents(state))."]
    lines.append(filterLine(state).text)
    lines.append(localized("Sorted by \(Self.words(state.sort))."))
    if state.order.count > 0 { lines.append(place(state)) }
    let counts = state.counts
    let decided = [
      Verdict.numbered(counts.confirmed, .confirmed), Verdict.numbered(counts.falsePositive, .falsePositive),
      Verdict.numbered(counts.unsure, .unsure),
    ].joined(separator: ", ")
    lines.append(state.soFar(localized("Decided: \(decided)"), until: state.unfinished([.verdicts])) + ".")
    if counts.askAgain > 0 { lines.append(localized("\(grouped: counts.askAgain) to ask about again.")) }
    if counts.disagreements > 0 { lines.append(localized("Analysts disagree on \(grouped: counts.disagreements).")) }
    if counts.marked > 0 { lines.append(Sentences.counted(counts.marked, "marked", "marked") + ".") }
    lines.append(localized("Analyst \(state.analyst), casebook \(state.casebook.name)."))
    if let trouble = state.casebook.trouble { lines.append(Self.spoken(trouble.sentence, state).text) }
    if state.decisions.refusedCount > 0 {
      lines.append(Self.notSaved(state.decisions.refusedCount) + ".")
    }
    if let awaited = state.awaitedAnswer { lines.append(localized("Not all is known yet: \(awaited.sentence)")) }
    return lines.map { SpokenLine($0) }
  }

  private func place(_ state: State) -> String {
    let (place, count) = (grouped(state.table.cursor + 1), grouped(state.order.count))
    let title = state.table.row.map { state.spokenTitle(of: $0, bytes: 80) } ?? ""
    switch state.unitOfPlaces {
    case .listings: return localized("At listing \(place) of \(count): \(title).")
    case .rows: return localized("At row \(place) of \(count): \(title).")
    case .lines: return localized("At line \(place) of \(count): \(title).")
    }
  }

  static func notSaved(_ count: Int) -> String {
    localized(count, one: "\(grouped: count) decision NOT SAVED", other: "\(grouped: count) decisions NOT SAVED")
  }

  // MARK: Help

  static func help(_ word: String, _ bindings: KeyBindings) -> [SpokenLine] {
    if word.isEmpty {
      return LinearCommand.Topic.allCases.map { topic in
        let words = LinearCommand.all(bindings).filter { $0.topic == topic }.map(\.usage)
        return SpokenLine("\(topic.label): \(words.joined(separator: "; ")).")
      } + [
        SpokenLine(
          localized(
            "A number goes to that listing, /risk:>60 filters, an empty line goes on. help and a word explains it."))
      ]
    }
    if let command = LinearCommand.named(word, bindings) { return [SpokenLine("\(command.usage): \(command.help).")] }
    let nearest = LinearCommand.nearest(to: word, bindings).map(\.usage).joined(separator: "; ")
    let words = localized("There is no word “\(word)”.")
    return [SpokenLine(nearest.isEmpty ? words : words + " " + localized("Nearest: \(nearest)."))]
  }
}

extension Line {
  /// What it says: ornament and bars left out.
  fileprivate var words: String {
    pieces.filter { piece in
      switch piece.meaning {
      case .decoration, .band: false
      default: true
      }
    }.map(\.text.text).joined(separator: " ")
  }
}

extension Node {
  /// What a node says, line by line.
  fileprivate var sentences: [String] {
    switch content {
    case .line(let line): [line.words]
    case .picture: []
    case .stack(let nodes), .layers(let nodes): nodes.flatMap(\.sentences)
    case .placed(let parts): parts.flatMap(\.node.sentences)
    case .bordered(let border, let node): [border.title.text] + node.sentences
    case .sheet(let box, let node): [box.border.title.text] + node.sentences
    }
  }
}
