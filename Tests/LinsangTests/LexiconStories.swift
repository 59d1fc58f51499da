import Foundation
import Testing

/// The lexicons at a real terminal: browsed, tried, and switched off permanently.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct LexiconTerminalStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Self.listings)
    try place.write("home/.config/linsang/Lexicons/terms/mine.csv", Self.lexicon)
  }

  private static let listings = """
    listing_id,platform,title,description
    q1,Pipit,quimbly ring,old stock
    q2,Pipit,garden chair,quimbly cushions
    q3,Hearthside,garden lamp,

    """

  private static let lexicon = """
    term,language,kind,denotes,taxon,product,weight,needs,unless,match,source,note,reviewed
    quimbly,en,code word,elephant ivory,Loxodonta africana,IVC,50,,,,unverified,invented,2026-11-24

    """

  @Test func aLexiconIsBrowsedTriedAndSwitchedOffPermanently() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("$L week.csv --casebook case.casebook")
    try terminal.expect("3 of 3")
    try terminal.expect("quimbly elephant ivory")
    try terminal.press("L", "/")
    try terminal.type("mine")
    try terminal.press("Enter", "Enter")
    try terminal.expect("home/.config/linsang/Lexicons/terms/mine.csv:2")
    try terminal.press("Enter")
    try terminal.expect(#"filter  term:"quimbly""#)
    try terminal.expect("2 of 3")

    try terminal.press("L", "/")
    try terminal.type("mine")
    try terminal.press("Enter", "Space", "w")
    try terminal.expect("Make the switch permanent?")
    try terminal.expect("2 lowered")
    terminal.pause()
    try terminal.press("y")
    try terminal.expect("1 lexicon switched")
    try terminal.expectGone("2 of 3")
    #expect(
      try place.text(of: "home/.config/linsang/Lexicons/switches.csv") == "lexicon,state,note\nmine,off,\n")
    // Letters typed right after an answer are not commands.
    terminal.pause()
    try terminal.press("L")
    try terminal.expect("off")
    try terminal.press("Escape")
    try terminal.expectGone("off")
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try Program.run("lexicon", "list", at: place).text.contains("off mine"))
  }
}
