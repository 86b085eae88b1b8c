# ruff: noqa: E501  (tables of words)
"""Words that a person should look at before a text is used: by kind of concern and language. numpy-free, torch-free.

A hit is no verdict: it puts the text into the review queue. Words with an everyday meaning in asset names (cock, bitch, ass of
animals; blood, skull, gun of games) are not listed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

KINDS = {
    "sexual": "sexual content",
    "hate": "an insult to a group of people",
    "violence": "cruelty to people",
    "self-harm": "harming oneself",
}
"""Kind of concern → how a sentence calls it."""


@dataclass(frozen=True)
class Concern:
    """``kind`` of ``KINDS``; ``reason`` a full sentence; ``score`` in 0..1, 1 for a listed word."""

    kind: str
    reason: str
    score: float


_LISTS: dict[str, dict[str, str]] = {
    "sexual": {
        "en": "porn|porno|pornography|pornographic|nsfw|hentai|xxx|nude|nudes|naked|nudity|topless|erotic|erotica|sexy|sexual|genitals"
              "|penis|vagina|dildo|blowjob|handjob|orgy|fetish|bdsm|orgasm|masturbat(?:e|ing|ion)|boobs|tits|lingerie model|stripper"
              "|hooker|whore|slut|milf|loli|lolicon|shota|fuck|fucking|fucker|cunt|pussy|cum shot",
        "de": "nackt|nackte|nackter|nacktheit|porno|pornografie|erotik|erotisch|titten|muschi|schwanz lutschen|ficken|gefickt|fotze|hure"
              "|nutte|schlampe|wichser|orgasmus",
        "fr": "nu(?:e|es)? intégral(?:e|es)?|femme nue|homme nu|porno|pornographie|érotique|erotique|baiser une|enculé|encule|salope|putain"
              "|pute|bite|chatte rasée|sexe explicite|seins nus",
        "es": "desnuda|desnudo|desnudos|desnudez|porno|pornografía|pornografia|erótico|erotico|erótica|puta|puto|follar|coño|polla|tetas"
              "|zorra desnuda|mamada",
        "it": "nuda|nudo integrale|porno|pornografia|erotico|erotica|puttana|troia|scopare|cazzo|figa|tette|pompino",
        "pt": "pelada|pelado|nudez|porno|pornografia|erótico|erótica|puta|foder|caralho|buceta|peitos nus|punheta",
        "nl": "naakt|naakte|porno|erotisch|neuken|hoer|kut|tieten|slet",
        "pl": "naga kobieta|nagi mężczyzna|nagość|porno|erotyczny|kurwa|pierdolić|jebać|cipka|chuj|cycki",
        "tr": "çıplak|porno|erotik|orospu|sikiş|siktir|amcık|meme ucu",
        "ru": "голая|голый|обнаженная|обнажённая|порно|эротика|эротический|шлюха|блядь|ебать|хуй|пизда|сиськи",
        "zh": "裸体|裸照|裸女|色情|情色|黄片|操你|妓女|做爱|阴茎|阴道|奶子",
        "ja": "裸の|全裸|ヌード|ポルノ|エロ|エッチ|変態|おっぱい|セックス|売春",
        "ko": "알몸|누드|포르노|야동|에로|섹스|창녀|씨발",
        "ar": "عارية|عاري|إباحي|اباحية|جنس فاضح|عاهرة|شرموطة",
        "hi": "नंगी|नंगा|अश्लील|पोर्न|चूत|लंड|रंडी",
    },
    "hate": {
        "en": "nigger|niggers|nigga|faggot|faggots|fag|kike|kikes|spic|spics|chink|chinks|gook|wetback|raghead|towelhead|tranny|retard"
              "|retarded|paki|coon|heil hitler|white power|white supremacy|gas the jews|race traitor|subhuman|untermensch",
        "de": "neger|kanake|kanaken|judensau|schwuchtel|untermensch|untermenschen|ausländer raus|heil hitler|sieg heil|zigeunerpack"
              "|spasti|missgeburt",
        "fr": "nègre|negre|bougnoule|youpin|sale arabe|sale juif|sale noir|pédé|tapette|tarlouze|bamboula",
        "es": "sudaca|maricón|maricon|negro de mierda|moro de mierda|judío de mierda|panchito",
        "it": "negro di merda|frocio|ricchione|sporco ebreo|terrone di merda|zingaro di merda",
        "pt": "viado de merda|macaco preto|judeu imundo|crioulo de merda",
        "nl": "kankerjood|kutmarokkaan|flikker|zandneger",
        "pl": "pedał jebany|brudny żyd|czarnuch|ciapaty",
        "tr": "ibne|pis yahudi|pis ermeni",
        "ru": "чурка|хач|жид|жиды|пидор|пидорас|черножопый|хохол поганый",
        "zh": "黑鬼|支那|小日本鬼子|死基佬",
        "ja": "土人|チョン公|シナ人|黒んぼ",
        "ko": "깜둥이|짱깨|쪽바리",
        "ar": "يهودي قذر|عبد أسود",
        "hi": "कटुआ|चमार साला",
    },
    "violence": {
        "en": "rape|rapist|raped|gang ?rape|child abuse|child murder|snuff|beheading video|torture porn|school shooting|mass shooting"
              "|genocide|ethnic cleansing|lynching|dismember(?:ed)? (?:child|woman|girl|boy|body)|how to (?:build|make) a bomb",
        "de": "vergewaltig(?:en|t|ung)|amoklauf|völkermord|kindesmisshandlung|hinrichtungsvideo|bombe bauen",
        "fr": "viol d|violer une|violeur|génocide|tuerie scolaire|maltraitance d'enfant|fabriquer une bombe",
        "es": "violación|violador|genocidio|tiroteo escolar|abuso infantil|fabricar una bomba",
        "it": "stupro|stuprare|genocidio|strage scolastica|abuso di minori",
        "pt": "estupro|estuprador|genocídio|abuso infantil|massacre na escola",
        "nl": "verkrachting|verkrachten|volkerenmoord|kindermishandeling",
        "pl": "gwałt|zgwałcić|ludobójstwo|znęcanie się nad dzieckiem",
        "tr": "tecavüz|soykırım|çocuk istismarı",
        "ru": "изнасилование|изнасиловать|геноцид|растление",
        "zh": "强奸|种族灭绝|虐待儿童|校园枪击",
        "ja": "強姦|レイプ|虐殺|児童虐待",
        "ko": "강간|집단학살|아동 학대",
        "ar": "اغتصاب|إبادة جماعية",
        "hi": "बलात्कार|नरसंहार",
    },
    "self-harm": {
        "en": "suicide|suicidal|kill(?:ing)? (?:myself|yourself|himself|herself)|self.?harm|cutting (?:my|her|his) wrists|pro.?ana|thinspo"
              "|hang(?:ing)? (?:myself|himself|herself)",
        "de": "selbstmord|suizid|sich umbringen|mich umbringen|ritzen am arm",
        "fr": "suicide|se suicider|me suicider|automutilation",
        "es": "suicidio|suicidarse|suicidarme|autolesión",
        "it": "suicidio|suicidarsi|autolesionismo",
        "pt": "suicídio|suicidar|automutilação",
        "nl": "zelfmoord|zelfverminking",
        "pl": "samobójstwo|samookaleczenie",
        "tr": "intihar",
        "ru": "самоубийство|суицид|самоповреждение",
        "zh": "自杀|自殘|自残",
        "ja": "自殺|リストカット|自傷",
        "ko": "자살|자해",
        "ar": "انتحار",
        "hi": "आत्महत्या",
    },
}  # fmt: skip

LANGUAGES = tuple(sorted({language for lists in _LISTS.values() for language in lists}))
_UNSPACED = {"zh", "ja", "ko", "hi", "ar"}  # words are found anywhere: there are no spaces, or endings are glued on
_DISGUISE = str.maketrans("013457@$!|", "oieastasii")


def _folded(text: str) -> str:
    """Lower case, without the marks that full width and stray accents make."""
    return unicodedata.normalize("NFKC", text).lower().replace("_", " ")


def _pattern(language: str, words: str) -> re.Pattern[str]:
    words = _folded(words)
    return re.compile(f"(?:{words})") if language in _UNSPACED else re.compile(rf"(?<!\w)(?:{words})(?!\w)")


_PATTERNS = [(kind, language, _pattern(language, words)) for kind, lists in _LISTS.items() for language, words in lists.items()]


def concerns_of(text: str) -> list[Concern]:
    """One concern for each kind that a listed word of any language stands for; letters disguised as digits are read too."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    forms = {_folded(plain), _folded(plain).translate(_DISGUISE), _folded(text)}
    found: dict[str, Concern] = {}
    for kind, language, pattern in _PATTERNS:
        hit = next((match for form in forms if (match := pattern.search(form))), None)
        if hit and kind not in found:
            reason = f"“{hit.group(0)}” is listed for {KINDS[kind]} ({language})."
            found[kind] = Concern(kind, reason, 1.0)
    return list(found.values())
