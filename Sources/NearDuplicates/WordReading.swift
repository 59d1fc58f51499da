import Listings
import SmallFormats

/// A word of an advert as it is compared: without case, accents and disguise.
///
/// Shape:  a hash above, what kind of word it is below. A number holds its digits instead of a hash.
struct Word: Hashable, BitwiseCopyable {
  let bits: UInt64

  /// Digits alone: `32,500`.
  static let number: UInt64 = 1
  /// Letters and digits: `64gb`, `m8000`.
  static let mixed: UInt64 = 2
  /// A character of a script without blanks.
  static let borderless: UInt64 = 4
  /// Stands beside a currency.
  static let price: UInt64 = 8
  /// An amount of a unit: `7cm`, or the 7 of `7 cm`.
  static let measure: UInt64 = 16
  /// How many bits say what kind of word it is.
  static let kindBits: UInt64 = 5

  @inline(__always)
  func has(_ kind: UInt64) -> Bool { bits & kind != 0 }

  /// The word without what only its neighbours or its spelling say: `1vory` is `ivory`, a price a number.
  @inline(__always)
  var identity: UInt64 { bits & ~(Self.price | Self.mixed | Self.measure) }

  /// The digits of a number as one whole number; the upper digits of very long ones are lost.
  var digits: UInt64 { bits >> 11 }
  /// How many digits a number has, at most 63.
  var digitCount: Int { Int(bits >> Self.kindBits & 63) }

  static func number(_ digits: UInt64, count: Int) -> Word {
    Word(bits: digits << 11 | UInt64(min(count, 63)) << kindBits | number)
  }
}

/// Reads the words of texts into a buffer that is reused.
///
/// Shape:  letters fold as in the matcher's first reading and then to their look-alike class, so that disguised and plain
///         letters are one. Blanks, punctuation and emoji only end words. In scripts without blanks each character, with
///         its vowels and marks, is a word.
/// Cost:   O(bytes), some nanoseconds each.
/// Limits: keeps the first `maximumWords` of a text; the fingerprint is of all of it.
final class WordReading {
  static let maximumWords = 1 << 14

  /// The words of everything read since `clear`.
  private(set) var words = UnsafeMutablePointer<Word>.allocate(capacity: WordReading.maximumWords)
  private(set) var count = 0
  /// How many words there were, those beyond the limit among them.
  private(set) var total = 0
  /// Depends on every word in order.
  private(set) var fingerprint: UInt64 = 0
  /// Depends on every word but the numbers: texts that differ in a price or a phone number have one.
  private(set) var plainFingerprint: UInt64 = 0
  /// Where each word lies in its text, where that is asked for.
  private(set) var places: [Range<Int>] = []
  private let keepsPlaces: Bool

  private var hash: UInt64 = 0
  private var letterHash: UInt64 = 0
  private var digitValue: UInt64 = 0
  private var digitCount = 0
  private var letterCount = 0
  private var start = 0
  private var end = 0
  /// A currency stands before the next word.
  private var followsCurrency = false
  private var isBorderless = false
  private var leads = false
  /// The word before says a currency.
  private var lastIsCurrencyWord = false

  init(keepsPlaces: Bool = false) { self.keepsPlaces = keepsPlaces }
  deinit { words.deallocate() }

  func clear() {
    (count, total, fingerprint, plainFingerprint) = (0, 0, 0, 0)
    places.removeAll(keepingCapacity: true)
  }

  /// Reads one text behind those before.
  func read(_ text: UnsafeRawBufferPointer) {
    let entries = LetterTable.entries
    var index = 0
    let count = text.count
    followsCurrency = false
    while index < count {
      let byte = text[index]
      var (scalar, length) = (UInt32(byte), 1)
      if byte >= 0x80 {
        (scalar, length) = Folding.decode(text, index)
        if length == 0 {
          index += 1
          continue
        }
      }
      let entry = scalar < LetterTable.count ? entries[Int(scalar)] : LetterTable.rare(scalar)
      if entry & LetterTable.word != 0 {
        take(entry, index, index + length)
      } else if byte == UInt8(ascii: "&"), let reference = HTMLCharacterReference.readLeniently(text, at: index) {
        length = reference.length
        takeReference(reference.scalar.value, text, index, length)
      } else if entry & LetterTable.skipped == 0 {
        takeSign(entry, byte, text, index)
      }
      index += length
    }
    endWord()
  }

  @inline(__always)
  private func take(_ entry: UInt32, _ from: Int, _ to: Int) {
    if entry & LetterTable.borderless != 0 {
      takeBorderless(entry, from, to)
      return
    }
    if isBorderless { endWord() }
    if letterCount + digitCount == 0 { start = from }
    end = to
    if entry & LetterTable.digit != 0 {
      digitCount += 1
      digitValue = digitValue &* 10 &+ UInt64(entry >> 28)
      hash = Self.add(entry & LetterTable.kindMask, to: hash)
    } else if entry & LetterTable.expands == 0 {
      letterCount += 1
      hash = Self.add(entry & LetterTable.kindMask, to: hash)
      letterHash = Self.add(entry & LetterTable.kindMask, to: letterHash)
    } else {
      let parts = LetterTable.expansions + Int(entry & LetterTable.kindMask)
      for part in 1...Int(parts[0]) {
        hash = Self.add(parts[part], to: hash)
        letterHash = Self.add(parts[part], to: letterHash)
      }
      letterCount += 1
    }
  }

  /// The character that an HTML reference stands for.
  private func takeReference(_ scalar: UInt32, _ text: UnsafeRawBufferPointer, _ index: Int, _ length: Int) {
    let entry = scalar < LetterTable.count ? LetterTable.entries[Int(scalar)] : LetterTable.rare(scalar)
    if entry & LetterTable.word != 0 {
      take(entry, index, index + length)
    } else if entry & LetterTable.skipped == 0 {
      endWord()
    }
  }

  private func takeBorderless(_ entry: UInt32, _ from: Int, _ to: Int) {
    let joins = isBorderless && (leads || entry & LetterTable.follows != 0)
    if !joins {
      endWord()
      (isBorderless, start) = (true, from)
    }
    letterCount += 1
    end = to
    leads = entry & LetterTable.leads != 0
    hash = Self.add(entry & (LetterTable.kindMask | LetterTable.expands), to: hash)
  }

  /// A sign that is no part of a word, unless it stands for a letter in one, or for the thousands of a number.
  private func takeSign(_ entry: UInt32, _ byte: UInt8, _ text: UnsafeRawBufferPointer, _ index: Int) {
    let next = index + 1 < text.count ? text[index + 1] : 0x20
    if letterCount == 0, digitCount > 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "."), next &- 0x30 < 10 {
      return
    }
    if entry & LetterTable.sign != 0, byte < 0x80, (next | 0x20) &- 0x61 < 26,
      letterCount > 0 && !isBorderless || letterCount + digitCount == 0 && (byte == 0x40 || byte == 0x24)
    {
      take(entry & ~LetterTable.currency, index, index + 1)
      return
    }
    let endsNumber = letterCount == 0 && digitCount > 0
    endWord()
    if entry & LetterTable.currency != 0 {
      if endsNumber { markNumber(Word.price) }
      followsCurrency = true
    } else if byte != 0x20 {
      followsCurrency = false
    }
  }

  /// The number that was read last is a price or a measure.
  private func markNumber(_ kind: UInt64) {
    guard count > 0, words[count - 1].has(Word.number), count == total else { return }
    words[count - 1] = Word(bits: words[count - 1].bits | kind)
  }

  @inline(__always)
  private func endWord() {
    guard letterCount + digitCount > 0 else { return }
    var word: Word
    if letterCount == 0 {
      word = .number(digitValue, count: digitCount)
      if followsCurrency || lastIsCurrencyWord { word = Word(bits: word.bits | Word.price) }
      lastIsCurrencyWord = false
    } else {
      let mixed = digitCount > 0
      let beside = letterCount <= 6 ? BesideNumbers.meaning(isBorderless ? hash : letterHash) : nil
      if mixed, digitCount >= 3, beside == Word.price {
        word = Word(bits: Word.number(digitValue, count: digitCount).bits | Word.price)
      } else {
        let kind = (mixed ? Word.mixed | (beside ?? 0) & Word.measure : 0) | (isBorderless ? Word.borderless : 0)
        word = Word(bits: Self.mix(hash) << Word.kindBits | kind)
      }
      if !mixed, let beside { markNumber(beside) }
      lastIsCurrencyWord = !mixed && beside == Word.price
    }
    // What neighbours say comes later, or not: the word is the same.
    fingerprint = Self.mix(fingerprint &* 0x9E37_79B9_7F4A_7C15 ^ word.identity)
    if !word.has(Word.number) {
      plainFingerprint = Self.mix(plainFingerprint &* 0x9E37_79B9_7F4A_7C15 ^ word.identity)
    }
    if count < Self.maximumWords {
      words[count] = word
      count += 1
      if keepsPlaces { places.append(start..<end) }
    }
    total += 1
    (hash, letterHash, digitValue, digitCount, letterCount) = (0, 0, 0, 0, 0)
    (followsCurrency, isBorderless, leads) = (false, false, false)
  }

  @inline(__always)
  static func add(_ kind: UInt32, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(kind)) &* 0xD6E8_FEB8_6659_FD93
  }

  /// Spreads what differs over all bits. Source: MurmurHash3's finaliser (Austin Appleby, public domain).
  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ value >> 33
  }
}
