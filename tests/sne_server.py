"""A national system of ours, for checks: HTTPS with a client certificate, MTOM by the wire facts, written without our C++.

It keeps what it received, by file name: a name that comes again is answered as the first time and has no other effect,
and one that comes with other bytes is noted. `mode` says how it behaves; `down` is a server that is not started.
"""

import email.parser
import email.policy
import http.server
import re
import ssl
import threading
import time
import xml.etree.ElementTree as ElementTree

SOAP = "{http://www.w3.org/2003/05/soap-envelope}"
SERVICE = "{http://ws.metier.nuu.application.i2/}"
XOP = "{http://www.w3.org/2004/08/xop/include}"
DOCUMENT_SPACE = "http://nuu.application.i2/"
DOCUMENT = f"{{{DOCUMENT_SPACE}}}"
PATH = "/services/DemandeLogementImplService/"
FAILURE = "Une erreur inattendue est survenue lors du traitement de la demande."
FIELDS = {"numUniqueParametres": ["nomFichierDemande", "fichierDemande", "nomCertificat", "certificat"],
          "nouveauxDaloDepuisLeParametres": ["dateNouveauDaloDepuisLe", "nomCertificat", "certificat"],
          "demandesRadieesDepuisLeParametres": ["dateRadiationDepuisLe", "nomCertificat", "certificat"]}


class Wrong(Exception):
    """What was received is not as the wire facts say."""


def parts_of(content_type, body):
    """The parts of a message, as (header, bytes), the root first; every line ends with CRLF."""
    if re.search(rb"(?<!\r)\n", body):
        raise Wrong("a line that does not end with CRLF")
    whole = b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(whole)
    if message.get_content_type() != "multipart/related" or message.get_param("type") != "application/xop+xml":
        raise Wrong("not an MTOM message")
    found = [(part, part.get_payload(decode=True)) for part in message.get_payload()]
    start = message.get_param("start").strip("<>")
    if found[0][0]["Content-ID"].strip("<>") != start or not body.endswith(b"--"):
        raise Wrong("the root does not come first, or the end is cut")
    return message, found


def included(field, parts, encoding):
    """The bytes that stand for a field, whose part has an encoding."""
    reference = field.find(f"{XOP}Include").attrib["href"]
    [(part, content)] = [(part, content) for part, content in parts
                         if reference == "cid:" + (part["Content-ID"] or "").strip("<>")]
    if part["Content-Transfer-Encoding"] != encoding:
        raise Wrong(f"{field.tag} is not {encoding}")
    if encoding == "7bit" and any(octet > 127 for octet in content):
        raise Wrong("7bit with other octets")
    return content


def read_request(content_type, body):
    """The request element's name and its fields."""
    message, parts = parts_of(content_type, body)
    if re.search(rb"<(fichierDemande|certificat)[^>]*>\s*\r\n", parts[0][1]):
        raise Wrong("an inclusion that is not on the line of its element")
    [asked] = ElementTree.fromstring(parts[0][1]).find(f"{SOAP}Body")
    if not asked.tag.startswith(SERVICE):
        raise Wrong("an element of another service")
    name = asked.tag[len(SERVICE):]
    if [field.tag for field in asked] != FIELDS[name]:
        raise Wrong("fields missing, strange or in another order")
    action = message.get_param("action")
    if not action.startswith("http://ws.metier.nuu.application.i2/get"):
        raise Wrong("no action")
    fields = {field.tag: field.text for field in asked}
    fields["certificat"] = included(asked.find("certificat"), parts, "BASE64")
    if name == "numUniqueParametres":
        fields["fichierDemande"] = included(asked.find("fichierDemande"), parts, "7bit")
    return name, fields


def returned(kind, inner):
    """A document of ours, one demandeLogement for each text."""
    demandes = "".join(f"<ns2:demande><ns2:demandeLogement>{one}</ns2:demandeLogement></ns2:demande>" for one in inner)
    return (f'<ns2:interfaceNuu xmlns:ns2="{DOCUMENT_SPACE}" versionInterface="02.01"><ns2:entete><ns2:typeFichier code="{kind}"/>'
            f"<ns2:dateFichier>2026-01-16T02:15:00.000+01:00</ns2:dateFichier></ns2:entete>{demandes}</ns2:interfaceNuu>")


def fault(code):
    return (f"<soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code><soap:Reason>"
            f'<soap:Text xml:lang="fr">{FAILURE}</soap:Text></soap:Reason></soap:Fault>')


def wrapped(inner):
    envelope = (f'<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>{inner}</soap:Body>'
                "</soap:Envelope>")
    return ("--uuid:essai\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"\r\n"
            "Content-Transfer-Encoding: binary\r\nContent-ID: <root.message@cxf.apache.org>\r\n\r\n"
            f"{envelope}\r\n--uuid:essai--").encode()


class SneServer:
    """Listens on a port that it chooses, or on `port`; `close` ends it, what it keeps stays."""

    def __init__(self, certificate, key, authorities):
        self.files = certificate, key, authorities
        self.mode = "up"
        self.anomalies = {}    # number: code
        self.renamed = {}      # number: another one, which it is answered by
        self.dalo = []         # (number, day)
        self.radiated = []     # (number, day, code)
        self.received = {}     # file name: document, in the order of arrival
        self.attempts = []     # file names, each time
        self.asked = []        # (service, date)
        self.wrong = []
        self.port = 0
        self.lock = threading.Lock()
        self.server = None

    def open(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):  # noqa: N802, the name that http.server asks for
                outer.answer(self)

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(self.files[0], self.files[1])
        context.load_verify_locations(self.files[2])
        class Listener(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                """Who goes away in the middle is what some checks are about."""

        self.server = Listener(("127.0.0.1", self.port), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def close(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def documents(self):
        """What was received, as (type, number, document)."""
        with self.lock:
            return [self.told(document) for document in self.received.values()]

    @staticmethod
    def told(document):
        root = ElementTree.fromstring(document)
        return (root.find(f"{DOCUMENT}entete/{DOCUMENT}typeFichier").attrib["code"],
                root.findtext(f"{DOCUMENT}demande/{DOCUMENT}demandeLogement/{DOCUMENT}numUnique"), root)

    def answer(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        if handler.path != PATH:
            return self.send(handler, 404, "text/plain", b"rien")
        try:
            name, fields = read_request(handler.headers["Content-Type"], body)
        except (Wrong, ElementTree.ParseError, KeyError, ValueError) as error:
            self.wrong.append(repr(error))
            return self.send_envelope(handler, fault("Sender"), 400)
        if self.mode == "503":
            return self.send(handler, 503, "text/html", b"<html>maintenance</html>")
        with self.lock:
            inner = self.take(fields) if name == "numUniqueParametres" else self.since(name, fields)
        return self.misbehave(handler, inner)

    def misbehave(self, handler, inner):
        """The effect has taken place; the answer may be lost."""
        if self.mode == "failure":
            return self.send_envelope(handler, fault("Receiver"), 500)
        if self.mode == "nonsense":
            return self.send(handler, 200, "text/html", b"<html>bienvenue</html>")
        if self.mode == "cut":
            handler.send_response(200)
            handler.send_header("Content-Type", 'multipart/related; boundary="uuid:essai"; type="application/xop+xml"')
            handler.send_header("Content-Length", "5000")
            handler.end_headers()
            handler.wfile.write(wrapped(inner)[:200])
            handler.close_connection = True
            return None
        if self.mode == "noise":
            handler.wfile.write(b"\x15\x03\x01 ceci n'est pas HTTP\r\n\r\n")
            handler.close_connection = True
            return None
        if self.mode == "endless":
            return self.send(handler, 200, "text/plain", bytes(32 * 1024 * 1024))
        if self.mode == "slow":
            time.sleep(3)
        if self.mode == "hang":
            time.sleep(60)
        return self.send_envelope(handler, inner, 200)

    def take(self, fields):
        file, document = fields["nomFichierDemande"], fields["fichierDemande"]
        if not re.fullmatch(r"DEM(G[0-9]{4}|GDPUB)-[0-9]{12}-[0-9]{6}\.xml", file):
            self.wrong.append(f"a file named {file}")
        self.attempts.append(file)
        if self.received.setdefault(file, document) != document:
            self.wrong.append(f"{file} came twice with other bytes")
        kind, number, _ = self.told(document)
        number = self.renamed.get(number, number)
        inner = f"<ns2:numUnique>{number}</ns2:numUnique><ns2:numGuichet>G6301</ns2:numGuichet>"
        if number in self.anomalies:
            inner += (f'<ns2:listeAnomalie><ns2:anomalie code="{self.anomalies[number]}"><ns2:libelle>non</ns2:libelle>'
                      "</ns2:anomalie></ns2:listeAnomalie>")
        return returned("RET", [inner] if kind else [])

    def since(self, name, fields):
        date = fields[FIELDS[name][0]]
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d[+-]\d\d:\d\d", date):
            self.wrong.append(f"a date written {date}")
        self.asked.append((name, date))
        if name == "nouveauxDaloDepuisLeParametres":
            return returned("RET", [f"<ns2:numUnique>{number}</ns2:numUnique><ns2:numGuichet>G6301</ns2:numGuichet><ns2:dalo>"
                                    f'<ns2:statutDalo code="ACTIF"/><ns2:dateDecision>{day}</ns2:dateDecision></ns2:dalo>'
                                    for number, day in self.dalo if day >= date[:10]])
        return returned("RAD", [f"<ns2:numUnique>{number}</ns2:numUnique><ns2:numGuichet>G6301</ns2:numGuichet>"
                                f'<ns2:dateCreationDemande>2026-01-05</ns2:dateCreationDemande><ns2:radiation>'
                                f'<ns2:motifRadiation code="{code}"/><ns2:dateRadiation>{day}</ns2:dateRadiation>'
                                "</ns2:radiation>" for number, day, code in self.radiated if day >= date[:10]])

    def send_envelope(self, handler, inner, status):
        return self.send(handler, status, 'multipart/related; type="application/xop+xml"; boundary="uuid:essai"; '
                         'start="<root.message@cxf.apache.org>"; start-info="application/soap+xml"', wrapped(inner))

    @staticmethod
    def send(handler, status, content_type, body):
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        try:
            handler.wfile.write(body)
        except OSError:
            pass  # who asked has gone
