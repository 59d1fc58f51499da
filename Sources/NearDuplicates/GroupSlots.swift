import Listings

/// Where the listings of a group differ: the text of the representative with slots, and what each listing has in them.
///
/// Shape:  title and description as one text. A slot is a stretch that some listing of the group has otherwise, or not at all;
///         stretches that touch are one slot. Texts that agree word for word have none.
/// Cost:   aligns every listing with the representative, at most words times words: for looking at one group, not for all
///         groups of a dataset at once.
/// Limits: the first `maximumWords` words of each text.
package struct GroupSlots: Sendable {
  /// What a slot holds. The raw value is its name.
  package enum Kind: String, Sendable, CaseIterable {
    case price, phone, place, name, number, words
  }

  /// A piece of the text.
  package enum Piece: Equatable, Sendable {
    case text(String)
    /// An index into `names`.
    case slot(Int)
  }

  /// Of longer texts the rest is left out.
  package static let maximumWords = 2_000

  /// The slots in the order of the text: `price`, `words`, `words2`.
  package let names: [String]
  /// What each slot holds.
  package let kinds: [Kind]
  /// The text of the representative, in order.
  package let pieces: [Piece]
  /// Whether the text goes on.
  package let isCut: Bool
  private let dataset: Dataset
  private let representative: SlotText
  private let slots: [Range<Int>]

  /// The slots of a group.
  package init(of group: Int, in groups: DuplicateGroups, _ dataset: Dataset) {
    self.init(of: groups.listings(of: group).map { Int($0) }, dataset)
  }

  /// The slots of some listings of a group; the first represents them.
  ///
  /// - Parameter rows: at least one.
  package init(of rows: [Int], _ dataset: Dataset) {
    precondition(!rows.isEmpty, "nothing can differ among no listings")
    let representative = SlotText(rows[0], dataset)
    var marks = SlotMarks(representative.words.count)
    for row in rows.dropFirst() { marks.take(representative.alignment(with: SlotText(row, dataset))) }
    let slots = marks.slots
    var votes = slots.map { _ in SlotVotes() }
    for row in rows.prefix(Self.votingRows) {
      let text = SlotText(row, dataset)
      let alignment = representative.alignment(with: text)
      let fields = RowFields(row, dataset)
      for (index, slot) in slots.enumerated() { votes[index].take(text, alignment.range(of: slot), fields) }
    }
    kinds = votes.map(\.kind)
    var counts: [Kind: Int] = [:]
    names = kinds.map { kind in
      counts[kind, default: 0] += 1
      return kind.rawValue + (counts[kind] == 1 ? "" : "\(counts[kind] ?? 0)")
    }
    pieces = representative.pieces(around: slots)
    isCut = representative.isCut
    self.dataset = dataset
    self.representative = representative
    self.slots = slots
  }

  /// So many listings say what kind a slot is.
  private static let votingRows = 200

  /// What a listing of the group has in each slot; empty where it has nothing.
  package func values(of row: Int) -> [String] {
    guard !slots.isEmpty else { return [] }
    let text = SlotText(row, dataset)
    let alignment = representative.alignment(with: text)
    return slots.map { text.text(of: alignment.range(of: $0)) }
  }

  /// The text with the names of the slots in `⟨⟩`.
  package var text: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .slot(let slot): "⟨\(names[slot])⟩"
      }
    }.joined() + (isCut ? "…" : "")
  }
}

/// The two texts of a listing as one, with its words.
private struct SlotText: Sendable {
  let bytes: [UInt8]
  let words: [Word]
  let places: [Range<Int>]
  let isCut: Bool

  init(_ row: Int, _ dataset: Dataset) {
    let (title, description) = (dataset.bytes(of: .title, at: row), dataset.bytes(of: .description, at: row))
    let bytes = Array(title) + (title.isEmpty || description.isEmpty ? [] : [0x0A]) + Array(description)
    let reading = WordReading(keepsPlaces: true)
    reading.clear()
    bytes.withUnsafeBytes { reading.read($0) }
    let count = min(reading.count, GroupSlots.maximumWords)
    words = (0..<count).map { reading.words[$0] }
    places = Array(reading.places.prefix(count))
    isCut = reading.total > count
    self.bytes = isCut ? Array(bytes.prefix(places.last?.upperBound ?? 0)) : bytes
  }

  func text(of range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    return String(decoding: bytes[places[first].lowerBound..<places[last].upperBound], as: UTF8.self)
  }

  func pieces(around slots: [Range<Int>]) -> [GroupSlots.Piece] {
    var pieces: [GroupSlots.Piece] = []
    var byte = 0
    func add(to end: Int) {
      if end > byte { pieces.append(.text(String(decoding: bytes[byte..<end], as: UTF8.self))) }
    }
    for (index, slot) in slots.enumerated() {
      let start = slot.lowerBound < places.count ? places[slot.lowerBound].lowerBound : bytes.count
      add(to: start)
      pieces.append(.slot(index))
      byte = slot.isEmpty ? start : places[slot.upperBound - 1].upperBound
      // What is there but once in some of them stands apart from the next word.
      if slot.isEmpty, start < bytes.count { pieces.append(.text(" ")) }
    }
    add(to: bytes.count)
    return pieces
  }

  /// Finds each of its words in another text, in order.
  ///
  /// Source: longest common subsequence by dynamic programming (Wagner & Fischer 1974), between what both begin and end with.
  func alignment(with other: SlotText) -> WordAlignment {
    let (a, b) = (words, other.words)
    var places = [Int](repeating: -1, count: a.count)
    var first = 0
    while first < a.count, first < b.count, a[first].identity == b[first].identity {
      places[first] = first
      first += 1
    }
    var (endA, endB) = (a.count, b.count)
    while endA > first, endB > first, a[endA - 1].identity == b[endB - 1].identity {
      (endA, endB) = (endA - 1, endB - 1)
      places[endA] = endB
    }
    let (countA, countB) = (endA - first, endB - first)
    if countA > 0, countB > 0 {
      let width = countB + 1
      var lengths = [UInt16](repeating: 0, count: (countA + 1) * width)
      for i in stride(from: countA - 1, through: 0, by: -1) {
        let word = a[first + i].identity
        for j in stride(from: countB - 1, through: 0, by: -1) {
          lengths[i * width + j] =
            word == b[first + j].identity
            ? lengths[(i + 1) * width + j + 1] + 1 : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
        }
      }
      var (i, j) = (0, 0)
      while i < countA, j < countB {
        if a[first + i].identity == b[first + j].identity {
          places[first + i] = first + j
          (i, j) = (i + 1, j + 1)
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
          i += 1
        } else {
          j += 1
        }
      }
    }
    return WordAlignment(places: places, otherCount: b.count)
  }
}

/// Where the words of the representative are in another text.
private struct WordAlignment {
  /// An index into the words of the other text; -1 where it lacks the word.
  let places: [Int]
  let otherCount: Int

  /// The words of the other text that stand in a slot, whose neighbours both texts have.
  func range(of slot: Range<Int>) -> Range<Int> {
    let start = slot.lowerBound == 0 ? 0 : places[slot.lowerBound - 1] + 1
    let end = slot.upperBound == places.count ? otherCount : places[slot.upperBound]
    return start..<max(start, end)
  }
}

/// Which words of the representative some listing lacks, and before which words some listing has others.
private struct SlotMarks {
  private var isMissing: [Bool]
  private var isPreceded: [Bool]

  init(_ count: Int) {
    isMissing = Array(repeating: false, count: count)
    isPreceded = Array(repeating: false, count: count + 1)
  }

  mutating func take(_ alignment: WordAlignment) {
    var next = 0
    for (word, place) in alignment.places.enumerated() {
      guard place >= 0 else {
        isMissing[word] = true
        continue
      }
      if place > next { isPreceded[word] = true }
      next = place + 1
    }
    if alignment.otherCount > next { isPreceded[isMissing.count] = true }
  }

  /// Stretches of words that differ; empty ones where only others have something.
  var slots: [Range<Int>] {
    var slots: [Range<Int>] = []
    var start: Int?
    for word in 0...isMissing.count {
      let isOpen = word < isMissing.count && isMissing[word]
      if start == nil, isPreceded[word] || isOpen { start = word }
      if let first = start, !isOpen {
        slots.append(first..<word)
        start = nil
      }
    }
    return slots
  }
}

/// The fields of a row that its text may repeat.
private struct RowFields {
  let amount: Int64
  let seller: [UInt8]
  let places: [[UInt8]]

  init(_ row: Int, _ dataset: Dataset) {
    amount = dataset.amounts[row]
    func folded(_ field: Field) -> [UInt8] { Array(Folding.folded(dataset.text(of: field, at: row)).utf8) }
    seller = folded(.sellerAlias)
    // A longer cell is no place, but a scrape of half a page.
    places = [folded(.country), folded(.location)].filter { 3...80 ~= $0.count }
  }
}

/// What the listings of a group have in one slot.
private struct SlotVotes {
  private var filled = 0
  private var counts: [GroupSlots.Kind: Int] = [:]

  mutating func take(_ text: SlotText, _ range: Range<Int>, _ fields: RowFields) {
    guard !range.isEmpty else { return }
    filled += 1
    let words = range.map { text.words[$0] }
    let numbers = words.filter { $0.has(Word.number) }
    let digits = numbers.reduce(0) { $0 + $1.digitCount }
    let isPrice = numbers.contains { number in
      let value = Int64(clamping: number.digits)
      return number.has(Word.price)
        || fields.amount != Dataset.noAmount && value > 0
          && (value.multipliedReportingOverflow(by: 10_000) == (fields.amount, false)
            || value.multipliedReportingOverflow(by: 100) == (fields.amount, false))
    }
    let value = Array(Folding.folded(text.text(of: range)).utf8)
    let kind: GroupSlots.Kind =
      if isPrice, words.count <= 3 {
        .price
      } else if digits >= 7, numbers.count == words.count {
        .phone
      } else if value == fields.seller {
        .name
      } else if value.count > 2, fields.places.contains(where: { Self.holds($0, value) }) {
        .place
      } else if numbers.count == words.count {
        .number
      } else {
        .words
      }
    counts[kind, default: 0] += 1
  }

  private static func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    text.count >= part.count && (0...text.count - part.count).contains { text[$0...].starts(with: part) }
  }

  /// The kind of most, where that is more than half of those that have something there; else words.
  var kind: GroupSlots.Kind {
    GroupSlots.Kind.allCases.first { 2 * (counts[$0] ?? 0) > filled } ?? .words
  }
}
