/// What an analyst can state about a listing in a code, beside verdict and note.
///
/// Shape:  the raw value is its name in the casebook and on the command line, and with `-is` behind it in a filter.
/// Source: Admiralty grading as in NATO AJP-2.1; term, source and purpose as in the CITES guidelines for annual reports.
package enum Aspect: String, CaseIterable, Comparable, Sendable {
  /// How certain the species is, or that it cannot be told.
  case species
  /// Whether the offer is made openly or in disguise.
  case offer
  /// Whether it is about several specimens or one.
  case lot
  /// How much is offered, as the analyst understands it; what the advert says of it stays beside it.
  case quantity
  /// The documents that the seller claims to have.
  case documents
  /// Whether the advert looks like a swindle.
  case scam
  /// How reliable the source is, and how credible the information.
  case grading
  /// The CITES term for the specimen.
  case term
  /// The CITES source of the specimen.
  case source
  /// The CITES purpose of the transaction.
  case purpose
  /// The team's own words for a listing: a ring of sellers, a campaign, who is to look again.
  case tags

  /// Its name in a filter.
  package var filterName: String { self == .tags ? "tag" : rawValue + "-is" }

  /// Whether a value is several words with commas between them.
  package var hasSeveral: Bool { self == .documents || self == .tags }

  /// The aspect that a filter names.
  package init?(filterName: String) {
    if filterName == "tag" || filterName == "tags" {
      self = .tags
      return
    }
    guard filterName.hasSuffix("-is") else { return nil }
    self.init(rawValue: String(filterName.dropLast(3)))
  }

  /// The values of the aspects that no list file decides.
  package var words: [String] {
    switch self {
    case .species: ["certain", "probable", "possible", "unidentifiable"]
    case .offer: ["overt", "covert"]
    case .lot: ["single", "lot"]
    case .scam: ["suspected", "not-suspected"]
    default: []
    }
  }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  package static func < (a: Aspect, b: Aspect) -> Bool { a.place < b.place }
}

/// The rows whose listings were described, by what was stated.
///
/// Shape:  of documents and tags, of which there may be several, a row is under each of them.
/// Cost:   a bit for each row and stated value; nothing where nothing was described.
package struct DescribedRows: Equatable, Sendable {
  private var sets: [Aspect: [String: RowSet]] = [:]

  package init() {}

  package var isEmpty: Bool { sets.isEmpty }

  /// What was stated of an aspect, with its rows.
  package func rows(_ aspect: Aspect) -> [String: RowSet] { sets[aspect] ?? [:] }

  /// Replaces what is known of a row.
  ///
  /// - Parameters:
  ///   - stated: the values by aspect.
  ///   - rowCount: of the dataset.
  package mutating func set(_ stated: [Aspect: String], at row: Int, of rowCount: Int) {
    for aspect in sets.keys {
      for value in (sets[aspect] ?? [:]).keys {
        sets[aspect]?[value]?.remove(row)
        if sets[aspect]?[value]?.isEmpty == true { sets[aspect]?[value] = nil }
      }
      if sets[aspect]?.isEmpty == true { sets[aspect] = nil }
    }
    for (aspect, value) in stated {
      let words = aspect.hasSeveral ? value.split(separator: ",").map(String.init) : [value]
      for word in words { sets[aspect, default: [:]][word, default: RowSet(noneOf: rowCount)].insert(row) }
    }
  }

  /// The same with every set of rows changed, as when the files were read again.
  package func mapRows(_ change: (RowSet) -> RowSet) -> DescribedRows {
    var changed = self
    changed.sets = sets.mapValues { $0.mapValues(change) }
    return changed
  }
}
