import Listings

/// What two adverts are compared by: the shingles of both texts, their words, and the words of the title.
///
/// Cost:   O(words log words) to fill; the arrays are reused.
final class TextProfile {
  /// Hashes of shingles in their upper 56 bits and weights in the lower 8; ascending, each once.
  fileprivate(set) var shingles: [UInt64] = []
  /// The sum of all weights.
  fileprivate(set) var weight = 0
  /// The identities of all words, ascending, each once.
  fileprivate(set) var words: [UInt64] = []
  /// Those of them that tell something and stand there several times.
  fileprivate(set) var repeated: [UInt64] = []
  /// Words anywhere that say which size or amount is offered.
  fileprivate(set) var sizes: [UInt64] = []
  fileprivate(set) var title: [TitleWord] = []
  fileprivate(set) var titleWeight = 0
  /// Words in all, those beyond the limit of comparison among them.
  fileprivate(set) var length = 0

  /// A word of a title.
  struct TitleWord {
    let word: Word
    /// The shingle that ends with it, as in `shingles`.
    let shingle: UInt64
    /// What the word tells; 0 for numbers.
    let weight: Int
    /// Another such word means another thing: a size, a model, a year.
    let namesVariant: Bool
  }

  private static let hashMask = ~UInt64(0xFF)

  /// Whether a sorted list holds a value.
  fileprivate static func holds(_ list: [UInt64], _ value: UInt64) -> Bool {
    list.withUnsafeBufferPointer { list in
      var (low, high) = (0, list.count)
      while low < high {
        let middle = (low + high) / 2
        if list[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low < list.count && list[low] == value
    }
  }

  fileprivate func holds(shingle: UInt64) -> Bool {
    let hash = shingle & Self.hashMask
    return shingles.withUnsafeBufferPointer { list in
      var (low, high) = (0, list.count)
      while low < high {
        let middle = (low + high) / 2
        if list[middle] < hash { low = middle + 1 } else { high = middle }
      }
      return low < list.count && list[low] & Self.hashMask == hash
    }
  }

  /// Reads an advert in place of the one before.
  func fill(from text: AdvertText, _ reading: WordReading, _ shingling: ShingleReading) {
    text.read(into: reading)
    let titleCount = text.titleCount
    let count = min(reading.count, ShingleReading.maximumWords)
    length = reading.total
    shingles.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    title.removeAll(keepingCapacity: true)
    repeated.removeAll(keepingCapacity: true)
    sizes.removeAll(keepingCapacity: true)
    shingling.fill(from: reading)
    for index in 0..<shingling.count {
      shingles.append(shingling.hashes[index] & Self.hashMask | UInt64(shingling.weights[index]))
    }
    fillTitle(reading, min(titleCount, count), text.amount, shingling.rarity)
    for index in 0..<count {
      let word = reading.words[index]
      words.append(word.identity)
      if word.has(Word.measure) || SizeWords.clear.contains(word.identity) { sizes.append(word.identity) }
    }
    words.sort()
    keepOnce(shingling.rarity)
    shingles.sort()
    var kept = 0
    weight = 0
    for index in shingles.indices {
      if kept > 0, shingles[kept - 1] & Self.hashMask == shingles[index] & Self.hashMask { continue }
      shingles[kept] = shingles[index]
      weight += Int(shingles[index] & 0xFF)
      kept += 1
    }
    shingles.removeLast(shingles.count - kept)
  }

  /// Words that more than an eighth of all texts hold say nothing by standing there twice.
  private static let tellingWord = 3 * ShingleRarity.perBit

  private func keepOnce(_ rarity: ShingleRarity) {
    var kept = 0
    for index in words.indices {
      if kept > 0, words[kept - 1] == words[index] {
        if repeated.last != words[index], words[index] & Word.number == 0 {
          var run = Run()
          run.extend(by: Word(bits: words[index]))
          if Int(rarity.information(of: run.hash)) >= Self.tellingWord { repeated.append(words[index]) }
        }
        continue
      }
      words[kept] = words[index]
      kept += 1
    }
    words.removeLast(words.count - kept)
  }

  private func fillTitle(_ reading: WordReading, _ count: Int, _ amount: Int64, _ rarity: ShingleRarity) {
    titleWeight = 0
    var shingle = 0
    for index in 0..<min(count, Self.maximumTitle) {
      let word = reading.words[index]
      if word.has(Word.number) {
        title.append(
          TitleWord(word: word, shingle: 0, weight: 0, namesVariant: namesVariant(word, amount)))
        continue
      }
      var run = Run()
      run.extend(by: word)
      var weight = Int(rarity.information(of: run.hash)) + 2 * ShingleRarity.perBit
      if word.has(Word.borderless) { weight = weight * 2 / 5 }
      titleWeight += weight
      title.append(
        TitleWord(
          word: word, shingle: shingles[shingle], weight: weight,
          namesVariant: word.has(Word.mixed) || SizeWords.all.contains(word.identity)))
      shingle += 1
    }
  }

  /// Of a title so many words are looked at.
  private static let maximumTitle = 64

  /// Whether a number of a title says which thing it is: not a price, and no phone number.
  private func namesVariant(_ word: Word, _ amount: Int64) -> Bool {
    if word.has(Word.price) || word.digitCount > 6 { return false }
    let digits = Int64(word.digits)
    return amount == Dataset.noAmount || digits * 10_000 != amount && digits * 100 != amount
  }
}

/// Where the two texts of an advert are, and what its price is.
final class AdvertText {
  let dataset: Dataset
  private(set) var row = 0
  /// How many of the words read are those of the title.
  private(set) var titleCount = 0

  init(_ dataset: Dataset) { self.dataset = dataset }

  func move(to row: Int) { self.row = row }

  /// Ten-thousandths of a currency; `Dataset.noAmount` without a price.
  var amount: Int64 { dataset.amounts[row] }

  func read(into reading: WordReading) {
    reading.clear()
    reading.read(dataset.bytes(of: .title, at: row))
    titleCount = reading.count
    reading.read(dataset.bytes(of: .description, at: row))
  }
}

/// Words that say which size something has.
enum SizeWords {
  /// Those that mean nothing else.
  static let clear = identities("xs xl xxl xxxl small medium large")
  /// Single letters too, which are words of their own elsewhere.
  static let all = clear.union(identities("s m l"))

  private static func identities(_ text: String) -> Set<UInt64> {
    let reading = WordReading()
    reading.clear()
    Array(text.utf8).withUnsafeBytes { reading.read($0) }
    return Set((0..<reading.count).map { reading.words[$0].identity })
  }
}

/// Whether two adverts are one, and how alike they are.
///
/// Two adverts are one if they share enough that is rare, differ in little of their text, and do not contradict each other.
/// Shape:  symmetrical.
/// Source: weighted Jaccard and containment (Broder 1997); weights by document frequency (Spärck Jones 1972).
struct Likeness {
  /// The least share of the weight of both texts that they must have in common.
  static let leastAlike = 0.45
  /// Where nearly all of the shorter text stands in the longer one, less of the longer one is enough.
  static let leastContained = 0.8
  static let leastAlikeContained = 0.25
  /// The largest share of a title that the other advert may lack, and how it depends on the likeness of all the text: who
  /// changes the title leaves the rest as it is.
  static let mostForeignTitle = 0.5
  static let foreignTitlePerAlike = 0.6

  /// Quarter bits that two adverts must share at least: what three words tell that stand in no other text, and eight bits.
  let leastShared: Int

  /// Pairs are as many as the square of the texts: with two logarithms about one pair would share so much by chance, if words
  /// came independently of one another. They do not, so it takes more; the eight bits keep three words from being enough
  /// among few texts, where every word is rare.
  init(_ rarity: ShingleRarity) { leastShared = 3 * rarity.maximum + 8 * ShingleRarity.perBit }

  /// Whether a text tells enough for equal ones to be one advert: as much as two adverts must share, or a little less in a
  /// text of eight different words, since that all of them agree says something too.
  func tellsEnough(_ text: TextProfile) -> Bool {
    text.weight >= leastShared
      || text.words.count >= 8 && text.weight >= leastShared - 8 * ShingleRarity.perBit
  }

  /// The share of both texts that is common, from 0 to 1; nil if they are two adverts.
  func alike(_ a: TextProfile, _ b: TextProfile) -> Double? {
    let shared = sharedWeight(a, b)
    guard shared >= leastShared else { return nil }
    let alike = Double(shared) / Double(a.weight + b.weight - shared)
    let contained = Double(shared) / Double(min(a.weight, b.weight))
    guard alike >= Self.leastAlike || contained >= Self.leastContained && alike >= Self.leastAlikeContained
    else { return nil }
    // What was not compared may say anything.
    if max(a.length, b.length) > ShingleReading.maximumWords, max(a.length, b.length) > 2 * min(a.length, b.length) {
      return nil
    }
    return contradict(a, b, alike) ? nil : alike
  }

  private func sharedWeight(_ a: TextProfile, _ b: TextProfile) -> Int {
    a.shingles.withUnsafeBufferPointer { x in
      b.shingles.withUnsafeBufferPointer { y in
        var (i, j, shared) = (0, 0, 0)
        while i < x.count, j < y.count {
          let (left, right) = (x[i] >> 8, y[j] >> 8)
          if left == right {
            shared += Int(min(x[i] & 0xFF, y[j] & 0xFF))
            (i, j) = (i + 1, j + 1)
          } else if left < right {
            i += 1
          } else {
            j += 1
          }
        }
        return shared
      }
    }
  }

  /// Whether they say that they are about two things.
  private func contradict(_ a: TextProfile, _ b: TextProfile, _ alike: Double) -> Bool {
    if !a.title.isEmpty, !b.title.isEmpty {
      let (ofA, ofB) = (foreignTitle(a, in: b), foreignTitle(b, in: a))
      if ofA.namesVariant, ofB.namesVariant { return true }
      if min(ofA.share, ofB.share) > min(Self.mostForeignTitle, Self.foreignTitlePerAlike * alike) { return true }
    }
    if hasForeign(a.sizes, in: b.words), hasForeign(b.sizes, in: a.words) { return true }
    return hasForeign(a.repeated, in: b.words) && hasForeign(b.repeated, in: a.words)
  }

  private func foreignTitle(_ a: TextProfile, in b: TextProfile) -> (share: Double, namesVariant: Bool) {
    var (foreign, namesVariant) = (0, false)
    for word in a.title {
      if word.word.has(Word.borderless)
        ? b.holds(shingle: word.shingle) : TextProfile.holds(b.words, word.word.identity)
      {
        continue
      }
      foreign += word.weight
      if word.namesVariant { namesVariant = true }
    }
    return (a.titleWeight == 0 ? 0 : Double(foreign) / Double(a.titleWeight), namesVariant)
  }

  private func hasForeign(_ words: [UInt64], in others: [UInt64]) -> Bool {
    words.contains { !TextProfile.holds(others, $0) }
  }
}
