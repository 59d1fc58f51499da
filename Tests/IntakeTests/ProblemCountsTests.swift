import Glibc
@testable import Intake
import Listings
import ListingsTestSupport
import Synchronization
import Testing

/// Problems by group, their rows, and what is kept of very many.
@Suite struct ProblemCountsTests {
  @Test func manyProblemsAreAllCountedAndTheFirstKept() throws {
    let limit = IntakeProblems.limit
    let rows = limit + 2_000
    let text = "title,price,posted_at\n" + String(repeating: "a,zzz,\n", count: rows) + "b,5,soon\nc,6,2026-11-01\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.rowCount == rows + 2)
    #expect(problems.count == rows + 1)
    #expect(problems.count(of: .priceUnreadable) == rows)
    #expect(problems.groups.map(\.count) == [rows, 1])
    #expect(problems.groups.map(\.group.field) == [.price, .postedAt])
    // A group that comes later has room of its own.
    #expect(problems.kept.count == limit + 1)
    #expect(problems.kept.last?.what == .timeUnreadable(.noTime))
    #expect(problems.kept.last?.line == rows + 2)
    #expect(problems.kept[999].row == 999)
    #expect(problems.kept[999].sourceRow == 1_000)
    // All rows are known, kept or not.
    #expect(problems.rows(of: dataset.rowCount).count == rows + 1)
    #expect(!problems.rows(of: dataset.rowCount).contains(rows + 1))
  }

  @Test func everySingleProblemIsToldToWhoWantsThem() throws {
    let count = IntakeProblems.limit + 500
    let folder = InventedFolder()
    let path = folder.write("a.csv", "title,price\n" + String(repeating: "a,zzz\n", count: count))
    let lines = Mutex<[Int]>([])
    var options = IntakeOptions(tables: InventedTables.tables)
    options.onProblem = { problem in lines.withLock { $0.append(problem.line ?? 0) } }
    let (_, problems) = try DatasetOpening.open(paths: [path], options: options)
    #expect(problems.count == count)
    let told = lines.withLock { $0 }
    #expect(told.count == count)
    #expect(zip(told, 2...).allSatisfy { $0 == $1 }, "in the order of the rows")
  }

  /// Small pieces and any number of workers must give the same counts as one piece.
  @Test(arguments: [1, 2, 5]) func groupsAndRowsDoNotDependOnPieces(workers: Int) throws {
    var random = Dice(seed: UInt64(workers))
    var text = "title,price,posted_at,currency\n"
    var wanted: (price: Int, time: Int, rows: Set<Int>) = (0, 0, [])
    for row in 0..<3_000 {
      let (badPrice, badTime) = (
        Int.random(in: 0..<9, using: &random) == 0, Int.random(in: 0..<11, using: &random) == 0
      )
      text += "t\(row),\(badPrice ? "zzz" : "5"),\(badTime ? "soon" : "2026-11-01"),USD\n"
      wanted.price += badPrice ? 1 : 0
      wanted.time += badTime ? 1 : 0
      if badPrice || badTime { wanted.rows.insert(row) }
    }
    let folder = InventedFolder()
    var options = IntakeOptions(tables: InventedTables.tables, workers: workers)
    options.pieceSize = 500
    options.firstPieceSize = 300
    let (dataset, problems) = try DatasetOpening.open(paths: [folder.write("a.csv", text)], options: options)
    #expect(problems.count(of: .priceUnreadable) == wanted.price)
    #expect(problems.count(of: .timeUnreadable) == wanted.time)
    #expect(Set(problems.rows(of: dataset.rowCount).rows) == wanted.rows)
    #expect(problems.kept.allSatisfy { $0.line == ($0.row ?? -9) + 2 && $0.sourceRow == ($0.row ?? -9) + 1 })
  }

  @Test func everyKindHasWordsOfItsOwn() {
    let kinds = IntakeProblem.Kind.allCases
    #expect(Set(kinds.map(\.words)).count == kinds.count)
    #expect(Set(kinds.map(\.name)).count == kinds.count)
  }

  @Test func namesAreAsShortAsTellsThemApart() {
    let names = [
      "/srv/scrapes/kl/week47.csv", "/srv/scrapes/bkk/week47.csv", "week48.csv", "old/x/a.csv", "new/x/a.csv",
      "week.zip » monday.csv", "week.zip » ru/tuesday.csv", "/a.csv",
    ]
    let short = ShortNames(names)
    #expect(
      names.map { short[$0] } == [
        "kl/week47.csv", "bkk/week47.csv", "week48.csv", "old/x/a.csv", "new/x/a.csv", "week.zip » monday.csv",
        "week.zip » ru/tuesday.csv", "a.csv",
      ])
    #expect(short["never/given.csv"] == "never/given.csv")
  }

  @Test(arguments: 0..<60) func shortNamesAreNeverTheSame(seed: Int) {
    var random = Dice(seed: UInt64(seed))
    let parts = ["a", "b", "week.csv", "x y", "象牙"]
    var names: Set<String> = []
    for _ in 0..<12 {
      let count = Int.random(in: 1...4, using: &random)
      let path = (0..<count).map { _ in parts.randomElement(using: &random)! }.joined(separator: "/")
      names.insert((Bool.random(using: &random) ? "/" : "") + path)
    }
    let short = ShortNames(names)
    #expect(Set(names.map { short[$0] }).count == names.count, "\(names)")
  }
}
