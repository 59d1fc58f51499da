import Listings

/// The scrapes of each platform, and the one each row is in.
///
/// Shape:  a slot is a platform in a scrape. Slots are ordered by platform, then by time, so that the scrape of a platform
///         before this one is the slot before, if it has the same platform.
/// Cost:   one pass over the rows, 4 bytes each.
struct SightingSlots: Sendable {
  /// A platform in a scrape.
  struct Slot: Equatable, Sendable {
    let platform: Int
    let scrape: Int
  }

  /// All scrapes in order of time.
  let scrapes: [Scrape]
  /// The platforms as first written; an empty name for listings without one.
  private(set) var platforms: [String] = []
  private(set) var slots: [Slot] = []
  /// The slot of each row; `none` for rows of files that add nothing.
  private(set) var ofRow: [UInt32]
  /// The slot of each platform of each recorded scrape.
  private(set) var ofRecorded: [[UInt32]] = []

  static let none = UInt32.max

  /// Numbers of platforms by their folded names.
  private var numbers: [String: Int] = [:]

  init(_ dataset: Dataset, _ rows: ScrapeRows, _ recorded: [RecordedSightings]) {
    var named: [String: Scrape] = [:]
    for scrape in rows.scrapes + recorded.map(\.scrape) {
      named[scrape.name] = named[scrape.name]?.joined(with: scrape) ?? scrape
    }
    scrapes = named.values.sorted(by: Scrape.isBefore)
    let order = Dictionary(uniqueKeysWithValues: scrapes.enumerated().map { ($1.name, $0) })
    ofRow = Array(repeating: Self.none, count: dataset.rowCount)
    let values = dataset.values(of: .platform)
    let ofCode = (0..<dataset.valueCount(of: .platform)).map { number(of: values.string(UInt32($0))) }
    let ofList = recorded.map { list in list.columns.platforms.map { number(of: $0) } }
    var finding = Finding(platforms: platforms.count)
    let codes = dataset.codes(of: .platform)
    rows.forEachStretch(of: dataset) { stretch, _, scrape in
      guard let scrape else { return }
      let ordinal = order[rows.scrapes[scrape].name]!
      for row in stretch { ofRow[row] = finding.slot(ofCode[Int(codes[row])], ordinal) }
    }
    for (list, numbers) in zip(recorded, ofList) {
      let ordinal = order[list.scrape.name]!
      ofRecorded.append(numbers.map { finding.slot($0, ordinal) })
    }
    settle(finding.found)
  }

  /// The number of a platform, which is the same for names that differ in case, width or accents.
  private mutating func number(of name: String) -> Int {
    let folded = Folding.folded(name)
    if let known = numbers[folded] { return known }
    numbers[folded] = platforms.count
    platforms.append(name)
    return platforms.count - 1
  }

  /// Puts the slots into order.
  private mutating func settle(_ found: [Slot]) {
    let sorted = found.indices.sorted {
      (found[$0].platform, found[$0].scrape) < (found[$1].platform, found[$1].scrape)
    }
    slots = sorted.map { found[$0] }
    var place = [UInt32](repeating: 0, count: found.count)
    for (new, old) in sorted.enumerated() { place[old] = UInt32(new) }
    for row in ofRow.indices where ofRow[row] != Self.none { ofRow[row] = place[Int(ofRow[row])] }
    ofRecorded = ofRecorded.map { $0.map { place[Int($0)] } }
  }

  /// The scrape of the same platform before a slot.
  @inline(__always)
  func previous(_ slot: Int) -> Int? { slot > 0 && slots[slot - 1].platform == slots[slot].platform ? slot - 1 : nil }

  /// The scrape of the same platform after a slot.
  @inline(__always)
  func next(_ slot: Int) -> Int? {
    slot + 1 < slots.count && slots[slot + 1].platform == slots[slot].platform ? slot + 1 : nil
  }

  /// Numbers slots as they are met.
  ///
  /// Cost:   an array per scrape, or a dictionary where a column that is no platform was taken for one.
  private struct Finding {
    private static let maximumArray = 4096
    private let platforms: Int
    private var byScrape: [Int: [UInt32]] = [:]
    private var byPair: [UInt64: UInt32] = [:]
    private var last: (scrape: Int, slots: [UInt32]) = (-1, [])
    private(set) var found: [Slot] = []

    init(platforms: Int) { self.platforms = platforms }

    mutating func slot(_ platform: Int, _ scrape: Int) -> UInt32 {
      guard platforms <= Self.maximumArray else {
        let pair = UInt64(scrape) << 32 | UInt64(platform)
        if let known = byPair[pair] { return known }
        byPair[pair] = add(platform, scrape)
        return UInt32(found.count - 1)
      }
      if last.scrape != scrape {
        if last.scrape >= 0 { byScrape[last.scrape] = last.slots }
        last = (scrape, byScrape[scrape] ?? Array(repeating: SightingSlots.none, count: platforms))
      }
      if last.slots[platform] == SightingSlots.none { last.slots[platform] = add(platform, scrape) }
      return last.slots[platform]
    }

    private mutating func add(_ platform: Int, _ scrape: Int) -> UInt32 {
      found.append(Slot(platform: platform, scrape: scrape))
      return UInt32(found.count - 1)
    }
  }
}
