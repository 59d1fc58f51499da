import Glibc

/// The records of a JSON file within a range: lines, or objects.
struct JSONRecords: Sequence, IteratorProtocol {
  struct Record {
    let range: Range<Int>
    /// Where the line begins on which the record begins.
    let lineStart: Int
    /// Whether it is known already to be no whole object.
    let isBroken: Bool
  }

  private let text: UnsafeRawBufferPointer
  private let shape: JSONFile.Shape
  private var position: Int
  private let end: Int

  init(_ text: UnsafeRawBufferPointer, _ shape: JSONFile.Shape, _ range: Range<Int>) {
    self.text = text
    self.shape = shape
    position = range.lowerBound
    end = range.upperBound
  }

  mutating func next() -> Record? { shape == .lines ? nextLine() : nextObject() }

  /// The next line that is not blank, without its line break and the blanks around it.
  private mutating func nextLine() -> Record? {
    let base = text.baseAddress
    while position < end, let base {
      let start = position
      let found = memchr(base + start, Int32(UInt8.lineFeed), end - start)
      let lineEnd = found.map { UnsafeRawPointer($0) - base } ?? end
      position = lineEnd + 1
      var low = start
      var high = lineEnd
      while low < high, text[low] <= .blank { low += 1 }
      while low < high, text[high - 1] <= .blank { high -= 1 }
      if low < high { return Record(range: low..<high, lineStart: start, isBroken: false) }
    }
    return nil
  }

  private mutating func nextObject() -> Record? {
    guard position < end, let found = JSONObjects.next(in: text, from: position) else { return nil }
    let (range, isBroken) =
      switch found {
      case .object(let range): (range, false)
      case .broken(let range): (range, true)
      }
    guard range.lowerBound < end else { return nil }
    position = range.upperBound
    return Record(range: range, lineStart: lineStart(of: range.lowerBound), isBroken: isBroken)
  }

  private func lineStart(of position: Int) -> Int {
    var start = position
    while start > 0, text[start - 1] != .lineFeed, position - start < 4096 { start -= 1 }
    return start
  }
}
