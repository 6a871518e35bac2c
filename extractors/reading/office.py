"""Old Word, RTF and OpenDocument files as PDF, by LibreOffice if it is there.

It runs with a profile of its own that is thrown away: no macros, no links followed, a proxy that leads nowhere. It gets a
time limit and is killed with all its children when it is over.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from schemas.errors import DocumentError

COMMANDS = ("soffice", "libreoffice")
SECONDS = 120.0
_INSTALL = (
    "Install LibreOffice (on Debian or Ubuntu: apt-get install libreoffice-writer), or save the file as PDF or DOCX."
)
_SETTING = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\()[^()\\]*(\))")
_DOCUMENT_ID = re.compile(rb"(/ID\s*\[\s*<)[0-9A-Fa-f]*(>\s*<)[0-9A-Fa-f]*(>\s*\])")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)[0-9A-Fa-f]*")


def find_libreoffice() -> str | None:
    """The LibreOffice command, if it is installed."""
    return next((found for command in COMMANDS if (found := shutil.which(command))), None)


def render_office(file: bytes, suffix: str, *, seconds: float = SECONDS) -> bytes:
    """The PDF of a file of type `suffix` ("doc", "rtf", "odt").

    Raises DocumentError with reason `needs_libreoffice`, `too_slow` or `damaged`.
    """
    command = find_libreoffice()
    if command is None:
        raise DocumentError(f"A .{suffix} file needs LibreOffice.", reason="needs_libreoffice", advice=_INSTALL)
    with tempfile.TemporaryDirectory(prefix="crossfoot-office-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        source = work / f"document.{suffix}"
        source.write_bytes(file)
        _write_profile(work / "profile")
        _run(command, source, work, seconds)
        made = work / "document.pdf"
        if not made.is_file():
            raise DocumentError(
                f"LibreOffice cannot read the .{suffix} file.", reason="damaged", advice="Save it as PDF or DOCX."
            )
        return without_dates(made.read_bytes())


def without_dates(pdf: bytes) -> bytes:
    """The same PDF with its dates and identifiers blanked, length for length, so that equal input gives equal bytes."""
    pdf = _DATE.sub(
        lambda m: m[1] + b"D:20000101000000Z".ljust(len(m[0]) - len(m[1]) - 1)[: len(m[0]) - len(m[1]) - 1] + m[2], pdf
    )
    pdf = _DOCUMENT_ID.sub(lambda m: re.sub(rb"[0-9A-Fa-f]{2}", b"00", m[0]), pdf)
    return _CHECKSUM.sub(lambda m: m[1] + b"0" * (len(m[0]) - len(m[1])), pdf)


def _write_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        + items
        + "</oor:items>",
        encoding="utf-8",
    )


def _run(command: str, source: Path, work: Path, seconds: float) -> None:
    """Convert `source` into `work`, killing the whole process group when time is up."""
    arguments = [
        command,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(work),
        str(source),
    ]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(work),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": "946684800",
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            f"LibreOffice was still busy after {seconds:.0f} seconds.",
            reason="too_slow",
            advice="Save the file as PDF.",
        ) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
