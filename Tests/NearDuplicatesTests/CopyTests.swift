import Listings
import ListingsTestSupport
import NearDuplicates
import Testing

struct CopyTests {
  @Test(arguments: 0..<UInt64(Trials.count(2))) func plantedCopiesAreFoundAndNothingElse(seed: UInt64) throws {
    var planted = PlantedCopies(seed: seed)
    let (dataset, truth) = planted.dataset(adverts: 4_000)
    let groups = try DuplicateGroups.found(in: dataset)
    func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }
    let wanted = Dictionary(grouping: truth, by: { $0 }).values.reduce(0) { $0 + pairs($1.count) }
    var (found, right) = (0, 0)
    for rows in groups.rowLists {
      found += pairs(rows.count)
      right += Dictionary(grouping: rows, by: { truth[$0] }).values.reduce(0) { $0 + pairs($1.count) }
    }
    #expect(Double(right) >= 0.99 * Double(wanted), "\(right) of \(wanted) pairs found")
    #expect(Double(right) >= 0.99 * Double(found), "\(right) of \(found) pairs right")
  }

  @Test(arguments: PlantedCopies.Language.allCases, PlantedCopies.Change.allCases)
  func eachKindOfCopyIsFoundInEachScript(language: PlantedCopies.Language, change: PlantedCopies.Change) throws {
    var planted = PlantedCopies(seed: 5)
    var rows: [ListingRow] = []
    func add(_ text: PlantedCopies.Advert) {
      let (title, description) = text.row
      rows.append(ListingRow(id: "N\(rows.count)", platform: "zalo", title: title, description: description))
    }
    for _ in 0..<30 {
      let original = planted.advert(language)
      add(original)
      add(planted.copy(of: original, change))
    }
    let expected = (0..<30).map { [2 * $0, 2 * $0 + 1] }
    let lists = try DuplicateGroups.found(in: rows).rowLists
    #expect(lists == expected)
  }

  @Test func aGroupDependsNeitherOnTheOrderOfRowsNorOnTheRun() throws {
    var planted = PlantedCopies(seed: 3)
    let (dataset, _) = planted.dataset(adverts: 1_500)
    let groups = try DuplicateGroups.found(in: dataset)
    #expect(groups.count > 50)
    let reversed = (0..<dataset.rowCount).reversed().map { row in
      ListingRow(
        id: dataset.text(of: .listingID, at: row), platform: dataset.text(of: .platform, at: row),
        title: dataset.text(of: .title, at: row), description: dataset.text(of: .description, at: row),
        seller: dataset.text(of: .sellerAlias, at: row))
    }
    let backwards = try DuplicateGroups.found(in: reversed)
    let last = dataset.rowCount - 1
    #expect(backwards.rowLists.map { $0.map { last - $0 }.sorted() }.sorted { $0[0] < $1[0] } == groups.rowLists)
    func names(_ groups: DuplicateGroups) -> [String] { (0..<groups.count).map { groups.name(of: $0) }.sorted() }
    #expect(names(backwards) == names(groups))
    #expect(Set(names(groups)).count == groups.count)
    let again = try DuplicateGroups.found(in: dataset)
    #expect((0..<groups.count).map { again.name(of: $0) } == (0..<groups.count).map { groups.name(of: $0) })
    for group in 0..<groups.count {
      #expect(groups.group(named: groups.name(of: group)) == group)
      for row in groups.listings(of: group) { #expect(groups.group(of: Int(row)) == group) }
    }
  }

  @Test func theLargestGroupComesFirstAndItsRepresentativeIsOneOfIt() throws {
    var planted = PlantedCopies(seed: 8)
    let (dataset, _) = planted.dataset(adverts: 800)
    let groups = try DuplicateGroups.found(in: dataset)
    let sizes = (0..<groups.count).map { groups.listings(of: $0).count }
    #expect(sizes == sizes.sorted(by: >))
    #expect(sizes.reduce(0, +) == groups.groupedListingCount)
    for group in 0..<groups.count {
      #expect(groups.listings(of: group).contains(UInt32(groups.representative(of: group))))
      #expect(0.2...1 ~= groups.alike(of: group))
    }
  }

  @Test func aListingSeenOnSeveralDaysIsOneListingWithSightings() throws {
    let text = "hand carved brooch from an old estate, with its case and the letter of the jeweller who made it in Lyon"
    func day(_ day: Int, _ id: String, _ seller: String) -> ListingRow {
      ListingRow(
        id: id, platform: "zalo", title: "Carved brooch, old", description: text, seller: seller, posted: Int64(day))
    }
    let rows = [
      day(1, "A", "anna"), day(1, "B", "boris"), day(2, "A", "anna"), day(3, "A", "anna"), day(3, "C", "chen"),
    ]
    let groups = try DuplicateGroups.found(in: rows)
    #expect(groups.listingCount == 3)
    #expect(groups.rowLists == [[0, 1, 4]])
    #expect(Array(groups.sightings(of: 0)) == [0, 2, 3])
    #expect(Array(groups.sightings(of: 1)) == [1])
    #expect((groups.firstRow(of: 3), groups.group(of: 3)) == (0, 0))
    // Seen again and again, and nowhere else: no group.
    let alone = try DuplicateGroups.found(in: [rows[0], rows[2], rows[3]])
    #expect((alone.count, alone.listingCount) == (0, 1))
    #expect(alone.group(of: 2) == nil)
  }

  @Test func findingIsCancelledAtAnyCheck() {
    var planted = PlantedCopies(seed: 4)
    let (dataset, _) = planted.dataset(adverts: 600)
    var checks = 0
    while DuplicateGroups.find(in: dataset, Cancellation(afterChecks: checks)) == nil, checks < 5_000 {
      checks += max(1, checks / 4)
    }
    #expect(checks > 5)
    var shares: [Double] = []
    #expect(DuplicateGroups.find(in: dataset, progress: { shares.append($0) }) != nil)
    #expect(shares == shares.sorted() && shares.last == 1)
  }
}
