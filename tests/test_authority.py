"""Certificates of an authority made for a check."""

import subprocess

from own_registry import TIME_LIMIT_S

# What `openssl ca` asks for: it alone revokes, and signs for a time that is over.
REGISTER = """[ca]
default_ca = register
[register]
database = {folder}/index.txt
new_certs_dir = {folder}
certificate = {folder}/ca.pem
private_key = {folder}/ca.key
rand_serial = yes
default_md = sha256
default_crl_days = 1
policy = names
[names]
commonName = supplied
"""


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=TIME_LIMIT_S)


class Authority:
    """Certificates of an authority made for the check."""

    def __init__(self, folder):
        self.folder = folder
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=autorite inventee", "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
        (folder / "index.txt").touch()
        (folder / "ca.conf").write_text(REGISTER.format(folder=folder), encoding="utf-8")

    def issue(self, name, alternative="IP:127.0.0.1"):
        request, key, certificate, extra = self.request(name, alternative)
        openssl("x509", "-req", "-in", request, "-CA", self.folder / "ca.pem", "-CAkey", self.folder / "ca.key",
                "-CAcreateserial", "-days", "1", "-extfile", extra, "-out", certificate)
        return certificate, key

    def issue_expired(self, name):
        """One whose time was over years ago."""
        request, key, certificate, extra = self.request(name, "IP:127.0.0.1")
        openssl("ca", "-batch", "-notext", "-config", self.folder / "ca.conf", "-in", request, "-extfile", extra, "-out", certificate,
                "-startdate", "20200101000000Z", "-enddate", "20200201000000Z")
        return certificate, key

    def revoke(self, certificate):
        openssl("ca", "-config", self.folder / "ca.conf", "-revoke", certificate)

    def list_revoked(self):
        """The file of the list of revocations, written anew."""
        openssl("ca", "-config", self.folder / "ca.conf", "-gencrl", "-out", self.folder / "crl.pem")
        return self.folder / "crl.pem"

    def request(self, name, alternative):
        request, key, certificate, extra = (self.folder / f"{name}.{end}" for end in ("csr", "key", "pem", "ext"))
        extra.write_text(f"subjectAltName={alternative}\n", encoding="ascii")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                "-keyout", key, "-out", request)
        return request, key, certificate, extra
