/// Writes numbers, texts and tables one after the other, so that a program can use them as they lie in memory.
///
/// Shape:  a mark, the place of the texts, what was put, then every distinct text once. Tables are aligned to 16 bytes.
/// Limits: for the program that wrote it, on the machine that wrote it: numbers are in the order of its bytes.
/// Cost:   O(bytes); a text is stored once, however often it is put.
package struct ArchiveWriter {
  private var bytes: [UInt8] = []
  private var texts = DistinctTexts()

  /// Bytes before what is put: the mark and the place of the texts.
  static let headLength = 16
  /// What every archive begins with.
  static let mark: UInt64 = 0x3152_414C_4E53_4E4C

  /// - Parameter capacity: about how many bytes will be put.
  package init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
    bytes += [UInt8](repeating: 0, count: Self.headLength)
  }

  /// Adds a number.
  package mutating func put(_ number: Int) { append(Int64(number)) }

  /// Adds a text.
  package mutating func put(_ text: String) { append(number(of: text)) }

  /// Adds several things with their count.
  package mutating func put<Element>(
    _ list: some Collection<Element>, _ put: (inout ArchiveWriter, Element) -> Void
  ) {
    self.put(list.count)
    for element in list { put(&self, element) }
  }

  /// Adds several texts.
  package mutating func put(_ texts: some Collection<String>) {
    put(texts.count)
    for text in texts { append(UInt32(number(of: text))) }
    bytes.append(contentsOf: repeatElement(0, count: -bytes.count & 7))
  }

  /// Adds a table that is used as it lies.
  package mutating func put<Element: BitwiseCopyable>(table: UnsafeBufferPointer<Element>) {
    put(table.count)
    put(MemoryLayout<Element>.stride)
    bytes.append(contentsOf: repeatElement(0, count: -bytes.count & 15))
    bytes.append(contentsOf: UnsafeRawBufferPointer(table))
    bytes.append(contentsOf: repeatElement(0, count: -bytes.count & 7))
  }

  /// Adds a table that is used as it lies.
  package mutating func put<Element: BitwiseCopyable>(table: [Element]) {
    table.withUnsafeBufferPointer { put(table: $0) }
  }

  /// The whole archive.
  package consuming func finished() -> [UInt8] {
    let place = bytes.count
    append(UInt64(texts.count))
    bytes += texts.bytes
    withUnsafeBytes(of: Self.mark) { bytes.replaceSubrange(0..<8, with: $0) }
    withUnsafeBytes(of: UInt64(place)) { bytes.replaceSubrange(8..<16, with: $0) }
    return bytes
  }

  private mutating func number(of text: String) -> Int64 {
    var text = text
    return Int64(text.withUTF8 { texts.number(of: UnsafeRawBufferPointer($0)) })
  }

  private mutating func append(_ value: some BitwiseCopyable) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }
}

/// Texts, each once, told apart by their bytes: Swift takes texts for equal that are only equivalent.
///
/// Shape:  an open-addressed table of numbers; the texts lie one after the other, each with its length before it.
private struct DistinctTexts {
  /// The length of each text in four bytes, then its UTF-8.
  private(set) var bytes: [UInt8] = []
  /// Where the length of each text is in `bytes`, and the hash of the text.
  private var places: [(place: UInt32, hash: UInt32)] = []
  /// By the lower bits of a hash, the number of a text, plus 1; 0 for none.
  private var slots = [UInt32](repeating: 0, count: 1 << 12)

  var count: Int { places.count }

  /// The number of a text, a new one if it was not known.
  mutating func number(of text: UnsafeRawBufferPointer) -> Int {
    let hash = Self.hash(text)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if places[number].hash == hash, holds(text, at: Int(places[number].place)) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    places.append((UInt32(bytes.count), hash))
    slots[slot] = UInt32(places.count)
    withUnsafeBytes(of: UInt32(text.count)) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: text)
    if places.count * 2 > slots.count { grow() }
    return places.count - 1
  }

  private func holds(_ text: UnsafeRawBufferPointer, at place: Int) -> Bool {
    bytes.withUnsafeBytes { bytes in
      guard Int(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)) == text.count else { return false }
      return UnsafeRawBufferPointer(rebasing: bytes[place + 4..<place + 4 + text.count]).elementsEqual(text)
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (number, text) in places.enumerated() {
      var slot = Int(text.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  /// FNV-1a, mixed: texts of lexicons are short.
  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}

/// Why an archive cannot be used.
package enum ArchiveError: Error {
  /// It ends too early, or holds something else than is asked for.
  case damaged
}

/// Reads what an `ArchiveWriter` wrote, in the same order.
///
/// Limits: every number is checked against the length of the archive. What tables hold is not: only archives whose digest
///         is that of what was written may be read.
/// Fails:  each call throws `ArchiveError.damaged` where the archive does not hold what is asked for.
package struct ArchiveReader {
  private let bytes: UnsafeRawBufferPointer
  /// Keeps the bytes alive.
  package let owner: AnyObject
  private let texts: [String]
  private var place = ArchiveWriter.headLength
  /// Where the texts begin.
  private let end: Int

  /// Reads the texts of an archive.
  ///
  /// - Parameters:
  ///   - bytes: aligned to 16 bytes.
  ///   - owner: what the bytes live as long as.
  /// Cost:   O(texts).
  package init(_ bytes: UnsafeRawBufferPointer, owner: AnyObject) throws(ArchiveError) {
    guard bytes.count >= ArchiveWriter.headLength, bytes.load(as: UInt64.self) == ArchiveWriter.mark,
      let end = Int(exactly: bytes.load(fromByteOffset: 8, as: UInt64.self)), end >= ArchiveWriter.headLength,
      end <= bytes.count - 8
    else { throw .damaged }
    self.bytes = bytes
    self.owner = owner
    self.end = end
    guard let count = Int(exactly: bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self)), count <= bytes.count
    else { throw .damaged }
    var texts: [String] = []
    texts.reserveCapacity(count)
    var place = end + 8
    for _ in 0..<count {
      guard place + 4 <= bytes.count else { throw .damaged }
      let length = Int(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
      place += 4
      guard place + length <= bytes.count else { throw .damaged }
      texts.append(String(decoding: bytes[place..<place + length], as: UTF8.self))
      place += length
    }
    self.texts = texts
  }

  /// The next number.
  package mutating func number() throws(ArchiveError) -> Int {
    guard place + 8 <= end else { throw .damaged }
    defer { place += 8 }
    return Int(bytes.load(fromByteOffset: place, as: Int64.self))
  }

  /// The next text.
  package mutating func text() throws(ArchiveError) -> String {
    let number = try number()
    guard texts.indices.contains(number) else { throw .damaged }
    return texts[number]
  }

  /// The next list.
  package mutating func list<Element>(
    _ element: (inout ArchiveReader) throws(ArchiveError) -> Element
  ) throws(ArchiveError) -> [Element] {
    let count = try number()
    // No element takes less than a number.
    guard count >= 0, count <= (end - place) / 8 else { throw .damaged }
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try element(&self)) }
    return list
  }

  /// The next texts.
  package mutating func textList() throws(ArchiveError) -> [String] {
    let count = try number()
    guard count >= 0, count <= (end - place) / 4 else { throw .damaged }
    var list: [String] = []
    list.reserveCapacity(count)
    for index in 0..<count {
      let number = Int(bytes.load(fromByteOffset: place + 4 * index, as: UInt32.self))
      guard number < texts.count else { throw .damaged }
      list.append(texts[number])
    }
    place += 4 * count
    place += -place & 7
    return list
  }

  /// The next table, as it lies; valid as long as `owner`.
  package mutating func table<Element: BitwiseCopyable>(
    of type: Element.Type
  ) throws(ArchiveError) -> UnsafeBufferPointer<Element> {
    let (count, stride) = (try number(), try number())
    let start = place + (-place & 15)
    guard stride == MemoryLayout<Element>.stride, count >= 0, start <= end, count <= (end - start) / stride
    else { throw .damaged }
    place = start + count * stride
    place += -place & 7
    let base = bytes.baseAddress.map { $0 + start }?.assumingMemoryBound(to: type)
    return UnsafeBufferPointer(start: base, count: count)
  }
}
