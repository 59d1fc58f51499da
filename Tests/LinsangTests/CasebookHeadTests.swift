import CaseStore
import Casework
import Foundation
import Listings
import Testing

/// `linsang casebook head`, and how `verify` finds a chain that was written anew as a whole.
@Suite(.waitsElsewhere) struct CasebookHeadTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try file("a", .confirmed)
  }

  private func file(_ key: String, _ verdict: Verdict) throws {
    let book = try Casebook.open(path: place.casebook, analyst: "rk")
    try book.apply(.file(verdict, reason: nil, for: [ListingKey(key)]), at: SystemClock.now())
    try book.close()
  }

  private func head() throws -> String {
    let line = try #require(try Program.run("casebook", "head", at: place).lines.last)
    return String(line.dropFirst("--head ".count))
  }

  @Test func aHeadThatWasWrittenDownIsHeldAgainstTheChain() throws {
    let early = try Data(contentsOf: URL(fileURLWithPath: place.casebook))
    try file("b", .unsure)
    let head = try head()
    #expect(head.hasPrefix("3:"))
    let agreed = try Program.run("casebook", "verify", "--head", head, at: place)
    #expect(agreed.status == 0)
    #expect(agreed.text.contains("Heads kept elsewhere through which the chain goes: 1 in --head"))
    try early.write(to: URL(fileURLWithPath: place.casebook))
    #expect(try Program.run("casebook", "verify", "--head", head, at: place).text.contains("ends at event 2"))
    try file("b", .confirmed)
    let forged = try Program.run("casebook", "verify", "--head", head, at: place)
    #expect(forged.status == 1)
    #expect(forged.lines[0].contains("intact in itself"))
    #expect(forged.text.contains("CONTRADICTED: --head has event 3"))
    #expect(try Program.run("casebook", "verify", "--head", "3:abc", at: place).status == 64)
    let json = try Program.run("casebook", "verify", "--head", head, "--json", at: place)
    #expect(json.status == 1)
    #expect(try json.json()["whole"] as? Bool == false)
  }

  @Test func verifyByItselfFindsWhatEarlierRunsNoted() throws {
    #expect(try Program.run("casebook", "verify", at: place).text.contains("No head of it was found elsewhere"))
    let early = try Data(contentsOf: URL(fileURLWithPath: place.casebook))
    try file("b", .unsure)
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
    try early.write(to: URL(fileURLWithPath: place.casebook))
    try file("b", .confirmed)
    let forged = try Program.run("casebook", "verify", at: place)
    #expect(forged.status == 1)
    #expect(forged.text.contains(".local/state/linsang/heads/"))
    // What opens it to write says so, too, and does its work.
    try place.write("rescue.jsonl", "")
    let week = try place.write("week.csv", Workplace.week)
    let recorded = try Program.run("weeks", "--record", week, at: place)
    #expect(recorded.err.contains("The chain was written anew after that"), "\(recorded.err)")
    #expect(place.exists("case.casebook.heads"))
  }

  @Test(.enabled(if: Program.outside("ssh-keygen") != nil, "there is no ssh-keygen"))
  func aSignedHeadSaysWhoseItIs() throws {
    let signed = try Program.shell(
      """
      ssh-keygen -q -t ed25519 -N '' -f key && ssh-keygen -q -t ed25519 -N '' -f other
      $L casebook head --sign key > head.signed
      echo "ana@example.org $(cat key.pub)" > allowed; echo "ben@example.org $(cat other.pub)" > wrong
      $L casebook verify --head-file head.signed --allowed-signers allowed; echo "status $?"
      $L casebook verify --head-file head.signed; echo "status $?"
      $L casebook verify --head-file head.signed --allowed-signers wrong; echo "status $?"
      sed 's/"analyst":"rk"/"analyst":"mb"/' head.signed > head.edited
      $L casebook verify --head-file head.edited --allowed-signers allowed; echo "status $?"
      PATH= $L casebook verify --head-file head.signed; echo "status $?"
      """, at: place)
    let text = signed.text
    #expect(text.contains("event 2 is signed by ana@example.org"), "\(text)\(signed.err)")
    #expect(text.contains("it is not known whose key that is"))
    #expect(text.contains("wrong does not name its key"))
    #expect(text.contains("the signature over event 2 is not good"))
    #expect(text.contains("There is no ssh-keygen on this machine"))
    #expect(
      signed.lines.filter { $0.hasPrefix("status") } == ["status 0", "status 0", "status 1", "status 1", "status 0"])
  }
}
