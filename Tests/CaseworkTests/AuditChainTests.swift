import Casework
import Listings
import ListingsTestSupport
import Testing

@Suite struct AuditChainTests {
  /// Ten lines: eight verdicts, then an undo of the last with its closing line.
  static let lines: [String] = {
    var ledger = Ledger()
    for number in 1...8 {
      ledger.apply(
        .file(.confirmed, reason: nil, for: [ListingKey("id:P/\(number)")]), by: "rk", at: "2026-11-18T11:06:40Z")
    }
    ledger.apply(.undo, by: "rk", at: "2026-11-18T11:06:41Z")
    return ledger.events.map(\.line.json)
  }()
  static let head = ChainHead(sequence: 10, hash: AuditLine.hash(of: lines[9]))

  @Test func aChainAsWrittenIsWhole() {
    #expect(AuditChain.verify(Self.lines) == .whole(Self.head))
    #expect(AuditChain.verify(Self.lines, knownHead: Self.head) == .whole(Self.head))
    #expect(AuditChain.verify([]) == .whole(.empty))
  }

  @Test func everyChainIsWholeUpToEachOfItsHeads() {
    for count in 0...10 {
      let head = ChainHead(
        sequence: count, hash: count == 0 ? AuditLine.noPrevious : AuditLine.hash(of: Self.lines[count - 1]))
      #expect(AuditChain.verify(Self.lines.prefix(count)) == .whole(head))
      #expect(AuditChain.verify(Self.lines, knownHead: head) == .whole(Self.head))
    }
  }

  @Test(arguments: 1...10) func anEditedLineIsNamed(number: Int) {
    var lines = Self.lines
    lines[number - 1] = lines[number - 1].replacing("rk", with: "zz")
    // The last line's edit shows only against a head kept elsewhere.
    #expect(AuditChain.verify(lines, knownHead: Self.head) == .broken(line: number, why: .edited))
    #expect(AuditChain.verify(lines).isWhole == (number == 10))
  }

  @Test(arguments: 1...10) func aLineWhoseBindingWasEditedIsNamed(number: Int) throws {
    var lines = Self.lines
    let line = try #require(AuditLine(canonical: lines[number - 1]))
    lines[number - 1] = lines[number - 1].replacing(line.previous, with: String(repeating: "7", count: 64))
    #expect(AuditChain.verify(lines, knownHead: Self.head) == .broken(line: number, why: .edited))
  }

  @Test(arguments: 1...10) func aMissingLineIsNamed(number: Int) {
    var lines = Self.lines
    lines.remove(at: number - 1)
    let why: ChainProblem = number == 10 ? .truncated(known: Self.head) : .missing(next: number + 1)
    #expect(AuditChain.verify(lines, knownHead: Self.head) == .broken(line: number, why: why))
  }

  @Test(arguments: 1...9) func exchangedLinesAreNamed(number: Int) {
    var lines = Self.lines
    lines.swapAt(number - 1, number)
    #expect(AuditChain.verify(lines) == .broken(line: number, why: .reordered(found: number + 1)))
  }

  @Test(arguments: 1...10) func aLineThatStandsTwiceIsNamed(number: Int) {
    var lines = Self.lines
    lines.insert(lines[number - 1], at: number)
    #expect(AuditChain.verify(lines) == .broken(line: number + 1, why: .reordered(found: number)))
  }

  @Test(arguments: 1...10) func aLineThatIsNoLineIsNamed(number: Int) {
    var lines = Self.lines
    lines[number - 1] = "not a line"
    #expect(AuditChain.verify(lines) == .broken(line: number, why: .unreadable))
  }

  @Test func aCutOffEndShowsOnlyAgainstAKnownHead() {
    let cut = Self.lines.prefix(6)
    #expect(AuditChain.verify(cut).isWhole)
    #expect(AuditChain.verify(cut, knownHead: Self.head) == .broken(line: 7, why: .truncated(known: Self.head)))
  }

  @Test func aRewrittenChainShowsAgainstAKnownHead() {
    var other = Ledger()
    for number in 1...12 {
      other.apply(
        .file(.unsure, reason: nil, for: [ListingKey("id:P/\(number)")]), by: "rk", at: "2026-11-18T11:06:40Z")
    }
    #expect(
      AuditChain.verify(other.events.map(\.line.json), knownHead: Self.head) == .broken(line: 10, why: .edited))
  }

  /// Whatever single thing is done to the lines, the finding names the first place where they differ, or one beside.
  @Test func anyDamageIsFoundAtTheFirstLineThatDiffers() throws {
    for seed in 0..<500 {
      var random = Dice(seed: UInt64(seed))
      var lines = Self.lines
      switch Int.random(in: 0..<4, using: &random) {
      case 0: lines.remove(at: Int.random(in: lines.indices, using: &random))
      case 1: lines.shuffle(using: &random)
      case 2: lines.removeLast(Int.random(in: 1...10, using: &random))
      default:
        let at = Int.random(in: lines.indices, using: &random)
        var bytes = Array(lines[at].utf8)
        bytes[Int.random(in: bytes.indices, using: &random)] ^= 1
        lines[at] = String(decoding: bytes, as: UTF8.self)
      }
      let differing = zip(lines, Self.lines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      guard let first = differing ?? (lines.count < 10 ? lines.count : nil) else { continue }
      guard case .broken(let line, _) = AuditChain.verify(lines, knownHead: Self.head) else {
        Issue.record("seed \(seed): damage at line \(first + 1) was not found")
        continue
      }
      #expect(line == first + 1, "seed \(seed)")
    }
  }

  @Test func aFindingIsSaidInOneSentence() {
    #expect(
      ChainCheckResult.broken(line: 3, why: .missing(next: 4)).description
        == "The audit chain is broken at event 3: it is missing; the next one is 4.")
    #expect(ChainCheckResult.whole(Self.head).description.hasPrefix("The audit chain is whole: 10 events, head "))
  }
}
