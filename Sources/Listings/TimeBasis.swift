/// What told the moment that a time in a listing means.
package enum TimeBasis: UInt8, Sendable, CaseIterable {
  /// The cell is empty, or says that there is none.
  case none = 0
  /// There is text, but no moment in it, or more than one that it may mean: shown as it stands.
  case unreadable = 1
  /// Year, month and day as written, which can mean only one day.
  case asWritten = 2
  case monthName = 3
  case unixSeconds = 4
  case unixMilliseconds = 5
  /// Day or month first, because another row of the same column can be read in one way only (see `DayOrder`).
  case dayFirstByColumn = 6
  case monthFirstByColumn = 7
  /// Day or month first, as is the custom of the listing's country, else of the platform's.
  case dayFirstByPlace = 8
  case monthFirstByPlace = 9
  /// Dates with points between their numbers have the day first, wherever they are written.
  case dayFirstByPoints = 10
  /// Counted back from the time of capture: "3 days ago".
  case beforeCapture = 11
  /// A year of the Buddhist era, from which 543 were taken.
  case buddhistYear = 12

  /// How the time was read, as a phrase; nil where there is nothing to tell.
  package func sentence(_ order: DayOrder?) -> String? {
    let witness = order.map { ", because row \($0.row) says \($0.text)" } ?? ""
    return switch self {
    case .none, .asWritten: nil
    case .unreadable: "could not be read as a time"
    case .monthName: "month by its name"
    case .unixSeconds: "seconds since 1970"
    case .unixMilliseconds: "milliseconds since 1970"
    case .dayFirstByColumn: "day first\(witness)"
    case .monthFirstByColumn: "month first\(witness)"
    case .dayFirstByPlace: "day first, the custom of the country or platform; no row of the column tells"
    case .monthFirstByPlace: "month first, the custom of the country or platform; no row of the column tells"
    case .dayFirstByPoints: "day first, as dates with points are written"
    case .beforeCapture: "counted back from the time of capture"
    case .buddhistYear: "year of the Buddhist era, less 543"
    }
  }
}

/// Whether days stand before months in a column of dates, and the row that shows it.
package struct DayOrder: Equatable, Sendable {
  package enum First: Sendable { case day, month }

  package let first: First
  /// The row of the file that can be read in one way only, as `Dataset.sourceRow` counts.
  package let row: Int
  /// Its date as it stands. Listing text: hostile until it has become `SafeText`.
  package let text: String

  package init(first: First, row: Int, text: String) {
    self.first = first
    self.row = row
    self.text = text
  }
}

/// The bases of a row's two times in one byte.
package struct TimeBases: Equatable, Sendable {
  package let byte: UInt8

  package init(posted: TimeBasis, captured: TimeBasis) { byte = posted.rawValue | captured.rawValue << 4 }
  package init(byte: UInt8) { self.byte = byte }

  package subscript(field: Field) -> TimeBasis {
    TimeBasis(rawValue: field == .capturedAt ? byte >> 4 : byte & 15) ?? .none
  }
}

extension Dataset {
  /// What told a time of a row.
  package func timeBasis(of field: Field, at row: Int) -> TimeBasis { TimeBases(byte: timeBases[row])[field] }

  /// How a time of a row was read, as a phrase (`day first, because row 3 says 27/03/2022`); nil where it says so itself.
  package func timeSentence(of field: Field, at row: Int) -> String? {
    let basis = timeBasis(of: field, at: row)
    let isByColumn = basis == .dayFirstByColumn || basis == .monthFirstByColumn
    return basis.sentence(isByColumn ? source(of: row).reader.dayOrder(of: field) : nil)
  }
}
