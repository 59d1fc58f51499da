import ArgumentParser
import Foundation
import Packets
import SmallFormats
import TextCells

/// `linsang export`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Give what a packet holds in a form that others ask for.",
    discussion: """
      Made from a packet that is as it was written; nothing is added to it. A packet for sharing gives an export without \
      aliases and addresses.
      """,
    subcommands: [Misp.self, IllegalTrade.self])

  /// `linsang export misp PACKET`
  struct Misp: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the packet as an event for MISP (JSON).",
      discussion: """
        Unpublished, for your own organisation only, with the packet's TLP: a person decides in MISP who gets it. The \
        same packet gives the same event, so that importing it again changes nothing.
        """)

    @Argument(help: "The packet's folder.", completion: .directory) var packet: String
    @Option(name: .customLong("into"), help: "Write a new file in place of printing.") var file: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let event = try ExportedFile.from { () throws(PacketExports.Failure) in try PacketExports.mispEvent(of: packet)
        }
        let bytes = Array((event.text + "\n").utf8)
        guard let file else { return try output.put(String(decoding: bytes, as: UTF8.self)) }
        try ExportedFile.write(bytes, to: file)
        try output.line(file)
      }
    }
  }

  /// `linsang export illegal-trade PACKET…`
  struct IllegalTrade: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "illegal-trade",
      abstract: "Write the adverts in the columns of the CITES annual illegal trade report.",
      discussion: """
        For an authority that reports a seizure: the columns that an advert can fill are filled, as advertised and by words \
        alone; those about the seizure, the offenders and the sanction are left to the authority.
        """)

    @Argument(help: "The folders of packets.") var packets: [String]
    @Option(
      name: .customLong("into"),
      help: ArgumentHelp("Write a new workbook (.xlsx) or CSV file; default: print CSV.", valueName: "file"))
    var file: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let table = try ExportedFile.from { () throws(PacketExports.Failure) in
          try PacketExports.illegalTrade(of: packets)
        }
        guard let file else { return try output.put(TableFile.csv(table.columns, table.rows)) }
        if file.lowercased().hasSuffix(".xlsx") {
          let sheet = Workbook.Sheet(name: "illegal trade report", columns: table.columns, rows: table.rows)
          try ExportedFile.write(try TableFile.workbook([sheet], at: file), to: file)
        } else {
          try ExportedFile.write(Array(TableFile.csv(table.columns, table.rows).utf8), to: file)
        }
        try output.line(file)
      }
    }
  }
}

/// What is exported, on its way to a new file.
enum ExportedFile {
  /// Runs an export.
  ///
  /// Fails:  with a sentence and exit code 1 where the packet is not as it was written.
  static func from<Export>(_ export: () throws(PacketExports.Failure) -> Export) throws -> Export {
    do {
      return try export()
    } catch {
      switch error {
      case .notSound(let folder, let finding):
        Diagnostics.report(
          "\(VisibleForm.visible(folder)) was not exported, since it is not as it was written: \(finding) "
            + "`linsang verify` tells all findings.")
      }
      throw ExitCode(1)
    }
  }

  /// Writes a file that must not exist.
  ///
  /// Fails:  with a sentence and exit code 2.
  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
    } catch {
      Diagnostics.report("\(path) could not be written: \(error.localizedDescription)")
      throw ExitCode(2)
    }
  }
}

/// Tables for spreadsheets.
enum TableFile {
  /// CSV in which no cell begins a formula.
  static func csv(_ columns: [String], _ rows: [[Workbook.Cell]]) -> String {
    ([columns] + rows.map { $0.map(text) }).map { SpreadsheetCSV.line($0) }.joined()
  }

  /// - Parameter path: for the sentence where the tables are too large.
  static func workbook(_ sheets: [Workbook.Sheet], at path: String) throws -> [UInt8] {
    do {
      return try Workbook(sheets).bytes()
    } catch {
      Diagnostics.report("\(path): \(error.bytes) bytes are too many for a workbook; write CSV.")
      throw ExitCode(2)
    }
  }

  static func text(_ cell: Workbook.Cell) -> String {
    switch cell {
    case .text(let text): text
    case .number(let digits): digits
    case .empty: ""
    }
  }
}
