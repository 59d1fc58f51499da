/// Tables by column, and rows beside their names: which can be read where they stand, and which are turned first.
struct JSONTables {
  private let text: UnsafeRawBufferPointer
  private let mapping: ColumnMapping
  private let hasHeader: Bool?

  init(_ text: UnsafeRawBufferPointer, _ mapping: ColumnMapping, _ hasHeader: Bool?) {
    self.text = text
    self.mapping = mapping
    self.hasHeader = hasHeader
  }

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

  /// What the labels of rows are called; nil: they count the rows from 0 as every table's do.
  private func labelColumn(_ candidate: JSONCandidate) -> String? {
    guard let column = candidate.node.parts.first(where: { $0.kind == .object }) else { return nil }
    return labelColumn(of: column.range, names: candidate.names) { text[$0.name] }
  }

  private func labelColumn(
    of labels: Range<Int>, names: [String], _ label: (JSONCursor.Part) -> Slice<UnsafeRawBufferPointer>
  ) -> String? {
    var cursor = JSONCursor(text, labels)
    var first: [String] = []
    var (count, isCounting) = (0, true)
    while let part = cursor.next() {
      let text = label(part)
      if isCounting, !text.elementsEqual("\(count)".utf8) { isCounting = false }
      if first.count < JSONSample.mostNames { first.append(JSONCells.text(text)) }
      count += 1
    }
    return isCounting ? nil : JSONLabels.column(first, count: count, beside: names)
  }

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

  /// The text of a label, without its quotes.
  static func label(_ part: JSONCursor.Part, in text: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    let value = text[part.value]
    return value.first == .quote ? value.dropFirst().dropLast() : value
  }
}
