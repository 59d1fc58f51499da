/// The cells by which a listing of today is held against the same listing of an earlier day.
///
/// Shape:  the order is that of `CellFingerprints`; raw values appear in JSON, and their order in casebooks.
package enum ComparedCell: String, CaseIterable, Sendable {
  case title, price, text, seller

  /// The field whose cell is compared.
  package var field: Field {
    switch self {
    case .title: .title
    case .price: .price
    case .text: .description
    case .seller: .sellerAlias
    }
  }
}

/// Fingerprints of the cells of one row that are compared from scrape to scrape.
///
/// Shape:  of the cell as it stands in the file, without quotes and escapes of its format, but with its blanks, its HTML
///         and its marks for a missing value: `NA` is a value like any other here.
/// Units:  `Fingerprint.of` of the bytes; 32 bytes a row, so that two rows are compared with two cache lines.
package struct CellFingerprints: Equatable, BitwiseCopyable, Sendable {
  package var title: UInt64
  package var price: UInt64
  package var text: UInt64
  package var seller: UInt64

  package init(title: UInt64 = 0, price: UInt64 = 0, text: UInt64 = 0, seller: UInt64 = 0) {
    (self.title, self.price, self.text, self.seller) = (title, price, text, seller)
  }

  /// The fingerprint of one cell.
  package subscript(cell: ComparedCell) -> UInt64 {
    switch cell {
    case .title: title
    case .price: price
    case .text: text
    case .seller: seller
    }
  }

  /// All four in one number, so that most pairs need one comparison.
  package var digest: UInt32 {
    let mixed = (title &* 0x9e37_79b9_7f4a_7c15) ^ (price &* 0xc2b2_ae3d_27d4_eb4f).byteSwapped
    let more = (text &* 0x1656_67b1_9e37_79f9) ^ (seller &* 0xd6e8_feb8_6659_fd93).byteSwapped
    let all = mixed &+ (more << 1 | more >> 63)
    return UInt32(truncatingIfNeeded: all ^ all >> 32)
  }
}

/// The cells that differ from an earlier sighting.
package struct ChangedCells: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package init(_ cell: ComparedCell) { rawValue = 1 << Self.place(cell) }

  /// The cells, in the order of `ComparedCell`.
  package var cells: [ComparedCell] { ComparedCell.allCases.filter { contains(ChangedCells($0)) } }

  /// All of them.
  package static let all = ChangedCells(rawValue: 15)

  private static func place(_ cell: ComparedCell) -> UInt8 {
    switch cell {
    case .title: 0
    case .price: 1
    case .text: 2
    case .seller: 3
    }
  }

  /// The cells that differ between two rows.
  ///
  /// - Parameter both: the cells that the files of both rows have a column for. A column that one of them lacks has not
  ///   changed.
  package init(_ a: CellFingerprints, _ b: CellFingerprints, both: ChangedCells) {
    var bits: UInt8 = 0
    if a.title != b.title { bits |= 1 }
    if a.price != b.price { bits |= 2 }
    if a.text != b.text { bits |= 4 }
    if a.seller != b.seller { bits |= 8 }
    rawValue = bits & both.rawValue
  }
}

/// What the key of a row was made of, see `ListingKey`.
///
/// Shape:  raw values are stored by row; 0 is for rows whose keys nobody asked for.
package enum KeyBasis: UInt8, Sendable {
  case none
  /// A number in an address of a site whose addresses are known.
  case site
  /// A platform and an id.
  case id
  /// An address in its normal form.
  case address
  /// An id or a path among files with the same columns.
  case row
  /// The words of the listing, or all of its record.
  case words
}
