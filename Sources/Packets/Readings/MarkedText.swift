import CaseFiles

/// A listing's text as HTML in which the hits are marked: solid what counts, dotted what is weak, dashed what is void.
///
/// Shape:  lines as in the text, each kept apart from the direction of its surroundings; a number behind each hit that
///         stands by itself, the one under which the table of hits has it.
/// Cost:   O(text + hits x hits at one place).
struct MarkedText {
  /// A hit and its place in the listing's hits.
  typealias Numbered = (number: Int, hit: CitedHit)

  private let bytes: [UInt8]
  /// Hits within the text, by place.
  private let hits: [Numbered]

  /// The part of `text` that `hits` are places of may be longer than `text`, which may be cut.
  init(_ text: String, _ hits: [Numbered]) {
    // Defanging changes no length, so that places hold; done before the text is cut into pieces, no piece hides a scheme.
    bytes = Array(WebAddress.defangedSchemes(in: text).utf8)
    let count = bytes.count
    self.hits = hits.filter { $0.hit.span.bytes.upperBound <= count && !$0.hit.span.bytes.isEmpty }
      .sorted { ($0.hit.span.bytes.lowerBound, $0.number) < ($1.hit.span.bytes.lowerBound, $1.number) }
  }

  /// The whole text in its lines.
  var lines: String {
    guard bytes.contains(where: { $0 > 0x20 }) else { return HTMLText.foreign(nil) }
    return lineRanges.map { range in
      bytes[range].allSatisfy { $0 <= 0x20 } ? "" : "<bdi>" + pieces(of: range) + "</bdi>"
    }.joined(separator: "<br>\n")
  }

  /// Surroundings of the hits that lie behind `start`, each on a line; at most `limit` of them.
  func surroundings(behind start: Int, limit: Int) -> [String] {
    var windows: [Range<Int>] = []
    for hit in hits.map(\.hit.span.bytes) where hit.upperBound > start {
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

  /// How many bytes of the text are shown on either side of a hit that lies where the text is cut.
  private static let reach = 90

  /// The place, or the next one at which a character begins, within the text.
  private func aligned(_ place: Int) -> Int {
    var place = max(0, min(bytes.count, place))
    while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
    return place
  }

  /// The lines without their ends: LF, CR or CR LF.
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

  /// A range of the text, cut where hits begin and end.
  private func pieces(of range: Range<Int>) -> String {
    let touching = hits.filter { $0.hit.span.bytes.overlaps(range) }
    var cuts: Set<Int> = [range.lowerBound, range.upperBound]
    for hit in touching { cuts.formUnion([hit.hit.span.bytes.lowerBound, hit.hit.span.bytes.upperBound]) }
    let places = cuts.filter { range.lowerBound <= $0 && $0 <= range.upperBound }.sorted()
    var out = ""
    // What bears the same mark stays together: the parts of a longer hit are no pieces of their own.
    var begun: (mark: CitedHit.Mark?, start: Int) = (nil, range.lowerBound)
    for (start, end) in zip(places, places.dropFirst()) {
      let covering = touching.filter { $0.hit.span.bytes.lowerBound <= start && end <= $0.hit.span.bytes.upperBound }
      let mark = covering.map(\.hit.mark).min()
      if mark != begun.mark {
        out += marked(begun.start..<start, begun.mark)
        begun = (mark, start)
      }
      let numbers = covering.filter { $0.hit.span.bytes.upperBound == end && $0.hit.because?.kind != .partOfTerm }
      guard !numbers.isEmpty else { continue }
      out += marked(begun.start..<end, begun.mark) + numbers.map { "<sup>\($0.number)</sup>" }.joined()
      begun = (mark, end)
    }
    return out + marked(begun.start..<range.upperBound, begun.mark)
  }

  private func marked(_ range: Range<Int>, _ mark: CitedHit.Mark?) -> String {
    guard !range.isEmpty else { return "" }
    // A mark around nothing but blanks shows nothing.
    guard let mark, bytes[range].contains(where: { $0 > 0x20 }) else { return piece(range) }
    return (mark == .counted ? "<mark>" : "<mark class=\"\(mark)\">") + piece(range) + "</mark>"
  }

  private func piece(_ range: Range<Int>) -> String {
    // Browsers show line ends and tabs as blanks.
    let flat = bytes[range].map { [0x09, 0x0a, 0x0d].contains($0) ? 0x20 : $0 }
    return HTMLText.escaped(DisplayText.visible(String(decoding: flat, as: UTF8.self)))
  }
}

extension CitedHit {
  /// How a hit is marked; of several at one place the first.
  enum Mark: Int, Comparable {
    case counted, against, weak, void

    static func < (a: Mark, b: Mark) -> Bool { a.rawValue < b.rawValue }
  }

  var mark: Mark {
    switch standing {
    case .counted: term.row.kind == .harmless ? .against : .counted
    case .weak: .weak
    case .void: .void
    }
  }
}
