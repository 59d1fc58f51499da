/// The text of a manual page, in the `man` macros.
///
/// Shape:  pure ASCII, so that it looks the same in every locale; every line ends with a line feed.
/// Law:    no text that is put in can become a macro or an escape.
/// Source: groff_man(7), groff_char(7); man-pages(7) for the order of sections.
struct Roff {
  private(set) var text = ""
  /// Whether the last line was a heading, behind which a paragraph begins by itself.
  private var isAfterHeading = false

  enum Font: String {
    case bold = "B"
    case italic = "I"
  }

  /// The title line. `date` may be empty, and has its hyphens as they are, by which readers of pages know a date. Names of
  /// options and variables are not to be hyphenated, and lines not stretched.
  mutating func title(_ name: String, section: Int, date: String, source: String, manual: String) {
    var words = [name.uppercased(), "\(section)", date, source, manual].map(Self.quoted)
    words[2] = words[2].replacing("\\-", with: "-")
    // The macros set hyphenation again at each paragraph, from this register: `.nh` would hold for one.
    text += ".TH " + words.joined(separator: " ") + "\n.nr HY 0\n.ad l\n"
  }

  mutating func section(_ name: String) { heading(".SH", name) }
  mutating func subsection(_ name: String) { heading(".SS", name) }

  private mutating func heading(_ macro: String, _ name: String) {
    text += macro + " " + Self.quoted(name) + "\n"
    isAfterHeading = true
  }

  private mutating func beginParagraph() {
    if !isAfterHeading { text += ".PP\n" }
    isAfterHeading = false
  }

  /// A filled paragraph.
  mutating func paragraph(_ words: String) {
    beginParagraph()
    filled(words)
  }

  /// A name, already with its fonts, and what it means behind it.
  mutating func meaning(of name: String, _ words: String) {
    text += ".TP\n" + Self.line(name)
    isAfterHeading = false
    filled(words)
  }

  /// How a command is called; a long line continues behind the command's words.
  mutating func synopsis(_ command: String, _ rest: String) {
    text += ".SY " + Self.quoted(command) + "\n"
    if !rest.isEmpty { text += Self.line(rest) }
    text += ".YS\n"
  }

  /// Lines as they stand.
  mutating func lines(_ lines: [String]) {
    beginParagraph()
    text += ".RS 4\n.nf\n"
    for line in lines { text += Self.line(Self.escaped(line)) }
    text += ".fi\n.RE\n"
  }

  /// Words with fonts of their own, as the first of a section.
  mutating func formattedLine(_ words: String) { text += Self.line(words) }

  private mutating func filled(_ words: String) { text += Self.line(Self.marked(words)) }

  /// Text whose words in backticks are set bold, as help texts name commands.
  private static func marked(_ words: String) -> String {
    let parts = words.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    guard parts.count % 2 == 1 else { return escaped(words) }
    return parts.enumerated().map { $0 % 2 == 1 ? set($1, .bold) : escaped($1) }.joined()
  }

  /// A text line. A dot or an apostrophe at its start would begin a request.
  private static func line(_ escaped: String) -> String {
    let begins = escaped.hasPrefix(".") || escaped.hasPrefix("'")
    return (begins ? "\\&" : "") + escaped + "\n"
  }

  private static func quoted(_ words: String) -> String {
    "\"" + escaped(words) + "\""
  }

  /// Text in a font.
  static func set(_ words: String, _ font: Font) -> String { "\\f\(font.rawValue)" + escaped(words) + "\\fR" }

  /// Text as it stands: hyphens that can be copied, no escapes, no line ends, and everything beyond ASCII by its number.
  static func escaped(_ words: String) -> String {
    var result = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\\": result += "\\(rs"
      case "-": result += "\\-"
      case "\"": result += "\\(dq"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "\u{20}"..."\u{7E}": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0xA0: result += " "
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      }
    }
    return result
  }
}
