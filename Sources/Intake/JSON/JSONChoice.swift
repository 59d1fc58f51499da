import Listings

/// Which of the lists in an object are its listings, or whether it is one itself.
struct JSONChoice {
  /// The best, and those like it; none: the object is a listing.
  let chosen: [JSONCandidate]
  /// Other lists that look like listings.
  let leftOut: [String]
  /// The names of lists of listings, where the object is surely a page of results among others.
  let pageLists: Set<String>
  /// Whether the object is a page of results without any.
  let isEmptyResult: Bool
  private let others: [String]

  private static let shownNames = 8

  init(_ candidates: JSONCandidates) {
    let outer = candidates.outerFields
    let best = candidates.found.max {
      ($0.fields.count, $0.node.range.count) < ($1.fields.count, $1.node.range.count)
    }
    isEmptyResult = candidates.hasEmptyList && outer.isDisjoint(with: [.title, .price, .description])
    guard let best, !Self.isListing(outer, around: best) else {
      (chosen, leftOut, pageLists, others) = ([], [], [], [])
      return
    }
    let alike = best.kind == .split ? [] : candidates.found.filter { $0.path != best.path && $0.isLike(best) }
    let chosen = [best] + alike
    let rest = candidates.found.filter { other in !chosen.contains { $0.path == other.path } }
    self.chosen = chosen
    leftOut = rest.filter(\.looksLikeListings).map(\.name)
    others = candidates.others + rest.map(\.name)
    let isPage =
      best.kind == .objects && outer.isDisjoint(with: [.title, .price, .description])
      && (best.fields.isSuperset(of: [.title, .price]) || best.fields.count > 3)
    pageLists = isPage ? Set(chosen.map(\.name)) : []
  }

  /// Whether the object tells a listing itself, and the list something of it: pictures, categories, similar ones.
  private static func isListing(_ outer: Set<Field>, around list: JSONCandidate) -> Bool {
    // What lies by columns, or under ids, is no part of a listing.
    if list.path.isEmpty { return false }
    let inner = list.fields
    if outer.isEmpty { return false }
    if inner.count > outer.count { return false }
    if inner.isSuperset(of: [.title, .price]), !outer.contains(.price) { return false }
    return outer.contains(.title) || outer.count >= inner.count
  }

  /// What was taken, and what stands beside it.
  var sentence: String {
    guard let best = chosen.first else { return "" }
    let names = chosen.map { $0.path.isEmpty ? "the whole" : "`\($0.name)`" }
    let shown = Self.shortened(names)
    let beside = others.isEmpty ? "" : "; what stands beside it belongs to no listing: " + Self.shortened(others)
    return switch best.kind {
    case .objects where chosen.count == 1: "listings taken from the array \(shown) of one object\(beside)"
    case .objects: "listings taken from the arrays \(shown) of one object\(beside)"
    case .members: "listings taken from the members of one object (\(shown)), each with its name\(beside)"
    case .rows: "listings taken from the rows of \(shown)\(beside)"
    case .columns, .lists: "turned from columns into rows (\(shown))\(beside)"
    case .split: "listings taken from the rows of \(shown), named by its columns\(beside)"
    }
  }

  private static func shortened(_ names: [String]) -> String {
    names.prefix(shownNames).joined(separator: ", ") + (names.count > shownNames ? ", …" : "")
  }
}
