"""Drives docs/verify/verify.py for second-verifier.test.ts, everything in one process.

    python3 second-verifier.py rules               vectors of the standards, and logs that break one rule each
    python3 second-verifier.py change PIN PATH…    every byte of every file below each path changed, one at a time

Attached files are long and under one hash each: of those two hundred bytes are changed.
`change` prints {"tried": n, "accepted": [what was changed and still passed]}.
"""
import contextlib, functools, io, json, os, random, sys, tempfile, unittest
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "docs", "verify"))
import verify


class Signatures(unittest.TestCase):
    vectors = [  # RFC 8032 section 7.1: public key, message, signature
        ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
         "d25bf5f0595bbe24655141438e7a100b"),
        ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
         "387b2eaeb4302aeeb00d291612bb0c00"),
        ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
         "4a7c15e9716ed28dc027beceea1ec40a"),
        ("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
         "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
         "454d4423643ce80e2a9ac94fa54ca49f",
         "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
         "3dca179c138ac17ad9bef1177331a704"),
    ]

    def test_of_rfc_8032_hold_and_none_with_one_bit_changed(self):
        for vector in self.vectors:
            key, message, signature = map(bytes.fromhex, vector)
            self.assertTrue(verify.is_signed(key, message, signature))
            self.assertFalse(verify.is_signed(key, message + b"!", signature))
            for bit in random.Random(1).sample(range(512), 16):
                changed = (int.from_bytes(signature, "big") ^ 1 << bit).to_bytes(64, "big")
                self.assertFalse(verify.is_signed(key, message, changed))

    def test_have_one_spelling_only(self):
        key, message, signature = map(bytes.fromhex, self.vectors[2])
        s = int.from_bytes(signature[32:], "little") + verify.L
        self.assertFalse(verify.is_signed(key, message, signature[:32] + s.to_bytes(32, "little")))
        self.assertFalse(verify.is_signed(key, message, signature + b"\0"))
        self.assertFalse(verify.is_signed(key, message, signature[:63]))

    def test_are_not_taken_from_a_key_that_fits_every_message(self):
        # the neutral point, also spelled with y + p: S = 0, R = A would pass for any text
        for y in (1, 1 + verify.P):
            key = y.to_bytes(32, "little")
            self.assertFalse(verify.is_signed(key, b"any", (1).to_bytes(32, "little") + bytes(32)))


class Trees(unittest.TestCase):
    def test_grow_into_the_roots_of_rfc_6962(self):
        # from the reference implementation of Certificate Transparency
        entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        roots = {
            0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        }
        tree = verify.Tree("log")
        for size in range(9):
            if size in roots:
                self.assertEqual(tree.root().hex(), roots[size])
            if size < 8:
                tree.append(tree.leaf(bytes.fromhex(entries[size])))

    def test_are_proven_for_every_leaf_of_every_small_size(self):
        tree = verify.Tree("log")
        leaves = [tree.leaf(b"%d" % at) for at in range(20)]

        def halves(of):
            """The left one as large a power of two as there is below the whole."""
            left = 1 << (len(of) - 1).bit_length() - 1
            return of[:left], of[left:]

        def root(of):
            return of[0] if len(of) == 1 else tree.node(*map(root, halves(of)))

        def proof(at, of):
            if len(of) == 1:
                return []
            left, right = halves(of)
            if at < len(left):
                return [*proof(at, left), root(right)]
            return [*proof(at - len(left), right), root(left)]

        for size in range(1, 21):
            for at in range(size):
                hashes = proof(at, leaves[:size])
                self.assertEqual(tree.root_over(leaves[at], at, size, hashes), root(leaves[:size]))
                self.assertNotEqual(tree.root_over(leaves[at], at, size, hashes + [leaves[0]]), root(leaves[:size]))
                self.assertIsNone(tree.root_over(leaves[at], size, size, hashes))

    def test_are_of_sm3_where_the_name_says_so(self):
        try:
            tree = verify.Tree("office.invalid/log.sm3")
        except verify.Unable:
            self.skipTest("this Python has no SM3")
        # GB/T 32905—2016, annex A.1
        self.assertEqual(tree.hash(b"abc").hex(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")

    def test_are_not_guessed_where_sm3_is_missing(self):
        with mock.patch.object(verify.hashlib, "new", side_effect=ValueError("unsupported hash type")):
            with self.assertRaisesRegex(verify.Unable, "has no SM3"):
                verify.Tree("office.invalid/log.sm3")


class Json(unittest.TestCase):
    def test_numbers_are_written_as_ecmascript_writes_them(self):
        for value, text in [
            (0, "0"), (-5, "-5"), (2**53 - 1, "9007199254740991"), (0.1, "0.1"), (-1.5, "-1.5"), (1e21, "1e+21"),
            (1e20, "100000000000000000000"), (1e-6, "0.000001"), (1e-7, "1e-7"), (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"), (333333333.33333329, "333333333.3333333"),
            (2**60, "1152921504606847000"), (-1.25e-9, "-1.25e-9"),
        ]:
            self.assertEqual(verify.number(value), text)


class Pins(unittest.TestCase):
    """The pin file decides whom the verifier believes."""

    def key(self, name, kind, fill):
        data = bytes([kind]) + bytes([fill]) * 32
        key_id = verify.hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8]
        return f"{name}+{key_id}+{verify.base64.b64encode(data).decode()}"

    def setUp(self):
        self.log = f"log {self.key('office.invalid/log', 1, 1)}\n"
        self.witnesses = "".join(f"witness {name} {self.key(name, 4, at)}\n" for at, name in enumerate("abcd", 2))

    def test_count_witnesses_by_groups_of_groups(self):
        for rule, enough, short in [
            ("group g any a b", ["a", "b", "ab"], ["", "c"]),
            ("group g all a b", ["ab", "abc"], ["a", "b"]),
            ("group g 2 a b c", ["ab", "ac", "bc"], ["a", "ad"]),
            ("group e any a b\ngroup f any c d\ngroup g all e f", ["ac", "bd"], ["ab", "cd", ""]),
        ]:
            pin = verify.Pin(f"# whom we believe\n\n{self.log}{self.witnesses}{rule}\nquorum g\n")
            self.assertTrue(all(pin.is_enough(set(cosigned), pin.quorum) for cosigned in enough), rule)
            self.assertFalse(any(pin.is_enough(set(cosigned), pin.quorum) for cosigned in short), rule)
        self.assertTrue(verify.Pin(self.log + "quorum none\n").is_enough(set(), "none"))

    def test_are_refused_where_they_are_not_clear(self):
        whole = self.log + self.witnesses
        for text in [
            "", "quorum none\n", self.log, whole + "quorum x\n", whole + "quorum a\nquorum a\n", whole + "quorum\n",
            whole + "group g 3 a b\nquorum g\n", whole + "group g 0 a\nquorum g\n",
            whole + "group g all\nquorum g\n", whole + "group g +1 a\nquorum g\n", whole + "group g 1 a a\nquorum g\n",
            whole + "group a any b\nquorum a\n", whole + "group none any b\nquorum none\n", whole + "trust a\nquorum a\n",
            whole + "group g any a\ngroup h any a\nquorum h\n", self.log.replace("+", "+0", 1) + "quorum none\n",
            self.log.replace("log ", "witness w ", 1) + self.log + "quorum none\n", "log\nquorum none\n",
            self.log.replace("office", "0ffice") + "quorum none\n",
        ]:
            with self.assertRaises(verify.Unable, msg=text):
                verify.Pin(text)


ORIGIN = "office.invalid/log"


def an_event(**members):
    return {
        "at": "2026-01-02T03:04:05.006Z", "by": {"id": "clerk"}, "case": None, "caseSeq": None, "cmd": "c1",
        "data": {}, "def": "sha256:0", "dv": 1, "from": None, "id": "x", "log": ORIGIN, "on": "2026-01-02",
        "prev": None, "seq": 0, "to": None, "type": "Noted", "v": 1, **members,
    }


def line_of(event):
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Logs(unittest.TestCase):
    """Logs whose root is right, so that only the rule itself can refuse them; none is signed, hence code 7."""

    def judged(self, *lines, size=None):
        lines = [line_of(line) if isinstance(line, dict) else line for line in lines]
        tree = verify.Tree(ORIGIN)
        for line in lines[:size]:
            tree.append(tree.leaf(line[:-1]))
        with tempfile.TemporaryDirectory() as folder:
            root = verify.base64.b64encode(tree.root()).decode()
            with open(os.path.join(folder, "checkpoint"), "w", encoding="utf-8", newline="") as file:
                file.write(f"{ORIGIN}\n{len(lines) if size is None else size}\n{root}\n\n— {ORIGIN} AAAAAAAA\n")
            with open(os.path.join(folder, "events.jsonl"), "wb") as file:
                file.writelines(lines)
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                return verify.main([folder]), printed.getvalue()

    def assertAccepted(self, *lines):
        self.assertEqual(self.judged(*lines)[0], 7)

    def assertRefused(self, where, *lines, **options):
        code, printed = self.judged(*lines, **options)
        self.assertEqual(code, 6, printed)
        self.assertIn(where, printed)

    def test_may_be_empty(self):
        self.assertAccepted()

    def test_hold_canonical_lines_only(self):
        whole = line_of(an_event())
        self.assertAccepted(whole)
        for broken in [
            whole[:-1] + b" \n", b" " + whole, whole.replace(b'"v":1', b'"v":1.0'), whole.replace(b'"v":1', b'"v":true'),
            whole.replace(b'"v":1', b'"v":2'), whole.replace(b'"v":1', b'"v":1,"w":1'), whole.replace(b'"id":"x",', b""),
            whole.replace(b'"id":"x"', b'"id":"x","id":"x"'), whole.replace(b'"id":"x"', b'"id":"\\u0078"'),
            whole.replace(b'"id":"x"', b'"id":"\\ud800"'), whole.replace(b'"id":"x"', b'"id":"\xff"'),
            whole.replace(b'"data":{}', b'"data":{"b":1,"a":1}'), whole.replace(b'"data":{}', b'"data":{"a":1,"a":1}'),
            whole.replace(b'"data":{}', b'"data":{"a":9007199254740993}'), whole.replace(b'"data":{}', b'"data":[]'),
            whole.replace(b'"data":{}', b'"data":{"a":NaN}'), whole.replace(b'"data":{}', b'"data":{"a":-0}'),
            whole.replace(b'"data":{}', b'"data":{"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}"),
            whole.replace(b'"data":{}', b'"data":{"a":1e999}'), whole.replace(b'"seq":0', b'"seq":-0'),
            b'"text"\n', b"\n", whole.replace(b".006Z", b".006+"), whole.replace(b'"id":"x"', b'"id":""'),
        ]:
            self.assertRefused("events.jsonl:1:", broken)

    def test_sort_names_by_their_utf_16_units(self):
        emoji, private = "\U0001f600", "\ue000"
        self.assertAccepted(an_event(data={emoji: 1, private: 1}))
        self.assertRefused("events.jsonl:1:", an_event(data={private: 1, emoji: 1}))

    def test_hold_fractions_and_every_escape(self):
        self.assertAccepted(an_event(data={"a": 0.5, "b": "\"\\\b\f\n\r\t\u0001\u001f\u007f/\u2028é五"}))

    def test_count_without_a_gap_and_are_of_one_log(self):
        self.assertRefused("events.jsonl:2:", an_event(), an_event(seq=2))
        self.assertRefused("events.jsonl:2:", an_event(), an_event())
        self.assertRefused("events.jsonl:1:", an_event(log="other.invalid/log"))

    def test_are_as_long_as_the_checkpoint_says(self):
        self.assertRefused("from event 0 on", an_event(), size=0)
        self.assertRefused("event 1 and what followed", an_event(), size=2)

    def chain(self):
        first = an_event(case="k", caseSeq=1)
        tree = verify.Tree(ORIGIN)
        leaf = verify.base64.b64encode(tree.leaf(line_of(first)[:-1])).decode()
        return first, an_event(case="k", caseSeq=2, prev=leaf, seq=1)

    def test_chain_the_events_of_a_case(self):
        first, second = self.chain()
        self.assertAccepted(first, second)
        for broken in [{"caseSeq": 3}, {"prev": None}, {"prev": second["prev"][::-1]}, {"case": "other"},
                       {"case": None}, {"case": None, "caseSeq": None}, {"caseSeq": None}]:
            self.assertRefused("events.jsonl:2:", first, {**second, **broken})

    def test_never_go_back_in_time_but_where_the_clock_was_set_right(self):
        late, early = "2027-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"
        first, back = an_event(at=late), an_event(at=early, seq=1)
        self.assertRefused("events.jsonl:2:", first, back)
        adjusted = {**back, "type": "ClockAdjusted", "data": {"approvedBy": "office head", "from": late}}
        self.assertAccepted(first, adjusted)
        self.assertIn(f"at event 1 two persons took the clock back from {late} to {early}", self.judged(first, adjusted)[1])
        self.assertRefused("events.jsonl:2:", first, {**adjusted, "data": {"approvedBy": "office head", "from": early}})
        self.assertRefused("events.jsonl:2:", first, {**adjusted, "data": {"approvedBy": "clerk", "from": late}})
        self.assertRefused("events.jsonl:2:", first, {**adjusted, "data": {"from": late}})
        self.assertRefused("events.jsonl:2:", first, {**adjusted, "type": "Noted"})

    def test_keep_the_events_of_a_command_together(self):
        events = [an_event(seq=seq, cmd=cmd) for seq, cmd in enumerate(["c1", "c1", "c2", "c1"])]
        self.assertAccepted(*events[:3])
        self.assertRefused("events.jsonl:4:", *events)


def files_of(path):
    if os.path.isfile(path):
        return [path]
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)


def changes_of(whole, is_long):
    some = range(0, len(whole), max(1, len(whole) // 200))
    for at in some if is_long else range(len(whole)):
        yield f"byte {at}", whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :]
    for at in some:
        yield f"cut off at {at}", whole[:at]
    yield "one more line feed", whole + b"\n"
    yield "one more byte", whole + b"x"


def is_refused(path, pin):
    try:
        verify.verify(path, pin)
    except verify.Refused:
        return True
    return False


def change(pin_file, *paths):
    # a line that was not touched is signed as before: one process need not compute that again
    verify.is_signed = functools.lru_cache(None)(verify.is_signed)
    tried, accepted, pin = 0, [], verify.Pin(verify.read(pin_file))
    for path in paths:
        verify.verify(path, pin)
        for file in files_of(path):
            with open(file, "rb") as opened:
                whole = opened.read()
            for what, changed in changes_of(whole, is_long=os.path.basename(os.path.dirname(file)) == "files"):
                # the verifier reads the changed bytes; nothing is written
                verify.open = lambda name, mode: io.BytesIO(changed) if name == file else open(name, mode)
                tried += 1
                if not is_refused(path, pin):
                    accepted.append(f"{file}: {what}")
            verify.open = open
    print(json.dumps({"tried": tried, "accepted": accepted}))


if __name__ == "__main__":
    if sys.argv[1] == "change":
        change(*sys.argv[2:])
    else:
        unittest.main(argv=["rules"])
