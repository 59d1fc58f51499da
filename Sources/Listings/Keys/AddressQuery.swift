/// The parameters behind `?` in a web address.
enum AddressQuery {
  /// The value of the first parameter with a name; escapes in it stay.
  static func value(of name: UnsafeRawBufferPointer, in query: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var index = 0
    while index < query.count {
      let (start, end) = (nameStart(query, index), parameterEnd(query, index))
      let nameEnd = start + name.count
      if nameEnd < end, query[nameEnd] == UInt8(ascii: "="),
        equal(UnsafeRawBufferPointer(rebasing: query[start..<nameEnd]), name)
      {
        return UnsafeRawBufferPointer(rebasing: query[(nameEnd + 1)..<end])
      }
      index = end + 1
    }
    return nil
  }

  /// Parameters beyond this number stay in the order in which they stand.
  private static let mostSorted = 32

  /// The parameters in the order of their bytes, without what says how a visitor came.
  static func append(
    _ query: UnsafeRawBufferPointer, leavingOut isTracking: (UnsafeRawBufferPointer) -> Bool, to out: inout [UInt8]
  ) {
    withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: mostSorted) { kept in
      var count = 0
      var separator = UInt8(ascii: "?")
      func append(_ parameter: Range<Int>) {
        out.append(separator)
        separator = UInt8(ascii: "&")
        AddressBytes.appendEscaped(UnsafeRawBufferPointer(rebasing: query[parameter]), to: &out)
      }
      var index = 0
      while index < query.count {
        let (start, end) = (nameStart(query, index), parameterEnd(query, index))
        index = end + 1
        guard end > start, !isTracking(UnsafeRawBufferPointer(rebasing: query[start..<end])) else { continue }
        if count == mostSorted {
          for parameter in kept { append(parameter) }
          (count, separator) = (mostSorted + 1, UInt8(ascii: "&"))
        }
        if count > mostSorted { append(start..<end) } else { count = insert(start..<end, count, kept, query) }
      }
      if count <= mostSorted { for place in 0..<count { append(kept[place]) } }
    }
  }

  /// Puts a parameter in its place among those that are sorted already.
  private static func insert(
    _ parameter: Range<Int>, _ count: Int, _ kept: UnsafeMutableBufferPointer<Range<Int>>,
    _ query: UnsafeRawBufferPointer
  ) -> Int {
    var place = count
    while place > 0, query[parameter].lexicographicallyPrecedes(query[kept[place - 1]]) {
      kept.initializeElement(at: place, to: kept[place - 1])
      place -= 1
    }
    kept.initializeElement(at: place, to: parameter)
    return count + 1
  }

  /// Where a parameter's name begins: `&amp;` that was copied from a page stands for `&`.
  private static func nameStart(_ query: UnsafeRawBufferPointer, _ index: Int) -> Int {
    let isReference =
      index > 0 && index + 4 <= query.count && query[index] == UInt8(ascii: "a")
      && query[index + 1] == UInt8(ascii: "m")
      && query[index + 2] == UInt8(ascii: "p") && query[index + 3] == UInt8(ascii: ";")
    return isReference ? index + 4 : index
  }

  private static func parameterEnd(_ query: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var end = start
    while end < query.count, query[end] != UInt8(ascii: "&") { end += 1 }
    return end
  }
}
