"""The demande of an invented household, as a file of the SNE interface."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from own_registry import invented_person

AT = "2026-11-03T02:15:00+01:00"
HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n<ns1:interfaceNuu versionInterface="02.01" xmlns:ns1="http://nuu.application.i2/">'
        '<ns1:entete><ns1:typeFichier code="{kind}"/><ns1:dateFichier>{at}</ns1:dateFichier></ns1:entete><ns1:demande><ns1:demandeLogement>'
        "{numero}<ns1:numGuichet>{guichet}</ns1:numGuichet><ns1:dateCreationDemande>{day}</ns1:dateCreationDemande>")
TAIL = "</ns1:demandeLogement></ns1:demande></ns1:interfaceNuu>\n"
HOUSEHOLD = """<ns1:personnePhysique>
<ns1:demandeur><ns1:civilite code="2"/><ns1:nom>{nom}</ns1:nom><ns1:prenom>{prenoms}</ns1:prenom>
<ns1:dateNaissance>{dateNaissance}</ns1:dateNaissance><ns1:nir>{nir}</ns1:nir><ns1:nationalite code="1"/><ns1:situationFamiliale code="C"/>
<ns1:telPortable>{portable}</ns1:telPortable><ns1:mel>{mel}</ns1:mel>
<ns1:adressePostale><ns1:etranger>false</ns1:etranger><ns1:numero>{adresse[numero]}</ns1:numero><ns1:voie>{adresse[voie]}</ns1:voie>
<ns1:codePostal>{adresse[codePostal]}</ns1:codePostal><ns1:commune code="{adresse[commune]}"/></ns1:adressePostale>
<ns1:situationProfessionnelle><ns1:typeContratTravail code="CDI"/></ns1:situationProfessionnelle>
<ns1:revenuFiscal><ns1:anneeMoins1>2024</ns1:anneeMoins1><ns1:montantMoins1>{revenu}</ns1:montantMoins1></ns1:revenuFiscal></ns1:demandeur>
<ns1:logementActuel><ns1:listeModeleLogement><ns1:modeleLogement code="LP"/></ns1:listeModeleLogement>
<ns1:nombreHabitant>1</ns1:nombreHabitant></ns1:logementActuel>
<ns1:listeMotifDemande><ns1:motifDemande code="03"/></ns1:listeMotifDemande></ns1:personnePhysique>
<ns1:logementRecherche><ns1:demandeElargie>true</ns1:demandeElargie>
<ns1:listeTypeLogement><ns1:typeLogement code="T2"/></ns1:listeTypeLogement>
<ns1:listeLocalisationSouhaite><ns1:localisationSouhaite><ns1:commune code="63113"/></ns1:localisationSouhaite></ns1:listeLocalisationSouhaite>
</ns1:logementRecherche>"""
RADIATION = '<ns1:radiation><ns1:motifRadiation code="RADABA"/><ns1:dateRadiation>{day}</ns1:dateRadiation></ns1:radiation>'


def days_ago(days):
    """A day of the territory, which begins before that of UTC."""
    return str(datetime.now(ZoneInfo("Europe/Paris")).date() - timedelta(days=days))


def written(kind, inner, numero, guichet, at):
    numero = f"<ns1:numUnique>{numero}</ns1:numUnique>" if numero else ""
    return (HEAD.format(kind=kind, at=at, numero=numero, guichet=guichet, day=days_ago(20)) + inner + TAIL).encode()


def filed(rank, kind="CRE", numero=None, guichet="G6310", revenu=12000):
    """CRE, MOD or REN of the household of a rank, a stranger to those of all others; `revenu` is what may change."""
    person = invented_person(rank)
    inner = HOUSEHOLD.format(**person, revenu=revenu, portable=person["telephones"][0]["numero"], mel=f"canari{rank}@example.org")
    return written(kind, inner, numero, guichet, AT)


def radiated(numero, day, guichet="G6310", at=AT):
    return written("RAD", RADIATION.format(day=day), numero, guichet, at)


def values_of(rank):
    """What no log may hold of the household of a rank."""
    person = invented_person(rank)
    return [person["nom"], person["prenoms"], person["nir"], person["telephones"][0]["numero"], person["adresse"]["voie"],
            f"canari{rank}@example.org"]
