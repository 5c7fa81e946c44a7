"""Faults of the doors of `passerelle serve`: what dawdles, breaks, storms, dies. Nothing lost, nothing twice, no thread stuck.

usage: sne_door_faults.py PROGRAM REPOSITORY
"""

import http.client
import signal
import socket
import ssl
import struct
import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from own_registry import TIME_LIMIT_S, rows
from served_registry import ROOT, SERVICE, TABLES, posted
from sne_demande import days_ago, radiated
from sne_door_clients import SECOND_BODY, DoorClients
from test_authority import Authority

WIRE = ROOT / "tests/data/sne-wire"
BODY_LIMIT = 8 * 1024 * 1024
DEPOSITED = "PAS_REG_015"
UNKNOWN_CALLER = "PAS-ACC-001"
IMPATIENT = {"handshake_seconds": 2, "head_seconds": 2, "idle_seconds": 4, "grace_seconds": 2, "bytes_a_second": 65536}
EACH = 25  # clients of a kind that dawdle at once


class FaultsOfTheDoor(DoorClients):
    # What is asked of it: broken messages.

    def test_every_kept_message_gets_a_clear_answer(self):
        self.serve()
        expected = {}
        for row in rows((WIRE / "expected.csv").read_text(encoding="utf-8")):
            expected.setdefault(row["file"], []).append(row["fault"])
        self.assertEqual(sorted(expected), sorted(file.name for file in WIRE.glob("*.http")))
        for file, codes in expected.items():
            with self.subTest(file):
                head, _, body = (WIRE / file).read_bytes().partition(b"\r\n\r\n")
                connection = self.dial()
                connection.sendall(head + f"\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                status, text = self.answer_on(connection)
                self.envelope(text)
                self.assertNotIn("Canari-7f3a", text)
                self.assertEqual([code for code in codes if code not in text], [])
                if codes != [""]:
                    self.assertEqual(status, 500 if "soap:VersionMismatch" in text or "soap:MustUnderstand" in text else 400, text)
                elif file == "declaration_dalo.http":
                    self.assertEqual((status, UNKNOWN_CALLER in text), (400, True), text)
                else:
                    self.assertEqual(status, 200, text)
        self.numero_of("guichet", self.household(1))

    def test_a_message_that_stops_short_is_ended_by_its_deadline(self):
        self.serve(**IMPATIENT)
        begun = time.monotonic()
        silent, gone = [], []
        for file in sorted(WIRE.glob("*.http")):
            head, _, body = file.read_bytes().partition(b"\r\n\r\n")
            cut = head + f"\r\nContent-Length: {len(body) + 1}\r\n\r\n".encode() + body
            for kept in (silent, gone):
                kept.append(self.dial())
                kept[-1].sendall(cut)
        for connection in gone:
            connection.close()
        for connection in silent:
            status, text = self.answer_on(connection)
            self.assertEqual((status, "corps trop lent" in text), (408, True), text)
        self.assertLess(time.monotonic() - begun, 30)
        self.numero_of("guichet", self.household(1))

    def test_a_body_over_the_limit_is_refused_and_nothing_is_done(self):
        self.serve()
        before = self.done_for_volcan()
        told = self.dial()
        told.sendall(self.head(BODY_LIMIT + 1))
        self.assertEqual(self.answer_on(told), (413, "corps trop long\n"))
        invited = self.dial()
        invited.sendall(self.head(BODY_LIMIT + 1).replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
        self.assertEqual(self.answer_on(invited)[0], 413)
        chunked = self.dial()
        chunked.sendall(self.head(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked"))
        try:
            for _ in range(BODY_LIMIT // 65536 + 2):
                chunked.sendall(b"10000\r\n" + bytes(65536) + b"\r\n")
        except OSError:
            pass  # it has been refused already
        self.assertEqual(self.answer_on(chunked)[0], 413)
        whole = self.dial()
        whole.sendall(self.head(BODY_LIMIT, posted("getNumUnique", {})[0]) + bytes(BODY_LIMIT))
        status, text = self.answer_on(whole)
        self.assertEqual((status, "PAS-MIM-002" in text), (400, True), text)
        self.assertEqual(self.done_for_volcan(), before)
        self.numero_of("guichet", self.household(1))
        self.assertNotEqual(self.done_for_volcan(), before)

    def done_for_volcan(self):
        """Messages kept, and decisions written down."""
        return self.count("inbox", "body_id = 'volcan'"), self.count("audit_leaf", "body_id = 'volcan'")

    # Clients that take their time.

    def test_who_dawdles_is_ended_while_others_are_served(self):
        self.serve(**IMPATIENT)
        self.numero_of("guichet", self.household(0))
        threads, descriptors = self.taken()
        heads, bodies = ([self.begin(said) for _ in range(EACH)] for said in (b"POST ", self.head(1_000_000)))
        dripping = threading.Thread(target=self.drip, args=(heads + bodies,))
        dripping.start()
        # Who asks much and reads nothing.
        deaf = [self.begin(f"GET {SERVICE}?wsdl HTTP/1.1\r\nHost: essai\r\n\r\n".encode() * 1000) for _ in range(EACH)]
        silent, half, idle = ([make() for _ in range(EACH)] for make in (self.call, self.half_shaken, self.dial))
        for rank in range(1, 16):
            begun = time.monotonic()
            self.numero_of("guichet", self.household(rank))
            self.assertLess(time.monotonic() - begun, 10)
        dripping.join()
        self.assert_ended(silent + half + idle + heads + bodies + deaf)
        for reason, kinds in (("head_time", 1), ("body_time", 1), ("handshake_time", 2), ("answer_time", 1)):
            self.assertEqual(self.figure(f'http_refused_total{{reason="{reason}"}}'), kinds * EACH, reason)
        # The pool may have opened two connections to the database meanwhile.
        self.eventually(True, lambda: self.taken()[0] == threads and self.taken()[1] <= descriptors + 2)
        self.numero_of("guichet", self.household(20))

    # Who asks.

    def test_a_certificate_that_is_no_good_is_refused_by_tls(self):
        strange = self.folder / "strange"
        strange.mkdir()
        self.files.update(expired=self.authority.issue_expired("expired"), lost=self.authority.issue("lost"),
                          strange=Authority(strange).issue("guichet"))
        self.run_program("access certificate", "volcan.guichet", "--territory", "063", "--file", self.files["lost"][0], "--act", "essai")
        self.serve(revocations=self.authority.list_revoked())
        message = posted("getNumUnique", {}, self.household(1))
        kept = self.connect("lost")
        self.assertEqual(self.post(kept, message)[0], 200)
        self.authority.revoke(self.files["lost"][0])
        self.authority.list_revoked()
        self.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.lines("certificates", 1)[0]["outcome"], "renewed")
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            for _ in range(2):  # one answer may have been under way
                self.post(kept, message)
        for identity, alert, reason in (("lost", "revoked", "certificate_revoked"), ("expired", "expired", "certificate_expired"),
                                        ("strange", "unknown ca", "certificate_unknown")):
            self.assertIn(alert, self.alert_to(identity))
            self.assertGreaterEqual(self.figure(f'http_refused_total{{reason="{reason}"}}'), 1)
        status, text = self.ask("inconnu", "getNumUnique", document=self.household(1))
        self.assertEqual((status, UNKNOWN_CALLER in text), (400, True), text)
        self.assertIn(UNKNOWN_CALLER, self.ask("inconnu", "getDoublons", message=("text/plain", b"x"))[1])
        self.assertEqual(self.kinds(self.numero_of("guichet", self.household(1))), ["registration"])

    def alert_to(self, identity):
        """What TLS tells a certificate that it refuses."""
        with self.assertRaises(ssl.SSLError) as told:
            self.dial(identity).recv(1)
        return str(told.exception)

    def test_rights_that_end_are_gone_from_a_connection_that_stays_open(self):
        self.serve()
        kept = self.connect("lac")
        document = self.household(1, guichet="G6330")
        asked = [posted("getNumUnique", {}, document), posted("getDoublons", {}, document)]
        numero = self.learned(self.numero_in(self.post(kept, asked[0])[1]))
        asked.append(posted("getDemandeLogement", {"numUnique": numero}))
        for shut, open_again in ((self.withdraw_certificate, self.give_certificate_back), (self.revoke_access, self.load_access)):
            for message in asked:
                self.assertIn(numero, self.post(kept, message)[1])
            shut()
            for message in asked:
                status, text = self.post(kept, message)
                self.assertEqual((status, UNKNOWN_CALLER in text, numero in text), (400, True, False), text)
            open_again()
        self.assertIn(numero, self.post(kept, asked[0])[1])
        self.assertEqual(self.kinds(numero), ["registration"])

    def withdraw_certificate(self):
        self.registry.sql("UPDATE certificate SET validity = 'empty' WHERE account_id = 'lac.guichet'")

    def give_certificate_back(self):
        self.registry.sql("UPDATE certificate SET validity = daterange('2015-01-01', NULL) WHERE account_id = 'lac.guichet'")

    def revoke_access(self):
        self.run_program("access revoke", "lac.guichet", "--access", "systeme-guichet", "--for", "lac", "--act", "essai", "--territory", "063")

    def load_access(self):
        """Another act opens what one has ended: a table, loaded while the gateway serves."""
        tables = self.registry.base / "act"
        tables.mkdir()
        line = f"063,lac.guichet,systeme-guichet,lac,{days_ago(0)},,autre essai,2099-01-01\n"
        (tables / "acces.csv").write_text(TABLES["acces"].splitlines()[0] + "\n" + line, encoding="utf-8")
        self.run_program("reference", "--tables", tables)

    # Storms, another order, answers that nobody reads.

    def test_a_storm_of_one_file_or_of_one_household_is_one_demande(self):
        self.serve()
        [numero] = {self.numero_in(text) for text in self.storm([("guichet", self.household(1))] * 200, 16)}
        self.learned(numero)
        files = [(identity, self.household(2, guichet=guichet, revenu=10_000 + rank)) for rank in range(20)
                 for identity, guichet in (("guichet", "G6310"), ("lac", "G6330"))]
        [other] = {self.numero_in(text) for text in self.storm(files, 16)}
        self.learned(other)
        self.assertEqual(self.kinds(numero), ["registration"])
        self.assertEqual(sorted(self.kinds(other)), ["filed_again"] * 39 + ["registration"])
        self.eventually(0, self.waiting)
        self.assertEqual([self.told(numero), self.told(other), len(self.national.attempts)], [["CRE"], ["CRE"], 2])

    def test_an_answer_that_nobody_reads_is_the_same_when_asked_again(self):
        self.serve()
        before = self.count("event", "kind = 'registration'")
        files = [("guichet", self.household(rank)) for rank in range(20)]
        for _, document in files:
            kind, body = posted("getNumUnique", {}, document)
            gone = self.dial()
            gone.sendall(self.head(len(body), kind) + body)
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            gone.close()
        numeros = {self.learned(self.numero_in(text), text) for text in self.storm(files, 8)}
        self.assertEqual((len(numeros), self.count("event", "kind = 'registration'") - before), (20, 20))

    def test_what_comes_in_another_order_is_answered_clearly(self):
        self.serve()
        unknown = self.learned("0630120900001G6310")
        # A change of a demande that nobody knows: who imports deposits the household, which has its number later.
        modified = self.household(1, "MOD", unknown)
        self.assertEqual(self.code_of("si", modified), DEPOSITED)
        self.eventually(True, lambda: "listeAnomalie" not in self.ask("si", "getNumUnique", document=modified)[1])
        self.assertEqual(self.code_of("guichet", radiated("0630120900002G6310", days_ago(0))), "PAS_ACC_002")
        self.assertEqual(self.code_of("si", radiated("0630120900002G6310", days_ago(0))), "PAS_REG_009")
        # A radiation told twice, by one file and by another; then what a radiated demande does not live.
        numero = self.numero_of("guichet", self.household(2))
        for _ in range(2):
            self.assertEqual(self.numero_of("si", radiated(numero, days_ago(0))), numero)
        self.assertEqual(self.code_of("si", radiated(numero, days_ago(0), at=days_ago(0) + "T08:00:00+01:00")), "PAS_VIE_002")
        for kind in ("REN", "MOD"):
            self.assertEqual(self.code_of("si", self.household(2, kind, numero, revenu=9000)), "PAS_VIE_002")
            self.assertEqual(self.code_of("guichet", self.household(2, kind, numero, revenu=9000)), "PAS_ACC_002")
        self.assertEqual(self.numero_of("guichet", self.household(2)), numero)
        self.assertEqual(self.kinds(numero), ["registration", "withdrawn"])
        self.eventually(["CRE", "RAD"], lambda: self.told(numero))
        self.assertEqual(self.national.wrong, [])

    # An SNE that is not there, or not itself.

    def test_an_sne_down_for_a_day_gets_each_change_once_and_in_order(self):
        self.national.close()
        self.serve()
        numeros = [self.numero_of("guichet", self.household(rank)) for rank in range(6)]
        for kind, revenu in (("MOD", 13_000), ("REN", 14_000)):
            for rank, numero in enumerate(numeros):
                self.assertEqual(self.numero_of("guichet", self.household(rank, kind, numero, revenu=revenu)), numero)
        self.eventually(True, lambda: "connexion" in self.codes())
        self.national.open()
        self.eventually([["CRE", "MOD", "REN"]] * 6, lambda: [self.due_now(), *map(self.told, numeros)][1:])
        self.eventually(0, self.waiting)
        self.assertEqual((len(self.national.attempts), self.national.wrong), (18, []))

    def test_an_sne_that_answers_nonsense_is_told_again_and_nothing_is_lost(self):
        self.serve()
        numeros = []
        for rank, (mode, code) in enumerate((("503", "http-503"), ("failure", "faute-recepteur"), ("nonsense", "illisible"), ("cut", "coupure"),
                                             ("noise", "non-http"), ("endless", "taille"))):
            self.national.mode = mode
            numeros.append(self.numero_of("guichet", self.household(rank)))
            self.eventually(True, lambda wanted=code: wanted in self.codes())
        self.national.mode = "up"
        numeros.append(self.numero_of("guichet", self.household(10)))
        self.national.renamed[numeros[-1]] = numeros[0]
        self.eventually(True, lambda: "autre-numero" in self.codes())
        self.assertEqual(self.waiting(), 7)
        # A person looks at what was refused, and lets it go again.
        self.national.renamed.clear()
        [line] = rows(self.run_program("outbox refused", "--territory", "063", "--recipient", "sne"))
        self.run_program("outbox requeue", "--territory", "063", "--recipient", "sne", line["demande"], line["rank"])
        self.eventually([["CRE"]] * 7, lambda: [self.due_now(), *map(self.told, numeros)][1:])
        self.eventually(0, self.waiting)
        receipts = rows(self.run_program("sne receipts", "--territory", "063", "--limit", 1000))
        outcomes = [{row["outcome"] for row in receipts if row["file"] == file} for file in self.national.received]
        self.assertEqual(outcomes.count({"accepted", "passing"}), 6, outcomes)
        self.assertEqual(outcomes.count({"accepted", "refused"}), 1, outcomes)
        self.assertEqual(self.national.wrong, [])

    def test_an_sne_that_hangs_holds_nobody_and_nothing_back(self):
        self.national.mode = "hang"
        self.serve()
        self.eventually(1, lambda: len(self.national.asked))
        numeros = [self.numero_of("guichet", self.household(0))]
        self.stop_soon()
        self.national.mode = "up"
        self.serve()
        self.eventually(["CRE"], lambda: self.told(numeros[0]))
        self.eventually(3, lambda: len(self.national.asked))
        self.national.mode = "hang"
        numeros.append(self.numero_of("guichet", self.household(1)))
        self.eventually(2, lambda: len(self.national.attempts))
        numeros.append(self.numero_of("guichet", self.household(2)))
        self.stop_soon()
        self.national.mode = "up"
        self.serve()
        self.eventually([["CRE"]] * 3, lambda: [self.due_now(), *map(self.told, numeros)][1:])
        self.eventually(0, self.waiting)
        self.assertEqual(self.national.wrong, [])

    def stop_soon(self):
        """Nothing that is asked of the SNE holds a stop."""
        begun = time.monotonic()
        self.end()
        self.assertLess(time.monotonic() - begun, 10)

    # A gateway that dies.

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=TIME_LIMIT_S)

    def test_killed_under_load_each_household_is_there_once(self):
        self.serve()
        before = self.count("event", "kind = 'registration'")
        files = [("guichet" if rank % 4 else "si", self.household(rank)) for rank in range(160)]
        answered = {}

        def ask(rank):
            try:
                answered[rank] = self.numero_in(self.ask(files[rank][0], "getNumUnique", document=files[rank][1])[1])
            except (OSError, http.client.HTTPException):
                pass  # killed

        with ThreadPoolExecutor(20) as crew:
            done = crew.map(ask, range(len(files)))
            self.eventually(True, lambda: len(answered) >= 60)
            self.kill()
            list(done)
        self.assertLess(len(answered), len(files))
        self.serve()
        self.storm(files, 16)
        self.eventually(0, lambda: self.count("deposit", "settled_at IS NULL"))
        numeros = [self.learned(self.numero_in(text), text) for text in self.storm(files, 16)]
        self.assertEqual((len(set(numeros)), self.count("event", "kind = 'registration'") - before), (160, 160))
        self.assertEqual({rank: numero for rank, numero in answered.items() if numero and numero != numeros[rank]}, {})
        self.eventually(160, lambda: [self.due_now(), len(self.national.documents())][1])
        self.eventually(0, self.waiting)
        self.assertEqual(sorted(self.told_numeros()), sorted(("CRE", numero) for numero in numeros))
        self.assertEqual(self.national.wrong, [])

    def test_who_watches_is_told_that_the_registry_is_gone_and_back(self):
        def ready(status):
            for _ in range(200):
                connection = http.client.HTTPConnection("127.0.0.1", self.watch, timeout=TIME_LIMIT_S)
                connection.request("GET", "/pret")
                answer = connection.getresponse()
                text = answer.read().decode()
                connection.close()
                if answer.status == status:
                    return text
                time.sleep(0.1)
            raise AssertionError(f"/pret never answers {status}")
        self.serve()
        ready(200)
        self.registry.sql("ALTER ROLE passerelle_application NOLOGIN")
        try:
            self.registry.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'passerelle_application%'")
            self.assertIn("registre injoignable", ready(503))
            self.assertEqual(self.ask("guichet", "getNumUnique", document=self.household(1))[0], 500)
        finally:
            self.registry.sql("ALTER ROLE passerelle_application LOGIN")
        ready(200)
        self.numero_of("guichet", self.household(1))
        self.assertEqual([line["outcome"] for line in self.logged("registry")], ["lost", "reached"])

    def test_connections_to_the_database_that_are_cut_are_made_again(self):
        self.serve()
        before = self.count("event", "kind = 'registration'")
        files = [("guichet" if rank % 4 else "si", self.household(rank)) for rank in range(80)]
        with ThreadPoolExecutor(8) as crew:
            asked = [crew.submit(self.ask, identity, "getNumUnique", document=document) for identity, document in files]
            for _ in range(5):
                self.registry.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'passerelle_application%'")
                time.sleep(0.1)
            answers = [one.result() for one in asked]
        for status, text in answers:
            self.envelope(text)
            self.assertEqual(status == 500, "soap:Receiver" in text, text)
        self.storm(files, 8)
        self.eventually(0, lambda: self.count("deposit", "settled_at IS NULL"))
        numeros = [self.learned(self.numero_in(text), text) for text in self.storm(files, 8)]
        self.assertEqual((len(set(numeros)), self.count("event", "kind = 'registration'") - before), (80, 80))
        self.eventually(80, lambda: [self.due_now(), len(self.national.documents())][1])

    def test_deposits_that_waited_when_it_was_killed_are_settled_when_it_is_back(self):
        self.serve()
        self.numero_of("guichet", self.household(0))
        files = [("si", self.household(rank)) for rank in range(1, 31)]
        locked = self.registry.start_psql("LOCK TABLE demande IN SHARE MODE; SELECT pg_sleep(600)")
        self.addCleanup(locked.wait, timeout=TIME_LIMIT_S)
        self.addCleanup(locked.kill)
        self.eventually(1, lambda: self.count("pg_locks", "mode = 'ShareLock' AND granted AND relation = 'demande'::regclass"))
        self.assertEqual([DEPOSITED in text for text in self.storm(files, 8)], [True] * 30)
        self.kill()
        self.registry.sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE mode = 'ShareLock' AND relation = 'demande'::regclass")
        waited = self.count("deposit", "settled_at IS NULL")
        self.assertGreater(waited, 25)
        self.serve()
        self.eventually(0, lambda: self.count("deposit", "settled_at IS NULL"))
        numeros = {self.learned(self.numero_in(text), text) for text in self.storm(files, 8)}
        self.assertEqual(len(numeros), 30)
        self.eventually(sorted(("CRE", numero) for numero in numeros),
                        lambda: [self.due_now(), sorted(line for line in self.told_numeros() if line[1] in numeros)][1])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
