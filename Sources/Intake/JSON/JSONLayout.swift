/// How the listings lie in a JSON file.
struct JSONLayout: Sendable {
  enum Form: Sendable {
    /// An object per line.
    case lines
    /// Objects one after the other, in arrays or not.
    case objects
    /// Arrays whose places have the names of `header`.
    case rows
    /// Objects that are members of an object, each under its name.
    case members
  }

  /// A part of the text with listings in it, and nothing else.
  struct Content: Sendable {
    var bytes: Range<Int>
    /// The name of the part in the text, without its quotes.
    var name: Range<Int>?
  }

  var form = Form.objects
  /// In the order of the text; none: there are no listings.
  var contents: [Content]
  /// The names of the places of rows.
  var header: [String]?
  /// What the names of members, and those of several parts, are called.
  var memberColumn: String?
  var partColumn: String?
  /// The names of lists of listings within every object, dotted; empty: the objects are the listings.
  var pages: Set<String> = []
  /// Whether the last array is not closed.
  var isCutOff = false
  /// What was done to get there, and what is left out.
  var conversions: [String] = []
  var lacks: [JSONLack] = []
  /// Whether the text was turned from columns into lines, which have other numbers than those of the file.
  private(set) var isTurned = false

  /// The listings are lines of a text that was made of columns.
  mutating func beginLines(_ byteCount: Int) {
    form = .lines
    contents = [Content(bytes: 0..<byteCount)]
    partColumn = nil
    isTurned = true
  }

  var headerBytes: [[UInt8]]? { header.map { $0.map { Array($0.utf8) } } }
  var start: Int { contents.first?.bytes.lowerBound ?? 0 }
  var end: Int { contents.last?.bytes.upperBound ?? 0 }

  /// The place of the content that holds `position`, or is the next one behind it.
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
