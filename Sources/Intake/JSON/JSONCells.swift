/// Collects the values of one listing as cells.
struct JSONCells: JSONSink {
  private(set) var names: [String] = []
  private(set) var texts: [String] = []
  private var places: [String: Int] = [:]

  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    let name = String(decoding: path, as: UTF8.self)
    let text =
      kind == .null ? "" : kind == .escapedString ? Self.text(text[...]) : String(decoding: text, as: UTF8.self)
    if let place = places[name] {
      if !text.isEmpty { texts[place] += texts[place].isEmpty ? text : "; " + text }
    } else {
      places[name] = names.count
      names.append(name)
      texts.append(text)
    }
  }

  /// The text of a string, its escapes resolved.
  static func text(_ string: Slice<UnsafeRawBufferPointer>) -> String {
    var decoded: [UInt8] = []
    JSONEscapes.decode(UnsafeRawBufferPointer(rebasing: string), into: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// The names of some objects, those of the listings within them where these lie deeper.
  static func names(
    _ text: UnsafeRawBufferPointer, _ objects: some Sequence<JSONNode>, _ mapping: ColumnMapping
  ) -> [String] {
    let plain = names(text, objects, within: nil)
    guard let envelope = JSONEnvelope.find(among: plain, mapping) else { return plain }
    return names(text, objects, within: envelope)
  }

  private static func names(
    _ text: UnsafeRawBufferPointer, _ objects: some Sequence<JSONNode>, within envelope: JSONEnvelope?
  ) -> [String] {
    var names: [String] = []
    var json = JSONText(envelope: envelope)
    for object in objects {
      var cells = JSONCells()
      _ = json.readFirst(UnsafeRawBufferPointer(rebasing: text[object.range]), readable: 0, into: &cells)
      for name in cells.names where names.count < JSONSample.mostNames && !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The texts of an array's elements, those of arrays in it joined by dots.
  static func elements(_ text: UnsafeRawBufferPointer, _ array: JSONNode) -> [String] {
    var cursor = JSONCursor(text, array.range)
    var texts: [String] = []
    var json = JSONText(header: [])
    while let element = cursor.next() {
      let value = UnsafeRawBufferPointer(rebasing: text[element.value])
      if value.first == UInt8(ascii: "[") {
        var cells = JSONCells()
        _ = json.read(value, readable: 0, into: &cells)
        texts.append(cells.texts.filter { !$0.isEmpty }.joined(separator: "."))
      } else {
        texts.append(
          value.first == .quote ? Self.text(value.dropFirst().dropLast()) : String(decoding: value, as: UTF8.self))
      }
    }
    return texts
  }
}
