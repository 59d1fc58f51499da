/// What scrapers collect week after week: new adverts, adverts seen before, adverts that came back.
struct WeeklyScrape {
  /// Every advert once, as first seen, in the order of its first sighting.
  private(set) var everyAdvert: [Advert] = []
  var sellers: [Seller] { writer.crowd.sellers }

  private var random: SplitMix64
  private var writer: AdvertWriter
  private let listingsPerWeek: Int
  private var lastWeek: [Advert] = []
  private var absent: [Advert] = []

  /// Of a hundred listings of a week: still there from the week before, back after a week's absence, back under a new number.
  private static let stayingShare = 31
  private static let returningShare = 4
  private static let relistedShare = 3

  init(seed: UInt64, listingsPerWeek: Int) {
    random = SplitMix64(seed: seed)
    writer = AdvertWriter(random: &random)
    self.listingsPerWeek = listingsPerWeek
  }

  /// The sightings of ISO week `week` of 2026, ordered by capture.
  mutating func next(week: Int) -> [WeeklySighting] {
    // Monday of ISO week 45 of 2026 is 2 November.
    let monday = 2 + 7 * (week - 45)
    let posting = max(1, monday - 2)...(monday + 6)
    var present = seenAgain()
    let relisted = gone(except: present.count)
    for advert in relisted {
      add(writer.relist(advert, postedOn: monday...(monday + 6), random: &random), to: &present)
    }
    while present.count < listingsPerWeek { add(writer.write(postedOn: posting, random: &random), to: &present) }
    random.shuffle(&present)
    let sightings = present.map { sighting(of: $0, monday: monday) }
    lastWeek = present
    return inOrderOfCapture(sightings)
  }

  private mutating func add(_ advert: Advert, to present: inout [Advert]) {
    everyAdvert.append(advert)
    present.append(advert)
  }

  /// Adverts of earlier weeks that are still online, some with another price or text.
  private mutating func seenAgain() -> [Advert] {
    guard !lastWeek.isEmpty else { return [] }
    let returning = min(absent.count, listingsPerWeek * WeeklyScrape.returningShare / 100)
    let staying = listingsPerWeek * (WeeklyScrape.stayingShare + WeeklyScrape.returningShare) / 100 - returning
    random.shuffle(&absent)
    let back = absent.prefix(returning).map { writer.revisit($0, random: &random) }
    let still = lastWeek.prefix(staying).map { writer.revisit($0, random: &random) }
    absent = Array(lastWeek.dropFirst(staying))
    return Array(still) + Array(back)
  }

  /// Removed adverts that their sellers posted again under a new number.
  private mutating func gone(except seen: Int) -> [Advert] {
    guard seen > 0 else { return [] }
    let relisted = Array(absent.prefix(listingsPerWeek * WeeklyScrape.relistedShare / 100))
    absent.removeFirst(relisted.count)
    return relisted
  }

  private mutating func sighting(of advert: Advert, monday: Int) -> WeeklySighting {
    let earliest = max(monday, advert.postedDay)
    let day = random.within(earliest...(monday + 6))
    let minute = day == advert.postedDay ? random.within(advert.postedMinute...1439) : random.below(1440)
    return WeeklySighting(advert: advert, capturedDay: day, capturedMinute: minute)
  }

  private func inOrderOfCapture(_ sightings: [WeeklySighting]) -> [WeeklySighting] {
    // One number per sighting, its position in the low part: a sort that cannot depend on the standard library's stability.
    let keys = sightings.indices.map { (sightings[$0].capturedDay * 1440 + sightings[$0].capturedMinute) << 24 | $0 }
    return keys.sorted().map { sightings[$0 & 0xff_ffff] }
  }
}
