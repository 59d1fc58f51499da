import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The reference tables in `Lexicons/` hold together.
@Suite struct ReferenceTableTests {
  @Test func aFieldNameBelongsToOneFieldOnly() throws {
    let table = try table("field-names.csv")
    #expect(table.header == ["field", "language", "name", "rank"])
    let names = table.column("name").map(folded)
    #expect(Set(names).count == names.count)
    #expect(Set(table.column("rank")) == ["1", "2", "3"])
    #expect(
      Set(table.column("field"))
        == Set(
          ("listing_id platform url title description species price currency seller_alias seller_id seller_url country location "
            + "posted_at captured_at quantity language intent image flag_reason category").split(separator: " ").map(
              String.init)))
  }

  @Test(arguments: [
    "title_translated", "description_translated", "Price_euro", "原价", "original_price", "lat", "n_views",
  ])
  func columnThatIsNoFieldStaysUnknown(_ name: String) throws {
    #expect(try !table("field-names.csv").column("name").map(folded).contains(folded(name)))
  }

  @Test func everyCurrencyThatIsNamedHasOneRate() throws {
    let rates = try table("exchange-rates.csv")
    let known = Set(rates.column("currency"))
    #expect(known.count == rates.rows.count && known.count >= 60)
    #expect(rates.column("units_per_usd").allSatisfy { (Double($0) ?? 0) > 0 })
    #expect(Set(rates.column("minor_digits")).isSubset(of: ["0", "2", "3"]))
    #expect(known.isSuperset(of: try table("currency-marks.csv").column("currency")))
    #expect(known.union([""]).isSuperset(of: try table("platforms.csv").column("currency")))
  }

  @Test func marksAndDomainsStandOnce() throws {
    for (file, key) in [("currency-marks.csv", "mark"), ("platforms.csv", "domain")] {
      let keys = try table(file).column(key)
      #expect(Set(keys).count == keys.count && !keys.contains(""), "\(file)")
    }
    #expect(Set(try table("currency-marks.csv").column("place")) == ["before", "after", "both"])
  }

  private func folded(_ name: String) -> String {
    String(name.lowercased().filter { !$0.isWhitespace && !"_-.".contains($0) })
  }

  private func table(_ name: String) throws -> PlainCSV {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/" + root + "/Lexicons/" + name
    let file = try #require(fopen(path, "r"), "\(path) can be read")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes.append(contentsOf: piece[..<count]) }
    return try PlainCSV(bytes)
  }
}
