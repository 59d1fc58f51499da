import CodeWords
import Foundation
import Testing

@testable import LinsangCLI

/// The user's switch table: nothing in it is lost, and an unreadable file is not overwritten.
@Suite struct SwitchFileTests {
  private let place: Workplace
  private var file: SwitchFile { SwitchFile(configuration: place.path + "/config") }
  private let name = "config/linsang/Lexicons/switches.csv"

  init() throws { place = try Workplace() }

  private func refusal(_ isOn: [String: Bool] = ["bear": true]) -> String? {
    do throws(SwitchFile.UpdateError) {
      try file.set(isOn)
      return nil
    } catch {
      return error.sentence
    }
  }

  private var neighbours: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: place.path + "/config/linsang/Lexicons")) ?? []
  }

  @Test func theFirstSwitchCreatesTheTableAndItsFolder() throws {
    try file.set(["parrots": false])
    #expect(try place.text(of: name) == "lexicon,state,note\nparrots,off,\n")
    #expect(neighbours == ["switches.csv"])
  }

  @Test func otherRowsAndNotesStayWhenOneIsSwitched() throws {
    try place.write(name, "lexicon,state,note\nbear,off,\"Mai, 2026\"\nold,off,gone since May\n")
    try file.set(["bear": true, "parrots": false])
    #expect(
      try place.text(of: name)
        == "lexicon,state,note\nbear,on,\"Mai, 2026\"\nold,off,gone since May\nparrots,off,\n")
  }

  @Test(arguments: [
    "name,on\nbear,yes\n", "lexicon;state;note\nbear;off;\n",
    "\u{50}\u{4B}\u{3}\u{4}0000000000000000000000000000000000",
  ])
  func whatIsNoSwitchTableIsRefusedAndLeft(text: String) throws {
    try place.write(name, text)
    #expect(try #require(refusal()).contains("No lexicon was switched"))
    #expect(try #require(refusal()).contains("switches.csv"))
    #expect(try place.text(of: name) == text)
    #expect(neighbours == ["switches.csv"])
  }

  @Test func bytesThatAreNotTextAreRefusedWithTheirLineAndKept() throws {
    let bytes = Array("lexicon,state,note\nbear,off,".utf8) + [0xFF, 0xFE, 0x80, 0x0A]
    try place.write(name, bytes: bytes)
    if let sentence = refusal() {
      #expect(sentence.contains("No lexicon was switched"))
      #expect(try Array(Data(contentsOf: URL(fileURLWithPath: place.path + "/" + name))) == bytes)
    } else {
      // The row is still there if the bytes are read in an older encoding.
      #expect(try place.text(of: name).contains("bear,on,"))
    }
  }

  @Test func aFolderInItsPlaceIsRefused() throws {
    try FileManager.default.createDirectory(atPath: place.path + "/" + name, withIntermediateDirectories: true)
    #expect(try #require(refusal()).contains("No lexicon was switched"))
  }

  @Test func aLinkIsFollowedAndPermissionsAreKept() throws {
    let shared = try place.write("team/switches.csv", "lexicon,state,note\n")
    chmod(shared, 0o600)
    try FileManager.default.createDirectory(
      atPath: place.path + "/config/linsang/Lexicons", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: place.path + "/" + name, withDestinationPath: shared)
    try file.set(["bear": false])
    #expect(try place.text(of: "team/switches.csv") == "lexicon,state,note\nbear,off,\n")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: place.path + "/" + name) == shared)
    var status = stat()
    stat(shared, &status)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test func programsThatSwitchAtTheSameTimeLoseNothing() async throws {
    let file = self.file
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 { group.addTask { try file.set(["lexicon \(number)": number.isMultiple(of: 2)]) } }
      try await group.waitForAll()
    }
    #expect(try place.text(of: name).split(separator: "\n").count == 21)
  }

  @Test func aSwitchTakesEffectWhenTheLexiconsAreReadAgain() throws {
    try place.write("data/Lexicons/terms/bear.csv", LexiconFile.columns.joined(separator: ",") + "\n")
    func loader() -> LexiconLoader {
      let folders = DataFolders(
        environment: [
          "XDG_CONFIG_HOME": place.path + "/config", "XDG_DATA_HOME": place.path, "XDG_DATA_DIRS": place.path,
          "LINSANG_DATA": place.path + "/data", "HOME": place.path,
        ], program: place.path + "/bin/linsang")
      return LexiconLoader(folders: folders, configuration: place.path + "/config")
    }
    #expect(loader().overview()["bear"]?.isOn == true)
    try file.set(["bear": false])
    #expect(loader().overview()["bear"]?.isOn == false)
    #expect(loader().overview()["bear"]?.switchedBy == place.path + "/" + name)
    // The folder of higher precedence decides, and is named.
    try place.write("data/Lexicons/switches.csv", "lexicon,state,note\nbear,on,everybody's\n")
    #expect(loader().overview()["bear"]?.isOn == true)
    #expect(loader().overview()["bear"]?.switchedBy == place.path + "/data/Lexicons/switches.csv")
  }
}
