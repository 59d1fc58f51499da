import Synchronization

@testable import CodeWords
@testable import Matching
import SmallFormats
@testable import Taxa
@testable import LexiconWork

/// A text as the oracle sees it: its characters with their bytes, found by trying.
struct OracleText {
  struct Unit {
    /// nil for a byte that is no character.
    var scalar: UInt32?
    var bytes: Range<Int>
    var traits: OracleTraits
  }

  private(set) var units: [Unit] = []
  private(set) var hasReferences = false

  init(_ bytes: [UInt8], readingReferences: Bool) {
    var index = 0
    while index < bytes.count {
      if readingReferences, bytes[index] == UInt8(ascii: "&"), let (scalar, end) = Self.reference(bytes, index) {
        append(scalar, index..<end)
        hasReferences = true
        index = end
        continue
      }
      var length = 1
      var scalar: UInt32?
      for count in 1...4 where index + count <= bytes.count {
        let text = String(validating: bytes[index..<index + count], as: UTF8.self)
        if let text, text.unicodeScalars.count == 1 { (scalar, length) = (text.unicodeScalars.first!.value, count) }
        if scalar != nil { break }
      }
      append(scalar, index..<index + length)
      index += length
    }
  }

  private mutating func append(_ scalar: UInt32?, _ bytes: Range<Int>) {
    // A combining breve makes й of и.
    if scalar == 0x306, let last = units.last?.scalar, last == 0x438 || last == 0x418 {
      units[units.count - 1] = Unit(
        scalar: last + 1, bytes: units[units.count - 1].bytes.lowerBound..<bytes.upperBound,
        traits: OracleTraits(last + 1))
    } else {
      units.append(Unit(scalar: scalar, bytes: bytes, traits: scalar.map { OracleTraits($0) } ?? OracleTraits()))
    }
  }

  private static func reference(_ bytes: [UInt8], _ start: Int) -> (UInt32, Int)? {
    let rest = String(decoding: bytes[start..<min(bytes.count, start + 40)].prefix { $0 < 0x80 }, as: UTF8.self)
    let scalars: (Substring, Int) -> UInt32? = { digits, radix in
      UInt32(digits, radix: radix).flatMap { $0 > 0 && Unicode.Scalar($0) != nil ? $0 : nil }
    }
    if let found = rest.prefixMatch(of: /&#[xX]([0-9a-fA-F]+);?/) {
      return scalars(found.1, 16).map { ($0, start + found.0.utf8.count) }
    }
    if let found = rest.prefixMatch(of: /&#([0-9]+);?/) {
      return scalars(found.1, 10).map { ($0, start + found.0.utf8.count) }
    }
    if let found = rest.prefixMatch(of: /&([A-Za-z0-9]+);/), let scalar = HTMLCharacterReference.names[String(found.1)]
    {
      return (scalar, start + found.0.utf8.count)
    }
    return nil
  }
}

/// The classes a character is in, asked once per text.
struct OracleTraits {
  var isWord = false
  var isBorderless = false
  var isDigit = false
  var isSeparator = false
  var isBlank = false
  var isSpacer = false
  var isInvisible = false
  var isAttached = false
  var hasScript = false

  init() {}

  init(_ scalar: UInt32) {
    self = OracleMemory.shared.traits(scalar)
  }

  fileprivate init(asking scalar: UInt32) {
    typealias Characters = OracleCharacters
    isWord = Characters.isWord(scalar)
    isBorderless = Characters.isBorderless(scalar)
    isDigit = Characters.isDigit(scalar)
    isSeparator = Characters.isSeparator(scalar)
    isBlank = Characters.isBlank(scalar)
    isSpacer = Characters.isSpacer(scalar)
    isInvisible = Characters.isInvisible(scalar)
    isAttached = Characters.isAttached(scalar)
    hasScript = Characters.script(scalar) != nil
  }
}

/// Remembers what was asked of Unicode: the same characters come up again and again.
final class OracleMemory: Sendable {
  static let shared = OracleMemory()

  private struct Asked: Hashable {
    let scalar: UInt32
    let other: UInt32
  }

  private let known = Mutex<[UInt32: OracleTraits]>([:])
  private let foldings = Mutex<[Asked: [UInt32]]>([:])
  private let likes = Mutex<[Asked: (passes: Bool, leet: Bool)]>([:])

  func traits(_ scalar: UInt32) -> OracleTraits {
    if let traits = known.withLock({ $0[scalar] }) { return traits }
    let traits = OracleTraits(asking: scalar)
    known.withLock { $0[scalar] = traits }
    return traits
  }

  func folded(_ scalar: UInt32, _ folds: Folds) -> [UInt32] {
    let asked = Asked(scalar: scalar, other: UInt32(folds.intersection(OracleCharacters.plainFolds).rawValue))
    if let folded = foldings.withLock({ $0[asked] }) { return folded }
    let folded = OracleCharacters.folded(scalar, folds)
    foldings.withLock { $0[asked] = folded }
    return folded
  }

  func likeness(_ scalar: UInt32, _ letter: UInt32) -> (passes: Bool, leet: Bool) {
    let asked = Asked(scalar: scalar, other: letter)
    if let answer = likes.withLock({ $0[asked] }) { return answer }
    let answer = (OracleLikeness.passes(scalar, for: letter), OracleLikeness.isLeet(scalar, for: letter))
    likes.withLock { $0[asked] = answer }
    return answer
  }
}
