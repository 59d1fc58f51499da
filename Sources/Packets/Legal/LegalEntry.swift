import Sentences
import SmallFormats

/// A provision that a sender can name as what may apply, as the table of legal bases has it.
///
/// Shape:  `about` is in the table's own words. `until` is the last day, nil for what is in force without an end that is known.
/// Limits: it says what a text is about, never that it applies: that a person says who chooses it, and a court.
package struct LegalEntry: Equatable, Sendable {
  /// `eu-338-97-8`, the name of its table in the file.
  package let id: String
  /// ISO 3166-1 alpha-2, `EU`, or `INT` for an international one.
  package var jurisdiction = ""
  /// The short name of the instrument.
  package var name = ""
  package var title = ""
  package var article = ""
  /// What it concerns, in a line.
  package var about = ""
  package var from = CalendarDay(daysSince1970: 0)
  package var until: CalendarDay?
  /// An official address, or a citation.
  package var source = ""
  /// Taxa or appendices that it names.
  package var speaksOf: [String] = []
  /// The day on which it was looked up.
  package var lookedUp = CalendarDay(daysSince1970: 0)
  /// Why it is not checked; nil where it is.
  package var unchecked: String?

  package var isChecked: Bool { unchecked == nil }

  /// As instruments are cited: `Ivory Act 2018, s. 1`.
  package var citation: String { "\(name), \(article)" }

  /// Whether it was in force on a day.
  package func isInForce(on day: CalendarDay) -> Bool { from <= day && (until.map { day <= $0 } ?? true) }

  /// When it was in force: `since 1997-06-01`, `2018-10-26 to 2023-04-30`.
  package var period: String { until.map { "\(from) to \($0)" } ?? "since \(from)" }

  /// As `tool.legal` of `packet.json` has it.
  ///
  /// Shape:  days as YYYY-MM-DD; `until` and `unchecked` are null where there is nothing to say.
  package var value: JSONValue {
    .map([
      "id": .text(id), "jurisdiction": .text(jurisdiction), "name": .text(name), "title": .text(title),
      "article": .text(article), "about": .text(about), "in_force_from": .text(from.description),
      "in_force_until": .textOrNull(until?.description), "source": .text(source),
      "speaks_of": .list(speaksOf.map { .text($0) }), "looked_up": .text(lookedUp.description),
      "unchecked": .textOrNull(unchecked),
    ])
  }
}

/// Why a table of legal bases cannot be used. A table with a mistake is not used at all: what it would have said is not known.
package struct LegalProblem: Error, Equatable, Sendable {
  package let file: String
  /// From 1; nil where no line has it.
  package let line: Int?
  package let why: String

  /// File, line, what is wrong, and what follows.
  package var sentence: String {
    let file = DisplayText.visible(file)
    return line.map { line in
      localized("\(file), line \(line): \(why). No legal basis can be chosen until that is mended.")
    } ?? localized("\(file): \(why). No legal basis can be chosen until that is mended.")
  }
}

/// The provisions that there are to choose from.
///
/// Shape:  in the order of the files; an entry of a later file replaces one of the same name in its place.
/// Fails:  at the first thing that is unknown, missing or contradictory.
/// Cost:   O(entries).
package struct LegalTable: Equatable, Sendable {
  package private(set) var entries: [LegalEntry] = []

  package init() {}

  package subscript(id: String) -> LegalEntry? { entries.first { $0.id == id } }

  /// Adds the entries of a file.
  ///
  /// - Parameter file: the path, for problems.
  package mutating func add(_ text: String, file: String) throws(LegalProblem) {
    let content = SettingLines(text)
    if let first = content.problems.first { throw LegalProblem(file: file, line: first.line, why: first.why) }
    var reading = LegalReading(file: file)
    for entry in content.entries {
      guard entry.value == .table else {
        try reading.take(entry)
        continue
      }
      if let read = try reading.finished() { replace(read) }
      guard entry.path.count == 1 else { throw reading.problem(entry.line, "expected the name of an entry") }
      reading.begin(entry.path[0], line: entry.line)
    }
    if let read = try reading.finished() { replace(read) }
  }

  private mutating func replace(_ entry: LegalEntry) {
    if let place = entries.firstIndex(where: { $0.id == entry.id }) {
      entries[place] = entry
    } else {
      entries.append(entry)
    }
  }
}

/// Reads one entry after the other.
private struct LegalReading {
  let file: String
  private var entry: LegalEntry?
  private var line = 0
  private var seen: Set<String> = []
  private var isChecked: Bool?

  init(file: String) { self.file = file }

  func problem(_ line: Int?, _ why: String) -> LegalProblem { LegalProblem(file: file, line: line, why: why) }

  mutating func begin(_ id: String, line: Int) {
    (entry, self.line, seen, isChecked) = (LegalEntry(id: id), line, [], nil)
  }

  mutating func take(_ setting: SettingLines.Entry) throws(LegalProblem) {
    guard var now = entry, setting.path.count == 2 else {
      throw problem(setting.line, "expected the name of an entry in brackets first")
    }
    let key = setting.path[1]
    seen.insert(key)
    switch (key, setting.value) {
    case ("jurisdiction", .text(let code)):
      guard CountryCode.isWellFormed(code) || code == "INT" else {
        throw problem(setting.line, "jurisdiction: write two capital letters, EU, or INT")
      }
      now.jurisdiction = code
    case ("name", .text(let text)): now.name = try line(text, setting)
    case ("title", .text(let text)): now.title = try line(text, setting)
    case ("article", .text(let text)): now.article = try line(text, setting)
    case ("about", .text(let text)): now.about = try line(text, setting)
    case ("source", .text(let text)): now.source = try line(text, setting)
    case ("unchecked", .text(let text)): now.unchecked = try line(text, setting)
    case ("from", .text(let text)): now.from = try day(text, setting)
    case ("until", .text(let text)): now.until = try day(text, setting)
    case ("looked-up", .text(let text)): now.lookedUp = try day(text, setting)
    case ("speaks-of", .list(let names)): now.speaksOf = names
    case ("checked", .text("yes")): isChecked = true
    case ("checked", .text("no")): isChecked = false
    default: throw problem(setting.line, "\(key): there is no such key, or not with such a value")
    }
    entry = now
  }

  private func line(_ text: String, _ setting: SettingLines.Entry) throws(LegalProblem) -> String {
    guard !text.isEmpty, text.unicodeScalars.count <= 300,
      !text.unicodeScalars.contains(where: DisplayText.needsShowing)
    else { throw problem(setting.line, "\(setting.path[1]): write one line of at most 300 characters") }
    return text
  }

  private func day(_ text: String, _ setting: SettingLines.Entry) throws(LegalProblem) -> CalendarDay {
    guard let day = CalendarDay(text) else {
      throw problem(setting.line, "\(setting.path[1]): write a day as YYYY-MM-DD")
    }
    return day
  }

  /// The entry that was read; nil before the first.
  mutating func finished() throws(LegalProblem) -> LegalEntry? {
    guard let read = entry else { return nil }
    for key in ["jurisdiction", "name", "title", "article", "about", "from", "source", "looked-up", "checked"]
    where !seen.contains(key) {
      throw problem(line, "\(read.id): \(key) is missing")
    }
    if isChecked == (read.unchecked != nil) {
      throw problem(line, "\(read.id): `unchecked` says why an entry is not checked, and only that")
    }
    if let until = read.until, until < read.from { throw problem(line, "\(read.id): it ends before it begins") }
    entry = nil
    return read
  }
}
