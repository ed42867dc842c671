"""Runs a program on a pseudo-terminal and types what a script says.

Reads one JSON document from stdin: {"argv", "env", "columns", "script": [[wait, send], ...]}; `wait` is text that
must have appeared since the last thing typed, `send` what is then typed, as it is. Prints {"screen", "status"}:
all that stood on the terminal, and the exit status (negative: a signal). Ends with status 3, saying what was
awaited, when that does not come.
"""

import codecs, fcntl, json, os, pty, select, struct, sys, termios, time

PATIENCE = 30

told = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    os.execvpe(told["argv"][0], told["argv"], {**os.environ, **told["env"]})
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, told["columns"], 0, 0))

decoder = codecs.getincrementaldecoder("utf-8")("replace")
screen, seen = "", 0


def read(until):
    """Reads what has come; False once nothing will."""
    global screen
    ready, _, _ = select.select([terminal], [], [], max(0, until - time.monotonic()))
    if not ready:
        return time.monotonic() < until
    try:
        chunk = os.read(terminal, 65536)
    except OSError:
        return False
    screen += decoder.decode(chunk)
    return chunk != b""


for wait, send in told["script"]:
    until = time.monotonic() + PATIENCE
    while wait not in screen[seen:].replace("\r", ""):
        if not read(until):
            sys.stderr.write(f"awaited {wait!r} after:\n{screen[seen:]}")
            os.close(terminal)
            os.waitpid(child, 0)
            sys.exit(3)
    seen = len(screen)
    os.write(terminal, send.encode())

while read(time.monotonic() + PATIENCE):
    pass
_, status = os.waitpid(child, 0)
json.dump({"screen": screen.replace("\r", ""), "status": os.waitstatus_to_exitcode(status)}, sys.stdout)
