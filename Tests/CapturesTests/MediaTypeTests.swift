import CapturesTestSupport
import Foundation
import Testing

@testable import Captures

/// What a file is, by its content and not by its name.
@Suite struct MediaTypeTests {
  @Test(arguments: [
    ("<!DOCTYPE html><p>x", MediaType.html), ("\u{FEFF}  <HTML lang=en>", .html),
    ("text <script>alert(1)</script>", .html),
    ("<?xml version=\"1.0\"?><svg xmlns=\"x\"/>", .svg), ("<svg onload=alert(1)>", .svg),
    ("<?xml version=\"1.0\"?><a/>", .xml),
    ("{\"a\":1}", .json), ("[1]", .json), ("a plain text", .text), ("%PDF-1.7", .pdf), ("MZ\u{1}", .program),
    ("#!/bin/sh", .program), ("GIF89a", .gif), ("WARC/1.1\r\n", .warc),
    ("From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", .mhtml), ("\u{1}\u{2}", .unknown),
  ]) func itIsToldByTheFirstBytes(text: String, type: MediaType) {
    #expect(MediaType(beginning: Array(text.utf8)) == type)
  }

  @Test func picturesAreToldByTheirSignatures() {
    #expect(MediaType(beginning: InventedCapture.picture) == .png)
    #expect(MediaType(beginning: [0xff, 0xd8, 0xff, 0xe0]) == .jpeg)
    #expect(MediaType(beginning: Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBPVP8 ".utf8)) == .webp)
    #expect(MediaType(beginning: []) == .unknown)
  }

  @Test func whatCanRunIsActiveAndPicturesAreNot() {
    for type in [MediaType.html, .svg, .xml, .pdf, .mhtml, .office, .zip, .program, .gzip] { #expect(type.isActive) }
    for type in [MediaType.png, .jpeg, .webp, .mp4, .warc, .wacz, .text, .unknown] { #expect(!type.isActive) }
  }

  @Test func everyNameAndEveryEndingIsOnce() {
    #expect(Set(MediaType.all.map(\.name)).count == MediaType.all.count)
    #expect(Set(MediaType.all.map(\.ending)).count == MediaType.all.count)
    for type in MediaType.all { #expect(MediaType(named: type.name) == type) }
    #expect(MediaType(named: "image/jxl") == nil)
  }
}

/// Files opened without waiting for pipes, touching devices or leaving a folder.
@Suite struct LocalFileTests {
  private let folder = CaptureFolder()

  private func problem(_ open: () throws(LocalFileProblem) -> Void) -> LocalFileProblem? {
    do throws(LocalFileProblem) {
      try open()
      return nil
    } catch {
      return error
    }
  }

  private func problem(of path: String, limit: Int = 1 << 31) -> LocalFileProblem? {
    problem { () throws(LocalFileProblem) in _ = try LocalFile(path: path, limit: limit) }
  }

  private func problem(of path: String, below root: String) -> LocalFileProblem? {
    problem { () throws(LocalFileProblem) in _ = try LocalFile(path, below: root) }
  }

  @Test func whatIsNoPlainFileIsRefusedWithoutBeingOpened() throws {
    let file = folder.write("a.png", [1, 2, 3])
    #expect(problem(of: file) == nil)
    #expect(problem(of: folder.path + "/none") == .missing)
    #expect(problem(of: folder.path) == .folder)
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    #expect(problem(of: folder.path + "/pipe") == .notAFile)
    #expect(problem(of: "/dev/zero") == .notAFile)
    #expect(symlink(file, folder.path + "/link") == 0)
    #expect(problem(of: folder.path + "/link") == .link(to: file))
    #expect(problem(of: folder.write("empty", [])) == .empty)
    #expect(problem(of: file, limit: 2) == .tooLarge(bytes: 3, limit: 2))
    // 3 GiB without a byte on disk.
    let large = folder.write("large", [1])
    #expect(truncate(large, 3 << 30) == 0)
    #expect(problem(of: large) == .tooLarge(bytes: 3 << 30, limit: 1 << 31))
  }

  @Test func nothingOutsideTheFolderIsReached() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: folder.path + "/data/shots", withIntermediateDirectories: true)
    _ = folder.write("secret.txt", [1])
    _ = folder.write("data/shots/1.png", [1])
    let root = folder.path + "/data"
    #expect(symlink("..", root + "/up") == 0 && symlink("../secret.txt", root + "/out") == 0)
    #expect(symlink("shots", root + "/inside") == 0)
    #expect(problem(of: "shots/1.png", below: root) == nil)
    #expect(problem(of: "./shots//1.png", below: root) == nil)
    for path in [
      "../secret.txt", "shots/../../secret.txt", "/etc/passwd", "up/secret.txt", "out", "inside/1.png", "", ".",
    ] {
      #expect(problem(of: path, below: root) == .outside, "\(path)")
    }
    #expect(problem(of: "shots", below: root) == .folder)
    #expect(problem(of: "shots/2.png", below: root) == .missing)
    #expect(problem(of: "shots/1.png/x", below: root) == .missing)
  }

  @Test func aFileThatGrowsWhileItIsReadIsToldAsChanged() throws {
    let path = folder.write("a", [UInt8](repeating: 1, count: 600_000))
    let file = try LocalFile(path: path)
    let grown = problem { () throws(LocalFileProblem) in
      try file.read(or: { $0 }) { (_) throws(LocalFileProblem) in truncate(path, 700_000) }
    }
    #expect(grown == .changed)
    let cut = problem { () throws(LocalFileProblem) in
      try file.read(or: { $0 }) { (_) throws(LocalFileProblem) in truncate(path, 100) }
    }
    #expect(cut == .changed)
  }
}
