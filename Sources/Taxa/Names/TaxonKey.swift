import Listings

/// The form in which names of taxa are compared: without case, accents, width, punctuation and rank marks.
///
/// Rule:   folded (see `Folding`). Apostrophes vanish; every other sign separates words; `var.`, `ssp.` and `subsp.` behind
///         the second word vanish. `Gray's Masked-Owl` and `grays masked owl` are one name. Nothing is guessed: one letter
///         more is another name.
/// Cost:   O(bytes); ASCII needs no table.
enum TaxonKey {
  /// The key of a name.
  ///
  /// Shape:  UTF-8, words divided by one space, none at either end; empty for a name of punctuation only.
  /// Cost:   O(bytes); allocates. `append` reuses its arrays.
  static func of(_ name: String) -> [UInt8] {
    var name = name
    var key: [UInt8] = []
    var folded: [UInt8] = []
    name.withUTF8 { append(UnsafeRawBufferPointer($0), to: &key, folded: &folded) }
    return key
  }

  /// Appends the key of a name. `folded` is scratch space.
  ///
  /// Limits: what `out` holds already stays, and no space is put between.
  static func append(_ name: UnsafeRawBufferPointer, to out: inout [UInt8], folded: inout [UInt8]) {
    // Nearly all names are ASCII and need no table to fold.
    guard name.contains(where: { $0 >= 0x80 }) else { return squeeze(name, to: &out) }
    folded.removeAll(keepingCapacity: true)
    Folding.append(name, to: &folded)
    folded.withUnsafeBytes { squeeze($0, to: &out) }
  }

  /// Appends a folded text without its signs and rank marks.
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

  /// What a character outside ASCII means in a name.
  private static func meaning(of scalar: UInt32) -> Meaning {
    switch scalar {
    // Other apostrophes, and invisible characters.
    case 0x2018, 0x2019, 0x02BC, 0x00B4, 0x00AD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: .nothing
    case 0x00D7: .hybridSign
    // No-break blanks, general punctuation, ideographic blank and punctuation.
    case 0x00A0, 0x00AB, 0x00BB, 0x2000...0x206F, 0x3000...0x3003, 0x3008...0x3011: .blank
    default: .letter
    }
  }

  /// Whether a word is a rank mark.
  private static func isRankMark(_ word: ArraySlice<UInt8>) -> Bool {
    switch word.count {
    case 3: word.elementsEqual("var".utf8) || word.elementsEqual("ssp".utf8)
    case 5: word.elementsEqual("subsp".utf8)
    default: false
    }
  }
}

/// Finds names that an unknown one may be meant for.
extension TaxonTable {
  /// Taxa with a name that begins with the text, the widest first; otherwise taxa with a name at most two letters away, the
  /// nearest first. Each appears once.
  ///
  /// Cost: a pass over all keys, a millisecond or two for fifty thousand; for typing, not for rows.
  package func taxa(near name: String, most: Int = 3) -> [TaxonID] {
    let key = TaxonKey.of(name)
    guard key.count >= 3, most > 0 else { return [] }
    var found: [(distance: Int, rank: TaxonRank, length: Int, taxon: TaxonID)] = []
    for number in names.entries.indices where names.key(number).starts(with: key) {
      found.append(candidate(number, 0))
    }
    if found.isEmpty {
      var distance = EditDistance(from: key)
      for number in names.entries.indices {
        if let near = distance.to(names.key(number), most: key.count < 6 ? 1 : 2) {
          found.append(candidate(number, near))
        }
      }
    }
    var taxa: [TaxonID] = []
    for next in found.sorted(by: {
      ($0.distance, $0.rank, $0.length, $0.taxon) < ($1.distance, $1.rank, $1.length, $1.taxon)
    })
    where !taxa.contains(next.taxon) {
      taxa.append(next.taxon)
      if taxa.count == most { break }
    }
    return taxa
  }

  /// A name found, with what it is sorted by.
  private func candidate(
    _ number: Int, _ distance: Int
  ) -> (distance: Int, rank: TaxonRank, length: Int, taxon: TaxonID) {
    let entry = names.entries[number]
    let taxon = TaxonID(Int(entry.taxon))
    return (distance, rank(of: taxon), Int(entry.keyLength), taxon)
  }
}

/// Counts the letters that must be inserted, deleted or changed.
///
/// Source: Levenshtein 1966, with the bound of Ukkonen 1985: cells further than `most` from the diagonal are not computed, since
///         any path through them is too long already.
struct EditDistance {
  private let from: [UInt8]
  /// The current row of the matrix.
  private var row: [Int] = []

  init(from: [UInt8]) { self.from = from }

  /// The distance; nil if it is more than `most`.
  ///
  /// Units:  bytes, not characters: an edit of a letter outside ASCII may count as two or more.
  /// Cost:   O(`other` × `most`), and stops as soon as the bound is passed.
  mutating func to(_ other: some Collection<UInt8>, most: Int) -> Int? {
    guard abs(other.count - from.count) <= most else { return nil }
    if from.isEmpty { return other.count }
    row.removeAll(keepingCapacity: true)
    row += 0...from.count
    var number = 0
    for byte in other {
      number += 1
      let first = max(1, number - most)
      let last = min(from.count, number + most)
      var diagonal = row[first - 1]
      if first == 1 { row[0] = number }
      var least = first == 1 ? number : Int.max
      for place in first...last {
        let changed = diagonal + (from[place - 1] == byte ? 0 : 1)
        diagonal = row[place]
        row[place] = min(changed, min(row[place], row[place - 1]) + 1)
        least = min(least, row[place])
      }
      if least > most { return nil }
    }
    return row[from.count] <= most ? row[from.count] : nil
  }
}
