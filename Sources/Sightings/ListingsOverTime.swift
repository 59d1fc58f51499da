import Listings

/// Which row stands for each listing of a dataset, and by which key a listing is known that has had several.
///
/// Shape:  an advert keeps the number in its address while the words beside it change with its title, and a key that is
///         made of the whole address changes with them.
package struct ListingsOverTime: Equatable, Sendable {
  /// One row of each listing: the first in the newest scrape that has it.
  package let newest: RowSet
  /// The key of the newest row, for other keys that rows of its listing have.
  package let joined: [ListingKey: ListingKey]

  package init(newest: RowSet, joined: [ListingKey: ListingKey] = [:]) {
    (self.newest, self.joined) = (newest, joined)
  }
}

extension Sightings {
  /// Which row stands for each listing, and which keys are of one.
  ///
  /// Cost:   one pass over the rows in the order of their identities. Only rows with several keys are read.
  /// Limits: rows with one number that have hardly a word in common stay listings of their own: the number was given to
  ///         another advert, and no verdict may go over to it.
  package var listingsOverTime: ListingsOverTime {
    let rows = identities.rows
    let (prints, slots) = (dataset.keyFingerprints, comparison.slots)
    var newest = RowSet(noneOf: dataset.rowCount)
    var joined: [ListingKey: ListingKey] = [:]
    var start = 0
    while start < rows.count {
      var end = start + 1
      while end < rows.count, rows[end].identity == rows[start].identity { end += 1 }
      var latest = Int(rows[start].row)
      var hasOtherKeys = false
      for place in start + 1..<max(start + 1, end) {
        let row = Int(rows[place].row)
        if prints[row] != prints[latest] { hasOtherKeys = true }
        let (slot, latestSlot) = (slots.ofRow[row], slots.ofRow[latest])
        if slot > latestSlot || slot == latestSlot && row < latest { latest = row }
      }
      newest.insert(latest)
      if hasOtherKeys {
        let key = dataset.key(at: latest)
        var seen: Set<UInt64> = [prints[latest]]
        for place in start..<end where seen.insert(prints[Int(rows[place].row)]).inserted {
          let row = Int(rows[place].row)
          if isOther(latest, row) { newest.insert(row) } else { joined[dataset.key(at: row)] = key }
        }
      }
      start = end
    }
    return ListingsOverTime(newest: newest, joined: joined)
  }

  /// The rows of listings that were known by other keys in recorded scrapes.
  ///
  /// - Parameter keys: with the platform of each. Keys that a row has need not be asked for.
  /// - Returns: by key, the first row of the listing in the newest scrape that is open.
  /// Cost:   one pass over the keys of all recorded sightings; nothing where addresses hold no numbers.
  /// Limits: title or text must be what was recorded, since a number may have been given to another advert.
  package func rows(ofEarlier keys: [(key: ListingKey, platform: String)]) -> [ListingKey: Int] {
    guard !keys.isEmpty, identities.making.hasNumbers else { return [:] }
    var salts: [String: UInt64] = [:]
    var wanted: [UInt64: ListingKey] = [:]
    for (key, platform) in keys {
      let salt = salts[platform] ?? SightingIdentity.salt(ofPlatform: platform)
      salts[platform] = salt
      wanted[SightingIdentity.mix(key.fingerprint, salt)] = key
    }
    var found: [ListingKey: Int] = [:]
    for list in recorded {
      for (index, print) in list.columns.keys.enumerated() {
        guard let key = wanted[print], let row = newestRow(of: list.columns.identities[index]) else { continue }
        let (old, new) = (list.columns.cells[index], dataset.cellFingerprints[row])
        if dataset.keyFingerprints[row] != key.fingerprint, old.title == new.title || old.text == new.text {
          found[key] = row
        }
      }
    }
    return found
  }

  /// The first row of an identity in the newest scrape that has it; nil where no open row has it.
  private func newestRow(of identity: UInt64) -> Int? {
    let (rows, slots) = (identities.rows, comparison.slots)
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].identity < identity { low = middle + 1 } else { high = middle }
    }
    var latest: Int?
    while low < rows.count, rows[low].identity == identity {
      let row = Int(rows[low].row)
      let isNewer = latest.map { (slots.ofRow[row], $0) > (slots.ofRow[$0], row) } ?? true
      if isNewer { latest = row }
      low += 1
    }
    return latest
  }
}
