import SmallFormats

/// An immutable table at a fixed address. Reading it retains and releases nothing, which matters on hot paths.
package final class FixedTable<Element: BitwiseCopyable>: @unchecked Sendable {
  // Nothing is written after `init`.
  /// The first element; valid while the table lives.
  package let base: UnsafePointer<Element>
  /// How many elements there are; behind the last one nothing may be read.
  package let count: Int
  /// What the elements live as long as; nil where they are the table's own.
  private let owner: AnyObject?

  /// Copies the elements.
  package init(_ elements: [Element]) {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    copy.initialize(from: elements, count: elements.count)
    base = UnsafePointer(copy)
    count = elements.count
    owner = nil
  }

  /// The next table of an archive, as it lies there.
  package init(from archive: inout ArchiveReader) throws(ArchiveError) {
    let table = try archive.table(of: Element.self)
    guard let base = table.baseAddress else { throw .damaged }
    self.base = base
    count = table.count
    owner = archive.owner
  }

  deinit { if owner == nil { base.deallocate() } }

  /// Adds the elements to an archive.
  package func write(to archive: inout ArchiveWriter) { archive.put(table: self[0..<count]) }

  /// An element.
  ///
  /// Limits: the index is not checked.
  @inline(__always)
  package subscript(index: Int) -> Element { base[index] }

  /// Some neighbouring elements, valid while the table lives.
  @inline(__always)
  package subscript(range: Range<Int>) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// The memory of the elements, in bytes.
  package var byteCount: Int { count * MemoryLayout<Element>.stride }
}

/// A list of numbers for each of many things, one list after the other.
package struct NumberLists<Number: BitwiseCopyable & Sendable>: Sendable {
  /// Where each list begins, and one end.
  private let starts: FixedTable<UInt32>
  private let numbers: FixedTable<Number>

  /// The lists of the things 0, 1, 2 and so on, one after the other.
  ///
  /// - Parameter starts: where each list begins, and one end.
  package init(starts: [UInt32], numbers: [Number]) {
    self.starts = FixedTable(starts)
    self.numbers = FixedTable(numbers)
  }

  /// The next lists of an archive.
  package init(from archive: inout ArchiveReader) throws(ArchiveError) {
    starts = try FixedTable(from: &archive)
    numbers = try FixedTable(from: &archive)
    guard starts.count > 0, Int(starts[starts.count - 1]) == numbers.count else { throw .damaged }
  }

  /// Adds the lists to an archive.
  package func write(to archive: inout ArchiveWriter) {
    starts.write(to: &archive)
    numbers.write(to: &archive)
  }

  /// How many things have a list.
  package var count: Int { starts.count - 1 }

  /// The lists without their owner, for loops in which nothing may be retained.
  package struct View: BitwiseCopyable {
    /// Where each list begins, and one end.
    package let starts: UnsafePointer<UInt32>
    /// The lists, one after the other.
    package let numbers: UnsafePointer<Number>

    fileprivate init(_ starts: UnsafePointer<UInt32>, _ numbers: UnsafePointer<Number>) {
      (self.starts, self.numbers) = (starts, numbers)
    }
  }

  /// Valid while the lists live.
  package var view: View { View(starts.base, numbers.base) }

  /// The list of a thing, valid while the lists live.
  package subscript(thing: Int) -> UnsafeBufferPointer<Number> {
    let start = Int(starts[thing])
    return UnsafeBufferPointer(start: numbers.base + start, count: Int(starts[thing + 1]) - start)
  }

  /// The memory of the lists, in bytes.
  package var byteCount: Int { starts.byteCount + numbers.byteCount }
}
