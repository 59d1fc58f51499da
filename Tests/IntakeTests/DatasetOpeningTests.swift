import Glibc
@testable import Intake
import Listings
import Synchronization
import Testing

@Suite struct DatasetOpeningTests {
  private func options(pieceSize: Int) -> IntakeOptions {
    var options = IntakeOptions(tables: InventedTables.tables, workers: 3)
    options.pieceSize = pieceSize
    options.firstPieceSize = 64
    return options
  }

  @Test func rowsLieInTheOrderOfTheFilesWhateverTheWorkersDo() throws {
    let folder = InventedFolder()
    let paths = (0..<5).map { file in
      folder.write(
        "day\(file).csv",
        "title,price\n" + (0..<(file == 2 ? 0 : 300)).map { "\"row \(file)\n\($0)\",\($0)\n" }.joined())
    }
    let (dataset, problems) = try DatasetOpening.open(paths: paths, options: options(pieceSize: 100))
    #expect(problems.isEmpty)
    #expect(dataset.rowCount == 1200)
    #expect(dataset.sources.map(\.rows) == [0..<300, 300..<600, 600..<600, 600..<900, 900..<1200])
    for row in 0..<1200 {
      let file = [0, 1, 3, 4][row / 300]
      #expect(dataset.text(of: .title, at: row) == "row \(file)\n\(row % 300)")
      #expect(dataset.source(of: row).path == paths[file])
      #expect(dataset.sourceRow(of: row) == row % 300 + 1)
    }
    #expect(dataset.sourceLine(of: 301) == 4)
  }

  @Test func looksGrowUntilTheLastOne() {
    let folder = InventedFolder()
    let path = folder.write("a.csv", "title,price\n" + (0..<50_000).map { "t\($0),\($0)\n" }.joined())
    let looks = Mutex<[(rows: Int, isComplete: Bool, last: String)]>([])
    let isOver = Monitor()
    let opening = DatasetOpening.start(paths: [path], options: options(pieceSize: 4000)) { event in
      let (progress, isLast): (IntakeProgress, Bool)
      switch event {
      case .progressed(let look): (progress, isLast) = (look, false)
      case .finished(let end): (progress, isLast) = (end, true)
      default: return
      }
      let rows = progress.dataset.rowCount
      looks.withLock { $0.append((rows, progress.dataset.isComplete, progress.dataset.text(of: .title, at: rows - 1))) }
      if isLast { isOver.withLock { isOver.wakeAll() } }
    }
    isOver.withLock { while looks.withLock({ $0.last?.isComplete != true }) { isOver.wait() } }
    withExtendedLifetime(opening) {}
    let seen = looks.withLock { $0 }
    // Eight pieces may be under way before the first is in, and on a busy machine they all are: 12 kB, of rows of five bytes
    // or more.
    #expect(seen[0].rows < 2_500)
    #expect(seen.map(\.rows) == seen.map(\.rows).sorted())
    #expect(seen.allSatisfy { $0.last == "t\($0.rows - 1)" })
    #expect(seen.last?.rows == 50_000)
    #expect(seen.dropLast().allSatisfy { !$0.isComplete })
  }

  @Test func cancellingEndsWithCancelledOrTheWholeDataset() {
    let folder = InventedFolder()
    let path = folder.write("a.csv", "title,price\n" + (0..<20_000).map { "t\($0),\($0)\n" }.joined())
    for delay in 0..<6 {
      let end = Mutex<String?>(nil)
      let isOver = Monitor()
      let opening = DatasetOpening.start(paths: [path], options: options(pieceSize: 200)) { event in
        let word: String
        switch event {
        case .progressed: return
        case .finished(let progress): word = "\(progress.dataset.rowCount)"
        case .failed: word = "failed"
        case .cancelled: word = "cancelled"
        }
        isOver.withLock {
          end.withLock { $0 = word }
          isOver.wakeAll()
        }
      }
      usleep(UInt32(delay * 700))
      opening.cancel()
      isOver.withLock { while end.withLock({ $0 == nil }) { isOver.wait() } }
      #expect(["cancelled", "20000"].contains(end.withLock { $0 }))
    }
  }

  @Test func aWrongNameAmongSeveralFilesIsToldBeforeAnythingIsRead() {
    let folder = InventedFolder()
    let good = folder.write("a.csv", "title,price\na,1\n")
    #expect(throws: IntakeError.missing(path: "\(folder.path)/b.csv")) {
      try DatasetOpening.open(paths: [good, "\(folder.path)/b.csv"], options: options(pieceSize: 100))
    }
  }
}
