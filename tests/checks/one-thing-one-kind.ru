# A person who is also a place.
PREFIX person: <https://w3id.org/dictum/person/>
PREFIX schema: <https://schema.org/>

INSERT DATA { person:angela-merkel a schema:Place }
