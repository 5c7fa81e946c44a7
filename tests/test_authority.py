"""Certificates of an authority made for a check."""

import subprocess

from own_registry import TIME_LIMIT_S


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=TIME_LIMIT_S)


class Authority:
    """Certificates of an authority made for the check."""

    def __init__(self, folder):
        self.folder = folder
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=autorite inventee", "-keyout", folder / "ca.key", "-out", folder / "ca.pem")

    def issue(self, name, alternative="IP:127.0.0.1"):
        request, key, certificate, extra = (self.folder / f"{name}.{end}" for end in ("csr", "key", "pem", "ext"))
        extra.write_text(f"subjectAltName={alternative}\n", encoding="ascii")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                "-keyout", key, "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.folder / "ca.pem", "-CAkey", self.folder / "ca.key",
                "-CAcreateserial", "-days", "1", "-extfile", extra, "-out", certificate)
        return certificate, key
