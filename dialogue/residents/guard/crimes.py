"""Words of somebody who tells of a crime, in bokmål, nynorsk and English."""

import re

from dialogue.residents.guard.findings import Confidence, Spans

# Not words such as "violence", which people need when they say what would make a place safer.
_SOMEBODY = r"(?:meg|mæ|oss|han|henne|ho|hun|ham|dem|sønn\w{0,3}|datter\w?|bror\w{0,2}|kompis\w{0,2})"
_DONE_TO = (
    r"(?:ble|blei|blitt|vart|vorte|har|er) (?:\w{1,20} )?"
    r"(?:ranet|rana|banket|banka|truet|trua|truga|stukket|knivstukket|knivstukken|misbrukt|mishandla|mishandlet|voldtatt|valdteken"
    r"|overfalt|overfalle|antastet|antasta|robba|tagget|tagga"
    r"|slått(?! (?:på(?:$|[.,!]| (?:kl|når|om|av|før|etter|igjen))|opp|ut|sammen|saman|fast|av(?! (?:en|ei|ein|to|tre|noen|nokon|han|mannen|ukjente?|gjengen))))"
    r")"
)
_THINGS = r"(?:mobil|telefon|vesk|lommebok|sykkel|sykkl|jakk|pengar?|peng|skoot|scoot|moped|bil|nøkl|båt|kort)\w{0,5}"
_TOLD = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        (
            _DONE_TO,
            rf"(?:ranet|rana|sparket|sparka|truet|trua|truga|banket|banka|skallet|skalla) (?:{_SOMEBODY}|ned|opp)",
            rf"(?:slo|slår) (?:{_SOMEBODY}(?! (?:i|på|ut|\d|av)(?!\w))|ned (?:en|ei|ein|han|henne|meg))",
            r"voldt(?:ok|att|ekt|ekten)|valdt(?:ok|eken|ekt|atte)|knivstakk|knivstukket|knivstukken",
            rf"tok {_THINGS} (?:min|mi|mitt|mine|hans|hennes|vår|våre|fra|frå)",
            r"br(?:øt|aut|ot) seg inn|blott(?:et|a) seg|befølt(?:e|es)?|beføler|tafs(?:er|et|a|ar)",
            r"(?:selger|solgte|sel|selde|langer|langar) (?:\w{1,20} )?(?:dop|hasj|narkotika|narko|piller|stoff|kokain|amfetamin)",
            r"langes (?:\w{1,20} )?(?:dop|hasj|narkotika|narko|piller)|narkolanger(?:en|e)?",
            r"(?:var|er|vart|blei) vitne til",
            r"(?:melde|melder|meldt|meld) (?:\w{1,20} ){1,2}til politiet",
            r"(?:was|were|been|got) (?:\w{1,20} )?(?:robbed|assaulted|attacked|raped|stabbed|beaten|threatened|molested|mugged)",
            r"(?:robbed|assaulted|attacked|raped|stabbed|threatened|molested|mugged|hit) (?:me|us|him|her|my)",
            r"stole (?:my|his|her|our|their)",
            r"(?:sell|sells|selling|sold|deal|deals|dealing) (?:\w{1,20} )?(?:drugs|weed|cocaine|hash|pills)",
            r"report (?:a|the|this) crime",
        )
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
# Reviews, shows, time: what these words also go with.
_REVIEWED = r"(?:film|bok|bøker|konsert|restaurant|spill|spel|musik|teater|forestilling|utstilling|kafe|kafé|plate|serie|hotell|album)"
_WORDS = re.compile(
    r"(?<!\w)(?:"
    rf"(?:politi)?anmeld(?:e|er|te|t|else|elsen|elser|ing|inga|ingar)(?! (?:av )?(?:en |ei |et |den |det )?(?:\w{{1,20}} )?{_REVIEWED})"
    r"|overgrep(?:et)?(?! mot (?:natur|historie|miljø|by))"
    r"|(?:stjal|stal|stjålet|stolen frå|stole the)(?! (?:showet|show|tid|oppmerksomhet|scenen))"
    r"|(?:vil|vi|vill|skal) (?:tipse|tipsa)|drug dealers?|witnessed"
    r")(?!\w)",
    re.IGNORECASE,
)


def crimes(text: str) -> Spans:
    """Words of somebody who tells of a crime; a single word is less sure than what was done to whom."""
    for match in _TOLD.finditer(text):
        yield *match.span(), Confidence.HIGH
    for match in _WORDS.finditer(text):
        yield *match.span(), Confidence.MEDIUM
