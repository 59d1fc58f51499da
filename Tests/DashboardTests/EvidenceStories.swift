import Casework
import Listings
import SmallFormats
import TerminalIO
import Testing
import TextCells

@testable import Dashboard

/// Evidence that could belong to the first sample listing.
enum SampleEvidence {
  static func attached(_ listing: ListingKey) -> ListedEvidence {
    var attachments = Attachments()
    var ledger = Ledger()
    var attachment = Casework.Attachment(
      digest: String(repeating: "3f", count: 32), bytes: 184_320, mediaType: "image/png")
    (attachment.originalName, attachment.method, attachment.note) = (
      "comb \u{202E}page.png", .screenshot, "third photo"
    )
    ledger.record(.attachEvidence, object: listing.text, data: attachment.data, by: "rk", at: "2026-11-18T12:00:00Z")
    attachments.apply(ledger.events[0], hash: ledger.events[0].line.hash)
    let one = attachments.all[0]
    var entry = ListedEvidence(
      source: .attached(one), name: attachment.originalName, bytes: attachment.bytes, digest: attachment.digest,
      mediaType: attachment.mediaType, method: attachment.method)
    entry.isPicture = true
    return entry
  }

  /// Darker to the right.
  static let picture = PixelGrid(
    width: 16, height: 9,
    pixels: (0..<9).flatMap { _ in (0..<16).flatMap { column in [UInt8](repeating: UInt8(255 - 16 * column), count: 3) }
    },
    originalWidth: 1600, originalHeight: 900)

  static func all(_ listing: ListingKey) -> [ListedEvidence] {
    var capture = ListedEvidence(
      source: .named(column: "wacz"), name: "captures/771001.wacz", bytes: 12_400_000,
      digest: String(repeating: "a7", count: 32), mediaType: "application/wacz", method: .warc)
    capture.looked = "4 files, 2 WARC records, 6 digests computed again: whole"
    var missing = ListedEvidence(
      source: .named(column: "screenshot"), name: "shots/771001.png", bytes: 0, digest: "", mediaType: "",
      method: .found)
    missing.problem = "is not there"
    return [attached(listing), capture, missing]
  }
}

/// The files of a listing, and the form in which one is attached.
struct EvidenceStories {
  private func opened(_ columns: Int = 80, _ rows: Int = 24) -> KeyStory {
    var story = KeyStory(columns, rows)
    story.press("E")
    let key = story.key(of: "1")
    story.tell(.evidenceFound(SampleEvidence.all(key), of: key))
    return story
  }

  private func form(_ story: KeyStory) -> EvidenceForm? {
    if case .evidenceForm(let form) = story.state.mode { form } else { nil }
  }

  @Test func theFilesOfTheListingAreListedWithWhereEachIsFrom() {
    let story = opened(120, 36)
    #expect(story.screen.contains("Evidence (3):"))
    let lines = story.screen.split(separator: "\n")
    #expect(lines.contains { $0.contains("184 kB") && $0.contains("3f3f3f3f3f3…") && $0.contains("rk") })
    #expect(
      lines.contains { $0.contains("captures/771001.wacz") && $0.contains("12 MB") && $0.contains("column wacz") })
    #expect(lines.contains { $0.contains("shots/771001.png") && $0.contains("missing") })
    #expect(story.screen.contains("third photo"))
    #expect(!story.screen.contains("\u{202E}"))
  }

  @Test func aListingWithoutFilesSaysHowToBegin() {
    var story = KeyStory()
    story.press("E")
    #expect(story.screen.contains("Looking for the files of the listing"))
    story.tell(.evidenceFound([], of: story.key(of: "1")))
    #expect(story.screen.contains("No file belongs to this listing yet"))
  }

  @Test func anAnswerAboutAnotherListingIsNotShown() {
    var story = opened()
    story.tell(.evidenceFound([], of: ListingKey("id:other")))
    #expect(story.screen.contains("Evidence (3):"))
  }

  @Test func tabCompletesThePathAndShowsWhatIsPossible() {
    var story = opened()
    story.press("a")
    story.type("sh")
    story.press("Tab")
    #expect(story.wanted.last == "complete «sh»")
    story.tell(.pathCompleted(PathCompletion(text: "shot", names: ["shot-1.png", "shots/"]), of: "sh"))
    #expect(form(story)?.draft[.path] == "shot" && story.screen.contains("shot-1.png  shots/"))
    // Typed on meanwhile: an answer to what was typed before changes nothing.
    story.type("s/x")
    story.tell(.pathCompleted(PathCompletion(text: "shot", names: []), of: "shot"))
    #expect(form(story)?.draft[.path] == "shots/x")
  }

  @Test func aFileIsAttachedByAShortForm() {
    var story = opened()
    story.press("a")
    story.type("shot 1.png")
    story.press("Enter Right Enter")
    story.type("2026-11-18T11:06Z")
    story.press("Enter")
    story.type("as seen")
    story.press("Enter")
    #expect(
      story.wanted.last == "attach «shot 1.png» browser-save «2026-11-18T11:06Z» «as seen» to 1")
    #expect(form(story)?.isWriting == true && story.screen.contains("copying the file"))
    story.tell(.attachingRefused(why: "noon is no time.", .capturedAt))
    #expect(form(story)?.part == .capturedAt && story.screen.contains("noon is no time."))
    story.press("^S")
    story.tell(.evidenceChanged("Attached to it as event 7"))
    #expect(story.state.notice?.text == "Attached to it as event 7")
    if case .evidence = story.state.mode {} else { Issue.record("the sheet is not open again") }
  }

  @Test func withoutAPathNothingIsAttached() {
    var story = opened()
    story.press("a ^S")
    #expect(form(story)?.isWriting == false && story.screen.contains("Type the path of a file."))
  }

  @Test func anAttachmentIsWithdrawnAndWhatTheRowNamesIsNot() {
    var story = opened()
    story.press("u")
    #expect(story.wanted.last == "withdraw attachment 1 of 1")
    story.press("j u")
    #expect(story.state.notice?.text.contains("only what was attached can be withdrawn") == true)
  }

  @Test func aPictureIsDecodedOnlyWhenAskedFor() {
    var story = opened()
    #expect(!story.wanted.contains { $0.hasPrefix("look") })
    story.press("o")
    #expect(story.wanted.last?.hasPrefix("look at «comb") == true)
    #expect(story.screen.contains("Decoding the picture in a separate process"))
    story.tell(.pictureDecoded(SampleEvidence.picture, of: "of another"))
    #expect(story.screen.contains("Decoding"))
    story.tell(.pictureDecoded(SampleEvidence.picture, of: String(repeating: "3f", count: 32)))
    #expect(story.screen.contains("▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀") && story.screen.contains("1600 by 900 pixels"))
    story.press("Esc")
    #expect(story.screen.contains("Evidence (3):"))
    story.press("o")
    story.tell(.pictureRefused(why: "comb.png is not shown: it is broken", of: String(repeating: "3f", count: 32)))
    #expect(story.screen.contains("is not shown: it is broken"))
    story.press("q j o")
    #expect(!story.screen.contains("Decoding"))
  }

  @Test func theSHA256IsCopied() {
    var story = opened()
    story.press("y")
    #expect(story.wanted.last == "copy " + String(repeating: "3f", count: 32))
  }

  @Test func escapeLeavesTheFormAndThenTheSheet() {
    var story = opened()
    story.press("a Esc Esc")
    #expect(story.state.mode == .browsing)
  }
}
