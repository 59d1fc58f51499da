import Listings

/// What a cell looks like where a price is expected, whatever its column is called.
///
/// Units:  amounts in ten-thousandths.
/// Cost:   that of reading a price; meant for the few hundred records of a sample, not for every row.
package enum PriceShape: Equatable, Sendable {
  /// Empty, or a mark for a missing value (`NA`, `-`).
  case missing
  /// An amount with a mark of its currency, and little else.
  case money(Int64)
  /// A number and nothing else, which may be an amount: `1,200.50`, `3000`. Years and ids are numbers too.
  case number(Int64)
  /// Words that say why no price is named (`Pas de prix`, `面议`, `VB`, `free`), and little else.
  case noPrice(PriceState)
  /// A number that measures or counts something else: `2br`, `800ft2`, `20 cm`, `3 pcs`.
  case measure
  /// Anything else: titles, texts, dates, ids, telephone numbers, prices in the middle of a sentence.
  case other

  package init(_ cell: UnsafeRawBufferPointer, currencies: Currencies) {
    let cell = BlankTrimming.trimmed(cell)
    if MissingMark.isMissing(cell) {
      self = .missing
    } else if let number = PriceNumber.readPlain(cell), cell[0] != 0x30 || cell.count == 1 || !cell[1].isDigit {
      self = .number(number)
    } else {
      self = cell.count > Self.longest ? .other : PriceText(cell, currencies: currencies).shape()
    }
  }

  package init(_ cell: String, currencies: Currencies) {
    var cell = cell
    self = cell.withUTF8 { PriceShape(UnsafeRawBufferPointer($0), currencies: currencies) }
  }

  /// Bytes: prices with all their words are shorter, texts longer.
  private static let longest = 160
}
