import Glibc
import Listings

/// One load: cuts the files into pieces for the workers, and appends the rows of each piece in file order.
///
/// Shape:  a piece is a range of whole records. Workers take pieces in order and read them in parallel. Whoever finishes
///         the piece that is due appends it, and all finished ones behind it, while the others read on. Record borders are found exactly, by a walk
///         over the quotes ahead of the workers (`DelimitedPieces`), so the result depends neither on where pieces end
///         nor on the number of workers.
/// Cost:   at most `maximumPiecesAhead` pieces are held at once, whatever the size of the files.
/// Fails:  with `tooLittleMemory` before memory runs out.
final class Loading: @unchecked Sendable {
  // Safe to share: the state is touched only under the lock that stands above it: `queue`, `arrivals` or `intake`.
  private let queue = Monitor()
  private let files: [ReadableText]
  private let options: IntakeOptions
  private let report: @Sendable (IntakeEvent) -> Void
  /// The files opened so far, the last one being cut into pieces.
  private var readings: [any PieceReading] = []
  /// How many files some worker has begun to open.
  private var filesBegun = 0
  /// Opened files whose turn has not come, by index.
  private var opened: [Int: any PieceReading] = [:]
  /// Where the next piece begins, in the file of the last reading.
  private var position = 0
  /// How many pieces were handed to workers.
  private var piecesGiven = 0
  /// How many of them were appended.
  private var piecesTaken = 0
  private var isCancelled = false
  /// Why the load stopped; nil while it goes on.
  private var error: IntakeError?
  /// Rows and bytes of appended pieces, for the size of the next ones.
  private var rowsTaken = 0
  private var bytesTaken = 0
  private var workersLeft: Int

  private let arrivals = Monitor()
  /// Finished pieces that wait for an earlier one, by number.
  private var waiting: [Int: FinishedPiece] = [:]
  /// The number of the piece that is due next.
  private var piecesAppended = 0
  /// Whether some worker is appending.
  private var isAppending = false

  private let intake = Monitor()
  private let builder: DatasetBuilder
  /// The files that have any rows so far, and those before them.
  private var sources: [SourceFile] = []
  private var problems = IntakeProblems()
  private var lines = LineCounter()
  private var bytesDone = 0
  private let bytesTotal: Int
  /// When the next progress report is due, on the monotonic clock.
  private var nextReport: Double

  /// How many pieces may be ahead of the one that is due. Bounds memory while one worker is slow.
  private static let maximumPiecesAhead = 8
  /// How many files may be opened at once, or be open before their turn.
  private static let maximumFilesAhead = 8
  /// Seconds between progress reports.
  private static let reportInterval = 0.06

  /// A range of whole records in one file, to be read by one worker.
  struct Piece {
    let number: Int
    let file: Int
    let reading: any PieceReading
    let range: Range<Int>
  }

  /// The rows of a piece, not yet part of the dataset.
  private struct FinishedPiece {
    let piece: Piece
    let batch: RowBatch
    let problems: PieceProblems
  }

  /// - Parameters:
  ///   - problems: what went wrong while the files were made readable.
  ///   - report: called from the workers, one call at a time and in order.
  init(
    files: [ReadableText], problems: [IntakeProblem], options: IntakeOptions,
    report: @escaping @Sendable (IntakeEvent) -> Void
  ) {
    self.files = files
    self.options = options
    self.report = report
    builder = DatasetBuilder(
      currencyCodes: options.tables.currencies.codes, addresses: options.tables.addresses)
    bytesTotal = files.reduce(0) { $0 + $1.listingBytes }
    workersLeft = max(1, options.workers ?? WorkerThread.processorCount)
    nextReport = 0
    for problem in options.tables.problems + problems { add(problem) }
  }

  /// How many threads should run `work`.
  var workerCount: Int { workersLeft }

  /// Stops the workers after their current piece.
  func cancel() {
    queue.withLock {
      isCancelled = true
      queue.wakeAll()
    }
  }

  /// Reads pieces until none is left. Every worker runs this; the last to leave reports the end.
  ///
  /// Shape:  one `RowAssembly` per worker, reused from piece to piece.
  func work() {
    var assembly: RowAssembly?
    while let piece = nextPiece() {
      let rows =
        assembly
        ?? RowAssembly(
          tables: options.tables, reader: piece.reading, keepsAllProblems: options.onProblem != nil,
          makesKeys: options.makesKeys, makesCells: options.makesCellFingerprints)
      assembly = rows
      let bytes = UnsafeRawBufferPointer(rebasing: piece.reading.bytes[piece.range])
      rows.begin(piece.reading, piece: bytes)
      piece.reading.read(piece.range, into: rows)
      let (batch, found) = rows.takeBatch()
      take(FinishedPiece(piece: piece, batch: batch, problems: found))
    }
    let isLast = queue.withLock {
      workersLeft -= 1
      return workersLeft == 0
    }
    if isLast { finish() }
  }

  // MARK: Pieces, under `queue`

  /// What a worker is to do next.
  private enum Step {
    case read(Piece)
    /// Open the file with this index.
    case open(Int)
    case leave
  }

  /// The next piece to read; nil where all are given out, or the load has stopped.
  ///
  /// Shape:  opens files on the way. Guessing the columns of a small file takes longer than reading it, so every worker opens
  ///         files, a few of them ahead of their turn.
  private func nextPiece() -> Piece? {
    while true {
      switch queue.withLock({ nextStep() }) {
      case .read(let piece): return piece
      case .leave: return nil
      case .open(let index):
        files[index].mapping.readAhead()
        let reading = FileFormat.reading(of: files[index], options: options)
        queue.withLock {
          opened[index] = reading
          queue.wakeAll()
        }
      }
    }
  }

  /// Waits until there is something to do, and says what.
  ///
  /// Shape:  pieces come before files to open. Waits while too many pieces are ahead, or the next file is being opened.
  /// Fails:  stops the load where memory is low.
  private func nextStep() -> Step {
    while !isCancelled {
      if piecesGiven - piecesTaken >= Self.maximumPiecesAhead {
        queue.wait()
        continue
      }
      guard MemoryBound.hasRoom else {
        (isCancelled, error) = (true, .tooLittleMemory(rows: rowsTaken))
        queue.wakeAll()
        return .leave
      }
      if let reading = readings.last, position < reading.bytes.count { return .read(cutPiece(reading)) }
      if let reading = opened.removeValue(forKey: readings.count) {
        readings.append(reading)
        position = reading.firstRecord
      } else if filesBegun < min(files.count, readings.count + Self.maximumFilesAhead) {
        filesBegun += 1
        return .open(filesBegun - 1)
      } else if readings.count < files.count {
        queue.wait()
      } else {
        return .leave
      }
    }
    return .leave
  }

  /// Cuts the next piece off the current file.
  ///
  /// Shape:  sizes double from `firstPieceSize` to `pieceSize`.
  private func cutPiece(_ reading: any PieceReading) -> Piece {
    // Small at first, so that something appears on screen soon; then large enough to be worth distributing.
    let size =
      piecesGiven == 0 ? options.firstPieceSize : min(options.pieceSize, options.firstPieceSize << min(piecesGiven, 20))
    let count = reading.bytes.count
    let bytes = min(size, Self.pieceByteLimit(rowsTaken, bytesTaken))
    let end = position + bytes >= count ? count : reading.border(from: position, target: position + bytes)
    let piece = Piece(number: piecesGiven, file: readings.count - 1, reading: reading, range: position..<end)
    position = end
    piecesGiven += 1
    return piece
  }

  /// The most bytes a piece may have, so that it holds about `maximumRowsPerPiece` rows of the average length so far.
  /// Otherwise a piece of very short records would hold millions of rows.
  private static func pieceByteLimit(_ rows: Int, _ bytes: Int) -> Int {
    rows == 0 ? .max : max(1 << 14, bytes / rows * maximumRowsPerPiece)
  }

  private static let maximumRowsPerPiece = 1 << 16

  // MARK: Rows, under `arrivals` and `intake`

  /// Keeps a finished piece until it is due, and appends whatever is due, unless another worker is appending already: that
  /// one will find it, and this one can read on.
  ///
  /// Cost:   appending copies codes and numbers; texts stay where they are.
  private func take(_ finished: FinishedPiece) {
    var next = arrivals.withLock {
      waiting[finished.piece.number] = finished
      return isAppending ? nil : takeDue()
    }
    while let due = next {
      let rows = due.batch.count
      intake.withLock {
        append(due)
        reportIfDue()
      }
      queue.withLock {
        piecesTaken += 1
        rowsTaken += rows
        bytesTaken += due.piece.range.count
        queue.wakeAll()
      }
      next = arrivals.withLock {
        piecesAppended += 1
        return takeDue()
      }
    }
  }

  /// The piece to append next, which makes the caller the one who appends; nil where it is not finished yet. Under
  /// `arrivals`.
  private func takeDue() -> FinishedPiece? {
    let due = waiting.removeValue(forKey: piecesAppended)
    isAppending = due != nil
    return due
  }

  /// Appends the piece that is due, and its problems with their final rows and lines.
  ///
  /// Shape:  problems come in row order, and those that were only counted are added to the counts.
  private func append(_ finished: FinishedPiece) {
    let firstRow = builder.rowCount
    beginSources(through: finished.piece.file, finished.piece.reading)
    builder.append(finished.batch)
    sources[finished.piece.file].markupCells += finished.batch.markupCells
    sources[finished.piece.file].rows = sources[finished.piece.file].rows.lowerBound..<builder.rowCount
    bytesDone += finished.piece.range.count
    lines.begin(file: finished.piece.file)
    for found in finished.problems.found { keep(found, finished.piece, firstRow) }
    let name = files[finished.piece.file].name
    for (group, count) in finished.problems.further {
      problems.count(count, in: ProblemGroup(group.kind, file: name, field: group.field))
    }
    for row in finished.problems.furtherRows { problems.mark(firstRow + row) }
  }

  /// Reports one problem of a piece, now that the row and line are known.
  ///
  /// Cost:   counts line feeds since the last problem, unless the problem is only counted.
  private func keep(_ found: PieceProblems.Found, _ piece: Piece, _ firstRow: Int) {
    let row = found.row.map { $0 + firstRow }
    let file = files[piece.file]
    var problem = IntakeProblem(file: file.name, row: row, field: found.field, what: found.what, excerpt: found.excerpt)
    problem.sourceRow = row.map { row in
      let record = row - sources[piece.file].rows.lowerBound
      return piece.reading.tableRow(ofRecord: record) ?? record + 1
    }
    if file.hasLines, options.onProblem != nil || problems.hasRoom(for: problem.group) {
      problem.line = lines.line(of: found.offset, in: piece.reading.bytes)
    }
    add(problem)
  }

  /// Counts a problem, and passes it on to whoever asked for every one.
  private func add(_ problem: IntakeProblem) {
    problems.add(problem)
    options.onProblem?(problem)
  }

  /// Begins the sources up to `index`. Files that gave no piece have no rows, but they were opened.
  private func beginSources(through index: Int, _ reading: any PieceReading) {
    guard sources.count <= index else { return }
    while sources.count <= index {
      let number = sources.count
      beginSource(number, number == index ? reading : queue.withLock { readings[number] })
    }
  }

  /// Adds a file to the dataset's sources and reports what is wrong with it as a whole.
  ///
  /// Shape:  files are begun in their order, those without rows included.
  private func beginSource(_ number: Int, _ reading: any PieceReading) {
    let file = files[number]
    sources.append(
      SourceFile(
        name: file.name, path: file.original.path, byteCount: file.original.byteCount, modified: file.original.modified,
        rows: builder.rowCount..<builder.rowCount, reader: reading))
    for problem in file.problems + reading.fileProblems { add(assigningRow(problem, in: file)) }
    if let notes = file.table?.notes {
      problems.count(notes.count - notes.kept.count, in: ProblemGroup(.inTable, file: file.name, field: nil))
    }
  }

  /// A problem of a table with the row of the dataset that its source row became, if any.
  private func assigningRow(_ problem: IntakeProblem, in file: ReadableText) -> IntakeProblem {
    var problem = problem
    if problem.row == nil, let number = problem.sourceRow {
      problem.row = file.table?.numbering.index(of: number).map { builder.rowCount + $0 }
    }
    return problem
  }

  /// Reports progress, unless the last report is recent.
  private func reportIfDue() {
    let now = WorkerThread.now
    guard now >= nextReport else { return }
    report(.progressed(progress(isComplete: false)))
    nextReport = WorkerThread.now + Self.reportInterval
  }

  /// Reports the end: finished, failed or cancelled.
  ///
  /// Shape:  run by the last worker, after every piece was appended.
  private func finish() {
    let (isCancelled, readings, error) = queue.withLock { (self.isCancelled, self.readings, self.error) }
    options.tables.forgetTexts()
    let event: IntakeEvent = intake.withLock {
      if let error { return .failed(error) }
      if isCancelled { return .cancelled }
      while sources.count < readings.count { beginSource(sources.count, readings[sources.count]) }
      bytesDone = bytesTotal
      reportMissingColumns(readings)
      for file in originals { reportChanges(of: file) }
      return .finished(progress(isComplete: true))
    }
    report(event)
  }

  /// Reports columns named by `--map` that no file has.
  ///
  /// Files may differ in their columns, and JSON names its columns in every object, so this is only known at the end.
  private func reportMissingColumns(_ readings: [any PieceReading]) {
    guard !options.chosenColumns.isEmpty else { return }
    var names: [String] = []
    var known: Set<String> = []
    for reading in readings { for name in reading.columns where known.insert(name).inserted { names.append(name) } }
    let plain = Set(names.map(FieldNames.plain))
    let file = files.count == 1 ? files[0].name : "\(files.count) files"
    for (field, column) in options.chosenColumns.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where !plain.contains(FieldNames.plain(column)) {
      add(IntakeProblem(file: file, field: field, what: .chosenColumnMissing(column: column, among: names)))
    }
  }

  /// Reports what happened to a file while it was being read; for an archive, once for all its members.
  private func reportChanges(of file: MappedFile) {
    switch file.change {
    case .cut, .rewritten: add(IntakeProblem(file: file.name, what: .cutWhileOpen))
    case .grew(let bytes): add(IntakeProblem(file: file.name, what: .grewWhileOpen(bytes: bytes)))
    case .replaced, .gone, nil: break
    }
  }

  /// The files on disk, each once, even where an archive gave several texts.
  private var originals: [MappedFile] {
    var seen: Set<ObjectIdentifier> = []
    return files.map(\.original).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// The state of the load. The dataset shares its storage with the builder, so this copies nothing.
  private func progress(isComplete: Bool) -> IntakeProgress {
    IntakeProgress(
      bytesDone: bytesDone, bytesTotal: bytesTotal,
      dataset: builder.dataset(sources: sources, isComplete: isComplete), problems: problems,
      files: isComplete ? originals.map { OpenedFile($0) } : [])
  }
}

/// Counts lines up to positions in ascending order, so that a file is passed over once.
///
/// Cost:   O(bytes since the last position).
private struct LineCounter {
  private var file = -1
  private var offset = 0
  private var line = 1

  /// Starts at the beginning of a file, unless it is the current one.
  mutating func begin(file: Int) {
    guard file != self.file else { return }
    (self.file, offset, line) = (file, 0, 1)
  }

  /// The line of a byte, from 1.
  mutating func line(of position: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    guard position >= offset else {
      return line - LineCounting.lineFeeds(in: UnsafeRawBufferPointer(rebasing: bytes[position..<offset]))
    }
    line += LineCounting.lineFeeds(in: UnsafeRawBufferPointer(rebasing: bytes[offset..<position]))
    offset = position
    return line
  }
}
