// What the tables know of a taxon's protection, in words for people: with its days, its doubts, and never more than that.

extension TaxonTable {
  /// `Appendix I since 2017-01-02`, `Appendix II as of 2017-04-21; later changes not checked`, `appendix unknown`; of a
  /// group whose members' rows decide, `its species: Appendix I/II (table of 2017-04-21, some later changes)`.
  package func words(for taxon: TaxonID, in list: ProtectionList) -> String {
    guard let status = status(of: taxon, in: list) else {
      return list == .cites ? "appendix unknown" : "China level unknown"
    }
    guard let listing = status.listing else {
      let table = baseDay(of: list).map { "table of \($0)" } ?? "table of an unknown day"
      return "its species: \(status.place) (\(table)\(laterListings(in: list).isEmpty ? "" : ", some later changes"))"
    }
    let source = sources[listing.source]?.asOf
    let told = source.map { $0 == status.asOf ? "" : " (source of \($0))" } ?? ""
    let holder = status.holder == taxon ? "" : " (listed with \(acceptedName(of: status.holder)))"
    return status.inWords + told + holder
  }

  /// Whether a status rests on nothing later than the list's main source.
  package func restsOnIndexAlone(_ status: ProtectionStatus) -> Bool {
    guard let listing = status.listing else { return true }
    return listing.from == nil && sources[listing.source]?.asOf == baseDay(of: status.list)
  }

  /// What must be said beside a statement that rests on the CITES index alone; nil where none of them does.
  package func indexWarning(for taxa: some Sequence<TaxonID>) -> String? {
    guard let base = baseDay(of: .cites) else { return nil }
    let isNeeded = taxa.contains { taxon in status(of: taxon, in: .cites).map(restsOnIndexAlone) ?? false }
    return isNeeded ? "table ends \(base); check checklist.cites.org" : nil
  }
}
