import Listings
import Matching

/// By which of its term's writings a hit was found, for whoever has to be shown that the words are the term.
package struct HitForm: Equatable, Sendable {
  /// As the lexicon writes it.
  package let writing: String
  /// The same after folding: the form that the listing's words and the writing have in common.
  package let folded: String
}

extension CompiledLexicons {
  /// The form of each hit, by place; nil for a hit that is not of this text.
  ///
  /// Cost: reads those fields once more in which there are hits; for a few listings, not for millions.
  package func forms(of hits: [Hit], in text: ListingText) -> [HitForm?] {
    var found: [HitPlace: [UInt32]] = [:]
    for field in [Field.title, .description] where hits.contains(where: { $0.field == field }) {
      for match in matcher.matches(in: text.bytes(of: field)) {
        found[HitPlace(field: field, bytes: match.bytes, folds: match.folds), default: []].append(match.spelling)
      }
    }
    return hits.map { hit in
      let spellings = found[HitPlace(field: hit.field, bytes: hit.bytes, folds: hit.folds)] ?? []
      return spellings.first { uses.terms(of: $0).contains(hit.term) }.map { form(of: $0) }
    }
  }

  private func form(of spelling: UInt32) -> HitForm {
    let spelling = matcher.spellings[Int(spelling)]
    let folded = SpellingPattern(spelling, under: spelling.folds).characters.compactMap(Unicode.Scalar.init)
    return HitForm(writing: spelling.text, folded: String(String.UnicodeScalarView(folded)))
  }

  private struct HitPlace: Hashable {
    let field: Field
    let bytes: Range<Int>
    let folds: Folds
  }
}

extension CompiledLexicons {
  /// The words that belong to a group to which terms refer with `@group`, each once, in the order of the terms.
  package func words(ofGroup group: String) -> [String] {
    var seen: Set<String> = []
    return terms.filter { $0.group == group }.flatMap(\.writings).filter { seen.insert($0).inserted }
  }
}
