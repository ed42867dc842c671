#!/usr/bin/env python3
"""A second verifier for what `wuding audit` hands out. It shares no code with that program.

    python3 verify.py EXPORT_FOLDER --pin pin.txt     events.jsonl, checkpoint, files/
                                    --checkpoint OLD  … and it continues what was handed out earlier
    python3 verify.py CASE_FOLDER   --pin pin.txt     case.jsonl, case.tlog-proof
    python3 verify.py CHECKPOINT    --pin pin.txt     a checkpoint alone

Exit code 0: verified. 6: not verified, and where. 7: could not be verified, or no pin file was given.
Needs Python 3.9 or later and nothing else. The formats are public ones:

    tree of hashes        RFC 6962 section 2.1        checkpoint    c2sp.org/tlog-checkpoint
    proof of one entry    c2sp.org/tlog-proof         signatures    c2sp.org/signed-note, RFC 8032
    bytes of an event     RFC 8785                    witnesses     c2sp.org/tlog-cosignature
                                                      pin file      c2sp.org/tlog-policy
"""
import argparse, base64, hashlib, json, os, re, sys, time
from decimal import Decimal

class Refused(Exception):
    """Exit code 6: what was handed out is not what was recorded."""

class Unable(Exception):
    """Exit code 7: it was not possible to find out."""

def from_base64(text, length):
    """The bytes of standard base64, None unless there are so many and they are spelled exactly so."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if len(data) == length and base64.b64encode(data).decode() == text else None

def read(path, problem=Refused):
    with open(path, "rb") as file:
        try:
            return file.read(1_000_000).decode("utf-8")
        except UnicodeDecodeError:
            raise problem(f"{path} 不是 UTF-8 文本 / {path} is no UTF-8 text")

# ---- the tree: a leaf is H(0 ‖ entry), a node is H(1 ‖ left ‖ right) -------------------------------------

class Tree:
    """A tree that grows leaf by leaf and remembers only the roots of its full subtrees, left to right."""

    def __init__(self, origin):
        """H is fixed by the name of the log: SM3 where it ends in `.sm3`, else SHA-256."""
        self.algorithm, self.size, self.peaks = "sm3" if origin.endswith(".sm3") else "sha256", 0, []
        try:
            hashlib.new(self.algorithm)
        except ValueError:
            raise Unable("本机的 Python 没有 SM3，请换用带 OpenSSL 1.1.1 以上版本的 Python"
                         " / this Python has no SM3; use one with OpenSSL 1.1.1 or later")

    def hash(self, data):
        return hashlib.new(self.algorithm, data).digest()

    def leaf(self, entry):
        return self.hash(b"\0" + entry)

    def node(self, left, right):
        return self.hash(b"\1" + left + right)

    def append(self, leaf):
        self.size, self.peaks = self.size + 1, self.peaks + [leaf]
        for _ in range((self.size & -self.size).bit_length() - 1):  # as often as 2 divides the size
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(self.node(left, right))

    def root(self):
        root = self.peaks[-1] if self.peaks else self.hash(b"")
        for left in self.peaks[-2::-1]:
            root = self.node(left, root)
        return root

    def root_over(self, leaf, index, size, proof):
        """The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2); None if it does not fit."""
        place, last = index, size - 1
        for beside in proof:
            if last <= 0:
                return None
            if place % 2 == 1 or place == last:
                leaf = self.node(beside, leaf)
                while place % 2 == 0 and place != 0:
                    place, last = place // 2, last // 2
            else:
                leaf = self.node(leaf, beside)
            place, last = place // 2, last // 2
        return leaf if last == 0 and index < size else None

# ---- Ed25519, RFC 8032 section 5.1; points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x·y = T/Z --------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(factor, point):
    result = (0, 1, 1, 0)
    for bit in bin(factor)[2:]:
        result = add(result, result)
        result = add(result, point) if bit == "1" else result
    return result

def compress(point):
    inverse = pow(point[2], -1, P)
    return (point[1] * inverse % P | (point[0] * inverse % P & 1) << 255).to_bytes(32, "little")

def decompress(data):
    """The point of 32 bytes, None unless they are its only spelling."""
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x % 2 == sign else P - x
    return x, y, 1, x * y % P

BASE = decompress((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def is_signed(public, message, signature):
    """Whether S·B − h·A is R, byte for byte; S from L upwards and keys of small order are refused."""
    point, s = decompress(public), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L or point is None or times(8, point)[0] == 0:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus = (P - point[0], point[1], 1, P - point[3])
    return compress(add(times(s, BASE), times(h, minus))) == signature[:32]

# ---- the pin file: whom the verifier believes -----------------------------------------------------------

def is_name(name):
    return name != "" and name.isprintable() and not set(" +") & set(name)

def read_key(text, kind):
    """((name, key id), public key) of `<name>+<key id in hex>+<base64 of kind ‖ public key>`."""
    name, key_id, encoded = text.split("+", 2)
    data = from_base64(encoded, 33)
    if not is_name(name) or data is None or data[0] != kind:
        raise ValueError
    if hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8] != key_id:
        raise ValueError
    return (name, bytes.fromhex(key_id)), data[1:]

class Pin:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = {}, {}, {}, None
        for number, line in enumerate(text.split("\n"), 1):
            try:
                if line.split() and not line.split()[0].startswith("#"):
                    self.take(*line.split())
            except (ValueError, TypeError, LookupError):
                raise Unable(f"公钥文件第 {number} 行无法识别 / line {number} of the pin file is not understood")
        keys = [*self.logs.values(), *(key for _, key in self.witnesses.values())]
        if not self.logs or self.quorum is None or len(keys) != len(set(keys)):
            raise Unable("公钥文件缺少 log 或 quorum 行，或者公钥重复"
                         " / the pin file lacks a line log or quorum, or has a key twice")

    def take(self, word, name, *rest):
        known = {"none", *self.witnesses, *self.groups}
        if word == "log" and len(rest) <= 1:
            key_id, key = read_key(name, 1)
            self.logs[key_id] = key
        elif word == "witness" and name not in known and len(rest) <= 2:
            self.witnesses[name] = read_key(rest[0], 4)
        elif word == "group" and name not in known:
            count, members = rest[0], rest[1:]
            taken = {member for _, others in self.groups.values() for member in others}
            count = {"any": 1, "all": len(members), **{str(n): n for n in range(len(members) + 1)}}[count]
            free = known - taken - {"none"}
            if not set(members) <= free or not 1 <= count <= len(set(members)) == len(members):
                raise ValueError
            self.groups[name] = count, members
        elif word == "quorum" and name in known and not rest and self.quorum is None:
            self.quorum = name
        else:
            raise ValueError

    def is_enough(self, cosigned, name):
        """Whether a witness, a group or nobody at all (`none`) is satisfied by those who cosigned."""
        if name in self.groups:
            count, members = self.groups[name]
            return sum(self.is_enough(cosigned, member) for member in members) >= count
        return name == "none" or name in cosigned

# ---- the checkpoint: origin, size and root, signed ------------------------------------------------------

NO_NOTE = "检查点不是签名文本的格式 / the checkpoint does not have the form of a signed note"

def open_checkpoint(note, pin):
    """(origin, size, root, sentences about witnesses) of a checkpoint; without a pin nobody is believed."""
    text, gap, signatures = note.rpartition("\n\n")
    form = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)", text)
    root = form and from_base64(form[3], 32)
    if not root or not note.endswith("\n") or re.search("[\0-\x09\x0b-\x1f\ufffd]", note):
        raise Refused(NO_NOTE)
    lines = [signature_line(line) for line in signatures[:-1].split("\n")]
    return form[1], int(form[2]), root, check_signatures(form[1], text + "\n", lines, pin) if pin else []

def signature_line(line):
    """((name, key id), signature) of `— <name> <base64 of key id ‖ signature>`."""
    form = re.fullmatch(r"— ([^ ]+) ([A-Za-z0-9+/=]+)", line)
    data = form and from_base64(form[2], len(form[2]) * 3 // 4 - form[2].count("="))
    if not data or len(data) <= 4 or not is_name(form[1]):
        raise Refused(NO_NOTE)
    return (form[1], data[:4]), data[4:]

def check_signatures(origin, text, lines, pin):
    """Lines of keys that the pin file does not name say nothing; those of the others must be true."""
    keys = {key_id: key for key_id, key in pin.logs.items() if key_id[0] == origin}
    if not keys:
        raise Refused(f"公钥文件没有 {origin!r} 的公钥 / the pin file has no key of {origin!r}")
    if not any(key_id in keys for key_id, _ in lines):
        raise Refused("检查点没有该办件库的签名 / no pinned key of the log has signed the checkpoint")
    witnesses = {key_id: (label, key) for label, (key_id, key) in pin.witnesses.items()}
    cosigned, said = set(), []
    for key_id, signature in lines:
        if key_id in keys and not is_signed(keys[key_id], text.encode(), signature):
            raise Refused("检查点的签名不成立 / the signature of the checkpoint is false")
        if key_id in witnesses:
            label, key = witnesses[key_id]
            seconds = int.from_bytes(signature[:8], "big")  # since 1970
            if not is_signed(key, f"cosignature/v1\ntime {seconds}\n{text}".encode(), signature[8:]):
                raise Refused(f"{key_id[0]} 的副署不成立 / the cosignature of {key_id[0]} is false")
            when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(min(seconds, 2**37)))
            cosigned.add(label)
            said.append(f"见证方 {key_id[0]} 于 {when} 副署 / cosigned by {key_id[0]} at {when}")
    if not pin.is_enough(cosigned, pin.quorum):
        raise Refused("副署的见证方不足公钥文件要求的数目 / fewer witnesses cosigned than the pin file demands")
    return said

# ---- an event: one line of canonical JSON ---------------------------------------------------------------

def members(pairs):
    """An object whose names stand in the order of their UTF-16 code units, none of them twice."""
    names = [name.encode("utf-16-be", "surrogatepass") for name, _ in pairs]
    if any(one >= other for one, other in zip(names, names[1:])):
        raise ValueError
    return dict(pairs)

def number(value):
    """A number as ECMAScript writes it: with the shortest digits, as in Python, but dressed otherwise."""
    if isinstance(value, int) and abs(value) < 2**53:
        return str(value)
    _, digits, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    digits, minus = "".join(map(str, digits)), "-" if value < 0 else ""
    point = len(digits) + exponent  # where the decimal point stands, counted from the first digit
    if 0 < point <= 21:
        return minus + digits[:point].ljust(point, "0") + ("." + digits[point:] if digits[point:] else "")
    if -6 < point <= 0:
        return minus + "0." + "0" * -point + digits
    return minus + digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"

def canonical(value, depth=0):
    """The one spelling of a value; its names are in order already. Nothing nests deeper than 16."""
    if isinstance(value, (dict, list)) and depth == 16:
        raise ValueError
    if isinstance(value, dict):
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name], depth + 1) for name in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item, depth + 1) for item in value) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return json.dumps(value, ensure_ascii=False)

def is_text(value):
    return isinstance(value, str) and value != ""

def is_text_or_null(value):
    return value is None or is_text(value)

def is_object(value):
    return isinstance(value, dict)

def is_count(value, least=1):
    return type(value) is int and least <= value < 2**53

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
ENVELOPE = {  # exactly these members
    "at": lambda value: is_text(value) and INSTANT.fullmatch(value),  # when it was recorded
    "by": lambda value: is_object(value) and is_text(value.get("id")),  # by whom
    "case": is_text_or_null,  # null: an event of the log itself
    "caseSeq": lambda value: value is None or is_count(value),  # 1, 2, 3 … in its case
    "cmd": is_text,  # the command that it came from
    "data": is_object, "def": is_text, "dv": is_count, "from": is_text_or_null, "id": is_text,
    "log": is_text,  # origin of the log
    "on": is_text,  # when it was true
    "prev": is_text_or_null,  # base64 of the leaf of the previous event of its case
    "seq": lambda value: is_count(value, 0),  # place in the log
    "to": is_text_or_null, "type": is_text,
    "v": lambda value: is_count(value) and value == 1,
}

def event_in(line):
    """The event that a line is; None if it is none, or not spelled in the one canonical way."""
    try:
        text = line.decode("utf-8")
        event = json.loads(text, object_pairs_hook=members)
        is_event = is_object(event) and event.keys() == ENVELOPE.keys() and canonical(event) == text
        return event if is_event and all(fits(event[name]) for name, fits in ENVELOPE.items()) else None
    except (ValueError, TypeError, OverflowError, RecursionError):  # no UTF-8, no JSON, a name twice, too deep
        return None

def events_in(path, origin, whole_log):
    """Each event of a file with its line and leaf, when it is what it must be after those before it.

    The file holds the whole log or all events of one case. Remembered are the last event of each case and
    the names of the commands.
    """
    tree, heads, commands, before = Tree(origin), {}, set(), None
    with open(path, "rb") as file:
        for position, line in enumerate(iter(lambda: file.readline(65536), b"")):  # an event has ≤ 65,535
            event = event_in(line[:-1]) if line.endswith(b"\n") else None
            wrong = "不是规范形式的记录 / is not an event in canonical form"
            if event is not None:
                head = heads.get(event["case"], (0, None))
                wrong = what_is_wrong(event, before, head, position, origin, whole_log)
                is_new = before is None or event["cmd"] != before["cmd"]
                if is_new and event["cmd"] in commands:
                    wrong = wrong or "与同一操作的其他记录分开 / stands apart from the others of its command"
            if wrong:
                raise Refused(f"{os.path.basename(path)}:{position + 1}: {wrong}")
            leaf = tree.leaf(line[:-1])
            if event["case"] is not None:
                heads[event["case"]] = event["caseSeq"], base64.b64encode(leaf).decode()
            commands.add(event["cmd"])
            before = event
            yield event, line, leaf

def what_is_wrong(event, before, head, position, origin, whole_log):
    """What an event has wrong after the one before it and after the last of its case, None if nothing."""
    seq, case = event["seq"], event["case"]
    if event["log"] != origin:
        return "属于另一个办件库 / belongs to another log"
    if seq != position if whole_log else before is not None and seq <= before["seq"]:
        return f"位置不符，记录自称第 {seq} 条 / is out of place: it calls itself event {seq}"
    if not whole_log and (case is None or before is not None and case != before["case"]):
        return "不属于本件 / is not of this case"
    due = (None, None) if case is None else (head[0] + 1, head[1])
    if (event["caseSeq"], event["prev"]) != due:
        return "与该件上一条不相衔接 / does not follow from the previous event of its case"
    # between two events of one case the clock may have been set right by an event outside it
    if whole_log and before is not None and event["at"] < before["at"]:
        said = event["data"]
        is_by_two = is_text(said.get("approvedBy")) and said["approvedBy"] != event["by"]["id"]
        if event["type"] != "ClockAdjusted" or case is not None or said.get("from") != before["at"] or not is_by_two:
            return "的记录时间早于上一条 / was recorded before the event in front of it"
    return None

# ---- what can be verified -------------------------------------------------------------------------------

def verify_export(folder, pin, older):
    """Every event, every file that an event names, and the root wherever a checkpoint is at hand."""
    own = os.path.join(folder, "checkpoint")
    origin, size, root, said = open_checkpoint(read(own), pin)
    known = [(path, *open_checkpoint(read(path), pin)[:3]) for path in older] + [(own, origin, size, root)]
    tree, files, at, adjusted = Tree(origin), set(), "—", []
    for path, other, _, _ in known:
        if other != origin:
            raise Refused(f"{path} 属于另一个办件库 / {path} belongs to another log")
    compare(tree, known)
    for event, line, leaf in events_in(os.path.join(folder, "events.jsonl"), origin, whole_log=True):
        if tree.size == size:
            raise Refused(f"第 {size} 条起不在检查点之内 / from event {size} on the checkpoint covers nothing")
        for name in re.findall('"sha256":"([0-9a-f]{64})"', line.decode()):
            if name not in files:
                check_file(os.path.join(folder, "files", name), name, tree.size)
                files.add(name)
        tree.append(leaf)
        compare(tree, known)
        if event["at"] < at != "—":
            adjusted.append(f"第 {event['seq']} 条由两人将时钟由 {at} 退回 {event['at']}"
                            f" / at event {event['seq']} two persons took the clock back from {at} to {event['at']}")
        at = event["at"]
    for path, _, covered, _ in known:
        if tree.size < covered:
            raise Refused(f"第 {tree.size} 条起已被截去，{path} 有 {covered} 条"
                          f" / event {tree.size} and what followed has been cut off: {path} covers {covered}")
    attached = os.path.join(folder, "files")
    surplus = sorted(set(os.listdir(attached)) - files) if os.path.isdir(attached) else []
    if surplus:
        raise Refused(f"没有记录提到附件 {surplus[0]!a} / no event names the file {surplus[0]!a}")
    counted = [f"全部 {size} 条记录，最后一条记于 {at} / all {size} events, the last recorded at {at}",
               f"附件 {len(files)} 个 / {len(files)} files",
               f"另与 {len(older)} 个检查点相符 / {len(older)} other checkpoints agree"]
    return counted + adjusted + said, origin, size, root

def compare(tree, known):
    for path, _, size, root in known:
        if size == tree.size and root != tree.root():
            raise Refused(f"前 {size} 条记录与 {path} 的根哈希不符"
                          f" / the first {size} events are not those that {path} stands for")

def check_file(path, name, position):
    digest = hashlib.sha256()
    if not os.path.exists(path):
        raise Refused(f"第 {position} 条记录的附件 {name} 不存在 / the file {name} of event {position} is missing")
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    if digest.hexdigest() != name:
        raise Refused(f"第 {position} 条记录的附件 {name} 被改动 / the file {name} of event {position} was changed")

def verify_case(folder, pin):
    """The events of one case, each chained to the one before it, and the proof that the last is in the log."""
    head, _, note = read(os.path.join(folder, "case.tlog-proof")).partition("\n\n")
    form = re.fullmatch(r"c2sp\.org/tlog-proof@v1\n(?:extra .*\n)?index (0|[1-9][0-9]{0,15})((?:\n.+)*)", head)
    proof = [from_base64(line, 32) for line in form[2].split("\n")[1:]] if form else [None]
    if None in proof:
        raise Refused("case.tlog-proof 不是存证证明的格式 / case.tlog-proof does not have the form of a proof")
    origin, size, root, said = open_checkpoint(note, pin)
    count, event, leaf = 0, None, b""
    for event, _, leaf in events_in(os.path.join(folder, "case.jsonl"), origin, whole_log=False):
        count += 1
    if event is None or event["seq"] != int(form[1]):
        raise Refused("所证明的不是 case.jsonl 的最后一条 / what is proven is not the last line of case.jsonl")
    if Tree(origin).root_over(leaf, event["seq"], size, proof) != root:
        raise Refused("按证明算不出检查点的根哈希 / the proof does not lead to the root of the checkpoint")
    case, at = event["case"], event["at"]
    counted = [f"{case!r} 的 {count} 条记录，最后一条记于 {at} / {count} events of {case!r}, the last recorded at {at}",
               "此后该件有无新记录，本证明不能说明 / whether the case went on later this proof cannot say"]
    return counted + said, origin, size, root

def verify(path, pin, older=()):
    """(sentences, origin, size, root) of what was verified; raises Refused or Unable."""
    if os.path.exists(os.path.join(path, "events.jsonl")) or older:
        return verify_export(path, pin, older)
    if os.path.isdir(path):
        return verify_case(path, pin)
    origin, size, root, said = open_checkpoint(read(path), pin)
    return said, origin, size, root

def main(arguments):
    parser = argparse.ArgumentParser(description="五定存证的另一个核验程序 / a second verifier for Wuding")
    parser.add_argument("path", help="导出目录、单件证明目录或者检查点 / an export, a case bundle or a checkpoint")
    parser.add_argument("--pin", metavar="FILE", help="核验方自己保存的公钥文件 / the verifier's own pin file")
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[],
                        help="早先另存的检查点，与导出目录比对 / one kept from earlier, compared with an export")
    given = parser.parse_args(arguments)
    try:
        pin = Pin(read(given.pin, Unable)) if given.pin else None
        said, origin, size, root = verify(given.path, pin, given.checkpoint)
        short = base64.b64encode(root).decode()
        said.append(f"{origin!r}，{size} 条，根哈希 {short} / {origin!r}, size {size}, root {short}")
        code, verdict = 0, "核验通过 / VERIFIED"
        if pin is None:
            code, verdict = 7, "未核验签名（没有给出 --pin），其余相符 / SIGNATURES NOT CHECKED (no --pin), all else agrees"
    except Refused as error:
        code, said, verdict = 6, [error], "核验不通过 / NOT VERIFIED"
    except (Unable, OSError) as error:
        code, said, verdict = 7, [error], "无法核验 / CANNOT VERIFY"
    print(verdict, *said, sep="\n")
    return code

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
