/// How much a packed file may become.
///
/// Why:    42 kB of zip can hold petabytes of zeros. Packed listings are 5 to 50 times smaller than the text.
struct UnpackingLimit: Equatable {
  let byteCount: Int
  /// What sets it, in words.
  let reason: String

  /// A text may be so many times larger than it is packed, beyond what is small anyway.
  private static let mostTimes = 200
  private static let alwaysAllowed = 1 << 28

  init(packed: Int, free: Int) {
    let byRatio = max(Self.alwaysAllowed, packed.multipliedReportingOverflow(by: Self.mostTimes).partialValue)
    // The other half is for whoever else needs the disk meanwhile.
    if free / 2 < byRatio {
      (byteCount, reason) = (
        free / 2, "half of the free space in \(TemporaryText.folder), the folder for temporary files"
      )
    } else {
      (byteCount, reason) = (byRatio, "\(Self.mostTimes) times its packed size")
    }
  }
}
