"""From shards to a bound PDF: paint (WeasyPrint), lay out, bind."""
