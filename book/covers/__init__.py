"""Covers: the sheet that goes round a printed book, with its barcode, and pictures of the front."""
