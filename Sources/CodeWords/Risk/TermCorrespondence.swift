import Matching

/// All of a term that matters when a listing is read: not where its row stands, nor what it rests on.
struct TermMeaning: Hashable {
  private let writings: [String]
  private let language: String
  private let kind: TermKind
  private let denotes: String
  private let taxon: String
  private let product: String
  private let weight: Int
  private let needs: [Condition]
  private let unless: [Condition]
  private let borders: Spelling.Borders
  private let folds: Folds

  init(_ term: Term) {
    writings = term.writings
    language = term.language
    kind = term.kind
    denotes = term.denotes
    taxon = term.taxon
    product = term.product
    weight = term.weight
    needs = term.needs
    unless = term.unless
    borders = term.borders
    folds = term.folds
  }
}

/// Which terms of one list are, in all that matters for reading, those of another.
///
/// Shape:  equal terms are paired in order, each once: of two equal ones before and three after, one has come.
/// Cost:   O(terms).
package struct TermCorrespondence {
  /// For each term before, its place after; nil where it has gone.
  let newPlaces: [Int?]
  /// Places before of terms that are not there after.
  package let gone: [Int]
  /// Places after of terms that were not there before.
  package let come: [Int]

  package init(_ before: [Term], _ after: [Term]) {
    var waiting: [TermMeaning: [Int]] = [:]
    for place in after.indices.reversed() { waiting[TermMeaning(after[place]), default: []].append(place) }
    newPlaces = before.map { waiting[TermMeaning($0)]?.popLast() }
    gone = newPlaces.indices.filter { [newPlaces] in newPlaces[$0] == nil }
    come = waiting.values.joined().sorted()
  }

  /// Whether the terms that stayed stand in the same order: of equally strong terms the earlier is preferred.
  var keepsOrder: Bool {
    let stayed = newPlaces.compactMap { $0 }
    return zip(stayed, stayed.dropFirst()).allSatisfy { $0 < $1 }
  }
}
