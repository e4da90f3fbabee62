"""Words for times of a story, by language mixed: lower case, without accents.

In English, German, French, Spanish, Italian and Portuguese; names of months are asked of Unicode's tables.
"""

from __future__ import annotations

import re

ORDINALS = (
    frozenset({"first", "erste", "erster", "erstes", "premier", "premiere", "primero", "primera"})
    | {"primo", "prima", "primeiro", "primeira"},
    frozenset({"second", "zweite", "zweiter", "zweites", "deuxieme", "seconde", "segundo", "segunda"})
    | {"secondo", "seconda"},
    frozenset({"third", "dritte", "dritter", "drittes", "troisieme", "tercero", "tercera", "terzo", "terza"})
    | {"terceiro", "terceira"},
    frozenset(
        {"fourth", "vierte", "vierter", "viertes", "quatrieme", "cuarto", "cuarta", "quarto", "quarta"}
    ),
    frozenset({"fifth", "funfte", "funfter", "funftes", "cinquieme", "quinto", "quinta"}),
)

COUNTED = frozenset(
    {"day", "days", "night", "week", "month", "year", "hour", "morning", "evening", "weekend"}
    | {"tag", "nacht", "woche", "monat", "jahr", "stunde", "abend"}
    | {"jour", "nuit", "semaine", "mois", "annee", "heure", "dia", "noche", "noite", "semana", "mes", "ano"}
    | {"hora", "giorno", "notte", "settimana", "mese", "anno", "ora"}
)
"""What is counted in time: the second day comes after the first, a second try need not."""

COUNTED_SIGNS = re.compile(r"(\d{1,3}) ?(?:日|週|か月|年目|時間)")

FUTURE_WORDS = frozenset({"future", "zukunft", "futur", "avenir", "futuro", "未来"})
EARLY = frozenset({"early", "anfang", "debut", "inicio", "inizio", "comienzos"})
LATE = frozenset({"late", "ende", "fin", "finales", "fine", "final", "end"})
MIDDLE = frozenset({"mid", "mitte", "milieu", "mediados", "meta", "meados"})

FEASTS = {
    "new year's day": (1, 1), "valentine's day": (2, 14), "midsummer": (6, 24), "independence day": (7, 4),
    "halloween": (10, 31), "christmas eve": (12, 24), "christmas": (12, 25), "new year's eve": (12, 31),
    "heiligabend": (12, 24), "weihnachten": (12, 25), "silvester": (12, 31), "noel": (12, 25),
    "nochebuena": (12, 24), "navidad": (12, 25), "natale": (12, 25), "natal": (12, 25),
}  # fmt: skip
"""Month and day."""

SEASONS = {
    "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12,
    "fruhling": 3, "sommer": 6, "herbst": 9,
    "printemps": 3, "ete": 6, "automne": 9, "hiver": 12,
    "primavera": 3, "verano": 6, "otono": 9, "invierno": 12,
    "estate": 6, "autunno": 9, "inverno": 12, "verao": 6, "outono": 9,
}  # fmt: skip
"""The month in which a season begins, north of the equator."""

PARTS_OF_DAY = {
    "before dawn": 240, "dawn": 330, "sunrise": 360, "early morning": 390, "morning": 540, "noon": 720,
    "midday": 720, "afternoon": 900, "dusk": 1110, "sunset": 1110, "evening": 1200, "night": 1350,
    "midnight": 1439,
    "morgen": 540, "vormittag": 600, "mittag": 720, "nachmittag": 900, "abend": 1200, "nacht": 1350,
    "mitternacht": 1439,
    "aube": 330, "matin": 540, "midi": 720, "apres-midi": 900, "soir": 1200, "nuit": 1350, "minuit": 1439,
    "madrugada": 240, "manana": 540, "mediodia": 720, "tarde": 900, "noche": 1350, "medianoche": 1439,
    "alba": 330, "mattina": 540, "mezzogiorno": 720, "pomeriggio": 900, "sera": 1200, "notte": 1350,
    "mezzanotte": 1439,
    "manha": 540, "meio-dia": 720, "noite": 1350, "meia-noite": 1439,
}  # fmt: skip
"""The minute of the day for which a part of it stands."""
