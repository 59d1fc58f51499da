/// Why no moment could be read from a time.
package enum TimeFault: String, Sendable, CaseIterable {
  case noTime, noSuchDay, openOrder, noCaptureTime

  /// As a phrase.
  package var sentence: String {
    switch self {
    case .noTime: "no day is named that could be read"
    case .noSuchDay: "there is no such day or hour, or its year is none from 1900 to 2199"
    case .openOrder: "day or month may stand first, and neither another row of the column nor the country tells which"
    case .noCaptureTime: "it is counted back from the time of capture, which the listing does not give"
    }
  }
}
