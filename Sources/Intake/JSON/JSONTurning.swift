/// Turns tables by column into objects line by line, each value as it is written.
///
/// Shape:  rows in the order of the first column, those that only others have behind them.
/// Cost:   one walk over every column side by side; where columns differ in their labels, what is left of them is kept
///         in memory by its place.
struct JSONTurning {
  private let text: UnsafeRawBufferPointer
  private let out: TemporaryText
  private let watch: PreparationWatch
  private var line: [UInt8] = []
  private(set) var rowCount = 0

  init(_ text: UnsafeRawBufferPointer, into out: TemporaryText, _ watch: PreparationWatch) {
    self.text = text
    self.out = out
    self.watch = watch
  }

  mutating func turn(_ table: JSONTable) throws(IntakeError) {
    switch table.kind {
    case .columns(let labels): try turnColumns(table, labels)
    case .lists: try turnLists(table)
    case .labelledRows(let names, let labels, let column, let rows): try turnRows(names, labels, column, rows)
    }
  }

  // MARK: Columns

  private struct Column {
    let name: Range<Int>
    var cursor: JSONCursor
    var next: JSONCursor.Part?
    /// The values that are left, by label, once labels differ.
    var rest: [String: Range<Int>] = [:]

    init(_ text: UnsafeRawBufferPointer, _ part: JSONCursor.Part) {
      name = part.name
      cursor = JSONCursor(text, part.value)
      next = cursor.next()
    }

    mutating func advance() { next = cursor.next() }
  }

  private func columns(of range: Range<Int>, open bracket: UInt8) -> [Column] {
    var cursor = JSONCursor(text, range)
    var columns: [Column] = []
    while let part = cursor.next() {
      if text[part.value.lowerBound] == bracket { columns.append(Column(text, part)) }
    }
    return columns
  }

  private mutating func turnColumns(_ table: JSONTable, _ labels: String?) throws(IntakeError) {
    var columns = columns(of: table.range, open: UInt8(ascii: "{"))
    while let label = columns.first?.next?.name {
      let isAlike = columns.allSatisfy { column in
        column.next.map { text[$0.name].elementsEqual(text[label]) } ?? false
      }
      guard isAlike else { break }
      begin(table.part, labels.map { ($0, label, isText: true) })
      for index in columns.indices {
        append(columns[index].name, columns[index].next!.value)
        columns[index].advance()
      }
      try endLine()
    }
    try turnRest(&columns, table.part, labels)
  }

  /// What is left of columns whose labels differ.
  private mutating func turnRest(
    _ columns: inout [Column], _ part: Range<Int>?, _ labels: String?
  ) throws(IntakeError) {
    var order: [(label: String, place: Range<Int>)] = []
    var known: Set<String> = []
    for index in columns.indices {
      while let next = columns[index].next {
        let label = String(decoding: text[next.name], as: UTF8.self)
        if known.insert(label).inserted { order.append((label, next.name)) }
        columns[index].rest[label] = next.value
        columns[index].advance()
      }
    }
    for row in order {
      begin(part, labels.map { ($0, row.place, isText: true) })
      for column in columns { if let value = column.rest[row.label] { append(column.name, value) } }
      try endLine()
    }
  }

  private mutating func turnLists(_ table: JSONTable) throws(IntakeError) {
    var columns = columns(of: table.range, open: UInt8(ascii: "["))
    while columns.contains(where: { $0.next != nil }) {
      begin(table.part, nil)
      for index in columns.indices {
        if let value = columns[index].next?.value { append(columns[index].name, value) }
        columns[index].advance()
      }
      try endLine()
    }
  }

  private mutating func turnRows(
    _ names: [String], _ labels: Range<Int>, _ called: String, _ rows: Range<Int>
  ) throws(IntakeError) {
    var label = JSONCursor(text, labels)
    var row = JSONCursor(text, rows)
    let names = names.map { Self.quoted($0) }
    while let next = row.next() {
      begin(nil, label.next().map { (called, $0.value, isText: false) })
      if text[next.value.lowerBound] == UInt8(ascii: "[") {
        var cell = JSONCursor(text, next.value)
        var place = 0
        while let value = cell.next()?.value {
          appendMember(place < names.count ? names[place] : Self.quoted("extra\(place - names.count + 1)"), value)
          place += 1
        }
      }
      try endLine()
    }
  }

  // MARK: Lines

  private mutating func begin(_ part: Range<Int>?, _ label: (column: String, place: Range<Int>, isText: Bool)?) {
    line.removeAll(keepingCapacity: true)
    line.append(UInt8(ascii: "{"))
    if let part { appendText("list", part) }
    guard let label else { return }
    if label.isText {
      appendText(label.column, label.place)
    } else {
      appendMember(Self.quoted(label.column), label.place)
    }
  }

  private mutating func append(_ name: Range<Int>, _ value: Range<Int>) {
    appendMember([.quote] + text[name] + [.quote], value)
  }

  private mutating func appendText(_ name: String, _ value: Range<Int>) {
    if line.count > 1 { line += ", ".utf8 }
    line += Self.quoted(name)
    line += ": \"".utf8
    line += text[value]
    line.append(.quote)
  }

  /// A value as it is written; line breaks can only lie between its parts.
  private mutating func appendMember(_ name: [UInt8], _ value: Range<Int>) {
    if line.count > 1 { line += ", ".utf8 }
    line += name
    line += ": ".utf8
    let start = line.count
    line += text[value]
    for index in start..<line.count where line[index] == .lineFeed { line[index] = .blank }
  }

  private mutating func endLine() throws(IntakeError) {
    line += "}\n".utf8
    rowCount += 1
    try out.append(line)
    if rowCount & 0x3FF == 0 { try watch.advance(to: 0) }
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var out: [UInt8] = [.quote]
    for byte in text.utf8 {
      switch byte {
      case .quote, .backslash: out += [.backslash, byte]
      case .lineFeed: out += Array("\\n".utf8)
      default: out.append(byte)
      }
    }
    return out + [.quote]
  }
}
