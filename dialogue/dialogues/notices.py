"""The privacy notice that a dialogue is offered to begin with. The controller's own adviser reads it before
it is published; the law it names is the General Data Protection Regulation."""

from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Organisation

_NB = """{controller} er behandlingsansvarlig for personopplysninger i dialogen «{title}».

## Hva vi lagrer
- Ideen, påmeldingen eller svaret du selv sender. Du trenger ikke å oppgi navn; et kallenavn er nok.
- E-postadressen din, hvis du ber om beskjed. Den brukes bare til det.
- Svar på spørreundersøkelser lagres uten noe som sier hvem du er.

Vi lagrer ikke IP-adressen din, og ikke hvilken telefon eller nettleser du bruker.

## Hvorfor
Vi samler innspill for å gjøre nærmiljøet tryggere. Grunnlaget er en oppgave i allmennhetens interesse (personvernforordningen artikkel 6 nr. 1 bokstav e). For e-post om hva som skjer, er grunnlaget at du selv ber om det.

## Hvem som ser det
En person leser ideer før de blir vist for alle. Politi og kommune leser dem for å svare. Innspill kan bli gitt ut til den som ber om innsyn etter offentleglova.

## Hva du kan gjøre
Med følgekoden kan du se, endre og trekke det du har gitt, og fjerne e-postadressen. Du kan be om innsyn, retting og sletting, og du kan klage til Datatilsynet.

Spørsmål: {contact}
"""

_NN = """{controller} er behandlingsansvarleg for personopplysningar i dialogen «{title}».

## Kva vi lagrar
- Ideen, påmeldinga eller svaret du sjølv sender. Du treng ikkje å oppgi namn; eit kallenamn er nok.
- E-postadressa di, dersom du ber om melding. Ho blir berre brukt til det.
- Svar på spørjeundersøkingar blir lagra utan noko som seier kven du er.

Vi lagrar ikkje IP-adressa di, og ikkje kva telefon eller nettlesar du bruker.

## Kvifor
Vi samlar innspel for å gjere nærmiljøet tryggare. Grunnlaget er ei oppgåve i interessa til ålmenta (personvernforordninga artikkel 6 nr. 1 bokstav e). For e-post om kva som skjer, er grunnlaget at du sjølv ber om det.

## Kven som ser det
Ein person les idear før dei blir viste for alle. Politi og kommune les dei for å svare. Innspel kan bli gitt ut til den som ber om innsyn etter offentleglova.

## Kva du kan gjere
Med følgjekoden kan du sjå, endre og trekkje det du har gitt, og fjerne e-postadressa. Du kan be om innsyn, retting og sletting, og du kan klage til Datatilsynet.

Spørsmål: {contact}
"""

_EN = """{controller} is the controller of personal data in the dialogue “{title}”.

## What we keep
- The idea, sign-up or answer that you send. You need not give your name; a nickname is enough.
- Your e-mail address, if you ask to be told. It is used for nothing else.
- Survey answers are kept without anything that says who you are.

We do not keep your IP address, nor which phone or browser you use.

## Why
We collect input to make the neighbourhood safer. The legal basis is a task in the public interest (General Data Protection Regulation, article 6(1)(e)). For e-mail about what happens, the basis is that you ask for it.

## Who sees it
A person reads ideas before they are shown to everyone. Police and municipality read them in order to answer. Input may be disclosed to those who ask for it under the Freedom of Information Act.

## What you can do
With the follow code you can see, change and withdraw what you gave, and remove your e-mail address. You can ask for access, correction and erasure, and you can complain to the Norwegian Data Protection Authority (Datatilsynet).

Questions: {contact}
"""


def default_notice(dialogue: Dialogue, controller: Organisation, contact: str) -> Translated:
    """A privacy notice in all three languages as Markdown, with the facts of this dialogue filled in."""
    return Translated(
        {
            code: words.format(
                controller=controller.name.pick(code).text,
                title=dialogue.title.pick(code).text,
                contact=contact or controller.name.pick(code).text,
            )
            for code, words in (("nb", _NB), ("nn", _NN), ("en", _EN))
        }
    )
