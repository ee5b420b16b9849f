#include "report/docx_parts.h"

#include "report/doc_xml.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define MAIN "application/vnd.openxmlformats-officedocument.wordprocessingml."

const char docx_document_head[] =
    XML "<w:document " W " " R " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
    " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>";

/* Margins 37, 26, 35, 28 mm; the foot stands 7 mm below the text.  28 pt a line make 22 lines a page, TIGHT makes 28 characters a
 * line: a grid of characters would spread Latin ones in LibreOffice. */
const char docx_document_foot[] =
    "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/><w:headerReference w:type=\"even\" r:id=\"header\"/>"
    "<w:footerReference w:type=\"default\" r:id=\"odd\"/><w:footerReference w:type=\"even\" r:id=\"even\"/>"
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"1134\" w:footer=\"1390\" w:gutter=\"0\"/>"
    "<w:docGrid w:linePitch=\"312\"/></w:sectPr></w:body></w:document>";

const char docx_relations_head[] =
    XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"styles\" Type=\"" REL "styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"settings\" Type=\"" REL "settings\" Target=\"settings.xml\"/>"
    "<Relationship Id=\"fonts\" Type=\"" REL "fontTable\" Target=\"fontTable.xml\"/>"
    "<Relationship Id=\"header\" Type=\"" REL "header\" Target=\"header1.xml\"/>"
    "<Relationship Id=\"odd\" Type=\"" REL "footer\" Target=\"footer1.xml\"/>"
    "<Relationship Id=\"even\" Type=\"" REL "footer\" Target=\"footer2.xml\"/>";

#define TYPES \
    XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"                                   \
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"               \
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"   \
    "<Override PartName=\"/word/document.xml\" ContentType=\"" MAIN "document.main+xml\"/>"                                \
    "<Override PartName=\"/word/styles.xml\" ContentType=\"" MAIN "styles+xml\"/>"                                         \
    "<Override PartName=\"/word/settings.xml\" ContentType=\"" MAIN "settings+xml\"/>"                                     \
    "<Override PartName=\"/word/fontTable.xml\" ContentType=\"" MAIN "fontTable+xml\"/>"                                   \
    "<Override PartName=\"/word/header1.xml\" ContentType=\"" MAIN "header+xml\"/>"                                        \
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"" MAIN "footer+xml\"/>"                                        \
    "<Override PartName=\"/word/footer2.xml\" ContentType=\"" MAIN "footer+xml\"/>"                                        \
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"

#define PACKAGE \
    XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"                           \
    "<Relationship Id=\"r1\" Type=\"" REL "officeDocument\" Target=\"word/document.xml\"/>"                                \
    "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\"" \
    " Target=\"docProps/core.xml\"/></Relationships>"

/* Headings and titles have one font for all.  Digits and Latin letters of the text stand in Times New Roman, as offices print
 * them: every machine has it or its like, and a reader without 仿宋 does not fall back to something wide. */
#define MIXED(name) "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"" name "\" w:cs=\"Times New Roman\"/>"
#define FONT(name) "<w:rFonts w:ascii=\"" name "\" w:hAnsi=\"" name "\" w:eastAsia=\"" name "\" w:cs=\"" name "\"/>"
#define SIZE(half_points) "<w:sz w:val=\"" half_points "\"/><w:szCs w:val=\"" half_points "\"/>"
#define FANGSONG "仿宋_GB2312"
#define KAITI "楷体_GB2312"
#define HEITI "黑体"
#define TITLE "方正小标宋简体"
#define LINE "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"560\" w:lineRule=\"exact\"/>"  /* 28 pt */
#define SMALL_LINE "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"320\" w:lineRule=\"atLeast\"/>"
#define TIGHT "<w:spacing w:val=\"-4\"/>"
#define INDENT "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>"
#define STYLE(id, name, paragraph, run) \
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>" \
    "<w:pPr>" paragraph "</w:pPr><w:rPr>" run "</w:rPr></w:style>"
#define HEADING(id, name, level, run) \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Body\"/><w:qFormat/>" \
    "<w:pPr><w:keepNext/>" LINE INDENT "<w:outlineLvl w:val=\"" level "\"/></w:pPr><w:rPr>" run SIZE("32") "</w:rPr></w:style>"

#define STYLES \
    XML "<w:styles " W "><w:docDefaults><w:rPrDefault><w:rPr>" MIXED(FANGSONG) SIZE("32")                                   \
    "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>" \
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>"           \
    "<w:pPr><w:widowControl w:val=\"0\"/><w:jc w:val=\"both\"/></w:pPr></w:style>"                                        \
    "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style>" \
    "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"Figure\"><w:name w:val=\"Figure\"/>"                    \
    "<w:rPr><w:color w:val=\"000000\"/><w:u w:val=\"none\"/></w:rPr></w:style>"                                           \
    "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>" \
    "<w:spacing w:before=\"560\" w:after=\"0\" w:line=\"680\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr>" FONT(TITLE) SIZE("44") \
    "</w:rPr></w:style>"                                                                                                  \
    "<w:style w:type=\"paragraph\" w:styleId=\"Subtitle\"><w:name w:val=\"Subtitle\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>" \
    "<w:spacing w:before=\"0\" w:after=\"560\" w:line=\"560\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr>" FONT(KAITI) SIZE("32") \
    "</w:rPr></w:style>"                                                                                                  \
    STYLE("Body", "Body", LINE INDENT, TIGHT)                                                                                \
    STYLE("Inside", "Inside heading", "<w:keepNext/>" LINE INDENT, "<w:b/>" TIGHT)                                        \
    HEADING("Heading1", "heading 1", "0", FONT(HEITI)) HEADING("Heading2", "heading 2", "1", FONT(KAITI))                 \
    HEADING("Heading3", "heading 3", "2", "<w:b/>") HEADING("Heading4", "heading 4", "3", "")                             \
    STYLE("TableCaption", "Table caption", "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\" w:line=\"400\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>", \
          FONT(HEITI) SIZE("24"))                                                                                         \
    STYLE("ChartCaption", "Chart caption", "<w:spacing w:before=\"0\" w:after=\"120\" w:line=\"400\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>", \
          FONT(HEITI) SIZE("24"))                                                                                         \
    STYLE("Chart", "Chart", "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>", "") \
    STYLE("TableHead", "Table head", SMALL_LINE "<w:jc w:val=\"center\"/>", FONT(HEITI) SIZE("21"))                       \
    STYLE("TableText", "Table text", SMALL_LINE, SIZE("21"))                                                              \
    STYLE("Note", "Note", "<w:spacing w:before=\"60\" w:after=\"120\" w:line=\"320\" w:lineRule=\"atLeast\"/>", SIZE("21"))                                                                         \
    STYLE("Sign", "Signature", "<w:keepNext/><w:spacing w:before=\"1120\" w:after=\"0\" w:line=\"560\" w:lineRule=\"exact\"/><w:ind w:rightChars=\"400\" w:right=\"1280\"/><w:jc w:val=\"right\"/>", "") \
    STYLE("SignDate", "Signature date", LINE "<w:ind w:rightChars=\"400\" w:right=\"1280\"/><w:jc w:val=\"right\"/>", "")   \
    STYLE("Header", "Page head", "<w:jc w:val=\"right\"/>", SIZE("18"))                                                   \
    STYLE("Footer", "Page foot", "", MIXED("宋体") SIZE("28"))                                                             \
    "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Grid\"><w:name w:val=\"Grid\"/><w:tblPr><w:tblBorders>"     \
    BORDER("top") BORDER("left") BORDER("bottom") BORDER("right") BORDER("insideH") BORDER("insideV")                     \
    "</w:tblBorders><w:tblCellMar><w:top w:w=\"28\" w:type=\"dxa\"/><w:left w:w=\"57\" w:type=\"dxa\"/><w:bottom w:w=\"28\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>"
#define BORDER(side) "<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"

/* What a reader without these fonts takes instead. */
#define FONT_ENTRY(name, instead, family) \
    "<w:font w:name=\"" name "\"><w:altName w:val=\"" instead "\"/><w:charset w:val=\"86\"/><w:family w:val=\"" family "\"/><w:pitch w:val=\"variable\"/></w:font>"
#define FONTS \
    XML "<w:fonts " W ">" FONT_ENTRY(FANGSONG, "仿宋,FangSong,Noto Serif CJK SC", "roman")                               \
    FONT_ENTRY(KAITI, "楷体,KaiTi,Noto Serif CJK SC", "roman") FONT_ENTRY(HEITI, "SimHei,Noto Sans CJK SC", "swiss")    \
    FONT_ENTRY(TITLE, "小标宋体,宋体,SimSun,Noto Serif CJK SC", "roman") FONT_ENTRY("宋体", "SimSun,Noto Serif CJK SC", "roman")\
    "<w:font w:name=\"Times New Roman\"><w:altName w:val=\"Liberation Serif\"/><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>"

#define SETTINGS \
    XML "<w:settings " W "><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"640\"/><w:evenAndOddHeaders/>"            \
    "<w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\""    \
    " w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"

/* — 1 —, one character in from the outer margin: odd pages right, even ones left. */
#define FOOTER(side) \
    XML "<w:ftr " W "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:" side "Chars=\"100\" w:" side "=\"280\"/><w:jc w:val=\"" side "\"/></w:pPr>" \
    "<w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"                       \
    "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" \
    "<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"

const struct docx_part docx_parts[] = {
    { "[Content_Types].xml", { TYPES, sizeof TYPES - 1 } },
    { "_rels/.rels", { PACKAGE, sizeof PACKAGE - 1 } },
    { "word/styles.xml", { STYLES, sizeof STYLES - 1 } },
    { "word/settings.xml", { SETTINGS, sizeof SETTINGS - 1 } },
    { "word/fontTable.xml", { FONTS, sizeof FONTS - 1 } },
    { "word/footer1.xml", { FOOTER("right"), sizeof FOOTER("right") - 1 } },
    { "word/footer2.xml", { FOOTER("left"), sizeof FOOTER("left") - 1 } },
};
const size_t docx_n_parts = sizeof docx_parts / sizeof docx_parts[0];

struct text docx_header(struct arena *mem, struct text words)
{
    struct buf out = { .mem = mem };
    buf_add(&out, TEXT(XML "<w:hdr " W "><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t xml:space=\"preserve\">"));
    xml_text(&out, words);
    buf_add(&out, TEXT("</w:t></w:r></w:p></w:hdr>"));
    return buf_text(&out);
}

struct text docx_core(struct arena *mem, struct text title)
{
    struct buf out = { .mem = mem };
    buf_add(&out, TEXT(XML "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\""
                       " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\""
                       " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>"));
    xml_text(&out, title);
    buf_add(&out, TEXT("</dc:title><dc:creator>Junheng</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"));
    return buf_text(&out);
}
