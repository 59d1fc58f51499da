import Dashboard
import Workspace

/// A story told in typed lines: the state and its answers as in `KeyStory`, and what the linear mode says.
struct LinearStory {
  var story: KeyStory
  private var dialogue: LinearDialogue
  private var clock = 0
  /// Everything that was said, line by line.
  private(set) var transcript: [String] = []

  init(_ story: KeyStory = KeyStory(), isScripted: Bool = false) {
    self.story = story
    self.story.state.speaksOfWords = true
    // Nothing was decided before this session.
    if let none = ChangesSinceVerdict([:], in: story.state.snapshot) {
      self.story.tell(.changesFound(none, about: nil, of: story.state.dataset))
    }
    dialogue = LinearDialogue(isScripted: isScripted)
    perform(dialogue.begin(story.state.title, at: Moment(milliseconds: 0)))
    wait(3000)
  }

  var state: State { story.state }

  /// Types a line; returns what is said in answer, at once and when the filter and the disk have answered.
  @discardableResult
  mutating func type(_ line: String, isAhead: Bool = false, saves: Bool = true) -> [String] {
    let before = transcript.count
    perform(dialogue.take(line, story.state, at: Moment(milliseconds: clock), isAhead: isAhead))
    report()
    if saves {
      story.saveAll()
      report()
    }
    return Array(transcript[before...])
  }

  /// Something happens that was not typed; returns what is said.
  @discardableResult
  mutating func tell(_ message: Message) -> [String] {
    let before = transcript.count
    dialogue.heard(message)
    story.tell(message)
    report()
    return Array(transcript[before...])
  }

  /// The disk answers what is waiting for it; `refusal` where it does not take it.
  @discardableResult
  mutating func answer(refusal: String? = nil) -> [String] {
    let before = transcript.count
    if let refusal { story.refuse(refusal) } else { story.saveAll() }
    report()
    return Array(transcript[before...])
  }

  /// The casebook takes the last act back.
  @discardableResult
  mutating func takeBack() -> [String] {
    let before = transcript.count
    story.takeBack()
    dialogue.heard(.undoRefused("heard"))
    report()
    return Array(transcript[before...])
  }

  @discardableResult
  mutating func wait(_ milliseconds: Int) -> [String] {
    let before = transcript.count
    clock += milliseconds
    report()
    return Array(transcript[before...])
  }

  @discardableResult
  mutating func interrupt() -> [String]? {
    let before = transcript.count
    guard let turn = dialogue.interrupt(story.state, at: Moment(milliseconds: clock)) else { return nil }
    perform(turn)
    report()
    return Array(transcript[before...])
  }

  /// The last lines of the session.
  mutating func end() -> [String] { dialogue.end(story.state).lines.map(\.text) }

  var isReady: Bool { dialogue.isReady }

  private mutating func report() { perform(dialogue.report(story.state, at: Moment(milliseconds: clock))) }

  private mutating func perform(_ turn: LinearTurn) {
    transcript += turn.lines.map(\.text)
    for request in turn.requests {
      story.tell(.requested(request))
      for effect in story.effects { dialogue.started(effect, story.state) }
    }
  }
}
