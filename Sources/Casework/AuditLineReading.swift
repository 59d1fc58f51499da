extension AuditLine {
  /// The line that these exact bytes are; nil if they are not an audit line in its one byte form.
  ///
  /// Fails:  nil for any other spelling too (a blank, an escape too many, keys in another order): such bytes were not
  ///         written by a chain, and what is hashed must have one form.
  /// Cost:   O(bytes); nesting is bounded, so that hostile input cannot exhaust the stack.
  package init?(canonical json: String) {
    var reader = AuditValueReader(json)
    guard case .map(let fields)? = reader.whole(), fields.count == 7,
      case .text(let action)? = fields["action"], case .text(let actor)? = fields["actor"],
      case .map(let data)? = fields["data"], case .text(let object)? = fields["object"],
      case .text(let previous)? = fields["prev"], case .number(let sequence)? = fields["seq"],
      case .text(let time)? = fields["ts"]
    else { return nil }
    self.init(
      action: action, actor: actor, data: data, object: object, previous: previous, sequence: sequence, time: time)
    // Written again it must give the same bytes; `==` on texts would let canonically equivalent ones pass.
    guard bytes == reader.bytes else { return nil }
  }
}

/// Reads the JSON that `AuditValue` writes. It may accept more: whoever calls compares the bytes written again.
package struct AuditValueReader {
  let bytes: [UInt8]
  private var at = 0
  private static let deepest = 16

  package init(_ text: String) { bytes = Array(text.utf8) }

  /// The value that all of the text is.
  package mutating func whole() -> AuditValue? {
    let value = value(depth: 0)
    return at == bytes.count ? value : nil
  }

  private mutating func value(depth: Int) -> AuditValue? {
    guard depth < Self.deepest, at < bytes.count else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "\""): return text().map { .text($0) }
    case UInt8(ascii: "{"): return map(depth: depth)
    case UInt8(ascii: "["): return list(depth: depth)
    case UInt8(ascii: "t"): return take("true") ? .truth(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .truth(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func map(depth: Int) -> AuditValue? {
    at += 1
    var map: [String: AuditValue] = [:]
    if take(UInt8(ascii: "}")) { return .map(map) }
    repeat {
      guard let name = text(), take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      map[name] = value
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .map(map) : nil
  }

  private mutating func list(depth: Int) -> AuditValue? {
    at += 1
    var list: [AuditValue] = []
    if take(UInt8(ascii: "]")) { return .list(list) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      list.append(value)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .list(list) : nil
  }

  private mutating func number() -> AuditValue? {
    let start = at
    while at < bytes.count, bytes[at] == UInt8(ascii: "-") || (0x30...0x39).contains(bytes[at]) { at += 1 }
    return Int(String(decoding: bytes[start..<at], as: UTF8.self)).map { .number($0) }
  }

  private mutating func text() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
      defer { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    var units = Array(String(decoding: bytes[start..<at], as: UTF8.self).utf16)
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      guard let unit = bytes[at] == UInt8(ascii: "\\") ? escape() : plain() else { return nil }
      units.append(unit)
    }
    return take(UInt8(ascii: "\"")) ? String(decoding: units, as: UTF16.self) : nil
  }

  private mutating func plain() -> UInt16? {
    guard bytes[at] < 0x80 else { return nil }
    defer { at += 1 }
    return UInt16(bytes[at])
  }

  private mutating func escape() -> UInt16? {
    if take("\\\"") { return 0x22 }
    if take("\\\\") { return 0x5c }
    guard take("\\u"), at + 4 <= bytes.count else { return nil }
    defer { at += 4 }
    return UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func take(_ token: StaticString) -> Bool {
    let count = token.utf8CodeUnitCount
    guard at + count <= bytes.count, (0..<count).allSatisfy({ bytes[at + $0] == token.utf8Start[$0] }) else {
      return false
    }
    at += count
    return true
  }
}
