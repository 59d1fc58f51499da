import Glibc
import Listings
import SmallFormats

/// Which scrape each row of a dataset belongs to.
///
/// Shape:  scrapes are in order of time. A file whose bytes are those of an earlier one of the same dataset belongs to
///         none: the same bytes again add nothing.
/// Cost:   one pass over the capture times; files of one size are compared byte by byte.
package struct ScrapeRows: Sendable {
  /// How the rows of a file are spread over scrapes.
  private enum Spread {
    case none
    case one(Int)
    /// By the run in which a row was captured.
    case runs(CaptureRuns, scrapes: [Int])
  }

  /// All scrapes of the dataset, in order of time.
  package private(set) var scrapes: [Scrape] = []
  /// The files of each scrape, as named, in the order in which they were opened.
  package private(set) var files: [[String]] = []
  /// Files that repeat another one byte by byte: the index of each, and that of the other.
  package private(set) var repeated: [(source: Int, of: Int)] = []
  private var spreads: [Spread] = []

  /// Finds the scrapes of all files.
  ///
  /// - Parameter label: the label that a person gave to a file, by its index among the dataset's sources.
  package init(_ dataset: Dataset, label: (Int) -> String? = { _ in nil }) {
    var found: [String: Scrape] = [:]
    var parts: [[(scrape: Scrape, began: Int64)]] = []
    var runs: [CaptureRuns?] = []
    for index in dataset.sources.indices {
      let source = dataset.sources[index]
      if let other = Self.twin(of: index, in: dataset) {
        repeated.append((index, other))
        parts.append([])
        runs.append(nil)
        continue
      }
      let captured = CaptureRuns(dataset, rows: source.rows)
      var own: [(scrape: Scrape, began: Int64)] = []
      if let label = label(index) {
        let first = captured.map { Scrape(at: $0.greatest, basis: .capturedAt) } ?? Self.byName(source)
        own = [(first.labelled(label), 0)]
      } else if let captured {
        for began in Set(captured.began).sorted() { own.append((Scrape(at: began, basis: .capturedAt), began)) }
      } else {
        own = [(Self.byName(source), 0)]
      }
      for (scrape, _) in own { found[scrape.name] = found[scrape.name]?.joined(with: scrape) ?? scrape }
      parts.append(own)
      runs.append(own.count > 1 ? captured : nil)
    }
    scrapes = found.values.sorted(by: Scrape.isBefore)
    let number = Dictionary(uniqueKeysWithValues: scrapes.enumerated().map { ($1.name, $0) })
    files = scrapes.map { _ in [] }
    for (index, own) in parts.enumerated() {
      for (scrape, _) in own where files[number[scrape.name]!].last != dataset.sources[index].name {
        files[number[scrape.name]!].append(dataset.sources[index].name)
      }
      if let captured = runs[index] {
        let ofBeginning = Dictionary(uniqueKeysWithValues: own.map { ($0.began, number[$0.scrape.name]!) })
        spreads.append(.runs(captured, scrapes: captured.began.map { ofBeginning[$0]! }))
      } else {
        spreads.append(own.first.map { .one(number[$0.scrape.name]!) } ?? .none)
      }
    }
  }

  /// The files of a scrape, in the order in which they were opened.
  package func files(of scrape: Scrape) -> [String] {
    scrapes.firstIndex { $0.name == scrape.name }.map { files[$0] } ?? []
  }

  /// The scrape of a file by its name, or else by its time.
  private static func byName(_ source: SourceFile) -> Scrape {
    if let day = DayInName.day(inPath: source.name) ?? DayInName.day(inPath: source.path) {
      let start = Int64(day.daysSince1970) * CalendarDay.seconds
      return Scrape(name: day.description, day: day, began: start, basis: .fileName)
    }
    return Scrape(at: source.modified, basis: .fileTime)
  }

  /// An earlier file with the same bytes.
  private static func twin(of index: Int, in dataset: Dataset) -> Int? {
    let bytes = dataset.sources[index].reader.bytes
    guard bytes.count > 0 else { return nil }
    return dataset.sources.indices.prefix(index).first { other in
      let others = dataset.sources[other].reader.bytes
      return others.count == bytes.count
        && (others.baseAddress == bytes.baseAddress
          || memcmp(others.baseAddress!, bytes.baseAddress!, bytes.count) == 0)
    }
  }

  /// The number of the scrape of each row among `scrapes`, for a run of rows of one file; nil for rows of none.
  ///
  /// Cost:   calls `body` once for each stretch of rows of one scrape.
  package func forEachStretch(of dataset: Dataset, _ body: (Range<Int>, _ source: Int, _ scrape: Int?) -> Void) {
    for (index, source) in dataset.sources.enumerated() where !source.rows.isEmpty {
      switch spreads[index] {
      case .none: body(source.rows, index, nil)
      case .one(let scrape): body(source.rows, index, scrape)
      case .runs(let runs, let scrapes):
        let times = dataset.times(of: .capturedAt)
        var start = source.rows.lowerBound
        var current = scrapes[runs.run(at: times[start])]
        for row in source.rows {
          let scrape = scrapes[runs.run(at: times[row])]
          if scrape != current {
            body(start..<row, index, current)
            (start, current) = (row, scrape)
          }
        }
        body(start..<source.rows.upperBound, index, current)
      }
    }
  }
}
