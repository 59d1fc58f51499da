/// What one column of a file is taken for, and what spoke for it.
package struct ColumnFinding: Equatable, Sendable {
  package enum Basis: Equatable, Sendable {
    /// The name is in the table of names.
    case name
    /// The values look like it, in words: "looks like prices: 96 of 100 sampled values".
    case shape(String)
    /// Named on the command line.
    case map
    /// Assigned on the screen, now.
    case chosen
    /// Assigned on the screen another time.
    case remembered
    /// No field yet, but it may be the title, in words: "the longest text that differs from row to row".
    case offered(String)
    /// Nothing spoke for a field.
    case nothing
  }

  /// The column's name as it stands in the file.
  package let name: String
  /// Nil: no field; kept under its own name.
  package let field: Field?
  /// Of a column without a field, `chosen` and `remembered` say that it is to have none.
  package let basis: Basis

  package init(name: String, field: Field?, basis: Basis) {
    self.name = name
    self.field = field
    self.basis = basis
  }

  /// Why, in words for people; empty where nothing spoke for a field.
  package var why: String {
    switch basis {
    case .name: "by its name"
    case .shape(let words): words
    case .map: "given with --map"
    case .chosen: "chosen by you"
    case .remembered: "remembered, chosen by you before"
    case .offered(let words): "may be the title: \(words)"
    case .nothing: ""
    }
  }

  /// Whether the column is offered as the title of a file that has none.
  package var isOffered: Bool { if case .offered = basis { true } else { false } }

  /// "price from column3: looks like prices, …", for what a name alone does not tell; nil for the others.
  package var sentence: String? {
    switch basis {
    case .name, .nothing, .offered: nil
    case .shape, .map, .chosen, .remembered: "\(field?.rawValue ?? "no field") from \(name): \(why)"
    }
  }
}

/// What tells files with one set of columns from files with another: what an answer about columns is remembered under.
///
/// Shape:  of files with a header, the names as they stand, in order (of JSON the names of the first object, sorted); of
///         files without one, the number of columns and for each whether its values are mostly addresses, times,
///         numbers or text. The finer shape of values is left out: it may differ from week to week.
package struct HeaderSignature: Hashable, Sendable {
  /// 16 hexadecimal digits.
  package let id: String
  /// "3 columns: title, price, url", cut to a line: for people only.
  package let words: String

  package init(names: [String]) {
    self.init(names, words: Self.counted(names.count, "column") + ": ", told: names)
  }

  /// - Parameter kinds: a word per column.
  package init(kindsWithoutHeader kinds: [String]) {
    self.init(["no header"] + kinds, words: Self.counted(kinds.count, "column") + " without names: ", told: kinds)
  }

  /// One that was written down.
  package init(id: String, words: String) {
    self.id = id
    self.words = words
  }

  private init(_ names: [String], words: String, told: [String]) {
    let digits = String(Fingerprint.of(names: names), radix: 16)
    id = String(repeating: "0", count: 16 - digits.count) + digits
    let most = 8
    self.words =
      words + told.prefix(most).map { String($0.prefix(24)) }.joined(separator: ", ") + (told.count > most ? ", …" : "")
  }

  private static func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

/// Which columns of files with one header are which fields, as a person assigned them.
package struct ColumnAssignment: Equatable, Sendable {
  package enum Origin: Sendable { case chosen, remembered }

  package struct Line: Equatable, Sendable {
    package let column: String
    /// Nil: none, whatever its name or values say.
    package let field: Field?

    package init(column: String, field: Field?) {
      self.column = column
      self.field = field
    }
  }

  package let header: HeaderSignature
  /// Only columns that a person has answered for; the others are told as ever.
  package let lines: [Line]
  /// The currency of prices that name none, ISO 4217; nil: not answered.
  package let currency: String?
  package var origin: Origin

  package init(header: HeaderSignature, lines: [Line], currency: String? = nil, origin: Origin) {
    self.header = header
    self.lines = lines
    self.currency = currency
    self.origin = origin
  }
}
