"""Checks the exchange with the national system on a real registry, a real HTTPS server and the real program.

usage: sne_feed.py PROGRAM REPOSITORY
"""

import json
import sys
import tempfile
import time
import unittest
from pathlib import Path

from own_registry import TIME_LIMIT_S, OwnRegistry, invented_demande, invented_person, rows
from sne_server import SneServer
from test_authority import Authority

PROGRAM, ROOT = sys.argv[1], sys.argv[2]
ACCOUNTS = {"organismes": "organisme,nom,nature,siren,depuis,acte\nnational,Système inventé,etat,,2015-01-01,essai\n",
            "habilitations": "territoire,organisme,role,au_plus,depuis,jusqua,acte\n"
                             "063,national,systeme-national,9,2015-01-01,,essai\n",
            "comptes": "compte,nature,organisme,nom,depuis,jusqua,acte\nsne,programme,national,Échange,2015-01-01,,essai\n",
            "acces": "territoire,compte,role,organisme,depuis,jusqua,acte,revue\n"
                     "063,sne,systeme-national,national,2015-01-01,,essai,2099-01-01\n"}
AS_SNE = ["--as", "sne", "--role", "systeme-national", "--purpose", "echange"]


class SneFeed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.registry = OwnRegistry(PROGRAM, ROOT)
        cls.addClassCleanup(cls.registry.close)
        cls.registry.load_tables()
        accounts = cls.registry.base / "accounts"
        accounts.mkdir()
        for name, text in ACCOUNTS.items():
            (accounts / f"{name}.csv").write_text(text, encoding="utf-8")
        cls.registry.finish(cls.registry.start("reference", "--tables", accounts))
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.authority = Authority(Path(cls.folder.name))
        cls.client = cls.authority.issue("client")
        cls.server_files = cls.authority.issue("server")
        cls.rank = 0

    def setUp(self):
        self.server = SneServer(*self.server_files, self.authority.folder / "ca.pem").open()
        self.addCleanup(self.server.close)
        self.addCleanup(lambda: self.assertEqual(self.server.wrong, []))
        self.registry.sql("UPDATE outbox SET acknowledged_at = created_at WHERE acknowledged_at IS NULL")

    # What is done by the real program.

    def run_program(self, verb, *arguments, status=0):
        process = self.registry.start(verb, *arguments)
        out, errors = process.communicate(timeout=TIME_LIMIT_S)
        self.assertEqual(process.returncode, status, out + errors)
        return out

    def reach(self):
        return ["--host", "127.0.0.1", "--port", self.server.port, "--certificate", self.client[0], "--key",
                self.client[1], "--authorities", self.authority.folder / "ca.pem"]

    def send(self, *arguments, status=0):
        [report] = rows(self.run_program("sne send", "--territory", "063", *AS_SNE, *self.reach(), *arguments,
                                         status=status))
        return report

    def send_all(self):
        """Until nothing is due: what was put off is due at once."""
        self.due_now()
        return self.send()

    def due_now(self):
        self.registry.sql("UPDATE outbox SET due_at = '2020-01-01' WHERE acknowledged_at IS NULL AND quarantined_at IS NULL")

    def pull(self, *arguments, status=0):
        out = self.run_program("sne pull", "--territory", "063", *AS_SNE, *self.reach(), *arguments, status=status)
        return {row["service"]: row for row in rows(out)}

    def receipts(self):
        return rows(self.run_program("sne receipts", "--territory", "063", "--limit", 1000))

    def register(self, **members):
        """The number of a new demande of a stranger."""
        SneFeed.rank += 1
        file = self.registry.base / "demande.json"
        file.write_text(json.dumps(invented_demande(invented_person(SneFeed.rank), **members)), encoding="utf-8")
        [row] = rows(self.run_program("register", "--territory", "063", "--format", "cerfa", "--key", f"feed-{SneFeed.rank}",
                                      "--in", file))
        return row["numero"]

    def change(self, verb, numero):
        """A modification or a renewal."""
        SneFeed.rank += 1
        file = self.registry.base / "demande.json"
        shown = json.loads(self.run_program("show", numero))
        shown["logementRecherche"]["typesLogement"] = ["t3"]
        file.write_text(json.dumps(shown), encoding="utf-8")
        self.run_program(verb, numero, "--format", "cerfa", "--key", f"feed-{SneFeed.rank}", "--in", file)

    def told(self, *numeros):
        """Types and numbers of what arrived of some demandes, in order."""
        return [(kind, numero) for kind, numero, _ in self.server.documents() if numero in numeros]

    def waiting(self):
        return int(self.registry.sql("SELECT count(*) FROM outbox WHERE recipient = 'sne' AND acknowledged_at IS NULL "
                                     "AND quarantined_at IS NULL")[0])

    # What is asked of it.

    def test_each_change_arrives_once_and_in_order(self):
        first, second = self.register(), self.register()
        self.change("modify", first)
        self.change("renew", first)
        report = self.send()
        self.assertEqual((report["accepted"], report["refused"], report["passing"]), ("4", "0", "0"))
        self.assertEqual(self.told(first), [("CRE", first), ("MOD", first), ("REN", first)])
        self.assertEqual(self.told(second), [("CRE", second)])
        self.assertEqual(len(self.server.attempts), 4)
        self.assertEqual(self.send()["accepted"], "0")
        self.assertEqual({row["outcome"] for row in self.receipts() if row["file"] in self.server.received}, {"accepted"})
        self.assertEqual(self.waiting(), 0)

    def test_each_change_says_what_the_demande_was_then(self):
        numero = self.register()
        self.change("modify", numero)
        self.send()
        wanted = [[place.attrib["code"] for place in root.iter("{http://nuu.application.i2/}typeLogement")]
                  for _, told, root in self.server.documents() if told == numero]
        self.assertEqual(len(wanted), 2)
        self.assertNotEqual(wanted[0], wanted[1])

    def test_a_radiation_and_an_erasure_are_told_by_number_alone(self):
        numero = self.register()
        self.server.radiated = [(numero, "2026-02-02", "RADABA")]
        self.pull("--since", "2026-01-01")
        self.send()
        self.run_program("erase", numero, "--act", "essai")
        self.send_all()
        self.assertEqual(self.told(numero), [("CRE", numero), ("RAD", numero), ("SUP", numero)])
        radiation, deletion = list(self.server.received.values())[-2:]
        self.assertIn(b'motifRadiation code="RADABA"', radiation)
        self.assertIn(b"<ns1:dateRadiation>2026-02-02<", radiation)
        for document in (radiation, deletion):
            self.assertRegex(document, rb"<ns1:dateFichier>20[0-9-]{8}T[0-9:]{8}\+0[12]:00<")
            self.assertNotIn(b"ns1:nom>", document)
            self.assertIn(b"<ns1:dateCreationDemande>2026-01-05<", document)

    def test_a_demande_that_was_erased_before_its_line_left_is_only_deleted(self):
        numero = self.register()
        self.run_program("erase", numero, "--act", "essai")
        self.send()
        self.assertEqual(self.told(numero), [("SUP", numero)])

    def test_a_demande_that_was_merged_before_its_line_left_waits_for_a_person(self):
        kept, other = self.register(), self.register()
        self.run_program("merge", kept, other, "--act", "essai")
        self.assertEqual(self.send(status=1)["code"], "FUSION")
        self.assertEqual(self.told(kept, other), [("CRE", kept)])

    def test_receipts_go_with_their_line(self):
        self.register()
        self.send()
        self.assertTrue(self.receipts())
        self.registry.sql("UPDATE outbox SET acknowledged_at = '2020-01-01' WHERE quarantined_at IS NULL")
        self.run_program("purge")
        self.assertEqual({row["outcome"] for row in self.receipts()} - {"refused"}, set())

    def test_files_that_cannot_be_used_begin_nothing(self):
        self.register()
        begun = len(self.receipts())
        self.run_program("sne send", "--territory", "063", *AS_SNE, *[Path("/nowhere") if part == self.client[1] else part for part in self.reach()],
                         status=2)
        self.assertEqual(len(self.receipts()), begun)

    def test_down_for_a_while_then_everything_arrives(self):
        self.server.close()
        numeros = [self.register() for _ in range(3)]
        report = self.send(status=1)
        self.assertEqual((report["accepted"], report["passing"], report["code"]), ("0", "1", "connexion"))
        self.assertEqual(self.waiting(), 3)
        self.server.open()
        self.send_all()
        self.assertEqual(sorted(self.told(*numeros)), sorted(("CRE", numero) for numero in numeros))
        self.assertEqual(self.waiting(), 0)

    def test_whatever_is_no_answer_passes_and_is_sent_again_under_the_same_name(self):
        for mode, code in (("503", "http-503"), ("failure", "faute-recepteur"), ("nonsense", "illisible"), ("cut", "coupure"),
                           ("hang", "delai")):
            with self.subTest(mode):
                numero = self.register()
                self.server.mode = mode
                report = self.send("--exchange-seconds", 1, status=1)
                self.assertEqual((report["passing"], report["code"]), ("1", code))
                self.server.mode = "up"
                before = list(self.server.attempts)
                self.send_all()
                self.assertEqual(self.told(numero), [("CRE", numero)])
                if mode != "503":  # it had arrived: the same name came again
                    self.assertEqual(self.server.attempts[-1], before[-1])
                outcomes = [row["outcome"] for row in self.receipts() if row["file"] == self.server.attempts[-1]]
                self.assertEqual(outcomes, ["accepted", "passing"])

    def test_a_slow_answer_is_an_answer(self):
        self.register()
        self.server.mode = "slow"
        self.assertEqual(self.send()["accepted"], "1")

    def test_an_anomaly_is_left_to_a_person_and_what_follows_waits(self):
        numero, other = self.register(), self.register()
        self.server.anomalies[numero] = "CTRL_DEM_0033"
        self.change("modify", numero)
        report = self.send(status=1)
        self.assertEqual((report["accepted"], report["refused"], report["code"]), ("1", "1", "CTRL_DEM_0033"))
        self.due_now()
        self.assertEqual(self.send()["accepted"], "0")
        self.assertEqual(self.told(numero, other).count(("MOD", numero)), 0)
        self.assertEqual(self.registry.sql("SELECT reason FROM outbox WHERE quarantined_at IS NOT NULL AND acknowledged_at IS NULL"),
                         ["CTRL_DEM_0033"])
        [line] = [row for row in self.receipts() if row["code"] == "CTRL_DEM_0033"]
        self.run_program("outbox requeue", "--territory", "063", "--recipient", "sne", line["demande"], line["rank"])
        self.run_program("outbox requeue", "--territory", "063", "--recipient", "sne", line["demande"], line["rank"], status=1)
        self.server.anomalies.clear()
        self.send_all()
        self.assertEqual(self.told(numero), [("CRE", numero), ("MOD", numero)])

    def test_killed_in_the_middle_nothing_is_lost_and_nothing_counts_twice(self):
        numeros = [self.register() for _ in range(4)]
        self.server.mode = "slow"
        process = self.registry.start("sne send", "--territory", "063", *AS_SNE, *self.reach(), "--lease", 1)
        deadline = time.monotonic() + TIME_LIMIT_S
        while len(self.server.attempts) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.kill()
        process.communicate(timeout=TIME_LIMIT_S)
        self.server.mode = "up"
        self.send_all()
        self.assertEqual(self.waiting(), 0)
        self.assertEqual(sorted(self.told(*numeros)), sorted(("CRE", numero) for numero in numeros))
        self.assertGreater(len(self.server.attempts), len(self.server.received))
        self.assertEqual(sum(row["outcome"] == "sent" for row in self.receipts()), 1)

    def test_what_the_sne_has_recognised_and_radiated_happens_here_once(self):
        dalo, gone, housed, refused = (self.register() for _ in range(4))
        stranger = "0630120900001G6301"
        self.server.dalo = [(dalo, "2026-02-01"), (stranger, "2026-02-01")]
        self.server.radiated = [(gone, "2026-02-02", "RADABA"), (refused, "2026-02-02", "RADREN")]
        told = self.pull("--since", "2026-01-01", status=1)
        self.assertEqual([told["dalo"][name] for name in ("taken", "settled", "unknown", "refused", "unread")],
                         ["1", "0", "1", "0", "0"])
        self.assertEqual([told["radiations"][name] for name in ("taken", "settled", "unknown", "refused", "unread")],
                         ["1", "0", "0", "1", "0"])
        again = self.pull("--since", "2026-01-01", status=1)
        self.assertEqual(again, told)
        kinds = {numero: [row["kind"] for row in rows(self.run_program("events", numero))]
                 for numero in (dalo, gone, housed, refused)}
        self.assertEqual(kinds, {dalo: ["registration", "dalo_recognised"], gone: ["registration", "withdrawn"],
                                 housed: ["registration"], refused: ["registration"]})
        self.assertEqual(self.registry.sql("SELECT count(*) FROM inbox WHERE body_id = 'national' AND demande_id IS NULL"), ["2"])

    def test_a_service_is_asked_from_where_it_was_left(self):
        self.server.mode = "503"
        self.assertEqual(self.pull(status=1)["dalo"]["code"], "http-503")
        before = self.registry.sql("SELECT since FROM feed_cursor ORDER BY service")
        self.server.mode = "up"
        self.server.dalo, self.server.radiated = [], []
        self.pull()
        after = self.registry.sql("SELECT since FROM feed_cursor ORDER BY service")
        self.assertEqual(len(after), 2)
        self.assertNotEqual(before, after)
        self.server.asked.clear()
        self.pull()
        self.assertEqual([date[:13] for _, date in self.server.asked],
                         [since.replace(" ", "T")[:13] for since in self.registry.sql(
                             "SELECT to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24') FROM feed_cursor ORDER BY service")] )

    def test_a_server_that_is_not_the_one_asked_gets_nothing(self):
        self.server.close()
        self.server.files = (*self.authority.issue("stranger", "DNS:autre.example.org"), self.server.files[2])
        self.server.open()
        self.register()
        self.assertEqual(self.send(status=1)["code"], "certificat")
        self.assertEqual(self.server.attempts, [])
        self.server.close()
        self.server.files = (*self.server_files, self.server.files[2])
        self.server.open()
        self.send_all()
        self.assertEqual(self.waiting(), 0)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
