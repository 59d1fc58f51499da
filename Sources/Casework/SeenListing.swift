import Hashing
import Listings
import SmallFormats

/// What a listing said when its verdict was given: enough to tell later whether it still says that, and to prove it with
/// the file it came from.
///
/// Shape:  each part is nil where the analyst had no such column, so that a later file that has one is no change.
/// Units:  a text is the first 64 bits of the SHA-256 of its UTF-8, with runs of blanks as one and none at its ends; 0 for
///         an empty one.
package struct SeenListing: Equatable, Sendable {
  /// A price as it was read.
  package enum SeenPrice: Equatable, Sendable {
    /// The cell is empty, or no amount could be read from it.
    case none
    /// An amount; an unknown currency is empty.
    case amount(Amount, currency: String)
  }

  package var title: UInt64?
  package var price: SeenPrice?
  package var text: UInt64?
  package var seller: UInt64?
  /// The SHA-256 of the record's bytes in its file, as 64 hexadecimal digits.
  package var record: String

  package init(
    title: UInt64? = nil, price: SeenPrice? = nil, text: UInt64? = nil, seller: UInt64? = nil, record: String
  ) {
    (self.title, self.price, self.text, self.seller, self.record) = (title, price, text, seller, record)
  }
}

extension SeenListing {
  /// What changed that may change a verdict: title, text or seller at all, the price by more than a tenth, from or to none,
  /// or into another currency.
  ///
  /// Shape:  parts that either of the two does not know have not changed.
  package func changes(to now: SeenListing) -> ChangedCells {
    var changed: ChangedCells = []
    if let title, let other = now.title, title != other { changed.insert(.init(.title)) }
    if let text, let other = now.text, text != other { changed.insert(.init(.text)) }
    if let seller, let other = now.seller, seller != other { changed.insert(.init(.seller)) }
    if let price, let other = now.price, !price.isAbout(other) { changed.insert(.init(.price)) }
    return changed
  }
}

extension SeenListing.SeenPrice {
  /// Whether another price is the same within a tenth of this one.
  func isAbout(_ other: Self) -> Bool {
    switch (self, other) {
    case (.none, .none): return true
    case (.amount(let old, let currency), .amount(let new, let other)):
      let difference = new.tenThousandths.subtractingReportingOverflow(old.tenThousandths)
      return currency == other && !difference.overflow
        && difference.partialValue.magnitude <= old.tenThousandths.magnitude / 10
    default: return false
    }
  }

  /// The price for people: `17000 ZAR`; nil for none.
  package var words: String? {
    guard case .amount(let amount, let currency) = self else { return nil }
    return currency.isEmpty ? amount.description : "\(amount) \(currency)"
  }
}

// MARK: From a dataset

/// The parts of listings that a dataset has columns for, and the listings' words as they are compared.
///
/// Cost:   one pass over the numbers of the columns when it is made, which stops at the first value of each.
package struct ListingWitness: Sendable {
  /// What the rows are of.
  package let dataset: Dataset
  private let known: ChangedCells

  package init(_ dataset: Dataset) {
    self.dataset = dataset
    var known: ChangedCells = []
    for cell in ComparedCell.allCases where Self.hasValue(cell, dataset) { known.insert(.init(cell)) }
    self.known = known
  }

  /// What a row says.
  ///
  /// Cost:   a SHA-256 of the record and of each part.
  package func seen(at row: Int) -> SeenListing {
    var seen = contents(of: row)
    seen.record = SHA256Digest(of: dataset.record(at: row)).hex
    return seen
  }

  /// What rows say, for filing verdicts on their listings.
  ///
  /// - Parameters:
  ///   - keys: of the listings, in the order of the rows.
  ///   - known: what was known of others' decisions on each; empty: nothing.
  package func snapshots(of rows: [Int], _ keys: [ListingKey], known: [KnownReviews] = []) -> [ListingSnapshot] {
    zip(rows, keys).enumerated().map { number, listing in
      var snapshot = dataset.snapshot(of: listing.0, key: listing.1)
      snapshot.content = seen(at: listing.0)
      if number < known.count { snapshot.known = known[number] }
      return snapshot
    }
  }

  /// The same without the record, for comparing.
  package func contents(of row: Int) -> SeenListing {
    func digest(_ cell: ComparedCell) -> UInt64? {
      guard known.contains(.init(cell)) else { return nil }
      return SeenListing.digest(of: dataset.bytes(of: cell.field, at: row))
    }
    var price: SeenListing.SeenPrice?
    if known.contains(.init(.price)) {
      let read = dataset.price(at: row)
      price = read.amount.map { .amount($0, currency: read.currency ?? "") } ?? SeenListing.SeenPrice.none
    }
    return SeenListing(title: digest(.title), price: price, text: digest(.text), seller: digest(.seller), record: "")
  }

  /// Whether any row has a value of this kind.
  private static func hasValue(_ cell: ComparedCell, _ dataset: Dataset) -> Bool {
    switch cell {
    case .price: (0..<dataset.rowCount).contains { dataset.amounts[$0] != Dataset.noAmount }
    case .seller: dataset.valueCount(of: .sellerAlias) > 1
    case .title, .text: (0..<dataset.rowCount).contains { !dataset.bytes(of: cell.field, at: $0).isEmpty }
    }
  }
}

extension SeenListing {
  /// The digest of a text.
  static func digest(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return 0 }
    let trimmed = UnsafeRawBufferPointer(rebasing: bytes[first...last])
    return withUnsafeTemporaryAllocation(byteCount: trimmed.count, alignment: 1) { out in
      var count = 0
      var wasBlank = false
      for byte in trimmed {
        let blank = isBlank(byte)
        if blank, wasBlank { continue }
        out[count] = blank ? 0x20 : byte
        count += 1
        wasBlank = blank
      }
      let digest = SHA256Digest(of: UnsafeRawBufferPointer(rebasing: out[..<count])).bytes
      let number = digest[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      // 0 stands for an empty text.
      return max(1, number)
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

// MARK: In events

extension SeenListing {
  /// `data.seen` of a `verdict.file` event.
  ///
  /// Shape:  parts by name; texts as 16 hexadecimal digits, empty for an empty one, the price as `17000 ZAR`.
  package var json: JSONValue {
    var values: [String: JSONValue] = ["record": .text(record)]
    func put(_ name: ComparedCell, _ digest: UInt64?) {
      guard let digest else { return }
      let digits = String(digest, radix: 16)
      values[name.rawValue] = .text(digest == 0 ? "" : String(repeating: "0", count: 16 - digits.count) + digits)
    }
    put(.title, title)
    put(.text, text)
    put(.seller, seller)
    if let price { values[ComparedCell.price.rawValue] = .text(price.words ?? "") }
    return .map(values)
  }

  /// Reads `data.seen`; nil for anything else.
  package init?(_ json: JSONValue?) {
    guard case .map(let values)? = json, case .text(let record)? = values["record"] else { return nil }
    func text(_ name: ComparedCell) -> String? {
      if case .text(let text)? = values[name.rawValue] { text } else { nil }
    }
    func digest(_ name: ComparedCell) -> UInt64? { text(name).flatMap { $0.isEmpty ? 0 : UInt64($0, radix: 16) } }
    self.init(
      title: digest(.title), price: text(.price).flatMap { SeenPrice(words: $0) }, text: digest(.text),
      seller: digest(.seller), record: record)
  }

  /// Reads what `json` wrote as text; nil for anything else.
  package init?(jsonText: String) {
    self.init((try? JSONReading.value(of: Array(jsonText.utf8))) ?? .null)
  }
}

extension SeenListing.SeenPrice {
  /// Reads `17000 ZAR`; nil for no price of this form.
  init?(words: String) {
    if words.isEmpty {
      self = .none
      return
    }
    let parts = words.split(separator: " ", maxSplits: 1)
    guard let amount = Amount(String(parts[0])) else { return nil }
    self = .amount(amount, currency: parts.count > 1 ? String(parts[1]) : "")
  }
}
