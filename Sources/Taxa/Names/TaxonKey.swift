import Listings

/// The form in which names of taxa are compared: without case, accents, width, punctuation and rank marks.
///
/// Rule:   folded (see `Folding`); apostrophes vanish; every other sign and blank parts words; `var.`, `ssp.` and
///         `subsp.` behind the second word vanish. `Gray's Masked-Owl` and `grays masked owl` are one name, and nothing
///         is guessed: a letter more or less is another name.
enum TaxonKey {
  static func of(_ name: String) -> [UInt8] {
    var name = name
    var key: [UInt8] = []
    var folded: [UInt8] = []
    name.withUTF8 { append(UnsafeRawBufferPointer($0), to: &key, folded: &folded) }
    return key
  }

  /// Appends the key of a name to `out`. `folded` is scratch space.
  static func append(_ name: UnsafeRawBufferPointer, to out: inout [UInt8], folded: inout [UInt8]) {
    // Nearly all names are ASCII and need no table to fold.
    guard name.contains(where: { $0 >= 0x80 }) else { return squeeze(name, to: &out) }
    folded.removeAll(keepingCapacity: true)
    Folding.append(name, to: &folded)
    folded.withUnsafeBytes { squeeze($0, to: &out) }
  }

  private static func squeeze(_ folded: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    let start = out.count
    var wordStart = start
    var words = 0
    func endWord(_ out: inout [UInt8]) {
      guard out.count > wordStart else { return }
      if words >= 2, isRankMark(out[wordStart...]) {
        out.removeLast(out.count - wordStart)
      } else {
        words += 1
        out.append(0x20)
      }
      wordStart = out.count
    }
    var index = 0
    while index < folded.count {
      let byte = folded[index]
      let small = byte &- 0x41 < 26 ? byte | 0x20 : byte
      if small &- 0x61 < 26 || small &- 0x30 < 10 {
        out.append(small)
        index += 1
      } else if byte < 0x80 {
        // The apostrophe of Gray's, and its typewriter stand-ins ` and ´.
        if byte != UInt8(ascii: "'"), byte != UInt8(ascii: "`") { endWord(&out) }
        index += 1
      } else {
        let (scalar, length) = Folding.decode(folded, index)
        switch meaning(of: scalar) {
        case .nothing: break
        case .blank: endWord(&out)
        case .hybridSign:
          endWord(&out)
          out.append(UInt8(ascii: "x"))
          endWord(&out)
        case .letter: out += folded[index..<index + max(1, length)]
        }
        index += max(1, length)
      }
    }
    endWord(&out)
    if out.count > start { out.removeLast() }
  }

  private enum Meaning { case letter, blank, nothing, hybridSign }

  private static func meaning(of scalar: UInt32) -> Meaning {
    switch scalar {
    // The other apostrophes, and what is not to be seen at all.
    case 0x2018, 0x2019, 0x02BC, 0x00B4, 0x00AD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: .nothing
    case 0x00D7: .hybridSign
    // No-break blanks, general punctuation, ideographic blank and punctuation.
    case 0x00A0, 0x00AB, 0x00BB, 0x2000...0x206F, 0x3000...0x3003, 0x3008...0x3011: .blank
    default: .letter
    }
  }

  private static func isRankMark(_ word: ArraySlice<UInt8>) -> Bool {
    switch word.count {
    case 3: word.elementsEqual("var".utf8) || word.elementsEqual("ssp".utf8)
    case 5: word.elementsEqual("subsp".utf8)
    default: false
    }
  }
}
