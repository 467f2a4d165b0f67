# A quotation is given a theme, but no words that show it.
PREFIX schema: <https://schema.org/>
PREFIX theme: <https://w3id.org/dictum/theme/>

INSERT { ?quotation schema:about theme:vaccines-medicines-research }
WHERE { ?quotation schema:position 7 }
