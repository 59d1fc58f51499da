/// An invented account on one platform.
struct Seller {
  let platform: Int
  let alias: String
  /// Position in the cut banks.
  let bank: Int
  let country: String
  let place: String
  /// What the seller gives as contact; accounts of one actor share it.
  let token: String
  let actor: Int?
}

/// A person with several aliases on several platforms: what links between sellers should find.
struct Actor {
  let id: String
  /// Positions in `Crowd.sellers`.
  var accounts: [Int] = []
  let products: [Product]
  /// A closing phrase this actor repeats word for word.
  let signature: String
}

/// All sellers of the demo, the same for every week.
///
/// Shape:  about 1,050 ordinary accounts spread by the platforms' weights, then the accounts of 60 actors.
struct Crowd {
  private(set) var sellers: [Seller] = []
  private(set) var actors: [Actor] = []
  /// Positions of the ordinary sellers of each platform.
  private(set) var ordinary: [[Int]]

  private static let ordinaryAccounts = 1050
  private static let actorCount = 60
  private static let roots = [
    "amber", "basil", "cedar", "dusty", "ember", "fable", "grove", "hazel", "indigo", "juniper", "kettle", "linen",
    "maple",
    "nettle", "ochre", "pebble", "quartz", "raven", "saffron", "thistle", "umber", "velvet", "willow", "yarrow",
    "zephyr",
    "copper", "drift", "fern", "lantern", "mossy",
  ]
  private static let stems = [
    "gate", "jar", "lane", "boat", "box", "hill", "moon", "nest", "oak", "path", "reed", "sail", "stone", "well",
    "wing",
    "yard", "bell", "crow", "dell", "fox",
  ]

  init(banks: [CutBank], random: inout SplitMix64) {
    ordinary = Array(repeating: [], count: Platform.all.count)
    var taken = Array(repeating: Set<String>(), count: Platform.all.count)
    let total = Platform.all.reduce(0) { $0 + $1.weight }
    for (position, platform) in Platform.all.enumerated() {
      for _ in 0..<(Crowd.ordinaryAccounts * platform.weight / total) {
        let reader = platform.audience[random.weighted(platform.audience.map(\.weight))]
        let bank = banks.firstIndex { $0.bank.language == reader.language }!
        let head = random.pick(banks[bank].bank.handles.heads)
        let token = random.pick(Crowd.roots) + random.pick(Crowd.stems) + "000"
        ordinary[position].append(sellers.count)
        sellers.append(
          Crowd.account(
            on: position, bank: bank, in: banks[bank].bank, country: reader.country, head: head, token: token,
            actor: nil,
            taken: &taken, random: &random))
      }
    }
    for number in 0..<Crowd.actorCount { addActor(number, banks: banks, taken: &taken, random: &random) }
  }

  private mutating func addActor(
    _ number: Int, banks: [CutBank], taken: inout [Set<String>], random: inout SplitMix64
  ) {
    // Only languages spoken on two platforms or more can show one actor in several places.
    let homes = banks.indices.filter { bank in
      Platform.all.filter { $0.audience.contains { $0.language == banks[bank].bank.language } }.count > 1
    }
    let home = homes[random.weighted(homes.map { Crowd.readership(of: banks[$0].bank.language) })]
    let bank = banks[home].bank
    let platforms = Platform.all.indices.filter { Platform.all[$0].audience.contains { $0.language == bank.language } }
    let token = Crowd.roots[number % Crowd.roots.count] + "_" + Crowd.stems[number % Crowd.stems.count] + "_00"
    let head = bank.handles.heads[(number * 7 + 3) % bank.handles.heads.count]
    let products = (0...random.below(3)).map { _ in random.pick(bank.wares).product }
    var actor = Actor(
      id: "A" + (number < 9 ? "0" : "") + String(number + 1), products: products, signature: random.pick(bank.closings))
    for turn in 0..<random.within(2...4) {
      let place = platforms[turn % platforms.count]
      let reader = Platform.all[place].audience.first { $0.language == bank.language }!
      actor.accounts.append(sellers.count)
      sellers.append(
        Crowd.account(
          on: place, bank: home, in: bank, country: reader.country, head: head, token: token, actor: number,
          taken: &taken,
          random: &random))
    }
    actors.append(actor)
  }

  /// How many adverts are written in `language`, relative to the others.
  private static func readership(of language: String) -> Int {
    Platform.all.reduce(0) { sum, platform in
      let all = platform.audience.reduce(0) { $0 + $1.weight }
      let own = platform.audience.reduce(0) { $0 + ($1.language == language ? $1.weight : 0) }
      return sum + 100 * platform.weight * own / all
    }
  }

  private static func account(
    on platform: Int, bank: Int, in phrases: LanguageBank, country: String, head: String, token: String, actor: Int?,
    taken: inout [Set<String>], random: inout SplitMix64
  ) -> Seller {
    let handles = phrases.handles
    var alias = head + random.pick(handles.joints) + random.pick(handles.tails)
    if random.chance(25) { alias += String(random.within(2...98)) }
    while !taken[platform].insert(alias).inserted { alias += String(random.below(10)) }
    return Seller(
      platform: platform, alias: alias, bank: bank, country: country,
      place: random.pick(phrases.placeNames(in: country)), token: token, actor: actor)
  }
}
