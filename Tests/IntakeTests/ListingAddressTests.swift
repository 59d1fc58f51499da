import Glibc
import Intake
import Listings
import Testing

/// One listing has one address in the eyes of its key, and no two share it, on every site of `Lexicons/listing-addresses.csv`.
@Suite struct ListingAddressTests {
  private static let tables = ReferenceTables(folders: [RealFiles.lexicons])

  private struct Example {
    let platform: String
    let id: String
    let addresses: [String]

    init(_ line: Substring) {
      let halves = line.split(separator: ":", maxSplits: 1)
      let words = halves[1].split(separator: " ")
      platform = String(halves[0])
      id = String(words[0])
      addresses = words.dropFirst().map(String.init)
    }
  }

  private static let examples = ListingAddressExamples.lines.split(separator: "\n").map { Example($0) }

  private static func key(_ address: String) -> String {
    var form = ListingKeyForm(addresses: tables.addresses)
    var key: [UInt8] = []
    Array(address.utf8).withUnsafeBytes { bytes in
      form.address = AddressParts(bytes)
      form.write(into: &key) { RecordDigest() }
    }
    return String(decoding: key, as: UTF8.self)
  }

  @Test(arguments: [
    (
      "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fmarketplace%2Fitem%2F77%2F%3Fref%3Dshare&h=AT0",
      "id:facebook/77"
    ),
    (
      "https://www.amazon.de/sspa/click?ie=UTF8&spc=MTo0&url=%2FKlang%2Fdp%2FB09ABCD123%2Fref%3Dsr_1",
      "id:amazon.de/B09ABCD123"
    ),
    (
      "https://www.google.co.uk/url?sa=t&q=https%3A%2F%2Fmoss.example%2Fad%2F1%3Futm_source%3Dx",
      "url:moss.example/ad/1"
    ),
    ("https://vk.com/away.php?to=http%3A%2F%2Fmoss.example%2Fad%2F1", "url:moss.example/ad/1"),
    (
      "https://rover.ebay.com/rover/1/711-5/1?mpre=https%3A%2F%2Fwww.ebay.com%2Fitm%2F150200300400",
      "id:ebay/150200300400"
    ),
    // Pages of their own: to a home page, unescaped, on another site, a search.
    (
      "https://vk.com/away.php?to=https%3A%2F%2Fshop.example%2F", "url:vk.com/away.php?to=https%3A%2F%2Fshop.example%2F"
    ),
    (
      "https://www.google.com/url?url=https://shop.example/i.php?cat=9&id=5",
      "url:google.com/url?id=5&url=https://shop.example/i.php?cat=9"
    ),
    (
      "https://www.notfacebook.com/l.php?u=https%3A%2F%2Fmoss.example%2Fad%2F1",
      "url:notfacebook.com/l.php?u=https%3A%2F%2Fmoss.example%2Fad%2F1"
    ),
    ("https://www.google.com/url?q=ivory", "url:google.com/url?q=ivory"),
  ])
  func whatOnlyLeadsOnIsWhereItLeads(_ address: String, _ key: String) { #expect(Self.key(address) == key) }

  @Test func theTableHasNoFaultAndEverySiteHasExamples() {
    #expect(Self.tables.problems == [])
    let names = Self.platforms
    #expect(names.count > 100)
    #expect(names.subtracting(Self.examples.map(\.platform)) == [])
    #expect(Self.examples.allSatisfy { $0.addresses.count >= 3 })
  }

  private static var platforms: Set<String> {
    let rows = (try? SmallTable.rows(path: RealFiles.lexicons + "/listing-addresses.csv")) ?? []
    return Set(rows.dropFirst().map { $0.cells[0] })
  }

  @Test func allAddressesOfAListingMakeOneKeyWithItsID() {
    for example in Self.examples {
      let keys = Set(example.addresses.map(Self.key))
      #expect(keys.count == 1, "\(example.platform): \(keys)")
      #expect(keys.first?.hasPrefix("id:") == true, "\(example.platform): \(keys)")
      #expect(keys.allSatisfy { $0.hasSuffix("/" + example.id) }, "\(example.platform): \(keys)")
    }
  }

  /// What any address may be given on its way: how it was reached, by which program it was copied.
  @Test func howAnAddressWasReachedAndCopiedMakesNoDifference() {
    for example in Self.examples {
      let key = Self.key(example.addresses[0])
      for variant in Self.variants(of: example.addresses[0]) {
        #expect(Self.key(variant) == key, "\(example.platform): \(variant)")
      }
    }
  }

  private static func variants(of address: String) -> [String] {
    let page = String(address.prefix { $0 != "?" && $0 != "#" })
    let query = String(address.dropFirst(page.count).prefix { $0 != "#" })
    let asked: String = page + (query.isEmpty ? "?" : query + "&")
    let path = String(page.dropFirst("https://".count).drop { $0 != "/" })
    let host = String(page.dropLast(path.count))
    let plain: String = page + query
    var variants: [String] = [
      asked + "utm_source=share&fbclid=IwAR0_1", asked + "ref=search&igsh=a%3D&position=3&lang=th",
      asked + "session=7f3a&_x_tr_sl=auto", asked + "ref=1&amp;src=2", plain + "#photos",
      plain + "#position=4&tracking_id=9", host + ":443" + path + query, host.uppercased() + path + query,
      host + "." + path + query, plain.replacing("https:", with: "http:"), plain.replacing("https:", with: ""),
      plain.replacing("https://", with: ""), " " + plain + "\n", "=HYPERLINK(\"" + plain + "\",\"View\")",
    ]
    if let last = path.last, last.isLetter || last.isNumber, let code = last.asciiValue {
      variants.append(host + path.dropLast() + "%" + String(code, radix: 16) + query)
      if query.isEmpty { variants.append(host + path + "/") }
    }
    return variants
  }

  @Test func anotherIDIsAnotherListing() {
    for example in Self.examples {
      let key = Self.key(example.addresses[0])
      for other in Self.neighbours(of: example) { #expect(Self.key(other) != key, "\(example.platform): \(other)") }
    }
    let keys = Self.examples.map { Self.key($0.addresses[0]) }
    #expect(Set(keys).count == keys.count)
  }

  /// The first address with one character of its id changed, at every place of the id's last part.
  private static func neighbours(of example: Example) -> [String] {
    let address = example.addresses[0]
    guard let part = example.id.split(separator: "/").last, let range = address.range(of: part) else { return [] }
    return part.indices.compactMap { place in
      let character = part[place]
      guard character.isLetter || character.isNumber else { return nil }
      let changed = part.replacingCharacters(at: place, with: character == "7" || character == "f" ? "3" : "7")
      return address.replacingSubrange(range, with: changed)
    }
  }

  @Test(arguments: [
    ["https://www.facebook.com/marketplace/item/1/", "https://www.facebook.com/marketplace/item/2/"],
    ["https://www.facebook.com/groups/1/posts/5", "https://www.facebook.com/groups/2/posts/5"],
    ["https://www.facebook.com/search/posts?q=ivory", "https://www.facebook.com/search/posts?q=horn"],
    ["https://www.facebook.com/profile.php?id=1", "https://www.facebook.com/profile.php?id=2"],
    ["https://t.me/birds/12", "https://t.me/snakes/12", "https://t.me/birds/12?comment=5", "https://t.me/c/12/12"],
    [
      "https://shopee.co.id/a-i.1.2", "https://shopee.co.id/a-i.2.1", "https://shopee.sg/a-i.1.2",
      "https://shopee.co.id/a-i.12.2",
    ],
    [
      "https://www.olx.pl/d/oferta/a-ID8kd.html", "https://www.olx.ro/d/oferta/a-ID8kd.html",
      "https://www.olx.pl/d/oferta/a-ID8kD.html",
    ],
    ["https://www.gumtree.com/p/a/b/123456", "https://www.gumtree.co.za/a-b/c/d/123456"],
    ["https://www.mercari.com/us/item/m123/", "https://jp.mercari.com/item/m123"],
    [
      "https://www.ebay.com/itm/123", "http://www.sandbox.ebay.com/itm/123", "https://www.ebay.com/sch/i.html?_nkw=123",
    ],
    [
      "https://item.taobao.com/item.htm?id=5", "http://2.taobao.com/item.htm?id=5",
      "https://detail.1688.com/offer/5.html",
    ],
    ["https://www.aliexpress.com/item/1.html", "https://www.aliexpress.com/store/1"],
    ["https://listado.mercadolibre.com.ar/iphone-13-pro", "https://listado.mercadolibre.com.ar/iphone-13-mini"],
    ["https://articulo.mercadolibre.com.ar/MLA-12-a-_JM", "https://articulo.mercadolibre.com.uy/MLU-12-a-_JM"],
    [
      "https://vk.com/wall-1_2", "https://vk.com/wall-1_3", "https://vk.com/product-1_2",
      "https://vk.com/wall-1_2?reply=3",
    ],
    ["https://www.tokopedia.com/a/ring", "https://www.tokopedia.com/b/ring", "https://www.tokopedia.com/a/ring-2"],
    ["https://forum.example/viewtopic.php?t=71", "https://forum.example/viewtopic.php?t=72"],
    ["https://x.example/annonce.php?ref=1", "https://x.example/annonce.php?ref=2"],
    ["https://x.example/item?id=1", "https://x.example/item?id=2", "https://x.example/item?id=1&sku=2"],
    ["https://m.x.example/1", "https://x.example/1"], ["https://x.example/A", "https://x.example/a"],
    ["https://evil-ebay.de/itm/1", "https://www.ebay.de/itm/1", "https://ebay.de.evil.example/itm/1"],
    ["https://x.example:8080/1", "https://x.example:8081/1"], ["https://x.example/a%2Fb", "https://x.example/a/b"],
    ["https://x.example/#!/ad/1", "https://x.example/#!/ad/2"],
    ["https://x.example/t#post-11", "https://x.example/t#post-12"],
  ])
  func neighboursStayApart(_ addresses: [String]) {
    #expect(Set(addresses.map(Self.key)).count == addresses.count, "\(addresses.map(Self.key))")
  }

  @Test(arguments: [
    ["https://www.facebook.com/birdfans/about?ref=a&__tn__=x", "https://m.facebook.com/birdfans/about/"],
    ["https://x.example/a?gclid=1&id=2&utm_campaign=q", "http://www.x.example/a?id=2"],
    ["https://www.ebay.de/str/shop?_trkparms=1&mkcid=2", "https://ebay.de/str/shop"],
    ["https://x.example/a?b=2&a=1", "https://x.example/a?a=1&b=2"],
  ])
  func otherPagesOfASiteAreReadWithoutTracking(_ addresses: [String]) {
    #expect(Set(addresses.map(Self.key)).count == 1, "\(addresses.map(Self.key))")
    #expect(Self.key(addresses[0]).hasPrefix("url:"))
  }

  @Test func aKeyOfAnAddressIsMadeAgainFromItself() {
    for address in [
      "https://x.example/a?b=2&a=1#p12", "https://www.ebay.de/str/shop?x=1", "https://x.example:8080/%C3%A9;a",
    ] {
      let key = Self.key(address)
      #expect(Self.key("//" + key.dropFirst("url:".count)) == key)
    }
  }

  @Test func aPlatformWithAnIDAndAnAddressWithItAreOneListing() throws {
    let rows = """
      listing_id,platform,url,title
      110554919742,eBay,,a
      ,,https://www.ebay.de/itm/ring/110554919742?hash=1,a
      8,eBay,https://www.ebay.com/itm/110554919742,a
      110554919743,eBay,,d
      """
    let folder = InventedFolder()
    let (dataset, _) = try RealFiles.open([folder.write("week.csv", rows + "\n")])
    #expect((0..<3).map { dataset.key(at: $0).text } == Array(repeating: "id:ebay/110554919742", count: 3))
    #expect(dataset.rowsWithAnotherKey == [])
  }
}

extension String {
  fileprivate func range(of part: Substring) -> Range<String.Index>? { firstRange(of: String(part)) }

  fileprivate func replacingSubrange(_ range: Range<String.Index>, with other: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: other)
    return copy
  }
}

extension Substring {
  fileprivate func replacingCharacters(at place: String.Index, with other: String) -> String {
    String(self[..<place]) + other + String(self[index(after: place)...])
  }
}
