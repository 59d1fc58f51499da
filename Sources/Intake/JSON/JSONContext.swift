/// What the text around a listing says about it: the name under which it lies, and the list.
struct JSONContext: Sendable {
  private let layout: JSONLayout
  private let member: [UInt8]
  private let part: [UInt8]
  /// Whether there is anything to say.
  let isEmpty: Bool

  init(_ layout: JSONLayout) {
    self.layout = layout
    member = Array((layout.memberColumn ?? "").utf8)
    part = Array((layout.partColumn ?? "").utf8)
    isEmpty = member.isEmpty && part.isEmpty
  }

  /// Hands on the names around the listing that begins at `start`.
  func tell<Sink: JSONSink>(_ text: UnsafeRawBufferPointer, _ start: Int, to sink: inout Sink) {
    if !part.isEmpty {
      let content = layout.content(at: start)
      if content < layout.contents.count, let name = layout.contents[content].name { tell(text, name, part, to: &sink) }
    }
    if !member.isEmpty, let name = Self.name(before: start, in: text) { tell(text, name, member, to: &sink) }
  }

  private func tell<Sink: JSONSink>(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ column: [UInt8], to sink: inout Sink
  ) {
    let name = UnsafeRawBufferPointer(rebasing: text[range])
    let kind = name.contains(.backslash) ? JSONKind.escapedString : .string
    column.withUnsafeBytes { sink.value(path: $0, name, kind) }
  }

  /// The name of the member whose value begins at `start`.
  private static func name(before start: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
    var place = start - 1
    while place > 0, text[place] <= .blank || text[place] == UInt8(ascii: ":") { place -= 1 }
    guard place > 0, text[place] == .quote,
      let first = JSONStrings.start(in: text, endingAt: place, from: 0)
    else { return nil }
    return first + 1..<place
  }
}
