import Casework
import Filters
import Listings

/// What has the keyboard: the panes, or one of the sheets.
package enum Mode: Equatable, Sendable {
  case browsing
  case filterLine(FilterLine)
  case valueLine(ValueLine)
  case note(NoteSheet)
  case describe(DescribeSheet)
  case menu(MenuSheet)
  case question(QuestionSheet)
  case help(HelpSheet)
  case word(WordSheet)
  case problems(ProblemsSheet)
  case lexicons(LexiconSheet)
  case palette(PaletteSheet)
  case packet(PacketSheet)
  case cases(CasesSheet)
  case caseForm(CaseForm)
  case evidence(EvidenceSheet)
  case evidenceForm(EvidenceForm)
  case picture(PictureSheet)
  case casebookName(CasebookNameSheet)
  case columns(ColumnsSheet)
  case views(ViewsSheet)
  case tags(TagSheet)
  case dimensions(DimensionSheet)
  case trail(TrailSheet)
  case explanation(ExplanationSheet)
  case filterHistory(FilterHistorySheet)
  case tableColumns(TableColumnsSheet)
  case weekChart(WeekChartSheet)

  /// The sheet that is open; nil while the panes have the keyboard.
  var sheet: (any Sheet)? {
    switch self {
    case .browsing: nil
    case .filterLine(let sheet): sheet
    case .valueLine(let sheet): sheet
    case .note(let sheet): sheet
    case .describe(let sheet): sheet
    case .menu(let sheet): sheet
    case .question(let sheet): sheet
    case .help(let sheet): sheet
    case .word(let sheet): sheet
    case .problems(let sheet): sheet
    case .lexicons(let sheet): sheet
    case .palette(let sheet): sheet
    case .packet(let sheet): sheet
    case .cases(let sheet): sheet
    case .caseForm(let sheet): sheet
    case .evidence(let sheet): sheet
    case .evidenceForm(let sheet): sheet
    case .picture(let sheet): sheet
    case .casebookName(let sheet): sheet
    case .columns(let sheet): sheet
    case .views(let sheet): sheet
    case .tags(let sheet): sheet
    case .dimensions(let sheet): sheet
    case .trail(let sheet): sheet
    case .explanation(let sheet): sheet
    case .filterHistory(let sheet): sheet
    case .tableColumns(let sheet): sheet
    case .weekChart(let sheet): sheet
    }
  }

  /// All sheets, for the manual.
  static let sheets: [any Sheet.Type] = [
    FilterLine.self, ValueLine.self, NoteSheet.self, DescribeSheet.self, MenuSheet.self, QuestionSheet.self,
    HelpSheet.self,
    WordSheet.self, ProblemsSheet.self, LexiconSheet.self, ColumnsSheet.self, PaletteSheet.self, PacketSheet.self,
    CasesSheet.self, CaseForm.self, EvidenceSheet.self, EvidenceForm.self, PictureSheet.self,
    CasebookNameSheet.self, ViewsSheet.self, TagSheet.self, DimensionSheet.self, TrailSheet.self,
    ExplanationSheet.self, FilterHistorySheet.self, TableColumnsSheet.self, WeekChartSheet.self,
  ]

  package var kind: Kind { sheet?.kind ?? .browsing }

  /// Whether the panes look as if they had the keyboard.
  var showsFocus: Bool { kind == .browsing || kind == .valueLine }

  /// What is being written and asked may be about rows that are open; what was read again waits for its end.
  var allowsNewRows: Bool {
    switch self {
    case .browsing, .valueLine, .problems, .lexicons, .cases: true
    default: false
    }
  }
}

extension Mode {
  /// What a letter means: text, a command, an answer.
  ///
  /// Why:    it changes when a sheet opens or closes, also by itself, so whoever types on without looking must be noticed.
  ///         A new kind has to be named here, and with that in the story that types into all of them.
  package enum Kind: CaseIterable, Sendable {
    case browsing
    case filterLine, valueLine, note, describeForm, palette
    case menu, question, help
    case wordForm, wordTest, wordQuestion, wordWriting
    case problems, problemLine
    case lexicons, lexiconLine, lexiconTest, lexiconQuestion
    case packetForm, packetWriting
    case cases, caseForm, caseWriting
    case evidence, evidenceForm, evidenceWriting, picture
    case columns, fieldLine, currencyLine
    case casebookLine
    case views, viewName
    case tagLine, dimensionLine, trail, explanation, historyLine, tableColumns, weekChart
  }
}

extension Mode.Kind {
  /// Whether letters are text here and nothing else.
  package var takesText: Bool {
    switch self {
    case .filterLine, .valueLine, .note, .describeForm, .palette, .wordForm, .problemLine, .lexiconLine, .packetForm,
      .caseForm, .evidenceForm, .fieldLine, .currencyLine, .casebookLine, .viewName, .tagLine,
      .dimensionLine, .historyLine:
      true
    case .browsing, .menu, .question, .help, .wordTest, .wordQuestion, .wordWriting, .problems, .lexicons, .lexiconTest,
      .lexiconQuestion, .packetWriting, .cases, .caseWriting, .evidence, .evidenceWriting, .picture,
      .columns, .views, .trail, .explanation, .tableColumns, .weekChart:
      false
    }
  }

  /// Whether Enter does more here than keep what was typed: a line break of pasted text must not be taken for it.
  var filesText: Bool {
    switch self {
    case .note, .describeForm, .palette, .wordForm, .packetForm, .caseForm, .evidenceForm, .fieldLine, .casebookLine,
      .viewName, .tagLine, .dimensionLine, .historyLine:
      true
    default: false
    }
  }

  /// Whether nothing can be typed until an answer has come.
  var isWaiting: Bool {
    switch self {
    case .wordTest, .wordWriting, .lexiconTest, .packetWriting, .caseWriting, .evidenceWriting: true
    default: false
    }
  }

  /// What people call it.
  var name: String {
    switch self {
    case .browsing: "the listings"
    case .filterLine: "the filter line"
    case .valueLine, .problemLine, .lexiconLine: "the find line"
    case .note: "the note"
    case .describeForm: "the description"
    case .palette: "the command list"
    case .menu: "the list"
    case .question, .wordQuestion, .lexiconQuestion: "the question"
    case .help: "the help"
    case .wordForm, .wordTest, .wordWriting: "the word form"
    case .problems: "the problems"
    case .lexicons, .lexiconTest: "the lexicons"
    case .packetForm, .packetWriting: "the packet form"
    case .cases: "the cases"
    case .caseForm, .caseWriting: "the form of a step"
    case .evidence: "the evidence"
    case .evidenceForm, .evidenceWriting: "the form of an attachment"
    case .picture: "the picture"
    case .columns: "the columns"
    case .fieldLine: "the field list"
    case .currencyLine: "the currency line"
    case .casebookLine: "the name of the casebook"
    case .views: "the saved views"
    case .viewName: "the name of the view"
    case .tagLine: "the tags"
    case .dimensionLine: "the list of what a pane can count"
    case .trail: "the last decisions"
    case .explanation: "the explanation"
    case .historyLine: "the list of filters"
    case .tableColumns: "the columns of the table"
    case .weekChart: "the weeks"
    }
  }
}
