import Listings

/// Where the addresses of a site hold a number.
///
/// Shape:  for addresses with as many parts in their path: `https://hub.example/item/road/560221/old-words` has four.
package struct AddressNumberRule: Hashable, Comparable, Sendable {
  /// Where in the address.
  package enum Place: Hashable, Sendable {
    /// A whole part of the path, counted from 0.
    case part(Int)
    /// A whole parameter.
    case parameter(String)
    /// The digits at the end of the path, after a mark and before an ending such as `.html`.
    case end
    /// The digits at the beginning of the last part of the path, before a mark.
    case beginning
  }

  /// The host without `www.` and the like, in lower case.
  package let host: String
  /// How many parts the path has.
  package let parts: Int
  package let place: Place

  package init(host: String, parts: Int, place: Place) {
    (self.host, self.parts, self.place) = (host, parts, place)
  }

  /// The rule for people: `hub.example: the 4th of 5 parts of the path`.
  package var words: String {
    let of = "of \(parts) part\(parts == 1 ? "" : "s") of the path"
    return switch place {
    case .part(let index): "\(host): part \(index + 1) \(of)"
    case .parameter(let name): "\(host): the parameter \(name), after \(parts) part\(parts == 1 ? "" : "s") of the path"
    case .end: "\(host): the digits that end the last \(of)"
    case .beginning: "\(host): the digits that begin the last \(of)"
    }
  }

  package static func < (a: AddressNumberRule, b: AddressNumberRule) -> Bool { a.words < b.words }
}

/// The numbers by which addresses of sites that no table knows name their listings, learned from the addresses themselves.
///
/// Shape:  a place in the addresses of a site holds the number of a listing where nearly all addresses of that shape have
///         five digits or more there (some may have fewer), and no number leads to different adverts: within a scrape, apart from one number
///         in a hundred, and from one scrape to the next, when some sellers put another advert under an old number,
///         apart from one in ten. Where several places do, all their numbers together count. Numbers that lead to
///         different adverts within a single scrape are none, so that no two of its listings become one.
/// Cost:   about 200 ns per row with such an address, on all cores; nothing for other rows.
/// Limits: twenty different numbers at least, since a few may differ by chance.
package struct AddressNumbers: Sendable {
  /// What was learned, in order.
  package let rules: [AddressNumberRule]
  /// The fingerprint of site and number of each row, 0 where there is none; empty where nothing was learned.
  private let numbers: [UInt64]

  init(rules: [AddressNumberRule] = [], numbers: [UInt64] = []) { (self.rules, self.numbers) = (rules, numbers) }

  /// The fingerprint of site and number; nil where the row's key identifies it.
  @inline(__always)
  func number(of row: Int) -> UInt64? {
    guard !numbers.isEmpty, numbers[row] != 0 else { return nil }
    return numbers[row]
  }
}

extension AddressNumbers {
  /// How many different numbers a place must have shown.
  private static let minimumNumbers = 20

  /// Learns from the addresses of a dataset.
  ///
  /// - Parameter known: what was learned from earlier scrapes. It needs no more evidence, but is dropped where the
  ///   addresses of today contradict it.
  /// - Returns: nil when cancelled.
  static func learn(
    _ dataset: Dataset, _ slots: SightingSlots, known: Set<AddressNumberRule> = [], _ cancellation: Cancellation?
  ) -> AddressNumbers? {
    guard var survey = AddressSurvey.of(dataset, slots, cancellation) else { return nil }
    guard !survey.entries.isEmpty else { return AddressNumbers() }
    guard IdentitySorting.sort(&survey.entries, cancellation) else { return nil }
    let judged = Judging(dataset, slots, survey)
    if cancellation?.isCancelled == true { return nil }
    var isGood = [Bool](repeating: false, count: survey.places.count)
    func isSound(_ index: Int) -> Bool {
      let tally = judged.tallies[index]
      let place = survey.places[index]
      return tally.rows * 10 >= survey.rows(like: place) * 9 && place.longRows * 10 >= tally.rows * 8
        && tally.torn * 100 <= tally.numbers && tally.contradictions * 10 <= tally.numbers
    }
    for (index, place) in survey.places.enumerated() where isSound(index) {
      isGood[index] = known.contains(place.rule) || judged.tallies[index].numbers >= minimumNumbers
    }
    // The same place in the site's rarer shapes of addresses, such as one without the words that follow the number.
    let good = Set(survey.places.indices.filter { isGood[$0] }.map { survey.places[$0].atAnyLength })
    for (index, place) in survey.places.enumerated() where !isGood[index] && good.contains(place.atAnyLength) {
      isGood[index] = isSound(index)
    }
    guard isGood.contains(true) else { return AddressNumbers() }
    return AddressNumbers(
      rules: survey.places.indices.filter { isGood[$0] }.map { survey.places[$0].rule }.sorted(),
      numbers: numbers(of: dataset.rowCount, survey, isGood, shared: judged.shared))
  }

  /// The numbers of all rows in good places; those of several places are added up.
  private static func numbers(
    of count: Int, _ survey: AddressSurvey, _ isGood: [Bool], shared: Set<UInt64>
  ) -> [UInt64] {
    var numbers = [UInt64](repeating: 0, count: count)
    var bad: Set<UInt32> = []
    for entry in survey.entries where isGood[Int(entry.digest)] {
      if shared.contains(entry.identity) { bad.insert(entry.row) }
      numbers[Int(entry.row)] &+= survey.number(of: entry)
    }
    for row in bad { numbers[Int(row)] = 0 }
    return numbers
  }

  /// What the numbers of a place lead to.
  private struct Tally {
    var rows = 0
    var numbers = 0
    /// Numbers that lead to different adverts, and those of them that do so within a scrape.
    var contradictions = 0
    var torn = 0
  }

  /// Whether numbers stand for single adverts, told from the rows that share one.
  private struct Judging {
    var tallies: [Tally]
    /// Identities of entries whose number leads to different adverts in one scrape.
    var shared: Set<UInt64> = []

    init(_ dataset: Dataset, _ slots: SightingSlots, _ survey: AddressSurvey) {
      tallies = Array(repeating: Tally(), count: survey.places.count)
      let entries = survey.entries
      var start = 0
      while start < entries.count {
        var end = start + 1
        while end < entries.count, entries[end].identity == entries[start].identity { end += 1 }
        let place = Int(entries[start].digest)
        tallies[place].rows += end - start
        tallies[place].numbers += 1
        let verdict = end - start == 1 ? (false, false) : Self.contradicts(entries[start..<end], dataset, slots)
        if verdict.0 { tallies[place].contradictions += 1 }
        if verdict.1 {
          tallies[place].torn += 1
          shared.insert(entries[start].identity)
        }
        start = end
      }
    }

    /// Whether rows with one number are different adverts: another address, and neither the title nor the text of any
    /// other row. Also whether two such rows are in one scrape.
    private static func contradicts(
      _ entries: ArraySlice<IdentifiedRow>, _ dataset: Dataset, _ slots: SightingSlots
    ) -> (Bool, Bool) {
      let keys = dataset.keyFingerprints
      let first = entries[entries.startIndex]
      guard entries.contains(where: { keys[Int($0.row)] != keys[Int(first.row)] }) else { return (false, false) }
      // Adverts that are one by words: joined over equal titles and texts, from row to row.
      var titles: [UInt64: Int] = [:]
      var texts: [UInt64: Int] = [:]
      var addresses: [UInt64: Int] = [:]
      var owner: [Int] = []
      func root(_ advert: Int) -> Int { owner[advert] == advert ? advert : root(owner[advert]) }
      var adverts: [Int] = []
      for entry in entries {
        let row = Int(entry.row)
        let cells = dataset.cellFingerprints[row]
        let found = [titles[cells.title], texts[cells.text], addresses[keys[row]]].compactMap { $0 }.map(root)
        let own = found.min() ?? owner.count
        if own == owner.count { owner.append(own) }
        for other in found { owner[other] = own }
        (titles[cells.title], texts[cells.text], addresses[keys[row]]) = (own, own, own)
        adverts.append(own)
      }
      let roots = adverts.map(root)
      guard Set(roots).count > 1 else { return (false, false) }
      var inSlot: [UInt32: Int] = [:]
      for (entry, advert) in zip(entries, roots) {
        let slot = slots.ofRow[Int(entry.row)]
        if let other = inSlot[slot], other != advert { return (true, true) }
        inSlot[slot] = advert
      }
      return (true, false)
    }
  }
}
