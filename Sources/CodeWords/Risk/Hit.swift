import Listings
import Matching

/// The number of a term in one `CompiledLexicons`. It means nothing in another.
package struct TermID: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Index into `CompiledLexicons.terms`.
  package let number: UInt16

  package init(_ number: UInt16) { self.number = number }

  package static func < (a: TermID, b: TermID) -> Bool { a.number < b.number }
}

/// An occurrence of a term in a listing's text.
///
/// Units:  `bytes` is a range of the field's original UTF-8.
/// Limits: `term` is meaningful only with the `CompiledLexicons` that found it.
package struct Hit: Equatable, Sendable {
  /// The term that was found.
  package let term: TermID
  /// Title or description.
  package let field: Field
  package let bytes: Range<Int>
  /// The disguises that the matcher saw through.
  package let folds: Folds
  /// Whether it counts, and why or why not.
  package let status: HitStatus
}

/// Whether a hit counts, and why or why not.
package enum HitStatus: Equatable, Sendable {
  /// Counts in full; where the term needs something, with the word that met the need.
  case counted(with: Nearby?)
  /// Nothing that the term needs is near: counts with a fraction of its weight.
  case weak
  /// A condition speaks against it: counts nothing.
  case suppressed(SuppressionReason)

  /// Whether it counts in full.
  package var isCounted: Bool { if case .counted = self { true } else { false } }
  /// Whether it counts with a fraction of its weight.
  package var isWeak: Bool { self == .weak }
  /// Whether it counts nothing.
  package var isSuppressed: Bool { if case .suppressed = self { true } else { false } }

  /// `counted`, `weak` or `void`, as files and packets write it.
  package var name: String {
    switch self {
    case .counted: "counted"
    case .weak: "weak"
    case .suppressed: "void"
    }
  }
}

/// Why a hit is suppressed.
package enum SuppressionReason: Equatable, Sendable {
  /// A word of the term's `unless` is near.
  case near(Nearby)
  /// A longer word of the term's `unless` covers it: `กระดองเต่า` for `กระ`.
  case guarded(by: Nearby)
  /// It lies within a longer term, which counts for both: `tusk` in `ivory tusk`.
  case part(of: TermID, bytes: Range<Int>)
}

/// A word that meets a condition of a term.
///
/// Units:  `bytes` is a range of the field's original UTF-8.
package struct Nearby: Equatable, Sendable {
  /// The condition that the word meets.
  package let condition: Condition
  package let field: Field
  package let bytes: Range<Int>
}

/// The two fields of a listing that are searched for terms. The buffers are borrowed from the caller.
///
/// Cost:   two pointers; nothing is copied.
/// Limits: must not outlive the dataset or strings that it points into.
package struct ListingText {
  package let title: UnsafeRawBufferPointer
  package let description: UnsafeRawBufferPointer

  /// Two buffers, which must outlive this value.
  package init(title: UnsafeRawBufferPointer, description: UnsafeRawBufferPointer) {
    self.title = title
    self.description = description
  }

  /// The text of a row, without copying it.
  package init(of row: Int, in dataset: Dataset) {
    self.init(title: dataset.bytes(of: .title, at: row), description: dataset.bytes(of: .description, at: row))
  }

  /// The title, or else the description.
  package func bytes(of field: Field) -> UnsafeRawBufferPointer { field == .title ? title : description }

  /// The words of a byte range; what lies beyond the end of the field is left out.
  ///
  /// Cost:   copies the words.
  /// Fails:  never: bytes that are not UTF-8 become U+FFFD.
  package func words(of field: Field, _ range: Range<Int>) -> String {
    let bytes = bytes(of: field)
    return String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// Calls `body` with two strings as a listing's text. The text must not escape.
  ///
  /// Fails:  rethrows what `body` throws.
  package static func with<Result>(
    title: String, description: String = "", _ body: (ListingText) throws -> Result
  ) rethrows -> Result {
    var (title, description) = (title, description)
    return try title.withUTF8 { title in
      try description.withUTF8 { description in
        try body(
          ListingText(title: UnsafeRawBufferPointer(title), description: UnsafeRawBufferPointer(description)))
      }
    }
  }
}

/// The surface form by which a hit was found: the proof that the listing's words are the term.
package struct HitForm: Equatable, Sendable {
  /// As the lexicon writes it.
  package let surfaceForm: String
  /// After folding: what the surface form and the listing's words have in common.
  package let folded: String
}

extension CompiledLexicons {
  /// The form of each hit; nil for a hit that is not of this text.
  ///
  /// Cost: matches each field with hits once more; meant for a few listings, not for millions.
  /// Shape:  in the order of `hits`.
  package func forms(of hits: [Hit], in text: ListingText) -> [HitForm?] {
    var found: [HitKey: [UInt32]] = [:]
    for field in [Field.title, .description] where hits.contains(where: { $0.field == field }) {
      for match in matcher.matches(in: text.bytes(of: field)) {
        found[HitKey(field: field, bytes: match.bytes, folds: match.folds), default: []].append(match.spelling)
      }
    }
    return hits.map { hit in
      let spellings = found[HitKey(field: hit.field, bytes: hit.bytes, folds: hit.folds)] ?? []
      return spellings.first { uses.terms[Int($0)].contains(hit.term) }.map { form(of: $0) }
    }
  }

  /// The form of a spelling of the matcher.
  private func form(of spelling: UInt32) -> HitForm {
    let spelling = matcher.spellings[Int(spelling)]
    let folded = SpellingPattern(spelling, under: spelling.folds).characters.compactMap(Unicode.Scalar.init)
    return HitForm(surfaceForm: spelling.text, folded: String(String.UnicodeScalarView(folded)))
  }

  /// What a hit and the match behind it have in common.
  private struct HitKey: Hashable {
    let field: Field
    let bytes: Range<Int>
    let folds: Folds
  }
}

extension CompiledLexicons {
  /// The words of a group that terms refer to with `@`, each once, in the order of the terms.
  ///
  /// Shape:  empty for a group that no term forms.
  /// Cost:   O(terms).
  package func words(ofGroup group: String) -> [String] {
    var seen: Set<String> = []
    return terms.filter { $0.group == group }.flatMap(\.surfaceForms).filter { seen.insert($0).inserted }
  }
}
