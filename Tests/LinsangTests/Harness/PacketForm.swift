import Testing

/// The packet form, filled in as a person would.
extension TerminalSession {
  /// Answers what every packet needs, for a packet in the folder `out`, from the first line of the form on.
  func fillPacketForm() throws {
    let answers: [(downs: Int, text: String)] = [
      (2, " One advert of this week."), (1, "Example Customs"), (1, "NL"), (1, "Example Monitors"), (1, "KE"),
      (1, "Duty desk"), (1, "duty@monitors.example"),
    ]
    for (downs, text) in answers {
      for _ in 0..<downs { try press("Down") }
      try type(text)
      try expect(text)
    }
    try press("Down")
    try press("BSpace")
    try type("out")
  }
}
