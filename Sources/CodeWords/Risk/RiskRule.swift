/// How hits become a risk, in words, with the numbers in force: what a packet says beside the points.
///
/// Source: `RiskFormula` and `HitJudging`, whose constants these sentences take.
package enum RiskRule {
  package static var sentences: [String] {
    let weak = Int((RiskFormula.weakShare * 100).rounded())
    let transaction = Int(RiskFormula.transactionLimit.rounded())
    return [
      "Terms that speak for wildlife count each once, the strongest first; each adds its weight x (100 - risk so far) "
        + "/ 100. A weak hit has \(weak) % of its weight, a void one none.",
      "The taxon that the species column names adds a little by the same rule, more where its CITES appendix is "
        + "stricter: scrapers fill that column from the very word that flagged the listing.",
      "Only where one of those terms counted in full, the appendix of the taxa named adds by the same rule, and words of "
        + "selling and hiding add at most \(transaction) points together.",
      "Words that speak for something else take away, each group once: weight x risk / 100.",
      "Near means: anywhere in the title, or in the description with at most \(HitJudging.nearLimit) characters "
        + "between; for a hit in the title, the description counts from its beginning.",
      "Whole points by largest remainder, so that the points shown add up to the risk.",
    ]
  }
}
