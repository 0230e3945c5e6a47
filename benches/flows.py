"""Projects of any number of guides with different screenshots, made from the flows of the repository's own guides.

A guide's shots are twelve that follow each other in one flow, in colours of its own: the channels change places, light
becomes dark, and all of it is a little darker. So no two guides share a pixel of their screenshots, while the shots of
one guide are as alike as in a real one. Needs `cwebp` and `dwebp`, which unpack pictures faster than Python could.
"""

import multiprocessing
import os
import pathlib
import struct
import subprocess
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
STEPS = 12
ORDERS = [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1), (1, 2, 0), (2, 0, 1)]


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def pixels(png, folder):
    """Width, height and RGB bytes of a picture."""
    webp, ppm = folder / "one.webp", folder / "one.ppm"
    subprocess.run(["cwebp", "-quiet", "-lossless", "-z", "0", png, "-o", webp], check=True)
    subprocess.run(["dwebp", "-quiet", "-ppm", webp, "-o", ppm], check=True)
    _, size, _, raw = ppm.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    assert len(raw) == width * height * 3, png
    return width, height, raw


def painted(raw, guide):
    """The same in the colours of this guide."""
    darker = 256 - guide // 12
    table = [value * darker >> 8 for value in range(256)]
    if guide // 6 % 2:
        table.reverse()
    other = bytearray(raw.translate(bytes(table)))
    channels = [bytes(other[channel::3]) for channel in ORDERS[guide % 6]]
    for channel, values in enumerate(channels):
        other[channel::3] = values
    return bytes(other)


def png(width, height, raw):
    stride = width * 3
    rows = b"".join(b"\0" + raw[at : at + stride] for at in range(0, len(raw), stride))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 4)) + chunk(b"IEND", b"")


def flows(folder):
    """The screenshots of the guides that have enough of them."""
    found = [sorted(shots.glob("*.png")) for shots in sorted((ROOT / "guides").glob("*/shots"))]
    return [[pixels(shot, folder) for shot in shots] for shots in found if len(shots) >= STEPS]


def text(number):
    lines = [
        "---",
        f"title: How to do thing number {number}",
        f"description: The steps of thing number {number}, one by one.",
        f"app: app{number % 10}",
        f"tags: [tag{number % 7}, tag{number % 5}]",
        "---",
        "",
        "You need this when you want the thing done, and it takes a minute or two of your time.",
        "",
        "## First part",
        "",
    ]
    for step in range(STEPS):
        if step == STEPS // 2:
            lines += ["## Second part", ""]
        lines += [f"1. Open the **menu** in the upper-right corner and choose item {step + 1} of guide {number}.", ""]
        lines += [f"    ![The window before step {step + 1} of guide {number}](shots/{step:02}.png)"]
        lines += [f'    <!-- @click {20 + step * 40},{60 + step * 30} 120x32 "Item {step + 1}" -->', ""]
    return "\n".join(lines) + "\n"


def guide(folder, number):
    own = folder / "guides" / f"guide-{number:04}"
    (own / "shots").mkdir(parents=True)
    (own / "index.md").write_text(text(number))
    return own / "shots"


def settings(folder):
    apps = "".join(f'[apps.app{n}]\nname = "Application {n}"\n' for n in range(10))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "guidemark.toml").write_text(f'title = "Bench"\nbase_url = "https://example.com/"\n{apps}')


# Kept here so that the processes that paint have them without a copy.
known = []


def paint_guide(job):
    shots, number = job
    flow = known[number % len(known)]
    first = number // len(known) % (len(flow) - STEPS + 1)
    for step, (width, height, raw) in enumerate(flow[first : first + STEPS]):
        (shots / f"{step:02}.png").write_bytes(png(width, height, painted(raw, number)))


def make(folder, guides):
    """A project of so many guides, no two shots alike."""
    settings(folder)
    known[:] = flows(folder)
    jobs = [(guide(folder, number), number) for number in range(guides)]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        pool.map(paint_guide, jobs, chunksize=1)
    for left in ["one.webp", "one.ppm"]:
        (folder / left).unlink(missing_ok=True)


def repeat(source, folder, guides):
    """A project of so many guides with the screenshots of a smaller one, as files of their own."""
    settings(folder)
    shots = sorted((source / "guides").glob("*/shots"))
    for number in range(guides):
        own = guide(folder, number)
        for shot in sorted(shots[number % len(shots)].glob("*.png")):
            (own / shot.name).write_bytes(shot.read_bytes())
