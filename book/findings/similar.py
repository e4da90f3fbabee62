"""Similar films, and links from film to film."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
    "F301": Code(
        "similar film not found",
        ERROR,
        "A similar link names a film by a slug that no entry has.",
        "Mend the slug; name a film beyond the guide by title and year instead, e.g. Barfly (1987).",
    ),
    "F302": Code(
        "similar to itself",
        WARNING,
        "A film names itself as a similar film.",
        "Take the line out, or write which other film was meant.",
    ),
    "F303": Code(
        "similar film twice",
        WARNING,
        "A film names the same similar film more than once; only the first counts.",
        "Take one of the two out.",
    ),
    "F304": Code(
        "similar film unclear",
        WARNING,
        "A similar link gives a title that several films of the guide share; the oldest is taken.",
        "Add the year in brackets, or give the slug.",
    ),
    "F305": Code(
        "word embeddings missing",
        WARNING,
        "guide.toml asks for word embeddings, and the package that has them is not installed.",
        "Install filmguide[embeddings], or take the line out: similar films are found without them as well.",
    ),
    "F306": Code(
        "link to an unknown film",
        ERROR,
        "A text names a film in double brackets that no entry has. Such links lead to the pages of films, "
        "never to their spoilers.",
        "Mend the slug; it is the entry's file name without its ending.",
    ),
}
