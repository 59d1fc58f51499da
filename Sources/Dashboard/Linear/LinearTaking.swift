import Casework
import Filters
import Listings
import Sentences
import TerminalIO

// Reading what was typed. A line that is not wholly understood does nothing and says so.

extension LinearDialogue {
  /// Takes a line in.
  ///
  /// - Parameter isAhead: whether it was there before the last answer was read out, so that no verdict can be meant.
  package mutating func take(_ line: String, _ state: State, at now: Moment, isAhead: Bool = false) -> LinearTurn {
    awaitsOrder = false
    if let asking {
      if isAhead, asking != .note {
        return LinearTurn(
          lines: [SpokenLine(localized("That came before the question was read out; nothing was changed."))]
            + question(state))
      }
      return answer(line, to: asking, state, at: now)
    }
    let read = LinearLine(line, state.keyBindings)
    if isAhead, case .command(let act, _) = read, Self.decides(act) {
      return LinearTurn(
        localized("\(line.trimmed) came before the listing was read out: not a decision. Type it again."))
    }
    switch read {
    case .unknown: return unknown(line, state.keyBindings)
    case .incomplete(let command): return LinearTurn("\(command.usage): \(command.help)")
    case .filter(let text): return filter(text, state, at: now)
    case .goTo(let place): return ask(.goTo(place), .change(listing: true), at: now)
    case .command(let act, let rest): return perform(act, rest, state, at: now)
    }
  }

  /// Whether a command changes what was decided, or opens something in which the next line does.
  private static func decides(_ act: LinearCommand.Act) -> Bool {
    switch act {
    case .note, .reason, .describe, .packet, .rescue: true
    case .dashboard(let name): CommandTable.all.first { $0.name == name }?.weight.isHeavy == true && name != "quit"
    default: false
    }
  }

  private func unknown(_ line: String, _ bindings: KeyBindings) -> LinearTurn {
    let nearest = LinearCommand.nearest(to: line, bindings).map(\.usage)
    let words =
      nearest.isEmpty
      ? localized("help lists the words.")
      : localized("nearest: \(nearest.joined(separator: "; ")); help lists all.")
    return LinearTurn(
      localized("“\(SpokenLine(line, bytes: 60).text)” is no command; nothing was done.") + " " + words)
  }

  /// Puts requests to the state and waits for what comes of them.
  mutating func ask(_ request: LinearRequest, _ kind: Awaited.Kind, at now: Moment) -> LinearTurn {
    // What is said next is new, even in the same words.
    (rest, saidNotice) = ([], nil)
    awaited = Awaited(kind: kind, since: now)
    return LinearTurn(asking: request)
  }

  private mutating func perform(
    _ act: LinearCommand.Act, _ rest: String, _ state: State, at now: Moment
  ) -> LinearTurn {
    switch act {
    case .step(let lines): return ask(.step(lines), .change(listing: false), at: now)
    case .first: return ask(.goTo(1), .change(listing: true), at: now)
    case .last: return ask(.goTo(max(1, state.order.count)), .change(listing: true), at: now)
    case .nextUndecided: return ask(.goToUndecided, .change(listing: true), at: now)
    case .listing:
      awaited = Awaited(kind: .change(listing: true), since: now)
      return LinearTurn()
    case .note, .reason, .describe, .mark: return decide(act, rest, state, at: now)
    case .dashboard(let name):
      return ask(.command(name, on: heard), .change(listing: name == "came-from"), at: now)
    case .sheet(let name): return ask(.command(name, on: heard), .sheet, at: now)
    case .evidence: return ask(.command("evidence", on: heard), .sheet, at: now)
    case .packet: return ask(.command("packet", on: heard), .change(listing: false), at: now)
    case .filter: return filter(rest, state, at: now)
    case .clearFilter: return ask(.setFilter(.everything), .filter, at: now)
    case .sort: return sort(rest, at: now)
    case .count: return count(rest, state, at: now)
    case .choose, .exclude: return choose(rest, excludes: act == .exclude, state, at: now)
    case .rescue: return ask(.rescue(into: rest), .change(listing: false), at: now)
    case .text, .why, .hits, .copies, .history, .all, .url, .hidden: return page(reading(act, state))
    case .more: return self.rest.isEmpty ? LinearTurn(localized("There is no more.")) : page(self.rest)
    case .help: return page(Self.help(rest, state.keyBindings))
    case .where: return page(whereabouts(state))
    }
  }

  // MARK: Deciding

  private mutating func decide(
    _ act: LinearCommand.Act, _ text: String, _ state: State, at now: Moment
  ) -> LinearTurn {
    if act == .mark { return mark(text, state, at: now) }
    guard heard != nil else { return LinearTurn(state.soFar(localized("No listing is shown"))) }
    if let blocked = state.decidingBlocked { return LinearTurn(blocked) }
    switch act {
    case .note where text.isEmpty, .reason where text.isEmpty:
      asking = act == .note ? .note : .reason
      return LinearTurn(lines: question(state))
    case .note: return note(text, at: now)
    case .reason: return reason(text, at: now)
    case .describe: return describe(text, state, at: now)
    default: return LinearTurn()
    }
  }

  mutating func note(_ text: String, at now: Moment) -> LinearTurn {
    ask(.note(text == "-" ? nil : text, on: heard), .change(listing: false), at: now)
  }

  mutating func reason(_ text: String, at now: Moment) -> LinearTurn {
    let labels = Reason.allCases.map(\.screenLabel)
    let typed = text.lowercased()
    let place =
      LinearLine.number(typed).map { $0 - 1 } ?? labels.firstIndex { $0.lowercased() == typed }
      ?? Reason.allCases.firstIndex { $0.rawValue.replacingAll("_", by: " ") == typed }
    guard let place, Reason.allCases.indices.contains(place) else {
      return LinearTurn(
        localized("“\(text)” is no reason; nothing was decided. The reasons: \(Self.numbered(labels))."))
    }
    return ask(.decide(.falsePositive, Reason.allCases[place], on: heard), .change(listing: false), at: now)
  }

  private mutating func describe(_ text: String, _ state: State, at now: Moment) -> LinearTurn {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    let names = Aspect.allCases.map(\.rawValue)
    guard let first = words.first else {
      return LinearTurn(
        localized("Describe what? \(names.joined(separator: ", ")). With one of them, its codes are said."))
    }
    guard let aspect = Aspect(rawValue: first.lowercased()) else {
      return LinearTurn(
        localized("“\(first)” is no aspect; nothing was saved. They are: \(names.joined(separator: ", "))."))
    }
    guard words.count > 1 else {
      let codes = state.codes.choices(aspect).map { SpokenLine("\($0.code): \($0.meaning)") }
      let own =
        codes.isEmpty
        ? [
          SpokenLine(
            localized("\(aspect.rawValue): type it, such as \(aspect == .tags ? "ring-7 ask-anna" : "12 KIL")."))
        ]
        : codes
      return page(own + [SpokenLine(localized("describe \(aspect.rawValue) - takes it back."))])
    }
    return ask(.describe(aspect, words[1] == "-" ? "" : words[1], on: heard), .change(listing: false), at: now)
  }

  private mutating func mark(_ text: String, _ state: State, at now: Moment) -> LinearTurn {
    if text.isEmpty { return ask(.command("mark", on: heard), .mark, at: now) }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { LinearLine.number($0) }
    guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low <= high else {
      return LinearTurn(localized("“\(text)” is no number and no range such as 3-12; nothing was marked."))
    }
    return ask(.mark(low...high), .change(listing: false), at: now)
  }

  static func numbered(_ labels: [String]) -> String {
    labels.enumerated().map { "\($0.offset + 1) \($0.element)" }.joined(separator: ", ")
  }

  // MARK: Finding

  private mutating func filter(_ text: String, _ state: State, at now: Moment) -> LinearTurn {
    if text.isEmpty {
      awaited = Awaited(kind: .filter, since: now)
      return LinearTurn()
    }
    do {
      let filter = try state.readFilter(text)
      return ask(.setFilter(filter), .filter, at: now)
    } catch {
      if case .unreadList(let name) = error.what, state.valueLists.refused[name] == nil {
        return ask(.awaitFilter(text), .filter, at: now)
      }
      var sentence = state.sentence(error)
      // A file that is still being read may have the column.
      if case .unknownField = error.what { sentence = state.soFar(sentence, until: state.unfinished([])) }
      return LinearTurn(localized("Not applied: \(sentence). The filter stays as it was."))
    }
  }

  private mutating func sort(_ text: String, at now: Moment) -> LinearTurn {
    let labels = Dimension.orders.map(\.label)
    var words = text.lowercased().split(separator: " ").map(String.init)
    let directions = ["up": false, "down": true]
    let direction = words.last.flatMap { directions[$0] }
    if direction != nil { words.removeLast() }
    let name = words.joined(separator: " ")
    guard !name.isEmpty else { return LinearTurn(localized("Sort by which? \(Self.numbered(labels)).")) }
    let places = labels.indices.filter { labels[$0] == name || Dimension.orders[$0].subject.name == name }
    let beginning = labels.indices.filter { labels[$0].hasPrefix(name) }
    let place = LinearLine.number(name).map { $0 - 1 } ?? places.first ?? (beginning.count == 1 ? beginning[0] : nil)
    guard let place, labels.indices.contains(place) else {
      return LinearTurn(localized("There is no order “\(name)”; they are: \(Self.numbered(labels))."))
    }
    return ask(.sort(Dimension.orders[place].subject, descending: direction), .filter, at: now)
  }
}
