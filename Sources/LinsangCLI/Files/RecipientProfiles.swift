import Dashboard
import Foundation
import Packets
import Sentences

/// The recipients' profiles that there are: files `recipients/NAME.toml` in the folders of lexicons, where one of the user's
/// own overrides a shipped one of its name.
///
/// Fails:  a file that cannot be used is offered all the same, and says why once it is chosen: a profile that is silently
///         absent would be missed only when another was used in its place.
struct RecipientProfiles {
  /// By name.
  private var files: [String: String] = [:]

  init(_ folders: DataFolders = DataFolders()) {
    for folder in folders.lexicons.map({ $0 + "/recipients" }) {
      for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        guard file.hasSuffix(".toml"), !file.hasPrefix(".") else { continue }
        files[String(file.dropLast(".toml".count))] = folder + "/" + file
      }
    }
  }

  /// In the order in which the form shows them: the usual one, then those that pass on everything.
  var names: [String] {
    files.keys.map { name in
      let passesOnEverything = (try? profile(name))?.isRedacted == false
      return (rank: name == Self.first ? 0 : passesOnEverything ? 1 : 2, name: name)
    }.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }.map(\.name)
  }

  /// What a packet is for unless another is named.
  private static let first = "police"

  /// The profile of a name.
  ///
  /// Fails:  where there is none, or its file has a mistake.
  func profile(_ name: String) throws(PacketExportError) -> RecipientProfile {
    guard let path = files[name] else {
      throw PacketExportError(
        sentence: localized(
          "There is no kind of recipient “\(name)”; there are \(files.keys.sorted().joined(separator: ", "))."),
        line: .profile)
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw PacketExportError(sentence: localized("\(path) cannot be read."), line: .profile)
    }
    do {
      return try RecipientProfile(String(decoding: bytes, as: UTF8.self), name: name, file: path)
    } catch {
      throw PacketExportError(sentence: error.sentence, line: .profile)
    }
  }

  /// For the form.
  var choices: [RecipientChoice] {
    names.map { name in
      do throws(PacketExportError) {
        let profile = try profile(name)
        return RecipientChoice(
          name: name, title: profile.title, about: profile.about, request: profile.request,
          needs: profile.requires.compactMap { PacketExport.line(of: $0.field) })
      } catch {
        return RecipientChoice(
          name: name, title: localized("cannot be used", context: "a kind of recipient"), about: error.sentence,
          request: "")
      }
    }
  }
}
