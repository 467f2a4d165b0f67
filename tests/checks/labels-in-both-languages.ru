# A place lost its Chinese name.
PREFIX place: <https://w3id.org/dictum/place/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { place:germany skos:prefLabel "德国"@zh }
