"""What a plan lacks of what is said of each tiltak. All of these return a Gruppe, and get a
Planinnhold."""

from collections import defaultdict

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tiltak.mangler.rader import Gruppe, Rad


def uten_plass(her):
    return Gruppe(
        "plass",
        _("Tiltak uten plass i planen"),
        _(
            "Tiltaket vises ikke for noen før det har et innsatsområde og et nummer, "
            "og ett av stedene er hovedplasseringen."
        ),
        [
            Rad(tiltak.tittel, f"{her.disposisjon}#uten-plass")
            for tiltak in her.hele
            if tiltak.hovedplassering is None
        ],
    )


def avsluttede(her):
    """In a draft. What is ended in a plan in force stays in it, and says so."""
    rader = her.alle if her.plan.er_utkast else []
    return Gruppe(
        "avsluttet",
        _("Avsluttede tiltak i utkastet"),
        _(
            "Det som er avsluttet, hører til planen før. Endre statusen, eller slett "
            "tiltaket mens planen er et utkast."
        ),
        [
            her.rad(tiltak, detalj=tiltak.get_status_display())
            for tiltak in rader
            if tiltak.er_avsluttet
        ],
    )


def uten_ansvar(her):
    return Gruppe(
        "ansvar",
        _("Ansvaret er ikke avklart"),
        _(
            "Leserne ser «Ansvar: ikke avklart». Det er lov å si, men da vet ingen "
            "hvem som svarer for tiltaket."
        ),
        [
            her.rad(tiltak)
            for tiltak in her.uten(lambda t: t.har_avklart_ansvar, "ansvar")
        ],
    )


def nedlagte(her):
    return Gruppe(
        "nedlagt",
        _("Ansvarlig tjeneste er nedlagt"),
        _("Tjenesten er ikke der lenger. Velg hvem som svarer for tiltaket nå."),
        [
            her.rad(tiltak, detalj=str(ansvar.tjeneste))
            for tiltak, ansvar in her.ansvarlige()
            if ansvar.tjeneste.nedlagt
        ],
    )


def deles_ikke(her):
    return Gruppe(
        "deles",
        _("Tjenesten deles ikke lenger"),
        _(
            "En annen kommune driver tjenesten. Den er nevnt ved tiltaket, men leserne får "
            "verken lenke eller kontakt. Velg en annen, eller avtal å dele den igjen."
        ),
        [
            her.rad(
                tiltak,
                detalj=_("%(tjeneste)s, som %(eier)s holder")
                % {"tjeneste": ansvar.tjeneste, "eier": ansvar.tjeneste.kommune},
            )
            for tiltak, ansvar in her.ansvaret()
            if ansvar.deles_ikke and not ansvar.tjeneste.nedlagt
        ],
    )


def uten_kontakt(her):
    """A tjeneste without any contact point for all, once; and a tiltak for which
    those that are chosen, or the main ones, are not for all."""
    ingen, skjulte = defaultdict(list), []
    for tiltak, ansvar in her.ansvarlige():
        tjeneste = ansvar.tjeneste
        if tjeneste.nedlagt or ansvar.deles_ikke or ansvar.kontaktpunkter:
            continue
        if ansvar.tjeneste_id in her.har_kontakt:
            skjulte.append((tiltak, ansvar.tjeneste))
        else:
            ingen[ansvar.tjeneste].append(her.sted(tiltak) or tiltak.tittel)
    tjenester = [
        Rad(
            tjeneste.navn,
            # Another kommune's is mended there.
            tjeneste.get_absolute_url()
            if tjeneste.er_andres
            else her.skjema("tjeneste", tjeneste.pk),
            detalj=_("Har ansvar for %s.") % ", ".join(dict.fromkeys(steder)),
        )
        for tjeneste, steder in ingen.items()
    ]
    ved_tiltak = [
        her.rad(
            tiltak,
            detalj=_(
                "%s har kontaktpunkter for alle, men ingen av dem gjelder her. Velg ett."
            )
            % tjeneste.kort,
        )
        for tiltak, tjeneste in skjulte
    ]
    return Gruppe(
        "kontakt",
        _("Ingen måte å kontakte den ansvarlige på"),
        _(
            "Leserne finner ingen telefon, e-post, nettside eller fremgangsmåte. Gi "
            "tjenesten et kontaktpunkt som vises for alle."
        ),
        tjenester + ved_tiltak,
    )


def uten_vei(her):
    """Where the page of a tiltak names nobody to call but the kommune itself. While one
    can call that, it is a notice: the tiltak or its tjeneste is listed above."""
    kommune = her.plan.kommune
    veier = [v for v in (kommune.telefon, kommune.epost, kommune.nettsted) if v]
    if veier:
        overskrift = _("Tiltak der leserne blir bedt om å spørre kommunen")
        hvorfor = _(
            "Leserne får kommunens egen kontakt: %s. Skal de komme rett til en tjeneste, "
            "gir dere den ansvaret, og en vei inn som vises for alle."
        ) % ", ".join(veier)
    else:
        overskrift = _("Tiltak uten noen å kontakte")
        hvorfor = _(
            "Ved disse tiltakene finner leserne ingen å ringe eller skrive til. Kommunen har "
            "heller ikke telefon eller e-post her: skriv det under «Om kommunen», så står "
            "det der tiltaket mangler kontakt."
        )
    return Gruppe(
        "vei",
        overskrift,
        hvorfor,
        [her.rad(tiltak) for tiltak in her.hele if not _har_vei(her, tiltak)],
        teller=not veier,
    )


def _har_vei(her, tiltak):
    """Whether readers are told whom to call: who has a part in it, or in a deltiltak, or
    the one above that."""
    for del_ in (tiltak, *tiltak.deltiltak.all()):
        for ansvar in del_.ansvaret:
            over = ansvar.tjeneste.overordnet_id
            if ansvar.kontaktpunkter or over in her.har_kontakt:
                return True
    return False


def uten_malgruppe(her):
    return Gruppe(
        "malgruppe",
        _("Tiltak uten målgruppe"),
        _(
            "Leserne ser ikke hvem tiltaket er for, og i søk og dekning regnes det "
            "som for alle aldre."
        ),
        [her.rad(tiltak) for tiltak in her.uten(_malgruppene, "malgrupper")],
    )


def uten_niva(her):
    return Gruppe(
        "niva",
        _("Forebyggingsnivået er ikke satt"),
        _(
            "Tiltaket teller verken som universelt, selektivt eller indikativt i "
            "dekningen og i forebyggingspyramiden."
        ),
        [her.rad(tiltak) for tiltak in her.uten(lambda t: t.niva)],
        ord="pyramide",
    )


def foreslatt_niva(her):
    return Gruppe(
        "foreslatt",
        _("Forebyggingsnivået er bare foreslått"),
        _(
            "Nivået er et forslag, ikke kommunens eget. Fjern haken «nivået er "
            "foreslått» når dere er enige i det, eller velg et annet."
        ),
        [
            her.rad(tiltak, detalj=tiltak.get_niva_display())
            for tiltak in her.med_deler()
            if tiltak.niva_foreslatt
        ],
    )


def datoer(her):
    return Gruppe(
        "datoer",
        _("Datoer utenfor planperioden"),
        _("Planen gjelder %s. Datoene kan ha fulgt med fra en tidligere plan.")
        % her.plan.periode,
        [
            her.rad(tiltak, detalj=detalj)
            for tiltak in her.med_deler()
            if not tiltak.er_gjest and (detalj := _dato_utenfor(her, tiltak))
        ],
    )


def _dato_utenfor(her, tiltak):
    forste, siste = her.plan.fra_ar, her.plan.til_ar
    # A permanent tiltak may well have begun before the plan.
    if tiltak.fra_dato and tiltak.fra_dato.year > siste:
        return _("Begynner %s.") % _dag(tiltak.fra_dato)
    if tiltak.til_dato and not forste <= tiltak.til_dato.year <= siste:
        return _("Slutter %s.") % _dag(tiltak.til_dato)
    if tiltak.evalueres_dato and tiltak.evalueres_dato.year < forste:
        return _("Evalueres %s.") % _dag(tiltak.evalueres_dato)
    if tiltak.frist and not forste <= tiltak.frist.year <= siste:
        return _("Fristen er %s.") % _dag(tiltak.frist)
    return ""


def passert_frist(her):
    """What should be done by now. It is no fault of the text, and does not count."""
    return Gruppe(
        "frist",
        _("Fristen er passert"),
        _(
            "Tiltaket er ikke avsluttet. Er det gjort, endrer du statusen. Hvis ikke, kan "
            "dere sette en ny frist og skrive på siden hvordan det går."
        ),
        [
            her.rad(tiltak, detalj=_dag(tiltak.frist))
            for tiltak in her.med_deler()
            if tiltak.frist_er_passert
        ],
        teller=False,
    )


def _dag(dato):
    return date_format(dato, "j. F Y")


def _malgruppene(tiltak):
    return tiltak.malgruppene
