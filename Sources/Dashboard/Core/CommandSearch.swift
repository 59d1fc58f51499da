import Sentences
import TerminalIO

/// Finds commands by the words that people have for them.
///
/// Shape:  a typed word meets the beginning of a word of the name, the help or the synonyms of a command; or, if it is long
///         enough and no command has it, one that is a slip away. Every typed word must be met.
/// Cost:   O(commands × words); what a person types.
struct CommandSearch {
  /// What people call a command who know it from elsewhere, beside its name and its help.
  static let synonyms: [String: String] = [
    "confirm": "accept approve yes positive true keep", "false-positive": "reject no negative dismiss discard wrong",
    "unsure": "maybe skip later unknown doubt", "reason": "why reject because",
    "clear-verdict": "reset remove delete unset",
    "note": "comment remark annotate write", "undo": "revert back mistake", "redo": "again repeat",
    "mark": "select tick tag check pick", "mark-all": "select all everything", "range": "select several visual block",
    "unmark-all": "deselect clear selection none", "decide-marked": "bulk batch many all selected",
    "filter": "search find query grep look where", "clear-filter": "reset all everything show",
    "queue": "todo to-do work next inbox triage", "disagreements": "conflicts second opinion review",
    "fold-copies": "duplicates group collapse same", "mark-copies": "copies duplicates same select",
    "open-line": "duplicates sightings expand unfold", "every-row": "sightings unfold all rows",
    "sort": "order arrange rank by", "came-from": "back return previous",
    "next-hit": "next match word", "previous-hit": "previous match word", "lens": "hidden disguise invisible reveal",
    "tags": "label category group ring", "repeat": "same again last dot",
    "trail": "history recent decisions last jump back", "value-order": "sort facet values undecided share newest name",
    "count-by-any": "facet dimension column group pivot breakdown week country",
    "explain": "why reason because match", "filter-history": "recent searches past earlier",
    "table-columns": "show hide move width wide order headings", "identify": "grade certain species probable",
    "week-chart": "trend timeline histogram graph over time frequency",
    "same-seller": "alias vendor shop everything of",
    "zoom-prices": "detail histogram bins", "unzoom-prices": "zoom out whole",
    "price-currency": "euro convert exchange",
    "add-word": "lexicon term dictionary new", "undecided": "next unreviewed open pending",
    "choose": "select value pick",
    "exclude": "not hide without minus", "clear-facet": "reset pane", "find-value": "search value pane",
    "count-by": "group facet dimension country currency verdict courier contact payment shipping cycle",
    "zoom": "full screen hide panes wide", "packet": "export save report share send hand over evidence file zip write",
    "cases": "outcome follow up sent status progress takedown", "copy": "clipboard link url address yank",
    "help": "keys shortcuts manual ?", "problems": "errors warnings unread mistakes",
    "reopen": "reload refresh read again",
    "columns": "fields map mapping headers", "lexicons": "words terms dictionaries on off switch",
    "rescue": "save recover another casebook", "commands": "palette menu", "redraw": "refresh repaint",
    "suspend": "background shell stop", "quit": "exit close leave bye",
  ]

  private let typed: [[Character]]

  init(_ text: String) { typed = Self.words(text) }

  /// The commands, the best first; all of them for an empty text.
  func found(in commands: [Command]) -> [Command] {
    guard !typed.isEmpty else { return commands }
    let scored = commands.map { ($0, score(of: $0, allowsSlips: false)) }
    let exact = scored.filter { $0.1 != nil }
    let some = exact.isEmpty ? commands.map { ($0, score(of: $0, allowsSlips: true)) }.filter { $0.1 != nil } : exact
    return some.enumerated().sorted { a, b in
      (a.element.1 ?? 0, a.offset) < (b.element.1 ?? 0, b.offset)
    }.map(\.element.0)
  }

  /// The lower the better; nil where a typed word is not met.
  private func score(of command: Command, allowsSlips: Bool) -> Int? {
    let name = Self.words(command.name)
    let synonyms = Self.words(Self.synonyms[command.name] ?? "")
    let help = Self.words(command.help)
    var sum = 0
    for word in typed {
      let scores = [(name, 0), (synonyms, 2), (help, 4)].compactMap { words, base -> Int? in
        if words.contains(word) { return base }
        if words.contains(where: { $0.starts(with: word) }) { return base + 1 }
        guard allowsSlips, word.count > 3 else { return nil }
        let slips = word.count > 6 ? 2 : 1
        return words.contains { Self.isWithin(slips, word, $0) } ? base + 8 : nil
      }
      guard let best = scores.min() else { return nil }
      sum += best
    }
    return sum
  }

  private static func words(_ text: String) -> [[Character]] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "?" }.map(Array.init)
  }

  /// Whether so many letters put in, left out, replaced or swapped with the next one make one word of another, or of its
  /// beginning.
  static func isWithin(_ slips: Int, _ typed: [Character], _ word: [Character]) -> Bool {
    guard abs(typed.count - word.count) <= slips || word.count > typed.count else { return false }
    let word = Array(word.prefix(typed.count + slips))
    var (older, row) = ([Int](), Array(0...word.count))
    for (i, letter) in typed.enumerated() {
      var next = [i + 1]
      for (j, other) in word.enumerated() {
        var best = min(row[j] + (letter == other ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        if i > 0, j > 0, letter == word[j - 1], typed[i - 1] == other { best = min(best, older[j - 1] + 1) }
        next.append(best)
      }
      (older, row) = (row, next)
    }
    return row.contains { $0 <= slips }
  }
}

extension State {
  /// What a key without a command says: where it has one, else where to look.
  func sentence(forIdle key: Key) -> String? {
    guard key.letter != nil else { return nil }
    let name = key.label
    guard let elsewhere = keyBindings.commands.first(where: { $0.keys.contains(key) }) else {
      let (help, commands) = (self.key("help"), self.key("commands"))
      return localized(
        "\(name) is no command; \(help) lists the keys of this pane, \(commands) finds commands by any word")
    }
    let panes = Pane.allCases.filter { elsewhere.applies(in: $0) }.map { self.key("\($0)-pane") }.joined(
      separator: ", ")
    return localized("\(name) does nothing here; in pane \(panes) it is: \(elsewhere.help)")
  }
}
