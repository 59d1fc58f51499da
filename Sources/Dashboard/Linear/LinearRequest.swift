import Casework
import Filters
import Listings
import Sentences
import TerminalIO

/// The listing that was read to the analyst, and how many its line stood for: what a typed command is about.
package struct HeardListing: Equatable, Sendable {
  package let key: ListingKey
  /// Its row when it was read.
  package let row: Int
  package let listings: Int
}

/// What a line of the linear mode asks of the state: everything that the dashboard asks with several keys or with a
/// screen to choose from. Single commands of the dashboard are asked for by name.
package enum LinearRequest: Equatable, Sendable {
  /// A command of `CommandTable`; one about a listing is about the one that was heard.
  case command(String, on: HeardListing?)
  case decide(Verdict?, Reason?, on: HeardListing?)
  case note(String?, on: HeardListing?)
  case describe(Aspect, String, on: HeardListing?)
  /// To a place of the order, from 1.
  case goTo(Int)
  case step(Int)
  case goToUndecided
  case setFilter(Filter)
  /// A filter that names a file of values which is not read yet.
  case awaitFilter(String)
  /// In the other direction where it is the order already, unless one was named.
  case sort(SortOrder.Subject, descending: Bool?)
  /// The places of the order, from 1, that are to be marked.
  case mark(ClosedRange<Int>)
  /// Count listings by a dimension.
  case count(Dimension)
  /// An answer to the open sheet.
  case keys([Key])
  /// An answer to a question of the packet form.
  case packetAnswer(PacketDraft.Line, String)
  case rescue(into: String)
}

extension State {
  /// Does what a line asked for. As after a key, the sentence before it goes.
  mutating func carryOut(_ request: LinearRequest) -> [Effect] {
    if case .keys(let keys) = request { return keys.reduce(into: []) { $0 += press($1) } }
    notice = nil
    if returning.beginning == .shown { returning.beginning = .passed }
    focus = .listings
    switch request {
    case .command(let name, let heard): return carryOut(commandNamed: name, on: heard)
    case .decide(let verdict, let reason, let heard):
      return decidingBlocked.map { say(.warned, $0) } ?? refusal(toDecide: heard) ?? decide(verdict, reason)
    case .note(let text, let heard):
      return decidingBlocked.map { say(.warned, $0) } ?? refusal(toDecide: heard) ?? fileNote(text)
    case .describe(let aspect, let text, let heard):
      return decidingBlocked.map { say(.warned, $0) } ?? refusal(toDecide: heard) ?? describe(aspect, text)
    case .goTo(let place): return jump(to: place - 1)
    case .step(let lines): return step(lines)
    case .goToUndecided: return jumpToUndecided()
    case .setFilter(let filter): return set(filter)
    case .awaitFilter(let text):
      do { return set(try readFilter(text)) } catch {
        return awaitList(error, for: text) ?? say(.warned, sentence(error))
      }
    case .sort(let subject, let descending): return sort(by: subject, descending)
    case .mark(let places): return mark(places)
    case .count(let dimension): return count(by: dimension)
    case .packetAnswer(let line, let answer): return answerPacket(line, answer)
    case .rescue(let name): return rescueBlocked.map { say(.info, $0) } ?? [.rescue(into: name)]
    case .keys: return []
    }
  }

  private mutating func carryOut(commandNamed name: String, on heard: HeardListing?) -> [Effect] {
    guard let command = CommandTable.all.first(where: { $0.name == name }) else { return [] }
    if command.weight.isHeavy, command.isOnWhatIsUnderTheCursor, command.blocked(self) == nil,
      let refused = refusal(toDecide: heard)
    {
      return refused
    }
    return run(command)
  }

  // MARK: Only what was heard is decided

  /// Puts the cursor on the listing that was read to the analyst. Meanwhile rows may have come, others may have decided,
  /// and the order may have changed; what is not the listing that was heard is not decided.
  ///
  /// - Returns: the refusal; nil where the cursor is on it.
  private mutating func refusal(toDecide heard: HeardListing?) -> [Effect]? {
    guard let heard else { return say(.warned, soFar(localized("No listing is shown"))) }
    if let line = lineUnderCursor, line.listings == heard.listings, snapshot.key(of: line.row) == heard.key {
      return nil
    }
    let rows = snapshot.rows(of: [heard.key]).map(\.row)
    if let place = rows.compactMap({ order.position(of: $0) }).first {
      setCursor(place)
      if lineUnderCursor?.listings == heard.listings { return nil }
    }
    return say(.warned, localized("What is shown changed since the listing was read out; nothing was decided"))
  }

  private mutating func fileNote(_ text: String?) -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    let key = snapshot.key(of: row)
    noteDrafts[key] = nil
    guard text ?? "" != ownNote(on: key) ?? "" else {
      return say(.info, localized("The note says that already; nothing was saved"))
    }
    return file(.note(text), for: [row])
  }

  private mutating func describe(_ aspect: Aspect, _ text: String) -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    do throws(DescriptionProblem) {
      return file(.described([try codes.read(text, aspect)]), for: [row])
    } catch {
      return say(.warned, error.sentence + ". " + localized("Nothing was saved"))
    }
  }

  // MARK: Moving

  private mutating func jump(to place: Int) -> [Effect] {
    guard order.count > 0 else { return say(.warned, soFar(localized("No listing is shown"))) }
    guard (0..<order.count).contains(place) else {
      return say(.warned, soFar(localized("There are only \(grouped: order.count), not \(grouped: place + 1)")))
    }
    returning.listing = nil
    returning.origin = table.row
    setCursor(place)
    return []
  }

  private mutating func step(_ lines: Int) -> [Effect] {
    guard order.count > 0 else { return say(.warned, soFar(localized("No listing is shown"))) }
    let place = max(0, min(table.cursor + lines, order.count - 1))
    if place == table.cursor {
      let end = lines > 0 ? localized("This is the last listing") : localized("This is the first listing")
      return say(.info, soFar(end))
    }
    returning.listing = nil
    setCursor(place)
    return []
  }

  private mutating func jumpToUndecided() -> [Effect] {
    guard order.count > 0 else { return say(.warned, soFar(localized("No listing is shown"))) }
    let before = table.row
    returning.listing = nil
    goToNextUndecided()
    if table.row != before { returning.origin = before }
    return []
  }

  private mutating func sort(by subject: SortOrder.Subject, _ descending: Bool?) -> [Effect] {
    guard let order = Dimension.orders.first(where: { $0.subject == subject }) else { return [] }
    let effects = sort(by: order)
    guard let descending, sort.isDescending != descending else { return effects }
    return sort(by: order)
  }

  private mutating func mark(_ places: ClosedRange<Int>) -> [Effect] {
    guard order.count > 0, places.lowerBound >= 1, places.upperBound <= order.count else {
      return say(.warned, soFar(localized("There are \(grouped: order.count) listings to mark, numbered from 1")))
    }
    for place in places {
      mark(lineOf: order[place - 1])
    }
    return tellMarks()
  }

  // MARK: Counting

  /// Has a pane count by the dimension, since what panes count is what the filter answers.
  private mutating func count(by dimension: Dimension) -> [Effect] {
    guard let pane = Pane.allCases.first(where: { $0.slot != nil && $0.slot == dimension.pane }) else { return [] }
    guard pane != .price, self.dimension(of: pane) != dimension else { return [] }
    facets.chosen[pane] = dimension.id
    relistFacets()
    return evaluate()
  }

  // MARK: The packet form

  private mutating func answerPacket(_ line: PacketDraft.Line, _ answer: String) -> [Effect] {
    guard case .packet(let sheet) = mode, !sheet.isWriting else { return [] }
    var changed = sheet
    changed.answer(line, answer)
    mode = .packet(changed)
    return []
  }
}

extension PacketSheet {
  /// Answers a line; what was only proposed for another kind of recipient is proposed anew.
  fileprivate mutating func answer(_ line: PacketDraft.Line, _ answer: String) {
    let before = recipients.first { $0.name == draft[.profile] }
    draft[line] = answer
    forgetFaults()
    if line == .profile, let now = recipients.first(where: { $0.name == answer }),
      [before?.request, PacketDraft()[.request]].contains(draft[.request])
    {
      draft[.request] = now.request
    }
    self.line = line
    editor = LineEditor(draft[line])
  }
}
