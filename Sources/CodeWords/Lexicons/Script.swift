import Listings
import Matching
import Sentences

/// A writing system, as far as it helps to tell languages apart.
///
/// Cost:   a comparison of ranges per letter.
/// Limits: scripts of languages that lexicons may be written in; others are nil.
/// Source: the blocks of the Unicode Standard; ISO 15924 for the names.
package enum Script: UInt8, CaseIterable, Sendable {
  case latin, cyrillic, greek, armenian, georgian, hebrew, arabic, devanagari, bengali, gurmukhi, gujarati, tamil
  case telugu, kannada, malayalam, sinhala, thai, lao, burmese, khmer, tibetan, ethiopic, mongolian, hangul, kana, han

  /// The name in English.
  ///
  /// Example: `Cyrillic`, `Japanese kana`.
  package var name: String { sentence.english }

  /// The name, as a part of sentences.
  var sentence: Sentence {
    switch self {
    case .latin: Sentence("Latin")
    case .cyrillic: Sentence("Cyrillic")
    case .greek: Sentence("Greek")
    case .armenian: Sentence("Armenian")
    case .georgian: Sentence("Georgian")
    case .hebrew: Sentence("Hebrew")
    case .arabic: Sentence("Arabic")
    case .devanagari: Sentence("Devanagari")
    case .bengali: Sentence("Bengali")
    case .gurmukhi: Sentence("Gurmukhi")
    case .gujarati: Sentence("Gujarati")
    case .tamil: Sentence("Tamil")
    case .telugu: Sentence("Telugu")
    case .kannada: Sentence("Kannada")
    case .malayalam: Sentence("Malayalam")
    case .sinhala: Sentence("Sinhala")
    case .thai: Sentence("Thai")
    case .lao: Sentence("Lao")
    case .burmese: Sentence("Burmese")
    case .khmer: Sentence("Khmer")
    case .tibetan: Sentence("Tibetan")
    case .ethiopic: Sentence("Ethiopic")
    case .mongolian: Sentence("Mongolian")
    case .hangul: Sentence("Korean Hangul")
    case .kana: Sentence("Japanese kana")
    case .han: Sentence("Chinese characters")
    }
  }

  /// The script of a letter; nil for anything else, and for scripts without a case here.
  ///
  /// Units:  a Unicode scalar value.
  /// Example: `ж` gives Cyrillic; `7` gives nil.
  package static func script(of scalar: UInt32) -> Script? {
    if scalar < 0x80 { return (scalar | 0x20) &- 0x61 < 26 ? .latin : nil }
    switch scalar {
    case 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF,
      0xFF21...0xFF3A, 0xFF41...0xFF5A:
      return .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: return .greek
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: return .cyrillic
    case 0x531...0x587: return .armenian
    case 0x5D0...0x5F2: return .hebrew
    case 0x620...0x64A, 0x66E...0x6D3, 0x6FA...0x6FF, 0x750...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFC:
      return .arabic
    case 0x900...0x965, 0x970...0x97F: return .devanagari
    case 0x980...0x9E5, 0x9F0...0x9FF: return .bengali
    case 0xA00...0xA7F: return .gurmukhi
    case 0xA80...0xAFF: return .gujarati
    case 0xB80...0xBE5: return .tamil
    case 0xC00...0xC65: return .telugu
    case 0xC80...0xCE5: return .kannada
    case 0xD00...0xD65: return .malayalam
    case 0xD80...0xDFF: return .sinhala
    case 0xE01...0xE3A, 0xE40...0xE4E: return .thai
    case 0xE80...0xECF, 0xEDC...0xEDF: return .lao
    case 0xF00...0xF1F, 0xF40...0xFBC: return .tibetan
    case 0x1000...0x103F, 0x1050...0x109F, 0xA9E0...0xA9FF, 0xAA60...0xAA7F: return .burmese
    case 0x10A0...0x10FF, 0x1C90...0x1CBF, 0x2D00...0x2D2F: return .georgian
    case 0x1200...0x139F, 0x2D80...0x2DDF: return .ethiopic
    case 0x1780...0x17D3: return .khmer
    case 0x1820...0x18AA: return .mongolian
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: return .hangul
    case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: return .kana
    case 0x2E80...0x2FD5, 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF:
      return .han
    default: return nil
    }
  }

  /// The scripts in which a language is written; none for `la` and `mul`. Unknown codes count as Latin.
  ///
  /// Example: `ja` gives Chinese characters and kana, `sr` Cyrillic and Latin.
  package static func scripts(ofLanguage code: String) -> [Script] {
    switch code {
    case "la", "mul": []
    case "zh": [.han]
    case "ja": [.han, .kana]
    case "ko": [.hangul]
    case "ru", "uk", "be", "bg", "mk", "kk", "ky", "tg": [.cyrillic]
    case "mn": [.cyrillic, .mongolian]
    case "sr": [.cyrillic, .latin]
    case "el": [.greek]
    case "hy": [.armenian]
    case "ka": [.georgian]
    case "he", "yi": [.hebrew]
    case "ar", "fa", "ur", "ps", "ug", "sd": [.arabic]
    case "hi", "mr", "ne", "sa": [.devanagari]
    case "bn", "as": [.bengali]
    case "pa": [.gurmukhi]
    case "gu": [.gujarati]
    case "ta": [.tamil]
    case "te": [.telugu]
    case "kn": [.kannada]
    case "ml": [.malayalam]
    case "si": [.sinhala]
    case "th": [.thai]
    case "lo": [.lao]
    case "my": [.burmese]
    case "km": [.khmer]
    case "bo", "dz": [.tibetan]
    case "am", "ti": [.ethiopic]
    default: [.latin]
    }
  }
}

/// Whether a listing's text could be read at all. Unreadable text must not look benign.
package enum Readability: Equatable, Sendable {
  /// There were letters to read, enough of them in a covered script.
  case read
  /// Neither title nor description contains a letter.
  case noText
  /// Most letters are of a script that no lexicon in force covers.
  case notCovered(Script)

  /// Letters examined per field: the first ones show the script.
  private static let sample = 128

  /// Judges by the letters at the beginning of both fields.
  ///
  /// Cost:   O(1), without allocation where the text is read.
  /// Shape:  not covered only where more than half of these letters are of scripts outside `scripts`. The most
  ///         frequent of those is named.
  /// Limits: letters of a script without a case of `Script` are not counted.
  static func of(_ text: ListingText, covering scripts: ScriptSet) -> Readability {
    if scripts.contains(.latin), let title = hasLetters(ofASCII: text.title),
      let description = hasLetters(ofASCII: text.description)
    {
      return title || description ? .read : .noText
    }
    let (title, description) = (count(text.title, scripts), count(text.description, scripts))
    let letters = title.letters + description.letters
    guard letters > 0 else { return .noText }
    guard (title.foreign + description.foreign) * 2 > letters else { return .read }
    return mostFrequent(text, outside: scripts).map { .notCovered($0) } ?? .read
  }

  /// Whether a text of ASCII has a letter; nil for other texts, and for longer ones than are worth being read whole.
  ///
  /// Cost:   O(bytes), eight at a time.
  private static func hasLetters(ofASCII text: UnsafeRawBufferPointer) -> Bool? {
    guard text.count <= 4096 else { return nil }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let (upper, lower) = (0x80 * ones, 0x7F * ones)
    var (all, letters, place) = (UInt64(0), UInt64(0), 0)
    func take(_ eight: UInt64) {
      all |= eight
      // With the upper bit of each byte clear, an addition tells whether it is at least `a`, and whether beyond `z`.
      let small = (eight | 0x20 * ones) & lower
      letters |= (small + (0x80 - 0x61) * ones) & ~(small + (0x80 - 0x7B) * ones)
    }
    while place + 8 <= text.count {
      take(text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      if all & upper != 0 { return nil }
      place += 8
    }
    var rest: UInt64 = 0
    while place < text.count {
      rest = rest << 8 | UInt64(text[place])
      place += 1
    }
    take(rest)
    return all & upper != 0 ? nil : letters & upper != 0
  }

  /// The number of letters, and of those in scripts outside `scripts`.
  private static func count(
    _ text: UnsafeRawBufferPointer, _ scripts: ScriptSet
  ) -> (letters: Int, foreign: Int) {
    var (letters, foreign) = (0, 0)
    forEachLetter(of: text) { script in
      letters += 1
      if !scripts.contains(script) { foreign += 1 }
    }
    return (letters, foreign)
  }

  /// The most frequent script outside `scripts`; of equally frequent ones the first by number.
  private static func mostFrequent(_ text: ListingText, outside scripts: ScriptSet) -> Script? {
    var counts = [Int](repeating: 0, count: Script.allCases.count)
    for field in [text.title, text.description] { forEachLetter(of: field) { counts[Int($0.rawValue)] += 1 } }
    return Script.allCases.filter { !scripts.contains($0) }
      .max { counts[Int($0.rawValue)] < counts[Int($1.rawValue)] }
  }

  /// The character at a byte and its length, 0 where there is none; most are ideographs.
  @inline(__always)
  private static func decode(_ text: UnsafeRawBufferPointer, _ index: Int) -> (scalar: UInt32, length: Int) {
    if text[index] & 0xF0 == 0xE0, index + 2 < text.count, text[index + 1] & 0xC0 == 0x80,
      text[index + 2] & 0xC0 == 0x80
    {
      let lead = UInt32(text[index] & 0x0F) << 12
      let scalar = lead | UInt32(text[index + 1] & 0x3F) << 6 | UInt32(text[index + 2] & 0x3F)
      if scalar >= 0x800, scalar & 0xF800 != 0xD800 { return (scalar, 3) }
    }
    return Folding.decode(text, index)
  }

  /// Calls `body` with the script of each of the first letters.
  @inline(__always)
  private static func forEachLetter(of text: UnsafeRawBufferPointer, _ body: (Script) -> Void) {
    var (letters, index) = (0, 0)
    let table = ScriptTable.numbers.base
    while index < text.count, letters < sample {
      let byte = text[index]
      if byte < 0x80 {
        index += 1
        guard (byte | 0x20) &- 0x61 < 26 else { continue }
        body(.latin)
        letters += 1
        continue
      }
      let (scalar, length) = decode(text, index)
      index += max(1, length)
      guard length > 0, let script = ScriptTable.script(of: scalar, table) else { continue }
      body(script)
      letters += 1
    }
  }
}

/// A set of scripts, as bits.
struct ScriptSet: Equatable, Sendable {
  private(set) var bits: UInt32 = 0

  /// A bit for each script, by its raw value.
  init(bits: UInt32) { self.bits = bits }

  init(_ scripts: some Sequence<Script>) {
    for script in scripts { bits |= 1 << UInt32(script.rawValue) }
  }

  /// Whether all of its scripts are in another set.
  func isSubset(of other: ScriptSet) -> Bool { bits & ~other.bits == 0 }

  @inline(__always)
  func contains(_ script: Script) -> Bool { bits >> UInt32(script.rawValue) & 1 == 1 }
}

/// `Script.script(of:)` as a table of the basic plane, for the pass over all listings.
private enum ScriptTable {
  /// The number of each character's script, plus 1.
  static let numbers = FixedTable<UInt8>(
    (0..<UInt32(0x10000)).map { scalar in Script.script(of: scalar).map { $0.rawValue + 1 } ?? 0 })

  @inline(__always)
  static func script(of scalar: UInt32, _ numbers: UnsafePointer<UInt8>) -> Script? {
    guard scalar < 0x10000 else { return Script.script(of: scalar) }
    let number = numbers[Int(scalar)]
    return number == 0 ? nil : Script(rawValue: number - 1)
  }
}

/// English names of languages.
package enum LanguageName {
  /// The name of a language code; nil for an unknown code and for `mul`.
  ///
  /// Example: `ja` gives `Japanese`; `la` gives `scientific`, as in scientific species name.
  package static func english(_ code: String) -> String? { names[code] }

  private static let names: [String: String] = [
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bo": "Tibetan", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ky": "Kyrgyz", "la": "scientific", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mg": "Malagasy", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish",
    "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak",
    "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
  ]
}
