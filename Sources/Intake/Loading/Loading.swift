import Glibc
import Listings

/// One load: hands pieces of the files to the workers and takes their rows in, in the order of the files.
///
/// Shape:  a piece is a range of whole records. Workers take pieces in order, read them side by side, and whoever
///         finishes the piece that is due appends it and all that wait behind it.
/// Why:    record borders are found exactly, by a walk over the quotes ahead of the workers (`DelimitedPieces`), so
///         the result does not depend on where pieces end or how many workers there are.
final class Loading: @unchecked Sendable {
  // Safe to share: everything below is touched only under `queue` or, from `builder` on, only under `intake`.
  private let queue = Monitor()
  private let files: [ReadableText]
  private let options: IntakeOptions
  private let report: @Sendable (IntakeEvent) -> Void
  private var readings: [any PieceReading] = []
  private var position = 0
  private var piecesGiven = 0
  private var piecesTaken = 0
  private var isCancelled = false
  /// Why the load was given up; nil while it goes on.
  private var failure: IntakeError?
  private var rowsTaken = 0
  private var bytesTaken = 0
  private var workersLeft: Int

  private let intake = Monitor()
  private let builder: DatasetBuilder
  private var waiting: [Int: FinishedPiece] = [:]
  private var sources: [SourceFile] = []
  private var problems = IntakeProblems()
  private var lines = LineCounter()
  private var bytesDone = 0
  private let bytesTotal: Int
  private var nextLook: Double

  /// Pieces that may be ahead of the one that is due: bounds the memory when one worker is held up.
  private static let mostAhead = 8
  /// Seconds between looks.
  private static let lookInterval = 0.06

  struct Piece {
    let number: Int
    let file: Int
    let reading: any PieceReading
    let range: Range<Int>
  }

  private struct FinishedPiece {
    let piece: Piece
    let batch: RowBatch
    let problems: PieceProblems
  }

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
    nextLook = 0
    for problem in options.tables.problems + problems { tell(problem) }
  }

  var workerCount: Int { workersLeft }

  func cancel() {
    queue.withLock {
      isCancelled = true
      queue.wakeAll()
    }
  }

  /// Reads pieces until none is left; run by every worker.
  func work() {
    var assembly: RowAssembly?
    while let piece = nextPiece() {
      let rows =
        assembly
        ?? RowAssembly(
          tables: options.tables, reader: piece.reading, keepsEveryProblem: options.everyProblem != nil)
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

  private func nextPiece() -> Piece? {
    queue.withLock {
      while piecesGiven - piecesTaken >= Self.mostAhead, !isCancelled { queue.wait() }
      guard !isCancelled else { return nil }
      guard MemoryBound.hasRoom else {
        (isCancelled, failure) = (true, .tooLittleMemory(rows: rowsTaken))
        queue.wakeAll()
        return nil
      }
      while true {
        if let reading = readings.last, position < reading.bytes.count { return cutPiece(reading) }
        guard readings.count < files.count else { return nil }
        let file = files[readings.count]
        file.mapping.readAhead()
        let reading = FileFormat.reading(of: file, options: options)
        readings.append(reading)
        position = reading.firstRecord
      }
    }
  }

  private func cutPiece(_ reading: any PieceReading) -> Piece {
    // Small at first, so that something is on the screen soon; then large enough to be worth handing out.
    let size =
      piecesGiven == 0 ? options.firstPieceSize : min(options.pieceSize, options.firstPieceSize << min(piecesGiven, 20))
    let count = reading.bytes.count
    let bytes = min(size, Self.mostBytes(rowsTaken, bytesTaken))
    let end = position + bytes >= count ? count : reading.border(from: position, target: position + bytes)
    let piece = Piece(number: piecesGiven, file: readings.count - 1, reading: reading, range: position..<end)
    position = end
    piecesGiven += 1
    return piece
  }

  /// A piece with so many rows, going by those before it: very short records would fill a piece with millions of them.
  private static func mostBytes(_ rows: Int, _ bytes: Int) -> Int {
    rows == 0 ? .max : max(1 << 14, bytes / rows * mostRows)
  }

  private static let mostRows = 1 << 16

  // MARK: Rows, under `intake`

  private func take(_ finished: FinishedPiece) {
    let taken = intake.withLock {
      waiting[finished.piece.number] = finished
      var (count, rows, bytes) = (0, 0, 0)
      while let due = waiting.removeValue(forKey: piecesAppended) {
        (count, rows, bytes) = (count + 1, rows + due.batch.count, bytes + due.piece.range.count)
        append(due)
      }
      if count > 0 { lookIfDue() }
      return (count: count, rows: rows, bytes: bytes)
    }
    guard taken.count > 0 else { return }
    queue.withLock {
      piecesTaken += taken.count
      rowsTaken += taken.rows
      bytesTaken += taken.bytes
      queue.wakeAll()
    }
  }

  private var piecesAppended = 0

  private func append(_ finished: FinishedPiece) {
    piecesAppended += 1
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

  private func keep(_ found: PieceProblems.Found, _ piece: Piece, _ firstRow: Int) {
    let row = found.row.map { $0 + firstRow }
    let file = files[piece.file]
    var problem = IntakeProblem(file: file.name, row: row, field: found.field, what: found.what, excerpt: found.excerpt)
    problem.sourceRow = row.map { row in
      let record = row - sources[piece.file].rows.lowerBound
      return piece.reading.tableRow(ofRecord: record) ?? record + 1
    }
    if file.hasLines, options.everyProblem != nil || problems.hasRoom(for: problem.group) {
      problem.line = lines.line(of: found.offset, in: piece.reading.bytes)
    }
    tell(problem)
  }

  private func tell(_ problem: IntakeProblem) {
    problems.add(problem)
    options.everyProblem?(problem)
  }

  /// Files before the one at `index` that gave no piece have no rows, but they were opened.
  private func beginSources(through index: Int, _ reading: any PieceReading) {
    guard sources.count <= index else { return }
    while sources.count <= index {
      let number = sources.count
      beginSource(number, number == index ? reading : queue.withLock { readings[number] })
    }
  }

  private func beginSource(_ number: Int, _ reading: any PieceReading) {
    let file = files[number]
    sources.append(
      SourceFile(
        name: file.name, path: file.original.path, byteCount: file.original.byteCount, modified: file.original.modified,
        rows: builder.rowCount..<builder.rowCount, reader: reading))
    for problem in file.problems + reading.fileProblems { tell(placed(problem, in: file)) }
    if let notes = file.table?.notes {
      problems.count(notes.count - notes.kept.count, in: ProblemGroup(.inTable, file: file.name, field: nil))
    }
  }

  /// A note on a row of a table with the row of the dataset that it is about, if it became one.
  private func placed(_ problem: IntakeProblem, in file: ReadableText) -> IntakeProblem {
    var problem = problem
    if problem.row == nil, let number = problem.sourceRow {
      problem.row = file.table?.numbering.index(of: number).map { builder.rowCount + $0 }
    }
    return problem
  }

  private func lookIfDue() {
    let now = WorkerThread.now
    guard now >= nextLook else { return }
    report(.look(progress(isComplete: false)))
    nextLook = WorkerThread.now + Self.lookInterval
  }

  private func finish() {
    let (isCancelled, readings, failure) = queue.withLock { (self.isCancelled, self.readings, self.failure) }
    let event: IntakeEvent = intake.withLock {
      if let failure { return .failed(failure) }
      if isCancelled { return .cancelled }
      while sources.count < readings.count { beginSource(sources.count, readings[sources.count]) }
      bytesDone = bytesTotal
      tellColumnsThatAreNowhere(readings)
      for file in originals { tellChanges(of: file) }
      return .finished(progress(isComplete: true))
    }
    report(event)
  }

  /// Files may differ in their columns: only what no file has is a problem. JSON names its columns in every object, so
  /// this is known at the end.
  private func tellColumnsThatAreNowhere(_ readings: [any PieceReading]) {
    guard !options.chosenColumns.isEmpty else { return }
    var names: [String] = []
    var known: Set<String> = []
    for reading in readings { for name in reading.columns where known.insert(name).inserted { names.append(name) } }
    let plain = Set(names.map(FieldNames.plain))
    let file = files.count == 1 ? files[0].name : "\(files.count) files"
    for (field, column) in options.chosenColumns.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where !plain.contains(FieldNames.plain(column)) {
      tell(IntakeProblem(file: file, field: field, what: .chosenColumnMissing(column: column, among: names)))
    }
  }

  /// What happened to a file while its listings were read; to an archive, once for all that is in it.
  private func tellChanges(of file: MappedFile) {
    switch file.change {
    case .cut, .rewritten: tell(IntakeProblem(file: file.name, what: .cutWhileOpen))
    case .grew(let bytes): tell(IntakeProblem(file: file.name, what: .grewWhileOpen(bytes: bytes)))
    case .replaced, .gone, nil: break
    }
  }

  /// The files on disk, each once.
  private var originals: [MappedFile] {
    var seen: Set<ObjectIdentifier> = []
    return files.map(\.original).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  private func progress(isComplete: Bool) -> IntakeProgress {
    IntakeProgress(
      bytesDone: bytesDone, bytesTotal: bytesTotal,
      dataset: builder.dataset(sources: sources, isComplete: isComplete), problems: problems,
      files: isComplete ? originals.map { OpenedFile($0) } : [])
  }
}

/// Counts lines up to places that come in ascending order, so that a file is passed once.
private struct LineCounter {
  private var file = -1
  private var offset = 0
  private var line = 1

  mutating func begin(file: Int) {
    guard file != self.file else { return }
    (self.file, offset, line) = (file, 0, 1)
  }

  mutating func line(of place: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    guard place >= offset else {
      return line - LineCounting.lineFeeds(in: UnsafeRawBufferPointer(rebasing: bytes[place..<offset]))
    }
    line += LineCounting.lineFeeds(in: UnsafeRawBufferPointer(rebasing: bytes[offset..<place]))
    offset = place
    return line
  }
}
