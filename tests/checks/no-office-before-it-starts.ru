# An office begins after its end; nobody is said to have held it at an event.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX office: <https://w3id.org/dictum/office/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX person: <https://w3id.org/dictum/person/>
PREFIX post: <https://w3id.org/dictum/post/>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
  office:upside-down a org:Membership ;
    org:member person:angela-merkel ;
    dictum:post post:federal-chancellor-of-germany ;
    schema:startDate "2005-11-22"^^xsd:date ;
    schema:endDate "2005-11-21"^^xsd:date .
}
