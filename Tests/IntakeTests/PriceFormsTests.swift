import Listings
import Testing

@testable import Intake

/// Prices as people write them in many countries, against a table made by somebody who had not seen the code.
///
/// Source: `Oracle/price-forms.csv`; its forms follow each locale's number format in CLDR and the ways of its marketplaces.
@Suite struct PriceFormsTests {
  private struct Form {
    let locale, written, currency, note: String
    let amount: String?

    /// The amount in the currency's own unit: ten rials to the toman.
    var expected: String? { note.contains("toman") ? amount.map { $0 + "0" } : amount }
    var expectedCurrency: String { note.contains("toman") && amount != nil ? "IRR" : currency }

    /// Whether the amount is a number that stands for no price in this program: 1234, 1,234,567.
    var isPlaceholder: Bool {
      guard let amount, let number = Int64(amount) else { return false }
      return PricePlaceholder.isOne(number * 10_000, usDollars: Dataset.noAmount)
    }
  }

  private static let forms: [Form] = {
    let path = String(#filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined()) + "/Oracle/price-forms.csv"
    let rows = (try? SmallTable.rows(path: path)) ?? []
    return rows.dropFirst().map { row in
      Form(
        locale: row.cells[0], written: row.cells[1], currency: row.cells[3], note: row.cells[4],
        amount: row.cells[2].isEmpty ? nil : row.cells[2])
    }
  }()

  @Test func theTableIsThere() {
    #expect(Self.forms.count > 1400)
    #expect(Set(Self.forms.map(\.locale)).count > 80)
  }

  @Test func everyFormIsReadAsItsLocaleMeansIt() {
    for form in Self.forms {
      let price = ReadPrice(form.written)
      if form.isPlaceholder {
        #expect(price.state == .placeholder, "\(form.locale) \(form.written): \(price)")
        continue
      }
      #expect(price.amount == form.expected, "\(form.locale) \(form.written): \(price)")
      if !form.expectedCurrency.isEmpty, form.amount != nil {
        #expect(price.currency == form.expectedCurrency, "\(form.locale) \(form.written): \(price)")
        #expect(price.basis == .besideAmount, "\(form.locale) \(form.written): \(price)")
      }
    }
  }

  @Test func noFormIsReadAsAnotherAmountOrCurrencyWhateverIsLeftUnread() {
    for form in Self.forms {
      let price = ReadPrice(form.written)
      if let amount = price.amount { #expect(amount == form.expected, "\(form.locale) \(form.written): \(price)") }
      guard let currency = price.currency, price.amount != nil, !form.expectedCurrency.isEmpty else { continue }
      #expect(currency == form.expectedCurrency, "\(form.locale) \(form.written): \(price)")
    }
  }

  @Test func aCurrencyThatASharedSignLeavesOpenIsMarkedAsAssumed() {
    for form in Self.forms where form.note.contains("shared sign") && form.amount != nil {
      let price = ReadPrice(form.written)
      guard price.currency != nil, !Self.isSettled(form.written) else { continue }
      #expect(price.basis == .assumed, "\(form.locale) \(form.written): \(price)")
    }
  }

  /// Signs that the table counts as shared and this program holds for one currency's: `tax included` is Japanese.
  private static func isSettled(_ written: String) -> Bool { written.contains("税込") }

  @Test func wordsInPlaceOfAPriceSayWhyThereIsNone() {
    for form in Self.forms where form.note == "no price word" {
      let price = ReadPrice(form.written)
      #expect(
        [.free, .onRequest, .exchange, .missing].contains(price.state), "\(form.locale) \(form.written): \(price)")
      #expect(price.problem == nil, "\(form.locale) \(form.written): \(price)")
    }
  }

  @Test func whatIsNoPriceSaysWhatItIs() {
    let faults: [(note: String, faults: Set<PriceProblem>)] = [
      ("instalments", [.instalments]), ("shipping", [.notThePrice]),
      ("measure", [.measure, .digitsUnclear, .severalAmounts]),
    ]
    for form in Self.forms where form.amount == nil {
      guard let expected = faults.first(where: { $0.note == form.note })?.faults else { continue }
      let price = ReadPrice(form.written)
      #expect(price.problem.map(expected.contains) == true, "\(form.locale) \(form.written): \(price)")
    }
  }
}
