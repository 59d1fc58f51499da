import Filters
import Listings
import Testing

@testable import Dashboard

/// Views for tests: two of the analyst's own, one of a colleague's, and one whose filter no sample has the column of.
enum SampleViews {
  static let all = [
    SavedView(
      name: "Larets, dearest first", filterText: "platform:larets", sort: SortOrder(.price, descending: true),
      analyst: "rk"),
    SavedView(name: "Undecided", filterText: "is:unreviewed", sort: .file, isZoomed: true, analyst: "rk"),
    SavedView(name: "Rings", filterText: "ring", sort: .file, panes: ["1": "country"], analyst: "ben"),
    SavedView(name: "Strange", filterText: "shoe-size:44", sort: .file, analyst: "ben"),
  ]
}

/// Ways of looking at listings under a name, shared by everybody who works with the casebook.
struct ViewStories {
  private func opened(_ views: [SavedView] = SampleViews.all) -> KeyStory {
    var story = KeyStory()
    story.press("'")
    #expect(story.wanted == ["find views"])
    story.tell(.viewsFound(views))
    return story
  }

  @Test func theyAreListedWithTheirDigitsOnesOwnFirst() {
    let story = opened(Array(SampleViews.all.reversed()))
    let lines = story.screen.split(separator: "\n").map(String.init)
    func line(_ name: String) -> Int? { lines.firstIndex { $0.contains(name) } }
    #expect(lines.contains { $0.contains("1  Undecided") && $0.contains("is:unreviewed") }, "\(story.screen)")
    #expect(lines.contains { $0.contains("Rings") && $0.contains("ben") })
    #expect((line("Larets, dearest") ?? 99) < (line("Rings") ?? 0))
  }

  @Test func aDigitOpensOneWithItsFilterAndOrder() {
    var story = opened()
    story.press("1")
    #expect(story.state.mode == .browsing)
    #expect(story.state.filter.text == "platform:larets")
    #expect(story.state.sort == SortOrder(.price, descending: true))
    #expect(story.bottomLine.contains("View “Larets, dearest first”"))
    story.press("'")
    story.tell(.viewsFound(SampleViews.all))
    story.press("j Enter")
    #expect(story.state.filter.text == "is:unreviewed" && story.state.isZoomed)
  }

  @Test func whatIsShownIsSavedUnderANameAndOpensAgain() {
    var story = KeyStory()
    story.press("/")
    story.type("platform:larets")
    story.press("Enter S 3 '")
    story.tell(.viewsFound([]))
    #expect(story.screen.contains("None yet"))
    story.press("a")
    story.type("Larets")
    story.press("Enter")
    #expect(story.wanted == ["remember views Larets"])
    guard case .views(let sheet) = story.state.mode, let saved = sheet.views?.first else {
      Issue.record("nothing is listed")
      return
    }
    #expect(saved.filterText == story.state.filter.text && saved.sort == story.state.sort && saved.analyst == "rk")
    // Stored and read again it is the same.
    #expect(SavedViews.read(SavedViews.fields(of: [saved], by: "rk")) == [saved])
    story.press("Esc 0 '")
    story.tell(.viewsFound([saved]))
    story.press("1")
    #expect(story.state.filter.text == "platform:larets")
  }

  @Test func aNameThatIsThereAlreadyTakesWhatIsShownNow() {
    var story = opened()
    story.press("a")
    story.press("^U")
    story.type("Undecided")
    story.press("Enter")
    guard case .views(let sheet) = story.state.mode else { return }
    #expect(sheet.views?.map(\.name) == ["Larets, dearest first", "Undecided", "Rings", "Strange"])
    #expect(sheet.views?[1].filterText == "")
    #expect(story.screen.contains("is now what is shown"))
  }

  /// Nothing is saved over by habit: the name begins empty, and what was there comes back.
  @Test func aViewIsReplacedOnPurposeAndComesBack() {
    var story = opened()
    story.press("a")
    guard case .views(let naming) = story.state.mode else { return }
    #expect(naming.editor?.text == "")
    story.press("Esc s")
    #expect(story.screen.contains("“Larets, dearest first” is now what is shown; u brings the former one back"))
    guard case .views(let replaced) = story.state.mode else { return }
    #expect(replaced.views?[0].filterText == "")
    story.press("u")
    guard case .views(let back) = story.state.mode else { return }
    #expect(back.views?[0].filterText == "platform:larets")
  }

  @Test func aViewIsRenamedIfItIsOnesOwnAndTheNameIsFree() {
    var story = opened()
    story.press("r")
    #expect(story.screen.contains("New name: Larets, dearest first"))
    story.press("^U")
    story.type("Undecided")
    story.press("Enter")
    #expect(story.screen.contains("is the name of another view"))
    story.press("r ^U")
    story.type("Dearest")
    story.press("Enter")
    guard case .views(let sheet) = story.state.mode else { return }
    #expect(sheet.views?.map(\.name) == ["Dearest", "Undecided", "Rings", "Strange"])
    #expect(sheet.views?[0].filterText == "platform:larets")
    story.press("j j r")
    #expect(story.screen.contains("ben’s"))
  }

  @Test func onlyOnesOwnAreDeletedAndTheLastOneComesBack() {
    var story = opened()
    story.press("d")
    #expect(story.wanted == ["remember views Undecided"])
    story.press("u")
    #expect(story.wanted.last == "remember views Larets, dearest first, Undecided")
    story.press("j j d")
    #expect(story.screen.contains("ben’s"))
    guard case .views(let sheet) = story.state.mode else { return }
    #expect(sheet.views?.count == 4)
  }

  @Test func aFilterThatTheseFilesCannotAnswerChangesNothing() {
    var story = KeyStory()
    story.press("/")
    story.type("ring")
    story.press("Enter '")
    story.tell(.viewsFound(SampleViews.all))
    story.press("4")
    #expect(story.state.filter.text == "ring")
    #expect(story.bottomLine.contains("“Strange” cannot be used here"))
    story.press("'")
    story.tell(.viewsFound(SampleViews.all))
    story.press("9")
    #expect(story.screen.contains("There is no view 9"))
  }

  @Test func viewsKeptInTwoPlacesAreJoinedByTheirNames() {
    var changed = SampleViews.all[0]
    changed.name = "Undecided"
    let earlier = SavedViews.fields(of: Array(SampleViews.all.prefix(2)), by: "rk")
    let joined = SavedViews.read(SavedViews.joined(earlier, SavedViews.fields(of: [changed], by: "rk")))
    #expect(joined.map(\.name) == ["Undecided", "Larets, dearest first"])
    #expect(joined[0].filterText == "platform:larets" && joined.allSatisfy { $0.analyst == "rk" })
  }

  @Test func anEmptyNameSavesNothing() {
    var story = opened([])
    story.press("a Enter")
    #expect(story.wanted.isEmpty && story.screen.contains("Type a name"))
    story.press("Esc")
    #expect(story.state.mode.kind == .views)
  }

  @Test func whatOtherVersionsStoredIsReadAsFarAsItIsKnown() {
    let fields = [
      "0001 name": "A", "0001 sort": "by moon", "0002 name": "B", "0002 colour": "red", "analyst": "rk", "x": "",
    ]
    #expect(SavedViews.read(fields).map(\.name) == ["B"])
  }
}
