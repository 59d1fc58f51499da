import DemoListings
import Hashing
import Testing
import SmallFormats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The demo at full size, read once for all tests.
private enum Shown {
  static let listings = DemoListings()
  static let weeks = DemoListings.weeks.map { try! PlainCSV(listings.csv(week: $0)) }
  static let answers = try! PlainCSV(listings.answerKey())

  /// `PLATFORM/LISTING_ID` of every row.
  static func keys(_ table: PlainCSV) -> [String] {
    zip(table.column("platform"), table.column("listing_id")).map { $0 + "/" + $1 }
  }

  /// Every value of `column` over the three weeks.
  static func everywhere(_ column: String) -> [String] { weeks.flatMap { $0.column(column) } }
}

@Suite struct DemoListingsTests {
  /// `LINSANG_RECORD=1 swift test` prints the digest to put here, and fails.
  @Test func theDefaultDemoHasTheSameBytesOnEveryMachine() {
    var hasher = SHA256Hasher()
    for week in DemoListings.weeks { Shown.listings.csv(week: week).withUnsafeBytes { hasher.update($0) } }
    Shown.listings.answerKey().withUnsafeBytes { hasher.update($0) }
    let digest = hasher.finish().hex
    #expect(getenv("LINSANG_RECORD") == nil, "the digest is now \(digest)")
    #expect(digest == "2ca2eb7bf9c38feb07530f3459f5db6c56163a63ff8d04ae6419862d75b89a70")
  }

  @Test func oneSeedGivesOneDemoAndAnotherGivesAnother() {
    let one = DemoListings(seed: 7, listingsPerWeek: 200)
    let again = DemoListings(seed: 7, listingsPerWeek: 200)
    let other = DemoListings(seed: 8, listingsPerWeek: 200)
    for week in DemoListings.weeks {
      #expect(one.csv(week: week) == again.csv(week: week))
      #expect(one.csv(week: week) != other.csv(week: week))
    }
    #expect(one.answerKey() == again.answerKey())
  }

  @Test(arguments: [1, 2, 13, 100, 999]) func aDemoOfAnySizeIsWhole(listingsPerWeek: Int) throws {
    let demo = DemoListings(seed: 3, listingsPerWeek: listingsPerWeek)
    let answers = Set(Shown.keys(try PlainCSV(demo.answerKey())))
    for week in DemoListings.weeks {
      let keys = Shown.keys(try PlainCSV(demo.csv(week: week)))
      #expect(keys.count == listingsPerWeek)
      #expect(Set(keys).count == keys.count)
      #expect(answers.isSuperset(of: keys))
    }
  }

  @Test func theColumnsAreThoseThatScrapersBring() {
    let columns =
      "listing_id platform url title description species price currency seller_alias country location posted_at captured_at "
      + "language flag_reason image_count"
    for week in Shown.weeks {
      #expect(week.header.joined(separator: " ") == columns)
      #expect(week.rows.count == 5000)
    }
  }

  @Test func everyListingHasExactlyOneAnswer() {
    let answers = Shown.keys(Shown.answers)
    #expect(Set(answers).count == answers.count)
    #expect(Set(answers) == Set(Shown.weeks.flatMap(Shown.keys)))
    for week in Shown.weeks { #expect(Set(Shown.keys(week)).count == week.rows.count) }
  }

  @Test func aboutOneListingInSevenIsRelevant() {
    let relevant = Set(
      zip(Shown.keys(Shown.answers), Shown.answers.column("relevant")).filter { $0.1 == "yes" }.map(\.0))
    for week in Shown.weeks {
      let share = Shown.keys(week).filter(relevant.contains).count * 100 / week.rows.count
      #expect((12...18).contains(share))
    }
  }

  @Test func anAnswerSaysWhatItIsOrWhyItIsNot() {
    let answers = Shown.answers
    for (relevant, (reason, (taxon, product))) in zip(
      answers.column("relevant"), zip(answers.column("reason"), zip(answers.column("taxon"), answers.column("product")))
    ) {
      #expect((relevant == "yes") == reason.isEmpty)
      #expect((relevant == "yes") == !taxon.isEmpty)
      #expect((relevant == "yes") == !product.isEmpty)
    }
    let reasons = Set(answers.column("reason"))
    #expect(
      reasons.isSuperset(of: [
        "replica", "other_material", "wanted_advert", "legal_with_papers", "other_species", "not_wildlife",
      ]))
  }

  @Test func aThirdOfAWeekWasThereBefore() {
    let keys = Shown.weeks.map { Set(Shown.keys($0)) }
    for (now, before) in [(keys[1], keys[0]), (keys[2], keys[0].union(keys[1]))] {
      #expect((30...40).contains(now.intersection(before).count * 100 / now.count))
    }
    #expect(!keys[2].intersection(keys[0]).subtracting(keys[1]).isEmpty, "something comes back after a week's absence")
    #expect(!keys[0].subtracting(keys[1]).subtracting(keys[2]).isEmpty, "something vanishes")
  }

  @Test func someListingsComeBackWithAnotherPriceOrText() {
    func seen(_ column: String, _ week: Int) -> [String: String] {
      Dictionary(uniqueKeysWithValues: zip(Shown.keys(Shown.weeks[week]), Shown.weeks[week].column(column)))
    }
    for column in ["price", "description"] {
      let before = seen(column, 0)
      let changed = seen(column, 1).filter { key, value in before[key] != nil && before[key] != value }
      #expect(changed.count > 40, "\(column)")
    }
  }

  @Test func relistedListingsNameTheOneBefore() {
    let known = Set(Shown.keys(Shown.answers))
    let relisted = Shown.answers.column("relisting_of").filter { !$0.isEmpty }
    #expect(relisted.count > 100)
    #expect(relisted.allSatisfy(known.contains))
  }

  @Test func thereAreManyPlatformsLanguagesAndSellers() {
    #expect(Set(Shown.everywhere("platform")).count >= 12)
    #expect(Set(Shown.everywhere("language")).subtracting([""]).count >= 13)
    let sellers = Set(
      Shown.weeks.flatMap { zip($0.column("platform"), $0.column("seller_alias")).map { $0 + "/" + $1 } })
    #expect((1000...1400).contains(sellers.count))
  }

  @Test func actorsTradeUnderSeveralAliasesOnSeveralPlatforms() {
    var actorOf: [String: String] = [:]
    for (key, actor) in zip(Shown.keys(Shown.answers), Shown.answers.column("actor")) where !actor.isEmpty {
      actorOf[key] = actor
    }
    var aliases: [String: Set<String>] = [:]
    var platforms: [String: Set<String>] = [:]
    for week in Shown.weeks {
      for (key, (platform, alias)) in zip(Shown.keys(week), zip(week.column("platform"), week.column("seller_alias"))) {
        guard let actor = actorOf[key] else { continue }
        aliases[actor, default: []].insert(platform + "/" + alias)
        platforms[actor, default: []].insert(platform)
      }
    }
    #expect(aliases.count >= 50)
    #expect(platforms.values.filter { $0.count > 1 }.count >= 45)
    #expect(aliases.values.allSatisfy { (1...4).contains($0.count) })
  }

  @Test func listingsAreDatedInTheirWeek() {
    for (week, table) in zip([2, 9, 16], Shown.weeks) {
      for (posted, captured) in zip(table.column("posted_at"), table.column("captured_at")) {
        let day = Int(captured.dropFirst(8).prefix(2)) ?? 0
        #expect(captured.hasPrefix("2026-11-") && captured.hasSuffix("Z") && (week...(week + 6)).contains(day))
        #expect(posted.hasPrefix("2026-11-") && posted.prefix(10) <= captured.prefix(10))
      }
    }
  }
}

@Suite struct DemoTextTests {
  @Test(arguments: [
    "$", "US$ ", "元", "¥", "万", "k", "tr", " triệu", "đ", "₫", " บาท", "฿", "Rp ", " juta", "rb", " руб.", "₽", " тыс",
    "درهم",
    "ريال", "٥", " €", ",50 €", "VB", "R$", "S/ ", "pesos", "FCFA", "円", "NT$", "HK$", "£", "KSh ", "₦", "₹", "₱",
  ]) func priceFormIsPresent(_ form: String) {
    #expect(Shown.everywhere("price").contains { $0.contains(form) })
  }

  @Test(arguments: ["", "1", "123", "9999", "0", "9 THB", "面议", "negotiable", "free", "ib", "договорная", "على السوم"])
  func priceColumnHoldsNoPriceAtTimes(_ text: String) { #expect(Shown.everywhere("price").contains(text)) }

  @Test(arguments: [
    "\u{1B}[2J", "\u{1B}]52;", "\u{202E}", "=HYPERLINK(", "+1+1", "@SUM(", "<script>", "\u{200B}", "\u{2028}", "\r\n",
    "\t",
    "\u{7F}", "DROP TABLE", "\u{0337}",
  ]) func hostileTextIsPresent(_ text: String) {
    let found = zip(Shown.weeks[0].column("title"), Shown.weeks[0].column("description")).contains { title, body in
      contains(title, text) || contains(body, text)
    }
    #expect(found)
  }

  @Test func oneAdvertIsVeryLong() { #expect(Shown.everywhere("description").contains { $0.utf8.count > 15_000 }) }

  @Test func spelledApartAndLookAlikeNamesArePresent() {
    let titles = Shown.everywhere("title")
    #expect(
      titles.contains {
        $0.contains("象 牙") || $0.contains("象.牙") || $0.contains("i v o r y") || $0.contains("i.v.o.r.y")
      })
    #expect(titles.contains { contains($0, "с") && contains($0, "a") }, "Cyrillic among Latin letters")
    #expect(titles.contains { $0.contains("0") && $0.contains("1v0ry") } || titles.contains { $0.contains("4") })
  }

  @Test func noTextLooksLikeARealAddressOrTelephoneNumber() {
    for column in ["title", "description", "price", "seller_alias", "location"] {
      for text in Shown.everywhere(column) {
        #expect(longestDigitRun(in: text) < 9, "\(text)")
        #expect(!hasForeignMailAddress(text), "\(text)")
      }
    }
    for url in Shown.everywhere("url") {
      #expect(url.hasPrefix("https://"))
      #expect(url.split(separator: "/").dropFirst().first?.hasSuffix(".example") == true)
    }
  }

  @Test func noSlotIsLeftUnfilled() {
    for text in Shown.everywhere("title") + Shown.everywhere("description") {
      for slot in "nmdcpktsgeozulxywv" where text.utf8.contains(0x7B) {
        #expect(!text.contains("{\(slot)}"), "\(text)")
      }
    }
  }

  /// By scalars: as characters, a mark or a CR joins its neighbour and is not found.
  private func contains(_ text: String, _ part: String) -> Bool {
    let text = Array(text.utf8), part = Array(part.utf8)
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
  }

  /// Digits in a row, a blank or hyphen between them not counting as an end; zeros are no number.
  private func longestDigitRun(in text: String) -> Int {
    var longest = 0, run = 0
    for byte in text.utf8 {
      switch byte {
      case 0x31...0x39:
        run += 1
        longest = max(longest, run)
      case 0x30, 0x20, 0x2D: continue
      default: run = 0
      }
    }
    return longest
  }

  private func hasForeignMailAddress(_ text: String) -> Bool {
    guard text.utf8.contains(0x40) else { return false }
    return text.split(separator: "@").dropFirst().contains { after in
      let domain = after.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
      return domain.contains(".") && !domain.hasSuffix(".example")
    }
  }
}
