import CaseStore
import Foundation
import Testing

@Suite struct SentenceTests {
  @Test(arguments: [
    CasebookError.notACasebook(path: "/c"), .newerThanProgram(path: "/c", version: 9, known: 1),
    .noSuchFile(path: "/c"), .neverCompleted(path: "/c"),
    .cannotCreate(path: "/c", why: "w"), .readOnly(path: "/c"), .locked(path: "/c"), .damaged(path: "/c", why: "w"),
    .full(path: "/c"), .refused(path: "/c", why: "w"), .failed(path: "/c", why: "w"),
    .lost(path: "/c", .gone), .lost(path: "/c", .replaced), .lost(path: "/c", .overwritten),
    .lost(path: "/c", .cutShort), .lost(path: "/c", .logLost), .strayLog(path: "/c"), .untrusted(path: "/c", why: "w"),
    .interrupted(path: "/c"),
  ])
  func anErrorNamesTheFileWhatIsUnharmedAndWhatToDo(error: CasebookError) {
    let sentence = error.sentence
    #expect(sentence.contains("/c"))
    let unharmed = ["not changed", "Neither was changed", "unharmed", "Nothing was", "stays"]
    #expect(unharmed.contains { sentence.contains($0) })
    #expect(sentence.split(separator: ". ").count >= 2)
    #expect(sentence.hasSuffix("."))
  }

  @Test func theClockGivesTimesThatEventsMayCarry() throws {
    let now = SystemClock.now()
    let folder = try CasebookFolder()
    try folder.open().record(.openDataset, object: "x", at: now)
    #expect(now.count == 20)
    #expect(abs(try Date(now, strategy: .iso8601).timeIntervalSinceNow) < 60)
  }
}
