import Listings
import Taxa

/// What every row of a dataset is about, as a code per row, so that filters and facets by taxon are as fast as those of
/// a counted field.
///
/// Shape:  `sets[codes[row]]` are the row's taxa: those of the names in its species cell (of a species that the table
///         lacks, its genus) and those of the terms that count in it and speak for wildlife. Rows that are not flagged
///         yet have those of their cell.
/// Cost:   4 bytes a row; a name is understood once, and a set is made once, however many rows have it. Made anew when
///         there are more rows or more flags, it keeps what it has understood.
package struct RowTaxa: Sendable {
  package let table: TaxonTable
  /// Every set that a row has, or had while fewer rows were flagged.
  package private(set) var sets: [TaxonSet] = []
  package private(set) var codes = BlockColumn<UInt32>()
  private var numbers: [TaxonSet: UInt32] = [:]
  /// What each species name of the dataset means.
  private var names: TaxonResolution
  /// By code of the species cell, the set of its names.
  private var cells: [UInt32] = []
  private var steps = SetSteps()
  private var known: (dataset: Dataset, flags: RowFlags)?

  package init(in table: TaxonTable) {
    self.table = table
    names = .of(names: [], in: table)
  }

  /// Whether the codes are those of this look at the rows and their flags.
  package func isLook(at dataset: Dataset, _ flags: RowFlags) -> Bool {
    known.map { $0.dataset === dataset && $0.flags.isSameLook(as: flags) } ?? false
  }

  /// Whether what was understood so far belongs to these rows and lexicons too.
  package func isBeginning(of dataset: Dataset, _ flags: RowFlags) -> Bool {
    known.map { dataset.continues($0.dataset) && flags.lexicons === $0.flags.lexicons } ?? true
  }

  /// Turns to a look at the rows; false, and nothing changed for who asks, when cancelled.
  package mutating func turn(to dataset: Dataset, _ flags: RowFlags, _ cancellation: Cancellation? = nil) -> Bool {
    guard !isLook(at: dataset, flags) else { return true }
    if !isBeginning(of: dataset, flags) { self = RowTaxa(in: table) }
    takeCells(of: dataset)
    steps.learn(flags.lexicons, in: table)
    guard let codes = readCodes(of: dataset, flags, cancellation) else { return false }
    self.codes = codes
    known = (dataset, flags)
    return true
  }

  // MARK: Cells

  private mutating func takeCells(of dataset: Dataset) {
    let lists = dataset.speciesLists
    let changed = Set(names.extend(over: lists.names).map { UInt32($0) })
    if !changed.isEmpty {
      for cell in cells.indices where lists.members[cell].contains(where: changed.contains) {
        cells[cell] = number(ofCell: lists.members[cell])
      }
    }
    for members in lists.members.dropFirst(cells.count) { cells.append(number(ofCell: members)) }
  }

  private mutating func number(ofCell members: [UInt32]) -> UInt32 {
    let set = TaxonSet(hasSpeciesName: members != [0])
    return number(of: members.reduce(set) { $0.adding(names.matches[Int($1)], in: table) })
  }

  private mutating func number(of set: TaxonSet) -> UInt32 {
    if let number = numbers[set] { return number }
    let number = UInt32(sets.count)
    numbers[set] = number
    sets.append(set)
    return number
  }

  // MARK: Rows

  private static let step = blockSize

  private mutating func readCodes(
    of dataset: Dataset, _ flags: RowFlags, _ cancellation: Cancellation?
  ) -> BlockColumn<UInt32>? {
    let column = BlockColumn<UInt32>()
    let cellCodes = dataset.codes(of: .species)
    for start in stride(from: 0, to: dataset.rowCount, by: Self.step) {
      if cancellation?.isCancelled == true { return nil }
      let rows = start..<min(dataset.rowCount, start + Self.step)
      var codes = rows.map { cells[Int(cellCodes[$0])] }
      for row in start..<max(start, min(rows.upperBound, flags.rowCount)) {
        for place in flags.places(of: row) {
          let term = flags.columns.terms[place]
          if steps.hasTaxon(term) { codes[row - start] = next(codes[row - start], term) }
        }
      }
      codes.withUnsafeBufferPointer { column.append($0) }
    }
    return column
  }

  /// The set behind a set and a term that names a taxon.
  private mutating func next(_ set: UInt32, _ term: UInt16) -> UInt32 {
    if let known = steps.known(from: set, by: term) { return known }
    let number = number(of: sets[Int(set)].adding(steps.taxon(of: term), in: table))
    steps.keep(number, from: set, by: term)
    return number
  }
}

/// Which set a set becomes by each term: a million rows take a few thousand different steps.
private struct SetSteps: Sendable {
  private var lexicons: CompiledLexicons?
  private var taxa: [TaxonID?] = []
  private var steps: [UInt64: UInt32] = [:]
  /// The last steps taken, by a hash of set and term: found without going through a dictionary.
  private var recent = [(key: UInt64, set: UInt32)](repeating: (.max, 0), count: 1 << 12)

  /// The taxa of terms that speak for wildlife, by the names in these lexicons.
  mutating func learn(_ lexicons: CompiledLexicons, in table: TaxonTable) {
    guard self.lexicons !== lexicons else { return }
    self.lexicons = lexicons
    var known: [String: TaxonID?] = [:]
    taxa = lexicons.terms.map { term in
      guard term.kind.isEvidence, !term.taxon.isEmpty else { return nil }
      if let taxon = known[term.taxon] { return taxon }
      let taxon = table.match(term.taxon).nearest
      known[term.taxon] = taxon
      return taxon
    }
  }

  func hasTaxon(_ term: UInt16) -> Bool { taxa[Int(term)] != nil }

  func taxon(of term: UInt16) -> TaxonID {
    guard let taxon = taxa[Int(term)] else { preconditionFailure("term \(term) names no taxon") }
    return taxon
  }

  mutating func known(from set: UInt32, by term: UInt16) -> UInt32? {
    let (key, slot) = Self.place(set, term)
    if recent[slot].key == key { return recent[slot].set }
    guard let next = steps[key] else { return nil }
    recent[slot] = (key, next)
    return next
  }

  mutating func keep(_ next: UInt32, from set: UInt32, by term: UInt16) {
    let (key, slot) = Self.place(set, term)
    steps[key] = next
    recent[slot] = (key, next)
  }

  private static func place(_ set: UInt32, _ term: UInt16) -> (key: UInt64, slot: Int) {
    let key = UInt64(set) << 16 | UInt64(term)
    // Fibonacci hashing: the upper bits of a product with 2^64 / golden ratio.
    return (key, Int((key &* 0x9E37_79B9_7F4A_7C15) >> 52))
  }
}
