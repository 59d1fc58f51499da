/// How the listings are laid out in a JSON file.
struct JSONLayout: Sendable {
  /// How listings follow each other.
  enum Form: Sendable {
    /// An object per line.
    case lines
    /// Objects in sequence, in arrays or not.
    case objects
    /// Arrays whose cells have the names in `header`.
    case rows
    /// Objects that are members of an object, each with a name.
    case members
  }

  /// A stretch of the text that consists of listings only.
  struct Content: Sendable {
    var bytes: Range<Int>
    /// The range of its name in the text, without quotes.
    var name: Range<Int>?
  }

  var form = Form.objects
  /// In the order of the text; empty where there are no listings.
  var contents: [Content]
  /// The names of a row's cells.
  var header: [String]?
  /// The columns that take the names of members, and of the lists where there are several.
  var memberColumn: String?
  var partColumn: String?
  /// The dotted names of the lists of listings in every object; empty where the objects are the listings.
  var pages: Set<String> = []
  /// Whether the last array is not closed.
  var isCutOff = false
  /// What was done to find the listings, in sentences, and what is left out.
  var conversions: [String] = []
  var omissions: [JSONOmission] = []
  /// Whether columns were turned into lines, so that line numbers are not those of the file.
  private(set) var isTurned = false

  /// Switches to reading the lines that columns were turned into.
  mutating func beginLines(_ byteCount: Int) {
    form = .lines
    contents = [Content(bytes: 0..<byteCount)]
    partColumn = nil
    isTurned = true
  }

  /// `header` as UTF-8, for comparisons while reading.
  var headerBytes: [[UInt8]]? { header.map { $0.map { Array($0.utf8) } } }
  /// Where the first listing begins.
  var start: Int { contents.first?.bytes.lowerBound ?? 0 }
  /// Where the last listing ends.
  var end: Int { contents.last?.bytes.upperBound ?? 0 }

  /// The index of the content that holds `position`, or of the next one after it.
  ///
  /// Cost:   O(log contents).
  func content(at position: Int) -> Int {
    var low = 0
    var high = contents.count
    while low < high {
      let middle = (low + high) / 2
      if contents[middle].bytes.upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// How to read a JSON file.
enum JSONPlan {
  /// In place.
  case read(JSONLayout)
  /// After turning columns into rows.
  case turn([JSONTable], sentence: String, JSONLayout)
}

/// A table stored by column.
struct JSONTable {
  /// How its columns and rows are labelled.
  enum Kind {
    /// Values by the label of their row. `labels` names the column of labels; nil where they mean nothing.
    case columns(labels: String?)
    case lists
    /// Rows, and their labels in a separate list.
    case labelledRows(names: [String], labels: Range<Int>, called: String, rows: Range<Int>)
  }

  let kind: Kind
  let range: Range<Int>
  /// The range of the table's name in the text, if there are several.
  let part: Range<Int>?
}

/// Visits the listings of a file without parsing them.
enum JSONListings {
  /// Calls `body` with the range of each listing until it returns false. Whatever is malformed is skipped.
  ///
  /// Shape:  pages of results are opened, so that only listings are visited.
  static func visit(
    _ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, _ body: (Range<Int>) -> Bool
  ) {
    for record in JSONRecords(bytes, layout, layout.start..<bytes.count) where record.problem == nil {
      guard !layout.pages.isEmpty else {
        if body(record.range) { continue } else { return }
      }
      for list in JSONOutline.lists(layout.pages, in: bytes, record.range) {
        for inner in JSONRecords(bytes, JSONLayout(contents: [list]), list.bytes) where inner.problem == nil {
          guard body(inner.range) else { return }
        }
      }
    }
  }
}
