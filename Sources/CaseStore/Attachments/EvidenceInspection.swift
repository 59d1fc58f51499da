import Casework

/// What a check of the attached files of a casebook found. The casebook itself is whole or not whatever is found here, and
/// goes on being used.
package struct EvidenceInspection: Equatable, Sendable {
  /// A file that is not as it was attached.
  package struct Problem: Equatable, Sendable {
    package let attached: RecordedAttachment
    package let state: EvidenceFolder.State

    /// Which file of which listing, and what is wrong with it.
    package var clause: String {
      let name = attached.attachment.originalName.isEmpty ? "a file" : attached.attachment.originalName
      return "\(name), attached to \(attached.listing) by \(attached.analyst) on \(attached.time.prefix(10)) (SHA-256 "
        + "\(attached.attachment.digest.prefix(16))…), \(state.clause ?? "is whole")"
    }
  }

  /// How many files were hashed, each once.
  package fileprivate(set) var files = 0
  package fileprivate(set) var bytes = 0
  /// In the order of the events.
  package fileprivate(set) var problems: [Problem] = []
  /// Files in the folder that no event names, such as of an attaching that was interrupted.
  package fileprivate(set) var surplus: [String] = []
}

/// What copying the attached files of one casebook to another gave.
package struct CopiedEvidence: Equatable, Sendable {
  /// How many were copied; those that were there already are not counted.
  package internal(set) var files = 0
  /// What was not copied, with the reason, as clauses.
  package internal(set) var problems: [String] = []

  package init() {}

  /// Adds what copying from a further casebook gave.
  package mutating func add(_ other: CopiedEvidence) {
    files += other.files
    problems += other.problems
  }
}

extension Casebook {
  /// Compares every attached file, withdrawn ones included, with what its event says.
  ///
  /// Cost:   one pass over the files.
  package func inspectEvidence() throws(CasebookError) -> EvidenceInspection {
    let attached = try attachments().all
    let folder = evidence
    var inspection = EvidenceInspection()
    var states: [String: EvidenceFolder.State] = [:]
    for one in attached {
      let digest = one.attachment.digest
      let state = states[digest] ?? folder.state(of: digest)
      if states.updateValue(state, forKey: digest) == nil {
        inspection.files += 1
        inspection.bytes += one.attachment.bytes
      }
      if state != .whole { inspection.problems.append(.init(attached: one, state: state)) }
    }
    inspection.surplus = folder.surplus(beside: Set(states.keys))
    return inspection
  }

  /// Copies all attached files to the folder of another casebook, as far as they are not there.
  ///
  /// Shape:  a file that is missing or changed is named and left out; all others are copied.
  package func copyEvidence(toFolderOf casebook: String) throws(CasebookError) -> CopiedEvidence {
    let (here, there) = (evidence, EvidenceFolder(besideCasebook: casebook))
    var copied = CopiedEvidence()
    var seen: Set<String> = []
    for one in try attachments().all where seen.insert(one.attachment.digest).inserted {
      let digest = one.attachment.digest
      if there.path == here.path || there.state(of: digest) == .whole { continue }
      let state = here.state(of: digest)
      guard state == .whole else {
        copied.problems.append(EvidenceInspection.Problem(attached: one, state: state).clause)
        continue
      }
      do throws(EvidenceFileError) {
        _ = try there.take(here.path(of: digest))
        copied.files += 1
      } catch {
        copied.problems.append(error.sentence)
      }
    }
    return copied
  }
}
