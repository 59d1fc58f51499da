import CodeWords
import Foundation
import Listings
import Testing

@testable import LinsangCLI

/// Lexicons that come from the cache say what the compiled ones say, and nothing but what was kept is trusted.
struct LexiconCacheTests {
  private let place: Workplace
  private let folders: DataFolders
  private let cache: LexiconCache
  private var folder: String { place.path + "/kept" }

  init() throws {
    let place = try Workplace()
    self.place = place
    try place.write("data/Lexicons/terms/tusks.csv", Self.lexicon("quimbly"))
    try FileManager.default.createDirectory(
      atPath: place.path + "/data/Lexicons/taxa", withIntermediateDirectories: true)
    try place.write(
      "data/Lexicons/taxa/taxa.csv",
      "name,rank,parent\nAnimalia,kingdom,\nTestudo,genus,Animalia\nTestudo graeca,species,Testudo\n")
    try place.write(
      "data/Lexicons/taxa/names.csv", "taxon,language,kind,names,source\nTestudo graeca,en,common,spur tortoise,\n")
    try place.write(
      "data/Lexicons/taxa/cites.csv",
      "taxon,annex,level,from,until,note,source\nTestudo graeca,CITES,II,1975-07-01,,,\n")
    try place.write("data/program", "a program")
    folders = DataFolders(environment: ["LINSANG_DATA": place.path + "/data"], program: place.path + "/bin/linsang")
    cache = LexiconCache(folder: place.path + "/kept", program: place.path + "/data/program")
  }

  private static func lexicon(_ word: String) -> String {
    LexiconFile.columns.joined(separator: ",")
      + "\n\(word)|e\u{301}lan,en,code word,elephant ivory,Testudo graeca,,40,\u{301}near|@shop,lamp|@fake,,unverified,invented,2026-11-24\n"
      + "replica,en,harmless,fake,,,50,,,,unverified,invented,2026-11-24\n"
      + "sale,en,context,shop,,,0,,,,unverified,invented,2026-11-24\n"
  }

  private func opened() -> LexiconOpening {
    LexiconOpening(folders: folders, configuration: place.path + "/config", cache: cache)
  }

  /// Opens, compiles and keeps.
  private func kept() -> LexiconOpening {
    let opening = opened()
    opening.keep(opening.loaded())
    return opening
  }

  private var file: String {
    get throws {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      return folder + "/" + (try #require(names.first { $0.hasSuffix(".tables") }))
    }
  }

  @Test func theSecondOpeningSaysTheSame() throws {
    let first = kept()
    #expect(!first.isFromCache)
    let second = opened()
    #expect(second.isFromCache)
    let (compiled, cached) = (first.loaded(), second.loaded())
    #expect(cached.set.terms == compiled.set.terms)
    #expect(cached.set.lexicons == compiled.set.lexicons)
    #expect(cached.overview == compiled.overview)
    #expect(cached.compiled.labels == compiled.compiled.labels)
    #expect(cached.compiled.taxa == compiled.compiled.taxa)
    #expect(cached.files.map(\.path) == compiled.files.map(\.path))
    #expect(cached.files.map(\.file) == compiled.files.map(\.file))
    #expect(cached.taxa.taxa(named: "spur tortoise") == compiled.taxa.taxa(named: "spur tortoise"))
    for text in ["quimbly for sale", "QU1MBLY", "quimbly replica", "élan near a lamp", "q u i m b l y", "chair"] {
      ListingText.with(title: text) { text in
        #expect(cached.compiled.reading(of: text) == compiled.compiled.reading(of: text))
      }
    }
  }

  @Test func anotherWordInALexiconIsCompiledAnew() throws {
    _ = kept()
    try place.write("data/Lexicons/terms/tusks.csv", Self.lexicon("quambly"))
    #expect(!opened().isFromCache)
  }

  @Test func anotherProgramCompilesAnew() throws {
    _ = kept()
    try place.write("data/program", "a later program")
    #expect(!opened().isFromCache)
  }

  @Test func aDamagedFileIsRebuilt() throws {
    _ = kept()
    let path = try file
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for damage in [0, 20, 60, 70, whole.count / 2, whole.count - 1] {
      var bytes = whole
      bytes[damage] ^= 0x10
      try bytes.write(to: URL(fileURLWithPath: path))
      chmod(path, 0o600)
      // The bytes between digest and archive mean nothing.
      #expect(opened().isFromCache == (damage == 60), "byte \(damage)")
    }
    for length in [0, 10, 64, 100, whole.count - 1] {
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      chmod(path, 0o600)
      #expect(!opened().isFromCache, "\(length) bytes")
    }
    _ = kept()
    #expect(opened().isFromCache)
  }

  @Test func aFileThatOthersCanWriteIsNotTrusted() throws {
    _ = kept()
    let path = try file
    chmod(path, 0o622)
    #expect(!opened().isFromCache)
    chmod(path, 0o600)
    #expect(opened().isFromCache)
  }

  @Test func aLinkInPlaceOfTheFileIsNotFollowed() throws {
    _ = kept()
    let path = try file
    try FileManager.default.moveItem(atPath: path, toPath: place.path + "/elsewhere")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: place.path + "/elsewhere")
    #expect(!opened().isFromCache)
  }

  @Test func lexiconsWithProblemsAreNotKept() throws {
    try place.write("data/Lexicons/terms/bad.csv", LexiconFile.columns.joined(separator: ",") + "\n,en,code word\n")
    let opening = kept()
    #expect(!opening.problems.isEmpty)
    #expect(!opened().isFromCache)
  }

  @Test func whatIsOnlyTriedIsNotKept() throws {
    let trial = LexiconOpening(
      folders: folders, configuration: place.path + "/config", switching: ["tusks": false], cache: cache)
    trial.keep(trial.loaded())
    #expect(trial.loaded().compiled.terms.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func aDraftThatNobodyWritesAnyMoreIsRemoved() throws {
    _ = kept()
    let (old, fresh) = (folder + "/0123.tables.77", folder + "/4567.tables.78")
    for draft in [old, fresh] { try Data("half a file".utf8).write(to: URL(fileURLWithPath: draft)) }
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: old)
    try FileManager.default.removeItem(atPath: try file)
    _ = kept()
    #expect(!FileManager.default.fileExists(atPath: old))
    #expect(FileManager.default.fileExists(atPath: fresh), "another program may be writing it")
    #expect(opened().isFromCache)
  }

  @Test func onlyTheFilesUsedLastStay() throws {
    for word in ["one", "two", "three", "four", "five", "six", "seven", "eight"] {
      try place.write("data/Lexicons/terms/tusks.csv", Self.lexicon(word + "ivory"))
      _ = kept()
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 6)
    #expect(opened().isFromCache)
  }
}
