import Testing

@testable import Filters

/// What is typed at the end of a filter, and how it could go on.
struct FilterCompletionTests {
  @Test(
    arguments: [
      ("", nil, "", 0), ("plat", nil, "plat", 4), ("ivory plat", nil, "plat", 4), ("-plat", nil, "plat", 4),
      ("(plat", nil, "plat", 4), ("platform:", "platform", "", 0), ("platform:Fa", "platform", "Fa", 2),
      ("platform:\"Fa", "platform", "Fa", 3), ("platform:a,\"b c", "platform", "b c", 4), ("-is:un", "is", "un", 2),
      ("platform:\"a b\" ", nil, "", 0), ("platform:\"a,b:c", "platform", "a,b:c", 6), ("a:b:c", "a", "b:c", 3),
      ("\"exact pla", nil, "exact pla", 10), ("--", nil, "", 0),
    ] as [(String, String?, String, Int)])
  func theEndOfAFilterIsANameOrAValue(text: String, field: String?, typed: String, length: Int) {
    let completion = FilterCompletion(before: text)
    #expect(completion.field == field)
    #expect(completion.typed == typed)
    #expect(completion.length == length)
  }

  @Test func candidatesMatchByTheirBeginningElseByTheBeginningOfAWord() {
    let names = ["Facebook", "Farm Market", "market place"]
    #expect(FilterCompletion(before: "platform:FA").matching(names) == ["Facebook", "Farm Market"])
    #expect(FilterCompletion(before: "platform:mar").matching(names) == ["market place"])
    #expect(FilterCompletion(before: "platform:pla").matching(names) == ["market place"])
    #expect(FilterCompletion(before: "platform:zz").matching(names) == [])
  }

  @Test func whatIsCompletedIsReadAsThatAndNothingElse() throws {
    for name in FilterCompletion.names {
      #expect(FilterCompletion(before: "x").text(for: name) == name + ":")
      for value in FilterCompletion.words(of: name) ?? [] {
        _ = try FilterSyntax.read(name + ":" + FilterCompletion(before: name + ":").text(for: value))
      }
    }
    for value in ["Talat Sod", "a \"b\"", "x,y", "-q", "none"] {
      let text = "platform:" + FilterCompletion(before: "platform:").text(for: value)
      #expect(try FilterSyntax.read(text) == Filter([.field(.platform, [.exactly(value)])]))
    }
  }

  @Test func severalMatchesShareTheirBeginning() {
    #expect(FilterCompletion(before: "p").shared(by: ["platform", "plate"]) == "plat")
    #expect(FilterCompletion(before: "plat").shared(by: ["platform", "plate"]) == nil)
    #expect(FilterCompletion(before: "is:un").shared(by: ["unsure", "unreviewed"]) == nil)
  }
}
