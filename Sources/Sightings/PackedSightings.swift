import Listings

/// The form in which sightings are kept: the same sightings always give the same bytes.
///
/// Shape:  a mark with a version; the names of platforms and currencies, the compared columns and the rules for addresses;
///         then one column after another: identities, keys (only where one differs), cells, amounts, currencies,
///         platforms. Whole numbers are little-endian; texts have their length before them.
/// Cost:   49 or 57 bytes a listing, and a copy each way.
/// Limits: 65,535 platforms and 255 currencies in a file; further ones count as the last and as none.
package enum PackedSightings {
  private static let mark = Array("LNSIGHT1".utf8)

  /// The bytes of sightings.
  package static func bytes(of columns: SightingColumns) -> [UInt8] {
    var out = mark
    append(columns.identities.count, 4, to: &out)
    out.append(columns.compared.rawValue)
    let hasKeys = columns.keys != columns.identities
    let isWide = columns.platforms.count > 256
    out.append((hasKeys ? 1 : 0) | (isWide ? 2 : 0))
    append(columns.platforms, to: &out)
    append(columns.currencyCodes, to: &out)
    append(columns.rules.count, 2, to: &out)
    for rule in columns.rules { append(rule, to: &out) }
    append(columns.identities, to: &out)
    if hasKeys { append(columns.keys, to: &out) }
    append(columns.cells, to: &out)
    append(columns.amounts, to: &out)
    out += columns.currencies
    if isWide { append(columns.platformNumbers, to: &out) } else { out += columns.platformNumbers.map { UInt8($0) } }
    return out
  }

  /// The sightings of bytes; nil where these are no such form.
  package static func columns(of bytes: [UInt8]) -> SightingColumns? {
    bytes.withUnsafeBytes { bytes in
      var reading = Reading(bytes: bytes)
      guard reading.take(mark.count).map({ $0.elementsEqual(mark) }) == true, let count = reading.number(4),
        let compared = reading.number(1), let flags = reading.number(1), let platforms = reading.texts(),
        let codes = reading.texts(), let rules = reading.rules()
      else { return nil }
      var columns = SightingColumns()
      (columns.platforms, columns.currencyCodes, columns.rules) = (platforms, codes, rules)
      columns.compared = ChangedCells(rawValue: UInt8(compared))
      guard let identities = reading.column(UInt64.self, count),
        let keys = flags & 1 != 0 ? reading.column(UInt64.self, count) : identities,
        let cells = reading.column(CellFingerprints.self, count), let amounts = reading.column(Int64.self, count),
        let currencies = reading.column(UInt8.self, count),
        let numbers = flags & 2 != 0
          ? reading.column(UInt16.self, count) : reading.column(UInt8.self, count).map({ $0.map { UInt16($0) } }),
        reading.isAtEnd
      else { return nil }
      (columns.identities, columns.keys, columns.cells) = (identities, keys, cells)
      (columns.amounts, columns.currencies, columns.platformNumbers) = (amounts, currencies, numbers)
      return columns.isSound ? columns : nil
    }
  }

  // MARK: Writing

  private static func append(_ number: Int, _ bytes: Int, to out: inout [UInt8]) {
    for place in 0..<bytes { out.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
  }

  private static func append(_ texts: [String], to out: inout [UInt8]) {
    append(texts.count, 4, to: &out)
    for text in texts { append(text, to: &out) }
  }

  private static func append(_ text: String, to out: inout [UInt8]) {
    append(text.utf8.count, 4, to: &out)
    out += text.utf8
  }

  private static func append(_ rule: AddressNumberRule, to out: inout [UInt8]) {
    append(rule.host, to: &out)
    append(rule.parts, 2, to: &out)
    let (kind, index, name): (UInt8, Int, String) =
      switch rule.place {
      case .part(let index): (0, index, "")
      case .parameter(let name): (1, 0, name)
      case .end: (2, 0, "")
      case .beginning: (3, 0, "")
      }
    out.append(kind)
    append(index, 2, to: &out)
    append(name, to: &out)
  }

  /// Appends a column; the machines that Linsang runs on are all little-endian.
  private static func append<Value: BitwiseCopyable>(_ values: [Value], to out: inout [UInt8]) {
    values.withUnsafeBytes { out.append(contentsOf: $0) }
  }

  // MARK: Reading

  /// Reads one part after another, and nothing beyond the end.
  private struct Reading {
    let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
      guard count >= 0, count <= bytes.count - position else { return nil }
      defer { position += count }
      return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    mutating func number(_ count: Int) -> Int? {
      take(count).map { part in part.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }

    mutating func text() -> String? {
      number(4).flatMap { take($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    mutating func texts() -> [String]? {
      guard let count = number(4), count <= bytes.count else { return nil }
      var texts: [String] = []
      for _ in 0..<count {
        guard let text = text() else { return nil }
        texts.append(text)
      }
      return texts
    }

    mutating func rules() -> [AddressNumberRule]? {
      guard let count = number(2) else { return nil }
      var rules: [AddressNumberRule] = []
      for _ in 0..<count {
        guard let host = text(), let parts = number(2), let kind = number(1), let index = number(2), let name = text(),
          let place = [AddressNumberRule.Place.part(index), .parameter(name), .end, .beginning].dropFirst(kind).first
        else { return nil }
        rules.append(AddressNumberRule(host: host, parts: parts, place: place))
      }
      return rules
    }

    mutating func column<Value: BitwiseCopyable>(_ type: Value.Type, _ count: Int) -> [Value]? {
      let (size, isTooLarge) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
      guard !isTooLarge, let part = take(size) else { return nil }
      return [Value](unsafeUninitializedCapacity: count) { out, written in
        UnsafeMutableRawBufferPointer(out).copyMemory(from: part)
        written = count
      }
    }
  }
}

extension SightingColumns {
  /// Whether identities ascend and all numbers lead somewhere.
  fileprivate var isSound: Bool {
    for index in identities.indices.dropFirst() where identities[index] <= identities[index - 1] { return false }
    if identities.last == .max { return false }
    return platformNumbers.allSatisfy { $0 < platforms.count } && currencies.allSatisfy { $0 <= currencyCodes.count }
  }
}
