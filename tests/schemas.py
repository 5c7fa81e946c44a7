"""Checks the schemas of the peers' documents against their examples, code tables and what is public of them.

Run by ctest (label `data`). With the argument `reference`, checks instead what lies in the folder named by
PASSERELLE_REFERENCE_DATA, and exits with 77 (skipped) when it is unset.
"""
import csv
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "schemas" / "sne"
PEER = ROOT / "mappings" / "peer" / "sne"
PUBLIC = ROOT / "tests" / "data" / "sne_public_paths.txt"
XS = "{http://www.w3.org/2001/XMLSchema}"
SKIPPED = 77
INVALID = 3  # exit code of xmllint for a document that its schema refuses
ASSUMPTION = "assumption"
MARKS = {ASSUMPTION, "assumed-limits"}

faults = []


def check(holds, text):
    if not holds:
        faults.append(text)


# --- reading schemas ---------------------------------------------------------------------------------------------


def messages():
    """The schemas of messages: those that declare the root element."""
    return sorted(path for path in SCHEMAS.glob("*/*.xsd") if "<xs:element name=\"interfaceNuu\"" in path.read_text())


def definitions(path, found=None):
    """Every global definition of a schema and of those it includes, by name."""
    found = {} if found is None else found
    for node in ElementTree.parse(path).getroot():
        if node.tag == XS + "include":
            definitions(path.parent / node.get("schemaLocation"), found)
        elif node.get("name"):
            found[node.get("name")] = node
    return found


def marks(node):
    """The appinfo words of a definition."""
    return {info.text for info in node.findall(f"{XS}annotation/{XS}appinfo")}


def declared_type(node, types):
    named = types.get(node.get("type", ""))
    return named if named is not None else node.find(XS + "complexType")


def places(path):
    """(path below the root, declaration, type name, assumed) for each element and attribute of a message."""
    types = definitions(path)
    yield from places_below(types["interfaceNuu"], "", False, types)


def places_below(node, prefix, assumed, types):
    kind = declared_type(node, types)
    if kind is None or kind.tag != XS + "complexType":
        return
    assumed = assumed or ASSUMPTION in marks(kind)
    for attribute in kind.findall(XS + "attribute"):
        here = assumed or ASSUMPTION in marks(attribute)
        yield f"{prefix}@{attribute.get('name')}", attribute.get("type"), here
    for element in kind.iter(XS + "element"):
        name = f"{prefix}/{element.get('name')}".lstrip("/")
        here = assumed or ASSUMPTION in marks(element)
        below = declared_type(element, types)
        typed = below is not None and ASSUMPTION in marks(below)
        yield name, element.get("type"), here or typed
        yield from places_below(element, name, here, types)


def enumeration(type_name, types):
    return [code.get("value") for code in types[type_name].iter(XS + "enumeration")]


# --- documents ---------------------------------------------------------------------------------------------------


def xmllint(schema, documents):
    """Exit code: 0 when every document is valid, 3 when one is not, other when the schema does not compile."""
    command = ["xmllint", "--noout", "--nonet", "--schema", schema, *documents]
    return subprocess.run(command, capture_output=True, check=False).returncode


def schema_of(example):
    version, message = re.fullmatch(r"([\d.]+)-([A-Za-z]+)-.*\.xml", example.name).groups()
    return SCHEMAS / version / f"{message}.xsd"


def check_examples():
    examples = sorted((PEER / "examples").glob("*.xml"))
    for schema in messages():
        mine = [example for example in examples if schema_of(example) == schema]
        check(mine, f"{schema.relative_to(ROOT)}: no example")
        for example in mine:
            check(xmllint(schema, [example]) == 0, f"{example.name}: refused by its schema")


def check_refused():
    for example in sorted((PEER / "examples" / "refused").glob("*.xml")):
        check(xmllint(schema_of(example), [example]) == INVALID, f"refused/{example.name}: its schema accepts it")


# --- what is public ----------------------------------------------------------------------------------------------


def public_lines():
    lines = [line.strip() for line in PUBLIC.read_text().splitlines()]
    return {line for line in lines if line and not line.startswith("#")}


def check_assumptions():
    public = public_lines()
    seen = set()
    for schema in messages():
        for path, _, assumed in places(schema):
            seen.add(path)
            name = f"{schema.relative_to(ROOT)}: {path}"
            check(assumed or path in public, f"{name}: not public and not marked as an assumption")
            check(not assumed or path not in public, f"{name}: public, yet marked as an assumption")
    for path in sorted(public - seen):
        check(path.startswith("type "), f"{path}: public, yet in no schema")


def check_simple_types():
    public = public_lines()
    for schema in messages():
        for name, node in definitions(schema).items():
            told = node.tag != XS + "simpleType" or f"type {name}" in public or marks(node) & MARKS
            check(told, f"{schema.relative_to(ROOT)}: type {name}: neither public nor marked")


# --- code tables -------------------------------------------------------------------------------------------------


def table_lines(path):
    """The field lines of a mapping with those it inherits, as lists of cells."""
    for line in path.read_text().splitlines():
        line = line.strip()
        if line.startswith("inherits "):
            yield from table_lines(PEER / line.split(maxsplit=1)[1])
        elif "|" in line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def external_codes(table):
    with open(PEER / "codes" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return [row["external"] for row in csv.DictReader(file) if row["direction"] != "out" and row["external"] != "-"]


def check_codes_of(mapping):
    schema = SCHEMAS / mapping.parent.name / f"{mapping.stem}.xsd"
    types = definitions(schema)
    type_of = {path.removeprefix("demande/"): kind for path, kind, _ in places(schema)}
    for cells in table_lines(mapping):
        table = re.match(r"table\((\w+)\)", cells[3])
        place = re.sub(r"\[[^]]*\]", "", cells[1]).lstrip("/")
        if table is None or place not in type_of:
            continue
        codes = enumeration(type_of[place], types)
        agree = sorted(codes) == sorted(external_codes(table[1]))
        check(agree, f"codes/{table[1]}.csv: its external codes are not those of {type_of[place]}")


def check_codes():
    for mapping in sorted(PEER.glob("[0-9]*/*.table")):
        check_codes_of(mapping)


# --- reference data ----------------------------------------------------------------------------------------------


def reference_lists(folder):
    lists = {}
    with open(folder / "domain" / "sne-codes-v2.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["list"], []).append(row["code"])
    return lists


def check_reference():
    folder = os.environ.get("PASSERELLE_REFERENCE_DATA")
    if not folder:
        print("SKIPPED: PASSERELLE_REFERENCE_DATA is not set")
        sys.exit(SKIPPED)
    sample = Path(folder) / "samples" / "sne" / "JDD_OPENFISCA.XML"
    check(xmllint(SCHEMAS / "02.00" / "export.xsd", [sample]) == 0, "the public sample is refused by export.xsd")
    types = definitions(SCHEMAS / "02.00" / "code.xsd")
    ours = [enumeration(name, types) for name, node in types.items() if node.tag == XS + "simpleType"]
    for name, codes in reference_lists(Path(folder)).items():
        check(codes in ours, f"list {name}: no type of code.xsd has these codes in this order")


def run(arguments):
    checks = [check_examples, check_refused, check_assumptions, check_simple_types, check_codes]
    for each in [check_reference] if arguments == ["reference"] else checks:
        each()
    for text in dict.fromkeys(faults):
        print(text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
