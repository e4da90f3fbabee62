"""The live preview: the guide served to a browser on this machine, one film painted anew at each save.

bench      the guide in memory; a save re-reads one entry and touches one film
standing   how far a film is, and what of its findings may be read without knowing the story
places     where films stand in the book: by the last build, or as an estimate
painting   one film's pages, laid out by a worker and rendered as pictures
documents  one film as the e-book shows it
searching  words in films, the story left out unless it is asked for
guard      who may ask: this machine's browser, at our own address, from our own page
events     what the page is told while it is open
routes     addresses to all of that
serving    the server itself, and its ear on the folder
"""
