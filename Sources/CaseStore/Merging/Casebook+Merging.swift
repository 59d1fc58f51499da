import Casework
import Foundation
import GRDB
import Listings
import SmallFormats

/// Why a casebook was not merged into another. Nothing is changed then, in any of them.
package enum MergeProblem: Equatable, Sendable {
  /// Its first event names no casebook, so that its chain has no name.
  case nameless
  /// The two have different events of one chain, from this number on.
  case chainsPart(chain: String, at: EventNumber)
  /// It knows later events of the casebook it is merged into, which therefore is an older copy.
  case knowsMore(chain: String, last: EventNumber, there: EventNumber)

  /// What is wrong, to follow the name of the file that was to be merged.
  package var clause: String {
    switch self {
    case .nameless: "does not say in its first event which casebook it is, so that its chain cannot be named"
    case .chainsPart(let chain, let number):
      "has other events of casebook \(CasebookName.short(of: chain)) (\(chain)) from event \(number) on: one of the two was copied "
        + "and went on by itself, or was written anew"
    case .knowsMore(let chain, let last, let there):
      "has events \(last + 1) to \(there) of casebook \(CasebookName.short(of: chain)), which that casebook itself lacks: it is an "
        + "older copy. Go on in the newer one"
    }
  }
}

/// The outcome of merging.
package struct Merged: Equatable, Sendable {
  /// The event of the merge; nil where nothing was new.
  package internal(set) var event: EventNumber?
  /// What came.
  package internal(set) var chains: [MergedChain] = []
  /// Listings whose status changed.
  package internal(set) var changed = 0
  /// Listings on which chains disagree now.
  package internal(set) var disagreements = 0
  /// Files of which the sightings came, too.
  package internal(set) var scrapes = 0
  /// Analysts whose saved views came, or were newer there.
  package internal(set) var views = 0
}

extension Casebook {
  /// Takes in the chains of other casebooks, each whole and under its own name, in one transaction.
  ///
  /// Shape:  events come byte for byte. A chain that was merged before goes on where it ended; merging the same twice changes
  ///         nothing, and writes no event. Chains that others had merged come along. Statuses follow from the events alone, see
  ///         `CasebookReplay`, so that the order of merging does not matter. Words of listings come where none are known here;
  ///         so do sightings. Of each analyst's saved views those that were kept last count. The numbers of packets stay with
  ///         the casebook that gave them.
  /// Cost:   checks the others completely, copies their events, and replays all of them.
  /// Fails:  throws `untrusted` where another is not whole, and `cannotMerge` where chains part. Nothing is then changed.
  ///
  /// - Parameter join: what becomes of the views, as kept, that an analyst who decides here has there too: the later ones last.
  package func merge(
    _ others: [Casebook], at time: String,
    joiningViews join: (_ earlier: String, _ later: String) -> String = { _, later in later }
  ) throws(CasebookError) -> Merged {
    var arriving: [ArrivingCasebook] = []
    for other in others where other !== self { arriving.append(try ArrivingCasebook(other)) }
    let casebooks = arriving
    return try write { db in
      var chains: [(from: ArrivingCasebook, chain: MergedChain)] = []
      for casebook in casebooks { chains += try news(of: casebook, beside: chains, db) }
      var merged = Merged()
      // Views are no evidence, and may be newer without a new event.
      for casebook in casebooks { merged.views += try casebook.copyViews(into: db, join) }
      guard !chains.isEmpty else { return merged }
      merged.chains = chains.map(\.chain)
      let event = try record(
        .mergeCasebooks, object: "casebook", data: ["chains": .list(chains.map(\.chain.json))], at: time, db)
      merged.event = event
      for (casebook, chain) in chains { try casebook.copy(chain, broughtBy: event, into: db) }
      for casebook in casebooks { merged.scrapes += try casebook.copySightings(into: db) }
      (merged.changed, merged.disagreements) = try rebuild(db)
      for casebook in casebooks { try casebook.copyWords(into: db) }
      return merged
    }
  }

  /// What is new of a casebook's chains.
  ///
  /// - Parameter coming: what comes from casebooks before it in the same merge.
  private func news(
    of casebook: ArrivingCasebook, beside coming: [(from: ArrivingCasebook, chain: MergedChain)], _ db: Database
  ) throws -> [(from: ArrivingCasebook, chain: MergedChain)] {
    let own = try Self.identity(db)
    var news: [(from: ArrivingCasebook, chain: MergedChain)] = []
    for (token, there) in casebook.chains {
      if let (other, known) = coming.last(where: { $0.chain.token == token }) {
        // Both are compared as far as both go; only the longer one brings more.
        let both = min(known.through, there.sequence)
        guard try casebook.hash(of: both, in: token) == other.hash(of: both, in: token) else {
          throw cannotMerge(casebook, .chainsPart(chain: token, at: try firstDifference(both, token, casebook, other)))
        }
        if there.sequence <= known.through { continue }
        news.append(
          (casebook, MergedChain(token: token, from: known.through + 1, through: there.sequence, head: there.hash)))
        continue
      }
      let here = try token == own ? ChainHead(lastOf: db) : MergedEvents.head(of: token, db)
      if let number = try firstDifference(min(here.sequence, there.sequence), token, isOwn: token == own, casebook, db)
      {
        throw cannotMerge(casebook, .chainsPart(chain: token, at: number))
      }
      guard there.sequence > here.sequence else { continue }
      if token == own {
        throw cannotMerge(casebook, .knowsMore(chain: token, last: here.sequence, there: there.sequence))
      }
      news.append(
        (casebook, MergedChain(token: token, from: here.sequence + 1, through: there.sequence, head: there.hash)))
    }
    return news
  }

  /// The first event up to a number at which two chains differ; nil where they do not.
  ///
  /// Cost:   a lookup in each for each halving: equal hashes mean equal lines before them.
  private func firstDifference(
    _ last: EventNumber, _ token: String, isOwn: Bool, _ casebook: ArrivingCasebook, _ db: Database
  ) throws -> EventNumber? {
    func isSame(_ number: EventNumber) throws -> Bool {
      let here = try String.fetchOne(
        db,
        sql: isOwn
          ? "SELECT hash FROM event WHERE number = ?" : "SELECT hash FROM merged_event WHERE number = ? AND chain = ?",
        arguments: isOwn ? [number] : [number, token])
      return try here == casebook.hash(of: number, in: token)
    }
    return try last == 0 || isSame(last) ? nil : Self.first(upTo: last, isSame)
  }

  /// The same for two casebooks that arrive, which differ at `last`.
  private func firstDifference(
    _ last: EventNumber, _ token: String, _ one: ArrivingCasebook, _ other: ArrivingCasebook
  ) throws -> EventNumber {
    try Self.first(upTo: last) { try one.hash(of: $0, in: token) == other.hash(of: $0, in: token) }
  }

  /// The first number that is not the same; `last` is not.
  private static func first(
    upTo last: EventNumber, _ isSame: (EventNumber) throws -> Bool
  ) rethrows -> EventNumber {
    var (same, different) = (0, last)
    while different - same > 1 {
      let middle = (same + different) / 2
      if try isSame(middle) { same = middle } else { different = middle }
    }
    return different
  }

  private func cannotMerge(_ casebook: ArrivingCasebook, _ problem: MergeProblem) -> CasebookError {
    .cannotMerge(path: path, other: casebook.book.path, problem)
  }
}

/// A casebook that is to be merged into another: checked, with the ends of its chains as they were then.
struct ArrivingCasebook {
  let book: Casebook
  /// The token of its own chain.
  let token: String
  /// All its chains, its own first.
  let chains: [(token: String, head: ChainHead)]

  /// Checks it completely.
  init(_ book: Casebook) throws(CasebookError) {
    self.book = book
    let inspection = try book.inspect()
    switch inspection.chain {
    case .broken(let line, let why):
      throw .untrusted(path: book.path, why: "its audit chain is broken at event \(line): \(why)")
    case .whole(let head):
      if let finding = inspection.findings.first { throw .untrusted(path: book.path, why: finding.sentence) }
      guard let token = inspection.token else { throw .cannotMerge(path: book.path, other: book.path, .nameless) }
      self.token = token
      chains = [(token, head)] + inspection.chains.map { ($0.token, $0.head) }
    }
  }

  /// The hash of an event; nil where there is none.
  func hash(of number: EventNumber, in chain: String) throws -> String? {
    let isOwn = chain == token
    return try book.read { db in
      try String.fetchOne(
        db.cachedStatement(
          sql: isOwn
            ? "SELECT hash FROM event WHERE number = ?" : "SELECT hash FROM merged_event WHERE number = ? AND chain = ?"
        ),
        arguments: isOwn ? [number] : [number, chain])
    }
  }

  /// Copies events of one chain.
  func copy(_ chain: MergedChain, broughtBy merge: EventNumber, into db: Database) throws {
    let columns = "number, line, hash, act, action, object, time, analyst"
    let insert = try db.cachedStatement(
      sql: "INSERT INTO merged_event (chain, \(columns), merge) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    let isOwn = chain.token == token
    try book.read { other in
      let rows = try Row.fetchCursor(
        other,
        sql: """
          SELECT \(columns) FROM \(isOwn ? "event" : "merged_event")
          WHERE number BETWEEN ? AND ? \(isOwn ? "" : "AND chain = ?") ORDER BY number
          """,
        arguments: StatementArguments([chain.from, chain.through]) + (isOwn ? [] : [chain.token]))
      while let row = try rows.next() {
        let values: [DatabaseValue] = [chain.token.databaseValue] + Array(row.databaseValues) + [merge.databaseValue]
        try insert.execute(arguments: StatementArguments(values))
      }
    }
  }

  /// Copies the sightings of scrapes that are not here yet.
  ///
  /// - Returns: of how many files.
  /// Cost:   reads them once more.
  func copySightings(into db: Database) throws -> Int {
    let known = try Set(String.fetchAll(db, sql: "SELECT DISTINCT digest FROM sighting_piece"))
    let insert = try db.cachedStatement(sql: "INSERT INTO sighting_piece (digest, piece, bytes) VALUES (?, ?, ?)")
    return try book.read { other in
      let digests = try Set(ScrapeFile.fetch(other).map(\.digest)).subtracting(known)
      for digest in digests.sorted() {
        let pieces = try Row.fetchCursor(
          other, sql: "SELECT digest, piece, bytes FROM sighting_piece WHERE digest = ? ORDER BY piece",
          arguments: [digest])
        while let row = try pieces.next() {
          try insert.execute(arguments: StatementArguments(Array(row.databaseValues)))
        }
      }
      return digests.count
    }
  }

  /// Copies the views of analysts. Of somebody who decides elsewhere those that were kept last count; of somebody who decides
  /// here too none is lost.
  ///
  /// - Returns: of how many analysts something came.
  func copyViews(into db: Database, _ join: (_ earlier: String, _ later: String) -> String) throws -> Int {
    let name = StoredText.column(Casebook.viewsName)
    return try book.read { other in
      let rows = try Row.fetchAll(
        other, sql: "SELECT analyst, place, time FROM place WHERE dataset = ?", arguments: [name])
      return try rows.count { row in
        let (analyst, there, time): (String, String, String) = (row[0], row[1], row[2])
        let here = try Row.fetchOne(
          db, sql: "SELECT place, time FROM place WHERE dataset = ? AND analyst = ?", arguments: [name, analyst])
        var place = there
        if let here {
          let isLater = time > here[1]
          let decidesHere =
            try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM act WHERE analyst = ?)", arguments: [analyst])
            ?? false
          if decidesHere {
            let (earlier, later): (String, String) = isLater ? (here[0], there) : (there, here[0])
            place = StoredText.column(join(StoredText.text(earlier), StoredText.text(later)))
          } else if !isLater {
            return false
          }
          if place == here[0] { return false }
        }
        try db.execute(
          sql: """
            INSERT INTO place (dataset, analyst, place, time) VALUES (?, ?, ?, ?)
            ON CONFLICT (dataset, analyst) DO UPDATE SET place = excluded.place, time = max(time, excluded.time)
            """, arguments: [name, analyst, place, time])
        return true
      }
    }
  }

  /// Copies the words of listings of which none are known here.
  func copyWords(into db: Database) throws {
    let names = try NameTable(db)
    let columns = "title, platform, url, seller, first_file, first_row, first_time, last_file, last_row, last_time"
    let insert = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO listing (key, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    try book.read { other in
      let rows = try Row.fetchCursor(other, sql: "SELECT key, \(columns) FROM listing")
      while let row = try rows.next() {
        let key = try names.current(row[0] as String)
        try insert.execute(
          arguments: StatementArguments([key.databaseValue] + row.databaseValues.dropFirst()))
      }
    }
  }
}

// MARK: What follows from the events

extension Casebook {
  /// Brings the tables of statuses and of renamed listings to what the events of all chains say.
  ///
  /// - Returns: how many listings have another status, and on how many chains disagree.
  /// Cost:   a replay of all events, and a lookup for each decided listing.
  @discardableResult
  func rebuild(_ db: Database) throws -> (changed: Int, disagreements: Int) {
    let replay = try Self.replay(db)
    try rebuildNames(replay.names(), db)
    let statuses = replay.statuses()
    let table = try StatusTable(db)
    let time = try db.cachedStatement(sql: "SELECT time, analyst FROM event WHERE number = ?")
    let event = try db.cachedStatement(sql: "SELECT event FROM standing WHERE key = ?")
    var changed = 0
    for (key, said) in statuses {
      let column = StoredText.column(key)
      let found = try Int.fetchOne(event, arguments: [column])
      let now = try table.status(column)
      if found == said.event, now == said.status { continue }
      guard let row = try Row.fetchOne(time, arguments: [said.event]) else { continue }
      try table.set(column, said.status, event: said.event, time: row[0], analyst: StoredText.text(row[1]))
      if now.status != said.status.status { changed += 1 }
    }
    for column in try String.fetchAll(db, sql: "SELECT key FROM standing")
    where statuses[ListingKey(StoredText.text(column))] == nil {
      try db.execute(sql: "DELETE FROM standing WHERE key = ?", arguments: [column])
    }
    return (changed, try Self.reviews(of: nil, db).disagreements.count)
  }

  /// Brings the table of renamed listings up to date, and moves the words along.
  private func rebuildNames(
    _ names: [ListingKey: (listing: ListingKey, event: EventNumber)], _ db: Database
  ) throws {
    let before = try NameTable.all(db)
    for key in before.keys where names[key] == nil {
      try db.execute(sql: "DELETE FROM renamed WHERE key = ?", arguments: [StoredText.column(key)])
    }
    for (key, said) in names.sorted(by: { $0.key < $1.key }) {
      let columns = (key: StoredText.column(key), listing: StoredText.column(said.listing))
      try db.execute(
        sql: """
          INSERT INTO renamed (key, listing, event) VALUES (?, ?, ?)
          ON CONFLICT (key) DO UPDATE SET listing = excluded.listing, event = excluded.event
          """, arguments: [columns.key, columns.listing, said.event])
      if before[key] != said.listing { try moveWords(columns.key, to: columns.listing, db) }
    }
  }
}
