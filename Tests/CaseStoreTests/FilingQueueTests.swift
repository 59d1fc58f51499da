import CaseStore
import Casework
import Listings
import Synchronization
import Testing

@Suite struct FilingQueueTests {
  @Test func changesAreFiledInTheOrderTheyWereAskedForAndDrainWaitsForAll() throws {
    let folder = try CasebookFolder()
    let queue = FilingQueue(try folder.open())
    let replies = Mutex<[Applied]>([])
    let verdicts: [Verdict] = [.confirmed, .unsure, .falsePositive]
    for number in 0..<60 {
      queue.submit(.file(verdicts[number % 3], reason: nil, for: keys(1...1)), at: noon) { result in
        if case .success(let applied) = result { replies.withLock { $0.append(applied) } }
      }
    }
    queue.drain()
    #expect(replies.withLock { $0.map(\.transaction) } == Array(2...61))
    #expect(try folder.open("mb", .reading).head().sequence == 61)
    #expect(try folder.open("mb", .reading).counts()[.falsePositive] == 1)
  }

  @Test func aRefusalIsRepliedAndHoldsUpNothing() throws {
    let folder = try CasebookFolder()
    let queue = FilingQueue(try folder.open())
    let replies = Mutex<[Result<Applied, FilingError>]>([])
    let asked: [(Change, String)] = [
      (.undo, noon), (.file(.confirmed, reason: nil, for: keys(1...1)), "no time"),
      (.file(.confirmed, reason: nil, for: keys(2...2)), noon),
    ]
    for (change, time) in asked {
      queue.submit(change, at: time) { result in replies.withLock { $0.append(result) } }
    }
    queue.drain()
    let given = replies.withLock { $0 }
    #expect(given.count == 3)
    #expect(given[0] == .failure(FilingError(error: .nothingToUndo, kept: nil)))
    #expect(throws: FilingError.self) { try given[1].get() }
    #expect(try given[2].get().statuses.keys.map(\.text) == ["id:P/2"])
    #expect(try queue.casebook.counts()[.confirmed] == 1)
  }
}
