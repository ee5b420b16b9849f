/* doc_words.h — a section's blocks as text that people edit, and back.
 *
 *     小学 105 所中〔73｜passing:primary:2025〕所达标，占〔69.5%｜passing:primary:2025#share〕。      one line, one paragraph
 *     **这一句是粗体。**
 *     ## 小标题
 *     > 注：小字的说明
 *     〔表：各乡镇达标情况｜townships〕        the table of the draft with this id, as the data has it; 〔图：…｜id〕 a chart
 *     ---                                      a new page
 *
 * A figure keeps its key however it is moved about; 教督〔2017〕6号 has no ｜ and stays words.  '\' before a sign makes it a plain
 * one. */
#pragma once
#include "base/err.h"
#include "report/doc.h"

enum { DOC_WORDS_MOST = 512 * 1024 };  /* bytes of a section */

struct text doc_words_write(struct arena *mem, const struct doc_section *section);
/* Given   words    as edited; line ends may be \r\n
 *         draft    the section as drafted: its id, level and heading, and the tables and charts that lines name
 * Returns *out     the section with the edited blocks, in mem; tables and charts are the draft's own
 * Errors  ERR_INPUT names the line and what to do; ERR_LIMIT */
bool doc_words_read(struct arena *mem, struct text words, const struct doc_section *draft, struct doc_section **out, struct err *err) MUST_CHECK;
