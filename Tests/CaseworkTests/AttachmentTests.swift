import Listings
import SmallFormats
import Testing

@testable import Casework

/// Attachments as the audit chain tells them, and what a person states of a file.
@Suite struct AttachmentTests {
  private static let digest = String(repeating: "ab", count: 32)

  static func attachment(_ digest: String = digest, name: String = "shot.png") -> Casework.Attachment {
    var attachment = Casework.Attachment(digest: digest, bytes: 12, mediaType: "image/png")
    (attachment.originalName, attachment.method, attachment.note) = (name, .screenshot, "as seen")
    attachment.capturedAt = UTCTime("2026-11-18T11:06:40Z")
    (attachment.looked, attachment.isFaulty) = ("1 record", true)
    return attachment
  }

  @Test func whatIsStatedComesBackFromTheEvent() {
    let one = Self.attachment("\(Self.digest)", name: "=x\u{202E}\u{0}.png")
    #expect(Casework.Attachment(one.data) == one)
    let bare = Casework.Attachment(digest: Self.digest, bytes: 1, mediaType: "text/plain")
    #expect(
      Casework.Attachment(bare.data) == bare && Set(bare.data.keys) == ["sha256", "bytes", "media_type", "method"])
  }

  @Test func aDigestThatIsNoneNamesNoFile() {
    for (digest, bytes) in [
      ("../../etc/passwd", 1), (Self.digest.uppercased(), 1), (Self.digest + "a", 1), (Self.digest, 0),
    ] {
      var data = Self.attachment().data
      (data["sha256"], data["bytes"]) = (.text(digest), .number(bytes))
      #expect(Casework.Attachment(data) == nil)
    }
    var later = Self.attachment().data
    later["method"] = .text("hologram")
    #expect(Casework.Attachment(later)?.method == .found)
  }

  @Test func aWithdrawalNamesTheLineAndTheOrderOfChainsMakesNoDifference() throws {
    var mine = Ledger()
    mine.record(.attachEvidence, object: "id:P/1", data: Self.attachment().data, by: "rk", at: "2026-11-18T12:00:00Z")
    let hash = mine.events[0].line.hash
    var theirs = Ledger()
    theirs.record(
      .withdrawEvidence, object: "id:P/1", data: ["attachment": .text(hash), "note": .text("wrong listing")], by: "mb",
      at: "2026-11-19T12:00:00Z")
    var (one, other) = (Attachments(), Attachments())
    one.apply(mine.events[0], hash: hash)
    #expect(one.inForce.count == 1)
    one.apply(theirs.events[0], hash: theirs.events[0].line.hash, of: "ff")
    other.apply(theirs.events[0], hash: theirs.events[0].line.hash, of: "ff")
    other.apply(mine.events[0], hash: hash)
    #expect(one.all == other.all && one.inForce.isEmpty)
    #expect(
      one.all[0].withdrawal
        == RecordedAttachment.Withdrawal(time: "2026-11-19T12:00:00Z", analyst: "mb", note: "wrong listing"))
    // The same chain once more changes nothing.
    one.apply(mine.events[0], hash: hash)
    #expect(one.all.count == 1)
  }

  @Test func attachingIsNoStepOfUndo() {
    var ledger = Ledger()
    ledger.apply(.file(.confirmed, reason: nil, for: [ListingKey("id:P/1")]), by: "rk", at: "2026-11-18T12:00:00Z")
    ledger.record(.attachEvidence, object: "id:P/1", data: Self.attachment().data, by: "rk", at: "2026-11-18T12:00:01Z")
    #expect(ledger.history(of: "rk").nextUndo?.number == 1)
    #expect(ledger.statuses.byKey[ListingKey("id:P/1")]?.status.verdict == .confirmed)
  }

  @Test(arguments: [
    ("2026-11-18T11:06:40Z", "2026-11-18T11:06:40Z"), ("2026-11-18 18:06+07:00", "2026-11-18T11:06:00Z"),
    ("2026-11-18T01:06-05:30", "2026-11-18T06:36:00Z"), ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
    ("2026-11-18t11:06z", "2026-11-18T11:06:00Z"), ("2026-11-18T11:06", nil), ("2026-11-18", nil),
    ("18.11.2026 11:06Z", nil),
    ("2026-02-30T11:06Z", nil), ("2026-11-18T24:06Z", nil), ("2026-11-18T11:06:40+7", nil), ("", nil),
    ("yesterday", nil),
  ]) func aMomentIsReadOnlyWithItsDistanceFromUTC(text: String, time: String?) {
    #expect(CaptureTime.read(text)?.text == time)
  }

  @Test func whatIsStatedOfAFileIsCheckedBeforeAnythingIsCopied() throws {
    let now = try #require(UTCTime("2026-11-18T12:00:00Z"))
    func problem(_ part: AttachmentDraft.Part, _ text: String) -> AttachmentProblem? {
      var draft = AttachmentDraft()
      draft[part] = text
      do throws(AttachmentProblem) {
        _ = try draft.statements(now: now)
        return nil
      } catch {
        return error
      }
    }
    #expect(problem(.method, "photo")?.sentence.contains("screenshot, browser-save") == true)
    #expect(problem(.capturedAt, "2026-11-18T12:00:01Z") == .notYet("2026-11-18T12:00:01Z"))
    #expect(problem(.capturedAt, "noon")?.part == .capturedAt)
    #expect(problem(.note, String(repeating: "x", count: 2001)) == .noteTooLong(2000))
    #expect(problem(.method, "") == nil && problem(.capturedAt, "2026-11-18T12:00:00Z") == nil)
  }
}
