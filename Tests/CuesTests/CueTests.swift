import Cues
import Foundation
import Listings
import ListingsTestSupport
import Testing

/// Contact, payment and shipping in the words of adverts.
@Suite struct CueTests {
  private static let words = CueWords(rows: [
    ["contact", "WhatsApp", "whatsapp", ""], ["contact", "WeChat", "微信", ""], ["contact", "WeChat", "wechat", ""],
    ["payment", "WeChat Pay", "wechat pay", ""], ["shipping", "by bus or train", "gửi xe khách", ""],
    ["shipping", "discreet shipping", "discreet packaging", ""], ["payment", "PromptPay", "พร้อมเพย์", ""],
  ])

  private func found(_ text: String, _ words: CueWords = words) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      return words.all(in: raw).map { "\($0.name.text): \(String(decoding: raw[$0.bytes], as: UTF8.self))" }
    }
  }

  private func mask(_ text: String) -> [String] {
    var (text, scratch) = (text, CueWords.Scratch())
    let mask = text.withUTF8 { Self.words.mask(of: UnsafeRawBufferPointer($0), &scratch) }
    return Self.words.names(in: mask).map(\.text)
  }

  @Test(arguments: [
    "+66 81 234 5678", "+84-912-345-678", "081-234-5678", "0812345678", "(081) 234 5678", "13812345678",
    "138 1234 5678", "+1 (555) 010-9999", "0044 20 7946 0018", "02.1234.5678",
  ])
  func aTelephoneNumberIsOne(number: String) {
    #expect(found("call \(number) now") == ["phone number: \(number)"])
    #expect(found(String(number)).count == 1 && found("電話\(number)。").count == 1)
  }

  @Test(arguments: [
    "350000", "1 250 000", "$12,345,678.90", "2026-11-30", "05-11-2026", "30.11.2026 10", "6901234567892",
    "https://shop.example/item/0812345678", "id=0812345678&x", "SKU0812345678", "0.123456789", "12345678901", "+5", "+",
    "4111 1111 1111 1111", "1.5-2.5 kg", "0812345678901234", "100-200-300", "A-0812345678",
  ])
  func anotherNumberIsNone(text: String) {
    #expect(found(text).isEmpty && found("x \(text) y").isEmpty)
  }

  @Test func addressesAndAccountsAreToldApart() {
    #expect(found("mail kofi.ama+x@shop.example now") == ["e-mail address: kofi.ama+x@shop.example"])
    #expect(found("ig @ivory_house!") == ["account name: @ivory_house"])
    #expect(found("加我@moss_lane谢谢") == ["account name: @moss_lane"])
    for none in ["@", "@@@", "a@b", "x@y.1", "3 @ 5", "@12345", "@ab", "@@name"] {
      #expect(found(none) == [], "\(none)")
    }
  }

  @Test func wordsOfTheTableAreFoundInEveryScriptAndDisguise() {
    #expect(found("WhatsApp only") == ["WhatsApp: WhatsApp"])
    #expect(found("ＷｈａｔｓＡｐｐ") == ["WhatsApp: ＷｈａｔｓＡｐｐ"])
    #expect(found("加微信聊") == ["WeChat: 微信"])
    #expect(found("โอนพร้อมเพย์ได้") == ["PromptPay: พร้อมเพย์"])
    #expect(found("Gửi xe khách toàn quốc") == ["by bus or train: Gửi xe khách"])
    #expect(found("whatsappening") == [])
  }

  @Test func ofTwoThatOverlapTheLongerOneIsMeant() {
    #expect(found("pay by WeChat Pay") == ["WeChat Pay: WeChat Pay"])
    #expect(Set(mask("pay by WeChat Pay")) == ["WeChat", "WeChat Pay"])
  }

  @Test func aMaskHasEveryCueOnce() {
    #expect(
      mask("whatsapp WHATSAPP +66 81 234 5678, discreet packaging") == [
        "phone number", "WhatsApp", "discreet shipping",
      ])
    #expect(mask("a bicycle") == [] && mask("") == [])
  }

  @Test func rowsOfTheTableThatCannotBeUsedAreTold() {
    var rows = (0..<62).map { ["contact", "name \($0)", "word\($0)", ""] }
    rows += [["taste", "x", "y", ""], ["contact", "", "y", ""], ["contact"]]
    let words = CueWords(rows: rows)
    #expect(words.names.count == CueWords.maximumNames)
    #expect(words.problems.map(\.row) == [62, 63, 64, 65])
    #expect(words.problems[1].what == "taste is none of contact, payment, shipping")
    #expect(found("word60 word61", words) == ["name 60: word60"])
  }

  @Test func withoutATableNumbersAndAddressesAreFoundAllTheSame() {
    #expect(found("whatsapp 0812345678", .none) == ["phone number: 0812345678"])
  }

  @Test func rowsKeepTheirCuesAsADatasetGrows() {
    let rows = (0..<70_000).map { row in
      ListingRow(
        id: "\(row)", title: row % 3 == 0 ? "whatsapp me" : "bicycle",
        description: row % 5 == 0 ? "+66 81 234 5678" : "")
    }
    let growing = GrowingDataset()
    growing.add(Array(rows.prefix(40_000)), batchSize: 7000)
    var cues = RowCues(Self.words)
    let first = growing.look()
    let isFirstDone = cues.turn(to: first)
    #expect(isFirstDone)
    growing.add(Array(rows.dropFirst(40_000)), file: "more.csv", batchSize: 7000)
    let all = growing.look(isComplete: true)
    let isDone = cues.turn(to: all)
    var fresh = RowCues(Self.words)
    let isFreshDone = fresh.turn(to: all)
    #expect(isDone && isFreshDone)
    let whatsapp = UInt64(1) << 3
    #expect(Self.words.names(in: whatsapp).map(\.text) == ["WhatsApp"])
    #expect(cues.rows(withAnyOf: whatsapp, among: 70_000) == RowSet((0..<70_000).filter { $0 % 3 == 0 }, of: 70_000))
    #expect((0..<70_000).allSatisfy { cues.mask(of: $0) == fresh.mask(of: $0) })
    #expect(
      cues.rows(withNoneOf: .max, among: 70_000)
        == RowSet((0..<70_000).filter { $0 % 3 != 0 && $0 % 5 != 0 }, of: 70_000))
  }

  @Test func hostileTextsEndSoon() {
    for text in [
      String(repeating: "+", count: 100_000), String(repeating: "@", count: 100_000),
      String(repeating: "0 ", count: 50_000), String(repeating: "a@", count: 50_000),
      String(repeating: "(0)-", count: 25_000), String(repeating: "1.", count: 50_000),
    ] {
      #expect(found(text).count < 60_000)
    }
  }
}
