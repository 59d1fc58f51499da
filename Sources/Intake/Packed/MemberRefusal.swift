/// Why a member of an archive is not read.
package enum MemberRefusal: String, Equatable, Sendable {
  case leadsOutside = "its name leads out of the archive, as no honest program writes it"
  case isHidden = "its name, or that of a folder around it, begins with a dot"
  case isLink = "it is a link or a device, not a file"

  /// nil: it may be read.
  ///
  /// Shape:  names are never used as paths; but one that leads outside is made to harm, or by a broken program.
  init?(_ name: String, isFile: Bool) {
    let parts = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    let hasDrive = parts.first.map { $0.utf8.count == 2 && $0.hasSuffix(":") } ?? false
    if parts.first == "" || hasDrive || parts.contains("..") {
      self = .leadsOutside
    } else if parts.contains(where: { $0.hasPrefix(".") && $0 != "." }) {
      self = .isHidden
    } else if !isFile {
      self = .isLink
    } else {
      return nil
    }
  }
}
