import Listings

/// What scrapers call the fields of a listing, in many languages.
///
/// Shape:  a name is compared after folding, without blanks, `_`, `-`, `.` and byte order mark, so `seller.username` and
///         `Seller Username` are one name.
package struct FieldNames: Sendable {
  /// A field that a column name stands for; a lower rank is a better claim.
  struct Claim: Equatable, Sendable {
    let field: Field
    let rank: Int
  }

  private var byPlainName: [String: Claim] = [:]

  /// - Parameter rows: `field,language,name,rank`; a later row for the same name replaces an earlier one.
  init(rows: [[String]]) {
    for row in rows {
      guard let field = Field(rawValue: row[0]) else { continue }
      byPlainName[Self.plain(row[2])] = Claim(field: field, rank: Int(row[3]) ?? 2)
    }
  }

  /// What `column` stands for; nil: unknown.
  func claim(of column: String) -> Claim? {
    byPlainName[Self.plain(column)]
  }

  /// A name as it is compared.
  static func plain(_ name: String) -> String {
    String(String.UnicodeScalarView(Folding.folded(name).unicodeScalars.filter { !isIgnored($0) }))
  }

  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "_", "-", ".", "\u{FEFF}": true
    default: scalar.properties.isWhitespace
    }
  }
}
