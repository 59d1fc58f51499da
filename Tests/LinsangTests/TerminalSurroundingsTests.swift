import Foundation
import Testing

/// Unusual terminals, locales and casebooks.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct TerminalSurroundingsTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  @Test func whatCannotShowAScreenIsToldInOneSentence() throws {
    let terminal = try TerminalSession(place, columns: 200)
    let said = try terminal.answer("TERM=nosuch $L week.csv 2> said; echo $?", into: "status")
    #expect(said == "2\n")
    let sentence = try place.text(of: "said")
    #expect(sentence.contains("terminal type nosuch"), "\(sentence)")
    #expect(sentence.split(separator: "\n").count == 1)
  }

  @Test(arguments: ["LC_ALL=de_DE.ISO-8859-1", "LANG=xx_XX.KOI8-R"])
  func aLocaleThatIsNotUTF8IsShownInASCIIAndTold(_ setting: String) throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("\(setting) $L week.csv")
    let screen = try terminal.expect("3 of 3")
    #expect(screen.unicodeScalars.allSatisfy { $0.isASCII })
    #expect(screen.contains("The locale's character set is") && screen.contains("??????"))
    try terminal.press("j")
    try terminal.expect("Listing 2 of 3")
    try terminal.press("q")
    try terminal.expect("ready>")
  }

  @Test(arguments: ["LANG=xx", "LANG=C", "LANG=", "LC_ALL=POSIX"])
  func aLocaleThatSaysNothingIsTakenAsUTF8(_ setting: String) throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("\(setting) $L week.csv")
    try terminal.expect("青石集")
    try terminal.press("q")
    try terminal.expect("ready>")
  }

  @Test func noColourWithNO_COLOR() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("NO_COLOR=1 $L week.csv")
    try terminal.expect("3 of 3")
    let screen = try terminal.screen(withColours: true)
    let colour = try Regex("\u{1B}\\[([0-9;]*;)?([34][0-8]|9[0-7]|10[0-7])(;[0-9;]*)?m")
    #expect(screen.firstMatch(of: colour) == nil, "\(screen.debugDescription)")
    try terminal.press("q")
    try terminal.expect("ready>")
    try terminal.shell("clear; $L week.csv")
    try terminal.expect("3 of 3")
    #expect(try terminal.screen(withColours: true).firstMatch(of: colour) != nil, "and with colours there is")
  }

  @Test func aFileThatIsNotACasebookIsRefusedBeforeTheScreenIsTaken() throws {
    let terminal = try TerminalSession(place, columns: 200)
    let status = try terminal.answer("$L week.csv --casebook week.csv 2> said; echo $?", into: "status")
    #expect(status == "2\n")
    #expect(try place.text(of: "said").contains("week.csv is not a casebook. It was not changed."))
    #expect(try place.text(of: "week.csv") == Workplace.week)
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may write everywhere"))
  func aCasebookThatMayNotBeWrittenIsRefused() throws {
    let terminal = try TerminalSession(place, columns: 200)
    let status = try terminal.answer(
      "mkdir ro; chmod 500 ro; $L week.csv --casebook ro/x.casebook 2> said; echo $?", into: "status")
    #expect(status.hasSuffix("2\n"))
    #expect(try place.text(of: "said").contains("ro/x.casebook"))
  }

  @Test func aBinaryFileIsReportedInTheShellAndTheTerminalIsRestored() throws {
    let terminal = try TerminalSession(place, columns: 200)
    try place.write("packed.csv", bytes: [0x1F, 0x8B, 8, 0])
    let status = try terminal.answer("$L week.csv packed.csv 2> said; echo $?", into: "status")
    #expect(status == "2\n")
    #expect(try place.text(of: "said").contains("packed.csv is not text"))
    #expect(try terminal.answer("stty -a", into: "modes").contains(" icanon"))
  }

  @Test func standardInputCannotBeBothKeyboardAndFile() throws {
    let terminal = try TerminalSession(place, columns: 200)
    #expect(try terminal.answer("$L - 2> said; echo $?", into: "status") == "2\n")
    #expect(try place.text(of: "said").contains("which the keys come from"))
  }

  @Test func aMissingThemeIsReportedAndWorkContinues() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("$L week.csv --theme nosuch")
    // By then the command line, which contains the word too, has left the screen.
    try terminal.expect("3 of 3")
    try terminal.expect("nosuch")
  }
}
