import Casework
import Filters
import Listings

/// What the keyboard means right now.
package enum Mode: Equatable, Sendable {
  case browsing
  /// Typing the filter; `before` comes back on Esc.
  case typingFilter(LineEditor, before: Filter, problem: FilterProblem?)
  /// Typing what to find in a facet.
  case findingValue(FacetSubject, LineEditor)
  /// Writing the note of a listing.
  case writingNote(LineEditor, row: Int)
  /// Choosing one line of a short list.
  case choosing(Menu)
  /// Asked before a bulk act; the count is named.
  case asking(Question)
  case readingHelp(top: Int)
  /// Adding a word of a listing to the analyst's own lexicon.
  case addingWord(QuickAdd)
  case readingProblems(ProblemsPlace)
  case readingLexicons(LexiconsPlace)
  case palette(LineEditor, cursor: Int)
  case packetForm(PacketFormSheet)
  /// Typing the name of a casebook to file into.
  case namingCasebook(LineEditor)
  /// Saying which column is which field.
  case assigningColumns(ColumnAnswers)
}

/// A short list to choose from.
package struct Menu: Equatable, Sendable {
  package enum Subject: Equatable, Sendable { case sort, reason }
  package let subject: Subject
  package let title: String
  package let lines: [String]
  package var cursor: Int
}

/// A yes-or-no question before something that touches many listings.
package struct Question: Equatable, Sendable {
  package enum Act: Equatable, Sendable {
    case chooseVerdict([Int])
    case leaveUnsaved
  }
  package let act: Act
  package let text: String
  /// The keys that answer it, with what they do.
  package let answers: [Answer]

  package struct Answer: Equatable, Sendable {
    package let key: String
    package let meaning: String
  }

  init(act: Act, text: String, keys: [(String, String)]) {
    self.act = act
    self.text = text
    answers = keys.map { Answer(key: $0.0, meaning: $0.1) }
  }
}

/// Where an analyst was: what comes back when the same data is opened again.
package struct Place: Equatable, Sendable {
  package var filterText: String
  package var sort: SortOrder
  package var listing: ListingKey?
  /// Notes begun and not filed.
  package var noteDrafts: [ListingKey: String]

  package init(
    filterText: String, sort: SortOrder, listing: ListingKey?, noteDrafts: [ListingKey: String] = [:]
  ) {
    self.filterText = filterText
    self.sort = sort
    self.listing = listing
    self.noteDrafts = noteDrafts
  }

  private static let draftPrefix = "draft of "

  /// The place as named texts, to be kept.
  package var fields: [String: String] {
    var fields = [
      "filter": filterText, "listing": listing?.text ?? "",
      "sort": sort.subject.name + (sort.isDescending ? " descending" : ""),
    ]
    for (listing, draft) in noteDrafts { fields[Self.draftPrefix + listing.text] = draft }
    return fields
  }

  /// Reads kept fields; nil for an order nobody knows.
  package init?(fields: [String: String]) {
    let sortWords = (fields["sort"] ?? "file").split(separator: " ")
    guard let subject = sortWords.first.flatMap({ SortOrder.Subject(named: String($0)) }) else { return nil }
    filterText = fields["filter"] ?? ""
    sort = SortOrder(subject, descending: sortWords.count > 1)
    listing = fields["listing"].flatMap { $0.isEmpty ? nil : ListingKey($0) }
    noteDrafts = [:]
    for (name, draft) in fields where name.hasPrefix(Self.draftPrefix) {
      noteDrafts[ListingKey(String(name.dropFirst(Self.draftPrefix.count)))] = draft
    }
  }
}
