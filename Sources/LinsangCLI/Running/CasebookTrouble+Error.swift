import CaseStore
import Dashboard

extension CasebookTrouble {
  init(_ lost: LostCasebook) {
    let file: String? = if case .inFile(let path)? = lost.kept { path } else { nil }
    let short = if case .lost(_, let loss) = lost.error { loss.short } else { "casebook failed" }
    self.init(kind: .lost, short: short, sentence: lost.sentence, unsaved: lost.unsaved, keptIn: file)
  }

  init(untrusted error: CasebookError) {
    self.init(kind: .untrusted, short: "casebook read-only", sentence: error.sentence)
  }
}
