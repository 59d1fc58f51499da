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
    folded.removeAll(keepingCapacity: true)
    Folding.append(name, to: &folded)
    let start = out.count
    var wordStart = out.count
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
      if byte &- 0x61 < 26 || byte &- 0x30 < 10 {
        out.append(byte)
        index += 1
      } else if byte < 0x80 {
        // The apostrophe of Gray's, and its typewriter stand-ins ` and ´.
        if byte != UInt8(ascii: "'"), byte != UInt8(ascii: "`") { endWord(&out) }
        index += 1
      } else {
        index += appendOther(folded, index, to: &out, endWord)
      }
    }
    endWord(&out)
    if out.count > start { out.removeLast() }
  }

  /// Takes the character beyond ASCII at `index`, and says how many bytes it has.
  private static func appendOther(
    _ folded: [UInt8], _ index: Int, to out: inout [UInt8], _ endWord: (inout [UInt8]) -> Void
  ) -> Int {
    let (scalar, length) = folded.withUnsafeBytes { Folding.decode($0, index) }
    switch scalar {
    case 0x2018, 0x2019, 0x02BC, 0x00B4: break
    case 0x00D7:  // the hybrid sign
      endWord(&out)
      out.append(UInt8(ascii: "x"))
      endWord(&out)
    // No-break blanks, general punctuation, ideographic blank and punctuation.
    case 0x00A0, 0x00AB, 0x00BB, 0x2000...0x206F, 0x3000...0x3003, 0x3008...0x3011: endWord(&out)
    default: out += folded[index..<index + max(1, length)]
    }
    return max(1, length)
  }

  private static func isRankMark(_ word: ArraySlice<UInt8>) -> Bool {
    switch word.count {
    case 3: word.elementsEqual("var".utf8) || word.elementsEqual("ssp".utf8)
    case 5: word.elementsEqual("subsp".utf8)
    default: false
    }
  }
}
