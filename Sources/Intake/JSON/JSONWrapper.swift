import Listings

/// A whole file that is one object with the listings in one of its arrays: `{"total": 2, "listings": [{…}, {…}]}`.
///
/// Shape:  the array may lie up to three objects deep. An object that tells more of a listing itself than the objects in its
///         array do is a listing, and its array something of it: pictures, categories.
/// Cost:   one pass over the file if it is such an object; otherwise up to the end of its first object.
struct JSONWrapper {
  /// `data.listings`
  let name: String
  /// What lies between the brackets.
  let content: Range<Int>
  /// The dotted names of the values around the array.
  let others: [String]

  private static let deepest = 3

  init?(_ bytes: UnsafeRawBufferPointer, from start: Int, mapping: ColumnMapping) {
    var walk = Walk(bytes: bytes, position: start)
    let isWhole = walk.object([])
    guard walk.arrays.count == 1, let array = walk.arrays.first, isWhole || walk.position == bytes.count else { return nil }
    walk.skipBlanks()
    guard walk.position == bytes.count else { return nil }
    let inner = Self.known(Self.names(in: bytes, array.content), mapping)
    guard inner.count > Self.known(walk.names, mapping).count else { return nil }
    name = array.name
    content = array.content
    others = walk.names
  }

  private static func known(_ names: [String], _ mapping: ColumnMapping) -> Set<Field> {
    Set(names.compactMap { mapping.claim(of: $0).field })
  }

  private static func names(in bytes: UnsafeRawBufferPointer, _ content: Range<Int>) -> [String] {
    guard case .object(let first) = JSONObjects.next(in: bytes, from: content.lowerBound) else { return [] }
    var sink = JSONCells()
    var text = JSONText(UnsafeRawBufferPointer(rebasing: bytes[first]), readable: 0)
    _ = text.read(into: &sink)
    return sink.names
  }

  /// Walks over the members of the first object.
  private struct Walk {
    let bytes: UnsafeRawBufferPointer
    var position: Int
    var names: [String] = []
    var arrays: [(name: String, content: Range<Int>)] = []

    init(bytes: UnsafeRawBufferPointer, position: Int) {
      self.bytes = bytes
      self.position = position
    }

    private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

    mutating func skipBlanks() {
      while position < bytes.count, bytes[position] <= .blank { position += 1 }
    }

    /// Whether the object is whole.
    mutating func object(_ path: [String]) -> Bool {
      position += 1
      while true {
        skipBlanks()
        if peek == UInt8(ascii: "}") {
          position += 1
          return true
        }
        let start = position + 1
        guard peek == .quote, skipString() else { return false }
        let name = path + [String(decoding: bytes[start..<position - 1], as: UTF8.self)]
        skipBlanks()
        guard peek == UInt8(ascii: ":") else { return false }
        position += 1
        guard member(name) else { return false }
        skipBlanks()
        if peek == .comma { position += 1 } else if peek != UInt8(ascii: "}") { return false }
      }
    }

    private mutating func member(_ name: [String]) -> Bool {
      skipBlanks()
      if peek == UInt8(ascii: "{"), name.count < JSONWrapper.deepest { return object(name) }
      let start = position
      let isArray = peek == UInt8(ascii: "[") && startsWithObject(position + 1)
      if !isArray { names.append(name.joined(separator: ".")) }
      let isWhole = skipValue()
      // A download that broke off has listings all the same.
      if isArray {
        arrays.append((name.joined(separator: "."), start + 1..<(isWhole ? position - 1 : bytes.count)))
      }
      return isWhole
    }

    private func startsWithObject(_ start: Int) -> Bool {
      var next = start
      while next < bytes.count, bytes[next] <= .blank { next += 1 }
      return next < bytes.count && bytes[next] == UInt8(ascii: "{")
    }

    private mutating func skipValue() -> Bool {
      var depth = 0
      while position < bytes.count {
        switch bytes[position] {
        case .quote:
          guard skipString() else { return false }
          if depth == 0 { return true }
          continue
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          if depth == 0 { return true }
          depth -= 1
          if depth == 0 {
            position += 1
            return true
          }
        case .comma where depth == 0: return true
        default: break
        }
        position += 1
      }
      return false
    }

    /// A string without line breaks; `position` is after it.
    private mutating func skipString() -> Bool {
      position += 1
      while position < bytes.count {
        switch bytes[position] {
        case .quote:
          position += 1
          return true
        case .backslash: position += 2
        case .lineFeed: return false
        default: position += 1
        }
      }
      position = bytes.count
      return false
    }
  }
}
