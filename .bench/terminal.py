"""Times what a person sees: keys into a pseudo-terminal of 200x50, until what is awaited stands on the screen."""
import fcntl, os, pty, re, select, signal, struct, termios, time
import pyte


class Session:
    """A program on a terminal. A time is that of the bytes that brought the awaited text, not of their emulation."""

    def __init__(self, command, environment):
        self.screen = pyte.Screen(200, 50)
        self.stream = pyte.ByteStream(self.screen)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment})
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        self.started = self.last = time.perf_counter()

    def shows(self, match, absent):
        # Not `display`, which stumbles over the empty cell behind a wide character.
        rows = (self.screen.buffer[row] for row in range(self.screen.lines))
        text = "\n".join("".join(row[column].data for column in range(self.screen.columns)) for row in rows)
        return re.search(match, text) and not (absent and re.search(absent, text))

    def step(self, keys=None, match=None, absent=None, quiet=0.4, timeout=120):
        """Milliseconds to the match, or to the last byte where none is awaited; and bytes until all is quiet.

        Without keys, from the start of the program and, as more is to come, no longer than to the match.
        """
        start = time.perf_counter() if keys is not None else self.started
        if keys is None and self.shows(match, absent):
            return (self.last - start) * 1e3, 0
        if keys:
            os.write(self.terminal, keys.encode())
        count, self.last, found = 0, start if keys is not None else self.last, None
        while time.perf_counter() - start < timeout:
            waiting = not match or found is not None
            ready, _, _ = select.select([self.terminal], [], [], quiet if waiting else 1)
            if not ready:
                if waiting:
                    break
                continue
            try:
                chunk = os.read(self.terminal, 1 << 16)
            except OSError:
                break
            self.last = time.perf_counter()
            count += len(chunk)
            self.feed(chunk)
            if match and found is None and self.shows(match, absent):
                found = self.last
                if keys is None:
                    break
        if match and found is None:
            return None, count
        return ((found if match else self.last) - start) * 1e3, count

    def hold(self, key, times=40, pause=0.033):
        """A key held down: no time of its own, and bytes per repeat, without what follows when it is let go."""
        count = 0
        for _ in range(times):
            os.write(self.terminal, key.encode())
            end = time.perf_counter() + pause
            while (left := end - time.perf_counter()) > 0:
                if select.select([self.terminal], [], [], left)[0]:
                    chunk = os.read(self.terminal, 1 << 16)
                    count += len(chunk)
                    self.feed(chunk)
        self.step("", quiet=0.5)
        return None, count / times

    def feed(self, chunk):
        try:
            self.stream.feed(chunk)
        except Exception:
            pass  # a sequence that the emulator does not know

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def linsang(program, path, rows, state, word, data=None):
    """The dashboard; with `data`, a data folder without lexicons, nothing is flagged in the background."""
    total = f"{rows:,}"
    session = Session([program, path], {"XDG_STATE_HOME": state, **({"LINSANG_DATA": str(data)} if data else {})})
    yield "first row", *session.step(match=r"L0000000")
    yield "loaded, facets counted", *session.step(match=f"{total} of {total}", absent=r"reading \d+ %")
    # The position is awaited: progress of the code words goes on writing meanwhile.
    for place in range(2, 7):
        yield "one row", *session.step("j", match=rf"Listing {place} of")
    yield "a row of a held key", *session.hold("j")
    session.step("g", match="Listing 1 of")
    yield "one page", *session.step("\x1b[6~", match=r"Listing [1-9]\d+ of")
    session.step("g")
    session.step("/", quiet=1)
    answered = rf" +[\d,]+ of {total}"
    waits = f"{total} of {total}|… of"
    letters = [session.step(word[place], match=word[:place + 1] + answered, absent="… of", quiet=1) for place in range(len(word))]
    yield "first letter", *letters[0]
    yield "slowest letter", *max(letters, key=lambda letter: letter[0] or 0)
    yield "last letter", *letters[-1]
    session.step("\x15\r", quiet=1)
    # Another word than the one just typed, whose rows are known.
    session.step("/", quiet=1)
    yield "pasted word", *session.step("\x1b[200~ivory\x1b[201~", match="ivory" + answered, absent=waits, quiet=1)
    session.step("\x15\r", quiet=1)
    session.step("1")
    yield "platform filter", *session.step("\r", match=r"platform:.* [\d,]+ of", absent=f"{total} of {total}|… of")
    session.step("\r", quiet=1)
    session.step("5S")
    yield "sort by price", *session.step("3", quiet=1)
    session.close()


def unflagged(program, path, rows, state, word):
    import flagging, pathlib, tempfile
    with tempfile.TemporaryDirectory() as folder:
        yield from linsang(program, path, rows, state, word, flagging.without_terms(pathlib.Path(folder) / "data"))


def visidata(program, path, rows, state, word):
    session = Session([program, path], {"HOME": state})
    yield "first row", *session.step(match=r"L0000000")
    yield "loaded, facets counted", *session.step(match=f"{rows} rows", timeout=300)
    for _ in range(5):
        yield "one row", *session.step("j")
    yield "a row of a held key", *session.hold("j")
    yield "one page", *session.step("\x06")
    session.close()


def datui(program, path, rows, state, word):
    session = Session([program, path], {"HOME": state})
    yield "first row", *session.step(match=r"L0000000")
    for _ in range(5):
        yield "one row", *session.step("j")
    yield "a row of a held key", *session.hold("j")
    yield "one page", *session.step("\x1b[6~")
    session.close()
