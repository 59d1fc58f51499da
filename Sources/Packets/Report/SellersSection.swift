import SmallFormats

/// The sellers with their listings, and those listings that name none: the table of contents of the report.
///
/// Limits: titles are cut after 160 characters, species and prices after 80.
struct SellersSection {
  let records: PacketRecords

  /// The section.
  var html: String {
    let columns = [
      "Listing", "Title as posted", "Species as named", "CITES", "Price as advertised", "Day", "Risk", "Verdict",
    ]
    let head = columns.map { "<th scope=\"col\">\($0)</th>" }.joined()
    return """
      <section aria-labelledby="sellers">
      <h2 id="sellers">Sellers and their listings</h2>
      <table class="sellers"><thead><tr>\(head)</tr></thead>
      \(bodies)</table>
      </section>

      """
  }

  /// A body for each seller with several listings, those with the most first; one for all others; then one for each platform whose listings name none.
  private var bodies: String {
    var named: [(seller: RecordedListing, listings: [RecordedListing])] = []
    var places: [String: Int] = [:]
    var unnamed: [(platform: String, listings: [RecordedListing])] = []
    for listing in records.listings {
      let number = listing.value.word("seller")
      if !listing.namesSeller {
        let platform = listing.platformName ?? ""
        if let place = unnamed.firstIndex(where: { $0.platform == platform }) {
          unnamed[place].listings.append(listing)
        } else {
          unnamed.append((platform, [listing]))
        }
      } else if let place = places[number] {
        named[place].listings.append(listing)
      } else {
        places[number] = named.count
        named.append((listing, [listing]))
      }
    }
    let several = named.filter { $0.listings.count > 1 }.enumerated()
      .sorted { ($1.element.listings.count, $0.offset) < ($0.element.listings.count, $1.offset) }.map(\.element)
    let single = named.filter { $0.listings.count == 1 }.map(\.seller)
    return several.map { body(heading(of: $0.seller) + ": \(Count.of($0.listings.count, "advert"))", $0.listings) }
      .joined()
      + (single.isEmpty
        ? "" : body("Sellers with one advert here: \(Digits.grouped(single.count))", single, namingSellers: true))
      + unnamed.map { platform, listings in
        let place = platform.isEmpty ? "" : " on \(HTMLText.foreign(platform, limit: 80))"
        return body("No seller named\(place): \(Count.of(listings.count, "advert"))", listings)
      }.joined()
  }

  /// The seller, with everything that is known about them.
  private func heading(of listing: RecordedListing) -> String {
    let seller = listing.seller
    let parts: [String?] = [
      seller.word("platform_user_id").nonEmpty.map { "account \(HTMLText.foreign($0, limit: 120))" },
      seller.word("profile_url").nonEmpty.map { HTMLText.address($0) },
      seller.word("stated_country").nonEmpty.map { "states country \(HTMLText.foreign($0, limit: 60))" },
    ]
    let platform = listing.platformName.map { " on \(HTMLText.foreign($0, limit: 80))" } ?? ""
    let details = parts.compactMap { $0 }.map { ", " + $0 }.joined()
    return "\(HTMLText.escaped(seller.word("id"))) "
      + HTMLText.foreign(seller.word("alias"), limit: 120, absent: "without an alias")
      + platform + details
  }

  private func body(_ heading: String, _ listings: [RecordedListing], namingSellers: Bool = false) -> String {
    let rows = listings.map { listing in
      row(listing, namingSellers ? " <span class=\"label\">\(self.heading(of: listing))</span>" : "")
    }
    return "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"8\">\(heading)</th></tr>\n" + rows.joined() + "</tbody>\n"
  }

  private func row(_ listing: RecordedListing, _ seller: String) -> String {
    func cell(_ text: String?, _ limit: Int) -> String {
      "<td>" + (text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : HTMLText.foreign($0, limit: limit) } ?? "")
        + "</td>"
    }
    let species = listing.scientificName ?? listing.speciesAsNamed.joined(separator: ", ")
    return "<tr><th scope=\"row\" class=\"id\">\(HTMLText.escaped(listing.id))</th><td>"
      + HTMLText.foreign(listing.title, limit: 160, absent: "no title") + seller + "</td>" + cell(species, 80)
      + cell(listing.appendix == "?" ? nil : listing.appendix, 10) + cell(listing.priceAsAdvertised, 80)
      + "<td class=\"id\">\(listing.day.map { "\($0)" } ?? "")</td>"
      + "<td class=\"number\">\(listing.reading.risk.map(String.init) ?? "")</td>"
      + "<td class=\"id\">\(listing.isConfirmed ? "confirmed" : "unsure")</td></tr>\n"
  }
}
