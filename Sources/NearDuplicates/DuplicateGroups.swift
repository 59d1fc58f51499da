import Listings

/// Which listings of a dataset are one advert: the same text under another alias, platform, price or phone number.
///
/// Shape:  immutable, by row. A listing that was seen on several days counts once, by its first row; the others are its
///         sightings. Groups are numbered from the largest; a group's first member represents it.
/// Cost:   about 16 bytes a row to keep; see `find` for making it.
package struct DuplicateGroups: Sendable {
  /// Distinct listings, in a group or not.
  package let listingCount: Int
  /// Rows by group: the first rows of its listings, the representative first, then ascending.
  private let members: [UInt32]
  private let starts: [UInt32]
  private let fingerprints: [UInt64]
  private let likenesses: [Float]
  /// The group of each row; `none` for listings by themselves.
  private let groupNumbers: [UInt32]
  private let firstRows: [UInt32]
  /// All rows, those of one listing beside each other, and how many came before each of `firstRows`.
  private let sightingRows: SightingRows

  private static let none = UInt32.max

  /// How many groups there are.
  package var count: Int { fingerprints.count }

  /// How many rows the dataset has.
  package var rowCount: Int { firstRows.count }

  /// How many listings belong to a group.
  package var groupedListingCount: Int { members.count }

  /// The first rows of the listings of a group, the representative first.
  package func listings(of group: Int) -> ArraySlice<UInt32> { members[Int(starts[group])..<Int(starts[group + 1])] }

  /// The row that represents a group.
  package func representative(of group: Int) -> Int { Int(members[Int(starts[group])]) }

  /// The group that a row belongs to, be it a listing or a sighting of one; nil for none.
  package func group(of row: Int) -> Int? {
    groupNumbers[row] == Self.none ? nil : Int(groupNumbers[row])
  }

  /// The group with this name.
  ///
  /// Cost:   O(groups).
  package func group(named name: String) -> Int? { (0..<count).first { self.name(of: $0) == name } }

  /// The name of a group: ten letters and digits, made from the words of its representative.
  ///
  /// Shape:  the same for the same representative in any file; without letters that are taken for digits.
  package func name(of group: Int) -> String { GroupName.text(fingerprints[group]) }

  /// How alike the member is that is least like the representative, from 0 to 1.
  package func alike(of group: Int) -> Double { Double(likenesses[group]) }

  /// The first row of the listing that a row is a sighting of.
  package func firstRow(of row: Int) -> Int { Int(firstRows[row]) }

  /// All rows of the listing whose first row this is, itself among them.
  package func sightings(of row: Int) -> ArraySlice<UInt32> { sightingRows.rows(of: row) }

  /// Finds the groups of a dataset; nil when cancelled.
  ///
  /// Shape:  the answer does not depend on the number of cores, and with up to 32,768 listings not on the order of rows.
  /// Cost:   two readings of all titles and descriptions, some sorts, and a comparison for each copy, on all cores; about
  ///         200 bytes a row while it works.
  /// Limits: the dataset must have been read with keys.
  ///
  /// - Parameter progress: receives a share from 0 to 1, on the calling thread.
  package static func find(
    in dataset: Dataset, _ cancellation: Cancellation? = nil, progress: (Double) -> Void = { _ in }
  ) -> DuplicateGroups? {
    guard let rows = ListingFirstRows(dataset, cancellation) else { return nil }
    progress(0.05)
    guard let sketching = TextSketching(rows, cancellation, progress: { progress(0.05 + 0.45 * $0) }) else {
      return nil
    }
    let texts = sketching.texts
    var alike = AlikeTexts(texts, sketching.sketches, sketching.rarity)
    guard alike.find(cancellation, progress: { progress(0.5 + 0.4 * $0) }) else { return nil }
    sketching.sketches.release()
    guard var groups = Clustering(alike: alike).groups(cancellation) else { return nil }
    progress(0.95)
    groups += EqualTexts(alike).groups(besides: groups)
    let found = DuplicateGroups(texts, groups, SightingRows(rows))
    progress(1)
    return cancellation?.isCancelled == true ? nil : found
  }

  private init(_ texts: DistinctTexts, _ groups: [TextGroup], _ sightings: SightingRows) {
    listingCount = texts.listings.count
    firstRows = texts.firstRows
    sightingRows = sightings
    // Members first, so that groups can be put into the order of their sizes.
    var unsorted: [(rows: [UInt32], group: TextGroup)] = groups.map { group in
      var rows = group.members.flatMap { text in texts.listings(of: Int(text)).map { texts.listings[Int($0)] } }
      rows[1...].sort()
      return (rows, group)
    }
    unsorted.sort { ($1.rows.count, $0.rows[0]) < ($0.rows.count, $1.rows[0]) }
    var (members, starts): ([UInt32], [UInt32]) = ([], [0])
    var numbers = [UInt32](repeating: Self.none, count: texts.firstRows.count)
    for (number, (rows, _)) in unsorted.enumerated() {
      members += rows
      starts.append(UInt32(members.count))
      for row in rows { numbers[Int(row)] = UInt32(number) }
    }
    for row in numbers.indices { numbers[row] = numbers[Int(texts.firstRows[row])] }
    self.members = members
    self.starts = starts
    groupNumbers = numbers
    fingerprints = unsorted.map { texts.fingerprint(of: Int($0.group.members[0])) }
    likenesses = unsorted.map { Float($0.group.alike) }
  }
}

/// The name of a group.
enum GroupName {
  private static let letters = Array("23456789abcdefghjkmnpqrstuvwxyz0".utf8)

  /// Fifty bits in letters: two of a million groups share a name once in two thousand datasets.
  static func text(_ fingerprint: UInt64) -> String {
    let mixed = WordReading.mix(fingerprint)
    return String(decoding: (0..<10).map { letters[Int(mixed >> UInt64(5 * $0) & 31)] }, as: UTF8.self)
  }
}

/// The rows of each listing.
struct SightingRows: Sendable {
  /// The further rows of listings with several, by listing and then ascending: the first row above, the other below.
  private let further: [UInt64]

  init(_ rows: ListingFirstRows) {
    var further: [UInt64] = []
    for (row, first) in rows.firstRows.enumerated() where first != row {
      further.append(UInt64(first) << 32 | UInt64(row))
    }
    _ = RadixSort.sortByUpperHalf(&further)
    self.further = further
  }

  /// Cost:   O(log rows), and the rows.
  func rows(of first: Int) -> ArraySlice<UInt32> {
    var (low, high) = (0, further.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(further[middle] >> 32) < first { low = middle + 1 } else { high = middle }
    }
    var rows = [UInt32(first)]
    while low < further.count, Int(further[low] >> 32) == first {
      rows.append(UInt32(truncatingIfNeeded: further[low]))
      low += 1
    }
    return rows[...]
  }
}

/// Texts that several listings share word for word, and no other text is like.
struct EqualTexts {
  private let alike: AlikeTexts

  init(_ alike: AlikeTexts) { self.alike = alike }

  func groups(besides groups: [TextGroup]) -> [TextGroup] {
    let texts = alike.texts
    var isTaken = [Bool](repeating: false, count: texts.count)
    for group in groups { for member in group.members { isTaken[Int(member)] = true } }
    let comparison = TextComparison(texts, alike.rarity, alike.likeness)
    return (0..<texts.count).compactMap { text in
      guard !isTaken[text], texts.listings(of: text).count > 1, comparison.tellsEnough(text) else { return nil }
      return TextGroup(members: [UInt32(text)], alike: 1)
    }
  }
}
