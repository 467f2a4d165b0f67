# An event from which nothing is quoted.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX event: <https://w3id.org/dictum/event/>
PREFIX event-type: <https://w3id.org/dictum/event-type/>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
  event:2020-05-01-meeting-0000000000000000 a sem:Event ;
    sem:eventType event-type:meeting ;
    dct:date "2020-05-01"^^xsd:date ;
    dictum:datePrecision "day" ;
    dictum:earliest "2020-05-01"^^xsd:date ;
    dictum:latest "2020-05-01"^^xsd:date .
}
