"""People by surname, against a list made by hand: particles, double surnames, family names first."""

from __future__ import annotations

import pytest

from book.people import people, surname_first, with_particle

NAMES = """
Mike Figgis | en | Figgis, Mike
D. W. Griffith | en | Griffith, D. W.
Robert Downey Jr. | en | Downey, Robert, Jr.
Robert Downey, Jr. | en | Downey, Robert, Jr.
Harry Morgan III | en | Morgan, Harry, III
Lars von Trier | da | Trier, Lars von
Hans van den Berg | nl | Berg, Hans van den
Josef von Sternberg | en | Sternberg, Josef von
Gus Van Sant | en | Van Sant, Gus
Robert De Niro | en | De Niro, Robert
Vittorio De Sica | it | De Sica, Vittorio
Vittorio de Sica | it | de Sica, Vittorio
Guillermo del Toro | es | del Toro, Guillermo
Álex de la Iglesia | es | Iglesia, Álex de la
Jean de La Fontaine | fr | La Fontaine, Jean de
Jan de Bont | en | Bont, Jan de
Jill St. John | en | St. John, Jill
Al Pacino | en | Pacino, Al
Ben Affleck | en | Affleck, Ben
Van Heflin | en | Heflin, Van
Mackenzie Davis | en | Davis, Mackenzie
Andie MacDowell | en | MacDowell, Andie
Frances McDormand | en | McDormand, Frances
Micheál Mac Liammóir | en | Mac Liammóir, Micheál
Hervé Le Roux | fr | Le Roux, Hervé
Gregory La Cava | en | La Cava, Gregory
Philippe de Broca | fr | Broca, Philippe de
Olivia de Havilland | en | de Havilland, Olivia
Manoel de Oliveira | pt | Oliveira, Manoel de
Nelson Pereira dos Santos | pt | Santos, Nelson Pereira dos
Kleber Mendonça Filho | pt | Mendonça Filho, Kleber
Gabriel García Márquez | es | García Márquez, Gabriel
Gael García Bernal | es | García Bernal, Gael
Alejandro González Iñárritu | es | González Iñárritu, Alejandro
Juan Antonio Bayona | es | Bayona, Juan Antonio
Luis Buñuel | es | Buñuel, Luis
Víctor Erice Aras | es | Erice Aras, Víctor
Santiago Ramón y Cajal | es | Ramón y Cajal, Santiago
Robert Rodriguez | en | Rodriguez, Robert
Wong Kar-wai | yue | Wong Kar-wai
Bong Joon-ho | ko | Bong Joon-ho
Zhang Yimou | zh | Zhang Yimou
Hou Hsiao-hsien | zh | Hou Hsiao-hsien
Kim Novak | en | Novak, Kim
Kim Jee-woon | ko | Kim Jee-woon
Song Kang-ho | ko | Song Kang-ho
Lee Chang-dong | ko | Lee Chang-dong
Tony Leung Chiu-wai | yue | Leung Chiu-wai, Tony
Tony Leung Chiu Wai | yue | Leung Chiu Wai, Tony
Maggie Cheung | yue | Cheung, Maggie
Jackie Chan | yue | Chan, Jackie
Ang Lee | zh | Lee, Ang
Edward Yang | zh | Yang, Edward
Bae Doona | ko | Bae Doona
Jun Ji-hyun | ko | Jun Ji-hyun
Tran Anh Hung | vi | Tran Anh Hung
Akira Kurosawa | ja | Kurosawa, Akira
Hirokazu Kore-eda | ja | Kore-eda, Hirokazu
Wayne Wang | en | Wang, Wayne
Catherine Zeta-Jones | en | Zeta-Jones, Catherine
The Wachowskis | en | Wachowskis, The
The Rock | en | Rock, The
Björk | is | Björk
Prince | en | Prince
Cher | en | Cher
Mr. T | en | Mr. T
50 Cent | en | 50 Cent
Ice Cube | en | Ice Cube
Queen Latifah | en | Queen Latifah
King Vidor | en | Vidor, King
Lady Gaga | en | Lady Gaga
Powell and Pressburger | en | Powell and Pressburger
黒澤明 | ja | 黒澤明
Kurosawa, Akira | ja | Kurosawa, Akira
Haifaa al-Mansour | ar | Mansour, Haifaa al-
Vincent D'Onofrio | en | D'Onofrio, Vincent
Harry d'Abbadie d'Arrast | en | Arrast, Harry d'Abbadie d'
Daniel Day-Lewis | en | Day-Lewis, Daniel
Helena Bonham Carter | en | Bonham Carter, Helena
Dick Van Dyke | en | Van Dyke, Dick
Jaco Van Dormael | fr | Van Dormael, Jaco
Carice van Houten | nl | Houten, Carice van
Johanna ter Steege | nl | Steege, Johanna ter
Florian Henckel von Donnersmarck | de | Henckel von Donnersmarck, Florian
Rainer Werner Fassbinder | de | Fassbinder, Rainer Werner
Béla Tarr | hu | Tarr, Béla
Nuri Bilge Ceylan | tr | Ceylan, Nuri Bilge
A. R. Rahman | ta | Rahman, A. R.
Dolores del Río | es | del Río, Dolores
Benicio Del Toro | en | Del Toro, Benicio
Max von Sydow | sv | Sydow, Max von
Andrew Lau Wai-keung | yue | Lau Wai-keung, Andrew
Leonardo da Vinci | it | da Vinci, Leonardo
Leonardo DiCaprio | en | DiCaprio, Leonardo
Sammy Davis Jr. | en | Davis, Sammy, Jr.
Andrei Tarkovsky | ru | Tarkovsky, Andrei
Coen Brothers | en | Coen Brothers
Hampton Del Ruth | en | Del Ruth, Hampton
Roy Del Ruth | en | Del Ruth, Roy
Johnny Mack Brown | en | Brown, Johnny Mack
Marie-France Pisier | fr | Pisier, Marie-France
Ludwig van Beethoven | de | Beethoven, Ludwig van
Álvaro Guerrero | es | Guerrero, Álvaro
Edward James Olmos | es | Olmos, Edward James
María Luisa Bemberg | es | Bemberg, María Luisa
Sam Mendes | en | Mendes, Sam
Philip Seymour Hoffman | en | Hoffman, Philip Seymour
Cesare Zavattini | it | Zavattini, Cesare
Suso Cecchi d'Amico | it | d'Amico, Suso Cecchi
Pier Paolo Pasolini | it | Pasolini, Pier Paolo
Erich von Stroheim | en | Stroheim, Erich von
Chow Yun-fat | yue | Chow Yun-fat
Park Chan-wook | ko | Park Chan-wook
Choi Min-sik | ko | Choi Min-sik
Michelle Yeoh | zh | Yeoh, Michelle
Lee Marvin | en | Marvin, Lee
Stanley Kwan | yue | Kwan, Stanley
"""
"""A name, the language of the person's films, and the heading."""


@pytest.mark.parametrize("row", NAMES.split("\n")[1:-1])
def test_people_are_filed_by_surname_as_their_language_has_it(row: str) -> None:
    name, language, heading = row.split(" | ")
    assert surname_first(name, (language,)) == heading


def test_a_name_of_nothing_is_filed_as_nothing() -> None:
    assert surname_first("") == ""


def test_a_hungarian_stands_as_he_writes_himself_in_a_hungarian_guide_only() -> None:
    assert surname_first("Tarr Béla", ("hu",), "hu") == "Tarr Béla"
    assert surname_first("Béla Tarr", ("hu",), "en") == "Tarr, Béla"
    assert surname_first("Orson Welles", ("en",), "hu") == "Welles, Orson"


def test_one_person_has_one_heading_by_the_language_of_most_of_the_films() -> None:
    credits = [("Bae Suzy", ("ko",)), ("Bae Suzy", ("en",)), ("bae suzy", ("ko", "en"))]

    assert people(credits, {}).heading("Bae Suzy") == "Bae Suzy"
    assert people(credits[1:2], {}).heading("Bae Suzy") == "Suzy, Bae"


def test_the_guide_says_who_is_filed_otherwise() -> None:
    given = {"Mary Elizabeth Winstead": "Elizabeth Winstead, Mary", "Abbas": "Abbas"}
    guide = people([], given)

    assert guide.heading("mary elizabeth  winstead") == "Elizabeth Winstead, Mary"
    assert guide.heading("Mike Figgis") == "Figgis, Mike"


@pytest.mark.parametrize(
    ("heading", "also_sought_under"),
    [
        ("Trier, Lars von", "von Trier, Lars"),
        ("Berg, Hans van den", "van den Berg, Hans"),
        ("Iglesia, Álex de la", "de la Iglesia, Álex"),
        ("Santos, Nelson Pereira dos", "dos Santos, Nelson Pereira"),
        ("Downey, Robert, Jr.", ""),
        ("De Niro, Robert", ""),
        ("Wong Kar-wai", ""),
        ("Prince", ""),
    ],
)
def test_who_lost_a_particle_may_be_sought_with_it(heading: str, also_sought_under: str) -> None:
    assert with_particle(heading) == also_sought_under
