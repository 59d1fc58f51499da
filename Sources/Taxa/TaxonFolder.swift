import Glibc

/// Finds the files of taxon tables.
package enum TaxonFolder {
  /// What a table may be at most: a hundred times the size of the shipped ones.
  private static let sizeLimit = 128 << 20

  /// The `.csv` files in the folder `taxa` of each `Lexicons` folder, the shipped one first and the user's last.
  ///
  /// Fails:  never: a file that cannot be read is a `TaxonProblem`; a folder that is not there has no files.
  package static func files(inLexicons folders: [String]) -> (files: [TaxonFile], problems: [TaxonProblem]) {
    var files: [TaxonFile] = []
    var problems: [TaxonProblem] = []
    for folder in folders {
      let folder = (folder.hasSuffix("/") ? folder : folder + "/") + "taxa"
      for name in names(in: folder) {
        let path = "\(folder)/\(name)"
        switch read(path) {
        case .success(let bytes): files.append(TaxonFile(path: path, bytes: bytes))
        case .failure(let fault): problems.append(TaxonProblem(file: path, what: .unreadable(why: fault.why)))
        }
      }
    }
    return (files, problems)
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { place in
        place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".csv"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private struct Fault: Error {
    let why: String
  }

  private static func read(_ path: String) -> Result<[UInt8], Fault> {
    // Without O_NONBLOCK a pipe of that name would hold the program until somebody writes.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(Fault(why: String(cString: strerror(errno)))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failure(Fault(why: "it is not a plain file"))
    }
    guard status.st_size <= sizeLimit else { return .failure(Fault(why: "it is larger than 128 MB")) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while count < buffer.count {
        let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        count += got
      }
    }
    return failure == 0 ? .success(bytes) : .failure(Fault(why: String(cString: strerror(failure))))
  }
}
