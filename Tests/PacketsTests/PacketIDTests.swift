import Packets
import Testing

struct PacketIDTests {
  @Test func numbersOfPacketsHaveOneShape() {
    #expect(PacketID(year: 2026, number: 7)?.text == "LNS-2026-000007")
    #expect(PacketID("LNS-2026-000007") == PacketID(year: 2026, number: 7))
    #expect(PacketID("LNS-2026-7K3Q-000007")?.text == "LNS-2026-7K3Q-000007")
    #expect(PacketID("LNS-2026-0000-000007") != PacketID("LNS-2026-000007"))
    for text in [
      "LNS-2026-7", "lns-2026-000007", "LNS-2026-000007/..", "LNS-２０２６-000007", "", "LNS-2026-7K3-000007",
      "LNS-2026-7K3QQ-000007", "LNS-2026-7k3q-000007", "LNS-2026-7L3Q-000007", "LNS-2026-7O3Q-000007",
      "LNS-2026-../.-000007", "LNS-2026--000007", "LNS-2026-7K3Q-7K3Q-000007", "LNS-2026-7K3Q-00007",
    ] {
      #expect(PacketID(text) == nil)
    }
    #expect(PacketID(year: 2026, number: 1_000_000) == nil)
  }
}
