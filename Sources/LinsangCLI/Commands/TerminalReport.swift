import Foundation
import NcursesBackend
import Settings
import TerminalIO
import Theming

/// What `linsang doctor` reports about the terminal: what it said about itself, and what the dashboard does with that.
struct TerminalReport {
  let lines: [String]

  /// - Parameter settings: they may name a theme.
  init(_ environment: [String: String], _ settings: SettingsInForce) {
    guard isatty(STDOUT_FILENO) == 1 else {
      lines = []
      return
    }
    let found = TerminalInspection { environment[$0] }
    let name = settings[text: .theme]
    let theme = name.isEmpty ? nil : "\(name), \(settings.value(of: .theme).source.words)"
    var rows = [("background", Self.background(found)), ("theme", Self.theme(found, theme, environment))]
    if let passed = found.answeredAfter { rows.append(("answers", "after \(passed) ms")) }
    rows.append(("sync", found.isSynchronized ? "frames are shown whole" : "not offered"))
    let order = TextOrder(rawValue: settings[text: .textOrder]) ?? .auto
    rows.append(("text order", Self.textOrder(order, found)))
    rows.append(("links", found.kind.hasHyperlinks ? "yes" : "no"))
    rows.append(("title", found.kind.hasTitle ? "yes" : "no"))
    rows.append(("clipboard", found.kind.canBeAskedToCopy ? "by OSC 52, if the terminal allows it" : "no"))
    lines = rows.map { "\($0.0.rightPadded(11))\($0.1)" }
  }

  private static func textOrder(_ order: TextOrder, _ found: TerminalInspection) -> String {
    let who = order.isOwn(on: found.kind, type: found.type) ? "Linsang" : "the terminal"
    return "right to left by \(who)" + (order == .auto ? "" : ", as set")
  }

  private static func background(_ found: TerminalInspection) -> String {
    switch found.background {
    case .notAsked: return "not asked: a terminal of this type may print the question"
    case .silent(let answersAnything):
      let why = answersAnything ? "the terminal does not say" : "the terminal does not answer"
      guard let tmux = found.kind.tmux, tmux < TerminalKind.Version(3, 4) else { return why }
      return why + "; tmux does from 3.4 on, or with `set -g allow-passthrough on`"
    case .known(let colour):
      let hex = [colour.red, colour.green, colour.blue].map { String(format: "%02x", $0) }.joined()
      return "#\(hex), \(Contrast.isDark(colour) ? "dark" : "light")"
    }
  }

  private static func theme(_ found: TerminalInspection, _ chosen: String?, _ environment: [String: String]) -> String {
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return "mono, by NO_COLOR" }
    if let chosen { return chosen }
    guard case .known(let colour) = found.background else {
      return "\(UnchosenTheme.name(on: nil)), as nothing is known"
    }
    return "\(UnchosenTheme.name(on: colour)), by the background"
  }
}
