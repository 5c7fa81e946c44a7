#!/usr/bin/env python3
"""Writes a big file with the texture of the national interface (about 12 kB a demande): invented people only.

usage: make_sne_file.py MEGABYTES > file.xml
"""
import random
import sys

RESOURCES = ["PAR", "AEEH", "PINV", "AF", "CHO", "PAJE", "BE", "AAH", "RET", "SAL", "AJPP", "AMV", "RSA", "AUT"]
NAMES = ["Lefèvre", "Dupont", "Garnier", "Nguyen", "Benali", "Le Goff", "Santoni", "Muñoz"]
FIRST_NAMES = ["Chloé", "Jean", "Inès", "Paul-Henri", "Zoé", "Amina", "Ange", "Lou"]
WAYS = ["avenue de France", "rue de l'Église", "allée des Tilleuls", "impasse du Moulin"]
TOWNS = ["75113", "2A004", "2B033", "69123", "13055"]


class Document:
    def __init__(self, out):
        self.out = out
        self.depth = 0
        self.size = 0

    def line(self, text):
        row = "    " * self.depth + text + "\n"
        self.size += len(row.encode())
        self.out.write(row)

    def leaf(self, name, value):
        self.line(f"<ns1:{name}>{value}</ns1:{name}>")

    def code(self, name, value):
        self.line(f'<ns1:{name} code="{value}"/>')

    def group(self, name):
        return Group(self, name)


class Group:
    def __init__(self, document, name):
        self.document, self.name = document, name

    def __enter__(self):
        self.document.line(f"<ns1:{self.name}>")
        self.document.depth += 1

    def __exit__(self, *unused):
        self.document.depth -= 1
        self.document.line(f"</ns1:{self.name}>")


def resources(doc, name, codes, dice):
    with doc.group(name):
        for code in codes:
            with doc.group("detailRessource"):
                doc.code("ressource", code)
                doc.leaf("montant", dice.randint(20, 1500))


def work(doc, dice):
    with doc.group("situationProfessionnelle"):
        doc.leaf("profession", "Agent de sécurité")
        doc.code("typeContratTravail", "CDI")
        doc.leaf("nomEmployeurPrincipal", "Département")
        doc.leaf("etranger", "false")
        doc.leaf("codePostal", "75000")
        doc.code("commune", dice.choice(TOWNS))


def demandeur(doc, dice):
    with doc.group("demandeur"):
        doc.code("civilite", dice.randint(1, 2))
        doc.leaf("nom", dice.choice(NAMES))
        doc.leaf("prenom", dice.choice(FIRST_NAMES))
        doc.leaf("dateNaissance", f"19{dice.randint(40, 99)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}")
        doc.code("nationalite", 1)
        doc.code("situationFamiliale", "M")
        doc.leaf("telPortable", f"06{dice.randint(0, 99999999):08}")
        doc.leaf("mel", f"personne{dice.randint(0, 99999)}@exemple.fr")
        with doc.group("adressePostale"):
            doc.leaf("etranger", "false")
            doc.leaf("numero", dice.randint(1, 200))
            doc.leaf("voie", dice.choice(WAYS))
            doc.leaf("codePostal", "75013")
            doc.code("commune", dice.choice(TOWNS))
        work(doc, dice)
        with doc.group("revenuFiscal"):
            doc.leaf("anneeMoins1", 2017)
            doc.leaf("montantMoins1", dice.randint(0, 40000))
            doc.leaf("anneeMoins2", 2016)
            doc.leaf("montantMoins2", dice.randint(0, 40000))
        resources(doc, "listeRessourceRecue", RESOURCES, dice)
        resources(doc, "listeRessourceVersee", ["PAV"], dice)
        doc.line("<ns1:listeRessourceRecuePersACharge/>")
        doc.line("<ns1:listeRessourceVerseePersACharge/>")


def household(doc, dice):
    with doc.group("listePersonneACharge"):
        with doc.group("personneACharge"):
            doc.leaf("nom", dice.choice(NAMES))
            doc.leaf("prenom", dice.choice(FIRST_NAMES))
            doc.leaf("dateNaissance", "2010-01-01")
            doc.code("sexe", "F")
            doc.code("lienParente", "E")
    with doc.group("personneANaitre"):
        doc.leaf("nombre", 1)
        doc.leaf("dateNaissancePrevue", "2018-08-01")
    with doc.group("listePersonneEnGarde"):
        for parent in ("G", "D"):
            with doc.group("personneEnGarde"):
                doc.leaf("dateNaissance", "2012-01-01")
                doc.code("sexe", "M")
                doc.code("coParentalite", parent)
    with doc.group("listeCotitulaire"):
        with doc.group("cotitulaire"):
            doc.code("civilite", 2)
            doc.leaf("nom", dice.choice(NAMES))
            doc.leaf("nomPatronymique", dice.choice(NAMES))
            doc.leaf("prenom", dice.choice(FIRST_NAMES))
            doc.leaf("dateNaissance", "1975-02-01")
            doc.code("nationalite", 2)
            doc.code("situationFamiliale", "M")
            doc.code("lienDemandeur", "M")
            work(doc, dice)
            with doc.group("revenuFiscal"):
                doc.leaf("anneeMoins1", 2017)
                doc.leaf("anneeMoins2", 2016)
            resources(doc, "listeRessourceRecue", RESOURCES, dice)
            resources(doc, "listeRessourceVersee", ["PAV"], dice)


def demande(doc, dice):
    with doc.group("demande"), doc.group("demandeLogement"):
        doc.leaf("numUnique", f"{dice.randint(0, 999):03}0318{dice.randint(0, 999999):06}G1104")
        doc.leaf("dateCreationDemande", "2018-03-15")
        with doc.group("personnePhysique"):
            demandeur(doc, dice)
            household(doc, dice)
            with doc.group("logementActuel"):
                with doc.group("listeModeleLogement"):
                    doc.code("modeleLogement", "LP")
                doc.leaf("montantMensuelLoyer", dice.randint(300, 1500))
                doc.leaf("nombreHabitant", 5)
                doc.code("categorieLogement", "A")
                doc.code("typeLogementActuel", "T3")
                doc.leaf("surface", dice.randint(20, 90))
                doc.leaf("proprietaire", "false")


def main():
    limit = int(sys.argv[1]) * 1_000_000
    sys.stdout.reconfigure(encoding="utf-8")
    doc = Document(sys.stdout)
    dice = random.Random(1)
    doc.line('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>')
    doc.line('<ns1:interfaceNuu versionInterface="02.00" xmlns:ns1="http://nuu.application.i2/">')
    doc.depth = 1
    with doc.group("entete"):
        doc.leaf("dateFichier", "2018-03-15T16:54:06.339+01:00")
    while doc.size < limit:
        demande(doc, dice)
    doc.depth = 0
    doc.line("</ns1:interfaceNuu>")


if __name__ == "__main__":
    main()
