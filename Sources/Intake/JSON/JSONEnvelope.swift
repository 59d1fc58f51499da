import Listings

/// Objects that hold a listing one or more objects deeper, as GeoJSON features do in `properties` and search engines in
/// `_source`: there the names of the listing begin, while what lies beside it keeps its own.
struct JSONEnvelope: Sendable {
  /// The names that lead to the listing.
  let path: [[UInt8]]
  /// Names beside the listing that it has too.
  private let twice: Set<[UInt8]>

  /// What such a name gets in front.
  static let mark = Array("outer.".utf8)
  private static let mostLevels = 3

  func isTwice(_ name: [UInt8]) -> Bool { twice.contains(name) }

  /// The envelope of objects with these dotted names; nil: the objects are the listings.
  ///
  /// Rules:  the names below tell at least two fields more than the others do, the title, price or address among them.
  ///         A name below counts for the whole object where it tells another field with its path than without, as
  ///         `author.name` tells the seller.
  static func find(among names: [String], _ mapping: ColumnMapping) -> JSONEnvelope? {
    var best: (prefix: String, count: Int)?
    var tried: Set<String> = []
    for name in names {
      for prefix in prefixes(of: name) where tried.insert(prefix).inserted {
        let found = fields(inner(prefix, names), mapping)
        guard found.count >= fieldsOfWhole(names, besides: prefix, mapping).count + 2,
          !found.isDisjoint(with: [.title, .price, .url])
        else { continue }
        if found.count > best?.count ?? 0 { best = (prefix, found.count) }
      }
    }
    return best.map { JSONEnvelope(prefix: $0.prefix, among: names) }
  }

  private static func fieldsOfWhole(_ names: [String], besides prefix: String, _ mapping: ColumnMapping) -> Set<Field> {
    fields(
      names.filter { name in
        guard let below = inner(prefix, [name]).first else { return true }
        return mapping.claim(of: name).field != mapping.claim(of: below).field
      }, mapping)
  }

  private init(prefix: String, among names: [String]) {
    path = prefix.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
    let inside = Set(Self.inner(prefix, names))
    twice = Set(names.filter { !$0.hasPrefix(prefix + ".") && inside.contains($0) }.map { Array($0.utf8) })
  }

  private static func prefixes(of name: String) -> [String] {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return (1...max(1, min(parts.count, mostLevels + 1))).dropLast().map { parts.prefix($0).joined(separator: ".") }
  }

  private static func inner(_ prefix: String, _ names: [String]) -> [String] {
    names.compactMap { $0.hasPrefix(prefix + ".") ? String($0.dropFirst(prefix.count + 1)) : nil }
  }

  static func fields(_ names: some Sequence<String>, _ mapping: ColumnMapping) -> Set<Field> {
    Set(names.compactMap { mapping.claim(of: $0).field })
  }
}
