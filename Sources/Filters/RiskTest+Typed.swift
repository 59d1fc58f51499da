extension RiskTest {
  /// Reads `>60`, `>=60`, `<40`, `<=40`, `40..60`, `60..`, `..40`, `75`, `unknown`; nil for anything else, and for what
  /// no risk can be.
  init?(typed text: String) {
    let text = text.lowercased()
    if ["unknown", "none", "unreadable"].contains(text) {
      self = .unknown
      return
    }
    let bounds: (low: Int?, high: Int?)
    if let dots = text.firstRange(of: "..") {
      let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
      bounds = (left.isEmpty ? 0 : Self.number(left), right.isEmpty ? 100 : Self.number(right))
    } else if text.hasPrefix(">=") {
      bounds = (Self.number(text.dropFirst(2)), 100)
    } else if text.hasPrefix("<=") {
      bounds = (0, Self.number(text.dropFirst(2)))
    } else if text.hasPrefix(">") {
      bounds = (Self.number(text.dropFirst()).map { $0 + 1 }, 100)
    } else if text.hasPrefix("<") {
      bounds = (0, Self.number(text.dropFirst()).map { $0 - 1 })
    } else {
      bounds = (Self.number(text), Self.number(text))
    }
    guard let low = bounds.low, let high = bounds.high, 0 <= low, low <= high, high <= 100 else { return nil }
    self = .range(low...high)
  }

  private static func number(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(text) : nil
  }
}
