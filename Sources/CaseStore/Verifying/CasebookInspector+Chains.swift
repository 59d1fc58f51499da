import Casework
import GRDB
import Listings

// The chains that came by merging: each is a chain of its own, and the own chain says what came of it when.

extension CasebookInspector {
  /// Checks every line of every chain that came by merging, and holds the chains against the events that brought them.
  mutating func inspectMergedChains(_ db: Database) throws {
    var brought: [String: [(merge: EventNumber, chain: MergedChain)]] = [:]
    for (merge, chain) in said.merges { brought[chain.token, default: []].append((merge, chain)) }
    for token in try Set(MergedEvents.tokens(db)).union(brought.keys).sorted() {
      try inspectMergedChain(token, brought[token] ?? [], db)
    }
  }

  /// Checks one chain.
  private mutating func inspectMergedChain(
    _ token: String, _ brought: [(merge: EventNumber, chain: MergedChain)], _ db: Database
  ) throws {
    let name = "chain \(CasebookName.short(of: token))"
    var check = ChainCheck()
    var problem: TableFinding?
    var parts = brought[...]
    func note(_ number: EventNumber, _ what: TableFinding.What) {
      guard problem == nil else { return }
      problem = TableFinding(
        table: "merged_event", key: "\(name), event \(number)", event: brought.first?.merge, what: what)
    }
    let lines = try MergedEvents.lines(of: token, db)
    while case let batch = try lines.next(), !batch.isEmpty {
      for line in batch {
        check.append(line.line, hash: line.hashed)
        if let why = line.problem { note(line.number, .wrong("\(why)")) }
        guard let event = line.line.flatMap(Event.init) else { continue }
        if event.number == 1, event.data["casebook"]?.asText != token {
          note(1, .wrong("it is not the first event of that casebook"))
        }
        while let part = parts.first, part.chain.through < line.number { parts.removeFirst() }
        guard let part = parts.first, part.merge == line.merge, part.chain.from <= line.number else {
          note(line.number, .surplus)
          continue
        }
        if line.number == part.chain.through, line.hashed != part.chain.head {
          note(line.number, .wrong("event \(part.merge) brought another line"))
        }
        said.takeMerged(event, hash: line.hashed, of: token, broughtBy: part.merge, replaying: depth.statuses)
      }
    }
    switch check.result() {
    case .broken(let line, let why): note(line, .wrong("\(why)"))
    case .whole(let head):
      let last = brought.map(\.chain.through).max() ?? head.sequence
      if head.sequence < last { note(head.sequence + 1, .missing) }
      inspection.chains.append(CasebookInspection.Chain(token: token, head: head))
    }
    if let problem { inspection.add(problem) }
  }
}
