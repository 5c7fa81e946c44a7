"""Writes the documents of the hostile kit, piece by piece (README.md).

usage: recipes.py RECIPE [SCALE] > document
Each recipe takes a scale, 1 for the full size, and yields bytes.
"""
import sys

CANARY = "Canari-7f3a"
MEGABYTE = 1024 * 1024
DEMANDES = 3


def number(rank):
    """The numéro unique of a demande."""
    return f"06310250{rank:05}G6301"


# --- the national interface: messages of suppression, small, and of creation


def xml_head(message="SUP", version="02.00", encoding="UTF-8"):
    return (f'<?xml version="1.0" encoding="{encoding}"?>\n'
            f'<ns1:interfaceNuu versionInterface="{version}" xmlns:ns1="http://nuu.application.i2/">\n'
            f'<ns1:entete><ns1:typeFichier code="{message}"/>'
            "<ns1:dateFichier>2025-11-05T02:15:00.000+01:00</ns1:dateFichier></ns1:entete>\n")


XML_TAIL = "</ns1:interfaceNuu>\n"


def xml_demande(rank, inside="", guichet="<ns1:numGuichet>G6301</ns1:numGuichet>", day="2025-10-31"):
    return (f"<ns1:demande><ns1:demandeLogement><ns1:numUnique>{number(rank)}</ns1:numUnique>{guichet}"
            f"<ns1:dateCreationDemande>{day}</ns1:dateCreationDemande>"
            f"<ns1:dateSuppression>2025-11-04</ns1:dateSuppression>{inside}"
            "</ns1:demandeLogement></ns1:demande>\n")


def xml_file(second, head=None, tail=XML_TAIL):
    """Three demandes, the second as given (text or an iterable of texts)."""
    yield (head or xml_head()) + xml_demande(1)
    yield from [second] if isinstance(second, str) else second
    yield xml_demande(3) + tail


def comment(text):
    return f"<ns1:commentaire>{text}</ns1:commentaire>"


def empty_file(_scale):
    return iter(())


def blank_file(_scale):
    yield " \n\t\n" * 1000


def truncated_xml(_scale):
    text = "".join(xml_file(xml_demande(2, comment(CANARY))))
    yield text[:text.rindex("<ns1:dateSuppression>") + 30]


def truncated_between_demandes(_scale):
    yield xml_head() + xml_demande(1) + xml_demande(2)


def latin_1_called_utf_8(_scale):
    for piece in xml_file(xml_demande(2, comment(CANARY + " é"))):
        yield piece.encode("latin-1")


def utf_16(_scale):
    yield "".join(xml_file(xml_demande(2), xml_head(encoding="UTF-16"))).encode("utf-16")


def unknown_encoding(_scale):
    yield from xml_file(xml_demande(2), xml_head(encoding="X-" + CANARY))


def unknown_element(_scale):
    yield from xml_file(xml_demande(2, f"<ns1:surprise>{CANARY}</ns1:surprise>"))


def missing_mandatory(_scale):
    yield from xml_file(xml_demande(2, guichet=""))


def impossible_date(_scale):
    yield from xml_file(xml_demande(2, day=f"2025-02-30{CANARY}"))


def unknown_code(_scale):
    yield from xml_file(xml_demande(2), xml_head(message=CANARY))


def two_roots(_scale):
    yield from xml_file(xml_demande(2), tail=XML_TAIL + xml_head().split("\n", 1)[1] + XML_TAIL)


def other_root(_scale):
    yield from ('<?xml version="1.0"?>\n<facture xmlns="urn:autre">', CANARY, "</facture>\n")


def file_of_last_year(_scale):
    yield from xml_file(xml_demande(2), xml_head(version="01.04"))


def other_message(_scale):
    yield from xml_file(xml_demande(2), xml_head(message="XYZ"))


def with_doctype(declaration):
    head = xml_head()
    return head.replace("?>\n", f"?>\n<!DOCTYPE ns1:interfaceNuu {declaration}>\n", 1)


def doctype(_scale):
    yield from xml_file(xml_demande(2), with_doctype('SYSTEM "http://example.org/a.dtd"'))


def entity_bomb(_scale):
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    yield from xml_file(xml_demande(2, comment("&a10;")), with_doctype(f'[<!ENTITY a0 "{CANARY}">{levels}]'))


def external_entity(_scale):
    yield from xml_file(xml_demande(2, comment("&b;")), with_doctype('[<!ENTITY b SYSTEM "file:///etc/passwd">]'))


def undeclared_entity(_scale):
    yield from xml_file(xml_demande(2, comment(f"&{CANARY.replace('-', '')};")))


def attribute_twice(_scale):
    yield from xml_file(xml_demande(2, f'<ns1:commentaire a="{CANARY}" a="{CANARY}"/>'))


def closed_by_another(_scale):
    yield from xml_file(xml_demande(2, f"<ns1:commentaire>{CANARY}</ns1:remarque>"))


def nul_bytes(_scale):
    yield from xml_file(xml_demande(2, comment(CANARY + "\0\0\0")))


def control_reference(_scale):
    yield from xml_file(xml_demande(2, comment(CANARY + "&#1;")))


def many_attributes(scale):
    attributes = (f' a{n}="{CANARY}"' for n in range(int(100_000 * max(scale, 0.02))))
    yield from xml_file(inside_second(("<ns1:commentaire", *attributes, "/>")))


def inside_second(pieces):
    """A second demande with pieces inside, one after another."""
    begin, end = xml_demande(2, "\n").split("\n", 1)
    yield begin
    yield from pieces
    yield end


def deep_elements(scale):
    depth = int(10_000 * max(scale, 0.1))
    yield from xml_file(inside_second(("<ns1:a>" * depth, CANARY, "</ns1:a>" * depth)))


def repeated(text, megabytes):
    """A text as often as it takes to be that large, in pieces of a megabyte."""
    piece = text * (MEGABYTE // len(text))
    for _ in range(megabytes):
        yield piece


def huge_text(scale):
    """Two gigabytes in one element."""
    def pieces():
        yield "<ns1:commentaire>" + CANARY
        yield from repeated("abcdefgh ", max(1, int(2048 * scale)))
        yield "</ns1:commentaire>"
    return xml_file(inside_second(pieces()))


def huge_comment(scale):
    def pieces():
        yield "<!-- " + CANARY
        yield from repeated("abcdefgh ", max(1, int(200 * scale)))
        yield " -->"
    return xml_file(inside_second(pieces()))


def huge_demande(scale):
    return xml_file(inside_second(repeated("<ns1:inconnu>x</ns1:inconnu>", max(4, int(100 * scale)))))


def long_list(scale):
    """A list of a hundred thousand items, in a message that copies documents."""
    yield xml_head(message="COP") + cop_demande(1, 1)
    yield from cop_pieces(2, max(200, int(100_000 * scale)))
    yield cop_demande(3, 1) + XML_TAIL


def cop_pieces(rank, count):
    yield (f"<ns1:demande><ns1:demandeLogement><ns1:numUnique>{number(rank)}</ns1:numUnique>"
           "<ns1:numGuichet>G6301</ns1:numGuichet><ns1:dateCreationDemande>2025-10-31</ns1:dateCreationDemande>"
           "<ns1:listePiece>")
    for _ in range(count):
        yield f"<ns1:piece><ns1:nomFichier>{CANARY if count > 1 else 'a'}</ns1:nomFichier></ns1:piece>"
    yield "</ns1:listePiece></ns1:demandeLogement></ns1:demande>\n"


def cop_demande(rank, count):
    return "".join(cop_pieces(rank, count))


def long_file(scale):
    """Three hundred megabytes of sound demandes, then a fault."""
    yield xml_head()
    for block in range(max(1, int(800 * scale))):
        yield "".join(xml_demande(block * 1000 % 99_000 + n) for n in range(1, 1001))
    yield f"<{CANARY}"


# --- the pivot as JSON lines


def json_demande(rank, more=""):
    return f'{{"pivot":"1","numeroUnique":"{number(rank)}"{more}}}\n'


def json_file(second):
    yield json_demande(1)
    yield from [second] if isinstance(second, str) else second
    yield json_demande(3)


def quote_never_closed(_scale):
    yield from json_file(json_demande(2, f',"texteLibre":"{CANARY}')[:-2] + "\n")


def deep_json(scale):
    depth = int(100_000 * max(scale, 0.01))
    yield from json_file(json_demande(2, ',"inconnu":' + "[" * depth + f'"{CANARY}"' + "]" * depth))


def duplicate_keys(_scale):
    yield from json_file(json_demande(2, f',"etat":"active","etat":"{CANARY}"'))


def truncated_json(_scale):
    yield json_demande(1) + json_demande(2) + json_demande(3, f',"texteLibre":"{CANARY}"')[:-8]


def nul_in_json(_scale):
    yield from json_file(json_demande(2, f',"texteLibre":"{CANARY}\0"'))


def lone_surrogate(_scale):
    yield from json_file(json_demande(2, f',"texteLibre":"{CANARY}\\ud800"'))


def huge_number(_scale):
    yield from json_file(json_demande(2, ',"nombrePersonnesHandicap":1e999999'))


def json_code_unknown(_scale):
    yield from json_file(json_demande(2, f',"etat":"{CANARY}"'))


def json_other_kind(_scale):
    yield from json_file(json_demande(2, f',"demandeur":"{CANARY}"'))


def json_latin_1(_scale):
    for piece in json_file(json_demande(2, f',"texteLibre":"{CANARY} é"')):
        yield piece.encode("latin-1")


def json_of_next_year(_scale):
    yield from json_file(json_demande(2).replace('"pivot":"1"', '"pivot":"9"'))


def many_keys(scale):
    def pieces():
        yield json_demande(2)[:-2]
        for n in range(max(1000, int(100_000 * scale))):
            yield f',"{CANARY}{n}":1'
        yield "}\n"
    return json_file(pieces())


def huge_string(scale):
    """Two gigabytes between two quotes."""
    def pieces():
        yield json_demande(2)[:-2] + ',"texteLibre":"' + CANARY
        yield from repeated("abcdefgh ", max(3, int(2048 * scale)))
        yield '"}\n'
    return json_file(pieces())


def xml_called_json(_scale):
    yield from xml_file(xml_demande(2, comment(CANARY)))


# --- a bailleur's CSV: semicolons, Windows-1252, CRLF; columns that are missing are told, and nothing more


CSV_HEADER = "NUM_UNIQUE;DATE_DEPOT;NOM;PRENOMS;DATE_NAISSANCE;ETAT"


def csv_row(rank, name="Essai", birth="01/02/1980", state="EN_COURS"):
    return f"{number(rank)};31/10/2025;{name};Camille;{birth};{state}\r\n"


def csv_file(second, header=CSV_HEADER):
    for piece in (header + "\r\n" + csv_row(1), *([second] if isinstance(second, str) else second), csv_row(3)):
        yield piece.encode("cp1252") if isinstance(piece, str) else piece


def csv_quote_never_closed(_scale):
    return csv_file(csv_row(2, f'"{CANARY}'))


def csv_too_many_cells(_scale):
    return csv_file(csv_row(2).replace("\r\n", f";{CANARY};{CANARY}\r\n"))


def csv_too_few_cells(_scale):
    return csv_file(f"{number(2)};{CANARY}\r\n")


def csv_unknown_columns(_scale):
    return csv_file(csv_row(2), header=CSV_HEADER.replace("NOM;", f"{CANARY};"))


def csv_without_any_column(_scale):
    yield f"{CANARY};A;B\r\n1;2;3\r\n".encode()


def csv_ten_thousand_columns(_scale):
    return csv_file(csv_row(2), header=CSV_HEADER + f";{CANARY}" * 10_000)


def csv_stray_byte(_scale):
    return csv_file((csv_row(2, CANARY).replace("Camille", "Cam\0").encode().replace(b"\0", b"\x81"),))


def csv_utf_16(_scale):
    yield (CSV_HEADER + "\r\n" + csv_row(1)).encode("utf-16")


def csv_impossible_date(_scale):
    return csv_file(csv_row(2, birth="30/02/1980"))


def csv_unknown_code(_scale):
    return csv_file(csv_row(2, state=CANARY))


def csv_formula(_scale):
    """What a spreadsheet would run: text for us, carried as it is."""
    return csv_file(csv_row(2, state="=cmd|'/c calc'!A1" + CANARY))


def csv_huge_cell(scale):
    def pieces():
        yield f"{number(2)};31/10/2025;{CANARY}"
        yield from repeated("abcdefgh ", max(3, int(2048 * scale)))
        yield ";;;\r\n"
    return csv_file(pieces())


def csv_header_alone(_scale):
    yield CSV_HEADER.replace("NUM_UNIQUE;", "").encode()


# --- a bailleur's file of fixed width: one line of header, lines of 1 158 bytes


FIXED_WIDTH = 1158


def fixed_head(version="1"):
    return f"00{version:5}2026-01-31T03:00:00000003Volcans".ljust(62) + "\n"


def fixed_line(rank, name="Essai / Camille", birth="19800201", kind="10"):
    start = f"{kind}{number(rank)}{'':12}20251031{'':8}1{'':4}{'':5}1{name:60}{'':40}{birth:8}"
    return start.ljust(FIXED_WIDTH) + "\n"


def fixed_file(second, head=None):
    for piece in (head or fixed_head()) + fixed_line(1), *([second] if isinstance(second, str) else second), fixed_line(3):
        yield piece.encode("latin-1")


def fixed_line_too_short(_scale):
    return fixed_file(f"10{number(2)}{CANARY}\n")


def fixed_line_too_long(_scale):
    return fixed_file(fixed_line(2).replace("\n", CANARY + "\n"))


def fixed_unknown_kind(_scale):
    return fixed_file(fixed_line(2, kind="77").replace("Camille", CANARY))


def fixed_impossible_date(_scale):
    return fixed_file(fixed_line(2, birth="19800230"))


def fixed_nul_bytes(_scale):
    return fixed_file(fixed_line(2, f"{CANARY}\0 / Lou"))


def fixed_huge_line(scale):
    def pieces():
        yield f"10{number(2)}{CANARY}"
        yield from repeated("abcdefgh ", max(3, int(1024 * scale)))
        yield "\n"
    return fixed_file(pieces())


# --- JSON of a peer: an envelope, then one object a line


def alin_head(version="1", message="demande"):
    return f'{{"entete":{{"version":"{version}","message":"{message}"}}}}\n'


def alin_demande(rank, more=""):
    return f'{{"numeroUnique":"{number(rank)}","reference":"R{rank}","nature":"CREATION","dateDepot":"2026-01-31"{more}}}\n'


def alin_file(second, head=None):
    yield (head or alin_head()) + alin_demande(1)
    yield second
    yield alin_demande(3)


def alin_other_message(_scale):
    return alin_file(alin_demande(2), alin_head(message=CANARY))


def alin_of_next_year(_scale):
    return alin_file(alin_demande(2), alin_head(version="9"))


def alin_unknown_member(_scale):
    return alin_file(alin_demande(2, f',"surprise":"{CANARY}"'))


def alin_torn_object(_scale):
    return alin_file(alin_demande(2, f',"salarie":{{"nom":"{CANARY}"')[:-2] + "\n")


def recipe(name):
    """The recipe of that name; raises KeyError when there is none."""
    return globals()[name]


def pieces(name, scale):
    """The document in pieces of bytes."""
    for piece in recipe(name)(scale):
        yield piece.encode() if isinstance(piece, str) else piece


def main():
    for piece in pieces(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1.0):
        sys.stdout.buffer.write(piece)


if __name__ == "__main__":
    main()
