import Hashing
import SmallFormats

/// One immutable line of an audit chain: who did what to which object, when, bound to the line before it.
///
/// Shape:  ASCII JSON, keys sorted, no blanks: `{"action","actor","data","object","prev","seq","ts"}`; `prev` is the
///         SHA-256 of the exact bytes of the previous line without its line feed, 64 zeros for the first; `seq` from 1.
/// Units:  `time` is RFC 3339 UTC with whole seconds, `2026-11-18T11:06:40Z`.
/// Source: the packet specification, section 6; for these values the byte form equals RFC 8785.
package struct AuditLine: Equatable, Sendable {
  /// `prev` of the first line.
  package static let noPrevious = String(repeating: "0", count: 64)

  /// The kind of event, as `verdict.file`.
  package let action: String
  /// Who did it.
  package let actor: String
  /// Values by name: text, whole numbers, truth values, null, or lists of these.
  package let data: [String: JSONValue]
  /// What it was done to: a listing's key, a packet's number, `casebook`.
  package let object: String
  /// The hash of the line before.
  package let previous: String
  /// The number of the line, from 1.
  package let sequence: Int
  package let time: String

  package init(
    action: String, actor: String, data: [String: JSONValue], object: String, previous: String, sequence: Int,
    time: String
  ) {
    self.action = action
    self.actor = actor
    self.data = data
    self.object = object
    self.previous = previous
    self.sequence = sequence
    self.time = time
  }

  /// The canonical bytes, without a line feed.
  package var bytes: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(384)  // A verdict's line has about 300 bytes.
    out.append(literal: "{\"action\":")
    out.append(quoted: action)
    out.append(literal: ",\"actor\":")
    out.append(quoted: actor)
    out.append(literal: ",\"data\":")
    out.append(json: .map(data))
    out.append(literal: ",\"object\":")
    out.append(quoted: object)
    out.append(literal: ",\"prev\":")
    out.append(quoted: previous)
    out.append(literal: ",\"seq\":")
    out.append(json: .number(sequence))
    out.append(literal: ",\"ts\":")
    out.append(quoted: time)
    out.append(UInt8(ascii: "}"))
    return out
  }

  /// The canonical bytes as text.
  package var json: String { String(decoding: bytes, as: UTF8.self) }

  /// The SHA-256 of the canonical bytes: `prev` of the next line.
  package var hash: String { SHA256Digest(of: bytes).hex }

  /// The hash of a line in canonical form.
  package static func hash(of json: String) -> String { SHA256Digest(of: json).hex }
}

extension AuditLine {
  /// Parses a line; nil if it is not an audit line in canonical form.
  ///
  /// Cost:   O(bytes); nesting is bounded, so hostile input cannot exhaust the stack.
  /// Fails:  nil for any other form too (a space, a needless escape, keys in another order). No chain wrote such bytes,
  ///         and what is hashed must have one form.
  package init?(canonical json: String) {
    let read = Array(json.utf8)
    guard case .map(let fields)? = try? JSONReading.value(of: read), fields.count == 7,
      case .text(let action)? = fields["action"], case .text(let actor)? = fields["actor"],
      case .map(let data)? = fields["data"], case .text(let object)? = fields["object"],
      case .text(let previous)? = fields["prev"], case .number(let sequence)? = fields["seq"],
      case .text(let time)? = fields["ts"]
    else { return nil }
    self.init(
      action: action, actor: actor, data: data, object: object, previous: previous, sequence: sequence, time: time)
    // Formatting must give the same bytes again; `==` on texts would accept canonically equivalent ones.
    guard bytes == read else { return nil }
  }
}

/// The end of an audit chain, as others may have kept it: in a packet, on paper, in a colleague's mail.
package struct ChainHead: Equatable, Sendable {
  /// The number of the last event.
  package let sequence: Int
  /// The SHA-256 of its line.
  package let hash: String

  package init(sequence: Int, hash: String) {
    self.sequence = sequence
    self.hash = hash
  }

  /// The head of an empty chain.
  package static let empty = ChainHead(sequence: 0, hash: AuditLine.noPrevious)
}

/// The outcome of checking a chain.
package enum ChainCheckResult: Equatable, Sendable {
  /// No line breaks the chain, which ends here.
  case whole(ChainHead)
  /// The first line at which the chain is broken.
  case broken(line: Int, why: ChainProblem)

  /// Whether no line breaks the chain.
  package var isWhole: Bool {
    if case .whole = self { true } else { false }
  }
}

/// How a line breaks its chain.
package enum ChainProblem: Equatable, Sendable {
  /// The bytes are not an audit line in its canonical form.
  case unreadable
  /// The line differs from the one to which its successor, or the known head, is bound.
  case edited
  /// The line is missing; the next one found has this number (nil: there is none).
  case missing(next: Int?)
  /// Another line is here, with this number. Either it comes too early, or this one comes later.
  case reordered(found: Int)
  /// The chain ends before a head that is known.
  case truncated(known: ChainHead)
  /// A column by which the casebook finds the line says something else than the line.
  case indexDiffers(String)
}

/// Checks that lines form one whole audit chain, and finds the first that is not as it was written.
///
/// Cost:   one pass, one hash per line; only the previous line is kept.
/// Fails:  never.
/// Limits: a chain that was rewritten from some line to its end, or cut off, shows only against a head kept elsewhere.
package enum AuditChain {
  /// Checks a whole chain.
  ///
  /// - Parameter knownHead: a head kept elsewhere; the chain may have grown beyond it.
  package static func verify(_ lines: some Sequence<String>, knownHead: ChainHead? = nil) -> ChainCheckResult {
    var check = ChainCheck(knownHead: knownHead)
    for line in lines { check.append(line) }
    return check.result()
  }
}

/// Checks a chain line by line, as lines come from a file or database.
package struct ChainCheck {
  private let knownHead: ChainHead?
  private var head = ChainHead.empty
  /// The first break found.
  private var broken: (line: Int, why: ChainProblem)?
  /// A line whose `prev` is not the hash of the line before. The next line shows which of the two was edited.
  private var suspect: Int?
  /// A line that was expected while another was found. The rest shows whether it is missing or misplaced.
  private var sought: (line: Int, found: Int)?

  package init(knownHead: ChainHead? = nil) { self.knownHead = knownHead }

  /// Checks the next line. Returns it parsed; nil if it is not an audit line.
  @discardableResult
  package mutating func append(_ json: String) -> AuditLine? {
    let line = AuditLine(canonical: json)
    append(line, hash: AuditLine.hash(of: json))
    return line
  }

  /// Checks the next line, which was parsed and hashed elsewhere.
  ///
  /// - Parameter line: nil for bytes that are no audit line.
  package mutating func append(_ line: AuditLine?, hash: String) {
    if let sought {
      if sought.found > sought.line, line?.sequence == sought.line {
        settle(sought.line, .reordered(found: sought.found))
      }
    } else if broken == nil {
      check(line, hash)
    }
  }

  /// Checks one line against the head so far.
  private mutating func check(_ line: AuditLine?, _ hash: String) {
    let expected = head.sequence + 1
    let isNext = line?.sequence == expected
    let isBound = isNext && line?.previous == head.hash
    if let suspect {
      // If this line is not bound to the suspect line either, the suspect was edited; otherwise the line before it was.
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
    head = ChainHead(sequence: expected, hash: hash)
    if let knownHead, knownHead.sequence == expected, suspect == nil, knownHead.hash != head.hash {
      settle(expected, .edited)
    }
  }

  /// The outcome after the last line.
  package func result() -> ChainCheckResult {
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

  /// Records the first break.
  private mutating func settle(_ line: Int, _ why: ChainProblem) {
    if broken == nil { broken = (line, why) }
  }
}

extension ChainCheckResult: CustomStringConvertible {
  /// One sentence for the analyst: which event, and what is wrong with it.
  package var description: String {
    switch self {
    case .whole(let head): "The audit chain is whole: \(head.sequence) events, head \(head.hash)."
    case .broken(let line, let why): "The audit chain is broken at event \(line): \(why)."
    }
  }
}

extension ChainProblem: CustomStringConvertible {
  /// What is wrong, to follow the number of the event.
  package var description: String {
    switch self {
    case .unreadable: "it is not an audit line"
    case .edited: "it was changed after it was written"
    case .missing(let next?): "it is missing; the next one is \(next)"
    case .missing(nil): "it is missing"
    case .reordered(let found): "event \(found) is in its place"
    case .truncated(let known): "it and everything up to event \(known.sequence), which was known, is missing"
    case .indexDiffers(let what): "the casebook's \(what) differs from what the event says"
    }
  }
}
