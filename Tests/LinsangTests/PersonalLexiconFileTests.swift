import CodeWords
import Foundation
import Testing

@testable import LinsangCLI
import LexiconWork

/// Words are appended to the analyst's own lexicon, and nothing in it is ever lost.
@Suite struct PersonalLexiconFileTests {
  private let place: Workplace
  private let file: PersonalLexiconFile
  private static let name = "linsang/Lexicons/terms/personal.csv"

  init() throws {
    place = try Workplace()
    file = PersonalLexiconFile(configuration: place.path)
  }

  private func draft(_ word: String, denotes: String = "elephant ivory") -> TermDraft {
    var draft = TermDraft()
    draft[.word] = word
    draft[.denotes] = denotes
    return draft
  }

  private func addError(_ draft: TermDraft) -> String? {
    do throws(PersonalLexiconFile.AddError) {
      _ = try file.add(draft, reviewed: "2026-11-24")
      return nil
    } catch {
      return error.sentence
    }
  }

  private static let header = LexiconRow.header

  @Test func theFirstWordCreatesTheFileAndOthersAreAppended() throws {
    #expect(try file.add(draft("quimbly"), reviewed: "2026-11-24").name == "quimbly")
    #expect(addError(draft("vambrace, \"old\"", denotes: "a; b")) == nil)
    let text = try place.text(of: Self.name)
    #expect(
      text == """
        \(Self.header)
        quimbly,en,code word,elephant ivory,,,40,,,,unverified,added from a listing,2026-11-24
        "vambrace, ""old""\",en,code word,"a; b",,,40,,,,unverified,added from a listing,2026-11-24

        """)
    let folder = try FileManager.default.contentsOfDirectory(atPath: place.path + "/linsang/Lexicons/terms")
    #expect(folder == ["personal.csv"])
    // The program reads the same terms from it.
    let loader = LexiconLoader(configuration: place.path)
    #expect(
      loader.own.map(\.name) == ["personal"] && loader.own[0].terms.map(\.name) == ["quimbly", "vambrace, \"old\""])
    #expect(!loader.problems.contains { $0.file == file.path })
  }

  @Test func aWordIsTakenOutAndNothingElseChanges() throws {
    _ = try file.add(draft("quimbly"), reviewed: "2026-11-24")
    let second = try file.add(draft("vambrace"), reviewed: "2026-11-24")
    _ = try file.add(draft("gorget", denotes: "a\"b\""), reviewed: "2026-11-24")
    try file.remove(second)
    let words = LexiconLoader(configuration: place.path).own[0].terms.map(\.name)
    #expect(words == ["quimbly", "gorget"])
    let before = try place.text(of: Self.name)
    let refused = #expect(throws: PersonalLexiconFile.RemovalError.self) { try file.remove(second) }
    #expect(refused?.sentence.contains("has no row for it. “vambrace” was not taken out") == true)
    #expect(try place.text(of: Self.name) == before)
  }

  /// Rows that a person wrote stay as they are: blank lines, another meaning of the same word, and what it is read as.
  @Test func theRowThatIsTakenOutIsTheOneThatWasMeant() throws {
    let rows = [
      Self.header, "ivory,en,product,elephant ivory,,,50,,,,unverified,mine,2026-01-01", "",
      "Ivory,en,product,walrus ivory,,,40,,,,unverified,mine,2026-01-01", "", "",
      "tusk,en,product,elephant ivory,,,50,,,,unverified,mine,2026-01-01", "",
    ]
    _ = try place.write(Self.name, rows.joined(separator: "\n"))
    let terms = LexiconLoader(configuration: place.path).own[0].terms
    let meant = try #require(terms.first { $0.denotes == "walrus ivory" } ?? terms.last)
    try file.remove(meant)
    let kept = rows.enumerated().filter { $0.offset != 3 }.map(\.element)
    #expect(try place.text(of: Self.name) == kept.joined(separator: "\n"))
  }

  /// A row of somebody's hand that goes on in the next one is theirs to take apart.
  @Test func aWordWithFurtherRowsIsLeftAlone() throws {
    let term = try file.add(draft("quimbly"), reviewed: "2026-11-24")
    let old = try place.text(of: Self.name)
    _ = try place.write(Self.name, old + "quimbly,en,more,elephant ivory,,,,,plain quimbly,,,,\n")
    #expect(throws: PersonalLexiconFile.RemovalError.self) { try file.remove(term) }
  }

  @Test func theFirstWordTakenOutLeavesALexiconWithoutTerms() throws {
    let first = try file.add(draft("quimbly"), reviewed: "2026-11-24")
    try file.remove(first)
    #expect(try place.text(of: Self.name) == Self.header + "\n")
    #expect(!LexiconLoader(configuration: place.path).problems.contains { $0.file == file.path })
  }

  @Test(arguments: ["\n", "\r\n"])
  func whatIsThereStaysByteForByte(lineEnd: String) throws {
    let old = [Self.header, "broken row", "tusk,en,product,\"elephant, tusk\",,,50,,,,unverified,mine,2026-01-01"]
      .joined(separator: lineEnd)
    try place.write(Self.name, old)
    #expect(addError(draft("quimbly")) == nil)
    let text = try place.text(of: Self.name)
    #expect(text.hasPrefix(old + lineEnd + "quimbly,"))
    #expect(text.hasSuffix(lineEnd))
  }

  @Test(arguments: [
    ("\u{FEFF}term,language", "byte order mark"), ("term;language;kind;denotes", "semicolons"),
    ("some notes of mine\n", "is not a lexicon"), ("term\u{0}", "not UTF-8"),
    (LexiconRow.header + "\n\"never closed,en,product\n", "never closed"),
  ])
  func aFileThatIsSomethingElseIsLeftAsItIs(text: String, why: String) throws {
    try place.write(Self.name, text)
    let sentence = try #require(addError(draft("quimbly")))
    for words in [file.path, why, "was not added", "unchanged", "try again"] {
      #expect(sentence.contains(words), "\(sentence)")
    }
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: file.path))) == Array(text.utf8))
  }

  @Test func aFileThatIsNotTextIsLeftUnchanged() throws {
    try place.write(Self.name, bytes: [0xFF, 0xFE, 0x74, 0x00])
    #expect(addError(draft("quimbly"))?.contains("not UTF-8") == true)
  }

  @Test func aWordThatIsAlreadyThereIsReportedWithItsLine() throws {
    #expect(addError(draft("quimbly")) == nil)
    let sentence = try #require(addError(draft("QUIMBLY")))
    #expect(sentence.contains("is already in ") && sentence.contains("personal.csv:2"))
    #expect(try place.text(of: Self.name).components(separatedBy: "\n").count == 3)
  }

  @Test func aHostileWordIsNotWritten() {
    #expect(addError(draft("=cmd()"))?.contains("formula") == true)
    #expect(!place.exists(Self.name))
  }

  @Test func aFolderThatCannotBeCreatedIsReported() throws {
    try place.write("linsang", "a file in the way")
    let sentence = try #require(addError(draft("quimbly")))
    #expect(sentence.contains("could not be written") && sentence.contains("was not added"))
  }

  /// Writing without the lock would lose what the other program writes.
  @Test func nothingIsWrittenWhileAnotherProgramHoldsTheLock() throws {
    #expect(addError(draft("quimbly")) == nil)
    let before = try place.text(of: Self.name)
    let folder = open((file.path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY)
    defer { close(folder) }
    #expect(flock(folder, LOCK_EX) == 0)
    let sentence = try #require(addError(draft("other")))
    #expect(sentence.contains("another program is writing there") && sentence.contains("was not added"))
    #expect(try place.text(of: Self.name) == before)
  }

  @Test func programsThatAddAtOnceLoseNothing() async throws {
    let file = file
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<24 {
        group.addTask {
          var draft = TermDraft()
          draft[.word] = "quimbly\(number)"
          draft[.denotes] = "x"
          _ = try? file.add(draft, reviewed: "2026-11-24")
        }
      }
    }
    let lines = try place.text(of: Self.name).split(separator: "\n")
    #expect(lines.count == 25)
    #expect(Set(lines.dropFirst().map { $0.prefix { $0 != "," } }).count == 24)
  }

  @Test func linksAreFollowed() throws {
    let real = try place.write("elsewhere/shared.csv", Self.header + "\n")
    try place.write("linsang/Lexicons/terms/.keep", "")
    try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: real)
    #expect(addError(draft("quimbly")) == nil)
    #expect(try place.text(of: "elsewhere/shared.csv").contains("quimbly"))
  }
}
