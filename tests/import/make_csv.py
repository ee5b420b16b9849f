#!/usr/bin/env python3
"""Writes tests/import/refused/csv_*.csv and csv.csv: broken and odd text files, and what must be said.

Run it in tests/import when a case is added; the files it wrote are in the repository."""
import csv, os

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "refused")
HEAD = "县代码,学年,学校代码,学校名称,学校类型,小学在校生数,教学及辅助用房面积\n"
ROW = "410185,2025,3141000001,东关小学,小学,812,4060.5\n"
U8 = "utf-8"
cases = []


def case(name, text, how, said, mend, encoding=U8, bom=b""):
    data = text if isinstance(text, bytes) else bom + text.encode(encoding)
    with open(os.path.join(OUT, f"csv_{name}.csv"), "wb") as f:
        f.write(data)
    cases.append((f"csv_{name}.csv", how, said, mend))


# refused as a whole
case("open_quote", HEAD + ROW + '410185,2025,3141000002,"西关小学,小学,300,1500\n' + ROW, "refused", "第 3 行有一个双引号没有配对", "第 3 行补上或删去双引号")
case("open_quote_late", HEAD + ROW + '410185,2025,3141000002,"西关\n小学",小学,300,1500\n410185,2025,3141000003,北关,"小学\n', "refused",
     "第 5 行有一个双引号没有配对", "记事本")
case("open_quote_in_header", '"县代码,学年,学校代码\n410185,2025,1\n', "refused", "第 1 行有一个双引号没有配对", "双引号")
case("endless_header", "学校代码," * 9000 + "\n1\n", "refused", "第一行超过 64 KB", ".xlsx")
case("columns_3000", "学校代码," * 3000 + "\n" + "1," * 3000 + "\n", "refused", "第 1 行超过 2048 列", "空列")
# (rows without end are made in test_csv_read.c: a megabyte each)
case("no_header", "1,2,3\n4,5,6\n", "refused", "没有认出可以读取的表", "学校代码")
case("only_keys", "县代码,学年\n410185,2025\n", "refused", "没有认出可以读取的表", "template school")
case("minutes", "会议纪要\n时间：2025年9月\n", "refused", "没有认出可以读取的表", "学校代码")
case("one_line_no_end", "学校名称", "refused", "没有认出可以读取的表", "学校代码")

# read, with a finding
case("short_row", HEAD + ROW + "410185,2025,3141000002,西关小学,小学\n", "finding", "第 3 行 3141000002 西关小学 表头有 7 列，这一行只有 5 格", "补齐")
case("long_row", HEAD + ROW + "410185,2025,3141000002,西关小学,小学,1,234,4060\n", "finding", "第 3 行 3141000002 西关小学 表头有 7 列，这一行多出 1 格有内容", "错位")
case("person_suffix", HEAD + "410185,2025,3141000001,东关小学,小学,812人,4060.5\n", "finding", "F2 3141000001 东关小学 读到“812人”，", "人")
case("negative", HEAD + "410185,2025,3141000001,东关小学,小学,-8,4060.5\n", "finding", "F2 3141000001 东关小学 读到“-8”，应不小于 0", "核对")
case("fraction_of_a_pupil", HEAD + "410185,2025,3141000001,东关小学,小学,812.5,4060.5\n", "finding", "读到“812.5”，", "整数")
case("unknown_type", HEAD + "410185,2025,3141000001,东关小学,私塾,812,4060.5\n", "finding", "E2 3141000001 东关小学 读到“私塾”", "")
case("code_in_science", HEAD + "410185,2025,3.14E+09,东关小学,小学,812,4060.5\n", "finding", "C2 东关小学 读到“3.14E+09”，代码已被缩写", "文本")
case("error_value", HEAD + "410185,2025,3141000001,东关小学,小学,#REF!,4060.5\n", "finding", "读到“#REF!”", "公式")
case("dash_for_blank", HEAD + "410185,2025,3141000001,东关小学,小学,-,4060.5\n", "finding", "F2 3141000001 东关小学 读到“-”", "")
case("total_row", HEAD + ROW + "合计,,,,,812,4060.5\n", "finding", "第 3 行 读到“合计”，合计行不是学校，没有读取", "")
case("header_again", HEAD + ROW + HEAD + ROW.replace("001", "002"), "finding", "第 3 行 读到“县代码”，重复的表头，没有读取", "")
case("unused_column", HEAD.replace("学校类型", "校长姓名") + ROW, "finding", "E1 读到“校长姓名”，这一列不是指标", "")
case("near_header", HEAD.replace("小学在校生数", "小学在校生人数量") + ROW, "finding", "F1 读到“小学在校生人数量”", "")
case("same_column_twice", HEAD.replace("教学及辅助用房面积", "小学在校生数") + ROW, "finding", "G1 读到“小学在校生数”，", "")
case("bad_bytes", HEAD.encode() + b"410185,2025,3141000001,\xe4\xb8\x9c\xff\xfe\xe5\xad\xa6,\xe5\xb0\x8f\xe5\xad\xa6,812,4060.5\n" + b"", "finding",
     "有无法识别的字符", "CSV UTF-8")
case("utf16_bad_cell", HEAD + "410185,2025,3141000001,东关小学,小学,八百,4060.5\n", "finding", "F2 3141000001 东关小学 读到“八百”", "", "utf-16-le", b"\xff\xfe")
case("gb18030_bad_cell", HEAD + "410185,2025,3141000001,东关小学,小学,八百,4060.5\n", "finding", "F2 3141000001 东关小学 读到“八百”", "", "gb18030")
case("long_name", HEAD + "410185,2025,3141000001," + "很" * 2000 + ",小学,812,4060.5\n", "finding", "D2 3141000001 读到“", "缩短到一百字以内")

with open(os.path.join(OUT, "csv.csv"), "w", encoding="utf-8", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(("file", "how", "said", "mend"))
    w.writerows(cases)
print(len(cases))
