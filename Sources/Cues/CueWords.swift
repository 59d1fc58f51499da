import Listings
import Matching

/// Words in an advert that say how its seller is reached, paid or ships: messengers, ways of payment, couriers, discretion.
///
/// They are no evidence of anything, and never part of a risk. They help to see who sells where, and what a recipient may ask a
/// platform, a bank or a courier for.
/// Shape:  rows of `kind,name,spelling,note`; all spellings of one name are one cue. Telephone numbers, e-mail addresses and
///         accounts (`@name`) are cues without spellings.
/// Cost:   the matcher is made when it is first needed, some milliseconds; a text costs as much as one pass of the matcher.
/// Fails:  never; what a row lacks becomes a problem, and the other rows count.
package final class CueWords: Sendable {
  /// What a cue is about. The raw value is written in the table.
  package enum Kind: String, CaseIterable, Sendable { case contact, payment, shipping }

  /// A cue by its name.
  package struct Name: Hashable, Sendable {
    package let kind: Kind
    /// `WhatsApp`
    package let text: String
  }

  /// A line of the table that cannot be used.
  package struct Problem: Equatable, Sendable {
    /// Its number among the lines after the header, from 1.
    package let row: Int
    package let what: String
  }

  /// In the order of the table, after those without spellings. The index of a name is the bit of its cue.
  package let names: [Name]
  package let problems: [Problem]
  private let spellings: [(text: String, name: Int)]
  private let matcher: LazyMatcher

  /// As many as a mask has bits.
  package static let maximumNames = 64

  package static let phone = Name(kind: .contact, text: "phone number")
  package static let email = Name(kind: .contact, text: "e-mail address")
  package static let account = Name(kind: .contact, text: "account name")

  /// Whether the text that was found says more than the name of its cue.
  package static func isShown(_ name: Name) -> Bool { name == phone || name == email || name == account }

  /// No words; numbers, addresses and accounts are found all the same.
  package static let none = CueWords(rows: [])

  /// - Parameter rows: without the header, those of the shipped table first.
  package init(rows: [[String]]) {
    var names = [Self.phone, Self.email, Self.account]
    var known: [Name: Int] = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    var spellings: [(text: String, name: Int)] = []
    var problems: [Problem] = []
    for (index, row) in rows.enumerated() {
      func note(_ what: String) { problems.append(Problem(row: index + 1, what: what)) }
      guard row.count >= 3, !row[1].isEmpty, !row[2].isEmpty else {
        note("kind, name or spelling is missing")
        continue
      }
      guard let kind = Kind(rawValue: row[0]) else {
        note("\(row[0]) is none of contact, payment, shipping")
        continue
      }
      let name = Name(kind: kind, text: row[1])
      if known[name] == nil {
        guard names.count < Self.maximumNames else {
          note("there are more than \(Self.maximumNames - 3) names")
          continue
        }
        known[name] = names.count
        names.append(name)
      }
      spellings.append((row[2], known[name] ?? 0))
    }
    (self.names, self.spellings, self.problems) = (names, spellings, problems)
    matcher = LazyMatcher(spellings.map { Spelling($0.text, folds: [.plain, .invisible, .lookAlikes]) })
  }

  // MARK: Finding

  /// A cue in a text.
  package struct Found: Equatable, Sendable {
    package let name: Name
    /// UTF-8.
    package let bytes: Range<Int>
  }

  /// Buffers for many texts in turn.
  package struct Scratch {
    fileprivate var words = SpellingMatcher.Scratch()

    package init() {}
  }

  /// The cues of a text as bits, by the index of their names.
  package func mask(of text: UnsafeRawBufferPointer, _ scratch: inout Scratch) -> UInt64 {
    var mask: UInt64 = 0
    ContactScan.forEach(in: text) { kind, _ in mask |= 1 << UInt64(kind.rawValue) }
    guard !spellings.isEmpty else { return mask }
    scratch.words.take(text)
    matcher.value.withMatches(&scratch.words) { matches in
      for match in matches { mask |= 1 << UInt64(spellings[Int(match.spelling)].name) }
    }
    return mask
  }

  /// The cues of a text with their places, in order; of two that overlap, the longer one.
  package func all(in text: UnsafeRawBufferPointer) -> [Found] {
    var found: [Found] = []
    ContactScan.forEach(in: text) { kind, bytes in found.append(Found(name: names[kind.rawValue], bytes: bytes)) }
    if !spellings.isEmpty {
      var scratch = Scratch()
      scratch.words.take(text)
      matcher.value.withMatches(&scratch.words) { matches in
        for match in matches {
          found.append(Found(name: names[spellings[Int(match.spelling)].name], bytes: match.bytes))
        }
      }
    }
    found.sort { ($0.bytes.lowerBound, $1.bytes.upperBound) < ($1.bytes.lowerBound, $0.bytes.upperBound) }
    var end = 0
    return found.filter { cue in
      guard cue.bytes.upperBound > end else { return false }
      end = cue.bytes.upperBound
      return true
    }
  }

  /// The names of a mask.
  package func names(in mask: UInt64) -> [Name] {
    names.indices.filter { mask >> UInt64($0) & 1 == 1 }.map { names[$0] }
  }
}

/// A matcher that is made when it is first asked for.
private final class LazyMatcher: Sendable {
  private let spellings: [Spelling]
  private let made = Lazily<SpellingMatcher>()

  init(_ spellings: [Spelling]) { self.spellings = spellings }

  var value: SpellingMatcher { made.value { SpellingMatcher(spellings) } }
}
