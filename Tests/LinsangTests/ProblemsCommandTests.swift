import Foundation
import Testing

/// `linsang problems`, for people and for other programs.
@Suite(.waitsElsewhere) struct ProblemsCommandTests {
  private let place: Workplace

  private static let ugly = """
    listing_id,platform,url,title,price,currency,posted_at
    1,Hearthside,https://h.example/1,ring,zzz,USD,2026-11-01
    2,Hearthside,https://h.example/2,comb,$12,USD,soon
    3,Hearthside,https://h.example/3,lamp,=1+1;@cmd,USD,2026-11-02,more
    4,Hearthside,https://h.example/4,beads,$12,USD,2026-11-03

    """

  init() throws {
    place = try Workplace()
    try place.write("ugly.csv", Self.ugly)
    try place.write("week.csv", Workplace.week)
  }

  @Test func eachProblemIsALineWithItsLocationAndTheStatusIs1() throws {
    let told = try Program.run("problems", "ugly.csv", at: place)
    #expect(told.status == 1)
    #expect(told.lines.count == 4)
    #expect(
      told.lines.first
        == "ugly.csv, line 2: no amount in the price (it names none, and no word that says why); the listing is kept, its "
        + "price is shown as it stands: zzz")
    #expect(told.err.contains("4 problems in 4 rows"))
    let none = try Program.run("problems", "week.csv", at: place)
    #expect(none.status == 0)
    #expect(none.out.isEmpty)
    #expect(none.err.contains("no problems in 3 rows"))
    #expect(try Program.run("problems", "nowhere.csv", at: place).status == 2)
  }

  @Test func jsonLinesHaveTheSameNames() throws {
    let told = try Program.run("problems", "--jsonl", "ugly.csv", at: place)
    let objects = try told.lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.allSatisfy { Set($0.keys) == ["file", "line", "row", "field", "kind", "found", "done"] })
    #expect(
      objects.map { $0["kind"] as? String } == ["priceUnreadable", "timeUnreadable", "tooManyCells", "priceUnreadable"])
    #expect(objects.map { $0["line"] as? Int } == [2, 3, 4, 4])
    #expect(objects.map { $0["row"] as? Int } == [1, 2, 3, 3])
    #expect(objects[2]["field"] is NSNull)
  }

  @Test func noCellOfTheCSVIsAFormula() throws {
    let told = try Program.run("problems", "--csv", "ugly.csv", at: place)
    let lines = told.text.components(separatedBy: "\r\n")
    #expect(lines[0] == #""file","line","row","field","kind","found","done""#)
    #expect(lines[4].contains(#""no amount in the price (it has several numbers, none with a currency): =1+1;'@cmd""#))
    #expect(lines.count == 6)
  }

  @Test func statsCountsTheGroupsWithAnExampleEach() throws {
    let told = try Program.run("stats", "ugly.csv", at: place)
    #expect(told.status == 1)
    #expect(told.text.contains("       2  no amount in the price · price · ugly.csv"))
    #expect(
      told.text.contains(
        "line 2: no amount in the price (it names none, and no word that says why): zzz; the listing is kept"))
    #expect(told.err.contains("4 problems; `linsang problems` lists all of them"))
    let json = try Program.run("stats", "--json", "ugly.csv", at: place).json()
    let groups = try #require(json["problem_groups"] as? [[String: Any]])
    #expect(groups.map { $0["count"] as? Int } == [2, 1, 1])
    #expect((groups[0]["example"] as? [String: Any])?["line"] as? Int == 2)
  }

  @Test func theRowsWithAProblemAreAFilter() throws {
    #expect(try Program.run("query", "--count", "is:problem", "ugly.csv", at: place).lines == ["3"])
    #expect(try Program.run("query", "--count", "--", "-is:problem", "ugly.csv", at: place).lines == ["1"])
  }

  @Test func filesOfTheSameNameAreToldApartByFolder() throws {
    try place.write("kl/ugly.csv", Self.ugly)
    let told = try Program.run("stats", "kl/ugly.csv", "./ugly.csv", at: place).text
    #expect(told.contains("· kl/ugly.csv") && told.contains("· ./ugly.csv"))
  }

  // MARK: No room

  @Test func aMissingTemporaryFolderIsReported() throws {
    let told = try Program.shell(
      "gzip -k ugly.csv; $L stats ugly.csv.gz", at: place, environment: ["TMPDIR": "/nowhere"])
    #expect(told.status == 2)
    #expect(told.err.contains("ugly.csv.gz has to be written out before it can be read, and that failed in /nowhere"))
    #expect(told.err.contains("as in TMPDIR=/var/tmp"))
    let piped = try Program.shell("cat ugly.csv | $L stats -", at: place, environment: ["TMPDIR": "/nowhere"])
    #expect(piped.status == 2)
    #expect(piped.err.contains("standard input has to be written out"))
  }

  /// A file size limit makes a write fail halfway, just as a full disk does.
  @Test(arguments: ["big.csv.gz", "big.csv - <", "latin.csv"])
  func aDiskThatFillsDuringAConversionIsToldAndNothingIsLeft(_ file: String) throws {
    let rows = (0..<40_000).map { "\($0),P,Défense d'éléphant \($0)\n" }.joined()
    try place.write("big.csv", "listing_id,platform,title\n" + rows)
    try place.write(
      "latin.csv", bytes: Array(("listing_id,platform,title\n" + rows).unicodeScalars.map { UInt8($0.value) }))
    try place.write("tmp/keep", "x")
    let open = file.contains("<") ? "$L stats - < big.csv" : "$L stats \(file)"
    let told = try Program.shell(
      "gzip -kf big.csv; (ulimit -f 512; \(open) 2> said; echo $? > status); ls -A tmp", at: place,
      environment: ["TMPDIR": place.path + "/tmp"])
    #expect(try place.text(of: "status") == "2\n")
    let said = try place.text(of: "said")
    #expect(said.contains("that failed in \(place.path)/tmp"), "\(said)")
    #expect(said.contains("is unharmed") && said.contains("File too large"), "\(said)")
    #expect(told.text == "keep\n", "nothing is left there")
    #expect(told.status == 0)
  }
}
