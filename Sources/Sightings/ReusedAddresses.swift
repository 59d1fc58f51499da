import Listings

extension Sightings {
  /// Changed rows that are perhaps another advert under an old number or address: little of the title is left, and the text
  /// differs in more than one word of five.
  ///
  /// Shape:  in the order of rows. They count as changed all the same; a person is to look.
  /// Cost:   reads the words of the rows whose title and text changed, and of no others.
  /// Limits: where the sighting before is only recorded, its words are not known, and nothing is said.
  package func reused(_ cancellation: Cancellation? = nil) -> [Int] {
    var found: [Int] = []
    for row in 0..<dataset.rowCount {
      let state = state(at: row)
      if state.isRepeat { continue }
      if cancellation?.isCancelled == true { return found }
      if isPerhapsAnother(row) { found.append(row) }
    }
    return found
  }

  /// Whether a changed row is perhaps another advert under an old number or address.
  package func isPerhapsAnother(_ row: Int) -> Bool {
    let state = state(at: row)
    guard state.kind == .changed || state.kind == .reappeared,
      state.changed.isSuperset(of: [.init(.title), .init(.text)]), case .row(let earlier)? = earlier(of: row)
    else { return false }
    return isOther(row, earlier)
  }

  /// Whether two rows have hardly anything in common.
  func isOther(_ row: Int, _ earlier: Int) -> Bool {
    func share(_ field: Field, _ measure: TextMeasure) -> Double {
      measure.share(dataset.bytes(of: field, at: row), dataset.bytes(of: field, at: earlier))
    }
    return share(.title, .letters) < 0.4 && share(.description, .words) < 0.8
  }
}

/// Whether titles are of one advert, told by the letters that they share.
package enum TitleLikeness {
  /// Whether two titles have something in common.
  package static func areAlike(_ a: String, _ b: String) -> Bool {
    var (a, b) = (a, b)
    return a.withUTF8 { a in
      b.withUTF8 { b in TextMeasure.letters.share(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b)) >= 0.4 }
    }
  }
}

/// How much two texts have in common.
///
/// Shape:  the part of the smaller set of words, or of three bytes within words, that the larger has; 1 for two texts
///         without any.
private enum TextMeasure {
  /// For long texts. Characters beyond ASCII count by threes here too, since many scripts have no blanks.
  case words
  /// For titles, in which `bike` and `bikes` are to agree.
  case letters

  /// Longer texts count with their beginnings.
  private static let readBytes = 1 << 14

  func share(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Double {
    let (first, second) = (parts(of: a), parts(of: b))
    let smaller = min(first.count, second.count)
    if smaller == 0 { return first.count == second.count ? 1 : 0 }
    return Double(first.intersection(second).count) / Double(smaller)
  }

  /// Fingerprints of the words, or of what they consist of.
  private func parts(of text: UnsafeRawBufferPointer) -> Set<UInt64> {
    let text = UnsafeRawBufferPointer(rebasing: text.prefix(Self.readBytes))
    return withUnsafeTemporaryAllocation(byteCount: 2 * text.count + 8, alignment: 8) { buffer in
      let folded = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
      let count = Folding.write(text, into: folded)
      var parts: Set<UInt64> = []
      func add(_ start: Int, _ count: Int) {
        parts.insert(Fingerprint.of(UnsafeRawBufferPointer(start: folded + start, count: count)))
      }
      var start = 0
      while start < count {
        var end = start
        while end < count, isLetter(folded[end]) { end += 1 }
        let isWord = self == .words && !(start..<end).contains { folded[$0] >= 0x80 }
        if isWord || end - start < 3 {
          if end - start > 1 { add(start, end - start) }
        } else {
          for place in start...(end - 3) { add(place, 3) }
        }
        start = end + 1
      }
      return parts
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }
}
