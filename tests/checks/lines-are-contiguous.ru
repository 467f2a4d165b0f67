# A line is missing.
PREFIX dictum: <https://w3id.org/dictum/ns#>

DELETE { ?source dictum:line ?line . ?line ?says ?what }
WHERE { ?line dictum:lineNumber 5 ; ?says ?what . ?source dictum:line ?line }
