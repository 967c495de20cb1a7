"""Fetch the few files of other projects that we ship: htmx and the font Be Vietnam Pro.

    python3 scripts/vendor.py

Run by hand when a version here changes; the files are committed, so neither the office's machine nor CI
needs npm. Each package is fetched by its ordinary client and must have the digest written here.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "dotpha"
WEB = PACKAGE / "interfaces" / "web" / "static" / "web" / "vendor"
FONTS_OF_PAGES = PACKAGE / "documents" / "static" / "documents" / "fonts"
FONTS_OF_PICTURES = PACKAGE / "documents" / "fonts"


@dataclass(frozen=True)
class Vendored:
    """One npm package: its exact version, the SHA-512 of its archive, and where each file goes."""

    name: str
    version: str
    sha512: str
    files: dict[str, Path]


VENDORED = (
    Vendored(
        "htmx.org",
        "4.0.1",
        "a05ec98178435bd5170b2fe4d59605510833bbfae6d7d39158f48f34bf75bcf9"
        "6e0763c1f7e315e79b7241d1ffc3ba361006d36141b94835b547ad2676476a1a",
        {"dist/htmx.min.js": WEB / "htmx.min.js", "LICENSE": WEB / "htmx.LICENSE"},
    ),
    Vendored(
        "@fontsource/be-vietnam-pro",
        "5.3.0",
        "c610100461c3c4fe4117c209c5e772e4ca165267350e53c27196cc2e1be73e47"
        "fc4da6026db515b372e3a6e278058753add8822da7b035a63ccfea30abf16a17",
        {
            f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2": FONTS_OF_PAGES
            / f"be-vietnam-pro-{subset}-{weight}.woff2"
            for subset in ("latin", "vietnamese")
            for weight in (400, 600)
        }
        | {"LICENSE": FONTS_OF_PAGES / "LICENSE"},
    ),
    # Pictures for Word are drawn by a library that reads only whole TrueType files.
    Vendored(
        "@expo-google-fonts/be-vietnam-pro",
        "0.4.1",
        "e28d9bb2a535cdc0ba3597f9151601fbb804e3dc1a35660e19ce5ce6a2df3e0a"
        "d2aaaafad614b6073e1354f831b9d3b4dfcb4bc9d4b23f157c7bbf60f23e43a5",
        {
            "400Regular/BeVietnamPro_400Regular.ttf": FONTS_OF_PICTURES / "BeVietnamPro-Regular.ttf",
            "600SemiBold/BeVietnamPro_600SemiBold.ttf": FONTS_OF_PICTURES / "BeVietnamPro-SemiBold.ttf",
            "LICENSE_FONT": FONTS_OF_PICTURES / "LICENSE",
        },
    ),
)


def fetch(package: Vendored, into: Path) -> Path:
    """The package's archive, as npm delivers it."""
    subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(into), f"{package.name}@{package.version}"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    archive = next(into.glob("*.tgz"))
    digest = hashlib.sha512(archive.read_bytes()).hexdigest()
    if digest != package.sha512:
        raise SystemExit(f"{package.name} {package.version} is not the archive we know: sha512 {digest}")
    return archive


def unpack(package: Vendored, archive: Path) -> None:
    with tarfile.open(archive) as packed:
        for name, target in package.files.items():
            source = packed.extractfile(f"package/{name}")
            if source is None:
                raise SystemExit(f"{package.name} has no file {name}")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as written:
                shutil.copyfileobj(source, written)
            print(target.relative_to(PACKAGE))


def main() -> int:
    for package in VENDORED:
        with tempfile.TemporaryDirectory() as folder:
            unpack(package, fetch(package, Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
