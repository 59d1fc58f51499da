import Listings
import Sentences

// What columns were recognised as, in the words of the screen; packets and the memory of columns have their own.

extension ColumnFinding {
  /// The reason in words; empty without evidence.
  package var screenWhy: String {
    switch basis {
    case .name: localized("by its name", context: "how a column was recognised")
    case .shape(let words): localized(words)
    case .map: localized("given with --map", context: "a column")
    case .chosen: localized("chosen by you", context: "a column")
    case .remembered: localized("remembered, chosen by you before", context: "a column")
    case .offered(let words): localized("may be the title: \(localized(words))")
    case .nothing: ""
    }
  }
}

extension HeaderSignature {
  /// `3 columns: title, price, url`.
  var screenWords: String { parts.map { "\(screenCount): \($0.shown)" } ?? words }

  /// How many columns it has, and whether they have names: `3 columns`.
  var screenCount: String {
    guard let parts else { return String(words.prefix { $0 != ":" }) }
    let count = parts.count
    return parts.hasNames
      ? localized(count, one: "\(count) column", other: "\(count) columns")
      : localized(count, one: "\(count) column without names", other: "\(count) columns without names")
  }
}
