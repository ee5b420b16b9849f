"""Makes refused/sniff_*: files that are no workbooks, and workbooks that are not read.  Not run by the tests."""
import gzip, io, os, random, struct, zipfile
from compound import compound

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "refused")
TABLE = "学校代码,学校名称,小学在校生数\n4101850001,虚构第一小学,512\n"
HTML = "<html><head><meta charset=%s></head><body><table><tr><td>学校代码</td></tr></table></body></html>"
ML = ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell>'
      '<Data>学校代码</Data></Cell></Row></Table></Worksheet></Workbook>')


def write(name, data):
    with open(os.path.join(HERE, "sniff_" + name), "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


def zipped(*names, mimetype=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, text in ([("mimetype", mimetype)] if mimetype else []) + [(n, "<x/>") for n in names]:
            z.writestr(zipfile.ZipInfo(name, (2025, 9, 1, 8, 0, 0)), text)
    return out.getvalue()


def records(*pairs):
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pairs)


def bof(version):
    return 0x0809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0)


XLSX = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
ODF = "application/vnd.oasis.opendocument."
random.seed(1)

write("empty.csv", "")
write("only_line_ends.csv", "\ufeff\r\n  \r\n\t\r\n")
write("zeros.xlsx", bytes(2048))
write("random.xls", b"\xA7" + random.randbytes(1500))
write("binary_counters.csv", b"".join(struct.pack("<I", 1000 + i) for i in range(200)))
write("html.xls", HTML % "utf-8")
write("html_gbk.xls", ("\n\n" + HTML % "gb2312").encode("gb18030"))
write("html_utf16.xls", (HTML % "utf-16").encode("utf-16"))
write("html_table_only.xlsx", "<table border=1><tr><td>1</td></tr></table>")
write("xhtml.xls", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>')
write("spreadsheetml.xls", '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n' + ML)
write("spreadsheetml_bare.xml", ML)
write("web_archive.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n" + HTML % "x")
write("other.xml", '<?xml version="1.0" encoding="UTF-8"?>\n<schools><school code="1"/></schools>')
write("json.csv", '[{"school_code":"4101850001","pupils_primary":512}]')
write("rich_text.xls", r"{\rtf1\ansi{\fonttbl\f0 Song;}\f0 512\par}")
write("portable.xlsx", "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
write("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(13))
write("photo.xls", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0" + bytes(20))
write("gzip.csv", gzip.compress(TABLE.encode(), mtime=0))
write("rar.xlsx", b"Rar!\x1A\x07\x01\0" + bytes(40))
write("seven_zip.xlsx", b"7z\xBC\xAF\x27\x1C\0\4" + bytes(40))
write("plain_zip.xlsx", zipped("学校.csv", "说明.txt"))
write("empty_zip.xlsx", zipped())
write("truncated.xlsx", zipped(*XLSX)[:200])
write("directory_lost.xlsx", zipped(*XLSX)[:120] + zipped(*XLSX)[-22:])
write("word.xlsx", zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"))
write("slides.xlsx", zipped("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml"))
write("binary_workbook.xlsb", zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.bin"))
write("macro.xlsm", zipped(*XLSX, "xl/vbaProject.bin"))
write("macro_renamed.xlsx", zipped(*XLSX, "xl/vbaProject.bin"))
write("excel4_macro.xlsm", zipped(*XLSX, "xl/macrosheets/sheet1.xml"))
write("encrypted.xlsx", compound({"EncryptionInfo": bytes(200), "EncryptedPackage": bytes(4096)}, ["\x06DataSpaces"]))
locked = bytearray(zipped("学校.xlsx"))
locked[locked.index(b"PK\1\2") + 8] |= 1
write("password_zip.zip", bytes(locked))
write("text_document.ods", zipped("content.xml", "META-INF/manifest.xml", mimetype=ODF + "text"))
write("presentation.ods", zipped("content.xml", "META-INF/manifest.xml", mimetype=ODF + "presentation"))
write("macro.ods", zipped("content.xml", "Basic/Standard/script-lb.xml", "Basic/Standard/Module1.xml",
                          mimetype=ODF + "spreadsheet"))
write("layout.ofd", zipped("OFD.xml", "Doc_0/Document.xml"))
write("apple.numbers", zipped("Index/Document.iwa", "Index/Tables/Tile.iwa"))
write("word.xls", compound({"WordDocument": b"\xEC\xA5"}))
write("slides.xls", compound({"PowerPoint Document": b"\x0F"}))
write("mail.xls", compound({"__properties_version1.0": b""}))
write("excel95.xls", compound({"Book": records(bof(0x0500), (0x0A, b""))}))
write("excel95_in_new_clothes.xls", compound({"Workbook": records(bof(0x0500), (0x0A, b""))}))
write("excel2.xls", records((0x0009, struct.pack("<HH", 2, 0x10)), (0x0A, b"")) + bytes(16))
write("excel5_bare.xls", records((0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0)), (0x0A, b"")) + bytes(16))
write("password.xls", compound({"Workbook": records(bof(0x0600), (0x2F, bytes(54)), (0x0A, b""))}))
write("macro.xls", compound({"Workbook": records(bof(0x0600), (0x0A, b""))}, ["_VBA_PROJECT_CUR"]))
whole = compound({"Workbook": records(bof(0x0600), (0x0A, b""))})
write("cut.xls", whole[:700])
write("header_only.xls", whole[:300])
write("database.db", b"SQLite format 3\0" + bytes(84))
write("access.mdb", b"\0\1\0\0Standard Jet DB\0" + bytes(80))
write("program.exe", b"MZ\x90\0" + bytes(60))
