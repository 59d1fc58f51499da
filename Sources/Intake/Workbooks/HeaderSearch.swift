/// Finds the header among the first rows of a sheet: people write titles, dates and notes above their tables.
struct HeaderSearch {
  /// Which names of columns are known.
  let mapping: ColumnMapping
  /// Where tables name their columns, as a person said it; nil: it is found out.
  var choice: HeaderChoice?

  /// Rows that are not blank and may stand above the header, the header among them.
  static let looked = 20
  /// Rows that are read to tell a header from a listing.
  static let sampled = 200

  struct Header: Equatable {
    /// The place of the first row that is kept.
    var place = 0
    var knownNames = 0
    /// Whether that row names the columns; otherwise it is a row like the others.
    var namesColumns = true
    /// Why, in words.
    var why = ""
  }

  /// The header among rows without numbers or formats, as JSON has them; nil: all are blank.
  func header(among texts: [[String]]) -> Header? {
    header(among: texts.enumerated().map { SheetHead.Row(number: $0 + 1, texts: $1) }, staysInView: 0)
  }

  /// The header among `rows`; nil: all are blank.
  ///
  /// Rules:  the row with the most known names, if there are two or more, or one in a row as wide as any; otherwise
  ///         the first row that is at least half as wide as the widest. The earlier wins ties. Whether it is a header
  ///         or a listing is then told by the rows below it (`HeaderEvidence`), by how it is formatted, and by the
  ///         rows that stay in view when the sheet is scrolled. Where there is no header, no row is passed over.
  func header(among rows: [SheetHead.Row], staysInView frozen: Int) -> Header? {
    let texts = rows.map(\.texts)
    let widths = texts.map { $0.count { !Self.isBlank($0) } }
    guard let widest = widths.max(), widest > 0 else { return nil }
    let best = best(of: texts, widths, widest)
    let wide = widths.prefix(Self.looked).firstIndex { 2 * $0 >= widest } ?? 0
    let place = best.knownNames > 0 ? best.place : wide
    switch choice {
    case .missing: return Header(namesColumns: false, why: "no row names the columns: told by --header")
    case .first:
      return Header(
        place: place, knownNames: best.knownNames, why: "row \(rows[place].number) names the columns: told by --header")
    case .line(let line):
      let place = rows.lastIndex { $0.number <= line } ?? 0
      return Header(
        place: place, knownNames: texts[place].count { isKnown($0) },
        why: "row \(rows[place].number) names the columns: told by --header")
    case nil: break
    }
    let decision = judge(rows, place, frozen)
    if decision.header != nil { return Header(place: place, knownNames: best.knownNames, why: decision.why) }
    // A listing may hold words that are names elsewhere; the header is above it then, if there is one.
    if place != wide {
      let other = judge(rows, wide, frozen)
      if other.header != nil { return Header(place: wide, why: other.why) }
    }
    // Without a header nothing says that what stands above is no listing.
    return Header(namesColumns: false, why: decision.why)
  }

  private func judge(_ rows: [SheetHead.Row], _ place: Int, _ frozen: Int) -> HeaderEvidence.Decision {
    let texts = rows.map(\.texts)
    return HeaderEvidence(mapping: mapping).judge(
      padded(texts[place], to: texts), over: texts[(place + 1)...].map { padded($0, to: texts) },
      called: "row \(rows[place].number)", hints: hints(rows, place, frozen))
  }

  private func best(of texts: [[String]], _ widths: [Int], _ widest: Int) -> Header {
    var best = Header()
    for (place, row) in texts.prefix(Self.looked).enumerated() {
      let known = row.count { isKnown($0) }
      if known > best.knownNames, known > 1 || widths[place] == widest {
        best = Header(place: place, knownNames: known)
      }
    }
    return best
  }

  private func padded(_ row: [String], to rows: [[String]]) -> [String] {
    let width = rows.map(\.count).max() ?? 0
    return row + Array(repeating: "", count: width - row.count)
  }

  /// What a sheet tells of its header beside the texts.
  private func hints(_ rows: [SheetHead.Row], _ place: Int, _ frozen: Int) -> [HeaderEvidence.Hint] {
    var hints: [HeaderEvidence.Hint] = []
    if frozen > 0, rows[place].number <= frozen, place + 1 == rows.count || rows[place + 1].number > frozen {
      hints.append((3, "it stays in view when the sheet is scrolled"))
    }
    let below = rows[(place + 1)...].prefix(20)
    let styles = zip(rows[place].texts, rows[place].styles).enumerated().filter { !Self.isBlank($0.element.0) }
    let apart = styles.count { column, cell in
      !below.isEmpty
        && below.allSatisfy {
          column >= $0.styles.count || Self.isBlank($0.texts[column]) || $0.styles[column] != cell.1
        }
    }
    if !styles.isEmpty, apart == styles.count { hints.append((2, "its cells are formatted unlike those below")) }
    return hints
  }

  func isKnown(_ name: String) -> Bool { !Self.isBlank(name) && mapping.claim(of: name).field != nil }

  /// Whether one of the names says what only listings have.
  func tellListings(_ names: [String]) -> Bool {
    names.contains { !Self.isBlank($0) && [.title, .description, .price].contains(mapping.claim(of: $0).field) }
  }

  private static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 <= .blank } }
}
