import CodeWords
import Sentences
import TextCells

/// A lexicon and a term in full, for the foot of the sheet.
enum LexiconWords {
  typealias Line = (text: String, role: Role)

  /// Whence a lexicon comes, in a word or two.
  static func from(_ lexicon: InstalledLexicon) -> String { lexicon.origins.map(\.rawValue).joined(separator: "+") }

  /// What there is to say about a lexicon.
  ///
  /// - Parameter key: lists all problems.
  static func lines(of lexicon: InstalledLexicon, switched: Bool?, problemsBy key: String) -> [Line] {
    var lines: [Line] = []
    if let switched {
      lines.append(
        ("is \(lexicon.isOn ? "on" : "off"), to be switched \(switched ? "on" : "off"): w tries that", .notice))
    } else if !lexicon.isOn {
      lines.append(("off" + (lexicon.switchedBy.map { ", as \($0) says" } ?? ""), .notice))
    }
    for problem in lexicon.problems.prefix(2) { lines.append((problem.sentence, .warning)) }
    if lexicon.problems.count > 2 {
      lines.append(("and \(counted(lexicon.problems.count - 2, "more problem")); \(key) lists all", .warning))
    }
    let unverified = lexicon.terms.count { !$0.isSourced }
    let grounds = unverified == 0 ? "all with a source" : "\(grouped(unverified)) without a source that was verified"
    lines.append(
      ("\(grouped(lexicon.inForce.count)) of \(counted(lexicon.terms.count, "row")) in force, \(grounds)", .text))
    lines.append((kinds(lexicon), .text))
    if !lexicon.isCounted {
      lines.append(("These words count beside other terms only: listings are not counted for them", .faint))
    }
    return lines + lexicon.files.map { ($0, .faint) }
  }

  private static func kinds(_ lexicon: InstalledLexicon) -> String {
    let counts = lexicon.terms.reduce(into: [TermKind: Int]()) { $0[$1.kind, default: 0] += 1 }
    return TermKind.allCases.compactMap { kind in counts[kind].map { "\(kind.rawValue) \(grouped($0))" } }
      .joined(separator: " · ")
  }

  static func lines(of term: Term, _ listed: ListedLexicons) -> [Line] {
    var lines: [Line] = [(term.surfaceForms.joined(separator: " | "), .title)]
    if let why = whyNotInForce(term, listed) { lines.append((why, .notice)) }
    let meaning = [
      "\(LanguageName.english(term.language) ?? term.language) \(term.kind.rawValue)", term.denotes, term.taxon,
      term.product,
      term.kind == .context ? "" : "weight \(term.weight)",
    ]
    lines.append((meaning.filter { !$0.isEmpty }.joined(separator: " · "), .text))
    func conditions(_ label: String, _ conditions: [Condition]) {
      guard !conditions.isEmpty else { return }
      lines.append(("\(label) \(conditions.map(\.description).joined(separator: " | "))", .text))
    }
    conditions("needs near it", term.needs)
    conditions("void beside", term.unless)
    lines.append((source(of: term, listed), term.isSourced ? .faint : .warning))
    if !term.note.isEmpty { lines.append((term.note, .faint)) }
    let reviewed = term.reviewed.isEmpty ? "never reviewed" : "reviewed \(term.reviewed)"
    return lines + [("\(reviewed) · \(term.location.file):\(term.location.line)", .faint)]
  }

  private static func source(of term: Term, _ listed: ListedLexicons) -> String {
    guard term.isSourced else { return term.source.isEmpty ? "no source" : "unverified" }
    guard let source = listed.known.overview.sources[term.source] else { return "source \(term.source)" }
    let parts = [source.citation, source.url, source.accessed.isEmpty ? "" : "accessed \(source.accessed)"]
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private static func whyNotInForce(_ term: Term, _ listed: ListedLexicons) -> String? {
    guard let opened = listed.opened, !opened.inForce.contains(term.location) else { return nil }
    if !opened.isOn { return "not in force: \(opened.name) is off" }
    if term.weight == 0, term.kind != .context { return "not in force: its weight is 0" }
    return "not in force: a later lexicon says the same word again"
  }
}
