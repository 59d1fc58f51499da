/// The parts of an address that tell its listing from others, where they lie.
struct KeptParts {
  private var parts: (UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer)
  private var kinds: (AddressPattern.Kind, AddressPattern.Kind, AddressPattern.Kind, AddressPattern.Kind)

  init() {
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    parts = (none, none, none, none)
    kinds = (.word, .word, .word, .word)
  }

  mutating func keep(_ bytes: UnsafeRawBufferPointer, _ kind: AddressPattern.Kind, at place: Int) {
    switch place {
    case 0: (parts.0, kinds.0) = (bytes, kind)
    case 1: (parts.1, kinds.1) = (bytes, kind)
    case 2: (parts.2, kinds.2) = (bytes, kind)
    default: (parts.3, kinds.3) = (bytes, kind)
    }
  }

  /// Appends a part in the one way in which its site reads it.
  func append(_ place: Int, to out: inout [UInt8]) {
    let (bytes, kind) =
      switch place {
      case 0: (parts.0, kinds.0)
      case 1: (parts.1, kinds.1)
      case 2: (parts.2, kinds.2)
      default: (parts.3, kinds.3)
      }
    switch kind {
    case .name: for byte in bytes { out.append(AddressBytes.lowered(byte)) }
    case .capital: for byte in bytes { out.append(AddressBytes.raised(byte)) }
    default: out.append(contentsOf: bytes)
    }
  }
}

/// One comparison of a text with tokens.
///
/// Cost:   a few comparisons for an address that fits; no allocation.
struct AddressMatching {
  let tokens: UnsafePointer<AddressPattern.Token>
  let literals: UnsafePointer<UInt8>
  let text: UnsafeRawBufferPointer

  /// Whether the tokens from `first` to `last` fit the text from `start` to its end.
  func run(_ first: Int, _ last: Int, _ start: Int, _ kept: inout KeptParts) -> Bool {
    var (token, index) = (first, start)
    while token < last {
      switch tokens[token].kind {
      case .literal:
        let (literal, count) = (Int(tokens[token].start), Int(tokens[token].count))
        guard index + count <= text.count else { return false }
        for offset in 0..<count where text[index + offset] != literals[literal + offset] { return false }
        index += count
      case .part: return part(token, last, index, &kept)
      case .rest: return rest(token, last, index, &kept)
      case .language:
        let end = languageEnd(index)
        if end > index, run(token + 1, last, end, &kept) { return true }
      default:
        var end = index
        while end < text.count, tokens[token].kind.takes(text[end]) { end += 1 }
        guard end - index >= Int(tokens[token].fewest) else { return false }
        if tokens[token].capture >= 0 {
          let bytes = UnsafeRawBufferPointer(rebasing: text[index..<end])
          kept.keep(bytes, tokens[token].kind, at: Int(tokens[token].capture))
        }
        index = end
      }
      token += 1
    }
    return index == text.count
  }

  /// Of the ends that a part may have, the furthest from which the rest fits.
  private func part(_ token: Int, _ last: Int, _ start: Int, _ kept: inout KeptParts) -> Bool {
    var end = start
    while end < text.count, text[end] != UInt8(ascii: "/") { end += 1 }
    while end > start {
      if run(token + 1, last, end, &kept) { return true }
      end -= 1
    }
    return false
  }

  private func rest(_ token: Int, _ last: Int, _ start: Int, _ kept: inout KeptParts) -> Bool {
    if token + 1 == last { return start == text.count || text[start] == UInt8(ascii: "/") }
    var index = start
    while index < text.count {
      if text[index] == UInt8(ascii: "/"), run(token + 1, last, index, &kept) { return true }
      index += 1
    }
    return false
  }

  /// Where a segment such as `/de`, `/en-us` or `/zh_TW` ends; `start` where there is none.
  private func languageEnd(_ start: Int) -> Int {
    guard start + 2 < text.count, text[start] == UInt8(ascii: "/"), AddressBytes.isLetter(text[start + 1]),
      AddressBytes.isLetter(text[start + 2])
    else { return start }
    var end = start + 3
    if end < text.count, AddressBytes.isAny(text[end], "-_") {
      end += 1
      while end < text.count, AddressBytes.isLetter(text[end]), end < start + 8 { end += 1 }
    }
    return end == text.count || text[end] == UInt8(ascii: "/") ? end : start
  }
}

extension AddressPattern.Kind {
  @inline(__always)
  fileprivate func takes(_ byte: UInt8) -> Bool {
    switch self {
    case .digits: AddressBytes.isDigit(byte)
    case .hex: AddressBytes.isHex(byte)
    case .alphanumeric, .capital: AddressBytes.isWord(byte)
    case .segment: byte != UInt8(ascii: "/")
    case .name: AddressBytes.isWord(byte) || AddressBytes.isAny(byte, "-_.")
    default: AddressBytes.isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
  }
}
