import SmallFormats

extension AuditLine {
  /// The line that these exact bytes are; nil if they are not an audit line in its one byte form.
  ///
  /// Fails:  nil for any other spelling too (a blank, an escape too many, keys in another order): such bytes were not
  ///         written by a chain, and what is hashed must have one form.
  /// Cost:   O(bytes); nesting is bounded, so that hostile input cannot exhaust the stack.
  package init?(canonical json: String) {
    let read = Array(json.utf8)
    guard case .map(let fields)? = try? JSONReading.value(of: read), fields.count == 7,
      case .text(let action)? = fields["action"], case .text(let actor)? = fields["actor"],
      case .map(let data)? = fields["data"], case .text(let object)? = fields["object"],
      case .text(let previous)? = fields["prev"], case .number(let sequence)? = fields["seq"],
      case .text(let time)? = fields["ts"]
    else { return nil }
    self.init(
      action: action, actor: actor, data: data, object: object, previous: previous, sequence: sequence, time: time)
    // Written again it must give the same bytes; `==` on texts would let canonically equivalent ones pass.
    guard bytes == read else { return nil }
  }
}
