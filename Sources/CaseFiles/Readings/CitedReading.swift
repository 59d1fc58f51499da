import CodeWords
import Listings

/// What a listing's words and species cell were read as when the packet was made.
///
/// Units:  hits are UTF-8 byte ranges of the listing's title and text as `CaseListing` has them.
package struct CitedReading: Equatable, Sendable {
  package var readability = CitedReadability.read
  /// 0 to 100; nil where the text could not be read, which is not 0.
  package var risk: Int?
  /// They add up to `risk` exactly.
  package var points: [CitedPoint] = []
  package var hits: [CitedHit] = []
  /// Hits beyond `mostHits`.
  package var hitsLeftOut = 0
  package var taxa: [CitedTaxon] = []
  /// Names of the species cell that came to no taxon.
  package var unresolved: [UnresolvedName] = []
  /// The fields whose HTML was decoded for reading.
  package var decodedMarkup: [String] = []

  package init() {}

  /// No advert needs so many; a hostile one may have a hundred thousand.
  package static let mostHits = 1000

  /// The CITES code of what is offered, where all terms that count in full and name one name the same.
  package var product: String? {
    let codes = Set(hits.filter { $0.standing == .counted && $0.term.isEvidence }.compactMap(\.term.product.nonEmpty))
    guard codes.count == 1, let code = codes.first, TradeTermCode.name(of: code) != nil else { return nil }
    return code
  }
}

package enum CitedReadability: Equatable, Sendable {
  case read
  /// Why not, in words.
  case unreadable(String)
}

/// One line of why a listing is flagged.
package struct CitedPoint: Equatable, Sendable {
  /// Below 0 where it takes away.
  package var points: Int
  package var why: String
  /// The hits behind it, as places in `CitedReading.hits`.
  package var hits: [Int]

  package init(points: Int, why: String, hits: [Int]) {
    self.points = points
    self.why = why
    self.hits = hits
  }
}

/// A term at a place of a listing's text, with everything somebody could ask about it.
package struct CitedHit: Equatable, Sendable {
  package enum Standing: String, Sendable { case counted, weak, void }

  package var term: CitedTerm
  package var span: CitedSpan
  /// The writing of the term by which it was found, and that writing after folding.
  package var writing: String?
  package var folded: String?
  /// The differences between text and writing that were seen through, in the words of lexicons.
  package var seenThrough: [String]
  package var standing: Standing
  /// What decided it; nil where the term needs nothing, or nothing of what it needs was near.
  package var because: CitedGround?
}

/// A piece of a listing's text.
package struct CitedSpan: Equatable, Sendable {
  package var field: Field
  package var bytes: Range<Int>
  /// What stands there, exactly.
  package var text: String
}

/// The words that decided how a hit stands.
package struct CitedGround: Equatable, Sendable {
  package enum Kind: String, Sendable {
    case needMet = "need met"
    case near
    case partOfWord = "part of a longer word"
    case partOfTerm = "part of a longer term"
  }

  package var kind: Kind
  /// The condition as the lexicon writes it, or the longer term.
  package var condition: String
  package var span: CitedSpan
}

/// A row of a lexicon.
package struct CitedTerm: Equatable, Sendable {
  package var row: Term
  /// The file's name, and its digest where it is known.
  package var file: String
  package var digest: String?

  package init(row: Term, file: String, digest: String?) {
    self.row = row
    self.file = file
    self.digest = digest
  }

  package var product: String { row.product }
  package var isEvidence: Bool { row.kind.isEvidence }
  /// `elephant-ivory.csv, line 12`
  package var place: String { "\(file), line \(row.place.line)" }
}
