"""The words that somebody new to this work does not know, each explained once: on the
page of words in the help, and beside the word where it is met."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from slt.grunn.norsk import orden


@dataclass(frozen=True)
class Ord:
    ord: str | Promise
    forklaring: str | Promise


# {what a template calls it: the word}
ORD = {
    "anbefaling": Ord(
        _("anbefaling"),
        _(
            "Én ting en undersøkelse foreslår: å styrke, opprette, utrede eller videreføre."
        ),
    ),
    "bti": Ord(
        _("BTI"),
        _(
            "Bedre tverrfaglig innsats: en felles måte å følge opp barn og unge på når "
            "noen er urolige for dem."
        ),
    ),
    "bti_niva": Ord(
        _("BTI-nivå"),
        _(
            "Trinnet i bedre tverrfaglig innsats (BTI), fra 0 til 3. 0: en uro avklares. "
            "1: én tjeneste følger opp. 2: noen tjenester samarbeider. 3: mange samordner "
            "innsatsen."
        ),
    ),
    "dekning": Ord(
        _("dekning"),
        _(
            "Hvor mange tiltak planen har for hver aldersgruppe og på hvert nivå, i hvert "
            "innsatsområde. Der det ikke er noen, er det hull i dekningen."
        ),
    ),
    "deltiltak": Ord(
        _("deltiltak"),
        _(
            "En del av et tiltak med eget ansvar eller egen målgruppe, for eksempel "
            "undervisningen på 8. trinn."
        ),
    ),
    "forankring": Ord(
        _("forankring"),
        _(
            "Hvilke ledere eller organer som har stilt seg bak tiltaket, for eksempel "
            "politirådet. Det er noe annet enn hvem som gjør arbeidet."
        ),
    ),
    "forebyggingsniva": Ord(
        _("forebyggingsnivå"),
        _(
            "Hvem tiltaket retter seg mot. Universelle tiltak er for alle, selektive for "
            "grupper der flere enn ellers får vansker, indikative for dem som allerede "
            "har vansker."
        ),
    ),
    "forum": Ord(
        _("forum"),
        _(
            "En fast møteplass i arbeidet, for eksempel politirådet, en arbeidsgruppe "
            "eller et nettverk."
        ),
    ),
    "frosset": Ord(
        _("frosset dokument"),
        _("Planen som PDF slik den var da den ble behandlet. Den endres aldri."),
    ),
    "funn": Ord(
        _("funn"),
        _("Én ting en undersøkelse, en rapport eller tall fra politiet viser."),
    ),
    "hovedkontakt": Ord(
        _("hovedkontakt"),
        _(
            "Kontaktpunktet som vises for en tjeneste når ingen andre er valgt ved "
            "tiltaket."
        ),
    ),
    "hovedplassering": Ord(
        _("hovedplassering"),
        _(
            "Står tiltaket flere steder i en plan, er det her det hører til: derfra har "
            "det nummeret og adressen sin."
        ),
    ),
    "horing": Ord(
        _("høring"),
        _("At noen blir bedt om å lese et utkast og si sin mening innen en frist."),
    ),
    "indikativ": Ord(
        _("indikativ"),
        _(
            "For dem som allerede har vansker, for eksempel unge som er tatt for noe "
            "straffbart."
        ),
    ),
    "indikator": Ord(
        _("indikator"),
        _(
            "Det som måles år for år, med enhet og kilde, for eksempel andelen som trives."
        ),
    ),
    "innsatsomrade": Ord(
        _("innsatsområde"),
        _(
            "Det planen legger vekt på, for eksempel rus eller vold. Tiltakene er ordnet "
            "etter det."
        ),
    ),
    "koordinerende": Ord(
        _("koordinerende nivå"),
        _(
            "De som samordner arbeidet mellom ledelsen og dem som møter barn og unge, for "
            "eksempel SLT-koordinatoren og en arbeidsgruppe."
        ),
    ),
    "kontaktpunkt": Ord(
        _("kontaktpunkt"),
        _(
            "Én måte å nå en tjeneste på: et telefonnummer, en e-postadresse, et skjema "
            "eller et sted å møte opp. Det står ett sted, hos tjenesten."
        ),
    ),
    "malsetting": Ord(
        _("målsetting"),
        _(
            "Det planen, et innsatsområde eller et tiltak skal oppnå: visjon, hovedmål, "
            "strategi eller resultatmål."
        ),
    ),
    "motefri": Ord(
        _("møtefri"),
        _("Skoleferier og andre dager det ikke legges møter på."),
    ),
    "omrademote": Ord(
        _("områdemøte"),
        _(
            "Et fast møte for skole, politi og andre som møter barn og unge i én del av "
            "kommunen."
        ),
    ),
    "overfort": Ord(
        _("overført til fast struktur"),
        _(
            "Tiltaket er blitt en del av det tjenesten alltid gjør, og regnes ikke lenger "
            "med i planen."
        ),
    ),
    "plassering": Ord(
        _("plassering"),
        _("Hvor et tiltak står: innsatsområdet og nummeret. Det kan stå flere steder."),
    ),
    "planrekke": Ord(
        _("planrekke"),
        _(
            "Planer som følger etter hverandre i tid, under ett navn. I hver rekke gjelder "
            "én plan om gangen."
        ),
    ),
    "politirad": Ord(
        _("politiråd"),
        _(
            "Fast møte mellom ledelsen i kommunen og ledelsen i politiet, som regel med "
            "ordføreren."
        ),
    ),
    "pyramide": Ord(
        _("forebyggingspyramide"),
        _(
            "En figur med tre trinn. Nederst står tiltakene for alle (universelle), over "
            "dem tiltakene for grupper med større risiko (selektive), og øverst tiltakene "
            "for dem som allerede har vansker (indikative)."
        ),
    ),
    "selektiv": Ord(
        _("selektiv"),
        _(
            "For grupper der flere enn ellers får vansker, for eksempel elever med høyt "
            "fravær."
        ),
    ),
    "slt": Ord(
        _("SLT"),
        _(
            "Samordning av lokale rus- og kriminalitetsforebyggende tiltak: en måte for "
            "kommune og politi å arbeide sammen på."
        ),
    ),
    "styrende": Ord(
        _("styrende nivå"),
        _("De som bestemmer retningen, som regel politirådet."),
    ),
    "styringsdokument": Ord(
        _("styringsdokument"),
        _(
            "Et vedtak, en avtale eller en annen plan som denne bygger på eller må ses "
            "sammen med."
        ),
    ),
    "svaransvarlig": Ord(
        _("svaransvarlig"),
        _(
            "Den som er ansvarlig for at opplysningene om en tjeneste er riktige. Det er "
            "e-postadressen til en funksjon, og bare SLT-koordinatoren ser den."
        ),
    ),
    "tilbud": Ord(
        _("tilbud"),
        _("Det en tjeneste tilbyr uten at det er et tiltak i noen plan."),
    ),
    "tiltak": Ord(
        _("tiltak"),
        _(
            "Noe som gjøres for å forebygge. De fleste er faste tjenester, ikke "
            "prosjekter med en sluttdato."
        ),
    ),
    "tjeneste": Ord(
        _("tjeneste"),
        _(
            "Den som svarer for tiltak: en tjeneste i kommunen, politiet, fylkeskommunen, "
            "staten eller en frivillig organisasjon."
        ),
    ),
    "tyngde": Ord(
        _("tyngde"),
        _("Hvor mye kommunen legger i et funn."),
    ),
    "universell": Ord(
        _("universell"),
        _("For alle, for eksempel alle elever på et trinn."),
    ),
    "utforende": Ord(
        _("utførende nivå"),
        _("De som møter barn og unge: skoler, helsestasjoner, utekontakt, politi."),
    ),
}


def ordlista():
    """Returns the words in alphabetical order, in the language that is active."""
    return sorted(ORD.items(), key=lambda par: orden(str(par[1].ord)))
