import Foundation
import ListingsTestSupport
import Testing

/// `linsang weeks`, compared with an independent program in another language.
@Suite(.waitsElsewhere, .enabled(if: Program.outside("python3") != nil, "python3 is not installed"))
struct WeeksOracleTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private static let files: [String] = {
    let folder = (Program.sharedData ?? "") + "/10_bikehub_gumtree_za_stress"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".csv") }.sorted().map { folder + "/" + $0 }
  }()
  private static let why: Comment = "the folder of real files is not beside the project"

  @Test(.enabled(if: !files.isEmpty, why)) func allDailyFilesAgree() throws {
    #expect(try agreed(on: Self.files) == 30)
  }

  @Test(.enabled(if: !files.isEmpty, why)) func daysWithoutASiteOrACategoryAgree() throws {
    try agreed(on: Self.files.filter { !$0.contains("bike_hub_2022-06-03") && !$0.contains("2022-06-07") })
    try agreed(on: Self.files.filter { !$0.contains("gumtree_ads_road") }.reversed())
  }

  @Test(.enabled(if: !files.isEmpty, why)) func sitesThatNoTableKnowsAgreeByTheNumbersInTheirAddresses() throws {
    let copies = try Self.files.map { path in
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let other = text.replacing("bikehub.co.za", with: "hub.example").replacing("gumtree.co.za", with: "trees.example")
      return try place.write((path as NSString).lastPathComponent, other)
    }
    try agreed(
      on: copies, like: ["--like", "hub.example=bikehub.co.za", "--like", "trees.example=gumtree.co.za"])
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>) func inventedWeeksAgree(seed: UInt64) throws {
    var weeks = InventedWeeks(seed: seed)
    try agreed(on: try weeks.files().map { try place.write($0.name, $0.text) })
  }

  /// Compares what both programs print, and returns how many platforms of scrapes there are.
  @discardableResult
  private func agreed(on files: [String], like: [String] = []) throws -> Int {
    let list = files.map { "'\($0)'" }.joined(separator: " ")
    let ours = try Program.shell("$L weeks --json \(list)", at: place)
    // 1: some prices are no amounts.
    try #require(ours.status < 2, "\(ours.err)")
    let script = (#filePath as NSString).deletingLastPathComponent + "/Oracle/weeks.py"
    let theirs = try Program.shell("python3 '\(script)' \(like.joined(separator: " ")) \(list)", at: place)
    try #require(theirs.status == 0, "\(theirs.err)")
    let (mine, others) = (try Self.scrapes(ours), try Self.scrapes(theirs))
    #expect(mine.count == others.count)
    for (mine, other) in zip(mine, others) { #expect(mine == other) }
    return mine.count
  }

  /// Each object of the document as text with sorted keys, as far as both programs print it.
  private static func scrapes(_ outcome: Outcome) throws -> [String] {
    let keys = ["scrape", "platform", "listings", "new", "seen", "changed", "changed_by", "reappeared", "gone"]
    return try #require(try outcome.json()["scrapes"] as? [[String: Any]]).map { scrape in
      let kept = scrape.filter { keys.contains($0.key) }
      return String(decoding: try JSONSerialization.data(withJSONObject: kept, options: .sortedKeys), as: UTF8.self)
    }
  }
}

/// Daily files of two invented sellers' markets on sites with known addresses: adverts come, change, pause and go; some
/// stand twice in a file or in two files of a day, some change the words in their address, and a site may miss a day.
private struct InventedWeeks {
  private struct Advert {
    let site: Int
    let number: Int
    var title: String
    var price: String
    var text: String
    var seller: String
    var isShown = true
  }

  private var dice: Dice
  private var adverts: [Advert] = []
  private static let words = ["old", "red", "carved", "small", "pair", "box", "ring", "of", "the", "sale", "老料", "à"]
  private static let prices = ["", "NA", "120", "R 1,200", "75.50", "0", " 80 ", "on \"request\""]

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func files() throws -> [(name: String, text: String)] {
    var files: [(name: String, text: String)] = []
    for day in 1...7 {
      change()
      for site in 0..<2 where !dice.once(in: 6) {
        for category in 0..<(site == 0 ? 1 : 2) {
          files.append((name(day, site, category), file(day, site, category)))
        }
      }
    }
    // The order in which files are named does not matter, but for which row is first.
    return dice.once(in: 2) ? files : files.reversed()
  }

  private func name(_ day: Int, _ site: Int, _ category: Int) -> String { "s\(site)c\(category)_2026-11-0\(day)_1.csv" }

  /// A day passes.
  private mutating func change() {
    for index in adverts.indices {
      if dice.once(in: 5) { adverts[index].isShown.toggle() }
      if dice.once(in: 8) { adverts[index].price = dice.pick(Self.prices) }
      if dice.once(in: 10) { adverts[index].title = words(3) }
      if dice.once(in: 10) { adverts[index].text = words(12) }
      if dice.once(in: 20) { adverts[index].seller = words(1) }
    }
    for _ in 0..<dice.below(20) + 2 {
      adverts.append(
        Advert(
          site: dice.below(2), number: 100_000 + adverts.count * 7, title: words(3), price: dice.pick(Self.prices),
          text: words(12), seller: words(1)))
    }
  }

  private mutating func words(_ count: Int) -> String {
    (0..<count).map { _ in dice.pick(Self.words) }.joined(separator: dice.once(in: 7) ? "\n" : " ")
  }

  private mutating func file(_ day: Int, _ site: Int, _ category: Int) -> String {
    // Some scrapers' files have no column for the seller.
    let hasSeller = !dice.once(in: 4)
    var lines = ["ad_url,title,price,text,scrape_time" + (hasSeller ? ",seller_name" : "")]
    for advert in adverts where advert.isShown && advert.site == site {
      // An advert may stand in both categories, and twice in one.
      guard site == 0 || dice.below(10) < (advert.number % 2 == category ? 9 : 2) else { continue }
      for time in 0..<(dice.once(in: 6) ? 2 : 1) {
        var cells = [address(advert), advert.title, advert.price, advert.text]
        if time == 1, dice.once(in: 2) { cells[2] = dice.pick(Self.prices) }
        cells.append("2026-11-0\(day) 2\(dice.below(4)):\(10 + dice.below(50)):07")
        if hasSeller { cells.append(advert.seller) }
        lines.append(cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func address(_ advert: Advert) -> String {
    let slug = advert.title.filter { $0.isASCII && ($0.isLetter || $0 == " ") }.replacing(" ", with: "-").lowercased()
    return advert.site == 0
      ? "https://bikehub.co.za/classifieds/item/old-things/\(advert.number)/\(slug)"
      : "https://www.gumtree.co.za/a-old-things/here/\(slug.isEmpty ? "x" : slug)/100\(advert.number)12345609"
  }
}
