import CPlatform

/// The second reading, of texts that show a sign of disguise.
extension SpellingMatcher {
  func readDisguised(_ text: UnsafeRawBufferPointer, _ signs: UInt32, _ scratch: inout Scratch) {
    scratch.read(text)
    if signs != UInt32(LP_SIGN_REFERENCE) { propose(in: scratch.literal, besides: nil, &scratch) }
    if signs & UInt32(LP_SIGN_REFERENCE) != 0 {
      scratch.decoded.read(text)
      if scratch.decoded.hasReferences { propose(in: scratch.decoded, besides: scratch.literal, &scratch) }
    }
    // Both readings, and both ways of reading references, may have found the same.
    var seen = Set<SpellingMatch>()
    scratch.found.removeAll { !seen.insert(SpellingMatch(spelling: $0.spelling, bytes: $0.bytes, folds: [])).inserted }
  }

  private func propose(in reading: TextReading, besides literal: TextReading?, _ scratch: inout Scratch) {
    scratch.disguised.read(reading.units)
    let disguised = scratch.disguised
    reading.units.withUnsafeBufferPointer { units in
      disguised.kinds.withUnsafeBufferPointer { kinds in
        guard let base = kinds.baseAddress else { return }
        for place in 0..<disguised.count where mayBegin(base + place) {
          self.disguised.forEachKey(at: base + place, count: disguised.count - place) { _, owners in
            for owner in owners {
              for start in Self.starts(of: place, in: disguised, units) {
                check(owner, Int(start), units, reading, literal, &scratch.found)
              }
            }
          }
        }
      }
    }
  }

  private func mayBegin(_ kinds: UnsafePointer<UInt32>) -> Bool {
    disguised.fours.mayContain(lp_hash_four(kinds[0], kinds[1], kinds[2], kinds[3]))
      || disguised.twos.mayContain(lp_hash_two(kinds[0], kinds[1])) || disguised.ones.mayContain(lp_hash_one(kinds[0]))
  }

  /// The units of a run that a match may begin with: the first of each letter, from where all of it is taken for one,
  /// and the last few, of which each may stand for itself.
  private static func starts(
    of run: Int, in disguised: DisguisedReading, _ units: UnsafeBufferPointer<TextReading.Unit>
  ) -> [Int32] {
    let members = disguised.members[Int(disguised.runs[run])..<Int(disguised.runs[run + 1])]
    if members.count == 1 { return Array(members) }
    return members.indices.filter { place in
      place == members.startIndex || members.endIndex - place <= longestPlainRun
        || (units[Int(members[place])].entry ^ units[Int(members[place - 1])].entry) & CharacterTable.scalarMask != 0
    }.map { members[$0] }
  }

  /// Of one letter in a spelling.
  private static let longestPlainRun = 16

  private func check(
    _ owner: UInt32, _ start: Int, _ units: UnsafeBufferPointer<TextReading.Unit>, _ reading: TextReading,
    _ literal: TextReading?, _ found: inout [SpellingMatch]
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
      let bytes = Int(units[start].start)..<Int(units[end - 1].end)
      let needed = neededFolds(of: folds) { fewer in
        let reading = fewer.contains(.references) ? reading : literal ?? reading
        guard let start = reading.unit(at: bytes.lowerBound) else { return false }
        return reading.units.withUnsafeBufferPointer { units in
          ends(of: owner, under: fewer, in: units, from: start).contains { Int(units[$0 - 1].end) == bytes.upperBound }
        }
      }
      found.append(SpellingMatch(spelling: owner, bytes: bytes, folds: needed))
    }
  }
}
