import Listings

/// What a listing is since the scrape of its platform before.
///
/// Shape:  raw values appear in JSON.
package enum SightingKind: String, CaseIterable, Sendable {
  /// Never seen before.
  case new
  /// In the scrape before, with the same title, price, text and seller.
  case seen
  /// In the scrape before, with another title, price, text or seller.
  case changed
  /// Not in the scrape before, but in an earlier one.
  case reappeared
}

/// What is known of a row since last time.
package struct SightingState: Equatable, Sendable {
  /// Nil for rows of a file that adds nothing, since its bytes are those of another one.
  package let kind: SightingKind?
  /// What differs from the sighting before. For a listing that reappeared, from the last one.
  package let changed: ChangedCells
  /// Whether the listing stands earlier in the same scrape, so that this row does not count.
  package let isRepeat: Bool

  package init(kind: SightingKind?, changed: ChangedCells = [], isRepeat: Bool = false) {
    (self.kind, self.changed, self.isRepeat) = (kind, changed, isRepeat)
  }

  init(byte: UInt8) {
    kind = byte & 7 == 0 ? nil : SightingKind.allCases[Int(byte & 7) - 1]
    changed = ChangedCells(rawValue: byte >> 3 & 15)
    isRepeat = byte & 0x80 != 0
  }

  /// All of it in one byte.
  @inline(__always)
  static func byte(_ kind: Int, _ changed: ChangedCells, isRepeat: Bool) -> UInt8 {
    UInt8(kind + 1) | changed.rawValue << 3 | (isRepeat ? 0x80 : 0)
  }
}

/// A sighting: a row of the open dataset, or a place in a recorded scrape.
package enum SightingPlace: Hashable, Sendable {
  case row(Int)
  case recorded(list: Int, index: Int)
}

/// The counts of one platform in one scrape.
package struct SightingCounts: Equatable, Sendable {
  package var new = 0
  package var seen = 0
  package var changed = 0
  package var reappeared = 0
  /// Listings of the platform's scrape before that are not in this one.
  package var gone = 0
  /// How many changed listings have another title, price, text or seller, in the order of `ComparedCell`.
  package var changedBy = SIMD4<Int>(repeating: 0)

  package init() {}

  /// How many listings the scrape has.
  package var listings: Int { new + seen + changed + reappeared }

  /// How many changed listings differ in a cell.
  package func changed(_ cell: ComparedCell) -> Int { changedBy[ComparedCell.allCases.firstIndex(of: cell)!] }

  mutating func add(_ other: SightingCounts) {
    new += other.new
    seen += other.seen
    changed += other.changed
    reappeared += other.reappeared
    gone += other.gone
    changedBy &+= other.changedBy
  }

  @inline(__always)
  mutating func add(_ kind: Int, _ cells: ChangedCells) {
    switch kind {
    case 0: new += 1
    case 1: seen += 1
    case 3: reappeared += 1
    default:
      changed += 1
      for place in 0..<4 where cells.rawValue >> UInt8(place) & 1 != 0 { changedBy[place] += 1 }
    }
  }
}
