"""How every check speaks: `ok NAME` or `FAIL NAME: REASON` on a line. One failure does not hide the next."""

import contextlib

_passed = []


@contextlib.contextmanager
def check(name):
    """Runs the block as one check: any exception, an `assert` above all, is its failure."""
    try:
        yield
        _passed.append(True)
        print(f"ok {name}", flush=True)
    except Exception as error:
        _passed.append(False)
        reason = str(error).strip() if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"
        print(f"FAIL {name}: {' '.join(reason.split())[:600]}", flush=True)


def exit_code():
    """0 if all passed. A script that found nothing to check has failed."""
    if not _passed:
        with check("something to check"):
            raise AssertionError("nothing found")
    return 0 if all(_passed) else 1


def differences(expected, found):
    """One example from each side, for a reason that can be acted on."""
    missing, extra = sorted(expected - found), sorted(found - expected)
    return f"{len(missing)} missing, e.g. {missing[:1]}; {len(extra)} extra, e.g. {extra[:1]}"
