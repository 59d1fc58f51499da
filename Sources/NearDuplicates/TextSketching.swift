import Listings

/// Reads all texts: which are equal, what is rare in them, and their sketches.
///
/// Cost:   a sample is read once before the others; see `ShingleRarity`.
struct TextSketching {
  let texts: DistinctTexts
  let sketches: TextSketches
  let rarity: ShingleRarity

  /// Nil when cancelled.
  init?(_ rows: ListingFirstRows, _ cancellation: Cancellation?, progress: (Double) -> Void) {
    guard let rarity = Self.rarity(rows, cancellation) else { return nil }
    progress(0.2)
    self.rarity = rarity
    let count = rows.listings.count
    let all = TextSketches(count: count)
    var fingerprints = [UInt64](repeating: 0, count: count)
    let steps = max(1, count / Self.stepSize)
    for step in 0..<steps {
      let range = count * step / steps..<count * (step + 1) / steps
      Self.read(range, rows, rarity, all, &fingerprints, cancellation)
      if cancellation?.isCancelled == true {
        all.release()
        return nil
      }
      progress(0.2 + 0.75 * Double(step + 1) / Double(steps))
    }
    guard let texts = DistinctTexts(rows, fingerprints: fingerprints, cancellation) else {
      all.release()
      return nil
    }
    // The sketch of a text is that of its first listing.
    sketches = TextSketches(count: texts.count)
    for text in 0..<texts.count {
      let listings = texts.listings(of: text)
      sketches[text].update(from: all[Int(listings[listings.startIndex])], count: TextSketches.size)
    }
    all.release()
    self.texts = texts
  }

  /// Listings between two reports of progress.
  private static let stepSize = 1 << 16

  private static func read(
    _ range: Range<Int>, _ rows: ListingFirstRows, _ rarity: ShingleRarity, _ sketches: TextSketches,
    _ fingerprints: inout [UInt64], _ cancellation: Cancellation?
  ) {
    fingerprints.withUnsafeMutableBufferPointer { fingerprints in
      nonisolated(unsafe) let fingerprints = fingerprints  // each part writes its own stretch
      Parallel.parts(range.count, minimum: 64) { _, part in
        let (reading, text, making) = (WordReading(), AdvertText(rows.dataset), SketchMaking())
        let shingling = ShingleReading(rarity)
        defer { making.release() }
        for listing in part.lowerBound + range.lowerBound..<part.upperBound + range.lowerBound {
          if listing & 255 == 0, cancellation?.isCancelled == true { return }
          text.move(to: Int(rows.listings[listing]))
          text.read(into: reading)
          guard reading.total > 0 else { continue }
          fingerprints[listing] = max(1, reading.fingerprint)
          shingling.fill(from: reading)
          making.write(shingling, to: sketches[listing])
        }
      }
    }
  }

  /// Counts words in a sample of the listings, each text once, whatever its numbers: a copy must not make its own words
  /// common.
  private static func rarity(_ rows: ListingFirstRows, _ cancellation: Cancellation?) -> ShingleRarity? {
    let count = rows.listings.count
    let size = min(count, ShingleRarity.sampleSize)
    func row(_ place: Int) -> Int { Int(rows.listings[count * place / max(1, size)]) }
    var fingerprints = [UInt64](repeating: 0, count: size)
    var words = [UInt32](repeating: 0, count: size)
    fingerprints.withUnsafeMutableBufferPointer { fingerprints in
      words.withUnsafeMutableBufferPointer { words in
        nonisolated(unsafe) let (fingerprints, words) = (fingerprints, words)  // each part writes its own stretch
        Parallel.parts(size, minimum: 64) { _, part in
          let (reading, text) = (WordReading(), AdvertText(rows.dataset))
          for place in part {
            if place & 255 == 0, cancellation?.isCancelled == true { return }
            text.move(to: row(place))
            text.read(into: reading)
            fingerprints[place] = reading.total == 0 ? 0 : max(1, reading.plainFingerprint)
            words[place] = UInt32(min(reading.total, 512))
          }
        }
      }
    }
    guard let distinct = DistinctNumbers(fingerprints, cancellation) else { return nil }
    var isFirst = [Bool](repeating: false, count: size)
    for group in 0..<distinct.groupCount {
      let places = distinct.group(group)
      let first = Int(places[places.startIndex])
      isFirst[first] = fingerprints[first] != 0
    }
    let sample = (0..<size).filter { isFirst[$0] }
    let total = sample.reduce(0) { $0 + Int(words[$1]) }
    let texts = SampleTexts(dataset: rows.dataset, rows: sample.map { UInt32(row($0)) })
    return ShingleRarity(sample: sample.count, words: total, cancellation) { text, reading in
      let advert = AdvertText(texts.dataset)
      advert.move(to: Int(texts.rows[text]))
      advert.read(into: reading)
      return true
    }
  }

  private struct SampleTexts: Sendable {
    let dataset: Dataset
    let rows: [UInt32]
  }
}
