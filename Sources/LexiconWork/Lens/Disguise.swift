import CodeWords

/// A way in which a text keeps its words from whoever looks for them.
package enum DisguiseKind: Int, CaseIterable, Sendable {
  /// Shows nothing, or commands what shows it: zero-width characters, soft hyphens, bidi controls, tags, controls.
  case hidden
  /// A letter of another script than its word: Cyrillic `і` in `іvory`.
  case lookAlike
  /// A letter in another dress: full-width, mathematical, enclosed, small capital, superscript.
  case styled
  /// An HTML character reference in place of a letter.
  case reference
  /// Marks piled on a letter, or struck through it.
  case marks
  /// A digit or sign in place of a letter.
  case leet
  /// Letters apart: `i v o r y`, `i.v.o.r.y`.
  case spacedOut
  /// A sign or emoji within a word: `iv*ry`.
  case broken
  /// One letter again and again: `ivoooory`.
  case stretched
}

/// How much speaks for a disguise.
package enum DisguiseGrade: Sendable {
  /// Ordinary in such a script: direction marks among Arabic, zero-width spaces among Thai, full-width among Chinese.
  case ordinary
  /// It looks so, and no code word was found by it: `iPhone5s` looks so too.
  case possible
  /// Nothing ordinary explains it, or a code word was found through it.
  case plain
}

/// A place at which a text hides something or pretends.
///
/// Units:  `bytes` is a UTF-8 range in the original text.
package struct DisguisedPlace: Equatable, Sendable {
  package let kind: DisguiseKind
  package let grade: DisguiseGrade
  package let bytes: Range<Int>
  /// The character that stands there; of several, the first.
  package let scalar: UInt32
  /// What it is read as: empty for what is left out, `?` for what cannot be told.
  package let readAs: String
}

/// A word that is not written as it is read.
package struct DisguisedWord: Equatable, Sendable {
  package let bytes: Range<Int>
  /// As the lexicon writes it where a code word was found, else folded.
  package let readAs: String
  /// The terms that were found there.
  package let terms: [TermID]
}
