import Listings

/// What the harmless groups let through: the places of their guards, as `not resin` and `with cage`.
///
/// What lies within such a place does not speak for the group, neither in the language of the row that says so nor in
/// another one that writes the word alike.
/// Cost:   a lookup walks over the guards that begin within the longest one before a place.
struct HarmlessExceptions {
  private struct Place {
    let group: String
    let word: HitJudging.NearPlace
  }

  private var title: [Place] = []
  private var description: [Place] = []
  private var longest = 0

  var isEmpty: Bool { title.isEmpty && description.isEmpty }

  mutating func add(_ word: HitJudging.NearPlace, of group: String) {
    longest = max(longest, word.bytes.count)
    let place = Place(group: group, word: word)
    if word.field == .title { title.append(place) } else { description.append(place) }
  }

  mutating func sort() {
    title.sort { $0.word.bytes.lowerBound < $1.word.bytes.lowerBound }
    description.sort { $0.word.bytes.lowerBound < $1.word.bytes.lowerBound }
  }

  /// The guard of a group in whose place a range of a field lies.
  func word(of group: String, around bytes: Range<Int>, in field: Field) -> HitJudging.NearPlace? {
    let places = field == .title ? title : description
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].word.bytes.lowerBound < bytes.upperBound - longest { low = middle + 1 } else { high = middle }
    }
    for place in places[low...] {
      if place.word.bytes.lowerBound > bytes.lowerBound { return nil }
      if place.group == group, place.word.bytes.upperBound >= bytes.upperBound { return place.word }
    }
    return nil
  }

  /// The same for a hit of a harmless term.
  func word(around hit: HitJudging.Candidate, _ lexicons: CompiledLexicons) -> HitJudging.NearPlace? {
    guard !isEmpty, lexicons.facts(of: hit.term).kind == .harmless else { return nil }
    return word(of: lexicons[hit.term].denotes, around: hit.bytes, in: hit.field)
  }
}
