import ArgumentParser
import DemoListings
import Foundation

/// `linsang demo`
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Open the dashboard on invented listings of three weeks.",
    discussion: """
      The listings are made on the spot, the same ones every time for the same seed: no real person, shop or advert. \
      Their casebook is a file of its own beside them, so that practice never mixes with work.
      """)

  @Option(help: "Another number gives other listings.")
  var seed: UInt64 = DemoListings.defaultSeed

  @Option(help: "Listings a week.")
  var perWeek = 5000

  @Option(help: "Where to put the files. Default: the demo folder of the cache folder.")
  var folder: String?

  @Flag(help: "Write the files, print their names, and do not open the dashboard.")
  var writeOnly = false

  @Flag(help: "Forget the practice casebook of this seed first.")
  var reset = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions

  @Option(help: "The theme: dark, light, mono, or one of your own.")
  var theme: String?

  func validate() throws {
    guard (1...100_000).contains(perWeek) else { throw ValidationError("--per-week is a number from 1 to 100000") }
    // Practice may be forgotten; a casebook that somebody named may be work.
    if reset, casebook.casebook != nil {
      throw ValidationError(
        "--reset forgets the practice casebook only; leave --casebook out, or remove that file yourself")
    }
  }

  func run() throws {
    try Failure.reported { output in
      let folder = self.folder ?? XDG.cache(ProcessInfo.processInfo.environment) + "/linsang/demo-\(seed)-\(perWeek)"
      let paths = try write(into: folder)
      guard !writeOnly else { return try output.lines(paths) }
      var casebook = self.casebook
      if casebook.casebook == nil { casebook.casebook = folder + "/practice.casebook" }
      if reset { try forget(casebook.path) }
      try DashboardSession(
        paths: paths, title: "demo weeks \(DemoListings.weeks[0])–\(DemoListings.weeks.last!)", reading: reading,
        casebook: casebook, themeName: theme
      ).run()
    }
  }

  /// Writes what is not there yet. The default folder bears the seed and the number in its name, and the same seed
  /// gives the same bytes, so what is there is right; in a folder that somebody named, it may be something else.
  private func write(into folder: String) throws -> [String] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let paths = DemoListings.weeks.map { folder + "/" + DemoListings.fileName(week: $0) }
    let answers = folder + "/" + DemoListings.answerKeyName
    let demo = DemoListings(seed: seed, listingsPerWeek: perWeek)
    let contents = DemoListings.weeks.map { Data(demo.csv(week: $0)) } + [Data(demo.answerKey())]
    let files = zip(paths + [answers], contents)
    // Nothing is written before it is known that no file of somebody else would be overwritten.
    var outdated: [(path: String, bytes: Data)] = []
    for (path, bytes) in files {
      guard let there = FileManager.default.contents(atPath: path) else {
        outdated.append((path, bytes))
        continue
      }
      guard there != bytes else { continue }
      // The cache is the program's own: what an earlier version left there would be shown for today's listings.
      guard self.folder == nil else { throw DemoRefusal(path: path) }
      outdated.append((path, bytes))
    }
    for file in outdated { try file.bytes.write(to: URL(fileURLWithPath: file.path), options: .atomic) }
    return paths
  }

  private func forget(_ path: String) throws {
    for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
      try FileManager.default.removeItem(atPath: file)
    }
  }
}

/// A file is where the demonstration's would go, and it is another.
struct DemoRefusal: Error {
  let path: String

  var sentence: String {
    "\(path) is there and is not this demonstration's. Nothing was written; name an empty folder with --folder, or use "
      + "the seed and number of listings that it was made with."
  }
}
