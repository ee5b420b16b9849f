"""Makes good/xls_hand_made.xls and refused/xls_*: what no office program would write on purpose, or
what is needed byte by byte (strings that break at CONTINUE).  Not run by the tests."""
import os, struct
from compound import compound

HERE = os.path.dirname(os.path.abspath(__file__))
U16, U32 = lambda n: struct.pack("<H", n), lambda n: struct.pack("<I", n)
END = (0x000A, b"")


def write(folder, name, data):
    with open(os.path.join(HERE, folder, "xls_" + name), "wb") as f:
        f.write(data)


def bof(kind, version=0x0600):
    return 0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0)


def records(pairs):
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pairs)


def wide(text):
    raw = text.encode("utf-16-le")
    return U16(len(raw) // 2) + b"\1" + raw


def book(globals_, sheets, kinds=None, states=None, names=None):
    """The Workbook stream: sheets is a list of record lists (BOF and EOF are added to each)."""
    names = names or ["表%d" % (i + 1) for i in range(len(sheets))]
    def bounds(at):
        out = []
        for i, name in enumerate(names):
            raw = name.encode("utf-16-le")
            out.append((0x85, U32(at[i]) + bytes([states[i] if states else 0, kinds[i] if kinds else 0,
                                                  len(raw) // 2, 1]) + raw))
        return out
    bodies = [records([bof(0x10)] + s + [END]) for s in sheets]
    def whole(at):
        return records([bof(5)] + globals_ + bounds(at) + [END])
    at, size = [], len(whole([0] * len(sheets)))
    for body in bodies:
        at.append(size)
        size += len(body)
    return whole(at) + b"".join(bodies)


def xls(*args, **kw):
    return compound({"Workbook": book(*args, **kw)})


def number(row, column, xf, x):
    return 0x0203, struct.pack("<HHHd", row, column, xf, x)


def formula(row, column, result):
    return 0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HI", 0, 0) + U16(0)


def labelsst(row, column, index):
    return 0x00FD, struct.pack("<HHHI", row, column, 0, index)


def xf(number_format):
    return 0x00E0, U16(0) + U16(number_format) + bytes(16)


FORMATS = [(0x041E, U16(164) + wide('yyyy"年"m"月"d"日";@')), (0x041E, U16(165) + wide("[Red]0.0%")),
           (0x041E, U16(166) + wide("[h]:mm"))]
STYLES = [xf(n) for n in (0, 14, 164, 165, 166, 31, 9, 11)]
# One shared table: 学校代码 | a text broken in its middle, first half in one byte a character, second in two |
# a rich text whose runs are broken | a phonetic text | a surrogate pair broken in two | Latin-1 | empty
HALF = "校" * 3
SST = [
    (0x00FC, U32(9) + U32(7) + wide("学校代码") + U16(7) + b"\0" + b"No. "),
    (0x003C, b"\1" + HALF.encode("utf-16-le") + U16(3) + b"\x09" + U16(2) + "富文本".encode("utf-16-le") + b"\1\0"),
    (0x003C, b"\2\0\3\0\4\0" + U16(2) + b"\x05" + U32(6) + "注音".encode("utf-16-le") + bytes(6)
     + U16(3) + b"\1" + "𠮷".encode("utf-16-le")[:2]),
    (0x003C, b"\1" + "𠮷林".encode("utf-16-le")[2:] + U16(5) + b"\0\xC9cole"),
    (0x003C, U16(0) + b"\0"),
]
CHART = [bof(0x20), number(0, 0, 0, 999), END]
text_result = bytes(6) + b"\xFF\xFF"
good_sheet = CHART + [
    labelsst(0, 0, 0), labelsst(0, 1, 1), labelsst(0, 2, 2), labelsst(0, 3, 3), labelsst(0, 4, 4), labelsst(0, 5, 5),
    labelsst(0, 6, 6),
    (0x0204, struct.pack("<HHH", 1, 0, 0) + wide("自带文字")),
    (0x00D6, struct.pack("<HHH", 1, 1, 0) + wide("带字体") + U16(1) + bytes(4)),
    (0x027E, struct.pack("<HHHI", 2, 0, 0, 1234 << 2 | 2)),                      # 1234
    (0x027E, struct.pack("<HHHI", 2, 1, 0, (-1250 & 0x3FFFFFFF) << 2 | 3)),       # −12.5
    (0x027E, struct.pack("<HHHI", 2, 2, 0, 0x40290000)),                          # 12.5
    (0x00BD, struct.pack("<HH", 3, 2) + struct.pack("<HI", 0, 7 << 2 | 2) + struct.pack("<HI", 6, 50 << 2 | 3) + U16(3)),
    number(4, 0, 1, 29465.0), number(4, 1, 2, 45901.75), number(4, 2, 3, 0.125), number(4, 3, 4, 0.5),
    number(4, 4, 5, 60.0), number(4, 5, 7, 1200.0), number(4, 6, 1, -5.0), number(4, 7, 0, float("nan")),
    (0x0205, struct.pack("<HHHBB", 5, 0, 0, 1, 0)), (0x0205, struct.pack("<HHHBB", 5, 1, 0, 0x17, 1)),
    formula(6, 0, struct.pack("<d", 42.5)),
    formula(6, 1, text_result), (0x04BC, bytes(8)), (0x0207, wide("公式的文字")),
    formula(6, 2, b"\1\0\1\0\0\0\xFF\xFF"), formula(6, 3, b"\2\0\x07\0\0\0\xFF\xFF"), formula(6, 4, b"\3\0\0\0\0\0\xFF\xFF"),
    (0x00E5, U16(2) + struct.pack("<HHHH", 0, 1, 4, 6) + struct.pack("<HHHH", 9, 9, 0, 1)),
]
write("good", "hand_made.xls", xls(FORMATS + STYLES + SST, [good_sheet, [number(0, 0, 0, 1)], []], states=[0, 1, 2]))
write("good", "from_1904.xls", xls([(0x22, U16(1))] + STYLES, [[number(0, 0, 1, 0.0), number(0, 1, 1, 44439.0)]]))

plain = [number(0, 0, 0, 1)]
whole = book([], [plain])
write("refused", "cut_record.xls", compound({"Workbook": whole[:30] + b"\x85\0\xFF\xFF" + bytes(20)}))
write("refused", "cut_sheet.xls", compound({"Workbook": book([], [plain])[:-4] + struct.pack("<HH", 0x0203, 60000)}))
write("refused", "no_workbook_end.xls", compound({"Workbook": records([bof(5)]) + struct.pack("<HH", 1, 0x2000)}))
write("refused", "not_biff.xls", compound({"Workbook": b"\1" * 4096}))
write("refused", "biff5.xls", compound({"Workbook": records([bof(5, 0x0500), END])}))
write("refused", "password_late.xls", xls([(0x01B6, bytes(600)), (0x002F, bytes(54))], [plain]))
write("refused", "macro_sheet.xls", xls([], [plain, plain], kinds=[0, 1]))
write("refused", "only_a_chart.xls", xls([], [plain], kinds=[2]))
write("refused", "no_sheet.xls", xls([], []))
write("refused", "too_many_sheets.xls", xls([], [[]] * 65))
far = bytearray(whole)
at = whole.index(b"\x85\0") + 4
far[at:at + 4] = U32(0x7FFFFFFF)
write("refused", "sheet_outside.xls", compound({"Workbook": bytes(far)}))
write("refused", "short_directory.xls", compound({"Workbook": records([bof(5), (0x85, bytes(4)), END])}))
write("refused", "cut_sheet_name.xls", compound({"Workbook": records([bof(5), (0x85, bytes(6) + b"\x20\1ab"), END])}))
write("refused", "missing_text.xls", xls(SST, [[labelsst(3, 1, 7)]]))
write("refused", "no_texts_at_all.xls", xls([], [[labelsst(0, 0, 0)]]))
write("refused", "cut_texts.xls", xls([(0x00FC, U32(2) + U32(2) + wide("学校") + U16(90) + b"\1ab")], [plain]))
write("refused", "half_a_character.xls", xls([(0x00FC, U32(1) + U32(1) + U16(2) + b"\1ab\0")], [plain]))
write("refused", "cut_format.xls", xls([(0x041E, U16(164) + U16(30) + b"\0yy")], [plain]))
write("refused", "cut_label.xls", xls([], [[(0x0204, struct.pack("<HHH", 4, 2, 0) + U16(50) + b"\0abc")]]))
write("refused", "short_number.xls", xls([], [[(0x0203, bytes(9))]]))
write("refused", "column_300.xls", xls([], [[number(0, 300, 0, 1)]]))
write("refused", "strange_formula.xls", xls([], [[formula(0, 0, b"\x09\0\0\0\0\0\xFF\xFF")]]))
texts = [(0x00FC, U32(1) + U32(1) + U16(32767) + b"\0" + b"\xE9" * 8000)]
texts += [(0x003C, b"\0" + b"\xE9" * n) for n in (8000, 8000, 8000, 767)]
write("refused", "text_bomb.xls", xls(texts, [[labelsst(i, 0, 0) for i in range(1200)]]))
row_of_rk = [(0x00BD, struct.pack("<HH", r, 0) + (U16(0) + U32(2)) * 256 + U16(255)) for r in range(123)]
same = bytearray(book([], [row_of_rk] + [[]] * 63))
at, first = 0, None
while (at := same.find(b"\x85\0", at)) >= 0 and at < 3000:
    first = first or bytes(same[at + 4:at + 8])
    same[at + 4:at + 8] = first
    at += 8
write("refused", "cell_bomb.xls", compound({"Workbook": bytes(same)}))
cut = compound({"Workbook": book([], [[number(r, 0, 0, r) for r in range(400)]])})
write("refused", "file_cut.xls", cut[:3000])
