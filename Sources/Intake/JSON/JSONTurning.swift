/// Turns tables stored by column into objects, one per line, with each value as it was written.
///
/// Shape:  rows in the order of the first column. Rows that only other columns have come last.
/// Cost:   one walk over all columns in parallel. Where their labels differ, the ranges of the remaining values are held
///         in memory.
/// Fails:  where the temporary file cannot be written, and when cancelled.
struct JSONTurning {
  /// The JSON text that is turned.
  private let text: UnsafeRawBufferPointer
  /// Receives one object per line.
  private let out: TemporaryText
  /// Asked for cancellation every 1,024 rows.
  private let progress: PreparationProgress
  /// The line being written.
  private var line: [UInt8] = []
  /// How many rows were written.
  private(set) var rowCount = 0

  init(_ text: UnsafeRawBufferPointer, into out: TemporaryText, _ progress: PreparationProgress) {
    self.text = text
    self.out = out
    self.progress = progress
  }

  /// Writes all rows of a table.
  ///
  /// Shape:  where there are several tables, the member `list` of each object names its own.
  mutating func turn(_ table: JSONTable) throws(IntakeError) {
    switch table.kind {
    case .columns(let labels): try turnColumns(table, labels)
    case .lists: try turnLists(table)
    case .labelledRows(let names, let labels, let column, let rows): try turnRows(names, labels, column, rows)
    }
  }

  // MARK: Columns

  /// One column, as it is walked over.
  private struct Column {
    /// The name of the column in the text, without quotes.
    let name: Range<Int>
    /// Is past the value in `next`.
    var cursor: JSONCursor
    /// The current value, with its label; nil at the end of the column.
    var next: JSONCursor.Part?
    /// The remaining values by label, once labels differ.
    var rest: [String: Range<Int>] = [:]

    /// Starts at the first value.
    init(_ text: UnsafeRawBufferPointer, _ part: JSONCursor.Part) {
      name = part.name
      cursor = JSONCursor(text, part.value)
      next = cursor.next()
    }

    /// Moves on to the next value.
    mutating func advance() { next = cursor.next() }
  }

  /// The columns of a table: the members of an object that open with `bracket`.
  ///
  /// Shape:  members of any other kind are left out.
  private func columns(of range: Range<Int>, open bracket: UInt8) -> [Column] {
    var cursor = JSONCursor(text, range)
    var columns: [Column] = []
    while let part = cursor.next() {
      if text[part.value.lowerBound] == bracket { columns.append(Column(text, part)) }
    }
    return columns
  }

  /// Writes columns of labelled values, for as long as their labels agree.
  ///
  /// Cost:   walks over all columns in parallel.
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

  /// Writes what is left of columns whose labels differ.
  ///
  /// Cost:   a dictionary entry per remaining value.
  private mutating func turnRest(
    _ columns: inout [Column], _ part: Range<Int>?, _ labels: String?
  ) throws(IntakeError) {
    var order: [(label: String, range: Range<Int>)] = []
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
      begin(part, labels.map { ($0, row.range, isText: true) })
      for column in columns { if let value = column.rest[row.label] { append(column.name, value) } }
      try endLine()
    }
  }

  /// Writes columns that are lists.
  ///
  /// Shape:  as many rows as the longest column; shorter ones leave cells out.
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

  /// Writes rows with their labels.
  ///
  /// Shape:  cells beyond the names are `extra1`, `extra2`, ….
  private mutating func turnRows(
    _ names: [String], _ labels: Range<Int>, _ labelColumn: String, _ rows: Range<Int>
  ) throws(IntakeError) {
    var label = JSONCursor(text, labels)
    var row = JSONCursor(text, rows)
    let names = names.map { Self.quoted($0) }
    while let next = row.next() {
      begin(nil, label.next().map { (labelColumn, $0.value, isText: false) })
      if text[next.value.lowerBound] == UInt8(ascii: "[") {
        var cell = JSONCursor(text, next.value)
        var index = 0
        while let value = cell.next()?.value {
          appendMember(index < names.count ? names[index] : Self.quoted("extra\(index - names.count + 1)"), value)
          index += 1
        }
      }
      try endLine()
    }
  }

  // MARK: Lines

  /// Begins a line with the name of the table and the label of the row.
  ///
  /// Shape:  labels that were names of members are texts; those from a list keep their type.
  private mutating func begin(_ part: Range<Int>?, _ label: (column: String, range: Range<Int>, isText: Bool)?) {
    line.removeAll(keepingCapacity: true)
    line.append(UInt8(ascii: "{"))
    if let part { appendText("list", part) }
    guard let label else { return }
    if label.isText {
      appendText(label.column, label.range)
    } else {
      appendMember(Self.quoted(label.column), label.range)
    }
  }

  /// Appends a value under the name in the text.
  private mutating func append(_ name: Range<Int>, _ value: Range<Int>) {
    appendMember([.quote] + text[name] + [.quote], value)
  }

  /// Appends a string from the text, which is escaped there already.
  private mutating func appendText(_ name: String, _ value: Range<Int>) {
    if line.count > 1 { line += ", ".utf8 }
    line += Self.quoted(name)
    line += ": \"".utf8
    line += text[value]
    line.append(.quote)
  }

  /// Appends a value as it was written. Any line breaks can only be between its parts, and become blanks.
  private mutating func appendMember(_ name: [UInt8], _ value: Range<Int>) {
    if line.count > 1 { line += ", ".utf8 }
    line += name
    line += ": ".utf8
    let start = line.count
    line += text[value]
    for index in start..<line.count where line[index] == .lineFeed { line[index] = .blank }
  }

  /// Completes the line.
  private mutating func endLine() throws(IntakeError) {
    line += "}\n".utf8
    rowCount += 1
    try out.append(line)
    if rowCount & 0x3FF == 0 { try progress.advance(to: 0) }
  }

  /// A name as a JSON string.
  ///
  /// Shape:  escapes quotes, backslashes and line feeds; other control characters cannot occur in names.
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

/// Plans how to read tables stored by column, or with their names apart: in place, or turned into rows first.
struct JSONTables {
  private let text: UnsafeRawBufferPointer
  private let mapping: ColumnMapping
  private let hasHeader: Bool?

  init(_ text: UnsafeRawBufferPointer, _ mapping: ColumnMapping, _ hasHeader: Bool?) {
    self.text = text
    self.mapping = mapping
    self.hasHeader = hasHeader
  }

  /// The plan for the chosen candidates.
  ///
  /// Shape:  the rows of several candidates get a column `list` with the name of their candidate.
  func plan(_ chosen: [JSONCandidate], _ layout: JSONLayout, _ sentence: String) -> JSONPlan {
    var layout = layout
    if chosen.count > 1 { layout.partColumn = "list" }
    if chosen[0].kind == .split { return split(chosen[0], layout, sentence) }
    let tables = chosen.map { candidate in
      JSONTable(
        kind: candidate.kind == .lists ? .lists : .columns(labels: labelColumn(candidate)), range: candidate.node.range,
        part: chosen.count > 1 ? candidate.node.name : nil)
    }
    return .turn(tables, sentence: sentence, layout)
  }

  /// The name of the column of row labels; nil where they just count the rows from 0.
  ///
  /// Shape:  the labels of the first column stand for those of all.
  private func labelColumn(_ candidate: JSONCandidate) -> String? {
    guard let column = candidate.node.parts.first(where: { $0.kind == .object }) else { return nil }
    return labelColumn(of: column.range, names: candidate.names) { text[$0.name] }
  }

  /// The same for labels anywhere; `label` gives the text of one.
  ///
  /// Cost:   walks over all labels once.
  private func labelColumn(
    of labels: Range<Int>, names: [String], _ label: (JSONCursor.Part) -> Slice<UnsafeRawBufferPointer>
  ) -> String? {
    var cursor = JSONCursor(text, labels)
    var first: [String] = []
    var (count, isCounting) = (0, true)
    while let part = cursor.next() {
      let text = label(part)
      if isCounting, !text.elementsEqual("\(count)".utf8) { isCounting = false }
      if first.count < JSONSample.maximumNames { first.append(JSONCells.text(text)) }
      count += 1
    }
    return isCounting ? nil : JSONLabels.column(first, count: count, beside: names)
  }

  /// The plan for what pandas writes with `orient="split"`. It can be read in place, unless rows have labels.
  ///
  /// Shape:  duplicate column names are numbered.
  private func split(_ candidate: JSONCandidate, _ layout: JSONLayout, _ sentence: String) -> JSONPlan {
    func part(_ name: String) -> JSONNode? {
      candidate.node.parts.first { text[$0.name].elementsEqual(name.utf8) && $0.kind == .array }
    }
    guard let data = part("data") else { return .read(layout) }
    let names = JSONRowNames.unique(candidate.names)
    if let labels = part("index"), labels.isWhole,
      let column = labelColumn(of: labels.range, names: names, { JSONTables.label($0, in: text) })
    {
      let kind = JSONTable.Kind.labelledRows(names: names, labels: labels.range, called: column, rows: data.range)
      return .turn([JSONTable(kind: kind, range: candidate.node.range, part: nil)], sentence: sentence, layout)
    }
    var layout = layout
    layout.form = .rows
    layout.header = names
    layout.contents = [JSONLayout.Content(bytes: data.content)]
    layout.conversions.append(sentence)
    return .read(layout)
  }

  /// The text of a label, without any quotes.
  ///
  /// Shape:  numbers as written, strings with their escapes.
  static func label(_ part: JSONCursor.Part, in text: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    let value = text[part.value]
    return value.first == .quote ? value.dropFirst().dropLast() : value
  }
}
