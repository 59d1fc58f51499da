import Foundation
import Testing

/// Two dashboards on one casebook, at two terminals.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct SeveralAnalystsTerminalStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  private func open(_ analyst: String, _ options: String = "", expecting text: String = "3 of 3") throws
    -> TerminalSession
  {
    let terminal = try TerminalSession(place, columns: 120, rows: 36)
    try terminal.shell("$L week.csv --casebook c.casebook --analyst \(analyst) \(options)")
    try terminal.expect(text)
    terminal.pause()
    return terminal
  }

  @Test func twoDashboardsSeeEachOthersVerdictsAndNotesAndSettleADisagreement() throws {
    let ana = try open("ana")
    let bo = try open("bo")
    try ana.press("c")
    try ana.expect("1 ✓")
    try bo.expect("1 ✓  0 ✗")
    try bo.press("x")
    try bo.expect("0 ✓  1 ✗")
    try bo.expect("1 disagree (W)")
    try ana.expect("1 disagree (W)")
    try ana.press("W")
    try ana.expect("ana: confirmed")
    try ana.expect("bo: false positive")
    try ana.press("n")
    try ana.type("the grain shows ivory")
    try ana.press("Enter")
    try bo.press("W")
    try bo.expect("ana: the grain shows ivory")
    bo.pause()
    try bo.press("c")
    try bo.expectGone("disagree (W)")
    try ana.expectGone("disagree (W)")
    try ana.expect("1 ✓  0 ✗")
    for terminal in [ana, bo] {
      try terminal.press("q")
      try terminal.expect("ready>")
    }
    let chain = try Program.run("casebook", "export", "--casebook", "c.casebook", at: place).text
    #expect(chain.contains("\"settles\":["))
    #expect(
      try Program.run("casebook", "verify", "--casebook", "c.casebook", at: place).status == 0, "the chain is whole")
    #expect(
      try Program.run("casebook", "disagreements", "--casebook", "c.casebook", at: place).text.contains(
        "no open disagreement"))
  }

  @Test func aBlindReviewHidesTheFirstVerdictUntilItIsOver() throws {
    let ana = try open("ana")
    try ana.press("c")
    try ana.expect("1 ✓")
    try ana.press("q")
    try ana.expect("ready>")
    let bo = try open("bo", "--blind", expecting: "A blind second review of 1 listing")
    try bo.expect("BLIND REVIEW")
    try bo.expect("0 ✓  0 ✗")
    bo.pause()
    try bo.press("x")
    try bo.expect("0 ✓  1 ✗")
    #expect(!(try bo.screen()).contains("confirmed"))
    try bo.press("q")
    try bo.expect("ready>")
    let list = try Program.run("casebook", "disagreements", "--casebook", "c.casebook", "--json", at: place).text
    #expect(list.contains("\"blind\":true"))
    #expect(list.contains("\"analyst\":\"ana\""))
  }

  @Test func aSharedQueueGivesTwoAnalystsDifferentListings() throws {
    let rows = (1...60).map { "q\($0),Hearthside,https://h.example/\($0),lot \($0),text,\($0)" }
    try place.write(
      "week.csv", "listing_id,platform,url,title,description,price\n" + rows.joined(separator: "\n") + "\n")
    let ana = try open("ana", "--share-queue", expecting: "60 of 60")
    try ana.press("w")
    try ana.expect("60 to decide")
    let bo = try open("bo", "--share-queue", expecting: "60 of 60")
    try bo.press("w")
    try bo.expect("40 to decide")
    try ana.press("q")
    try ana.expect("ready>")
    try bo.expect("60 to decide")
  }
}
