import Testing

@testable import LinsangCLI

/// Countries as people write them.
@Suite struct CountryNamesTests {
  @Test(arguments: [
    ("Kenya", "KE"), ("viet nam", "VN"), ("Vietnam", "VN"), ("UK", "GB"), ("cote d'ivoire", "CI"),
    ("Côte d’Ivoire", "CI"), (" ke ", "KE"), ("The Netherlands", "NL"), ("Atlantis", "Atlantis"), ("", ""),
    ("XX", "XX"),
  ])
  func aCountryIsKnownByNameOrCode(written: String, code: String) {
    #expect(CountryNames.code(of: written) == code)
  }

  @Test(arguments: [("Thailnd", "Thailand"), ("Indonesa", "Indonesia"), ("kenja", "Kenya"), ("Atlantis", nil)])
  func aMisspeltCountryIsToldWithTheNearestOne(written: String, near: String?) {
    #expect(CountryNames.nearest(to: written) == near)
  }
}
