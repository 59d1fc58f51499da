import Testing

@testable import Matching

/// The trees of keys against a search through all keys.
struct KeyIndexTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) << 32 ^ state >> 20
    }
  }

  private struct Found: Hashable, Comparable {
    let length: Int
    let owner: UInt32

    static func < (a: Found, b: Found) -> Bool { (a.length, a.owner) < (b.length, b.owner) }
  }

  private func found(_ index: KeyIndex, _ text: [UInt32], at place: Int) -> [Found] {
    var found: [Found] = []
    let padded = text + [0, 0, 0, 0]
    padded.withUnsafeBufferPointer { symbols in
      index.forEachKey(at: symbols.baseAddress! + place, count: text.count - place) { length, owners in
        for owner in owners { found.append(Found(length: length, owner: owner)) }
      }
    }
    return found
  }

  @Test(arguments: 0..<60) func everyKeyThatATextGoesOnWithIsFoundOnceTheShortestFirst(seed: Int) {
    var random = Random(state: UInt64(seed) &* 977 &+ 5)
    // Letters of which some have their lower bits in common, as children of one node are told apart by these.
    let letters: [UInt32] = [0x61, 0x62, 0x81, 0x4E01, 0x4E21, 0x1F601].shuffled(using: &random)
    func word(_ longest: Int) -> [UInt32] {
      let alphabet = letters.prefix(1 + seed % letters.count)
      return (0..<Int.random(in: 0...longest, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
    }
    let keys = (0..<(1 + seed * 3)).map { _ in word(9) }
    var list = KeyList()
    for (number, key) in keys.enumerated() { list.add(key, owner: UInt32(number / 2)) }
    let index = KeyIndex(list)
    let text = word(0) + (0..<200).flatMap { _ in word(4) }
    for place in text.indices {
      let expected = Set(
        keys.enumerated().filter { !$1.isEmpty && text[place...].starts(with: $1) }
          .map { Found(length: $1.count, owner: UInt32($0 / 2)) })
      #expect(found(index, text, at: place) == expected.sorted(), "\(place)")
    }
  }

  @Test func keysOfWhichEachIsTheBeginningOfTheNextNeedNoDeepStack() {
    var list = KeyList()
    let longest = 3000
    for length in 1...longest { list.add(repeatElement(0x61, count: length), owner: UInt32(length)) }
    let text = [UInt32](repeating: 0x61, count: longest)
    #expect(found(KeyIndex(list), text, at: 0) == (1...longest).map { Found(length: $0, owner: UInt32($0)) })
  }

  @Test func anIndexWithoutKeysFindsNothing() {
    #expect(KeyIndex(KeyList()).isEmpty)
    #expect(found(KeyIndex(KeyList()), [0x61, 0x62], at: 0).isEmpty)
  }
}
