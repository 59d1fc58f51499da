/// A packet's signature: an SSH signature over its list of lists, which vouches for every file.
///
/// Shape:  an armoured SSHSIG, as `ssh-keygen -Y sign` writes it, beside the file that it signs. No list has it.
/// Source: OpenSSH's PROTOCOL.sshsig; the packet specification, section 6.
package enum PacketSignature {
  /// Beside the tag manifest, relative to the packet's folder.
  package static let path = "tagmanifest-sha256.txt.sig"
  /// A signature for another purpose does not pass for one over a packet.
  package static let namespace = "linsang-packet"
}
