/// Why no amount could be read from a price.
package enum PriceFault: String, Sendable, CaseIterable {
  case noAmount, severalAmounts, belowZero, tooLarge, digitsUnclear, measure, controlCharacters

  /// As a phrase.
  package var sentence: String {
    switch self {
    case .noAmount: "it names none, and no word that says why"
    case .severalAmounts: "it has several numbers, none with a currency"
    case .belowZero: "it is below zero"
    case .tooLarge: "it is beyond what can be kept exactly"
    case .digitsUnclear: "its number is no amount as people write them (a telephone number, a date, a share)"
    case .measure: "its number measures or counts something else"
    case .controlCharacters: "control characters stand in it, so that what is shown and what is written may differ"
    }
  }
}
