import Listings
import Synchronization

/// The numbers in the addresses of a dataset, by the place where they stand.
///
/// Shape:  an entry for each number of each row; its identity is that of place and number, its digest the place.
/// Cost:   reads the address cells where they are in memory, on all cores; no record is parsed.
struct AddressSurvey: Sendable {
  /// A place that was met.
  struct Place: Sendable {
    let rule: AddressNumberRule
    /// The fingerprint of host and number of parts.
    let shape: UInt64
    /// The fingerprint of the host.
    let host: UInt64
    /// How many rows have a number of five digits or more here. Years, pages and amounts have fewer.
    var longRows = 0

    /// The place whatever the number of parts.
    var atAnyLength: AddressNumberRule { AddressNumberRule(host: rule.host, parts: 0, place: rule.place) }
  }

  private(set) var places: [Place] = []
  var entries: [IdentifiedRow] = []
  /// How many rows have addresses of a shape.
  private var rowsOfShape: [UInt64: Int] = [:]

  /// From so many digits on, a number can be that of a listing.
  fileprivate static let longNumber = 5

  /// Rows with addresses like those of a place.
  func rows(like place: Place) -> Int { rowsOfShape[place.shape] ?? 0 }

  /// The fingerprint of the site and the number of an entry, wherever in the address it stands.
  func number(of entry: IdentifiedRow) -> UInt64 {
    // The identity was made reversibly from both, see `identity`.
    let place = places[Int(entry.digest)]
    return SightingIdentity.mix(entry.identity ^ Self.placeSalt(place.rule), place.host)
  }

  /// What the place adds to the fingerprint of a number.
  static func placeSalt(_ rule: AddressNumberRule) -> UInt64 {
    var words = rule.words
    return words.withUTF8 { Fingerprint.of(UnsafeRawBufferPointer($0)) }
  }

  /// Surveys the rows whose keys are addresses, and those with ids in files whose addresses contain them.
  ///
  /// - Returns: nil when cancelled.
  static func of(_ dataset: Dataset, _ slots: SightingSlots, _ cancellation: Cancellation?) -> AddressSurvey? {
    let merged = Mutex([Int: Part]())
    let bases = dataset.keyBases
    // Where all listings have ids, nothing need be learned from their addresses.
    guard (0..<dataset.rowCount).contains(where: { bases[$0] == KeyBasis.address.rawValue }) else {
      return AddressSurvey()
    }
    let idsAreInAddresses = dataset.sources.map(\.reader.identity.idsAreInAddresses)
    Parallel.parts(dataset.rowCount, minimum: 1 << 13) { number, rows in
      var part = Part()
      var source = dataset.sourceIndex(of: rows.lowerBound)
      for row in rows {
        if row & 4095 == 0, cancellation?.isCancelled == true { return }
        while row >= dataset.sources[source].rows.upperBound { source += 1 }
        let basis = KeyBasis(rawValue: bases[row])
        guard basis == .address || basis == .id && idsAreInAddresses[source], slots.ofRow[row] != SightingSlots.none
        else { continue }
        part.add(dataset.addressBytes(at: row), row)
      }
      let own = part
      merged.withLock { $0[number] = own }
    }
    if cancellation?.isCancelled == true { return nil }
    var survey = AddressSurvey()
    var indices: [AddressNumberRule: UInt32] = [:]
    for (_, part) in merged.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { survey.take(part, &indices) }
    return survey
  }

  /// Takes over what one core found; its places get the numbers of the whole.
  private mutating func take(_ part: Part, _ indices: inout [AddressNumberRule: UInt32]) {
    var numbers: [UInt32] = []
    for place in part.places {
      let index = indices[place.rule] ?? UInt32(places.count)
      if index == places.count { places.append(place) } else { places[Int(index)].longRows += place.longRows }
      indices[place.rule] = index
      numbers.append(index)
    }
    for (shape, rows) in part.rowsOfShape { rowsOfShape[shape, default: 0] += rows }
    entries.reserveCapacity(entries.count + part.entries.count)
    for var entry in part.entries {
      entry.digest = numbers[Int(entry.digest)]
      entries.append(entry)
    }
  }

  /// What one core found.
  private struct Part: Sendable {
    var places: [Place] = []
    var entries: [IdentifiedRow] = []
    var rowsOfShape: [UInt64: Int] = [:]
    private var salts: [UInt64] = []
    private var indices: [UInt64: UInt32] = [:]
    private var host: [UInt8] = []
    private var path = AddressPath()

    /// Takes in the address of a row.
    mutating func add(_ cell: UnsafeRawBufferPointer, _ row: Int) {
      guard let address = AddressParts(cell), address.host.count > 0, address.host.count < 256 else { return }
      takeHost(address.host)
      let site = host.withUnsafeBytes { Fingerprint.of($0) }
      path.split(address.path)
      let shape = Shape(site: site, parts: path.parts.count)
      rowsOfShape[shape.fingerprint, default: 0] += 1
      for index in path.parts.indices where Self.isNumber(address.path[path.parts[index]]) {
        note(address.path, path.parts[index], UInt64(index), shape, row) { .part(index) }
      }
      if let last = path.parts.last, !Self.isNumber(address.path[last]) {
        let (beginning, end) = AddressPath.numbers(in: address.path, last)
        if let end { note(address.path, end, 1 << 20, shape, row) { .end } }
        if let beginning { note(address.path, beginning, 1 << 21, shape, row) { .beginning } }
      }
      addParameters(address.query, shape, row)
    }

    /// The host in lower case without what only says for which screen a page is.
    private mutating func takeHost(_ bytes: UnsafeRawBufferPointer) {
      host.removeAll(keepingCapacity: true)
      for byte in bytes { host.append(byte &- 0x41 < 26 ? byte | 0x20 : byte) }
      for prefix in ["www.", "m.", "mobile."] where host.starts(with: prefix.utf8) && host.count > prefix.utf8.count + 3
      {
        host.removeFirst(prefix.utf8.count)
        return
      }
    }

    /// Whole parameters that are numbers.
    private mutating func addParameters(_ query: UnsafeRawBufferPointer, _ shape: Shape, _ row: Int) {
      var start = 0
      while start < query.count {
        var end = start
        while end < query.count, query[end] != UInt8(ascii: "&") { end += 1 }
        var equals = start
        while equals < end, query[equals] != UInt8(ascii: "=") { equals += 1 }
        if equals > start, equals < end, equals - start < 64, Self.isNumber(query[equals + 1..<end]) {
          let name = UnsafeRawBufferPointer(rebasing: query[start..<equals])
          note(query, equals + 1..<end, Fingerprint.of(name) | 1 << 63, shape, row) {
            .parameter(String(decoding: name, as: UTF8.self))
          }
        }
        start = end + 1
      }
    }

    private static func isNumber(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
      (1...32).contains(bytes.count) && bytes.allSatisfy { $0 &- 0x30 < 10 }
    }

    /// Notes a number in a place; `place` is called the first time only.
    @inline(__always)
    private mutating func note(
      _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ code: UInt64, _ shape: Shape, _ row: Int,
      _ place: () -> AddressNumberRule.Place
    ) {
      let known = shape.fingerprint &+ code &* 0xc2b2_ae3d_27d4_eb4f
      let index = indices[known] ?? add(known, shape, place())
      if range.count >= AddressSurvey.longNumber { places[Int(index)].longRows += 1 }
      let number = Fingerprint.of(UnsafeRawBufferPointer(rebasing: text[range]))
      entries.append(
        IdentifiedRow(identity: number ^ salts[Int(index)], row: UInt32(row), digest: index))
    }

    private mutating func add(_ known: UInt64, _ shape: Shape, _ place: AddressNumberRule.Place) -> UInt32 {
      let rule = AddressNumberRule(host: String(decoding: host, as: UTF8.self), parts: shape.parts, place: place)
      indices[known] = UInt32(places.count)
      places.append(Place(rule: rule, shape: shape.fingerprint, host: shape.site))
      salts.append(AddressSurvey.placeSalt(rule))
      return UInt32(places.count - 1)
    }
  }
}

/// The site of an address and how many parts its path has: addresses of one shape are compared with each other.
private struct Shape {
  /// The fingerprint of the host.
  let site: UInt64
  let parts: Int

  var fingerprint: UInt64 { site ^ UInt64(parts + 1) &* 0x9e37_79b9_7f4a_7c15 }
}

/// The parts of a path, and the digits at both ends of the last one.
private struct AddressPath {
  private(set) var parts: [Range<Int>] = []

  /// Splits at slashes; empty parts do not count.
  ///
  /// Cost:   the array is reused from row to row.
  mutating func split(_ path: UnsafeRawBufferPointer) {
    parts.removeAll(keepingCapacity: true)
    var start = 0
    for index in 0...path.count where index == path.count || path[index] == UInt8(ascii: "/") {
      if index > start { parts.append(start..<index) }
      start = index + 1
    }
  }

  /// The digits at the beginning and at the end of a part, where a mark parts them from its words.
  ///
  /// Shape:  `560221-old-words` and `old-words-560221.html`.
  static func numbers(in path: UnsafeRawBufferPointer, _ part: Range<Int>) -> (beginning: Range<Int>?, end: Range<Int>?)
  {
    var first = part.lowerBound
    while first < part.upperBound, isDigit(path[first]) { first += 1 }
    let isHead = first - part.lowerBound >= AddressSurvey.longNumber && first < part.upperBound && isMark(path[first])
    let beginning = isHead ? part.lowerBound..<first : nil
    var end = part.upperBound
    // An ending such as `.html`, which holds a letter.
    if let dot = path[part].lastIndex(of: UInt8(ascii: ".")), end - dot <= 6,
      path[dot + 1..<end].contains(where: { !isDigit($0) })
    {
      end = dot
    }
    var start = end
    while start > part.lowerBound, isDigit(path[start - 1]) { start -= 1 }
    let isTail = end - start >= AddressSurvey.longNumber && start > first && isMark(path[start - 1])
    return (beginning, isTail ? start..<end : nil)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private static func isMark(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "=")].contains(byte)
  }
}
