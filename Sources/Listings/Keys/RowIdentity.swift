/// Which columns of a file tell its listings from each other.
///
/// Shape:  found from the file's first rows. A column of ids that counts rows, or says the same for listings with different
///         words, names no listing; neither does a column of addresses that all lead to the same pages.
package struct RowIdentity: Equatable, Sendable {
  package var trustsIDs: Bool
  package var trustsAddresses: Bool
  /// Fingerprints of keys that several listings would have: a post that offers many things, an id that reads `none yet`.
  package var shared: Set<UInt64>

  package init(trustsIDs: Bool = true, trustsAddresses: Bool = true, shared: Set<UInt64> = []) {
    (self.trustsIDs, self.trustsAddresses, self.shared) = (trustsIDs, trustsAddresses, shared)
  }
}
