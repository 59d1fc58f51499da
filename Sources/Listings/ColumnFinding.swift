import Sentences

/// What one column of a file was recognised as, and why.
///
/// Shape:  one per column, in the order of the file.
package struct ColumnFinding: Equatable, Sendable {
  /// What the recognition is based on.
  package enum Basis: Equatable, Sendable {
    /// The name is in the table of names.
    case name
    /// The values resemble the field, in words: "looks like prices: 96 of 100 sampled values".
    case shape(Sentence)
    /// Named on the command line.
    case map
    /// Assigned on screen in this session.
    case chosen
    /// Assigned on screen in an earlier session.
    case remembered
    /// No field yet, but a candidate for the title, in words: "the longest text that differs from row to row".
    case offered(Sentence)
    /// No evidence for any field.
    case nothing
  }

  /// The column's name exactly as in the file.
  package let name: String
  /// Nil where it is no field and keeps its own name.
  package let field: Field?
  /// For a column without a field, `chosen` and `remembered` mean that it was assigned none.
  package let basis: Basis

  /// What was found for one column.
  package init(name: String, field: Field?, basis: Basis) {
    self.name = name
    self.field = field
    self.basis = basis
  }

  /// The reason in words; empty without evidence.
  package var why: String {
    switch basis {
    case .name: "by its name"
    case .shape(let words): words.english
    case .map: "given with --map"
    case .chosen: "chosen by you"
    case .remembered: "remembered, chosen by you before"
    case .offered(let words): "may be the title: \(words.english)"
    case .nothing: ""
    }
  }

  /// Whether the column is offered as the title of a file that has none.
  package var isOffered: Bool { if case .offered = basis { true } else { false } }

  /// A sentence such as "price from column3: looks like prices, …", where the name alone does not explain it; nil otherwise.
  package var sentence: String? {
    switch basis {
    case .name, .nothing, .offered: nil
    case .shape, .map, .chosen, .remembered: "\(field?.rawValue ?? "no field") from \(name): \(why)"
    }
  }
}

/// What distinguishes files with one set of columns from others; assignments of columns are remembered under it.
///
/// Shape:  for files with a header, their names in order (for JSON, those of the first object, sorted). For files without
///         one, the number of columns, and whether the values of each are mostly addresses, times, numbers or text. Finer
///         properties of the values are left out, since they may differ from week to week.
package struct HeaderSignature: Hashable, Sendable {
  /// 16 hexadecimal digits.
  package let id: String
  /// For people only: "3 columns: title, price, url", cut to one line.
  package let words: String
  /// What the words say; nil for a signature that was stored.
  package private(set) var parts: Parts?

  /// The words of a signature by themselves.
  package struct Parts: Sendable {
    package let count: Int
    /// Whether the file names its columns.
    package let hasNames: Bool
    /// The first names, or what the values of columns without a name are.
    package let shown: String
  }

  package static func == (a: Self, b: Self) -> Bool { a.id == b.id && a.words == b.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(words)
  }

  /// The signature of a header.
  package init(names: [String]) {
    self.init(names, words: Self.counted(names.count, "column") + ": ", shown: names, hasNames: true)
  }

  /// The signature of a file without a header.
  ///
  /// - Parameter kinds: one word per column.
  package init(kindsWithoutHeader kinds: [String]) {
    self.init(
      ["no header"] + kinds, words: Self.counted(kinds.count, "column") + " without names: ", shown: kinds,
      hasNames: false)
  }

  /// A signature that was stored.
  package init(id: String, words: String) {
    self.id = id
    self.words = words
  }

  /// The signature of names, shown as the given words.
  ///
  /// Limits: eight names of 24 characters are shown; all count for `id`.
  private init(_ names: [String], words: String, shown: [String], hasNames: Bool) {
    let digits = String(Fingerprint.of(names: names), radix: 16)
    id = String(repeating: "0", count: 16 - digits.count) + digits
    let maximum = 8
    let list =
      shown.prefix(maximum).map { String($0.prefix(24)) }.joined(separator: ", ") + (shown.count > maximum ? ", …" : "")
    self.words = words + list
    parts = Parts(count: shown.count, hasNames: hasNames, shown: list)
  }

  private static func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

/// The fields that a person assigned to columns of files with one header.
///
/// Shape:  remembered under the signature of the header, so that next week's file of the same kind is read the same way.
package struct ColumnAssignment: Equatable, Sendable {
  /// Whether the assignment was made now or in an earlier session.
  package enum Origin: Sendable { case chosen, remembered }

  /// The answer for one column.
  package struct Line: Equatable, Sendable {
    /// The column's name exactly as in the file.
    package let column: String
    /// Nil where the column is to have no field, regardless of its name and values.
    package let field: Field?

    package init(column: String, field: Field?) {
      self.column = column
      self.field = field
    }
  }

  /// Which files it is for.
  package let header: HeaderSignature
  /// Only columns that a person decided about; the others are recognised as usual.
  package let lines: [Line]
  /// The ISO 4217 currency of prices that name none; nil where that was not decided.
  package let currency: String?
  /// Whether it was made now or remembered.
  package var origin: Origin

  package init(header: HeaderSignature, lines: [Line], currency: String? = nil, origin: Origin) {
    self.header = header
    self.lines = lines
    self.currency = currency
    self.origin = origin
  }
}

/// The probable currency of a file whose prices name none: for a person to accept, never applied automatically.
package struct CurrencyProposal: Equatable, Sendable {
  /// ISO 4217 code.
  package let currency: String
  /// The evidence in words: "places such as İstanbul in 24 of 24 listings; columns named in Turkish".
  package let why: Sentence

  package init(currency: String, why: Sentence) {
    self.currency = currency
    self.why = why
  }
}
