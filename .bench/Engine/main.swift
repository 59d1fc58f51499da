import Filters
import Glibc
import Intake
import Listings

// Times what the dashboard does between a key and the screen, without a terminal: one JSON object on standard output,
// milliseconds of every repetition under the name of the step.
//
//     LinsangBench LEXICONS REPEATS WORD FILE        for code words see `CodeWordsBench`,
//                                                    for near-duplicates `GroupsBench`

let nowhere = open("/dev/null", O_WRONLY)

/// Hands a result to the system, so that the optimiser cannot leave out the work behind it.
@inline(never)
func sink<Value>(_ value: Value) {
  var value = value
  withUnsafeBytes(of: &value) { _ = write(nowhere, $0.baseAddress, $0.count) }
}

func milliseconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

/// Results by step, in the order in which the steps were first run.
struct Report {
  private var steps: [(name: String, walls: [Double], processors: [Double])] = []
  var counts: [(name: String, count: Int)] = []

  mutating func time<Value>(_ name: String, _ work: () -> Value) -> Value {
    let (wall, processor) = (milliseconds(CLOCK_MONOTONIC), milliseconds(CLOCK_PROCESS_CPUTIME_ID))
    let value = work()
    sink(value)
    let spent = (milliseconds(CLOCK_MONOTONIC) - wall, milliseconds(CLOCK_PROCESS_CPUTIME_ID) - processor)
    if !steps.contains(where: { $0.name == name }) { steps.append((name, [], [])) }
    for index in steps.indices where steps[index].name == name {
      steps[index].walls.append(spent.0)
      steps[index].processors.append(spent.1)
    }
    return value
  }

  var json: String {
    func list(_ times: [Double]) -> String {
      "[" + times.map { String(Double(Int($0 * 1000)) / 1000) }.joined(separator: ", ") + "]"
    }
    let times = steps.map { "\"\($0.name)\": {\"wall\": \(list($0.walls)), \"cpu\": \(list($0.processors))}" }
    return "{" + (times + counts.map { "\"\($0.name)\": \($0.count)" }).joined(separator: ", ") + "}"
  }
}

func run(lexicons: String, repeats: Int, word: String, file: String) throws {
  var report = Report()
  let options = IntakeOptions(tables: ReferenceTables(folders: [lexicons]))
  let loaded = report.time("load") { Result { try DatasetOpening.open(paths: [file], options: options).dataset } }
  let dataset = try loaded.get()
  let subject = FilterSubject(dataset)
  var evaluation = FilterEvaluation()
  let everything = report.time("first facets") { evaluation.answer(.everything, in: subject) }
  report.counts.append(("rows", everything?.count ?? 0))
  let platform = everything?.facets[.platform]?.values.first?.name ?? ""
  for _ in 0..<repeats {
    var fresh = evaluation
    for length in 1...word.count {
      let name = length == 1 ? "first letter" : length == word.count ? "one more letter" : "letters between"
      let filter = Filter([.words(String(word.prefix(length)))])
      let answer = report.time(name) { fresh.answer(filter, in: subject) }
      if length == word.count, report.counts.count == 1 { report.counts.append(("found", answer?.count ?? 0)) }
    }
    fresh = evaluation
    _ = report.time("whole word") { fresh.answer(Filter([.words(word)]), in: subject) }
    _ = report.time("another script") { fresh.answer(Filter([.words("象牙")]), in: subject) }
    _ = report.time("cyrillic") { fresh.answer(Filter([.words("слон")]), in: subject) }
    fresh = evaluation
    let chosen = Filter.everything.toggling(platform, in: .platform)
    let answer = report.time("platform") { fresh.answer(chosen, in: subject) }
    _ = report.time("platform again") { fresh.answer(.everything, in: subject) }
    for subject in SortOrder.Subject.allCases {
      let sort = SortOrder(subject, descending: subject == .price)
      _ = report.time("sort \(subject)") { RowSorting.order(everything!.rows, of: dataset, by: sort) }
    }
    let sort = SortOrder(.price, descending: true)
    _ = fresh.order(of: everything!.rows, by: sort, in: dataset)
    _ = report.time("sorted platform") { fresh.order(of: answer!.rows, by: sort, in: dataset) }
  }
  puts(report.json)
}

let words = CommandLine.arguments
if words.count == 6, words[1] == "terms", let repeats = Int(words[3]) {
  var bench = try CodeWordsBench(lexicons: words[2], repeats: repeats, files: [words[5]])
  puts(try bench.matchTerms(words[4]))
} else if words.count >= 5, words[1] == "flagging", let repeats = Int(words[3]) {
  var bench = try CodeWordsBench(lexicons: words[2], repeats: repeats, files: Array(words.dropFirst(4)))
  puts(try bench.flagRows())
} else if words.count >= 4, words[1] == "readings" {
  puts(try CodeWordsBench(lexicons: words[2], files: Array(words.dropFirst(3))).readings())
} else if words.count == 5, words[1] == "groups" {
  puts(try GroupsBench.run(lexicons: words[2], file: words[3], groupsTo: words[4]))
} else if words.count == 5, let repeats = Int(words[2]) {
  try run(lexicons: words[1], repeats: repeats, word: words[3], file: words[4])
} else {
  puts("usage: LinsangBench [terms | flagging | readings] LEXICONS REPEATS WORD FILE, or groups LEXICONS FILE GROUPS")
  exit(64)
}
