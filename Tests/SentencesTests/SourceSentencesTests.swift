import Testing

@Suite("Sentences found in the source") struct SourceSentencesTests {
  private func keys(_ text: String) -> [String] { SourceSentences(text).found.map(\.english) }

  @Test("Literals, with their values numbered") func literals() {
    #expect(keys(#"x = localized("Nothing is marked")"#) == ["Nothing is marked"])
    #expect(keys(#"localized("Listing \(a + f("(")) of \(total), \(grouped: n)")"#) == ["Listing {1} of {2}, {3}"])
    #expect(keys(#"Sentence("say \"no\"\u{2026}")"#) == ["say \"no\"…"])
  }

  @Test("Long sentences in parts, and the two of a condition") func parts() {
    #expect(keys("localized(\n  \"One \\(a) \"\n    + \"two \\(b)\")") == ["One {1} two {2}"])
    #expect(keys(#"localized(isOne ? "a listing" : "\(n) listings")"#) == ["a listing", "{1} listings"])
    #expect(keys("localized(\"\"\"\n    One \\\n    line\n    \"\"\")") == ["One line"])
  }

  @Test("Within one another, and not in comments") func nested() {
    #expect(keys(#"localized("Saved \(localized("now"))")"#) == ["Saved {1}", "now"])
    #expect(keys("// localized(\"no\")\n/// localized(\"no\")") == [])
    #expect(keys("func localized(_ sentence: Sentence) {}") == [])
  }

  @Test("Numbers and contexts") func numbers() {
    #expect(
      SourceSentences(#"counted(n, "listing") + counted(n, "copy", "copies")"#).found == [
        .init(context: nil, english: "{1} listing", plural: "{1} listings"),
        .init(context: nil, english: "{1} copy", plural: "{1} copies"),
      ])
    #expect(
      SourceSentences(#"localized(n, one: "\(n) file", other: "\(n) files")"#).found == [
        .init(context: nil, english: "{1} file", plural: "{1} files")
      ])
    #expect(
      SourceSentences(#"localized("open", context: "a case")"#).found == [
        .init(context: "a case", english: "open", plural: nil)
      ])
    #expect(SourceSentences("counted(n, noun)").unreadable == ["line 1: counted() with a noun that is no literal"])
  }
}
