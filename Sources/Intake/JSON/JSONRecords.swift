import Glibc

/// The listings of a JSON file within a range, and what stands between them without being one.
struct JSONRecords: Sequence, IteratorProtocol {
  struct Record {
    /// The listing itself; of what is none, all that is left out.
    let range: Range<Int>
    /// Why it is no listing, and where; nil: it looks like one.
    let fault: (fault: JSONFault, position: Int)?
  }

  private let text: UnsafeRawBufferPointer
  private let layout: JSONLayout
  private let likeness: JSONLikeness?
  private var position: Int
  private let end: Int
  /// The place among the contents of the one being read.
  private var content: Int
  private var finder: JSONFinder
  private let isLines: Bool

  init(
    _ text: UnsafeRawBufferPointer, _ layout: JSONLayout, _ range: Range<Int>, likeness: JSONLikeness? = nil
  ) {
    self.text = text
    self.layout = layout
    self.likeness = likeness
    position = range.lowerBound
    end = range.upperBound
    isLines = layout.form == .lines
    content = layout.content(at: range.lowerBound)
    finder = JSONFinder(text: UnsafeRawBufferPointer(rebasing: text[..<0]), form: layout.form, likeness: likeness)
    enter()
  }

  private mutating func enter() {
    guard content < layout.contents.count else { return }
    let bytes = layout.contents[content].bytes
    position = Swift.max(position, bytes.lowerBound)
    finder = JSONFinder(
      text: UnsafeRawBufferPointer(rebasing: text[..<Swift.min(text.count, bytes.upperBound)]), form: layout.form,
      likeness: likeness)
  }

  mutating func next() -> Record? {
    if isLines { return nextLine() }
    if let range = finder.plainObject(from: position), range.lowerBound < end {
      position = range.upperBound
      return Record(range: range, fault: nil)
    }
    while content < layout.contents.count {
      if let found = finder.next(from: position), found.range.lowerBound < end { return record(found) }
      guard layout.contents[content].bytes.upperBound < end else { return nil }
      content += 1
      enter()
    }
    return nil
  }

  private mutating func record(_ found: JSONFinder.Found) -> Record {
    position = found.range.upperBound
    switch found {
    case .listing(let range): return Record(range: range, fault: nil)
    case .other(let range, let fault): return Record(range: range, fault: (fault, range.lowerBound))
    case .broken(let range, let fault, let place): return Record(range: range, fault: (fault, place))
    }
  }

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
      if low < high { return Record(range: low..<high, fault: nil) }
    }
    return nil
  }
}
