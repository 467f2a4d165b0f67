# A person lost their name.
PREFIX person: <https://w3id.org/dictum/person/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { person:angela-merkel skos:prefLabel ?label }
