import CPCRE2
import Listings

/// A compiled regular expression: case does not matter, characters are Unicode's.
///
/// Cost:   compiled once to machine code where that is possible; one match does at most `matchLimit` steps.
/// Fails:  `init` with the library's own words. A text on which the limit is reached counts as a match: better shown
///         once too often than hidden.
/// Source: PCRE2 10, pcre2api(3), pcre2jit(3).
final class RegularExpression: @unchecked Sendable {
  // Safe to share: a compiled expression and its match context are only read by matching (pcre2api, "Multithreading").
  private let code: OpaquePointer
  private let context: OpaquePointer

  /// Steps of one match: some milliseconds at most.
  private static let matchLimit: UInt32 = 200_000

  struct Fault: Error {
    let words: String
  }

  init(_ pattern: String) throws(Fault) {
    var number: Int32 = 0
    var offset = 0
    var pattern = pattern
    let options =
      UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_CASELESS) | UInt32(PCRE2_MATCH_INVALID_UTF)
      | UInt32(PCRE2_NEVER_BACKSLASH_C)
    let compiled = pattern.withUTF8 { pcre2_compile_8($0.baseAddress, $0.count, options, &number, &offset, nil) }
    guard let compiled, let context = pcre2_match_context_create_8(nil) else {
      throw Fault(words: Self.words(number))
    }
    code = compiled
    self.context = context
    _ = pcre2_set_match_limit_8(context, Self.matchLimit)
    // Without machine code the interpreter does the same, more slowly.
    _ = pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
  }

  deinit {
    pcre2_match_context_free_8(context)
    pcre2_code_free_8(code)
  }

  /// A matcher for one thread.
  func matcher() -> Matcher { Matcher(self) }

  final class Matcher {
    private let expression: RegularExpression
    private let result: OpaquePointer

    fileprivate init(_ expression: RegularExpression) {
      self.expression = expression
      guard let result = pcre2_match_data_create_from_pattern_8(expression.code, nil) else {
        fatalError("out of memory for a regular expression")
      }
      self.result = result
    }

    deinit { pcre2_match_data_free_8(result) }

    /// Whether the expression stands anywhere in the text.
    func occurs(in text: UnsafeRawBufferPointer) -> Bool {
      // An expression may match a text of no bytes, which needs an address all the same.
      let start = text.baseAddress ?? TextSlabs.empty
      let found = pcre2_match_8(
        expression.code, start.assumingMemoryBound(to: UInt8.self), text.count, 0, 0, result, expression.context)
      return found >= 0 || found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_JIT_STACKLIMIT
    }
  }

  private static func words(_ number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(number, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(Int(count)), as: UTF8.self) : "error \(number)"
  }
}
