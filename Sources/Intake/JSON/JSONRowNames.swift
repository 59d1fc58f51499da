/// What the places of rows are called: the first row names them, or nothing does.
struct JSONRowNames {
  private(set) var names: [String] = []
  /// Where the rows that are listings begin.
  private(set) var start: Int
  /// Rows above the one with the names.
  private(set) var titleRows = 0

  /// - Parameter content: what lies between the brackets of the list of rows, or the text if the rows lie in none.
  init(_ text: UnsafeRawBufferPointer, _ content: Range<Int>, _ mapping: ColumnMapping, hasHeader: Bool?) {
    start = content.lowerBound
    let within = UnsafeRawBufferPointer(rebasing: text[..<content.upperBound])
    let finder = JSONFinder(text: within, form: .rows)
    var rows: [(texts: [String], areTexts: Bool, end: Int)] = []
    var json = JSONText(header: [])
    var position = content.lowerBound
    while rows.count < HeaderSearch.looked, let found = finder.next(from: position) {
      position = found.range.upperBound
      var cells = RowCells()
      guard case .listing(let range) = found,
        json.read(UnsafeRawBufferPointer(rebasing: text[range]), readable: 0, into: &cells) == nil
      else { continue }
      rows.append((cells.texts, cells.areTexts, range.upperBound))
    }
    let search = HeaderSearch(mapping: mapping, choice: hasHeader.map { $0 ? .first : .missing })
    guard let header = search.header(among: rows.map(\.texts)) else { return }
    let row = rows[header.place]
    let width = rows.map(\.texts.count).max() ?? 0
    // Names are texts; what holds a number or nothing is a listing, unless somebody said so.
    guard header.namesColumns, hasHeader == true || row.areTexts else {
      names = (0..<width).map { "column\($0 + 1)" }
      return
    }
    names = Self.unique(row.texts)
    start = row.end
    titleRows = header.place
  }

  /// Names of which none is empty and no two are the same.
  static func unique(_ texts: [String]) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    var numbers: [String: Int] = [:]
    for (place, text) in texts.enumerated() {
      let name = text.allSatisfy(\.isWhitespace) ? "column\(place + 1)" : text
      var unique = name
      var number = numbers[name] ?? 2
      while !known.insert(unique).inserted {
        unique = "\(name) \(number)"
        number += 1
      }
      numbers[name] = number
      names.append(unique)
    }
    return names
  }

  /// The cells of a row, and whether all of them are texts.
  private struct RowCells: JSONSink {
    var cells = JSONCells()
    var areTexts = true
    var texts: [String] { cells.texts }

    mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
      if kind != .string && kind != .escapedString { areTexts = false }
      cells.value(path: path, text, kind)
    }
  }
}
