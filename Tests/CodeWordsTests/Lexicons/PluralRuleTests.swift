import CodeWords
import Testing

/// Regular plurals by rule: certain ones, and none where the rule could be wrong.
struct PluralRuleTests {
  @Test(arguments: [
    ("bear claw", "bear claws"), ("ivory snuff box", "ivory snuff boxes"), ("ivory hair brush", "ivory hair brushes"),
    ("tortoiseshell brooch", "tortoiseshell brooches"), ("compass", "compasses"),
    ("ivory tea caddy", "ivory tea caddies"),
    ("grey", "greys"), ("donkey", "donkeys"), ("gecko", "geckos"), ("cameo", "cameos"), ("giraffe", "giraffes"),
    ("bird feed", "bird feeds"), ("caiman", "caimans"), ("hand-carved owl", "hand-carved owls"),
    ("orang-utan", "orang-utans"),
    ("Bear Claw", "Bear Claws"),
  ])
  func ofEnglishTheLastWordChanges(singular: String, plural: String) {
    #expect(PluralRule.plural(of: singular, language: "en") == plural)
  }

  @Test(arguments: [
    "abalone poached", "seahorse dried", "red eared", "bear tooth", "elephant foot", "paper knife", "scarf",
    "ivory scraps", "octopus", "glass fish", "sheep", "bird of prey", "tusk with base", "cage for parrot", "flamingo",
    "ivory chessmen", "salesman", "ox", "topaz", "triptych", "x", "象牙", "tusk 3", "",
  ])
  func whereTheRuleCouldBeWrongThereIsNone(writing: String) {
    #expect(PluralRule.plural(of: writing, language: "en") == nil)
  }

  @Test(arguments: [
    ("es", "perro", "perros"), ("es", "reptil", "reptiles"), ("es", "codorniz", "codornices"),
    ("es", "caimán", "caimanes"),
    ("es", "camaleón", "camaleones"), ("es", "cacatúa", "cacatúas"), ("fr", "tortue", "tortues"),
    ("fr", "bébé", "bébés"),
    ("pt", "papagaio", "papagaios"), ("pt", "jacaré", "jacarés"), ("pt", "hamster", "hamsteres"),
    ("pt", "sagui", "saguis"),
  ])
  func ofOtherLanguagesSingleWordsChange(language: String, singular: String, plural: String) {
    #expect(PluralRule.plural(of: singular, language: language) == plural)
  }

  @Test(arguments: [
    ("es", "oso pardo"), ("es", "virgen"), ("es", "loris"), ("fr", "hibou"), ("fr", "cheval"), ("fr", "peau"),
    ("fr", "ours"),
    ("fr", "peau d'ours"), ("pt", "falcão"), ("pt", "macaco-prego"), ("pt", "animal"), ("de", "zahn"), ("id", "burung"),
  ])
  func phrasesAndIrregularWordsOfOtherLanguagesHaveNone(language: String, writing: String) {
    #expect(PluralRule.plural(of: writing, language: language) == nil)
  }

  @Test func aPluralHasNoPluralOfItsOwn() {
    for word in ["bear claw", "ivory box", "perro", "tortue", "papagaio"] {
      for language in ["en", "es", "fr", "pt"] {
        guard let plural = PluralRule.plural(of: word, language: language) else { continue }
        #expect(PluralRule.plural(of: plural, language: language) == nil)
      }
    }
  }
}
