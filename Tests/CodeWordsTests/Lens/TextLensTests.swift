import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

struct TextLensTests {
  /// `kind written→read`, with `?` behind what is only possible and `~` behind what is ordinary.
  private func places(_ text: String, with lexicons: CompiledLexicons = InventedLexicons.compiled) -> [String] {
    lens(text, lexicons).spans.map { place in
      let written = String(decoding: Array(text.utf8)[place.bytes], as: UTF8.self)
      let shown = place.kind == .hidden ? HiddenCharacters.shortName(place.scalar) : written
      let grade = place.grade == .plain ? "" : place.grade == .possible ? "?" : "~"
      return "\(place.kind) \(shown)→\(place.readAs)\(grade)"
    }
  }

  /// `written→read` and the terms found.
  private func words(_ text: String) -> [String] {
    lens(text, InventedLexicons.compiled).words.map { word in
      let terms = word.terms.map { " = " + InventedLexicons.compiled[$0].denotes }.joined()
      return String(decoding: Array(text.utf8)[word.bytes], as: UTF8.self) + "→" + word.readAs + terms
    }
  }

  private func lens(_ text: String, _ lexicons: CompiledLexicons) -> TextLens {
    ListingText.with(title: text) { read in
      TextLens(read.title, hits: lexicons.reading(of: read).hits, lexicons)
    }
  }

  @Test(
    arguments: [
      ("i\u{200B}vory", ["hidden ZWSP→"], ["i\u{200B}vory→ivory = elephant ivory"]),
      ("so\u{AD}fa", ["hidden SHY→"], ["so\u{AD}fa→sofa"]),
      ("іvоry", ["lookAlike і→i", "lookAlike о→o"], ["іvоry→ivory = elephant ivory"]),
      ("lаmp", ["lookAlike а→a"], ["lаmp→lamp"]),
      ("бивeнь", ["lookAlike e→е"], ["бивeнь→бивень"]),
      ("1v0ry", ["leet 1→i", "leet 0→o"], ["1v0ry→ivory = elephant ivory"]),
      ("l4mp sh4de", ["leet 4→a?", "leet 4→a?"], ["l4mp→lamp", "sh4de→shade"]),
      ("i.v.o.r.y", Array(repeating: "spacedOut .→", count: 4), ["i.v.o.r.y→ivory = elephant ivory"]),
      ("l a m p s", Array(repeating: "spacedOut  →?", count: 4), ["l a m p s→lamps"]),
      ("象 牙", ["spacedOut  →"], ["象 牙→象牙 = elephant ivory"]),
      ("ivoooory", ["stretched oooo→o"], ["ivoooory→ivory = elephant ivory"]),
      ("&#105;vory", ["reference &#105;→i"], ["&#105;vory→ivory = elephant ivory"]),
      (
        "ｉｖｏｒｙ", ["ｉi", "ｖv", "ｏo", "ｒr", "ｙy"].map { "styled \($0.first!)→\($0.last!)" },
        ["ｉｖｏｒｙ→ivory = elephant ivory"]
      ),
      ("𝓵𝓪𝓶𝓹", ["styled 𝓵→l", "styled 𝓪→a", "styled 𝓶→m", "styled 𝓹→p"], ["𝓵𝓪𝓶𝓹→lamp"]),
      ("i\u{336}v\u{336}ory", ["marks \u{336}→", "marks \u{336}→"], ["i\u{336}v\u{336}ory→ivory = elephant ivory"]),
      (
        "e\u{301}\u{302}\u{303}\u{304}gg", ["marks \u{301}\u{302}\u{303}\u{304}→"],
        ["e\u{301}\u{302}\u{303}\u{304}gg→egg"]
      ),
      ("l*mp of br🐘ass", ["broken *→??", "broken 🐘→?"], ["l*mp→l?mp", "br🐘ass→brass"]),
      ("\u{202E}yrovi\u{202C}", ["hidden RLO→", "hidden PDF→"], []),
      ("a\u{E0069}\u{E0076}b", ["hidden TAG:i→", "hidden TAG:v→"], ["a\u{E0069}\u{E0076}b→ab"]),
      ("\u{1B}[31m", ["hidden ESC→"], []),
      ("象\u{FE00}牙", ["hidden VS1→"], ["象\u{FE00}牙→象牙 = elephant ivory"]),
    ] as [(String, [String], [String])])
  func everyDisguiseIsNamedAndReadAndFindsItsTerm(text: String, expected: [String], read: [String]) {
    #expect(places(text) == expected)
    #expect(words(text) == read)
  }

  @Test(arguments: [
    ("plain words, 3 pieces, 12 cm", "nothing"), ("می\u{200C}خواهم عَاج", "Persian joiners and Arabic vowel signs"),
    ("👨\u{200D}👩\u{200D}👧 ❤\u{FE0F} 👍🏽 1\u{FE0F}\u{20E3}", "emoji sequences"), ("क्\u{200D}ष", "Devanagari joiners"),
    ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "the flag of England"),
    ("ตะกรุดเก่ามากๆ ที่นี่", "Thai vowels and tones"), ("vảy tê tê, ngà voi thật", "Vietnamese accents"),
    ("葛\u{E0100}飾区", "a Japanese name's variant"), ("слон и бивень", "wholly Cyrillic"),
    ("USBкабель", "two words in one"),
    ("10μg", "a unit"), ("B2B H2O 4x4 A4 COVID19 PS4 100g", "numbers in names"), ("U.S.A. e.g. a/b", "abbreviations"),
    ("me@shop.example", "an address"), ("AT&amp;T &nbsp; &lt;b&gt;", "references of signs"), ("5ℓ 20m²", "units"),
    ("S M L XL", "sizes"), ("red·blue", "a list"),
  ])
  func whatIsOrdinaryIsNotToldAsADisguise(text: String, why: String) {
    #expect(places(text) == [], "\(why)")
    #expect(words(text) == [], "\(why)")
  }

  @Test(arguments: [
    ("שלום \u{200F}10", ["hidden RLM→~"]), ("ขาย\u{200B}งาช้าง", ["hidden ZWSP→~"]), ("\u{FEFF}lamp", ["hidden BOM→~"]),
    ("می\u{200C} ", ["hidden ZWNJ→~"]), ("出售ＡＢ手链", ["styled Ａ→a~", "styled Ｂ→b~"]),
  ])
  func whatIsOrdinaryInItsScriptIsGradedSo(text: String, expected: [String]) {
    #expect(places(text) == expected)
    #expect(words(text).isEmpty)
  }

  @Test func aWordOfAnEndlessLineIsShownWithItsSurroundingsOnly() {
    let line = String(repeating: "现货包邮", count: 50)
    #expect(words(line + "可\u{200B}小刀" + line) == ["货包邮可\u{200B}小刀现货→货包邮可小刀现货"])
  }

  @Test func theWritingThatMatchedIsNamedNotTheFirst() {
    #expect(words("1v0ries") == ["1v0ries→ivories = elephant ivory"])
  }

  @Test func aPartOfALongerTermIsNotAWordOfItsOwn() {
    #expect(words("іvory tusk") == ["іvory tusk→ivory tusk = elephant tusk"])
  }

  @Test func hitsBeyondTheTextAreLeftAlone() {
    ListingText.with(title: "old i\u{200B}vory") { read in
      let hits = InventedLexicons.compiled.reading(of: read).hits
      let beginning = UnsafeRawBufferPointer(rebasing: read.title.prefix(6))
      let lens = TextLens(beginning, hits: hits, InventedLexicons.compiled)
      #expect(lens.words.isEmpty)
    }
  }
}
