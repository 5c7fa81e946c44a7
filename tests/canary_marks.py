"""People whose every personal value bears a mark that chance does not write, and the search for those marks."""

import base64
import csv
import itertools
import json
import os
import re
import subprocess
import tempfile

STEM = "zqxjvkw"  # in every text
NUMBERS = {"phone": "63998704", "nir": "10711631134", "siret": "9183746500", "amount": "9183746", "numero": "06301079837"}
YEAR = 1907  # of every date of a life; no other date of the test has it
SEPARATORS = (" ", ".", "-", "\u00a0", "\u202f", "'")
ASCII_SEPARATORS = re.compile("(?<=\\d)(?:[ .'-]|\u00a0|\u202f)(?=\\d)".encode())


def luhn(digits):
    """The digits with the one that makes them valid (SIREN, SIRET)."""
    total = sum(sum(divmod(int(digit) * (2 if rank % 2 == 0 else 1), 10)) for rank, digit in enumerate(reversed(digits)))
    return digits + str(-total % 10)


class Marks:
    """Gives marked values, each once."""

    def __init__(self):
        self.ranks = itertools.count()

    def text(self):
        rank, letters = next(self.ranks), ""
        for _ in range(3):
            rank, letter = divmod(rank, 26)
            letters += chr(ord("a") + letter)
        return STEM.capitalize() + letters  # 10 letters

    def of_type(self, kind, size):
        """A legal value of a type of the pivot; None for one that cannot be marked."""
        rank = next(self.ranks) % 100
        nir = int(NUMBERS["nir"] + f"{rank:02}")
        made = {"text": lambda: self.text()[:size], "freeText": lambda: f"{self.text()} : j'ai fui, {self.text()}",
                "email": lambda: f"{self.text()}@{self.text()}.example", "phone": lambda: f"0{NUMBERS['phone']}{rank % 10}",
                "nir": lambda: f"{nir}{97 - nir % 97:02}", "amount": lambda: f"{NUMBERS['amount']}.{rank:02}",
                "siren": lambda: luhn(NUMBERS["siret"][:8]), "siret": lambda: luhn(f"{NUMBERS['siret']}{rank:03}"),
                "numeroUnique": lambda: f"{NUMBERS['numero']}{rank:02}G6301",
                "date": lambda: self.date(rank), "partialDate": lambda: self.date(rank),
                "dateTime": lambda: self.date(rank) + "T10:11:12"}
        return made[kind]() if kind in made else None

    @staticmethod
    def date(rank):
        return f"{YEAR}-{1 + rank % 12:02}-{11 + rank % 17:02}"


def spellings(text):
    """Every way in which the text might be written, lower case where letters have two; bytes."""
    raw = text.encode()
    found = {raw, raw.hex().encode(), raw.upper().hex().encode(), "".join(f"%{byte:02x}" for byte in raw).encode(),
             text.encode("utf-16-le")[:-1], "".join(f"\\u{byte:04x}" for byte in raw).encode(),
             "".join(f"&#{byte};" for byte in raw).encode(), "".join(f"&#x{byte:x};" for byte in raw).encode()}
    if text.isdigit():
        found |= {sign.join(group).encode() for sign in SEPARATORS for group in grouped(text)}
    return found


def grouped(digits):
    """The digits by two and by three, from either side."""
    for size in (2, 3):
        for head in range(1, size + 1):
            yield [digits[:head]] + [digits[at:at + size] for at in range(head, len(digits), size)]


def base64_spellings(raw):
    """What base64 makes of the bytes wherever they begin: the signs that their neighbours do not change."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + raw)
        yield encoded[-(-before * 8 // 6):(before + len(raw)) * 8 // 6]


class Search:
    """Finds marks in bytes."""

    def __init__(self):
        stems = {"text": STEM, **NUMBERS}
        self.anyhow = [(name, spelling) for name, stem in stems.items() for spelling in spellings(stem)]
        self.exact = [(name, spelling) for name, stem in stems.items() for raw in {stem, stem.upper(), stem.capitalize()}
                      for spelling in base64_spellings(raw.encode())]
        year = str(YEAR)
        apart, together = ("[-/. ]", ""), ("(?<![0-9a-f])", "(?![0-9a-f])")  # octets are hexadecimal in a dump
        self.date = re.compile("|".join(
            f"{edges[0]}{first}{sign}(?:0\\d|1[0-2]){sign}{last}{edges[1]}"
            for sign, edges in ((apart[0], ("", "")), (apart[1], together))
            for first, last in ((year, "[12]\\d"), ("[12]\\d", year))).encode())

    def marks_in(self, data, words=True):
        """The kinds of mark that the bytes hold. `words`: they are text, in which dates and spaced digits are sought."""
        low = data.lower()
        found = {name for name, spelling in self.anyhow if spelling in low}
        found |= {name for name, spelling in self.exact if spelling in data}
        if words:
            joined = ASCII_SEPARATORS.sub(b"", low)
            found |= {name for name, number in NUMBERS.items() if number.encode() in joined}
            found |= {"date"} if self.date.search(low) else set()
        return sorted(found)


    def marks_in_files(self, folder):
        """Which files below the folder hold a mark, at the bytes that are one; what only text may hold is not sought."""
        every = {spelling for _, spelling in self.anyhow + self.exact}
        with tempfile.NamedTemporaryFile() as patterns:
            patterns.write(b"".join(spelling + b"\n" for spelling in every if b"\0" not in spelling))
            patterns.flush()
            told = subprocess.run(["grep", "-r", "-a", "-i", "-l", "-F", "-f", patterns.name, folder], capture_output=True,
                                  env={"LC_ALL": "C", "PATH": os.environ["PATH"]}, check=False).stdout.decode().splitlines()
        wide = [spelling for spelling in every if b"\0" in spelling]
        for path in folder.rglob("*"):
            if path.is_file():
                low = path.read_bytes().lower()
                told += [str(path)] if any(spelling in low for spelling in wide) else []
        return sorted(set(told))


class Pivot:
    """The fields of the pivot, from its tables."""

    # What decides whether a demande is read at all, where it goes or when it began.
    KEPT = {"numeroUnique": None, "dateCreation": "2026-01-05", "dateEnregistrement": None,
            "dateDernierRenouvellement": "2026-01-06", "etat": None, "radiation": None,
            "suppression": None, "separation": None, "repartition": None, "personneMorale": None}
    PLAIN = {"boolean": True, "decimal": "1.5", "year": "2024", "guichet": "G6301", "commune": "63113", "codePostal": "63000",
             "rpls": None, "integer": 1}

    def __init__(self, root):
        self.folder = root / "mappings/pivot"
        self.rows = [(row["path"], row["type"]) for row in self.table("fields")]
        self.structures = [(row["path"], row["type"]) for row in self.table("structures")]

    def table(self, name):
        with open(self.folder / f"{name}.csv", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def first_code(self, name):
        return next(row["code"] for row in self.table(f"lists/{name}") if not row["until"])

    def whole(self, marks):
        """A demande with every field that may be marked, each list with one item."""
        demande = {"pivot": "1"}
        for path, kind in self.rows:
            top = path.split(".")[0].split("[")[0]
            if top == "entete" or top in self.KEPT:
                if self.KEPT.get(path):
                    demande[path] = self.KEPT[path]
                continue
            self.put(demande, path, kind, marks)
        demande["guichet"] = {"guichet": "G6301"}
        return demande

    def put(self, group, path, kind, marks):
        """Writes the value at a path of the group, and those of a structure below it."""
        *above, last = path.split(".")
        for name in above:
            below = group.setdefault(name.removesuffix("[]"), [{}] if name.endswith("[]") else {})
            group = below[0] if isinstance(below, list) else below
        name, listed = last.removesuffix("[]"), last.endswith("[]")
        word, _, size = kind.rstrip(")").partition("(")
        if word in ("group", "list", "structure"):
            group[name] = {}
            for below, its in self.structures if word == "structure" else []:
                if below.startswith(size + "."):
                    self.put(group[name], below.removeprefix(size + "."), its, marks)
            value = group[name]
        elif word == "code":
            value = self.first_code(size)
        else:
            value = marks.of_type(word, int(size) if size.isdigit() else 0) or self.PLAIN.get(word)
        group[name] = [value] if listed or word == "list" else value


def leaves(value, path=()):
    """Each leaf of a JSON value, with the keys that lead to it."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(below, (*path, name))
    elif isinstance(value, list):
        for rank, below in enumerate(value):
            yield from leaves(below, (*path, rank))
    else:
        yield path, value


def broken(demande, marks):
    """The demande with one leaf broken, in each way, as lines of JSON that are not all right UTF-8."""
    for path, value in leaves(demande):
        text = str(value)
        for spoilt in (text + marks.text() * 7000, marks.text(), f"{YEAR}-02-3{text[:1]}", text[::-1], {marks.text(): text},
                       [text, text], f"{text}\u0001", f"{text}\ufffe", 918374651.5, ""):
            yield spoil(demande, path, spoilt)
        yield spoil(demande, path, text + "@invalid@").replace(b"@invalid@", b"\xff\xc0\xaf")
        yield spoil(demande, path, text + "@lone@").replace(b"@lone@", b"\\ud800")
        yield spoil(demande, path[:-1] + (marks.text(),), text) if isinstance(path[-1], str) else b"{}"


def spoil(demande, path, value):
    copied = json.loads(json.dumps(demande))
    place = copied
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return json.dumps(copied, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def damaged(document, most):
    """The bytes of a document of any format, damaged at some of the marks that they hold."""
    places = [found.start() for found in re.finditer(STEM.encode(), document, re.IGNORECASE)]
    places += [found.start() for number in NUMBERS.values() for found in re.finditer(number.encode(), document)]
    for at in sorted(places)[::max(1, len(places) // most)]:
        for harm in (b"\xff", b"\x01", b"<", b"&x;", b'"', b";", b"\n", b"\\", b"]]>", STEM.encode() * 10_000):
            yield document[:at] + harm + document[at:]
        yield document[:at]
