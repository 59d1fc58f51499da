import Listings
import Sentences

// What packets and files also say has its own words for the screen, which can be translated. Those for packets and files are
// never translated.

extension Verdict {
  package var screenLabel: String {
    switch self {
    case .confirmed: localized("confirmed", context: "a verdict")
    case .falsePositive: localized("false positive", context: "a verdict")
    case .unsure: localized("unsure", context: "a verdict")
    }
  }
}

extension Reason {
  package var screenLabel: String {
    switch self {
    case .replica: localized("replica", context: "why a false positive")
    case .otherMaterial: localized("other material", context: "why a false positive")
    case .wantedAdvert: localized("wanted advert", context: "why a false positive")
    case .legalWithPapers: localized("legal with papers", context: "why a false positive")
    case .otherSpecies: localized("other species", context: "why a false positive")
    case .notWildlife: localized("not wildlife", context: "why a false positive")
    case .duplicate: localized("duplicate", context: "why a false positive")
    }
  }
}

extension Aspect {
  /// The name in sentences: `CITES term cleared`.
  package var screenName: String {
    switch self {
    case .species: localized("species")
    case .offer: localized("offer", context: "an aspect of a listing")
    case .lot: localized("lot", context: "an aspect of a listing")
    case .quantity: localized("quantity")
    case .documents: localized("documents claimed")
    case .scam: localized("scam")
    case .grading: localized("grading")
    case .term: localized("CITES term")
    case .source: localized("CITES source")
    case .purpose: localized("CITES purpose")
    case .tags: localized("tags")
    }
  }

  /// What was stated, in a few words: `species probable`, `a single specimen`.
  package func screenPhrase(_ value: String) -> String {
    let list = value.replacing(",", with: ", ")
    return switch (self, value) {
    case (.species, "certain"): localized("species certain")
    case (.species, "probable"): localized("species probable")
    case (.species, "possible"): localized("species possible")
    case (.species, "unidentifiable"): localized("species unidentifiable")
    case (.offer, "overt"): localized("offer overt")
    case (.offer, "covert"): localized("offer covert")
    case (.lot, "lot"): localized("a lot", context: "several specimens sold together")
    case (.lot, _): localized("a single specimen")
    case (.scam, "suspected"): localized("scam suspected")
    case (.scam, "not-suspected"): localized("scam not suspected")
    case (.documents, Self.noDocuments): localized("no documents claimed")
    case (.documents, _): localized("documents claimed: \(list)")
    case (.tags, _): localized("tagged \(list)")
    case (.quantity, _): localized("quantity \(value)")
    case (.grading, _): localized("grading \(value)")
    case (.term, _): localized("CITES term \(value)")
    case (.source, _): localized("CITES source \(value)")
    case (.purpose, _): localized("CITES purpose \(value)")
    default: phrase(value)
    }
  }
}

extension CaptureMethod {
  package var screenLabel: String {
    switch self {
    case .screenshot: localized("screenshot")
    case .browserSave: localized("page saved by a browser")
    case .warc: localized("web archive")
    case .api: localized("answer of an interface")
    case .transcript: localized("transcript")
    case .found: localized("file as found")
    }
  }
}
