/// A canonical field of a listing. The raw value is the name on the command line, in filters and in exports.
package enum Field: String, CaseIterable, Sendable, Hashable {
  case listingID = "listing_id"
  case platform
  case url
  case title
  case description
  case species
  case price
  case currency
  case sellerAlias = "seller_alias"
  case sellerID = "seller_id"
  case sellerURL = "seller_url"
  case country
  case location
  case postedAt = "posted_at"
  case capturedAt = "captured_at"
  case quantity
  case language
  case intent
  case image
  case flagReason = "flag_reason"
  case category

  /// How a field lies in memory.
  package enum Storage: Sendable {
    /// Where the text of each row stands: for the fields that are searched.
    case text
    /// A code per row into a table of distinct values: for the fields that are counted.
    case dictionary
    /// Read values: amounts, currencies, times.
    case price, time
    /// Not kept; read again from the row's record when it is asked for.
    case record
  }

  package var storage: Storage {
    switch self {
    case .title, .description: .text
    case .platform, .species, .sellerAlias, .country, .language, .intent, .flagReason, .category: .dictionary
    case .price, .currency: .price
    case .postedAt, .capturedAt: .time
    case .listingID, .url, .sellerID, .sellerURL, .location, .quantity, .image: .record
    }
  }

  /// The fields that lie as dictionaries, in the order of `dictionaryIndex`.
  package static let dictionaryFields: [Field] = allCases.filter { $0.storage == .dictionary }
  private static let dictionaryIndexes: [Field: Int] = Dictionary(
    uniqueKeysWithValues: dictionaryFields.enumerated().map { ($1, $0) })

  /// The field's place among `dictionaryFields`; nil for the others.
  package var dictionaryIndex: Int? { Self.dictionaryIndexes[self] }
}
