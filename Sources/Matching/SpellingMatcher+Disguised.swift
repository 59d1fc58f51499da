import CPlatform

/// The second reading, of texts that show a sign of disguise.
extension SpellingMatcher {
  func readDisguised(_ text: UnsafeRawBufferPointer, _ signs: UInt32, _ scratch: inout Scratch) {
    scratch.read(text)
    if signs != UInt32(LP_SIGN_REFERENCE) { propose(in: scratch.literal, besides: nil, text, &scratch) }
    if signs & UInt32(LP_SIGN_REFERENCE) != 0 {
      scratch.decoded.read(text)
      if scratch.decoded.hasReferences { propose(in: scratch.decoded, besides: scratch.literal, text, &scratch) }
    }
    guard scratch.found.count > 1 else { return }
    // Both readings, and both ways of reading references, may have found the same.
    var seen = Set<SpellingMatch>()
    scratch.found.removeAll { !seen.insert(SpellingMatch(spelling: $0.spelling, bytes: $0.bytes, folds: [])).inserted }
  }

  private func propose(
    in reading: TextReading, besides literal: TextReading?, _ text: UnsafeRawBufferPointer, _ scratch: inout Scratch
  ) {
    scratch.disguised.read(reading.units)
    let disguised = scratch.disguised
    reading.units.withUnsafeBufferPointer { units in
      disguised.kinds.withUnsafeBufferPointer { kinds in
        guard let base = kinds.baseAddress else { return }
        for place in 0..<disguised.count where self.disguised.mayBegin(at: base + place) {
          self.disguised.forEachKey(at: base + place, count: disguised.count - place) { _, owners in
            for owner in owners {
              disguised.forEachStart(of: place, in: units) { start in
                check(owner, start, units, reading, literal, text, &scratch)
              }
            }
          }
        }
      }
    }
  }

  private func check(
    _ owner: UInt32, _ start: Int, _ units: UnsafeBufferPointer<TextReading.Unit>, _ reading: TextReading,
    _ literal: TextReading?, _ bytes: UnsafeRawBufferPointer, _ scratch: inout Scratch
  ) {
    var folds = spellings[Int(owner)].folds
    if reading.readsReferences {
      guard folds.contains(.references) else { return }
    } else {
      folds.remove(.references)
    }
    let text = texts[Int(owner)]
    guard WordBorders(units: units).mayBegin(spellings[Int(owner)].borders, start, first: text.first) else { return }
    for end in ends(of: owner, under: folds, in: units, from: start) {
      let place = Int(units[start].start)..<Int(units[end - 1].end)
      let isDecoded = reading.readsReferences
      if case .some(.some(let known)) = scratch.memory.folds(of: owner, place, in: bytes, readingReferences: isDecoded)
      {
        scratch.found.append(SpellingMatch(spelling: owner, bytes: place, folds: known))
        continue
      }
      let needed = neededFolds(of: folds) { fewer in
        let reading = fewer.contains(.references) ? reading : literal ?? reading
        guard let start = reading.unit(at: place.lowerBound) else { return false }
        return reading.units.withUnsafeBufferPointer { units in
          ends(of: owner, under: fewer, in: units, from: start).contains { Int(units[$0 - 1].end) == place.upperBound }
        }
      }
      scratch.memory.remember(needed, of: owner, place, in: bytes, readingReferences: isDecoded)
      scratch.found.append(SpellingMatch(spelling: owner, bytes: place, folds: needed))
    }
  }
}
