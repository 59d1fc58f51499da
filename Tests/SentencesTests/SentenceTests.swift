import Testing

@testable import Sentences

@Suite("Sentences of the screen") struct SentenceTests {
  private static let french = SentenceTable(
    TranslationFile(
      #"""
      msgid ""
      msgstr ""
      "Language: fr\n"
      "X-Language-Name: français\n"
      "X-Thousands-Separator: space\n"
      "Plural-Forms: nplurals=2; plural=(n > 1);\n"

      msgid "Listing {1} of {2}"
      msgstr "Sur {2}, annonce {1}"

      msgid "{1} listing"
      msgid_plural "{1} listings"
      msgstr[0] "{1} annonce"
      msgstr[1] "{1} annonces"

      #, fuzzy
      msgid "guessed"
      msgstr "deviné"

      msgid "empty"
      msgstr ""

      msgctxt "a case"
      msgid "open"
      msgstr "ouverte"
      """#), code: "fr")

  @Test("In English, as the source has it") func english() {
    #expect(localized("Listing \(3) of \(grouped: 1200)") == "Listing 3 of 1,200")
    #expect(counted(1, "listing") == "1 listing")
    #expect(counted(1204, "listing") == "1,204 listings")
    #expect(counted(2, "copy", "copies") == "2 copies")
    #expect(Sentence("a {b} \(1)").key == "a {b} {1}")
    #expect((Sentence("a \(1) ") + "b \(2)").key == "a {1} b {2}")
  }

  @Test("In another language: values in its order, its plural forms, its thousands") func french() {
    ScreenLanguage.$forThisTask.withValue(Self.french) {
      #expect(localized("Listing \(3) of \(grouped: 1200)") == "Sur 1\u{A0}200, annonce 3")
      #expect(counted(0, "listing") == "0 annonce")
      #expect(counted(2, "listing") == "2 annonces")
      #expect(localized("open", context: "a case") == "ouverte")
    }
  }

  @Test("What has no translation stays English, a guessed one too") func missing() {
    ScreenLanguage.$forThisTask.withValue(Self.french) {
      #expect(localized("open") == "open")
      #expect(localized("guessed") == "guessed")
      #expect(localized("empty") == "empty")
      #expect(counted(2, "verdict") == "2 verdicts")
    }
  }

  @Test("A value that holds braces is not filled in again") func bracesInValues() {
    ScreenLanguage.$forThisTask.withValue(Self.french) {
      #expect(localized("Listing \("{2}") of \("{1}")") == "Sur {1}, annonce {2}")
    }
  }

  @Test(
    "The locale chooses",
    arguments: [
      ([:], nil), (["LANG": "C.UTF-8", "LANGUAGE": "fr"], nil), (["LANG": "fr_CA.UTF-8"], "fr"),
      (["LANG": "en_GB.UTF-8", "LANGUAGE": "fr"], "fr"), (["LANG": "de_DE.UTF-8"], nil),
      (["LC_ALL": "POSIX", "LANG": "fr_FR"], nil), (["LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "fr_FR"], "zh"),
      (["LANG": "de_DE", "LANGUAGE": "de:en:fr"], nil), (["LANG": "de_DE", "LANGUAGE": "de:th:fr"], "fr"),
    ] as [([String: String], String?)])
  func locale(environment: [String: String], code: String?) {
    #expect(LanguageChoice.code(environment: environment, available: ["fr", "zh"]) == code)
  }
}

@Suite("Files of translations") struct TranslationFileTests {
  @Test("Strings over several lines, escapes, comments, obsolete entries") func reading() {
    let file = TranslationFile(
      """
      # Translators' remarks
      msgid ""
      msgstr "Language: th\\n"

      #: Dashboard/Panes
      msgid ""
      "one "
      "\\"two\\"\\n"
      msgstr "três\\t"
      #~ msgid "gone"
      #~ msgstr "perdu"
      """)
    #expect(file.header == ["Language": "th"])
    #expect(file.entries == [.init(english: "one \"two\"\n", translations: ["três\t"])])
    #expect(file.problems.isEmpty)
  }

  @Test("A broken line is reported, and costs only its entry") func broken() {
    let file = TranslationFile("msgid \"a\"\nmsgstr \"unended\n\nmsgid \"b\"\nmsgstr \"c\"\nnonsense\n")
    #expect(file.problems.map(\.line) == [2, 6])
    #expect(file.entries.isEmpty || file.entries == [.init(english: "b", translations: ["c"])])
  }

  @Test("What is written is read again") func roundTrip() {
    var fuzzy = TranslationFile.Entry(context: "a case", english: "x\\\"\n", translations: ["ы\t"])
    fuzzy.isFuzzy = true
    let entries = [
      fuzzy, .init(english: "{1} a", englishPlural: "{1} as", translations: ["{1} b", "{1} bs"]),
      .init(english: "not yet", translations: [""]),
    ]
    let text = TranslationFile.text(remarks: ["Remark", ""], header: ["Language: ru"], entries: entries)
    #expect(TranslationFile(text).entries == entries)
    #expect(TranslationFile(text).header == ["Language": "ru"])
  }

  /// Words within a sentence are translated by themselves, also where the sentence around them has no translation.
  @Test("A sentence within a sentence is in the language of the whole") func nested() {
    let file = TranslationFile(
      """
      msgid ""
      msgstr "Language: fr\\n"

      msgid "a price"
      msgstr "un prix"

      msgid "“{1}” is {2}"
      msgstr "« {1} » est {2}"
      """)
    let kind = Sentence("a price")
    let sentence = Sentence("“\("9 USD")” is \(kind)")
    let list: Sentence = "\([sentence, kind], by: "; ")"
    #expect(sentence.key == "“{1}” is {2}" && sentence.english == "“9 USD” is a price")
    #expect(list.english == "“9 USD” is a price; a price")
    ScreenLanguage.$forThisTask.withValue(SentenceTable(file, code: "fr")) {
      #expect(localized(sentence) == "« 9 USD » est un prix")
      #expect(localized(list) == "« 9 USD » est un prix; un prix")
      #expect(localized("not translated: \(kind)") == "not translated: un prix")
    }
    #expect(localized(sentence) == sentence.english)
  }
}
