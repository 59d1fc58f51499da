import Hashing
import Testing

@Suite struct UniqueIDTests {
  /// RFC 9562, appendix A.4: www.example.com in the namespace of domain names.
  @Test func theStandardsExampleOfVersion5Holds() throws {
    let names = try #require(UniqueID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
    let id = UniqueID(namespace: names, name: "www.example.com".utf8)
    #expect(id.description == "2ed6657d-e927-568b-95e1-2665a8aea6a2" && id.version == 5)
  }

  /// RFC 4231, test case 2: key "Jefe", HMAC 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843.
  @Test func aKeyedOneIsTheHMACWithTheBitsOfVersion4() {
    let id = UniqueID(key: Array("Jefe".utf8), name: "what do ya want for nothing?".utf8)
    #expect(id.description == "5bdcc146-bf60-454e-aa04-2426089575c7" && id.version == 4)
    #expect(UniqueID(key: [1], name: "a".utf8) != UniqueID(key: [2], name: "a".utf8))
  }

  @Test(arguments: ["", "2ed6657d-e927-568b-95e1-2665a8aea6a", "2ED6657D-e927-568b-95e1-2665a8aea6a2", "zz"])
  func onlyTheWrittenFormIsRead(text: String) { #expect(UniqueID(text) == nil) }
}
