import Listings
import Matching

/// A term's number among those of `CompiledLexicons`.
package struct TermID: Hashable, Comparable, Sendable {
  package let number: UInt16

  package init(_ number: UInt16) { self.number = number }

  package static func < (a: TermID, b: TermID) -> Bool { a.number < b.number }
}

/// A term at a place of a listing's text.
///
/// Units:  `bytes` is a range of the field's original UTF-8.
package struct Hit: Equatable, Sendable {
  package let term: TermID
  /// Title or description.
  package let field: Field
  package let bytes: Range<Int>
  /// The disguises that had to be seen through.
  package let folds: Folds
  package let standing: HitStanding
}

/// Whether a hit counts, and why or why not.
package enum HitStanding: Equatable, Sendable {
  /// In full; where the term needs something, with what was near.
  case counted(with: Nearby?)
  /// Nothing that the term needs is near.
  case weak
  /// Something speaks against it: it counts nothing.
  case void(VoidGround)

  package var isCounted: Bool { if case .counted = self { true } else { false } }
  package var isWeak: Bool { self == .weak }
  package var isVoid: Bool { if case .void = self { true } else { false } }

  /// `counted`, `weak` or `void`.
  package var name: String {
    switch self {
    case .counted: "counted"
    case .weak: "weak"
    case .void: "void"
    }
  }
}

/// Why a hit is void.
package enum VoidGround: Equatable, Sendable {
  /// A word of the term's `unless` is near.
  case near(Nearby)
  /// A longer word of the term's `unless` stands in its place: `กระดองเต่า` for `กระ`.
  case guarded(by: Nearby)
  /// It is a part of a longer term, which speaks for both: `tusk` in `ivory tusk`.
  case part(of: TermID, bytes: Range<Int>)
}

/// A word that meets a condition of a term.
package struct Nearby: Equatable, Sendable {
  package let condition: Condition
  package let field: Field
  package let bytes: Range<Int>
}

/// The texts of a listing in which terms are looked for.
package struct ListingText {
  package let title: UnsafeRawBufferPointer
  package let description: UnsafeRawBufferPointer

  package init(title: UnsafeRawBufferPointer, description: UnsafeRawBufferPointer) {
    self.title = title
    self.description = description
  }

  package init(of row: Int, in dataset: Dataset) {
    self.init(title: dataset.bytes(of: .title, at: row), description: dataset.bytes(of: .description, at: row))
  }

  package func bytes(of field: Field) -> UnsafeRawBufferPointer { field == .title ? title : description }

  /// What stands at a range of a field, as text.
  package func words(of field: Field, _ range: Range<Int>) -> String {
    let bytes = bytes(of: field)
    return String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// Calls `body` with the texts of two strings.
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
