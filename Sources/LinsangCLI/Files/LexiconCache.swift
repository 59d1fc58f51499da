import CodeWords
import Foundation
import Hashing
import Intake
import SmallFormats
import Taxa
import Workspace

/// Keeps lexicons and taxa as they were compiled, so that the next start need not read and compile them again.
///
/// Shape:  a file for each set of source files, named by what the tables depend on: the bytes of every source file with its
///         path, the switches of the command line, the program itself and the form of the archive. The file holds a digest
///         of its content.
/// Cost:   one pass over some 8 MB, which are mapped and used as they lie.
/// Fails:  never. A file that is missing, damaged, of another program or of another owner is as if it were not there;
///         a folder that cannot be written keeps nothing.
struct LexiconCache {
  /// The folder of the cache.
  private let folder: String
  /// The path of this program.
  private let program: String

  /// To be raised with every change of what tables mean.
  private static let format = 3
  /// How many files are kept, those used last.
  private static let kept = 6
  /// About how many bytes a file has.
  private static let expectedLength = 24 << 20
  /// After so many seconds a draft is one that a program left behind when it was killed.
  private static let longestWriting = 3600
  /// Bytes before the archive: a mark and the digest of the archive.
  private static let headLength = 64
  private static let mark = Array("linsang tables 1".utf8)

  init(
    folder: String = XDG.cache(ProcessInfo.processInfo.environment) + "/linsang/lexicons",
    program: String = DataFolders.programPath
  ) {
    (self.folder, self.program) = (folder, program)
  }

  /// The file for some sources; nil where they cannot be kept.
  ///
  /// - Parameter switches: what the command line says about them.
  func file(for inventory: LexiconInventory, _ switches: String) -> File? {
    var status = stat()
    guard let fingerprint = inventory.fingerprint, stat(program, &status) == 0 else { return nil }
    let changed = status.st_mtim
    let identity = "\(status.st_size) \(changed.tv_sec).\(changed.tv_nsec) \(status.st_ino)"
    let key = SHA256Digest(of: "format \(Self.format)\n\(identity)\n\(switches)\n\(fingerprint)")
    return File(folder: folder, path: folder + "/" + key.hex.prefix(32) + ".tables")
  }

  /// One file of the cache.
  struct File {
    fileprivate let folder: String
    fileprivate let path: String

    /// What the file holds; nil where it holds nothing that may be used.
    func lexicons() -> LoadedLexicons? {
      guard let mapping = LexiconCache.mapped(path), mapping.bytes.count > LexiconCache.headLength,
        mapping.bytes.prefix(LexiconCache.mark.count).elementsEqual(LexiconCache.mark)
      else { return nil }
      let archive = UnsafeRawBufferPointer(rebasing: mapping.bytes[LexiconCache.headLength...])
      var hasher = SHA256Hasher()
      hasher.update(archive)
      let digest = mapping.bytes[LexiconCache.mark.count..<LexiconCache.mark.count + 32]
      guard digest.elementsEqual(hasher.finish().bytes) else { return nil }
      guard let lexicons = try? Self.read(archive, mapping) else { return nil }
      // Its time is that of its last use, by which old files are told.
      utimensat(AT_FDCWD, path, nil, 0)
      return lexicons
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, _ owner: MappedFile) throws(ArchiveError)
      -> LoadedLexicons
    {
      var archive = try ArchiveReader(bytes, owner: owner)
      let taxa = try TaxonTable(from: &archive)
      let set = try LexiconSet(from: &archive)
      let compiled = try CompiledLexicons(
        from: &archive, of: set, taxon: { taxa.taxon(named: $0) }, taxa: { taxa.taxa(named: $0) })
      let files = try archive.list { (archive) throws(ArchiveError) in
        (try archive.text(), try CitedFile(from: &archive))
      }
      var layers: [(InstalledLexicon.Origin, [Lexicon])] = []
      for origin in InstalledLexicon.Origin.allCases {
        layers.append(
          (
            origin,
            try archive.list { (archive) throws(ArchiveError) in
              Lexicon(name: try archive.text(), file: try archive.text(), terms: [])
            }
          ))
      }
      let switchedBy = try archive.list { (archive) throws(ArchiveError) in (try archive.text(), try archive.text()) }
      let overview = LexiconOverview(
        set, layers: layers, switchedBy: Dictionary(switchedBy) { $1 })
      return LoadedLexicons(
        set, overview: overview, compiled: compiled, taxa: taxa, cues: CueFiles().words, files: files)
    }

    /// Keeps lexicons for the next start, unless something was wrong with them.
    func keep(_ lexicons: LoadedLexicons, from loader: LexiconLoader) {
      guard lexicons.overview.problems.isEmpty, lexicons.set.problems.isEmpty, lexicons.taxa.problems.isEmpty,
        !lexicons.taxa.isEmpty
      else { return }
      var archive = ArchiveWriter(capacity: LexiconCache.expectedLength)
      lexicons.taxa.write(to: &archive)
      lexicons.set.write(to: &archive)
      lexicons.compiled.write(to: &archive)
      archive.put(lexicons.files) { archive, entry in
        archive.put(entry.path)
        entry.file.write(to: &archive)
      }
      for layer in [loader.shipped, loader.own, loader.named] {
        archive.put(layer) { archive, lexicon in
          archive.put(lexicon.name)
          archive.put(lexicon.file)
        }
      }
      archive.put(loader.switchedBy.sorted { $0.key < $1.key }) { archive, entry in
        archive.put(entry.key)
        archive.put(entry.value)
      }
      write(archive.finished())
    }

    /// Writes the file beside its place, and renames it.
    private func write(_ archive: [UInt8]) {
      let files = FileManager.default
      let owner: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
      try? files.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: owner)
      var head = LexiconCache.mark + SHA256Digest(of: archive).bytes
      head += [UInt8](repeating: 0, count: LexiconCache.headLength - head.count)
      let draft = "\(path).\(getpid())"
      let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { return }
      let isWhole = Self.write(head, to: descriptor) && Self.write(archive, to: descriptor)
      close(descriptor)
      if !isWhole || rename(draft, path) != 0 { unlink(draft) }
      removeOld()
    }

    /// Writes all bytes; false where that fails.
    private static func write(_ content: [UInt8], to descriptor: CInt) -> Bool {
      content.withUnsafeBytes { bytes in
        var written = 0
        while written < bytes.count {
          let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
          if count <= 0 { return false }
          written += count
        }
        return true
      }
    }

    /// Leaves only the files used last, and no abandoned draft.
    private func removeOld() {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let dated = names.filter { $0.contains(".tables") }.map { name -> (path: String, used: (Int, Int)) in
        var status = stat()
        let path = folder + "/" + name
        return (path, stat(path, &status) == 0 ? (status.st_mtim.tv_sec, status.st_mtim.tv_nsec) : (0, 0))
      }
      let whole = dated.filter { $0.path.hasSuffix(".tables") }.sorted { $0.used > $1.used }
      for file in whole.dropFirst(LexiconCache.kept) where file.path != path { unlink(file.path) }
      let oldest = time(nil) - LexiconCache.longestWriting
      for draft in dated where !draft.path.hasSuffix(".tables") && draft.used.0 < oldest { unlink(draft.path) }
    }
  }

  /// A mapped file of this user; nil where there is none, or where anybody else could have written it.
  fileprivate static func mapped(_ path: String) -> MappedFile? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_mode & 0o022 == 0
    else { return nil }
    return try? MappedFile(path: path)
  }
}

extension CitedFile {
  fileprivate func write(to archive: inout ArchiveWriter) {
    for text in [role.rawValue, name, layer.rawValue, digest.hex] { archive.put(text) }
    archive.put(byteCount)
    archive.put(rows ?? -1)
  }

  fileprivate init(from archive: inout ArchiveReader) throws(ArchiveError) {
    guard let role = Role(rawValue: try archive.text()) else { throw .damaged }
    let name = try archive.text()
    guard let layer = Layer(rawValue: try archive.text()), let digest = SHA256Digest(hex: try archive.text())
    else { throw .damaged }
    let (byteCount, rows) = (try archive.number(), try archive.number())
    self.init(role: role, name: name, layer: layer, digest: digest, byteCount: byteCount, rows: rows < 0 ? nil : rows)
  }
}

/// This machine's lexicons, from the cache where nothing has changed since they were compiled, else read and compiled.
struct LexiconOpening {
  private let cached: LoadedLexicons?
  private let loader: LexiconLoader?
  private let file: LexiconCache.File?

  /// - Parameters:
  ///   - folders: as all that follow but the last, those of `LexiconLoader`.
  ///   - cache: nil neither takes nor keeps anything.
  init(
    folders: DataFolders = DataFolders(), configuration: String = XDG.config(ProcessInfo.processInfo.environment),
    files: [String] = [], without: [String] = [], switching: [String: Bool] = [:],
    after previous: LoadedLexicons? = nil, cache: LexiconCache? = LexiconCache()
  ) {
    let inventory = LexiconInventory(folders: folders, configuration: configuration, files: files)
    // What is only tried is not worth keeping.
    file = switching.isEmpty ? cache?.file(for: inventory, "without \(without.sorted())") : nil
    cached = file?.lexicons()
    loader =
      cached == nil ? LexiconLoader(inventory, without: without, switching: switching, after: previous) : nil
  }

  /// Whether nothing had to be compiled.
  var isFromCache: Bool { cached != nil }

  /// The taxa, before the lexicons are compiled.
  var taxa: TaxonTable { cached?.taxa ?? loader?.taxa ?? .empty }

  /// Every lexicon, on or off.
  var lexicons: [Lexicon] { cached?.set.lexicons ?? loader?.set.lexicons ?? [] }

  /// The files and rows that could not be read.
  var problems: [LexiconProblem] { loader?.problems ?? [] }

  /// The lexicons, compiled and with their files for citation.
  ///
  /// - Parameter known: lexicons compiled earlier, which are reused if they hold the same terms.
  func loaded(reusing known: CompiledLexicons? = nil) -> LoadedLexicons {
    if let cached { return cached }
    guard let loader else { preconditionFailure("lexicons are cached or read") }
    return loader.loaded(reusing: known)
  }

  /// Keeps compiled lexicons for the next start, where they were not kept before.
  ///
  /// Cost:   some 50 ms; call it when no result is waited for.
  func keep(_ loaded: LoadedLexicons) {
    if let loader { file?.keep(loaded, from: loader) }
  }
}
