import Listings
import Taxa

/// The taxa of every row of a dataset, as a code per row, so that filters and facets by taxon are as fast as those of a
/// coded field.
///
/// Shape:  `sets[codes[row]]` are the row's taxa: those named in its species cell (the genus, for a species that the table
///         lacks) and those of the evidence that counts in it. Rows that are not flagged yet have those of their cell.
/// Cost:   4 bytes a row. A name is resolved once, and a set built once, however many rows share it. An update for more
///         rows or flags keeps what was resolved.
package struct RowTaxa: Sendable {
  package let table: TaxonTable
  /// Every set that a row has, or had while fewer rows were flagged.
  package private(set) var sets: [TaxonSet] = []
  /// Per row an index into `sets`.
  package private(set) var codes = BlockColumn<UInt32>()
  /// The numbers of known sets.
  private var numbers: [TaxonSet: UInt32] = [:]
  /// The meaning of each species name of the dataset.
  private var names: TaxonResolution
  /// Per code of the species cell, the set of its names.
  private var cells: [UInt32] = []
  private var steps = SetSteps()
  /// What the codes belong to.
  private var known: (dataset: Dataset, flags: RowFlags)?

  /// Nothing resolved yet.
  package init(in table: TaxonTable) {
    self.table = table
    names = .of(names: [], in: table)
  }

  /// Whether the codes are those of these rows and flags.
  package func isCurrent(for dataset: Dataset, _ flags: RowFlags) -> Bool {
    known.map { $0.dataset === dataset && $0.flags.isSameSnapshot(as: flags) } ?? false
  }

  /// Whether the names and steps resolved so far are valid for these rows and flags too.
  package func isBeginning(of dataset: Dataset, _ flags: RowFlags) -> Bool {
    known.map { dataset.continues($0.dataset) && flags.lexicons === $0.flags.lexicons } ?? true
  }

  /// Updates the codes for these rows and flags. When cancelled, it returns false and the codes stay as they were.
  package mutating func turn(to dataset: Dataset, _ flags: RowFlags, _ cancellation: Cancellation? = nil) -> Bool {
    guard !isCurrent(for: dataset, flags) else { return true }
    if !isBeginning(of: dataset, flags) { self = RowTaxa(in: table) }
    takeCells(of: dataset)
    steps.learn(flags.lexicons, in: table)
    guard let codes = readCodes(of: dataset, flags, cancellation) else { return false }
    self.codes = codes
    known = (dataset, flags)
    return true
  }

  // MARK: Cells

  /// Resolves the species cells that came since the last call, and cells whose names are now resolved otherwise.
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

  /// The number of the set that a species cell names.
  private mutating func number(ofCell members: [UInt32]) -> UInt32 {
    let set = TaxonSet(hasSpeciesName: members != [0])
    return number(of: members.reduce(set) { $0.adding(names.matches[Int($1)], in: table) })
  }

  /// The number of a set, which is added if it is new.
  private mutating func number(of set: TaxonSet) -> UInt32 {
    if let number = numbers[set] { return number }
    let number = UInt32(sets.count)
    numbers[set] = number
    sets.append(set)
    return number
  }

  // MARK: Rows

  /// Rows per step, between which cancellation is checked.
  private static let step = blockSize

  /// Computes the codes of all rows; nil when cancelled.
  private mutating func readCodes(
    of dataset: Dataset, _ flags: RowFlags, _ cancellation: Cancellation?
  ) -> BlockColumn<UInt32>? {
    let column = BlockColumn<UInt32>()
    let cellCodes = dataset.codes(of: .species)
    for start in stride(from: 0, to: dataset.rowCount, by: Self.step) {
      if cancellation?.isCancelled == true { return nil }
      let rows = start..<min(dataset.rowCount, start + Self.step)
      var codes = rows.map { cells[Int(cellCodes[$0])] }
      for row in rows where flags.flagged.contains(row) {
        for index in flags.termRange(of: row) {
          let term = flags.columns.terms[index]
          if steps.hasTaxon(term) { codes[row - start] = next(codes[row - start], term) }
        }
      }
      codes.withUnsafeBufferPointer { column.append($0) }
    }
    return column
  }

  /// The set after adding a term's taxon to a set.
  private mutating func next(_ set: UInt32, _ term: UInt16) -> UInt32 {
    if let known = steps.known(from: set, by: term) { return known }
    let number = number(of: sets[Int(set)].adding(steps.taxon(of: term), in: table))
    steps.keep(number, from: set, by: term)
    return number
  }
}

/// Caches which set results from a set and a term: a million rows take only a few thousand different steps.
private struct SetSteps: Sendable {
  private var lexicons: CompiledLexicons?
  /// By term of the current lexicons.
  private var taxa: [TaxonID?] = []
  private var steps: [UInt64: UInt32] = [:]
  /// A direct-mapped cache of the last steps, in front of the dictionary.
  private var recent = [(key: UInt64, set: UInt32)](repeating: (.max, 0), count: 1 << 12)

  /// Resolves the taxa of the terms of evidence.
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

  /// Whether the term is evidence and names a known taxon.
  func hasTaxon(_ term: UInt16) -> Bool { taxa[Int(term)] != nil }

  /// The taxon of a term that has one.
  func taxon(of term: UInt16) -> TaxonID {
    guard let taxon = taxa[Int(term)] else { preconditionFailure("term \(term) names no taxon") }
    return taxon
  }

  /// The set after a step that was taken before; nil for a new step.
  mutating func known(from set: UInt32, by term: UInt16) -> UInt32? {
    let (key, slot) = Self.slot(set, term)
    if recent[slot].key == key { return recent[slot].set }
    guard let next = steps[key] else { return nil }
    recent[slot] = (key, next)
    return next
  }

  /// Remembers a step.
  mutating func keep(_ next: UInt32, from set: UInt32, by term: UInt16) {
    let (key, slot) = Self.slot(set, term)
    steps[key] = next
    recent[slot] = (key, next)
  }

  /// The key of a step in the dictionary, and its slot in the cache.
  private static func slot(_ set: UInt32, _ term: UInt16) -> (key: UInt64, slot: Int) {
    let key = UInt64(set) << 16 | UInt64(term)
    // Fibonacci hashing: the upper bits of a product with 2^64 / golden ratio.
    return (key, Int((key &* 0x9E37_79B9_7F4A_7C15) >> 52))
  }
}
