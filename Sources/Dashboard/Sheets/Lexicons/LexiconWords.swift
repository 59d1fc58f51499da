import CodeWords
import Sentences
import TextCells

/// A lexicon and a term in full, for the foot of the sheet.
enum LexiconWords {
  typealias Line = (text: String, role: Role)

  /// Whence a lexicon comes, in a word or two.
  static func from(_ lexicon: InstalledLexicon) -> String { lexicon.origins.map(\.screenLabel).joined(separator: "+") }

  /// What there is to say about a lexicon.
  ///
  /// - Parameter key: lists all problems.
  static func lines(of lexicon: InstalledLexicon, switched: Bool?, problemsBy key: String) -> [Line] {
    var lines: [Line] = []
    if let switched {
      lines.append(
        (
          switched
            ? localized("is off, to be switched on: w tries that")
            : localized("is on, to be switched off: w tries that"), .notice
        ))
    } else if !lexicon.isOn {
      lines.append(
        (lexicon.switchedBy.map { localized("off, as \($0) says") } ?? localized("off", context: "a lexicon"), .notice))
    }
    for problem in lexicon.problems.prefix(2) { lines.append((problem.sentence, .warning)) }
    if lexicon.problems.count > 2 {
      lines.append(
        (localized("and \(counted(lexicon.problems.count - 2, "more problem")); \(key) lists all"), .warning))
    }
    let unverified = lexicon.terms.count { !$0.isSourced }
    let grounds =
      unverified == 0
      ? localized("all with a source")
      : localized(
        unverified, one: "\(grouped: unverified) without a source that was verified",
        other: "\(grouped: unverified) without a source that was verified")
    let inForce = localized("\(grouped: lexicon.inForce.count) of \(counted(lexicon.terms.count, "row")) active")
    lines.append(("\(inForce), \(grounds)", .text))
    lines.append((kinds(lexicon), .text))
    if !lexicon.isCounted {
      lines.append((localized("These words count beside other terms only: listings are not counted for them"), .faint))
    }
    return lines + lexicon.files.map { ($0, .faint) }
  }

  private static func kinds(_ lexicon: InstalledLexicon) -> String {
    let counts = lexicon.terms.reduce(into: [TermKind: Int]()) { $0[$1.kind, default: 0] += 1 }
    return TermKind.allCases.compactMap { kind in counts[kind].map { "\(kind.screenLabel) \(grouped($0))" } }
      .joined(separator: " · ")
  }

  static func lines(of term: Term, _ listed: ListedLexicons) -> [Line] {
    var lines: [Line] = [(term.surfaceForms.joined(separator: " | "), .title)]
    if let why = whyNotInForce(term, listed) { lines.append((why, .notice)) }
    // Languages have names in English alone.
    let name = ScreenLanguage.inUse == nil ? LanguageName.english(term.language) : nil
    let language = name ?? term.language
    let meaning = [
      localized("\(language) \(term.kind.screenLabel)", context: "a language and a kind of term"), term.denotes,
      term.taxon, term.product,
      term.kind == .context ? "" : localized("weight \(term.weight)"),
    ]
    lines.append((meaning.filter { !$0.isEmpty }.joined(separator: " · "), .text))
    func words(_ conditions: [Condition]) -> String { conditions.map(\.description).joined(separator: " | ") }
    if !term.needs.isEmpty { lines.append((localized("needs near it \(words(term.needs))"), .text)) }
    if !term.unless.isEmpty { lines.append((localized("suppressed beside \(words(term.unless))"), .text)) }
    lines.append((source(of: term, listed), term.isSourced ? .faint : .warning))
    if !term.note.isEmpty { lines.append((term.note, .faint)) }
    let reviewed = term.reviewed.isEmpty ? localized("never reviewed") : localized("reviewed \(term.reviewed)")
    return lines + [("\(reviewed) · \(term.location.file):\(term.location.line)", .faint)]
  }

  private static func source(of term: Term, _ listed: ListedLexicons) -> String {
    guard term.isSourced else { return term.source.isEmpty ? localized("no source") : localized("unverified") }
    guard let source = listed.known.overview.sources[term.source] else { return localized("source \(term.source)") }
    let parts = [source.citation, source.url, source.accessed.isEmpty ? "" : localized("accessed \(source.accessed)")]
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private static func whyNotInForce(_ term: Term, _ listed: ListedLexicons) -> String? {
    guard let opened = listed.opened, !opened.inForce.contains(term.location) else { return nil }
    if !opened.isOn { return localized("not active: \(opened.name) is off") }
    if term.weight == 0, term.kind != .context { return localized("not active: its weight is 0") }
    return localized("not active: a later lexicon has the same word")
  }
}
