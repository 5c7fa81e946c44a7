"""The marked demande of tests/canary.py through the door of the SNE services: neither log nor refusal may repeat it."""

import http.client
import json
import signal
import ssl
import subprocess
import time
from pathlib import Path

from served_registry import SERVICE, posted
from test_authority import Authority

TABLES = {
    "organismes": "organisme,nom,nature,siren,depuis,acte\nporte,Organisme inventé,bailleur,,2015-01-01,essai\n",
    "guichets": "territoire,guichet,organisme,nom,depuis,acte,fondement,portee\n"
                "063,G6388,porte,Guichet inventé,2015-01-01,essai,CCH R441-2-1,tous\n",
    "ressorts": "territoire,organisme,communes,depuis,jusqua,acte\n063,porte,*,2015-01-01,,essai\n",
    "habilitations": "territoire,organisme,role,au_plus,depuis,jusqua,acte\n063,porte,systeme-guichet,,2015-01-01,,essai\n",
    "comptes": "compte,nature,organisme,nom,depuis,jusqua,acte\nporte.guichet,programme,porte,Logiciel,2015-01-01,,essai\n",
    "acces": "territoire,compte,role,organisme,depuis,jusqua,acte,revue\n"
             "063,porte.guichet,systeme-guichet,porte,2015-01-01,,essai,2099-01-01\n"}
START_S = 60


def demandes_come_through_the_door(canary):
    folder = Path(canary.here) / "door"
    folder.mkdir(mode=0o755)
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    canary.on("reference", "--tables", folder)
    authority = Authority(folder)
    files = {name: authority.issue(name) for name in ("server", "client", "stranger")}
    canary.on("access certificate", "porte.guichet", "--territory", "063", "--file", files["client"][0], "--act", "essai")
    conf, log = folder / "serve.conf", folder / "serve.log"
    conf.write_text(f"port = 0\nwatch-port = 0\ncertificate = {files['server'][0]}\nkey = {files['server'][1]}\n"
                    f"authorities = {folder / 'ca.pem'}\ndata = {canary.registry.data}\nday-minutes = 0\nstop-seconds = 5\n")
    with log.open("wb") as out:
        running = canary.start(["serve"], "--config", conf, stdout=subprocess.DEVNULL, stderr=out)
        try:
            ports = listened(log, running)
            for identity in ("client", "stranger"):
                ask_all(canary, lambda request: post(folder, ports[0], files[identity], request))
            canary.clean("figures of serve", figures(ports[1]))
        finally:
            running.send_signal(signal.SIGTERM)
            canary.check(running.wait(timeout=START_S) == 0, "serve does not stop well")
    canary.check(log.read_bytes().count(b'"event":"request"') > 8, "serve was asked nothing")
    canary.clean("log of serve", log.read_bytes())


def ask_all(canary, ask):
    """Right and wrong requests; what refuses one says nothing of it."""
    whole = canary.run("convert", "--from", "cerfa", "--to", "sne", "--in", canary.file)[1]
    wrong = {"cut": whole[:len(whole) * 2 // 3], "strange": b"<html>" + canary.marks.text().encode() + b"</html>",
             "spoilt": whole.replace(b"<ns1:dateNaissance>", b"<ns1:dateNaissance>" + canary.marks.text().encode(), 1)}
    for operation in ("getNumUnique", "getDoublons"):
        ask(posted(operation, {}, whole))
        for name, document in wrong.items():
            canary.clean(f"serve, {operation} of a document that is {name}", ask(posted(operation, {}, document)))
    for operation, field in (("getDemandeLogement", "numUnique"), ("getNouveauxDaloDepuisLe", "dateNouveauDaloDepuisLe"),
                             ("declarationNouveauDalo", "numUnique")):
        canary.clean(f"serve, {operation} of nonsense", ask(posted(operation, {field: canary.marks.text()})))


def post(folder, port, files, request):
    kind, body = request
    context = ssl.create_default_context(cafile=folder / "ca.pem")
    context.load_cert_chain(*map(str, files))
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=START_S, context=context)
    try:
        connection.request("POST", SERVICE, body, {"Content-Type": kind})
        return connection.getresponse().read()
    finally:
        connection.close()


def figures(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_S)
    try:
        connection.request("GET", "/metriques")
        return connection.getresponse().read()
    finally:
        connection.close()


def listened(log, running):
    """The ports that the log tells: that of partners, that of who watches."""
    for _ in range(START_S * 10):
        text = log.read_text(encoding="utf-8")
        lines = [json.loads(line) for line in text[:text.rfind("\n") + 1].splitlines()]
        ports = [line["port"] for line in lines if line["event"] == "listen"]
        if len(ports) == 2:
            return ports
        if running.poll() is not None:
            raise RuntimeError("serve does not start")
        time.sleep(0.1)
    raise RuntimeError("serve does not start")
