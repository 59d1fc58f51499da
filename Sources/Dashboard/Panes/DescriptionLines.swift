import Casework
import Listings
import Sentences

/// What was stated of a listing in codes, in a line for each analyst.
struct DescriptionLines {
  let lines: [String]

  init(_ description: ListingDescription) {
    let stated = Aspect.allCases.compactMap { aspect in description[aspect].map { (aspect, $0) } }
    var analysts: [String] = []
    for (_, one) in stated where !analysts.contains(one.by) { analysts.append(one.by) }
    lines = analysts.map { analyst in
      stated.filter { $0.1.by == analyst }.map { $0.0.screenPhrase($0.1.value) }.joined(separator: " · ") + " · "
        + localized("by \(analyst)", context: "an analyst")
    }
  }
}
