package struct Taxon: Sendable, Equatable {
  package let acceptedName: String
  package let appendix: String?
  package let asOf: String
  package init(acceptedName: String, appendix: String?, asOf: String) {
    self.acceptedName = acceptedName
    self.appendix = appendix
    self.asOf = asOf
  }
}
