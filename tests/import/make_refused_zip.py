"""Makes good/xlsx_streamed_zip64.xlsx, refused/xlsx_*.xlsx, refused/ods_*.ods and the two tables of what each refusal must say.
Not run by the tests.  What is too large to be kept (bombs of many megabytes) is made in
test_refused_zip.c."""
import csv, io, os, random, re, struct, zipfile, zlib

HERE = os.path.dirname(os.path.abspath(__file__))
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
SAVE_AS = 'Excel 工作簿 (*.xlsx)'
SMALLER = '选择性粘贴 → 数值'
said = {'xlsx': [], 'ods': []}


def keep(kind, name, data, says, remedy=SAVE_AS):
    name = '%s_%s.%s' % (kind, name, kind)
    with open(os.path.join(HERE, 'refused', name), 'wb') as f:
        f.write(data)
    said[kind].append((name, says, remedy))


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as z:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            z.writestr(info, data)
    return out.getvalue()


def relations(lines):
    return XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' % ''.join(
        '<Relationship Id="%s" Type="%s/%s" Target="%s"/>' % (i, REL, t, target) for i, t, target in lines)


TYPES = (XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="xml" ContentType="application/xml"/>'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/xl/workbook.xml" ContentType="' + TYPE + 'sheet.main+xml"/>'
         '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="' + TYPE + 'worksheet+xml"/></Types>')
ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>5</v></c></row>'
STRINGS = '<si><t>学校名称</t></si>'


def workbook(sheets='<sheet name="学校" sheetId="1" r:id="rId1"/>'):
    return XML + '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>' % (MAIN, REL, sheets)


def sheet(rows=ROWS, after=''):
    return XML + '<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (MAIN, rows, after)


def strings(inside=STRINGS):
    return XML + '<sst xmlns="%s">%s</sst>' % (MAIN, inside)


def parts(**other):
    """A good workbook's parts; other=… replaces one, other=None takes it out."""
    of = {'types': ('[Content_Types].xml', TYPES),
          'root': ('_rels/.rels', relations([('rId1', 'officeDocument', 'xl/workbook.xml')])),
          'book': ('xl/workbook.xml', workbook()),
          'rels': ('xl/_rels/workbook.xml.rels', relations([('rId1', 'worksheet', 'worksheets/sheet1.xml'),
                                                           ('rId2', 'sharedStrings', 'sharedStrings.xml')])),
          'sheet': ('xl/worksheets/sheet1.xml', sheet()),
          'strings': ('xl/sharedStrings.xml', strings())}
    return [(name, other.get(key, data)) for key, (name, data) in of.items() if other.get(key, data) is not None]


GOOD = zipped(parts())


def central(data, name):
    """Where the directory's entry of a part starts."""
    at = data.index(b'PK\1\2')
    while True:
        n, extra, comment = struct.unpack_from('<HHH', data, at + 28)
        if data[at + 46:at + 46 + n].decode() == name:
            return at
        at += 46 + n + extra + comment


def patched(data, at, new):
    return data[:at] + new + data[at + len(new):]


def patched_entry(data, name, offset, new):
    return patched(data, central(data, name) + offset, new)


def local(data, name):
    return struct.unpack_from('<I', data, central(data, name) + 42)[0]


def put(name, says, remedy=SAVE_AS, **other):
    keep('xlsx', name, zipped(parts(**other)), says, remedy)


# --- the zip -----------------------------------------------------------------------------------
SHEET = 'xl/worksheets/sheet1.xml'
keep('xlsx', 'truncated', GOOD[:len(GOOD) // 2], '后半部分缺失')
keep('xlsx', 'first_bytes_only', GOOD[:8], '后半部分缺失')
end = GOOD.rindex(b'PK\5\6')
keep('xlsx', 'directory_elsewhere', patched(GOOD, end + 16, struct.pack('<I', 0x7fffffff)), '压缩目录的位置不对')
keep('xlsx', 'directory_too_short', patched(GOOD, end + 8, struct.pack('<HH', 60, 60)), '压缩目录不完整')
keep('xlsx', 'beginning_lost', GOOD[200:], '压缩目录')
keep('xlsx', 'wrong_checksum', patched_entry(GOOD, SHEET, 16, b'\1\2\3\4'), '与校验码不符')
at = local(GOOD, SHEET) + 30 + len(SHEET)
keep('xlsx', 'broken_stream', patched(GOOD, at, b'\xff' * 12), '不完整或与校验码不符')
keep('xlsx', 'overlapping', patched_entry(GOOD, 'xl/sharedStrings.xml', 42, struct.pack('<I', local(GOOD, SHEET))), '互相重叠')
keep('xlsx', 'same_name_twice', zipped(parts() + [('xl/worksheets/SHEET1.xml', sheet(''))]), '两个同名的部件')
keep('xlsx', 'password_zip', patched_entry(GOOD, SHEET, 8, struct.pack('<H', 1)), '设了密码', '清除密码')
keep('xlsx', 'odd_method', patched_entry(GOOD, SHEET, 10, struct.pack('<H', 12)), '少见的压缩方法（12 号）')
keep('xlsx', 'entry_outside', patched_entry(GOOD, SHEET, 42, struct.pack('<I', len(GOOD) + 5)), '不在文件里')
keep('xlsx', 'entry_cut', patched_entry(GOOD, SHEET, 20, struct.pack('<I', len(GOOD))), '数据不完整')
keep('xlsx', 'name_of_nothing', patched_entry(GOOD, SHEET, 46, b'\0\0\0'), '没有可用的名称')
keep('xlsx', '600_entries', zipped(parts() + [('xl/media/%d.png' % i, b'') for i in range(600)], zipfile.ZIP_STORED), '超过 512 个', SMALLER)
keep('xlsx', 'ratio_bomb', zipped(parts(sheet=sheet('<row/>' * 500000))), '像是压缩炸弹', SMALLER)
two = GOOD + zipped(parts(sheet=sheet('')))
keep('xlsx', 'two_workbooks_glued', two, '已损坏')
wide = bytearray(GOOD)   # a 64-bit directory that claims 2^40 entries
record = struct.pack('<IQHHIIQQQQ', 0x06064b50, 44, 45, 45, 0, 0, 1 << 40, 1 << 40, end - GOOD.index(b'PK\1\2'), GOOD.index(b'PK\1\2'))
locator = struct.pack('<IIQI', 0x07064b50, 0, end, 1)
keep('xlsx', 'billions_of_entries', GOOD[:end] + record + locator + GOOD[end:], '超过 512 个', SMALLER)

# Good ones that only the zip makes unusual: written to a pipe (sizes behind the data), and with the
# directory's 64-bit end, as streaming writers leave them.
class Pipe:
    def __init__(self): self.data = b''
    def write(self, data): self.data += data; return len(data)
    def flush(self): pass

pipe = Pipe()
with zipfile.ZipFile(pipe, 'w', zipfile.ZIP_DEFLATED) as z:
    for name, data in parts():
        with z.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), 'w', force_zip64=True) as f:
            f.write(data.encode())
streamed = pipe.data
end = streamed.rindex(b'PK\5\6')
n, size, start = struct.unpack_from('<HII', streamed, end + 10)
record = struct.pack('<IQHHIIQQQQ', 0x06064b50, 44, 45, 45, 0, 0, n, n, size, start)
locator = struct.pack('<IIQI', 0x07064b50, 0, end, 1)
tail = struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, 0xffff, 0xffff, 0xffffffff, 0xffffffff, 0)
with open(os.path.join(HERE, 'good', 'xlsx_streamed_zip64.xlsx'), 'wb') as f:
    f.write(streamed[:end] + record + locator + tail)

# --- XML ---------------------------------------------------------------------------------------
lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % ''.join('<!ENTITY %s "%s">' % (chr(98 + i), ('&%s;' % chr(97 + i)) * 10) for i in range(9))
put('entity_bomb', 'DOCTYPE', sheet=sheet().replace('\n', '\n' + lol.replace('x [', 'worksheet ['), 1).replace('<v>5', '<v>&j;'))
put('entity_outside', 'DOCTYPE', strings=strings('<si><t>&f;</t></si>').replace('\n', '\n<!DOCTYPE sst [<!ENTITY f SYSTEM "file:///etc/hostname">]>', 1))
put('doctype_in_styles_of_names', 'DOCTYPE', book=workbook().replace('\n', '\n<!DOCTYPE workbook>', 1))
put('deep', '套了 64 层以上', sheet=sheet('<a>' * 5000 + '</a>' * 5000))
put('xml_cut', '不是完整的 XML', sheet=sheet()[:-30])
put('xml_empty', '不是完整的 XML', sheet='')
put('xml_garbage', '不是完整的 XML', sheet=XML + '<worksheet><sheetData>&nbsp;</sheetData></worksheet>')
put('xml_after_the_end', '不是完整的 XML', sheet=sheet() + '<again/>')
put('unknown_encoding', '不是完整的 XML', sheet=sheet().replace('UTF-8', 'EBCDIC'))
put('wrong_utf8', '不是完整的 XML', strings=strings().encode()[:-20] + b'\xff\xfe' + strings().encode()[-20:])

# --- the workbook ------------------------------------------------------------------------------
put('no_content_types', '缺少 [Content_Types].xml', types=None)
put('no_workbook', '找不到工作簿的目录', book=None)
put('workbook_outside', '找不到工作簿的目录', root=relations([('rId1', 'officeDocument', '../../../etc/passwd')]))
put('macro_type', '带宏的工作簿', '宏会去掉', types=TYPES.replace(TYPE + 'sheet.main+xml', 'application/vnd.ms-excel.sheet.macroEnabled.main+xml'))
keep('xlsx', 'macro_project', zipped(parts() + [('xl/vbaProject.bin', b'\0')]), '带宏的工作簿', '宏会去掉')
put('binary_type', '.xlsb', types=TYPES.replace(TYPE + 'sheet.main+xml', 'application/vnd.ms-excel.sheet.binary.macroEnabled.main'))
put('no_sheet', '没有工作表', '选错了文件', book=workbook(''))
put('chart_only', '没有工作表', '选错了文件', rels=relations([('rId1', 'chartsheet', 'chartsheets/sheet1.xml')]))
put('65_sheets', '工作表超过 64 张', '拆成几个文件', book=workbook(''.join('<sheet name="表%d" sheetId="%d" r:id="rId1"/>' % (i, i) for i in range(1, 66))))
put('sheet_not_there', '（xl/worksheets/sheet9.xml）不在文件里', rels=relations([('rId1', 'worksheet', 'worksheets/sheet9.xml')]))
put('sheet_unrelated', '工作表“学校”在文件里找不到', rels=relations([('rId7', 'worksheet', 'worksheets/sheet1.xml')]))
put('sheet_nameless', '第 1 张工作表没有名称', book=workbook('<sheet sheetId="1" r:id="rId1"/>'))

# --- cells -------------------------------------------------------------------------------------
def cell(name, says, rows, remedy=SAVE_AS, **other):
    put(name, says, remedy, sheet=sheet(rows), **other)

cell('shared_text_beyond', '工作表“学校”的 A1 指向第 1 条共享文字，而文件里只有 1 条', '<row r="1"><c r="A1" t="s"><v>1</v></c></row>')
cell('shared_text_negative', '的 C7 指向第 -1 条', '<row r="7"><c r="C7" t="s"><v>-1</v></c></row>')
cell('shared_text_of_no_table', '只有 0 条', ROWS, strings=None, rels=relations([('rId1', 'worksheet', 'worksheets/sheet1.xml')]))
cell('shared_text_of_no_number', '指向第 学校 条', '<row r="1"><c r="A1" t="s"><v>学校</v></c></row>')
cell('column_beyond', '单元格编号“XFE1”', '<row r="1"><c r="XFE1"><v>1</v></c></row>')
cell('column_far_beyond', '单元格编号“ZZZZZZZZZZZZZZZZZZZZZZZZ”', '<row r="1"><c r="%s1"><v>1</v></c></row>' % ('Z' * 4000))
cell('row_beyond', '单元格编号“A1048577”', '<row><c r="A1048577"><v>1</v></c></row>')
cell('row_number_beyond', '行号“99999999999999999999”', '<row r="99999999999999999999"><c><v>1</v></c></row>')
cell('row_zero', '单元格编号“A0”', '<row><c r="A0"><v>1</v></c></row>')
cell('row_negative', '行号“-3”', '<row r="-3"><c><v>1</v></c></row>')
cell('place_of_no_kind', '单元格编号“学校”', '<row r="1"><c r="学校"><v>1</v></c></row>')
cell('place_empty', '单元格编号“”', '<row r="1"><c r=""><v>1</v></c></row>')
cell('row_after_the_last', '行号“1048577”', '<row r="1048576"/><row><c><v>1</v></c></row>')
put('merge_beyond', '合并区域“A1:ZZZ9”', sheet=sheet(after='<mergeCells><mergeCell ref="A1:ZZZ9"/></mergeCells>'))
put('merge_backwards', '合并区域“C3:A1”', sheet=sheet(after='<mergeCells><mergeCell ref="C3:A1"/></mergeCells>'))
random.seed(1)
long = ''.join(random.choice('0123456789abcdef') for _ in range(100000))
put('long_text_shared', '文字超过 32767 字', '移出', strings=strings('<si><t>%s</t></si>' % long))
cell('long_text_inline', '的 B2 文字超过 32767 字', '<row r="2"><c r="B2" t="inlineStr"><is><t>%s</t></is></c></row>' % long, '缩短')

# --- OpenDocument ------------------------------------------------------------------------------
SPACES = ''.join(' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (n, n) for n in ('office', 'table', 'text', 'manifest'))
ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet'
MANIFEST = XML + '<manifest:manifest%s><manifest:file-entry manifest:full-path="content.xml">%%s</manifest:file-entry></manifest:manifest>' % SPACES
TABLE = '<table:table table:name="学校">%s</table:table>'
CELL = '<table:table-row%s><table:table-cell office:value-type="float" office:value="1"%s/></table:table-row>'


def content(tables, body='spreadsheet'):
    return XML + '<office:document-content%s><office:body><office:%s>%s</office:%s></office:body></office:document-content>' % (SPACES, body, tables, body)


def ods(name, says, text, remedy=SAVE_AS, manifest=MANIFEST % '', name_of='content.xml'):
    keep('ods', name, zipped([('mimetype', ODS_TYPE), (name_of, text), ('META-INF/manifest.xml', manifest)]), says, remedy)


ods('no_content', '缺少 content.xml', content(''), name_of='other.xml')
ods('locked', '设了打开密码', 'scrambled', '另存为', manifest=MANIFEST % '<manifest:encryption-data manifest:checksum="x"/>')
ods('doctype', 'DOCTYPE', content('').replace('\n', '\n<!DOCTYPE office:document-content [<!ENTITY a "b">]>', 1))
ods('xml_cut', '不是完整的 XML', content(TABLE % '')[:-40])
ods('deep', '套了 64 层以上', content(TABLE % ('<table:table-row-group>' * 100 + '</table:table-row-group>' * 100)))
ods('text_document', '不是表格', content('<text:p>你好</text:p>', 'text'), '选错了文件')
ods('no_table', '没有工作表', content(''), '选错了文件')
ods('65_tables', '工作表超过 64 张', content((TABLE % '') * 65), '拆成几个文件')
ods('column_beyond', '不在 1048576 行、16384 列之内', content(TABLE % (CELL % ('', ' table:number-columns-repeated="16385"'))))
ods('row_beyond', '不在 1048576 行、16384 列之内', content(TABLE % ('<table:table-row table:number-rows-repeated="1048576"/>' + CELL % ('', ''))))
ods('repeat_bomb', '单元格超过 2000000 个', content(TABLE % (CELL % (' table:number-rows-repeated="1048576"', ' table:number-columns-repeated="16384"'))), '拆成几个文件')
ods('repeat_beyond_64_bits', '不在 1048576 行、16384 列之内', content(TABLE % ((CELL % (' table:number-rows-repeated="4294967295"', '')) * 3)))
ods('merge_beyond', '合并区域', content(TABLE % '<table:table-row><table:table-cell table:number-columns-spanned="99999"/></table:table-row>'))
ods('spaces_bomb', '文字超过 32767 字', content(TABLE % '<table:table-row><table:table-cell><text:p>多<text:s text:c="4000000000"/>少</text:p></table:table-cell></table:table-row>'), '缩短')
ods('long_text', '的 A1 文字超过 32767 字', content(TABLE % ('<table:table-row><table:table-cell><text:p>%s</text:p></table:table-cell></table:table-row>' % long)), '缩短')
ods('ratio_bomb', '像是压缩炸弹', content(TABLE % ('<table:table-row/>' * 1000000)), SMALLER)
GOOD_ODS = zipped([('mimetype', ODS_TYPE), ('content.xml', content(TABLE % (CELL % ('', ''))))])
keep('ods', 'truncated', GOOD_ODS[:-60], '后半部分缺失')
keep('ods', 'wrong_checksum', patched_entry(GOOD_ODS, 'content.xml', 16, b'\1\2\3\4'), '与校验码不符')

for kind, rows in said.items():
    with open(os.path.join(HERE, 'refused', kind + '.csv'), 'w', newline='') as f:
        csv.writer(f, lineterminator='\n').writerows([('file', 'says', 'remedy')] + rows)
