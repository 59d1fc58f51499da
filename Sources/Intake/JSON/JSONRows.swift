import Listings

/// Puts the values of objects into rows.
///
/// Shape:  of the names that claim a field in one object, the one with the best rank that has a value wins; values of one
///         name are joined with `; `.
struct JSONRows: JSONSink {
  private let assembly: RowAssembly
  private let file: JSONFile
  private var names: JSONNames
  /// Per cell: the name that fills it, and its rank.
  private var winners: [(name: Int, rank: Int)]
  private var joined: [[UInt8]]
  private var scratch: [UInt8] = []
  private static let nobody = (name: -1, rank: Int.max)
  private static let id = RowAssembly.slots[.listingID]!
  private static let url = RowAssembly.slots[.url]!

  init(assembly: RowAssembly, file: JSONFile) {
    self.assembly = assembly
    self.file = file
    names = JSONNames(mapping: file.mapping)
    winners = Array(repeating: Self.nobody, count: RowAssembly.slotCount)
    joined = Array(repeating: [], count: RowAssembly.slotCount)
  }

  mutating func begin() {
    names.beginObject()
    for slot in winners.indices { winners[slot] = Self.nobody }
    assembly.columnCurrency = 0
  }

  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    let (number, isNew) = names.number(of: path)
    if isNew { file.meet(String(decoding: path, as: UTF8.self)) }
    let slot = names.names[number].slot
    guard slot >= 0, text.count > 0, kind != .null else { return }
    let rank = names.names[number].column.rank
    let winner = winners[slot]
    if winner.name == number {
      join(slot, text, kind)
    } else if rank < winner.rank {
      winners[slot] = (number, rank)
      joined[slot].removeAll(keepingCapacity: true)
      assembly.set(slot, kept(text, kind), isNumber: kind == .number)
    }
  }

  private mutating func kept(_ text: UnsafeRawBufferPointer, _ kind: JSONKind) -> UnsafeRawBufferPointer {
    guard kind == .escapedString else { return text }
    scratch.removeAll(keepingCapacity: true)
    JSONEscapes.decode(text, into: &scratch)
    return assembly.store(scratch)
  }

  private mutating func join(_ slot: Int, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    if joined[slot].isEmpty { joined[slot] += assembly.bytes(slot) }
    joined[slot] += "; ".utf8
    if kind == .escapedString { JSONEscapes.decode(text, into: &joined[slot]) } else { joined[slot] += text }
  }

  /// Makes a row of the object.
  mutating func finish(record: UnsafeRawBufferPointer) {
    for slot in winners.indices where winners[slot].name >= 0 && !joined[slot].isEmpty {
      assembly.set(slot, assembly.store(joined[slot]))
      joined[slot].removeAll(keepingCapacity: true)
    }
    if winners[Self.id].rank >= 3, winners[Self.id].name >= 0, winners[Self.url].name >= 0 {
      assembly.set(Self.id, UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let price = winners[JSONRows.price].name
    if price >= 0 { assembly.columnCurrency = names.names[price].column.currency }
    assembly.finishRow(record: record)
  }

  mutating func discard() {
    for slot in joined.indices { joined[slot].removeAll(keepingCapacity: true) }
    assembly.discardRow()
  }

  private static let price = RowAssembly.slots[.price]!
}
