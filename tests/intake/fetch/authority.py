"""A time-stamping authority made of openssl: a root, a certificate for time stamps, and an answer to each question."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.intake.fetch.server import Request

CONFIG = """[ tsa ]
default_tsa = one
[ one ]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ stamping ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ rooted ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ req ]
distinguished_name = dn
[ dn ]
"""


@dataclass
class Authority:
    folder: Path

    @property
    def roots(self) -> Path:
        return self.folder / "root.pem"

    def answer(self, r: Request) -> None:
        (self.folder / "query").write_bytes(r.site.asked[-1].body)
        _openssl(self.folder, "ts", "-reply", "-queryfile", "query", "-out", "reply", "-config", "ca.cnf", "-section", "one")
        r.give((self.folder / "reply").read_bytes(), Content_Type="application/timestamp-reply")


def made_authority(folder: Path) -> Authority:
    (folder / "ca.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "rsa:2048", "-nodes", "-config", "ca.cnf")
    _openssl(
        folder,
        "req",
        "-x509",
        *key,
        "-days",
        "3",
        "-subj",
        f"/CN=Root {folder.name}",
        "-extensions",
        "rooted",
        "-keyout",
        "root.key",
        "-out",
        "root.pem",
    )
    _openssl(folder, "req", *key, "-subj", "/CN=Stamps", "-keyout", "tsa.key", "-out", "tsa.csr")
    signed = ("-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "3")
    _openssl(folder, "x509", *signed, "-extfile", "ca.cnf", "-extensions", "stamping", "-out", "tsa.pem")
    return Authority(folder)


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
