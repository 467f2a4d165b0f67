"""Runs Jena's command-line classes from the jars of Debian's `libapache-jena-java`, which come without a launcher."""

import functools
import subprocess
import sys
import zipfile
from pathlib import Path

JARS = Path("/usr/share/java")
NEEDED = """
    jena-arq jena-base jena-cmds jena-core jena-iri jena-rdfconnection jena-shacl jena-shex jena-tdb jena-tdb2
    jena-dboe-base jena-dboe-index jena-dboe-storage jena-dboe-trans-data jena-dboe-transaction
    slf4j-api slf4j-simple commons-cli commons-codec commons-compress commons-csv commons-io commons-lang3 commons-logging
    gson guava jackson-annotations jackson-core jackson-databind jsonld-java httpclient httpclient-cache httpcore
    thrift dexx.collection
""".split()


@functools.cache
def _classpath():
    # Debian's jar keeps the messages of its built-in Xerces where the classes do not look for them,
    # and without them nothing starts: put copies where they do.
    messages = Path(sys.prefix) / "share" / "jena-messages"
    prefix = "org/apache/jena/ext/"
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(prefix) and name.endswith(".properties"):
                copy = messages / name.removeprefix(prefix)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(jar.read(name))
    jars = [JARS / f"{name}.jar" for name in NEEDED]
    return ":".join(map(str, [messages, *(jar for jar in jars if jar.exists())]))


def run(main_class, *arguments):
    """What the class prints; its complaints, if it fails, are the exception."""
    # Each run is short, so a quick start matters more than fast code.
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", _classpath(), main_class, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 0, f"Jena: {done.stderr.decode()}"
    return done.stdout.decode()
