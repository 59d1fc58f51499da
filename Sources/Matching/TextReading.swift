import CPlatform
import Listings

/// A text as a sequence of characters, each with its range in the original bytes.
///
/// Shape:  one unit per character, per invalid byte, and, if references are decoded, per HTML character reference. и with
///         a combining breve is the one letter й.
/// Cost:   16 bytes per unit; the array is reused from text to text.
package struct TextReading {
  /// A character and its range of bytes.
  package struct Unit {
    /// The character; `TextReading.invalid` for a byte that belongs to none.
    package var scalar: UInt32
    /// The character's entry in `CharacterTable`.
    package var entry: UInt32
    /// UTF-8 offset in the text.
    package let start: Int32
    /// UTF-8 offset behind the character, or behind the reference that stands for it.
    package var end: Int32

    /// The traits of the character.
    package var traits: CharacterTraits { CharacterTraits(rawValue: entry & ~CharacterTable.scalarMask) }

    /// Whether the character has any of the traits.
    package func has(_ trait: CharacterTraits) -> Bool { entry & trait.rawValue != 0 }
  }

  /// Stands for a byte that is not UTF-8. It is no Unicode scalar.
  package static let invalid: UInt32 = 0x1FFFFF

  /// In order of the text.
  package private(set) var units: [Unit] = []
  /// Whether a reference was decoded.
  package private(set) var hasReferences = false
  /// Whether references are decoded at all.
  package let readsReferences: Bool

  /// Holds no text yet; `read` fills it.
  package init(readingReferences: Bool) {
    readsReferences = readingReferences
  }

  /// Reads a text.
  package init(_ bytes: UnsafeRawBufferPointer, readingReferences: Bool) {
    self.init(readingReferences: readingReferences)
    read(bytes)
  }

  /// Reads a text in place of the last one.
  package mutating func read(_ bytes: UnsafeRawBufferPointer) {
    units.removeAll(keepingCapacity: true)
    hasReferences = false
    units.reserveCapacity(bytes.count)
    let entries = CharacterTable.entries
    var index = 0
    while index < bytes.count {
      if readsReferences, bytes[index] == UInt8(ascii: "&"), let (scalar, end) = CharacterReference.read(bytes, index) {
        append(scalar, index, end)
        index = end
        hasReferences = true
        continue
      }
      if bytes[index] < 0x80 {
        let scalar = UInt32(bytes[index])
        units.append(
          Unit(scalar: scalar, entry: entries[Int(scalar)], start: Int32(index), end: Int32(index + 1)))
        index += 1
        continue
      }
      let (scalar, length) = Folding.decode(bytes, index)
      append(length > 0 ? scalar : Self.invalid, index, index + max(1, length))
      index += max(1, length)
    }
  }

  /// The unit that begins at a byte; nil where none does.
  package func unit(at byte: Int) -> Int? {
    var (low, high) = (0, units.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(units[middle].start) < byte { low = middle + 1 } else { high = middle }
    }
    return low < units.count && Int(units[low].start) == byte ? low : nil
  }

  /// Adds a character, or joins a breve to the и before it.
  private mutating func append(_ scalar: UInt32, _ start: Int, _ end: Int) {
    if scalar == 0x306, let last = units.last, last.scalar | 0x20 == 0x438 {
      let short = last.scalar + 1
      units[units.count - 1].scalar = short
      units[units.count - 1].entry = CharacterTable.entry(short)
      units[units.count - 1].end = Int32(end)
      return
    }
    units.append(Unit(scalar: scalar, entry: CharacterTable.entry(scalar), start: Int32(start), end: Int32(end)))
  }
}

/// Decodes HTML character references: `&#105;`, `&#x69;`, `&eacute;`.
///
/// Cost:   O(length of the reference); names are looked up in a dictionary.
/// Fails:  with nil; the text is then read as it is.
package enum CharacterReference {
  /// The character of the reference at `index`, and where it ends; nil where there is no reference.
  ///
  /// Limits: a numeric reference may lack its semicolon, as in browsers; a named one must have it.
  package static func read(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> (scalar: UInt32, end: Int)? {
    guard index + 2 < bytes.count else { return nil }
    return bytes[index + 1] == UInt8(ascii: "#") ? numeric(bytes, index + 2) : named(bytes, index + 1)
  }

  /// `&#105;` or `&#x69;`; nil if the number is no Unicode scalar.
  private static func numeric(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> (scalar: UInt32, end: Int)? {
    let isHexadecimal = bytes[index] | 0x20 == UInt8(ascii: "x")
    let first = isHexadecimal ? index + 1 : index
    var (place, number) = (first, UInt32(0))
    while place < bytes.count, let digit = digit(bytes[place], isHexadecimal) {
      guard number <= 0x10FFFF else { return nil }
      number = number * (isHexadecimal ? 16 : 10) + digit
      place += 1
    }
    guard place > first, number > 0, Unicode.Scalar(number) != nil else { return nil }
    return (number, place < bytes.count && bytes[place] == UInt8(ascii: ";") ? place + 1 : place)
  }

  private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
    if byte &- 0x30 < 10 { return UInt32(byte - 0x30) }
    let letter = (byte | 0x20) &- 0x61
    return isHexadecimal && letter < 6 ? UInt32(letter + 10) : nil
  }

  /// `&eacute;`; nil for an unknown name.
  private static func named(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> (scalar: UInt32, end: Int)? {
    var end = index
    while end < bytes.count, end - index < longestName, isNameByte(bytes[end]) { end += 1 }
    guard end > index, end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return nil }
    let name = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[index..<end]), as: UTF8.self)
    return names[name].map { ($0, end + 1) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  /// The parsed table of names.
  private static let names: [String: UInt32] = {
    let pairs = namedReferences.split(separator: " ").compactMap { line -> (String, UInt32)? in
      let parts = line.split(separator: "=")
      return UInt32(parts[1], radix: 16).map { (String(parts[0]), $0) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  /// No name is longer, so that hostile text is not searched far.
  private static let longestName = names.keys.map(\.utf8.count).max() ?? 0
}

/// The named character references of HTML 4, and `apos`: `NAME=HEXADECIMAL`.
///
/// Source: HTML 4.01, section 24; Python's `html.entities`.
let namedReferences = """
  AElig=C6 Aacute=C1 Acirc=C2 Agrave=C0 Alpha=391 Aring=C5 Atilde=C3 Auml=C4 Beta=392 Ccedil=C7 Chi=3A7 \
  Dagger=2021 Delta=394 ETH=D0 Eacute=C9 Ecirc=CA Egrave=C8 Epsilon=395 Eta=397 Euml=CB Gamma=393 Iacute=CD \
  Icirc=CE Igrave=CC Iota=399 Iuml=CF Kappa=39A Lambda=39B Mu=39C Ntilde=D1 Nu=39D OElig=152 Oacute=D3 \
  Ocirc=D4 Ograve=D2 Omega=3A9 Omicron=39F Oslash=D8 Otilde=D5 Ouml=D6 Phi=3A6 Pi=3A0 Prime=2033 Psi=3A8 \
  Rho=3A1 Scaron=160 Sigma=3A3 THORN=DE Tau=3A4 Theta=398 Uacute=DA Ucirc=DB Ugrave=D9 Upsilon=3A5 Uuml=DC \
  Xi=39E Yacute=DD Yuml=178 Zeta=396 aacute=E1 acirc=E2 acute=B4 aelig=E6 agrave=E0 alefsym=2135 alpha=3B1 \
  amp=26 and=2227 ang=2220 apos=27 aring=E5 asymp=2248 atilde=E3 auml=E4 bdquo=201E beta=3B2 brvbar=A6 \
  bull=2022 cap=2229 ccedil=E7 cedil=B8 cent=A2 chi=3C7 circ=2C6 clubs=2663 cong=2245 copy=A9 crarr=21B5 \
  cup=222A curren=A4 dArr=21D3 dagger=2020 darr=2193 deg=B0 delta=3B4 diams=2666 divide=F7 eacute=E9 \
  ecirc=EA egrave=E8 empty=2205 emsp=2003 ensp=2002 epsilon=3B5 equiv=2261 eta=3B7 eth=F0 euml=EB euro=20AC \
  exist=2203 fnof=192 forall=2200 frac12=BD frac14=BC frac34=BE frasl=2044 gamma=3B3 ge=2265 gt=3E \
  hArr=21D4 harr=2194 hearts=2665 hellip=2026 iacute=ED icirc=EE iexcl=A1 igrave=EC image=2111 infin=221E \
  int=222B iota=3B9 iquest=BF isin=2208 iuml=EF kappa=3BA lArr=21D0 lambda=3BB lang=2329 laquo=AB larr=2190 \
  lceil=2308 ldquo=201C le=2264 lfloor=230A lowast=2217 loz=25CA lrm=200E lsaquo=2039 lsquo=2018 lt=3C \
  macr=AF mdash=2014 micro=B5 middot=B7 minus=2212 mu=3BC nabla=2207 nbsp=A0 ndash=2013 ne=2260 ni=220B \
  not=AC notin=2209 nsub=2284 ntilde=F1 nu=3BD oacute=F3 ocirc=F4 oelig=153 ograve=F2 oline=203E omega=3C9 \
  omicron=3BF oplus=2295 or=2228 ordf=AA ordm=BA oslash=F8 otilde=F5 otimes=2297 ouml=F6 para=B6 part=2202 \
  permil=2030 perp=22A5 phi=3C6 pi=3C0 piv=3D6 plusmn=B1 pound=A3 prime=2032 prod=220F prop=221D psi=3C8 \
  quot=22 rArr=21D2 radic=221A rang=232A raquo=BB rarr=2192 rceil=2309 rdquo=201D real=211C reg=AE \
  rfloor=230B rho=3C1 rlm=200F rsaquo=203A rsquo=2019 sbquo=201A scaron=161 sdot=22C5 sect=A7 shy=AD \
  sigma=3C3 sigmaf=3C2 sim=223C spades=2660 sub=2282 sube=2286 sum=2211 sup=2283 sup1=B9 sup2=B2 sup3=B3 \
  supe=2287 szlig=DF tau=3C4 there4=2234 theta=3B8 thetasym=3D1 thinsp=2009 thorn=FE tilde=2DC times=D7 \
  trade=2122 uArr=21D1 uacute=FA uarr=2191 ucirc=FB ugrave=F9 uml=A8 upsih=3D2 upsilon=3C5 uuml=FC \
  weierp=2118 xi=3BE yacute=FD yen=A5 yuml=FF zeta=3B6 zwj=200D zwnj=200C
  """

/// A text as the second reading sees it: one letter for all letters that may be mistaken for one another, runs of one
/// letter as one, and nothing of what is between letters.
///
/// Shape:  one kind per run, and the units that the run consists of.
/// Cost:   O(units); the arrays are reused from text to text.
struct DisguisedReading {
  /// The kind of each run, followed by zeros so that a bucket may read four.
  private(set) var kinds: [UInt32] = []
  /// For each kind, the index in `members` of its run's first unit.
  private(set) var runs: [Int32] = []
  /// Indices of units, run by run.
  private(set) var members: [Int32] = []

  /// Reads the units of a text, reusing the arrays.
  mutating func read(_ units: [TextReading.Unit]) {
    kinds.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
    let table = LookAlikes.kinds
    let expansions = CharacterTable.expansions
    for place in units.indices {
      let entry = units[place].entry
      if entry & Self.leftOut != 0 { continue }
      if entry & CharacterTraits.expands.rawValue != 0 {
        let expansion = expansions + Int(entry & CharacterTable.scalarMask)
        for part in 1...Int(expansion[0] & 0xFFFF) { append(expansion[part], of: place, table) }
      } else {
        append(entry & CharacterTable.scalarMask, of: place, table)
      }
    }
    // Zeros behind the last kind, since a bucket reads four.
    runs.append(Int32(members.count))
    kinds.append(contentsOf: repeatElement(0, count: KeyIndex.bucketLength))
  }

  /// How many runs there are.
  var count: Int { runs.count - 1 }

  /// The units of a run at which a match may begin: the first of each distinct letter, where the whole run counts as one
  /// letter, and the last few, each of which may count for itself.
  @inline(__always)
  func forEachStart(of run: Int, in units: UnsafeBufferPointer<TextReading.Unit>, _ body: (Int) -> Void) {
    let (first, end) = (Int(runs[run]), Int(runs[run + 1]))
    for place in first..<end {
      let unit = Int(members[place])
      let isNewLetter =
        place == first || (units[unit].entry ^ units[Int(members[place - 1])].entry) & CharacterTable.scalarMask != 0
      if isNewLetter || end - place <= Self.longestPlainRun { body(unit) }
    }
  }

  /// The longest run of one letter that a spelling may contain.
  private static let longestPlainRun = 16

  /// Adds a letter to the last run, or begins a new run.
  @inline(__always)
  private mutating func append(_ letter: UInt32, of unit: Int, _ table: FixedTable<UInt32>) {
    let kind = letter < table.count ? table.base[Int(letter)] : letter
    if kinds.last != kind {
      kinds.append(kind)
      runs.append(Int32(members.count))
    }
    if members.last != Int32(unit) || runs.last == Int32(members.count) { members.append(Int32(unit)) }
  }

  /// The characters that the second reading skips.
  private static let leftOut = CharacterTraits([.attached, .invisible, .separator, .spacer]).rawValue

  /// The key of a folded spelling in the index of the second reading.
  static func key(of characters: [UInt32]) -> [UInt32] {
    var key: [UInt32] = []
    for character in characters where character != SpellingPattern.blank {
      if CharacterTraits.of(character).rawValue & leftOut != 0 { continue }
      let kind = LookAlikes.kind(ofFolded: character)
      if key.last != kind { key.append(kind) }
    }
    return key
  }
}

/// The output of the first reading: folded characters, the byte where each begins, and where a spelling may begin.
///
/// Cost:   three arrays that grow to the longest text and are reused.
final class ScanBuffers {
  /// Folded characters with their traits.
  private(set) var symbols = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  /// The byte at which each symbol's character begins in the text.
  private(set) var starts = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  /// Indices of symbols at which a spelling may begin.
  private(set) var candidates = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  /// How many symbols the last scan wrote.
  private(set) var symbolCount = 0
  /// How many candidates the last scan found.
  private(set) var candidateCount = 0
  /// The capacity of each array.
  private var room = 0

  deinit { release() }

  private func release() {
    symbols.deallocate()
    starts.deallocate()
    candidates.deallocate()
  }

  /// Grows the arrays, whose old contents are lost.
  private func makeRoom(_ wanted: Int) {
    guard wanted > room else { return }
    release()
    room = max(wanted, 4096)
    symbols = .allocate(capacity: room)
    starts = .allocate(capacity: room)
    candidates = .allocate(capacity: room)
  }

  /// The most characters that one byte of text folds to, rounded up (U+FDFA: 18 from 3 bytes).
  private static let maximumExpansion = 6
  /// Room that the scan may write beyond the last symbol.
  private static let slack = 64

  /// Scans a text, and returns the signs of disguise in it (`LP_SIGN_…`).
  func scan(_ text: UnsafeRawBufferPointer, _ filter: ScanFilter) -> UInt32 {
    makeRoom(text.count + Self.slack)
    if let signs = run(text, filter) { return signs }
    makeRoom(text.count * Self.maximumExpansion + Self.slack)
    return run(text, filter) ?? 0
  }

  /// Nil where the buffers are too small.
  private func run(_ text: UnsafeRawBufferPointer, _ filter: ScanFilter) -> UInt32? {
    var scan = lp_spelling_scan(
      symbols: symbols, starts: starts, candidates: candidates, symbol_count: 0, candidate_count: 0, signs: 0)
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    guard lp_scan_spellings(filter.address, bytes, text.count, room, &scan) == 0 else { return nil }
    (symbolCount, candidateCount) = (scan.symbol_count, scan.candidate_count)
    return scan.signs
  }
}

/// The tables of a matcher in the form that the C scan takes, assembled once per matcher.
final class ScanFilter: @unchecked Sendable {
  // Written in `init` only.
  let address: UnsafePointer<lp_spelling_filter>
  /// Retained, since `address` points into its tables.
  private let keys: KeyIndex
  private let anywhere: FixedTable<UInt64>

  init(_ keys: KeyIndex, anywhere: FixedTable<UInt64>) {
    self.keys = keys
    self.anywhere = anywhere
    let copy = UnsafeMutablePointer<lp_spelling_filter>.allocate(capacity: 1)
    copy.initialize(
      to: lp_spelling_filter(
        entries: CharacterTable.entries, direct: CharacterTable.directCount, expansions: CharacterTable.expansions,
        anywhere: anywhere.base, ones: keys.ones.base, twos: keys.twos.base,
        threes: keys.threes.base, fours: keys.fours.base, ones_shift: keys.ones.shift, twos_shift: keys.twos.shift,
        threes_shift: keys.threes.shift, fours_shift: keys.fours.shift))
    address = UnsafePointer(copy)
  }

  deinit { address.deallocate() }
}
