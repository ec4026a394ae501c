"""Files into blocks, one module for each kind of file. They run in a process that takes
no more than it is given (slt.grunn.avgrenset), and without Django."""

import json


class Uleselig(Exception):  # noqa: N818
    """A file that cannot be read, for a reason that is known: see tiltak.innlesing.fil."""


def feillinje(grunn: Uleselig) -> bytes:
    """What stands in the place of blocks."""
    return json.dumps({"uleselig": str(grunn)}).encode() + b"\n"
