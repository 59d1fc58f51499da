import Sentences

/// What is wrong with a text that should be a listing in JSON. The raw values complete "no listing in JSON, …".
package enum JSONProblem: String, Equatable, Sendable {
  case notAnObject = "no object"
  case endsEarly = "it ends too early"
  case unexpectedCharacter = "an unexpected character"
  case brokenString = "a broken string"
  case brokenEscape = "a broken escape"
  case brokenNumber = "a broken number"
  case tooDeep = "too many levels"
  case tooLarge = "more text than one listing can have"
  case trailingText = "text after the object"
  // Complete values that are not listings.
  case null = "a null"
  case word = "a true or false"
  case number = "a number"
  case text = "a text"
  case list = "a list of single values"
  case object = "an object among lists"
  case emptyEnvelope = "an object without the listing that others hold"
  case withoutListings = "an object without the list of listings that others have"
}

/// Something that a JSON file holds beside its listings, or instead of them.
package enum JSONOmission: Equatable, Sendable {
  /// Lists of values by column that differ in length, so that values cannot be matched up.
  case unequalLists([String])
  /// Lists of objects that look like listings of another kind.
  case otherLists([String])
  /// Rows above the one with the column names.
  case titleRows(Int)
  /// Text after the single object of the file; with its beginning.
  case trailingText(String)
}

extension JSONOmission {
  /// What was found, for `IntakeProblem.found`.
  func found(_ say: Wording) -> String {
    switch self {
    case .unequalLists(let lists):
      say(
        Sentence(
          "lists of values by column that are not equally long, so that nothing says which values belong together"
        )) + " (\(Self.shortened(lists)))"
    case .otherLists(let lists):
      say(Sentence("lists that look like listings of another kind beside those taken: \(Self.shortened(lists))"))
    case .titleRows(let count): say(Sentence("\(count) rows above the one that names the columns"))
    case .trailingText(let text):
      say(Sentence("something behind the end of the object that holds the listings: \(text)"))
    }
  }

  /// What was done about it, for `IntakeProblem.done`.
  func done(_ say: Wording) -> String {
    switch self {
    case .unequalLists: say(Sentence("no listing is made of them, collect them again row by row"))
    case .otherLists: say(Sentence("they are left out, save them as a file of their own to read them"))
    case .titleRows, .trailingText: say(Sentence("it is left out, all listings are kept"))
    }
  }

  /// The first names of a list.
  private static func shortened(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}
