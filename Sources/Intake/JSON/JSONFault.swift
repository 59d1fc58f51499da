/// What is wrong in a text that should be a JSON object.
package enum JSONFault: String, Equatable, Sendable {
  case notAnObject = "no object"
  case endsEarly = "it ends too early"
  case unexpectedCharacter = "an unexpected character"
  case brokenString = "a broken string"
  case brokenEscape = "a broken escape"
  case brokenNumber = "a broken number"
  case tooDeep = "too many levels"
  case trailingText = "text after the object"
}
