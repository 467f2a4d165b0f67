# Two people are the same item.
PREFIX person: <https://w3id.org/dictum/person/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { person:angela-merkel skos:exactMatch ?one }
INSERT { person:angela-merkel skos:exactMatch ?other }
WHERE { person:angela-merkel skos:exactMatch ?one . person:emmanuel-macron skos:exactMatch ?other }
