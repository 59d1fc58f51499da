import Foundation
import Sentences
import Testing

/// The screen in other languages, and what stays English.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct LanguageStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  /// The translation of a sentence without values, from the language's file.
  private static func translation(_ english: String, _ code: String) throws -> String {
    let path = Program.projectRoot + "/Lexicons/languages/\(code).po"
    let file = TranslationFile(try String(contentsOfFile: path, encoding: .utf8))
    return try #require(file.entries.first { $0.english == english && $0.context == nil }?.translations.first)
  }

  private func open(_ command: String) throws -> TerminalSession {
    let terminal = try TerminalSession(place)
    try terminal.shell(command)
    return terminal
  }

  @Test(arguments: ["es", "fr", "id", "th", "vi", "zh"]) func theScreenSpeaksTheLanguage(code: String) throws {
    let terminal = try open("$L week.csv --language \(code)")
    try terminal.expect(Self.translation("confirm", code))
    try terminal.expect(Self.translation("(all listings)", code))
    terminal.pause()
    try terminal.press("?")
    try terminal.expect(Self.translation("Keys of this pane", code))
    terminal.pause()
    try terminal.press("q")
    try terminal.expect(Self.translation("confirm", code))
    terminal.pause()
    try terminal.press("c")
    try terminal.expect("1 ✓")
    terminal.pause()
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try Program.run("casebook", "log", at: place).text.contains("confirmed"))
  }

  @Test func theLocaleChoosesAndTheOptionOutranksIt() throws {
    let french = try open("LC_ALL= LANG=fr_CA.UTF-8 $L week.csv")
    try french.expect(Self.translation("(all listings)", "fr"))
    let english = try open("LC_ALL= LANG=fr_CA.UTF-8 $L week.csv --language en")
    try english.expect("(all listings)")
  }

  @Test func aLanguageThatIsNotThereIsNamedWithThoseThatAre() throws {
    let answer = try Program.run("week.csv", "--language", "xx", at: place)
    #expect(
      answer.status != 0 && answer.err.contains("There is no language “xx”; there are en, es, fr, id, th, vi, zh"))
    #expect(
      try Program.run("doctor", at: place, environment: ["LC_ALL": "th_TH.UTF-8"]).text.contains(
        "ไทย (th), by the locale"))
  }

  @Test func theLinearModeSpeaksTheLanguageToo() throws {
    let spoken = try Program.run("week.csv", "--linear", "--language", "fr", at: place, input: "c\nquit\n").text
    #expect(try spoken.contains(Self.translation("Unreviewed.", "fr")))
    #expect(!spoken.contains("Unreviewed."))
  }

  /// Packets go to people who read English; and whoever checks one works in a language of their own.
  @Test func aPacketWrittenInAnotherLanguageIsTheSameEnglish() throws {
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
    let terminal = try open("$L week.csv --language fr")
    try terminal.expect(Self.translation("confirm", "fr"))
    terminal.pause()
    try terminal.press("c")
    try terminal.expect("1 ✓")
    terminal.pause()
    try terminal.press("P")
    try terminal.expect(Self.translation("Summary", "fr"))
    try terminal.fillPacketForm()
    try terminal.press("C-s")
    terminal.pause()
    try terminal.press("C-s")
    try terminal.expect("out/LNS-")
    terminal.pause()
    try terminal.press("q")
    try terminal.expect("ready>")
    let folder = try #require(try Program.shell("ls -d out/LNS-*", at: place).lines.first)
    // Report and sheet are derived anew, in English, and held against what was written byte by byte.
    #expect(try Program.run("verify", folder, at: place).status == 0)
    let report = try String(contentsOfFile: place.path + "/" + folder + "/data/report.html", encoding: .utf8)
    #expect(try report.contains("confirmed") && !report.contains(Self.translation("Summary", "fr")))
  }
}
