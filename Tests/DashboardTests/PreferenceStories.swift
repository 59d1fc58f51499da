import Filters
import Listings
import Testing

@testable import Dashboard

/// How an analyst wants the dashboard to begin and to ask.
struct PreferenceStories {
  private func story(
    on texts: [String] = [SampleListings.six], _ want: (inout Preferences) -> Void
  ) -> KeyStory {
    var preferences = Preferences()
    want(&preferences)
    var story = KeyStory(emptyAt: 120, 36)
    story.state.begin(with: preferences)
    story.tell(.casebookOpened([:], nil, nil))
    story.tell(.grew(to: SampleListings.dataset(texts)))
    return story
  }

  @Test func listingsThatWereNotOpenBeforeComeInTheOrderOfTheSettings() {
    #expect(story { _ in }.shown == ["1", "2", "3", "4", "5", "6"])
    let byPrice = story { $0.sort = SortOrder(named: "price")! }
    #expect(byPrice.shown.first == "5" && byPrice.current == "5")
  }

  @Test func everyOrderOfTheChoiceHasAName() {
    for order in Dimension.orders {
      #expect(SortOrder(named: order.subject.name) == SortOrder(order.subject, descending: order.isDescendingFirst))
    }
    #expect(SortOrder(named: "alphabet") == nil)
  }

  @Test func thePositionOfLastTimeOutranksTheOrderOfTheSettingsOrIsLeftAlone() {
    for returns in [true, false] {
      var preferences = Preferences()
      preferences.sort = SortOrder(named: "price")!
      preferences.returnsToLastPosition = returns
      var story = KeyStory(emptyAt: 80, 24)
      story.state.begin(with: preferences)
      let dataset = SampleListings.dataset([SampleListings.six])
      let key = dataset.key(at: 2)
      let position = SessionPosition(
        filterText: "platform:cholang", sort: .file, listing: key, noteDrafts: [key: "begun"])
      story.tell(.casebookOpened([:], position, nil))
      story.tell(.grew(to: dataset))
      #expect(story.state.filter.clauses.isEmpty != returns)
      #expect(story.state.sort == (returns ? .file : SortOrder(named: "price")!))
      #expect(story.state.noteDrafts[key] == "begun", "what was begun comes back in any case")
    }
  }

  @Test func theFacetPanesAndTheLensBeginAsWanted() {
    let plain = story { _ in }
    #expect(!plain.state.layout.facets.isEmpty && !plain.state.detail.isLensOn)
    let wanted = story {
      $0.showsFacets = false
      $0.opensLens = true
    }
    #expect(wanted.state.layout.facets.isEmpty && wanted.state.detail.isLensOn)
  }

  @Test func copiesAreOneLineFromTheStart() {
    #expect(!story { _ in }.state.foldsCopies)
    var wanted = story { $0.foldsCopies = true }
    #expect(wanted.state.foldsCopies)
    wanted.press("O")
    #expect(!wanted.state.foldsCopies, "the key says otherwise for now")
  }

  @Test func aPaneCountsWhatIsWantedWhereTheListingsHaveIt() {
    let text = "listing_id,platform,country,title\n1,Larets,KE,ring\n2,Larets,NL,comb\n"
    let wanted = story(on: [text]) { $0.countedBy[.platform] = "country" }
    #expect(wanted.state.dimension(of: .platform)?.id == "country")
    #expect(wanted.screen.contains("1 Country"))
    let without = story(on: ["listing_id,platform,title\n1,Larets,ring\n"]) { $0.countedBy[.platform] = "country" }
    #expect(without.state.dimension(of: .platform)?.id == "platform")
  }

  @Test func aVerdictOnMoreListingsThanWantedAsksForTheirNumber() {
    for (limit, asks) in [(5, true), (6, false)] {
      var wanted = story { $0.bulkNumberAbove = limit }
      wanted.press("* ; c")
      #expect(wanted.wanted == (asks ? [] : ["file confirmed: 1 2 3 4 5 6"]))
      guard asks else { continue }
      #expect(wanted.screen.contains("Number of listings (6):"))
      wanted.press("6 c")
      #expect(wanted.wanted == ["file confirmed: 1 2 3 4 5 6"])
    }
  }

  @Test func thePacketFormBeginsWithTheAnswersOfTheSettings() {
    var wanted = story { $0.packet = [.sender: "Ranger Nine", .tlp: "TLP:GREEN", .recipientKind: "customs"] }
    wanted.confirmAll()
    wanted.press("P")
    guard case .packet(let sheet) = wanted.state.mode else {
      Issue.record("the form is not open")
      return
    }
    #expect(sheet.draft[.sender] == "Ranger Nine")
    #expect(sheet.draft[.tlp] == "TLP:GREEN" && sheet.draft[.recipientKind] == "customs")
  }

  @Test func whatWasTypedForTheLastPacketOutranksTheSettings() {
    var last = PacketDraft()
    last[.sender] = "Somebody else"
    let filled = last.filled(with: [.sender: "Ranger Nine", .contactName: "R. K.", .folder: "/packets", .zip: ""])
    #expect(filled[.sender] == "Somebody else" && filled[.contactName] == "R. K.")
    #expect(filled[.folder] == "/packets", "what the form proposes by itself was not typed")
    #expect(filled[.zip] == "no")
  }

  @Test func whatIsWrongWithTheSettingsIsAmongTheProblems() {
    var story = story { _ in }
    story.state.files.settingsProblems = ["settings.toml, line 3: lens: expected true or false"]
    #expect(story.topLine.contains("1 problem"))
    story.press("p")
    #expect(story.screen.contains("in the settings"))
    story.press("Enter")
    #expect(story.screen.contains("settings.toml, line 3"))
  }
}
