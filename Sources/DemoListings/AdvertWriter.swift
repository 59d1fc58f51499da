/// Composes adverts from the language banks.
struct AdvertWriter {
  let banks: [CutBank]
  let crowd: Crowd
  private var nextNumber: [Int]
  private var written = 0

  /// Of a hundred adverts: suspicious ones, then look-alikes; the rest is background.
  private static let relevantShare = 15
  private static let lureShare = 47
  /// One advert in so many has hostile text.
  private static let hostileEvery = 350

  init(random: inout SplitMix64) {
    let banks = LanguageBank.all.map(CutBank.init)
    crowd = Crowd(banks: banks, random: &random)
    self.banks = banks
    nextNumber = Platform.all.indices.map { _ in random.within(1_020_000...4_800_000) }
  }

  /// A new advert, posted on one of `days` of November.
  mutating func write(postedOn days: ClosedRange<Int>, random: inout SplitMix64) -> Advert {
    written += 1
    if written % AdvertWriter.hostileEvery == AdvertWriter.hostileEvery / 2 {
      let hostile = HostileAdverts.all[written / AdvertWriter.hostileEvery % HostileAdverts.all.count]
      let seller = crowd.ordinary[0][random.below(crowd.ordinary[0].count)]
      return plain(hostile, title: hostile.title, body: hostile.body, by: seller, days: days, random: &random)
    }
    let kind = random.below(100)
    if kind < AdvertWriter.relevantShare { return suspicious(days: days, random: &random) }
    let seller = random.chance(4) ? anyActorsAccount(random: &random).seller : ordinarySeller(random: &random)
    let bank = banks[crowd.sellers[seller].bank]
    let wording = wording(of: seller, name: "", detail: "", product: nil, random: &random)
    if kind < AdvertWriter.relevantShare + AdvertWriter.lureShare {
      let choice = random.below(bank.lures.count)
      let title = benignTitle(
        bank.lures[choice].title, namesCondition: bank.bank.lures[choice].dollars.upperBound > 0, wording,
        random: &random)
      // What is given away, or only described, is not delivered either.
      let told = fill(bank.lures[choice].body, wording, &random)
      let body = bank.bank.lures[choice].dollars.upperBound == 0 ? told : tailed(told, wording, &random)
      return lure(bank.bank.lures[choice], title: title, body: body, by: seller, days: days, random: &random)
    }
    let choice = random.below(bank.background.count)
    let title = benignTitle(bank.background[choice].title, namesCondition: true, wording, random: &random)
    let body = tailed(fill(bank.background[choice].body, wording, &random), wording, &random)
    return plain(bank.bank.background[choice], title: title, body: body, by: seller, days: days, random: &random)
  }

  /// `advert` under a new number, as sellers do after a removal.
  mutating func relist(_ advert: Advert, postedOn days: ClosedRange<Int>, random: inout SplitMix64) -> Advert {
    var truth = advert.truth
    truth.relistingOf = Platform.all[advert.platform].name + "/" + advert.id
    return Advert(
      platform: advert.platform, id: number(on: advert.platform, random: &random),
      title: random.chance(30) ? advert.title + " " + random.pick(["🔥", "!", "..", "✅"]) : advert.title,
      body: advert.body,
      species: advert.species, price: advert.price, dollars: advert.dollars, seller: advert.seller,
      postedDay: random.within(days), postedMinute: random.below(1440), language: advert.language,
      country: advert.country,
      location: advert.location, flagReason: advert.flagReason, imageCount: advert.imageCount, truth: truth)
  }

  /// `advert` as its seller left it a week later: mostly unchanged, sometimes cheaper, sometimes reworded.
  func revisit(_ advert: Advert, random: inout SplitMix64) -> Advert {
    var later = advert
    let seller = crowd.sellers[advert.seller]
    let change = random.below(100)
    if change < 12 {
      later.dollars = advert.dollars * (0.7 + 0.5 * random.unit())
      later.price = PriceWriting.write(
        dollars: later.dollars, country: seller.country, bank: banks[seller.bank].bank,
        isSocial: Platform.all[advert.platform].isSocial, random: &random)
    } else if change < 18 {
      let wording = wording(of: advert.seller, name: "", detail: "", product: nil, random: &random)
      later.body = joined([advert.body, fill(random.pick(banks[seller.bank].closings), wording, &random)], seller.bank)
    }
    return later
  }

  // MARK: - The three kinds

  private mutating func suspicious(days: ClosedRange<Int>, random: inout SplitMix64) -> Advert {
    var seller = ordinarySeller(random: &random)
    var product: Product?
    if random.chance(48) {
      let found = anyActorsAccount(random: &random)
      seller = found.seller
      product = random.pick(crowd.actors[found.actor].products)
    }
    let bank = banks[crowd.sellers[seller].bank]
    let ware = bank.bank.wares.first { $0.product == product } ?? random.pick(bank.bank.wares)
    let facts = ware.product.facts
    let named = random.pick(ware.names)
    var name = named.text
    if random.chance(24) { name = random.pick(Disguise.allCases).applied(to: name, emoji: facts.emoji) }
    let wording = wording(
      of: seller, name: name, detail: random.pick(ware.details), product: ware.product, random: &random)
    let title = titleCase(fill(random.pick(bank.titles), wording, &random), random: &random)
    // Adverts with a picture and next to no text are a growing share; text triage must show that it cannot see them.
    let body = random.chance(9) ? "" : begun(fill(random.pick(bank.bodies), wording, &random), random: &random)
    let taxon = named.taxon ?? (random.chance(75) ? facts.taxa[0] : random.pick(facts.taxa))
    let flags = [
      "keyword: " + bank.bank.keyword(for: ware.product), "keyword: " + named.text, "species-match", "image-score 0.9",
      "seller-history", "",
    ]
    return finish(
      title: title, body: body, dollars: facts.dollars, species: guess(truly: taxon, ware.product, random: &random),
      flag: random.pick(flags), seller: seller, days: days,
      truth: truth(of: seller, relevant: true, what: facts.term, taxon: taxon, product: facts.term), random: &random)
  }

  private mutating func lure(
    _ lure: Lure, title: String, body: String, by seller: Int, days: ClosedRange<Int>, random: inout SplitMix64
  ) -> Advert {
    let facts = lure.product.facts
    let species = random.chance(42) ? facts.taxa[0] : random.chance(12) ? facts.taxa.joined(separator: "; ") : ""
    let keyword = banks[crowd.sellers[seller].bank].bank.keyword(for: lure.product)
    let flags = ["keyword: " + keyword, "keyword: " + keyword, "species-match", "image-score 0.6", ""]
    return finish(
      title: title, body: body, dollars: lure.dollars, species: species, flag: random.pick(flags), seller: seller,
      days: days,
      truth: truth(
        of: seller, relevant: false, what: "taken for " + facts.term, reason: lure.reason.rawValue, taxon: "",
        product: ""),
      random: &random)
  }

  private mutating func plain(
    _ plain: Plain, title: String, body: String, by seller: Int, days: ClosedRange<Int>, random: inout SplitMix64
  ) -> Advert {
    let species = random.chance(3) ? random.pick(Product.allCases).facts.taxa[0] : ""
    return finish(
      title: title, body: body, dollars: plain.dollars, species: species,
      flag: random.pick(["broad-search", "image-score 0.5", "seller-history", "image-score 0.4", ""]), seller: seller,
      days: days,
      truth: truth(
        of: seller, relevant: false, what: "ordinary goods", reason: Lure.Reason.notWildlife.rawValue, taxon: "",
        product: ""),
      random: &random)
  }

  private func truth(
    of seller: Int, relevant: Bool, what: String, reason: String = "", taxon: String, product: String
  ) -> Truth {
    Truth(
      isRelevant: relevant, whatItIs: what, reason: reason, taxon: taxon, product: product,
      actor: crowd.sellers[seller].actor.map { crowd.actors[$0].id } ?? "", relistingOf: "")
  }

  private mutating func finish(
    title: String, body: String, dollars: ClosedRange<Int>, species: String, flag: String, seller: Int,
    days: ClosedRange<Int>, truth: Truth, random: inout SplitMix64
  ) -> Advert {
    let who = crowd.sellers[seller]
    // Squared, so that cheap adverts are many and dear ones few.
    let share = random.unit()
    let worth = Double(dollars.lowerBound) + Double(dollars.upperBound - dollars.lowerBound) * share * share
    let bank = banks[who.bank].bank
    return Advert(
      platform: who.platform, id: number(on: who.platform, random: &random), title: title, body: body, species: species,
      price: PriceWriting.write(
        dollars: worth, country: who.country, bank: bank, isSocial: Platform.all[who.platform].isSocial, random: &random
      ),
      dollars: worth, seller: seller, postedDay: random.within(days), postedMinute: random.below(1440),
      language: random.chance(94) ? bank.language : "", country: random.chance(91) ? who.country : "",
      location: random.chance(84) ? who.place : "", flagReason: flag, imageCount: random.frontHeavy(10), truth: truth)
  }

  // MARK: - Who, and in which words

  private mutating func number(on platform: Int, random: inout SplitMix64) -> String {
    nextNumber[platform] += random.within(1...9)
    return Platform.all[platform].idPrefix + String(nextNumber[platform])
  }

  private func ordinarySeller(random: inout SplitMix64) -> Int {
    let platform = random.weighted(Platform.all.map(\.weight))
    return crowd.ordinary[platform][random.frontHeavy(crowd.ordinary[platform].count)]
  }

  private func anyActorsAccount(random: inout SplitMix64) -> (seller: Int, actor: Int) {
    let actor = random.frontHeavy(crowd.actors.count)
    return (random.pick(crowd.actors[actor].accounts), actor)
  }

  /// What the scraper took the species to be: right, another of the trade, several, anything, or nothing.
  private func guess(truly taxon: String, _ product: Product, random: inout SplitMix64) -> String {
    switch random.below(100) {
    case 0..<56: taxon
    case 56..<64: random.pick(product.facts.taxa)
    case 64..<72: product.facts.taxa.joined(separator: "; ")
    case 72..<76: random.pick(Product.allCases).facts.taxa[0]
    default: ""
    }
  }

  /// A title that sometimes names the condition too.
  private func benignTitle(
    _ template: Template, namesCondition: Bool, _ wording: Wording, random: inout SplitMix64
  ) -> String {
    var title = fill(template, wording, &random)
    if namesCondition && random.chance(22) {
      title += " - " + fill(random.pick(banks[wording.bank].conditions), wording, &random)
    }
    return titleCase(title, random: &random)
  }

  /// A body that most sellers begin with a capital.
  private func begun(_ body: String, random: inout SplitMix64) -> String {
    guard random.chance(65), let first = body.first else { return body }
    return String(first).uppercased() + body.dropFirst()
  }

  /// Some sellers shout, or begin with an emoji.
  private func titleCase(_ title: String, random: inout SplitMix64) -> String {
    switch random.below(100) {
    case 0..<5: title.uppercased()
    case 5..<9: random.pick(["🔥 ", "⭐ ", "👉 ", "✨", "📦 "]) + title
    default: title
    }
  }
}
