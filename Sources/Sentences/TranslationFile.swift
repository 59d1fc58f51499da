/// A file of translations in the format that translators' programs edit.
///
/// Source: GNU gettext manual, "The Format of PO Files".
/// Shape:  `msgctxt`, `msgid`, `msgid_plural`, `msgstr` and `msgstr[n]` with C strings over one or several lines; `#,`
///         comments may hold `fuzzy`; obsolete entries (`#~`) are passed over. UTF-8.
/// Fails:  never; a line that cannot be understood is reported as a problem, and its entry is passed over.
package struct TranslationFile: Sendable {
  package struct Entry: Equatable, Sendable {
    package var context: String?
    package var english = ""
    package var englishPlural: String?
    /// One for an entry without a plural; else as many as the language has forms.
    package var translations: [String] = []
    package var isFuzzy = false

    package init(context: String? = nil, english: String, englishPlural: String? = nil, translations: [String] = []) {
      (self.context, self.english, self.englishPlural) = (context, english, englishPlural)
      self.translations = translations
    }
  }

  /// A line that is not understood, counted from 1.
  package struct Problem: Equatable, Sendable {
    package let line: Int
    package let text: String
  }

  /// The lines of the first entry, which translates the empty text: `Language: fr`.
  package private(set) var header: [String: String] = [:]
  /// Without the header, in the order of the file.
  package private(set) var entries: [Entry] = []
  package private(set) var problems: [Problem] = []

  /// Which part of an entry a line goes on.
  private enum Part: Equatable { case context, english, plural, translation(Int) }

  package init(_ text: String) {
    var entry = Entry(english: "")
    var (isBegun, isBroken) = (false, false)
    var part: Part?

    func end(_ file: inout TranslationFile) {
      if isBegun, !isBroken { file.take(entry) }
      (entry, isBegun, isBroken, part) = (Entry(english: ""), false, false, nil)
    }

    for (index, bytes) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let line = Self.trimmed(Substring(bytes))
      if line.isEmpty { continue }
      if line.utf8.first == UInt8(ascii: "#") {
        // A comment belongs to the entry after it.
        if case .translation? = part { end(&self) }
        if line.hasPrefix("#,"), line.contains("fuzzy") { entry.isFuzzy = true }
        continue
      }
      var rest = line
      if let (word, next) = Self.keyword(line) {
        // An entry begins with its context or its English text.
        if next == .context || next == .english, part != nil, part != .context { end(&self) }
        (part, isBegun) = (next, true)
        rest = Self.trimmed(line.dropFirst(word.count))
      }
      guard let part, let string = Self.string(rest) else {
        problems.append(Problem(line: index + 1, text: String(line)))
        isBroken = true
        continue
      }
      switch part {
      case .context: entry.context = (entry.context ?? "") + string
      case .english: entry.english += string
      case .plural: entry.englishPlural = (entry.englishPlural ?? "") + string
      case .translation(let form):
        while entry.translations.count <= form { entry.translations.append("") }
        entry.translations[form] += string
      }
    }
    end(&self)
  }

  private mutating func take(_ entry: Entry) {
    guard entry.english.isEmpty, entry.context == nil else { return entries.append(entry) }
    for line in entry.translations.first?.split(separator: "\n") ?? [] {
      guard let colon = line.firstIndex(of: ":") else { continue }
      header[String(line[..<colon])] = String(Self.trimmed(line[line.index(after: colon)...]))
    }
  }

  /// The word that begins a part, with what it begins.
  private static func keyword(_ line: Substring) -> (word: String, part: Part)? {
    if line.hasPrefix("msgctxt") { return ("msgctxt", .context) }
    if line.hasPrefix("msgid_plural") { return ("msgid_plural", .plural) }
    if line.hasPrefix("msgid") { return ("msgid", .english) }
    guard line.hasPrefix("msgstr") else { return nil }
    let rest = line.dropFirst(6)
    guard rest.first == "[", let close = rest.firstIndex(of: "]"), let form = Int(rest.dropFirst()[..<close]),
      (0..<6).contains(form)
    else { return ("msgstr", .translation(0)) }
    return ("msgstr[\(form)]", .translation(form))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
    return text
  }

  /// The text of a C string in quotation marks; nil if it is none.
  private static func string(_ literal: Substring) -> String? {
    guard literal.count >= 2, literal.first == "\"", literal.last == "\"" else { return nil }
    var text = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in literal.unicodeScalars.dropFirst().dropLast() {
      if isEscaped {
        isEscaped = false
        switch scalar {
        case "n": text.append("\n")
        case "t": text.append("\t")
        case "\"", "\\": text.append(scalar)
        default: return nil
        }
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "\"" {
        return nil
      } else {
        text.append(scalar)
      }
    }
    return isEscaped ? nil : String(text)
  }
}

// MARK: - Writing

extension TranslationFile {
  /// A file with a header and entries.
  ///
  /// - Parameters:
  ///   - header: the first entry's text, line by line.
  ///   - remarks: comments at the top.
  package static func text(remarks: [String], header: [String], entries: [Entry]) -> String {
    var lines = remarks.map { $0.isEmpty ? "#" : "# " + $0 }
    lines += ["msgid \"\"", "msgstr \"\""] + header.map { quoted($0 + "\n") }
    for entry in entries {
      lines.append("")
      if entry.isFuzzy { lines.append("#, fuzzy") }
      if let context = entry.context { lines.append("msgctxt \(quoted(context))") }
      lines.append("msgid \(quoted(entry.english))")
      if let plural = entry.englishPlural {
        lines.append("msgid_plural \(quoted(plural))")
        lines += entry.translations.enumerated().map { "msgstr[\($0.offset)] \(quoted($0.element))" }
      } else {
        lines.append("msgstr \(quoted(entry.translations.first ?? ""))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\"", "\\": quoted += "\\" + String(character)
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}
