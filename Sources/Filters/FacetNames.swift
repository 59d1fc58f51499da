import Listings

/// The values of a field as a facet counts them: spellings that a filter cannot tell apart (`eBay`, `EBAY`) are one
/// value under the spelling met first, so that choosing a value finds as many listings as stand beside it.
///
/// Shape:  a cell stands for one place in `names`, or for several where it lists several values.
/// Cost:   a value is folded once; when a dataset has grown, only its new values are looked at.
struct FacetNames: Sendable {
  let field: Field
  private let table: ValueTable
  private(set) var names: [String] = []
  /// Places in `names`, in the order of the names.
  private(set) var byName: [UInt32] = []
  private var placeByFingerprint: [UInt64: UInt32] = [:]
  private var placeOfSpelling: [UInt32] = []
  /// For species: the places of cell `code` are `cellPlaces[cellEnds[code - 1]..<cellEnds[code]]`.
  private var cellPlaces: [UInt32] = []
  private var cellEnds: [Int] = []

  private var isList: Bool { field == .species }

  init(of field: Field, in dataset: Dataset) {
    self.field = field
    table = dataset.values(of: field)
    extend(to: dataset)
  }

  /// Whether the values known are the first ones of a dataset's.
  func isBeginning(of dataset: Dataset) -> Bool {
    dataset.values(of: field) === table && codeCount <= dataset.valueCount(of: field)
      && (!isList || placeOfSpelling.count <= dataset.speciesLists.names.count)
  }

  private var codeCount: Int { isList ? cellEnds.count : placeOfSpelling.count }

  /// Takes in the values that came with more rows.
  mutating func extend(to dataset: Dataset) {
    let known = names.count
    let count = dataset.valueCount(of: field)
    if isList {
      let lists = dataset.speciesLists
      for spelling in lists.names.dropFirst(placeOfSpelling.count) { take(spelling) }
      for cell in lists.members[cellEnds.count..<max(cellEnds.count, count)] { take(cell) }
    } else {
      for code in placeOfSpelling.count..<max(placeOfSpelling.count, count) { take(table.string(UInt32(code))) }
    }
    if names.count > known { putInOrder(from: known) }
  }

  private mutating func take(_ spelling: String) {
    var spelling = spelling
    let folded = spelling.withUTF8 { bytes in
      // Marks alone fold to nothing, and are yet no missing value.
      let folded = Folding.folded(UnsafeRawBufferPointer(bytes))
      return folded.isEmpty ? Array(bytes) : folded
    }
    var fingerprint = folded.withUnsafeBytes { Fingerprint.of($0) }
    while let place = placeByFingerprint[fingerprint] {
      if key(of: names[Int(place)]) == folded {
        placeOfSpelling.append(place)
        return
      }
      // Texts may be made so that their fingerprints agree.
      fingerprint &+= 1
    }
    placeByFingerprint[fingerprint] = UInt32(names.count)
    placeOfSpelling.append(UInt32(names.count))
    names.append(spelling)
  }

  private func key(of spelling: String) -> [UInt8] {
    let folded = Array(Folding.folded(spelling).utf8)
    return folded.isEmpty ? Array(spelling.utf8) : folded
  }

  private mutating func take(_ cell: [UInt32]) {
    let start = cellPlaces.count
    for name in cell where !cellPlaces[start...].contains(placeOfSpelling[Int(name)]) {
      cellPlaces.append(placeOfSpelling[Int(name)])
    }
    cellEnds.append(cellPlaces.count)
  }

  /// New names are few once most of a file was read: they are put in order and laid between those that are.
  private mutating func putInOrder(from known: Int) {
    let new = (UInt32(known)..<UInt32(names.count)).sorted { names[Int($0)] < names[Int($1)] }
    var merged: [UInt32] = []
    merged.reserveCapacity(names.count)
    var old = byName[...]
    for place in new {
      let name = names[Int(place)]
      while let first = old.first, names[Int(first)] < name { merged.append(old.removeFirst()) }
      merged.append(place)
    }
    byName = merged + old
  }

  /// Listings per name, from listings per cell.
  func counts(of cells: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: names.count)
    if isList {
      var start = 0
      for (count, end) in zip(cells, cellEnds) {
        if count > 0 { for place in cellPlaces[start..<end] { counts[Int(place)] += count } }
        start = end
      }
    } else {
      for (count, place) in zip(cells, placeOfSpelling) { counts[Int(place)] += count }
    }
    return counts
  }
}
