import Hashing
import Packets
import SmallFormats
import TextCells

/// What is known about when a packet existed.
enum TimestampCheck: Equatable {
  case none
  /// By an authority that the certificates vouch for.
  case good(at: String)
  /// Over this packet, but who signed it was not asked.
  case unchecked(at: String)
  case bad(String)
  /// The certificates could not be used.
  case withoutCertificates(String)

  /// Checks the timestamp in a packet's folder.
  ///
  /// - Parameter certificates: the file with those of the authorities that are trusted.
  init(of folder: String, certificates: String?) {
    switch PacketTimestamp.state(of: folder) {
    case .none: self = .none
    case .bad(let why): self = .bad(why)
    case .found(let timestamp):
      guard let certificates else {
        self = .unchecked(at: timestamp.time)
        return
      }
      do {
        try timestamp.checkSignature(withCertificatesIn: certificates)
        self = .good(at: timestamp.time)
      } catch {
        let words = PacketTimestamp.words(error)
        self = error == .noCertificates ? .withoutCertificates("\(certificates): \(words)") : .bad(words)
      }
    }
  }

  /// What is wrong, as a sentence; nil where nothing is.
  ///
  /// - Parameter isAskedFor: whether certificates were named, so that a timestamp must be there.
  func finding(isAskedFor: Bool) -> String? {
    switch self {
    case .bad(let why): "\(PacketTimestamp.path) is no good timestamp of this packet: \(VisibleForm.visible(why))."
    case .withoutCertificates(let why): "The timestamp could not be checked: \(VisibleForm.visible(why))."
    case .none where isAskedFor: "The packet has no timestamp, so nobody vouches for when it existed."
    default: nil
    }
  }

  /// What was checked, as a clause.
  var checked: String? {
    switch self {
    case .good(let time): "the timestamp: an authority that your certificates name saw the packet at \(time)"
    case .unchecked(let time): "that the timestamp, which says \(time), is over this packet"
    default: nil
    }
  }

  /// What was not, as a clause.
  var notChecked: String? {
    switch self {
    case .none: "when the packet was written, since it has no timestamp"
    case .unchecked: "who signed the timestamp, since no certificates were named"
    default: nil
    }
  }

  /// For `--json`.
  var value: JSONValue {
    let (state, time, detail): (String, String?, String?) =
      switch self {
      case .none: ("none", nil, nil)
      case .good(let time): ("good", time, nil)
      case .unchecked(let time): ("over this packet, signature not checked", time, nil)
      case .bad(let why): ("bad", nil, why)
      case .withoutCertificates(let why): ("not checked", nil, why)
      }
    return .map(["state": .text(state), "time": .optional(time), "detail": .optional(detail)])
  }
}
