"""Changes cells of a workbook as a person would: edit_xlsx.py IN OUT SHEET [CELL=VALUE …]

Without cells it prints the sheet, a row a line, cells as CELL=VALUE with tabs between.  A value that is a number is
written as one, an empty one empties the cell, any other is a text.  Nothing else of the workbook changes."""
import html, re, sys, zipfile

source, target, number, *edits = sys.argv[1:]
part = f'xl/worksheets/sheet{number}.xml'
with zipfile.ZipFile(source) as z:
    files = {name: z.read(name) for name in z.namelist()}
shared = []
if 'xl/sharedStrings.xml' in files:
    for si in re.findall(r'<si>(.*?)</si>', files['xl/sharedStrings.xml'].decode(), re.S):
        shared.append(html.unescape(''.join(re.findall(r'<t[^>]*>(.*?)</t>', si, re.S))))
sheet = files[part].decode()
CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.S)

def shown(attributes, inside):
    value = re.search(r'<v>(.*?)</v>', inside or '', re.S)
    if 't="s"' in attributes:
        return shared[int(value.group(1))]
    if 't="inlineStr"' in attributes:
        return html.unescape(''.join(re.findall(r'<t[^>]*>(.*?)</t>', inside, re.S)))
    return value.group(1) if value else ''

if not edits:
    for row in re.findall(r'<row .*?</row>', sheet, re.S):
        print('\t'.join(f'{c.group(1)}={shown(c.group(2), c.group(3))}' for c in CELL.finditer(row)))
    sys.exit()
for edit in edits:
    place, value = edit.split('=', 1)
    column, row = re.fullmatch(r'([A-Z]+)(\d+)', place).groups()
    if not value:
        new = ''
    elif re.fullmatch(r'-?\d+(\.\d+)?', value):
        new = f'<v>{value}</v>'
    else:
        new = f'<is><t>{html.escape(value)}</t></is>'
    def put(match):
        attributes = re.sub(r' t="\w+"', '', match.group(2)) + (' t="inlineStr"' if new.startswith('<is>') else '')
        return f'<c r="{place}"{attributes}>{new}</c>'
    old = next((c for c in CELL.finditer(sheet) if c.group(1) == place), None)
    if old:
        sheet = sheet[:old.start()] + put(old) + sheet[old.end():]
    else:
        order = lambda name: (len(name), name)
        cell = put(re.match(r'(x)(\w*)', 'x'))
        line = re.search(rf'<row r="{row}"[^>]*?(?:/>|>(.*?)</row>)', sheet, re.S)
        if not line:   # below all others
            sheet = sheet.replace('</sheetData>', f'<row r="{row}">{cell}</row></sheetData>', 1)
        elif line.group(1) is None:
            sys.exit(f'row {row} is empty')
        else:
            after = next((c for c in CELL.finditer(line.group(1)) if order(re.match('[A-Z]+', c.group(1)).group()) > order(column)), None)
            at = line.start(1) + (after.start() if after else len(line.group(1)))
            sheet = sheet[:at] + cell + sheet[at:]
files[part] = sheet.encode()
with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as z:
    for name, content in files.items():
        z.writestr(name, content)
