# The concept of a type is misspelt, so that nothing is said of it.
PREFIX event-type: <https://w3id.org/dictum/event-type/>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>

DELETE { ?event sem:eventType event-type:phone-call }
INSERT { ?event sem:eventType event-type:phonecall }
WHERE { ?event sem:eventType event-type:phone-call }
