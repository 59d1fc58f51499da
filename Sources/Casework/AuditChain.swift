/// Where a chain ends, as somebody else may have kept it: in a packet, on paper, in a colleague's mail.
package struct ChainHead: Equatable, Sendable {
  package let sequence: Int
  package let hash: String

  package init(sequence: Int, hash: String) {
    self.sequence = sequence
    self.hash = hash
  }

  /// The head of a chain without lines.
  package static let empty = ChainHead(sequence: 0, hash: AuditLine.noPrevious)
}

/// What checking a chain found.
package enum ChainFinding: Equatable, Sendable {
  case whole(ChainHead)
  case broken(line: Int, why: ChainFault)

  package var isWhole: Bool {
    if case .whole = self { true } else { false }
  }
}

/// Why a line breaks its chain.
package enum ChainFault: Equatable, Sendable {
  /// The bytes are not an audit line in its one byte form.
  case unreadable
  /// The line is not the one that its successor, or the known head, was bound to.
  case edited
  /// The line is not there; the next that is has this number (nil: none is).
  case missing(next: Int?)
  /// In its place stands the line with this number; it comes elsewhere itself, or that one came before.
  case reordered(found: Int)
  /// The chain ends before this known head.
  case truncated(known: ChainHead)
  /// What the casebook keeps beside the line to find it by says something else than the line.
  case indexDiffers(String)
}

/// Checks that lines are one whole audit chain, and names the first that is not as it was written.
///
/// Cost:   one pass, one hash per line; nothing is kept but the line before.
/// Fails:  never. What cannot be shown: a chain rewritten from some line to its end, or cut off, unless a head kept
///         elsewhere is given.
package enum AuditChain {
  /// - Parameter knownHead: a head kept elsewhere; the chain may have grown beyond it.
  package static func verify(_ lines: some Sequence<String>, knownHead: ChainHead? = nil) -> ChainFinding {
    var check = ChainCheck(knownHead: knownHead)
    for line in lines { check.append(line) }
    return check.finding()
  }
}

/// A chain check that is given its lines one by one, as they come from a file or a database.
package struct ChainCheck {
  private let knownHead: ChainHead?
  private var head = ChainHead.empty
  private var broken: (line: Int, why: ChainFault)?
  /// A line whose `prev` is not the hash of the line before it: the next line tells which of the two was edited.
  private var suspect: Int?
  /// A line was expected and another found: whether it is missing or misplaced shows when the rest was seen.
  private var sought: (line: Int, found: Int)?

  package init(knownHead: ChainHead? = nil) { self.knownHead = knownHead }

  /// Takes the next line; gives it back read, or nil if it is no audit line.
  @discardableResult
  package mutating func append(_ json: String) -> AuditLine? {
    let line = AuditLine(canonical: json)
    if let sought {
      if sought.found > sought.line, line?.sequence == sought.line {
        settle(sought.line, .reordered(found: sought.found))
      }
    } else if broken == nil {
      check(line, json)
    }
    return line
  }

  private mutating func check(_ line: AuditLine?, _ json: String) {
    let expected = head.sequence + 1
    let isNext = line?.sequence == expected
    let isBound = isNext && line?.previous == head.hash
    if let suspect {
      // The suspect line is not the one its successor was bound to, so it was edited; else the line before it was.
      return settle(isNext && !isBound ? suspect : suspect - 1, .edited)
    }
    guard let line else { return settle(expected, .unreadable) }
    guard line.sequence == expected else {
      if line.sequence < expected { return settle(expected, .reordered(found: line.sequence)) }
      sought = (expected, line.sequence)
      return
    }
    if !isBound {
      if expected == 1 { return settle(1, .edited) }
      suspect = expected
    }
    head = ChainHead(sequence: expected, hash: AuditLine.hash(of: json))
    if let knownHead, knownHead.sequence == expected, suspect == nil, knownHead.hash != head.hash {
      settle(expected, .edited)
    }
  }

  package func finding() -> ChainFinding {
    if let broken { return .broken(line: broken.line, why: broken.why) }
    if let sought { return .broken(line: sought.line, why: .missing(next: sought.found)) }
    if let suspect {
      let isAsKnown = knownHead.map { $0 == head } ?? true
      return .broken(line: isAsKnown ? suspect - 1 : suspect, why: .edited)
    }
    if let knownHead, knownHead.sequence > head.sequence {
      return .broken(line: head.sequence + 1, why: .truncated(known: knownHead))
    }
    return .whole(head)
  }

  private mutating func settle(_ line: Int, _ why: ChainFault) {
    if broken == nil { broken = (line, why) }
  }
}

extension ChainFinding: CustomStringConvertible {
  /// One sentence for the analyst: which line, and what is wrong with it.
  package var description: String {
    switch self {
    case .whole(let head): "The audit chain is whole: \(head.sequence) events, head \(head.hash)."
    case .broken(let line, let why): "The audit chain is broken at event \(line): \(why)."
    }
  }
}

extension ChainFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable: "it is not an audit line"
    case .edited: "it was changed after it was written"
    case .missing(let next?): "it is missing; the next one is \(next)"
    case .missing(nil): "it is missing"
    case .reordered(let found): "event \(found) stands in its place"
    case .truncated(let known): "it and everything up to event \(known.sequence), which was known, is missing"
    case .indexDiffers(let what): "the casebook's \(what) differs from what the event says"
    }
  }
}
