import Agreement
import Casework
import Listings

/// The verdicts by which agreement between analysts is measured: of each analyst the first one on a listing, since a later one
/// may have been given in the knowledge of others'.
///
/// Shape:  an analyst is a name, in whichever casebooks. Verdicts on a listing that changed between them in what matters are
///         not compared: such a listing counts as one for each thing that it said. A verdict that was undone is none.
struct AnalystRatings {
  /// By name.
  let analysts: [String]
  /// Each listing, as it stood, with the verdicts on it in the order in which they were given.
  private let listings: [[Rating]]
  private let knowledge: MergeKnowledge

  /// The first verdict of one analyst.
  private struct Rating {
    let analyst: Int
    let review: Review
  }

  /// - Parameter keys: the listings that count; nil for all.
  init(_ reviews: CasebookReviews, of keys: Set<ListingKey>?) {
    knowledge = reviews.knowledge
    let counted = reviews.byKey.filter { keys?.contains($0.key) ?? true }.sorted { $0.key < $1.key }
    let firsts = counted.map { Self.firsts($0.value) }
    let names = Set(firsts.joined().map(\.opinion.analyst)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    analysts = names
    listings = firsts.flatMap { reviews in
      let ratings = reviews.map { Rating(analyst: numbers[$0.opinion.analyst]!, review: $0) }
      return Self.onOneContent(ratings.sorted { $0.review.isBefore($1.review) })
    }
  }

  /// The first verdict of each analyst. Who decided in several casebooks has one all the same: the earliest on what the
  /// listing said when they decided last.
  private static func firsts(_ reviews: ListingReviews) -> [Review] {
    let byName = Dictionary(grouping: reviews.firstVerdicts, by: \.review.opinion.analyst)
    return byName.values.map { own in
      let last = own.max {
        Review(chain: $0.review.chain, opinion: $0.last).isBefore(.init(chain: $1.review.chain, opinion: $1.last))
      }!
      return own.filter { $0.review.opinion.isOnTheSameContent(as: last.last) }.map(\.review)
        .min { $0.isBefore($1) } ?? last.review
    }
  }

  /// The verdicts on a listing, apart for each thing that it said.
  private static func onOneContent(_ ratings: [Rating]) -> [[Rating]] {
    ratings.reduce(into: []) { parts, rating in
      let place = parts.firstIndex { part in
        part.allSatisfy { rating.review.opinion.isOnTheSameContent(as: $0.review.opinion) }
      }
      if let place { parts[place].append(rating) } else { parts.append([rating]) }
    }
  }

  // MARK: Ratings

  /// The listings that two or more analysts judged.
  ///
  /// - Parameter isBlind: only verdicts that were the first on their listing, or given without seeing others'.
  func all(isBlind: Bool) -> RatingMatrix {
    let units = listings.compactMap { ratings -> [Int?]? in
      let counted = isBlind ? independent(ratings) : ratings
      return counted.count > 1 ? unit(counted, of: Array(analysts.indices)) : nil
    }
    return RatingMatrix(units, raters: analysts.count, categories: Verdict.allCases.count)
  }

  /// The listings that two analysts both judged.
  ///
  /// - Parameter isBlind: only those where the second of the two decided without seeing the first one's verdict.
  func ratings(of one: Int, and other: Int, isBlind: Bool) -> RatingMatrix {
    let units = listings.compactMap { ratings -> [Int?]? in
      let both = ratings.filter { $0.analyst == one || $0.analyst == other }
      guard both.count == 2, !isBlind || independent(both).count == 2 else { return nil }
      return unit(both, of: [one, other])
    }
    return RatingMatrix(units, raters: 2, categories: Verdict.allCases.count)
  }

  /// The first verdict, and those that were given without seeing any before them: blind ones, and those in casebooks that were
  /// apart until then.
  private func independent(_ ratings: [Rating]) -> [Rating] {
    ratings.indices.filter { place in
      let review = ratings[place].review
      return review.opinion.isBlind
        || ratings[..<place].allSatisfy {
          $0.review.chain != review.chain && !knowledge.isGiven(review, knowing: $0.review)
        }
    }.map { ratings[$0] }
  }

  private func unit(_ ratings: [Rating], of analysts: [Int]) -> [Int?] {
    analysts.map { analyst in
      let verdict = ratings.first { $0.analyst == analyst }?.review.opinion.verdict
      return verdict.flatMap { Verdict.allCases.firstIndex(of: $0) }
    }
  }
}

extension Review {
  /// Whether it was given before another one: in one chain by its place, in two by the time.
  fileprivate func isBefore(_ other: Review) -> Bool {
    chain == other.chain ? opinion.event < other.opinion.event : opinion.rank < other.opinion.rank
  }
}
