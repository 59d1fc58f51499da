import TextCells

/// The short form before a packet is written.
enum PacketSheet {
  static func draw(_ sheet: PacketFormSheet, _ area: Area, into frame: inout Frame) {
    let lines = PacketDraft.Line.allCases
    let inside = Sheets.open(
      area, columns: 84, rows: lines.count + 5, title: SafeText("Packet: \(sheet.subject)"), into: &frame)
    guard inside.rows > 0 else { return }
    let (words, role) = message(sheet)
    let isSilent = inside.rows < 8 && !sheet.isWriting && sheet.complaint == nil
    let told = isSilent ? [] : words.wrapped(to: max(1, inside.columns - 2)).prefix(min(4, inside.rows - 1))
    let rows = inside.rows - told.count
    let now = lines.firstIndex(of: sheet.line) ?? 0
    let top = State.scrolled(0, to: now, rows: rows)
    for offset in 0..<rows where top + offset < lines.count {
      drawLine(
        lines[top + offset], sheet,
        Area(column: inside.column, row: inside.row + offset, columns: inside.columns, rows: 1), into: &frame)
    }
    for (offset, line) in told.enumerated() {
      frame.write(
        line, at: Spot(column: inside.column + 1, row: inside.endRow - told.count + offset), as: role, on: .sheet)
    }
  }

  private static func message(_ sheet: PacketFormSheet) -> (SafeText, Role) {
    if sheet.isWriting { return ("writing …", .progress) }
    if let complaint = sheet.complaint { return (SafeText(complaint), .failure) }
    return ("An existing packet is never overwritten", .faint)
  }

  private static func drawLine(
    _ line: PacketDraft.Line, _ sheet: PacketFormSheet, _ area: Area, into frame: inout Frame
  ) {
    let isCurrent = line == sheet.line
    let labelWidth = min(20, area.columns / 3)
    frame.write(
      SafeText(line.label).clipped(to: labelWidth), at: Spot(column: area.column + 1, row: area.row),
      as: line == sheet.complaintLine ? .failure : .fieldName, on: .sheet)
    let spot = Spot(column: area.column + labelWidth + 2, row: area.row)
    let width = area.columns - labelWidth - 3
    guard isCurrent else {
      frame.write(SafeText(sheet.draft[line]).clipped(to: width), at: spot, as: .text, on: .sheet)
      return
    }
    if line.choices.isEmpty {
      InputLine.draw(sheet.editor, at: spot, width: width, as: .input, on: .sheet, into: &frame)
    } else {
      frame.write(SafeText("‹ \(sheet.draft[line]) ›").clipped(to: width), at: spot, as: .input, on: .sheet)
      frame.cursor = spot
    }
  }
}
