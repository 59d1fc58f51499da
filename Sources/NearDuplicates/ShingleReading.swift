import Glibc

/// What a text is recognised by: at each word, the shortest run of words ending there that few texts hold.
///
/// Shape:  in a vocabulary of many words these are single words, so that one changed word changes one or two of them; in
///         boilerplate and among few words they are runs. Each weighs what it tells beyond the run before it: words that
///         only continue a known phrase tell nothing new.
/// Cost:   one to three probes of the table of rarities per word. All texts' single words are looked up first, then the runs
///         of two where that was not enough, and so on: probes that do not wait for one another.
/// Limits: one text at a time; the arrays hold it until the next.
final class ShingleReading {
  /// A run that more texts of the sample hold is extended by the word before it.
  static let commonCount = 16.0
  /// Of a text so many words are compared.
  static let maximumWords = 4096
  /// The longest run in scripts with blanks, and in those without, where a word is one character.
  private static let longest = (words: 4, characters: 5)

  let rarity: ShingleRarity
  /// Runs that tell at least so much are not extended.
  private let enough: UInt8

  /// How many shingles the text has.
  private(set) var count = 0
  /// Their hashes.
  let hashes = UnsafeMutablePointer<UInt64>.allocate(capacity: maximumWords)
  /// What they tell, in quarter bits.
  let weights = UnsafeMutablePointer<UInt8>.allocate(capacity: maximumWords)
  private let words = UnsafeMutablePointer<Word>.allocate(capacity: maximumWords)
  /// How many words each shingle has.
  private let lengths = UnsafeMutablePointer<UInt8>.allocate(capacity: maximumWords)
  /// What the run of each length tells, `maximumWords` for the first length, then for the second.
  private let told = UnsafeMutablePointer<UInt8>.allocate(capacity: 5 * maximumWords)
  private let waiting = UnsafeMutablePointer<UInt16>.allocate(capacity: maximumWords)

  init(_ rarity: ShingleRarity) {
    self.rarity = rarity
    enough = UInt8(max(1, rarity.maximum - Int(4 * log2(Self.commonCount))))
  }

  deinit {
    hashes.deallocate()
    weights.deallocate()
    words.deallocate()
    lengths.deallocate()
    told.deallocate()
    waiting.deallocate()
  }

  /// Finds the shingles of the words that were read.
  func fill(from reading: WordReading) {
    let (words, hashes, told, lengths, waiting) = (words, hashes, told, lengths, waiting)
    let (rarity, enough) = (rarity, enough)
    var count = 0
    for index in 0..<min(reading.count, Self.maximumWords) {
      words[count] = reading.words[index]
      if !words[count].has(Word.number) { count += 1 }
    }
    self.count = count
    for place in 0..<count {
      var run = Run()
      run.extend(by: words[place])
      hashes[place] = run.hash
    }
    var left = 0
    for place in 0..<count {
      told[place] = rarity.information(of: hashes[place])
      lengths[place] = 1
      waiting[left] = UInt16(place)
      left += told[place] < enough && place > 0 ? 1 : 0
    }
    var length = 2
    while left > 0, length <= Self.longest.characters {
      left = extend(to: length, left)
      length += 1
    }
    weigh()
  }

  /// Extends the runs that wait to a length, and returns how many wait still.
  @inline(__always)
  private func extend(to length: Int, _ waitingCount: Int) -> Int {
    let (words, hashes, lengths, waiting) = (words, hashes, lengths, waiting)
    let (now, before) = (told + (length - 1) * Self.maximumWords, told + (length - 2) * Self.maximumWords)
    var kept = 0
    for index in 0..<waitingCount {
      let place = Int(waiting[index])
      if length > Self.longest.words, !words[place].has(Word.borderless) { continue }
      var run = Run(hashes[place])
      run.extend(by: words[place - length + 1])
      hashes[place] = run.hash
      waiting[kept] = UInt16(place)
      kept += 1
    }
    var left = 0
    for index in 0..<kept {
      let place = Int(waiting[index])
      // Longer runs tell at least as much as the shorter ones that they end with.
      now[place] = max(before[place], rarity.information(of: hashes[place]))
      lengths[place] = UInt8(length)
      waiting[left] = UInt16(place)
      left += now[place] < enough && place >= length ? 1 : 0
    }
    return left
  }

  /// Sets the weights.
  private func weigh() {
    let (words, told, lengths, weights) = (words, told, lengths, weights)
    for place in 0..<count {
      let length = Int(lengths[place])
      var weight = Int(told[(length - 1) * Self.maximumWords + place])
      if length > 1 {
        // What the same run tells without its last word: that word is no news.
        let known = min(length - 1, Int(lengths[place - 1]))
        weight -= Int(told[(known - 1) * Self.maximumWords + place - 1])
      }
      // A character of a script without blanks is about a third of a word.
      if words[place].has(Word.borderless) { weight = weight * 2 / 5 }
      weights[place] = UInt8(max(1, weight))
    }
  }
}
