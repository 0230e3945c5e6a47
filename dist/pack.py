"""Writes the archive and the wheel of a release. The same files give the same bytes.

The wheel is what maturin makes of `bindings = "bin"`, but of a program that is there already: maturin would compile it again.
Of Python nothing but what it brings itself is used.
"""

import base64
import gzip
import hashlib
import pathlib
import re
import sys
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The first date that a zip file knows.
DATE = (1980, 1, 1, 0, 0, 0)


def archive(folder: pathlib.Path, to: pathlib.Path) -> None:
    """A folder with its name, as `.tar.gz` or `.zip`."""
    files = [(path, str(path.relative_to(folder.parent).as_posix())) for path in sorted(folder.rglob("*")) if path.is_file()]
    if to.suffix == ".zip":
        with zipfile.ZipFile(to, "w") as out:
            for path, name in files:
                add(out, name, path.read_bytes(), rights(path))
        return
    # The time and the name in a gzip file's head differ from run to run.
    with open(to, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, 0) as packed, tarfile.open(fileobj=packed, mode="w") as out:
        for path, name in files:
            head = tarfile.TarInfo(name)
            head.size, head.mode = path.stat().st_size, rights(path)
            with open(path, "rb") as content:
                out.addfile(head, content)


def rights(path: pathlib.Path) -> int:
    # Windows has no right to run a file.
    return 0o755 if path.suffix == ".exe" or path.stat().st_mode & 0o100 else 0o644


def add(out: zipfile.ZipFile, name: str, content: bytes, mode: int) -> None:
    head = zipfile.ZipInfo(name, DATE)
    head.create_system = 3  # Unix: only there a file has rights
    head.external_attr = (0o100000 | mode) << 16
    out.writestr(head, content, zipfile.ZIP_DEFLATED, 6)


def wheel(program: pathlib.Path, folder: pathlib.Path, version: str, platform: str) -> str:
    """https://packaging.python.org/en/latest/specifications/binary-distribution-format/"""
    content = program.read_bytes()
    tag = f"py3-none-{with_glibc(platform, content)}"
    name, info = f"guidemark-{version}-{tag}.whl", f"guidemark-{version}.dist-info"
    files = [(f"guidemark-{version}.data/scripts/{program.name}", content, 0o755)]
    files += [(f"{info}/licenses/{licence}", (ROOT / licence).read_bytes(), 0o644) for licence in ("LICENSE-APACHE", "LICENSE-MIT")]
    files.append((f"{info}/METADATA", metadata(version).encode(), 0o644))
    about = f"Wheel-Version: 1.0\nGenerator: guidemark\nRoot-Is-Purelib: false\nTag: {tag}\n"
    files.append((f"{info}/WHEEL", about.encode(), 0o644))
    record = "".join(f"{path},sha256={digest(data)},{len(data)}\n" for path, data, _ in files)
    files.append((f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode(), 0o644))
    with zipfile.ZipFile(folder / name, "w") as out:
        for path, data, mode in files:
            add(out, path, data, mode)
    return name


def digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def with_glibc(platform: str, program: bytes) -> str:
    """The newest glibc that the program asks for belongs into the name of its platform."""
    if not platform.startswith("manylinux_"):
        return platform
    # Rust asks for 2.17 at least. The names of versions stand between zeros.
    newest = max([17, *(int(minor) for minor in re.findall(rb"\0GLIBC_2\.(\d+)(?=[.\d]*\0)", program))])
    return platform.replace("manylinux_", f"manylinux_2_{newest}_")


def metadata(version: str) -> str:
    package = (ROOT / "Cargo.toml").read_text(encoding="utf-8").split("\n[", 2)[0]
    said = dict(re.findall(r'^(\w+) = "(.*)"$', package, re.MULTILINE))
    head = f"Metadata-Version: 2.4\nName: guidemark\nVersion: {version}\nSummary: {said['description']}\n"
    licence = f"License-Expression: {said['license']}\nLicense-File: LICENSE-APACHE\nLicense-File: LICENSE-MIT\n"
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return f"{head}{licence}Description-Content-Type: text/markdown; charset=UTF-8\n\n{text}"


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "archive":
        archive(*map(pathlib.Path, arguments))
    else:
        program, folder, version, platform = arguments
        print(wheel(pathlib.Path(program), pathlib.Path(folder), version, platform), end="")
