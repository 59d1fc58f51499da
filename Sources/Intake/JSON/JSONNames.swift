import Listings

/// The names met in the objects of a file, and what each is taken for; one per worker.
///
/// Cost: objects of one scraper name their values in the same order, so a name is mostly found by one comparison.
struct JSONNames {
  struct Name {
    let bytes: [UInt8]
    let column: ColumnMapping.Column
    /// The cell it fills, -1 for none.
    let slot: Int
  }

  private(set) var names: [Name] = []
  private var byFingerprint: [UInt64: Int] = [:]
  /// The name that followed each name in the object before.
  private var following: [Int] = [0]
  private var last = -1
  private let mapping: ColumnMapping

  init(mapping: ColumnMapping) { self.mapping = mapping }

  mutating func beginObject() { last = -1 }

  /// The number of a name, and whether it was never met before.
  mutating func number(of path: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool) {
    let expected = following[last + 1]
    if expected < names.count, names[expected].bytes.withUnsafeBytes({ equal($0, path) }) {
      last = expected
      return (expected, false)
    }
    return search(path)
  }

  private mutating func search(_ path: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool) {
    var fingerprint = Fingerprint.of(path)
    while let known = byFingerprint[fingerprint] {
      if names[known].bytes.withUnsafeBytes({ equal($0, path) }) { return (follow(known), false) }
      fingerprint &+= 1
    }
    let column = mapping.claim(of: String(decoding: path, as: UTF8.self))
    names.append(Name(bytes: Array(path), column: column, slot: column.field.flatMap { RowAssembly.slots[$0] } ?? -1))
    following.append(0)
    byFingerprint[fingerprint] = names.count - 1
    return (follow(names.count - 1), true)
  }

  private mutating func follow(_ number: Int) -> Int {
    following[last + 1] = number
    last = number
    return number
  }
}
