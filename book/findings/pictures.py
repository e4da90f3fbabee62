"""Pictures."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
    "F401": Code(
        "picture missing",
        ERROR,
        "A picture that an entry or guide.toml names is not there.",
        "Mend the path, which counts from the guide's folder, or take the picture out.",
    ),
    "F402": Code(
        "picture outside the guide",
        ERROR,
        "A picture's path leads out of the guide's folder, where no other machine would find it.",
        "Copy the picture into the guide, for instance into images/.",
    ),
    "F403": Code(
        "picture too big",
        ERROR,
        "A picture is larger than 20 MB or 60 megapixels, more than any printer can use.",
        "Save it smaller: 3000 pixels on the long side fill any page.",
    ),
    "F404": Code(
        "not a picture",
        ERROR,
        "A file is not a picture that a book can hold.",
        "Save it as JPEG, PNG, GIF, WebP or SVG.",
    ),
    "F405": Code(
        "picture without words",
        WARNING,
        "A picture has no alt text, so readers who cannot see it learn nothing of it.",
        "Add alt: with a sentence that says what can be seen.",
    ),
    "F406": Code(
        "drawing that does more than draw",
        ERROR,
        "An SVG has a script in it, asks for a file or an address outside of the guide, or has so many "
        "shapes that it would never be drawn.",
        "Save it from a drawing program as plain SVG, with all its pictures in it, or as PNG.",
    ),
}
