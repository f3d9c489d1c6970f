"""What a bundle says of itself, for somebody who has never heard of Selon. May import: nothing of Selon."""

from __future__ import annotations

_ENGLISH = """WHAT THIS IS

These files show what one or more news reports said when they were read, and which words of them a ledger of
statements and events rests on. Nothing here needs the program that made it.

  manifest.json            what is here: reports, addresses, days, and the SHA-256 of each file
  SHA256SUMS               the same sums, as sha256sum reads them
  reports/NAME/
    raw.*                  the bytes as the server gave them (unpacked, where it sent them packed)
    text.txt               the text of the report that was read in them (UTF-8)
    spans.jsonl            each statement, event and figure with its quote, its place in text.txt, its SHA-256
    reading.json           everything that was read, with the rules that found it
    retrievals.json        when and how the bytes came: address, redirects, server, header fields
    versions/              earlier and later texts of the same page, where it was changed
    timestamps/            answers of time-stamping authorities (RFC 3161), where there are any

In a web archive (.wacz) these files lie below evidence/, with dots in place of folders: NAME.text.txt.

HOW TO VERIFY IT

1. Nothing was changed since the bundle was made:
     sha256sum -c SHA256SUMS
2. A quote stands where spans.jsonl says: with its start_byte S and bytes N,
     tail -c +$((S+1)) text.txt | head -c N | sha256sum
   gives the sha256 of the line.
3. The text stands in the raw bytes: open raw.* in a browser or an editor, without network.
{stamps}   In a web archive (.wacz), the pages open in any viewer of such files, for example replayweb.page; the sums of the
   archive's own files stand in datapackage.json.

What a bundle cannot show: that the server told us what it tells others, and that what the report says is true.
Bundles hold whole reports and the names in them. Mind the rights of their authors and the safety of the people named.
"""

_STAMPED = """4. The raw bytes existed at the time of a stamp (timestamps/stamps.json names the authority, whose root certificate you get
   from its site):
     openssl ts -verify -data raw.html -in timestamps/FILE.tsr -CAfile ROOT.pem
"""

_FRENCH = """

CE QUE C'EST

Ces fichiers montrent ce que disaient un ou plusieurs articles au moment où ils ont été lus, et sur quels mots repose un
registre de dires et d'événements. Rien ici n'a besoin du programme qui les a faits. manifest.json dit ce qui s'y trouve ;
dans reports/NOM : les octets tels que le serveur les a donnés (raw.*), le texte lu (text.txt), chaque dire, événement et
chiffre avec sa citation (spans.jsonl), le chemin pris (retrievals.json), les autres versions de la page (versions/) et
les horodatages (timestamps/). Dans une archive web (.wacz), ces fichiers sont sous evidence/, avec des points à la place des dossiers.

COMMENT LE VÉRIFIER

1. Rien n'a changé depuis :  sha256sum -c SHA256SUMS
2. Une citation est bien à sa place (S = start_byte, N = bytes de sa ligne dans spans.jsonl) :
     tail -c +$((S+1)) text.txt | head -c N | sha256sum
3. Le texte est bien dans les octets : ouvrez raw.* dans un navigateur ou un éditeur, sans réseau.
{stamps}   Une archive web (.wacz) s'ouvre dans toute visionneuse de ces fichiers, par exemple replayweb.page.

Ce qu'un tel dossier ne montre pas : que le serveur nous a dit ce qu'il dit à d'autres, ni que l'article dit vrai.
Il contient des articles entiers et les noms qui y figurent : songez aux droits des auteurs et à la sûreté des personnes.
"""

_STAMPED_FRENCH = """4. Les octets existaient à l'heure d'un horodatage (timestamps/stamps.json nomme l'autorité ; son certificat racine est
   sur son site) :
     openssl ts -verify -data raw.html -in timestamps/FICHIER.tsr -CAfile RACINE.pem
"""


def readme(stamped: bool) -> bytes:
    """The text in English, then in French."""
    english, french = (_STAMPED, _STAMPED_FRENCH) if stamped else ("", "")
    return (_ENGLISH.replace("{stamps}", english) + _FRENCH.replace("{stamps}", french)).encode()
