/// A listing's text as HTML with its hits marked: solid if they count, dotted if weak, dashed if suppressed.
///
/// Shape:  the lines of the text, each isolated from the direction of its surroundings. Each hit that stands alone is
///         followed by its number in the table of hits.
/// Cost:   O(text + hits x hits at one position).
struct MarkedText {
  /// A hit as it is marked.
  struct Hit {
    /// Within the listing, from 1.
    let number: Int
    /// In the text, UTF-8.
    let bytes: Range<Int>
    let mark: Mark
    /// Whether a longer term counts in its place; it then has no number in the text.
    var isPartOfTerm = false
  }

  /// How a hit is marked. Of several hits at one position, the first in this order decides.
  enum Mark: Int, Comparable {
    case counted, against, weak, suppressed

    /// Its class in the report's style sheet.
    var styleClass: String { self == .suppressed ? "void" : "\(self)" }

    static func < (a: Mark, b: Mark) -> Bool { a.rawValue < b.rawValue }
  }

  /// UTF-8, defanged.
  private let bytes: [UInt8]
  /// Hits within the text, by position.
  private let hits: [Hit]

  /// - Parameters:
  ///   - text: may be cut; hits behind its end are ignored.
  init(_ text: String, _ hits: [Hit]) {
    // Defanging keeps the length, so positions stay valid. Done before the text is cut into pieces, no piece hides a scheme.
    bytes = Array(WebAddress.defangedSchemes(in: text).utf8)
    let count = bytes.count
    self.hits = hits.filter { $0.bytes.upperBound <= count && !$0.bytes.isEmpty }
      .sorted { ($0.bytes.lowerBound, $0.number) < ($1.bytes.lowerBound, $1.number) }
  }

  /// The whole text, line by line.
  ///
  /// Shape:  `<bdi>…</bdi>` per line, joined by `<br>` and a line feed; blank lines stay. A text without any visible
  ///         character gives "not stated".
  var lines: String {
    guard bytes.contains(where: { $0 > 0x20 }) else { return HTMLText.foreign(nil) }
    return lineRanges.map { range in
      bytes[range].allSatisfy { $0 <= 0x20 } ? "" : "<bdi>" + pieces(of: range) + "</bdi>"
    }.joined(separator: "<br>\n")
  }

  /// The surroundings of hits behind `start`, one line each, at most `limit` lines.
  func surroundings(behind start: Int, limit: Int) -> [String] {
    var windows: [Range<Int>] = []
    for hit in hits.map(\.bytes) where hit.upperBound > start {
      let window = aligned(hit.lowerBound - Self.reach)..<aligned(hit.upperBound + Self.reach)
      if let last = windows.last, last.upperBound >= window.lowerBound {
        windows[windows.count - 1] = last.lowerBound..<max(last.upperBound, window.upperBound)
      } else if windows.count < limit {
        windows.append(window)
      } else {
        break
      }
    }
    return windows.map { "… <bdi>" + pieces(of: $0) + "</bdi> …" }
  }

  /// How many bytes are shown on either side of such a hit.
  private static let reach = 90

  /// The position, or the next one at which a character begins, within the text.
  private func aligned(_ place: Int) -> Int {
    var place = max(0, min(bytes.count, place))
    while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
    return place
  }

  /// The ranges of lines, without line ends: LF, CR or CR LF.
  private var lineRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for place in bytes.indices {
      if bytes[place] == 0x0a, place > 0, bytes[place - 1] == 0x0d {
        start = place + 1
      } else if bytes[place] == 0x0a || bytes[place] == 0x0d {
        ranges.append(start..<place)
        start = place + 1
      }
    }
    return ranges + [start..<bytes.count]
  }

  /// A range of the text, with its marks and numbers.
  private func pieces(of range: Range<Int>) -> String {
    let touching = hits.filter { $0.bytes.overlaps(range) }
    var cuts: Set<Int> = [range.lowerBound, range.upperBound]
    for hit in touching { cuts.formUnion([hit.bytes.lowerBound, hit.bytes.upperBound]) }
    let places = cuts.filter { range.lowerBound <= $0 && $0 <= range.upperBound }.sorted()
    var out = ""
    // Text with the same mark stays together: parts of a longer hit are not marked separately.
    var begun: (mark: Mark?, start: Int) = (nil, range.lowerBound)
    for (start, end) in zip(places, places.dropFirst()) {
      let covering = touching.filter { $0.bytes.lowerBound <= start && end <= $0.bytes.upperBound }
      let mark = covering.map(\.mark).min()
      if mark != begun.mark {
        out += marked(begun.start..<start, begun.mark)
        begun = (mark, start)
      }
      let numbers = covering.filter { $0.bytes.upperBound == end && !$0.isPartOfTerm }
      guard !numbers.isEmpty else { continue }
      out += marked(begun.start..<end, begun.mark) + numbers.map { "<sup>\($0.number)</sup>" }.joined()
      begun = (mark, end)
    }
    return out + marked(begun.start..<range.upperBound, begun.mark)
  }

  /// A range within a mark.
  private func marked(_ range: Range<Int>, _ mark: Mark?) -> String {
    guard !range.isEmpty else { return "" }
    // A mark around spaces alone would show nothing.
    guard let mark, bytes[range].contains(where: { $0 > 0x20 }) else { return piece(range) }
    return (mark == .counted ? "<mark>" : "<mark class=\"\(mark.styleClass)\">") + piece(range) + "</mark>"
  }

  /// A range as escaped text.
  private func piece(_ range: Range<Int>) -> String {
    // Browsers show line ends and tabs as spaces.
    let flat = bytes[range].map { [0x09, 0x0a, 0x0d].contains($0) ? 0x20 : $0 }
    return HTMLText.escaped(DisplayText.visible(String(decoding: flat, as: UTF8.self)))
  }
}

extension PacketRecords {
  /// How a hit is marked.
  func mark(of hit: RecordedHit) -> MarkedText.Mark {
    switch hit.status {
    case .counted: term(hit.term)?.kind == .benign ? .against : .counted
    case .weak: .weak
    case .suppressed: .suppressed
    }
  }

  /// The hits in a field of a listing, as they are marked.
  ///
  /// - Parameter field: `title` or `description`.
  func marked(_ listing: RecordedListing, in field: String) -> [MarkedText.Hit] {
    listing.reading.hits.filter { $0.field == field }.map {
      MarkedText.Hit(number: $0.number, bytes: $0.bytes, mark: mark(of: $0), isPartOfTerm: $0.isPartOfTerm)
    }
  }
}
