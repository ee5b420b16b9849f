"""A compound file (OLE2, [MS-CFB]) out of named streams, for the fixtures; see make_sniff.py, make_xls.py."""
import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def entry(name, kind, right, child, start, size):
    raw = name.encode("utf-16-le") + b"\0\0"
    return (raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
            + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size))


def compound(streams, storages=()):
    """streams: {name: bytes}, each filled up to the 4,096 bytes below which it would be a mini stream."""
    sectors, chain = [], []

    def add(data):
        start = len(sectors)
        n = (len(data) + SECTOR - 1) // SECTOR
        for i in range(n):
            sectors.append(data[i * SECTOR:(i + 1) * SECTOR].ljust(SECTOR, b"\0"))
            chain.append(start + i + 1 if i + 1 < n else END)
        return start

    names = list(streams) + list(storages)
    entries = [entry("Root Entry", 5, FREE, 1 if names else FREE, END, 0)]
    for i, name in enumerate(names):
        right = i + 2 if i + 1 < len(names) else FREE
        if name in streams:
            data = streams[name].ljust(4096, b"\0")
            entries.append(entry(name, 2, right, FREE, add(data), len(data)))
        else:
            entries.append(entry(name, 1, right, FREE, 0, 0))
    while len(entries) % 4:
        entries.append(entry("", 0, FREE, FREE, 0, 0)[:64] + bytes(64))
    directory = add(b"".join(entries))
    fats = 1
    while fats * 128 < len(chain) + fats:
        fats += 1
    table = chain + [FAT] * fats
    table += [FREE] * (fats * 128 - len(table))
    first_fat = len(sectors)
    listed = [first_fat + i for i in range(fats)] + [FREE] * (109 - fats)
    head = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
            + struct.pack("<IIIIIIIII", 0, fats, directory, 0, 4096, END, 0, END, 0)
            + struct.pack("<109I", *listed))
    return head + b"".join(sectors) + struct.pack("<%dI" % len(table), *table)
