"""Words that give a story away, by language: who dies, who did it, what was not what it seemed, how it ends.

Patterns are matched against the words of a sentence in lower case with their accents, one space between;
Japanese, which has no spaces, is matched as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class LeakWords:
    """What a language says when it tells too much, as patterns.

    `death` is said of the name beside it; `culprit`, `twist` and `ending` of all of their sentence.
    `guilt` is how a plot may say that somebody did it. `unreal` before a phrase makes it a fear, a
    wish or a plan, and `past` something that lies before the story; a sentence with a `choice` leaves
    open what comes. `plain` words weigh nothing and `common` ones little; `alike` gives words of one
    meaning one stem.
    """

    death: str
    culprit: str
    twist: str
    ending: str
    guilt: str = ""
    unreal: str = ""
    past: str = ""
    choice: str = ""
    plain: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    alike: Mapping[str, str] = field(default_factory=dict)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _alike(groups: str) -> dict[str, str]:
    """Lines of words: the first of each stands for all."""
    return {word: line.split()[0] for line in groups.strip().splitlines() for word in line.split()}


_ENGLISH = LeakWords(
    death=r"dies|died|(?<!the )dead|death(?! row| camp| squad)|perish(?:es|ed)|(?:is|are|gets?|be|been"
    r"|being|was) (?:\w+ )?(?:killed|murdered|executed|hanged|shot|stabbed|drowned|strangled|poisoned"
    r"|crushed|beheaded)|kills|kill|killed|murders|murdered|executed|shoots|(?:has|have) (?:shot|killed"
    r"|murdered|stabbed)|stabs|stabbed|strangles|strangled|drowns|drowned|hangs (?:him|her)self"
    r"|commits suicide|suicide|takes? (?:his|her|their) own lives?|(?:does|do|did) not survive"
    r"|doesn['’]t survive|fatally|fatal|sacrific(?:es?|ed) (?:him|her|them)sel(?:f|ves)|succumbs"
    r"|last breath|lifeless|body|corpse",
    culprit=r"(?:is|was|are|were) the (?:\w+ )?(?:killer|murderer|culprit|traitor|thief|mole|spy|one who"
    r"|mastermind)s?|the (?:\w+ )?(?:killer|murderer|culprit|traitor|thief|mole|mastermind) (?:is|was"
    r"|turns out)|it (?:is|was) (?:\w+ ){1,3}who|(?:was|were|is|been) (?:\w+ )?(?:murdered|killed|poisoned"
    r"|betrayed|framed|robbed|stolen|kidnapped|set) by|behind (?:it all|the murders?|the killings?)"
    r"|who did it|(?:murdered|killed|stabbed|poisoned|strangled|betrayed|framed)|(?:murders|kills|poisons"
    r"|betrays|framing)",
    guilt=r"killer|murderer|culprit|traitor|mole|murder(?:s|ed)?|kill(?:s|ed)?|poison(?:s|ed)?|betray(?:s"
    r"|ed)?|stab(?:s|bed)?|confesses|selling|sold|lured|did it",
    twist=r"(?:it |which |who |what )?turn(?:s|ed)? out|(?:is|are|was|were) (?:really|actually|secretly"
    r"|in fact|in truth|in reality|none other than)|(?:is|are|was|were|gets?|be) (?:finally |eventually "
    r"|then )?(?:revealed|unmasked|exposed|discovered)|reveals? (?:that|him|her)|in reality|in truth"
    r"|secretly|all along|(?:only|all) (?:a|in (?:his|her|their)) (?:dream|imagination|head|mind)|(?:was"
    r"|is) (?:just |all |only )+a dream|true identity|real identity|never (?:been|really)|(?:has"
    r"|have) been dead|is (?:still )?alive|are (?:still )?alive|was (?:still )?alive|none other|faked"
    r"|what nobody (?:knows|suspects)|the truth (?:is|about)|(?:is|are) dead|(?:him|her)self (?:is|was)"
    r"|learns that|discovers that|finds out that",
    ending=r"in the end|at the end|by the end|in the final|ends? (?:with|up|when|in|by|as|happily)"
    r"|ended up|finally|at last|ultimately|eventually|happily ever after|the film (?:ends|closes)"
    r"|by its end|last (?:scene|shot|image)|and never (?:comes|returns)",
    unreal=r"if|unless|whether|may|might|could|would|should|must|can|cannot|will|to|wants?|wish(?:es)?"
    r"|plans?|tr(?:y|ies|ying)|fears?|threatens?|threat|hopes?|believes?|suspects?|suspected|accused"
    r"|rumou?r|says?|or|before|refuses?|almost|nearly|supposed|supposedly|presumed|attempts?|vows?|sworn"
    r"|whoever|who(?: has| had| is| was)?|whom|nobody has to",
    choice=r"must (?:choose|decide)|ha(?:s|ve) to (?:choose|decide)|whether",
    past=r"whose|late|years? ago|long ago|after|when|since|following|whom|who (?:was|had|died)|had|ago"
    r"|winters? ago",
    plain=_words(
        "a about after again against all along also am an and another any are around as at away back be "
        "because been before behind being between both but by can cannot could did do does doing done "
        "down during each even ever every few for from further had has have having he her here hers "
        "herself him himself his how i if in into is it its itself just like may me might more most much "
        "must my near no nor not now of off on once one only onto or other our out over own same she "
        "should so some something someone somebody such than that the their them themselves then there "
        "these they this those though through to together too toward towards two under until up upon us "
        "very was we were what when where whether which while who whom whose why will with within without "
        "would yet you your three four first second s t don didn doesn isn"
    ),
    common=_words(
        "man woman boy girl people find found go gone come came get got make made take took give gave "
        "know see look begin become tell told say ask want wish try turn keep leav liv life lif love lov "
        "young new old famil famili family hom house hous time day night year week long littl good great "
        "world way thing place plac friend father mother son daughter brother sister husband wif wife "
        "child town citi city work help meet own last put set let run hand soon never always stori story "
        "film name nam end still well"
    ),
    alike=_alike("""
die dies died dead death deaths dying perish perishes perished fatal
kill kills killed killing murder murders murdered murderer slay slain killer
shoot shoots shot shooting
burn burns burned burnt burning fire flames blaze ablaze
marry marries married wed weds wedding marriage bride propose proposes engaged
steal steals stole stolen theft
confess confesses confessed confession admit admits admitted
flee flees fled escape escapes escaped
prison jail imprisoned jailed
leave leaves left leaving
find finds found discover discovers discovered
begin begins began begun start starts started
take takes took taken
give gives gave given
fall falls fell fallen
go goes went gone
come comes came
see sees saw seen
write writes wrote written
know knows knew known
speak speaks spoke spoken talk talks talked
sell sells sold
buy buys bought
bring brings brought carry carries carried
lose loses lost losing
win wins won
throw throws threw thrown
drive drives drove driven
wake wakes woke awakes awakens
dream dreams dreamt dreamed
sew sews sewn sewed
make makes made
build builds built
steer steers steered
hide hides hid hidden
break breaks broke broken
teach teaches taught
tell tells told
sing sings sang sung
swear swears swore sworn
return returns returned
trade trades traded exchange exchanges
school schools
money cash
reveal reveals revealed
alive living
child children kid kids
wife wives
final last
"""),
)

_FRENCH = LeakWords(
    death=r"meurt|meurent|mort|morte|est (?:tué|tuée|abattu|abattue|assassiné|assassinée|exécuté|exécutée)"
    r"|tue|se tue|a tué|assassine|a assassiné|se suicide|se noie|se pend|se sacrifie|succombe"
    r"|ne survit pas|décède|cadavre",
    culprit=r"(?:est|était) (?:le|la) (?:vrai |vraie |véritable )?(?:meurtrier|meurtrière|assassin"
    r"|coupable|tueur|tueuse|traître)|(?:l['’]assassin|le meurtrier|le coupable|le tueur"
    r"|le traître) (?:est|n['’]est autre)|c['’](?:est|était) (?:\w+ ){1,3}qui|a (?:tué|assassiné"
    r"|empoisonné|trahi)|avai(?:t|ent) tué",
    guilt=r"tué|meurtrier|assassin|coupable|empoisonné|avoue|trahi",
    twist=r"en réalité|en fait|en vérité|n['’]est autre que|se révèle|s['’]avère|il s['’]avère"
    r"|est révélée?|découvre que|ce n['’]était qu['’]un rêve|depuis le début|véritable identité"
    r"|toujours vivante?|comprendre que",
    ending=r"à la fin|finalement|enfin|finit par|finissent par|se termine|pour finir|au bout du compte",
    unreal=r"si|peut|pourrait|veut|voudrait|doit|croit|soupçonne|soupçonné|menace|craint|pour|avant|ou"
    r"|tente|essaie|de",
    choice=r"doit (?:choisir|décider)|doivent (?:choisir|décider)",
    past=r"depuis|après|dont|feu|il y a|quand|lorsque|à la suite",
    plain=_words(
        "le la les l un une des du de d et ou où à a au aux en dans par pour sur sous avec sans que qui "
        "qu quoi dont ne n pas plus se s sa son ses leur leurs il elle ils elles lui y ce c cet cette ces "
        "est sont était être avoir avait ont mais si comme tout tous toute très même chaque fait on nous "
        "vous je me mon deux trois"
    ),
    common=_words(
        "homme femme jeune vie amour jour soir nuit ville maison trouve veut père mère fils fille temps"
    ),
)

_GERMAN = LeakWords(
    death=r"stirbt|sterben|starb|tot|tod|wird (?:\w+ ){0,4}(?:getötet|ermordet|erschossen|erstochen"
    r"|ertränkt|hingerichtet)|tötet|ermordet|erschießt|ersticht|bringt (?:\w+ )?um|nimmt sich das leben"
    r"|begeht selbstmord|ertrinkt|erhängt sich|opfert sich|überlebt (?:\w+ )?nicht|kommt ums leben|leiche",
    culprit=r"(?:der|die) (?:wahre |eigentliche )?(?:mörder|mörderin|täter|täterin|verräter"
    r"|verräterin) ist|ist (?:\w+ ){0,2}(?:der|die) (?:wahre |eigentliche )?(?:mörder|mörderin|täter"
    r"|täterin|verräter|verräterin)|(?:der|die) (?:mörder|mörderin|täter|täterin|verräter) (?:ist|war)"
    r"|steckt hinter|hat (?:\w+ ){0,4}(?:ermordet|getötet|umgebracht|verraten)|es (?:ist"
    r"|war) (?:\w+ ){1,3}(?:der|die)",
    guilt=r"mörder\w*|täter\w*|ermordet|getötet|verräter\w*|gesteht|umgebracht|vergiftet",
    twist=r"stellt sich heraus|entpuppt sich|in wirklichkeit|in wahrheit|eigentlich|tatsächlich"
    r"|die ganze zeit|erweist sich|nur ein traum|wahre identität|noch am leben|niemand anderes? als"
    r"|erfährt dass|entdeckt dass",
    ending=r"am ende|am schluss|zum schluss|schließlich|endlich|zuletzt|endet (?:mit|damit)|letztlich"
    r"|letzten endes",
    unreal=r"wenn|falls|ob|kann|könnte|will|möchte|muss|soll|sollte|würde|droht|fürchtet|glaubt|verdacht"
    r"|oder|bevor|zu",
    choice=r"muss sich entscheiden|ob",
    past=r"seit|nach|dessen|deren|als|vor jahren|verstorbenen?|nachdem",
    plain=_words(
        "der die das den dem des ein eine einen einem einer eines und oder aber nicht in im an am auf aus "
        "bei mit nach von vom vor zu zum zur über unter durch für um ist sind war wird werden hat haben "
        "hatte er sie es ihn ihm ihr ihre ihren ihrem seine seinen seinem sein sich als wie wenn dass daß "
        "da so nur noch schon auch zwei drei jede jeden jeder man was wer wo bis ohne gegen niemand "
        "keiner mehr sehr dann"
    ),
    common=_words(
        "mann frau junge mädchen leben liebe jahr tag nacht stadt haus findet geht kommt vater mutter sohn"
    ),
)

_SPANISH = LeakWords(
    death=r"muere|mueren|murió|muerto|muerta|muerte|es (?:asesinado|asesinada|ejecutado|ejecutada)|mata"
    r"|se mata|mató|asesina|se suicida|se ahoga|se sacrifica|no sobrevive|fallece|cadáver|pierde la vida",
    culprit=r"(?:es|era) (?:el|la) (?:verdader[oa] )?(?:asesin[oa]|culpable|traidor|traidora|ladrón)|(?:el"
    r"|la) (?:asesin[oa]|culpable|traidor|traidora) (?:es|era)|fue (?:\w+ ){1,3}quien|ha (?:matado"
    r"|asesinado)|mató a|asesinó a|traicionó",
    guilt=r"asesin[oa]|culpable|mató|asesinó|ha matado|confiesa|traidor\w*|envenenó|traicionó",
    twist=r"en realidad|resulta (?:ser|que)|en verdad|se revela|descubre que|no es otr[oa] que"
    r"|todo (?:el tiempo|era un sueño)|verdadera identidad|sigue viv[oa]|era un sueño|de hecho",
    ending=r"al final|finalmente|por fin|acaba|acaban|termina|terminan|por último|a la postre",
    unreal=r"si|puede|podría|quiere|debe|cree|sospecha|teme|amenaza|para|antes|intenta|o|de",
    choice=r"(?:debe|tiene que) (?:elegir|decidir)",
    past=r"cuando|desde|tras|después|cuyo|cuya|hace|difunto|difunta|al morir",
    plain=_words(
        "el la los las un una unos unas y e o u de del a al en con sin por para que quien se su sus le "
        "les lo no ni es son era fue ser está hay ha han como más pero si donde cuando este esta ese esa "
        "todo todos todas él ella ellos muy ya dos tres cada mientras entre"
    ),
    common=_words("hombre mujer joven vida amor día noche ciudad casa padre madre hijo hija tiempo pueblo"),
)

_ITALIAN = LeakWords(
    death=r"muore|muoiono|morì|morto|morta|morte|(?:è|viene) (?:ucciso|uccisa|assassinato|assassinata"
    r"|giustiziato)|uccide|ammazza|ha ucciso|si uccide|si suicida|annega|si sacrifica|non sopravvive"
    r"|perde la vita|cadavere|si impicca",
    culprit=r"(?:è|era) (?:il|la|l['’]) ?(?:vero |vera )?(?:assassin[oa]|colpevole|traditore|traditrice"
    r"|ladro)|(?:l['’]assassin[oa]|il colpevole|il traditore) (?:è|era)|è (?:stato|stata) (?:\w+ ){1,3}"
    r"|ha (?:ucciso|tradito|assassinato)",
    guilt=r"assassin[oa]|colpevole|ucciso|confessa|tradito|traditore|avvelenato",
    twist=r"in realtà|in verità|si rivela|si scopre|scopre che|risulta|non è altri che"
    r"|era (?:tutto )?un sogno|vera identità|ancora viv[oa]|per tutto il tempo|viene rivelato",
    ending=r"alla fine|infine|finalmente|finisce|finiscono|si conclude|in ultimo",
    unreal=r"se|può|potrebbe|vuole|deve|crede|sospetta|teme|minaccia|prima|tenta|cerca|o|di",
    choice=r"deve (?:scegliere|decidere)",
    past=r"quando|dopo|da quando|defunto|defunta|per la|anni fa|il cui|la cui|alla",
    plain=_words(
        "il lo la i gli le l un uno una e o di del della dei delle dello a al alla ai alle da dal dalla "
        "in nel nella con su sul sulla per tra fra che chi cui si se non né è sono era ha hanno lui lei "
        "loro suo sua suoi sue ci vi ne come più ma dove quando questo questa ogni tutto tutti tutta "
        "anche ancora mentre due tre d"
    ),
    common=_words(
        "uomo donna giovane vita amore giorno notte città casa padre madre figlio figlia tempo paese"
    ),
)

_PORTUGUESE = LeakWords(
    death=r"morre|morrem|morreu|morto|morta|morte|é (?:assassinado|assassinada|morto|morta|executado"
    r"|executada)|mata|matou|assassina|assassinou|suicida-se|se suicida|afoga-se|se afoga|sacrifica-se"
    r"|se sacrifica|não sobrevive|falece|perde a vida|cadáver",
    culprit=r"(?:é|era) (?:o|a) (?:verdadeir[oa] )?(?:assassin[oa]|culpad[oa]|traidor|traidora|ladrão)"
    r"|(?:o|a) (?:assassin[oa]|culpad[oa]|traidor|traidora) (?:é|era)|foi (?:\w+ ){1,3}quem|matou (?:o|a)"
    r"|assassinou|traiu",
    guilt=r"assassin[oa]|culpad[oa]|matou|assassinou|confessa|traidor\w*|envenenou|traiu",
    twist=r"na verdade|na realidade|afinal|revela-se|se revela|descobre que|não é outr[oa] senão|(?:era"
    r"|foi) (?:tudo )?um sonho|verdadeira identidade|ainda está viv[oa]|o tempo todo|de facto|de fato",
    ending=r"no fim|no final|finalmente|por fim|acaba|acabam|termina|terminam",
    unreal=r"se|pode|poderia|quer|deve|acredita|suspeita|teme|ameaça|para|antes|tenta|ou|de",
    choice=r"(?:deve|tem de|tem que) (?:escolher|decidir)",
    past=r"quando|depois|desde|após|falecido|falecida|há|cujo|cuja",
    plain=_words(
        "o a os as um uma uns umas e ou de do da dos das em no na nos nas com sem por pela pelo para que "
        "quem se seu sua seus suas lhe lhes não nem é são era foi ser está há como mais mas onde quando "
        "este esta esse essa todo todos ele ela eles muito já dois duas três cada enquanto entre à ao"
    ),
    common=_words("homem mulher jovem vida amor dia noite cidade casa pai mãe filho filha tempo aldeia"),
)

_JAPANESE = LeakWords(
    death=r"死ぬ|死ん|死亡|死去|亡くなる|亡くなっ|殺され|殺し|殺す|殺害|自殺|命を落と|息を引き取|溺死|処刑|犠牲にな|絶命",
    culprit=r"犯人(?:は|が)|(?:が|こそ)[^。、]{0,8}犯人|黒幕|裏切り者|真犯人|[^。、]{1,10}(?:が|を)殺した",
    guilt=r"犯人|殺した|黒幕|裏切|自白",
    twist=r"実は|正体|本当は|じつは|真相|夢だった|判明|明らかにな|すべては",
    ending=r"最後に|最後は|ついに|結局|結末|ラスト",
    unreal=r"かもしれない|もし|ように|恐れ|疑",
    choice=r"選択を迫られ|だろうか|のか[。？]",
    past=r"年前に|から[一二三四五六七八九十]|亡き|後、|事故で亡くし",
)

LEAK_WORDS: Mapping[str, LeakWords] = {
    "en": _ENGLISH,
    "fr": _FRENCH,
    "de": _GERMAN,
    "es": _SPANISH,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
    "ja": _JAPANESE,
}
"""By primary language subtag. A language that is not here has no phrases; its sentences are compared."""


@lru_cache(maxsize=64)
def pattern(language: str, sort: str) -> re.Pattern[str] | None:
    """One of a language's patterns, on whole words; None where the language has none."""
    words = LEAK_WORDS.get(language)
    source: str = getattr(words, sort) if words else ""
    if not source:
        return None
    return re.compile(source if language == "ja" else rf"(?<!\w)(?:{source})(?!\w)")
