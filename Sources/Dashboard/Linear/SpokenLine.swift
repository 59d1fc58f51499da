import Sentences
import SmallFormats
import TextCells

/// A line of the linear mode: it can be read aloud, and controls nothing.
///
/// Shape:  one line without a line break, made safe as everything on the screen is. What the screen shows by a stand-in
///         (controls, bidi controls, invisible characters), and box-drawing, block and Braille characters, which screen
///         readers spell out or skip, have their names: `[U+202E]`; a run of one is named once, with its length. Blanks in
///         a row are one.
/// Limits: cut after `longest` bytes, unless a smaller limit was asked for; what was cut ends in `...`.
/// Fails:  never.
package struct SpokenLine: Equatable, Sendable {
  package let text: String

  /// No line is longer, in bytes. The longest are about a casebook that is lost, and end in the path of what was kept.
  static let longest = 1500

  /// Words of the program, which may quote a listing. Signs that stand for words on the screen become words.
  init(_ sentence: String, bytes limit: Int = SpokenLine.longest) {
    text = Self.cleaned(SafeText(Self.inWords(sentence)), limit)
  }

  /// Text of a listing as it is.
  init(quoting safe: SafeText, bytes limit: Int = SpokenLine.longest) { text = Self.cleaned(safe, limit) }

  /// A cell of a listing to be put into a sentence, cut after so many bytes.
  static func quote(_ bytes: UnsafeRawBufferPointer, bytes limit: Int) -> String {
    cleaned(SafeText(utf8: bytes, limit: limit), limit)
  }

  /// The line broken between words, for a terminal that would break within them.
  package func wrapped(to columns: Int) -> [String] { SafeText(text).wrapped(to: max(20, columns)).map(\.text) }

  private static func cleaned(_ safe: SafeText, _ limit: Int) -> String {
    var line = LineBuilder(limit)
    for glyph in safe.glyphs where !line.isFull { line.take(glyph) }
    return line.finished
  }

  // MARK: Signs as words

  /// What the sentences of the dashboard write as signs.
  private static let signs = [
    " · ", " | ", " → ", "→", "←", "−", "…", "✓", "✗", "≠", "×", " ~ ", "^S", " %", "\u{A0}%",
  ]

  private static func word(for sign: String) -> String {
    switch sign {
    case " · ", " | ": ", "
    case " → ": " " + localized("to", context: "from one value to another") + " "
    case "→": localized("right arrow")
    case "←": localized("left arrow")
    case "−": localized("minus", context: "a number") + " "
    case "…": "..."
    case "✓": localized("confirmed")
    case "✗": localized("false positive")
    case "≠": localized("disagreement")
    case "×": localized("times", context: "a number") + " "
    case " ~ ": " " + localized("like", context: "a text searched for") + " "
    case "^S": localized("Control S")
    case " %", "\u{A0}%": " " + localized("percent")
    default: sign
    }
  }

  private static func inWords(_ sentence: String) -> String {
    guard !sentence.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "|") && $0 != UInt8(ascii: "%") }) else {
      return sentence
    }
    return signs.reduce(sentence) { $0.replacingAll($1, by: word(for: $1)) }
  }
}

// MARK: - Days in words

extension SpokenLine {
  private static let months: [Sentence] = [
    Sentence("January"),
    Sentence("February"),
    Sentence("March"),
    Sentence("April"),
    Sentence("May"),
    Sentence("June"),
    Sentence("July"),
    Sentence("August"),
    Sentence("September"),
    Sentence("October"),
    Sentence("November"),
    Sentence("December"),
  ]

  /// `21 November 2026`: of digits with hyphens a voice makes a subtraction.
  static func words(_ day: CalendarDay) -> String {
    let date = day.date
    return localized(
      "\(date.day) \(localized(months[date.month - 1])) \(date.year)", context: "day, month and year")
  }

  /// A sentence of the program with its days in words.
  static func datesInWords(_ sentence: String) -> String {
    sentence.split(separator: " ", omittingEmptySubsequences: false).map { word in
      CalendarDay(word.prefix(10)).map { words($0) + word.dropFirst(10) } ?? String(word)
    }.joined(separator: " ")
  }

  /// The line with an end that a voice hears: without one it reads on into the next line.
  var ended: SpokenLine {
    guard let last = text.unicodeScalars.last, !".!?:;…。！？：；".unicodeScalars.contains(last) else { return self }
    return SpokenLine(text: text + ".")
  }

  private init(text: String) { self.text = text }
}

/// Puts the glyphs of a line together.
private struct LineBuilder {
  private var line = String.UnicodeScalarView()
  private var bytes = 0
  private let limit: Int
  /// A sign that is named and not printed, and how often it came in a row.
  private var drawn: (sign: UInt32, count: Int)?
  private var endsInBlank = true
  private(set) var isFull = false

  init(_ limit: Int) { self.limit = max(8, limit) }

  mutating func take(_ glyph: Glyph) {
    // A stand-in would be read as what it looks like: ¤ as "currency sign".
    let sign = glyph.isStandIn ? glyph.standsFor : glyph.scalars.0
    if glyph.isStandIn || Self.isDrawing(sign) {
      if drawn?.sign != sign { nameDrawn() }
      drawn = (sign, (drawn?.count ?? 0) + 1)
      return
    }
    nameDrawn()
    if glyph.isBlank {
      if !endsInBlank { put([sign]) }
      endsInBlank = true
    } else {
      var characters: [UInt32] = []
      EmojiSequence.forEachCharacter(of: glyph.scalars) { characters.append($0.value) }
      put(characters)
      endsInBlank = false
    }
  }

  /// Box drawing and block elements, and Braille patterns.
  ///
  /// Source: Unicode 15, blocks U+2500-257F, U+2580-259F and U+2800-28FF.
  private static func isDrawing(_ sign: UInt32) -> Bool {
    (0x2500...0x259F).contains(sign) || (0x2800...0x28FF).contains(sign)
  }

  private mutating func nameDrawn() {
    guard let (sign, count) = drawn else { return }
    drawn = nil
    let name = VisibleForm.name(of: sign)
    let words = count == 1 ? name : localized("\(name) \(count) times") + " "
    put(Array(words.unicodeScalars.map(\.value)))
    endsInBlank = count > 1
  }

  private mutating func put(_ values: [UInt32]) {
    let scalars = values.filter { $0 != 0 }.compactMap(Unicode.Scalar.init)
    let size = scalars.reduce(0) { $0 + UTF8.width($1) }
    guard !isFull, bytes + size <= limit - 3 else {
      isFull = true
      return
    }
    bytes += size
    line.append(contentsOf: scalars)
  }

  var finished: String {
    var copy = self
    copy.nameDrawn()
    return String(copy.line).trimmed + (copy.isFull ? "..." : "")
  }
}

extension String {
  /// The text with every occurrence of another one replaced.
  ///
  /// - Parameter other: not asked for where there is nothing to replace.
  func replacingAll(_ wanted: String, by other: @autoclosure () -> String) -> String {
    let (text, sought) = (Array(utf8), Array(wanted.utf8))
    guard !sought.isEmpty, text.count >= sought.count else { return self }
    var result: [UInt8] = []
    var replacement: [UInt8]?
    var place = 0
    while place < text.count {
      if text[place] == sought[0], text[place...].starts(with: sought) {
        let words = replacement ?? Array(other().utf8)
        result += words
        replacement = words
        place += sought.count
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// How a title is quoted in a sentence about its listing.
extension State {
  /// The beginning of a listing's title, else of its text.
  func spokenTitle(of row: Int, bytes limit: Int) -> String {
    let text = dataset.bytes(of: TableColumn.fieldOfTitle(dataset, row), at: row)
    let title = SpokenLine.quote(text, bytes: limit)
    return title.isEmpty ? localized("no title") : title
  }
}
