"""A registry in a folder of its own, for the checks that run the real programs; its server stays up between them."""

import csv
import fcntl
import io
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

POSTGRES = Path("/usr/lib/postgresql/15/bin")
GUICHETS = """territoire,guichet,organisme,nom,depuis,acte
063,G6301,afpbsa,Guichet inventé,2015-01-01,essai
063,G6302,afpbsa,Autre guichet inventé,2015-01-01,essai
"""
ABONNEMENTS = "territoire,destinataire,depuis,acte\n063,sne,2015-01-01,essai\n"
TIME_LIMIT_S = 1800


class OwnRegistry:
    """`program` is passerelle; `folder` may be given, to be on another disk."""

    def __init__(self, program, home, folder=None):
        self.program, self.home = program, home
        self.base = Path(tempfile.mkdtemp(prefix="passerelle-check-", dir=folder))
        self.base.chmod(0o711)  # the server, which is not root, passes through
        self.data = self.base / "data"
        self.data.mkdir()
        # INVARIANT: whoever shares this lock keeps the server running when the gateways leave.
        self.lock = open(self.data / "use.lock", "w", encoding="ascii")
        fcntl.flock(self.lock, fcntl.LOCK_SH)

    def load_tables(self):
        """Two guichets, and a partner who is told of everything."""
        tables = self.base / "tables"
        tables.mkdir()
        (tables / "guichets.csv").write_text(GUICHETS, encoding="utf-8")
        (tables / "abonnements.csv").write_text(ABONNEMENTS, encoding="utf-8")
        self.finish(self.start("reference", "--tables", tables))

    def close(self, leave=None):
        """Stops the server, as the last gateway that leaves does (`leave` runs one), and removes everything."""
        self.lock.close()
        if leave is None:
            self.start("export", "--territory", "003").communicate(timeout=TIME_LIMIT_S)
        else:
            leave()
        shutil.rmtree(self.base, ignore_errors=True)

    def start(self, verb, *arguments, given=None, out=subprocess.PIPE):
        """A gateway at work; `verb` may be two words, `given` and `out` are files."""
        words = [self.program, "--home", self.home, *verb.split(), "--data", self.data, *arguments]
        return subprocess.Popen([str(word) for word in words], stdin=given or subprocess.DEVNULL,
                                stdout=out, stderr=subprocess.PIPE, text=True)

    @staticmethod
    def finish(process):
        """What it printed; an exit status other than 0 stops the check."""
        out, errors = process.communicate(timeout=TIME_LIMIT_S)
        if process.returncode != 0:
            raise RuntimeError(f"exit {process.returncode}: {errors[-2000:]}")
        return out

    def psql_command(self, text):
        return [POSTGRES / "psql", "-h", self.data / "socket", "-U", "passerelle_cluster", "-d", "passerelle", "-AtqF ",
                "-c", "SET search_path = passerelle", "-c", text]

    def psql(self, text):
        """What the administrator of the server sees, whom row-level security does not stop."""
        return subprocess.run(self.psql_command(text), capture_output=True, text=True, check=False)

    def start_psql(self, text):
        """One transaction of the administrator, which goes on."""
        return subprocess.Popen(self.psql_command(text), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def sql(self, text):
        done = self.psql(text)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.splitlines()

    def server(self):
        return int((self.data / "cluster/postmaster.pid").read_text(encoding="ascii").split()[0])


def invented_demande(demandeur, **members):
    """A demande without anomaly of an invented person, whose members are changed or added; None takes one away."""
    person = {"civilite": "madame", "nom": "Zorglubine", "prenoms": "Anne", "dateNaissance": "1990-02-03",
              "nationalite": "francaise", "situationFamiliale": "celibataire",
              "telephones": [{"nature": "portable", "numero": "0639981234"}],
              "adresse": {"voie": "rue Inventée", "codePostal": "63000", "commune": "63113"}, **demandeur}
    made = {"pivot": "1", "guichet": {"guichet": "G6301"}, "dateCreation": "2026-01-05",
            "demandeur": {name: value for name, value in person.items() if value is not None},
            "logementActuel": {"occupations": ["locatairePrive"], "nombreOccupants": 1},
            "logementRecherche": {"typesLogement": ["t2"], "localisations": [{"commune": "63113"}],
                                  "demandeElargie": False}}
    return {**made, **members}


def invented_word(rank, syllables):
    """Some letters that can be spoken, always the same for one rank."""
    chance = random.Random(rank)
    return "".join(chance.choice("bcdfglmnprstvz") + chance.choice("aeiou") for _ in range(syllables)).capitalize()


def invented_person(rank):
    """The demandeur of a rank: a stranger to those of all others."""
    chance = random.Random(-rank - 1)
    return {"nom": invented_word(2 * rank, 4), "prenoms": invented_word(2 * rank + 1, 3), "nir": invented_nir(rank),
            "dateNaissance": f"{chance.randrange(1940, 2005)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
            "telephones": [{"numero": f"06{rank % 100_000_000:08}"}],
            "adresse": {"numero": str(chance.randrange(1, 90)), "voie": "rue " + invented_word(3 * rank + 7, 3),
                        "codePostal": f"63{chance.randrange(470):03}", "commune": "63113"}}


def invented_nir(rank):
    number = 1_900_163_000_000 + rank
    return f"{number}{97 - number % 97:02}"


def rows(text):
    """The lines of a CSV with a header, as dictionaries."""
    return list(csv.DictReader(io.StringIO(text)))
