/// How the moment of a time in a listing is known. Raw values are stored in columns.
package enum TimeBasis: UInt8, Sendable, CaseIterable {
  /// The cell is empty, or says that there is no time.
  case none = 0
  /// Text without a moment, or with several possible ones: shown unchanged.
  case unreadable = 1
  /// Year, month and day as written, with only one possible meaning.
  case asWritten = 2
  case monthName = 3
  case unixSeconds = 4
  case unixMilliseconds = 5
  /// Day or month first, because another row of the column is unambiguous (see `DayOrder`).
  case dayFirstByColumn = 6
  case monthFirstByColumn = 7
  /// Day or month first by the custom of the listing's country, or else of the platform's.
  case dayFirstByPlace = 8
  case monthFirstByPlace = 9
  /// Day first, because dates with points have that order everywhere.
  case dayFirstByPoints = 10
  /// Counted back from the time of capture: "3 days ago".
  case beforeCapture = 11
  /// A year of the Buddhist era, less 543.
  case buddhistYear = 12

  /// How the time was read, as a phrase; nil where it needs no explanation.
  ///
  /// - Parameter order: the row that proves the order of day and month, for times that were read by their column.
  package func sentence(_ order: DayOrder?) -> String? {
    let evidence = order.map { ", because row \($0.row) says \($0.text)" } ?? ""
    return switch self {
    case .none, .asWritten: nil
    case .unreadable: "could not be read as a time"
    case .monthName: "month by its name"
    case .unixSeconds: "seconds since 1970"
    case .unixMilliseconds: "milliseconds since 1970"
    case .dayFirstByColumn: "day first\(evidence)"
    case .monthFirstByColumn: "month first\(evidence)"
    case .dayFirstByPlace: "day first, the custom of the country or platform; no row of the column tells"
    case .monthFirstByPlace: "month first, the custom of the country or platform; no row of the column tells"
    case .dayFirstByPoints: "day first, as dates with points are written"
    case .beforeCapture: "counted back from the time of capture"
    case .buddhistYear: "year of the Buddhist era, less 543"
    }
  }
}

/// Whether days come before months in a column of dates, and the row that proves it.
///
/// Shape:  only from dates that allow one reading, such as `27/03/2022`.
package struct DayOrder: Equatable, Sendable {
  /// What comes first.
  package enum First: Sendable { case day, month }

  package let first: First
  /// The row of the file that is unambiguous, numbered as by `Dataset.sourceRow`.
  package let row: Int
  /// Its date as written. Listing text: hostile until it has become `SafeText`.
  package let text: String

  package init(first: First, row: Int, text: String) {
    self.first = first
    self.row = row
    self.text = text
  }
}

/// The bases of both times of a row in one byte: four bits each.
package struct TimeBases: Equatable, Sendable {
  /// The posted basis in the lower half, the captured one in the upper half.
  package let byte: UInt8

  package init(posted: TimeBasis, captured: TimeBasis) { byte = posted.rawValue | captured.rawValue << 4 }
  package init(byte: UInt8) { self.byte = byte }

  /// The basis of one of the two times.
  package subscript(field: Field) -> TimeBasis {
    TimeBasis(rawValue: field == .capturedAt ? byte >> 4 : byte & 15) ?? .none
  }
}

extension Dataset {
  /// How a time of a row is known.
  package func timeBasis(of field: Field, at row: Int) -> TimeBasis { TimeBases(byte: timeBases[row])[field] }

  /// How a time of a row was read, as a phrase (`day first, because row 3 says 27/03/2022`); nil where it needs none.
  package func timeSentence(of field: Field, at row: Int) -> String? {
    let basis = timeBasis(of: field, at: row)
    let isByColumn = basis == .dayFirstByColumn || basis == .monthFirstByColumn
    return basis.sentence(isByColumn ? source(of: row).reader.dayOrder(of: field) : nil)
  }
}
