import Listings
import NearDuplicates

/// The rows of a view with copies of one advert folded into one line.
///
/// Rule:   of several listings that are one advert, the row that comes first in the order stands for all, at its place: in
///         an order by risk the one with the highest risk. A listing whose copies are not among the rows stays as it is,
///         however often it was seen.
/// Shape:  every row of the order is a line or stands behind one. Group numbers are those of `DuplicateGroups`.
/// Cost:   two passes over the order when it is made; 4 bytes a row and 8 bytes a group to keep.
package struct FoldedCopies: Sendable {
  /// All rows, each a line of its own.
  package let unfolded: RowOrder
  /// The rows that stand for themselves or for their copies, in the same order.
  package let lines: RowOrder
  private let duplicates: DuplicateGroups
  /// The rows of folded groups, by group and then in order.
  private let members: [UInt32]
  private let starts: [UInt32]
  /// How many listings the rows of each group are; not folded below two.
  private let listingCounts: [UInt32]

  /// Folds an order; nil when cancelled.
  ///
  /// - Parameters:
  ///   - duplicates: of the dataset that the rows are of.
  ///   - sort: what they are in order of. By copies, lines are in order of the listings that they stand for, which may be
  ///     fewer than there are copies.
  package init?(
    _ order: RowOrder, by duplicates: DuplicateGroups, sort: SortOrder = .file, _ cancellation: Cancellation? = nil
  ) {
    self.duplicates = duplicates
    unfolded = order
    let rows = order.rows
    var counting = CopyCounting(duplicates)
    guard counting.count(rows, cancellation) else { return nil }
    listingCounts = counting.listings
    var starts = [UInt32](repeating: 0, count: duplicates.count + 1)
    for group in 0..<duplicates.count {
      starts[group + 1] = starts[group] + (counting.listings[group] > 1 ? counting.rows[group] : 0)
    }
    let total = Int(starts[duplicates.count])
    self.starts = starts
    guard total > 0 else {
      (lines, members) = (order, [])
      return
    }
    var next = starts
    var members = [UInt32](repeating: 0, count: total)
    var lines: [UInt32] = []
    lines.reserveCapacity(rows.count - total + duplicates.count)
    for (place, row) in rows.enumerated() {
      if place & 0xffff == 0, cancellation?.isCancelled == true { return nil }
      guard let group = duplicates.group(of: Int(row)), counting.listings[group] > 1 else {
        lines.append(row)
        continue
      }
      if next[group] == starts[group] { lines.append(row) }
      members[Int(next[group])] = row
      next[group] += 1
    }
    self.members = members
    if sort.subject == .copies {
      lines = Self.bySize(lines, descending: sort.isDescending) { row in
        duplicates.group(of: row).map { counting.listings[$0] > 1 ? counting.listings[$0] : 0 } ?? 0
      }
    }
    self.lines = RowOrder(rows: lines)
  }

  /// Lines by how many listings they stand for, those of one listing last, else in the order in which they are.
  private static func bySize(_ lines: [UInt32], descending: Bool, _ size: (Int) -> UInt32) -> [UInt32] {
    var keys: [UInt64] = []
    var single: [UInt32] = []
    for (place, row) in lines.enumerated() {
      let size = size(Int(row))
      guard size > 0 else {
        single.append(row)
        continue
      }
      keys.append(UInt64(descending ? .max - size : size) << 32 | UInt64(place))
    }
    keys.sort()
    return keys.map { lines[Int($0 & 0xffff_ffff)] } + single
  }

  /// The folded group that a row belongs to; nil for a listing that is a line by itself.
  package func group(of row: Int) -> Int? {
    guard row < duplicates.rowCount, let group = duplicates.group(of: row), starts[group + 1] > starts[group] else {
      return nil
    }
    return group
  }

  /// The rows of a folded group in order; the first stands for the others.
  package func rows(of group: Int) -> ArraySlice<UInt32> { members[Int(starts[group])..<Int(starts[group + 1])] }

  /// The row that stands for a folded group.
  package func head(of group: Int) -> Int { Int(members[Int(starts[group])]) }

  /// How many listings the line of a folded group stands for.
  package func listingCount(of group: Int) -> Int { Int(listingCounts[group]) }

  /// The lines with the copies of some groups below the rows that stand for them.
  ///
  /// Shape:  groups that are not folded here make no difference.
  /// Cost:   O(lines) with a bit test each, or nothing where no group is open.
  package func order(opening groups: Set<Int>) -> RowOrder {
    let heads = groups.filter { $0 < duplicates.count && starts[$0 + 1] > starts[$0] }.map { head(of: $0) }
    guard !heads.isEmpty else { return lines }
    let open = RowSet(heads, of: duplicates.rowCount)
    var rows: [UInt32] = []
    for row in lines.rows {
      rows.append(row)
      guard open.contains(Int(row)), let group = duplicates.group(of: Int(row)) else { continue }
      rows += self.rows(of: group).dropFirst()
    }
    return RowOrder(rows: rows)
  }
}

/// Counts the rows and listings of each group.
private struct CopyCounting {
  private let duplicates: DuplicateGroups
  private(set) var rows: [UInt32]
  private(set) var listings: [UInt32]

  init(_ duplicates: DuplicateGroups) {
    self.duplicates = duplicates
    rows = [UInt32](repeating: 0, count: duplicates.count)
    listings = rows
  }

  /// - Returns: false when cancelled.
  mutating func count(_ order: [UInt32], _ cancellation: Cancellation?) -> Bool {
    var seen = RowSet(noneOf: duplicates.rowCount)
    for (place, row) in order.enumerated() {
      if place & 0xffff == 0, cancellation?.isCancelled == true { return false }
      guard let group = duplicates.group(of: Int(row)) else { continue }
      rows[group] += 1
      // A listing that was seen several times is one, by its first row.
      let first = duplicates.firstRow(of: Int(row))
      guard !seen.contains(first) else { continue }
      seen.insert(first)
      listings[group] += 1
    }
    return true
  }
}
