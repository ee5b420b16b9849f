/* The made-up county's proofs: some boxes filled, judgements in every state, a case of veto opened and closed. */
#include "app/demo_parts.h"

#include "app/accounts.h"
#include "app/evidence.h"
#include "app/judgement.h"
#include "app/register.h"
#include "base/day.h"
#include "base/secret.h"
#include "report/write_doc.h"

enum { SCHOOLS = 6 };

struct demo_proof {
    const char *asked;
    bool pdf;
    const char *name, *title, *words, *description;
};

static const struct demo_proof PROOFS[] = {
    { "PRE1-1", true, "基本均衡县认定公告.pdf", "关于认定义务教育发展基本均衡县的公告",
      "青禾县（虚构）通过国家督导评估，认定为全国义务教育发展基本均衡县。", "国家认定公告，原件在教育局档案室" },
    { "PRE2-1", false, "历年监测报告摘要.docx", "认定后年度监测结果摘要", "认定以来每年监测均保持在认定时的水平以上，差异系数逐年缩小。", "" },
    { "G1-1", true, "中小学布局专项规划.pdf", "青禾县中小学布局专项规划", "到2030年，城镇新增学位向人口流入的街道安排，乡村保留必要的小规模学校，寄宿制学校纳入规划。",
      "县政府常务会议批准" },
    { "G1-2", false, "学校撤并论证材料.docx", "教学点撤并论证和公示", "当年撤并教学点一所，经村民会议同意并公示三十日，学生由校车接送。", "附公示照片" },
    { "G2-1", true, "学校建设标准统一文件.pdf", "关于执行统一学校建设标准的通知", "城乡义务教育学校执行同一建设标准，新建改建一律按标准验收。", "" },
    { "G2-2", false, "教师编制核定文件.docx", "教职工编制核定情况", "城乡按统一生师比核编，村小学和教学点按班师比增核。", "" },
    { "G2-3", true, "生均公用经费定额.pdf", "生均公用经费基准定额", "小学每生每年720元，初中每生每年940元，城乡一致，不足100人的学校按100人核定。", "财政局提供" },
    { "G2-4", false, "装备配置标准.docx", "基本装备配置标准", "实验室、图书、信息化设备城乡执行同一配置标准。", "" },
    { "G10-1", false, "编制分配表.docx", "教职工编制分配表", "在核定总额内按年度统筹分配到校，每年9月调整一次。", "" },
    { "G14-1", true, "招生名额分配办法.pdf", "优质高中招生名额分配办法", "分配到校名额不低于招生计划的一半，农村初中单列。", "" },
    { "X3-1", false, "均衡编班办法.docx", "义务教育学校均衡编班办法", "起始年级一律阳光分班，邀请家长代表和纪检人员现场监督。", "" },
};

struct making {
    struct house *house;
    const struct snapshot *s;
    struct actor office, inspector;
    int year;
    int64_t now;              /* of the act at hand */
    struct arena *mem;
};

/* ---- people ------------------------------------------------------------------------------- */

static struct actor actor_of(const struct account_view *accounts, size_t n, enum role role, int64_t stand_in, const char *name)
{
    struct actor actor = { .account = stand_in, .name = text_of(name), .shown = text_of(name), .role = role, .permissions = role_info(role)->permissions,
                           .place = { PLACE_COUNTY, TEXT("") }, .channel = CHANNEL_CONSOLE, .address = TEXT("") };
    for (size_t i = 0; i < n; i++)
        if (accounts[i].role == role && accounts[i].place.kind == PLACE_COUNTY) {
            actor.account = accounts[i].id;
            actor.name = accounts[i].name;
            actor.shown = accounts[i].shown;
            break;
        }
    return actor;
}

/* ---- files -------------------------------------------------------------------------------- */

static struct evidence_ready ready_of(struct making *m, const char *name, const char *kind, struct text bytes, struct text text, int64_t pages)
{
    unsigned char digest[SHA256_SIZE];
    char hex[HEX_SIZE(SHA256_SIZE) + 1];
    secret_sha256(bytes, digest);
    secret_hex(digest, sizeof digest, hex);
    return (struct evidence_ready){ .name = text_copy(m->mem, text_of(name)), .bytes = bytes, .sha256 = text_copy(m->mem, text_of(hex)),
                                    .kind = text_of(kind), .text_state = text.size ? TEXT("read") : TEXT("none"), .text = text, .pages = pages };
}

/* A page of words; where Pango is not installed a .docx stands in for the PDF. */
static bool write_page(struct making *m, const char *name, bool pdf, struct text title, struct text words, struct evidence_ready *out, struct err *err)
{
    struct doc *const doc = doc_new(m->mem, title);
    struct doc_section *const section = doc_add(doc, TEXT("body"), 0, TEXT(""));
    struct text bytes;
    doc->header = TEXT("虚构数据");
    doc->signer = TEXT("青禾县（虚构）");
    doc->date = day_shown(m->now, m->mem);
    doc_say(m->mem, doc_paragraph(doc, section), words);
    const struct text text = text_printf(m->mem, "%.*s\n%.*s\n", TEXT_ARG(title), TEXT_ARG(words));
    if (pdf && write_pdf(doc, m->mem, &bytes, err)) {
        *out = ready_of(m, name, "pdf", bytes, text, 1);
        return true;
    }
    if (pdf && err->kind != ERR_OUTSIDE)
        return false;
    if (!write_docx(doc, m->mem, &bytes, err))
        return false;
    const size_t stem = strlen(name) - (pdf ? 4 : 5);
    *out = ready_of(m, arena_printf(m->mem, "%.*s.docx", (int)stem, name), "docx", bytes, text, 0);
    return true;
}

struct putting { struct making *making; struct evidence_box box; struct evidence_ready *file; struct text description, id; };

static bool put(void *context, struct db_session *session, struct err *err)
{
    struct putting *const p = context;
    struct making *const m = p->making;
    return app_evidence_put(m->house, session, m->s, &m->office, &p->box, p->file, p->description, m->now, m->mem, &p->id, err);
}

static bool put_file(struct making *m, const char *asked, struct place unit, struct evidence_ready *file, const char *description, struct err *err)
{
    struct putting p = { .making = m, .box = { m->year, text_of(asked), unit, TEXT("") }, .file = file, .description = text_of(description) };
    return house_write(m->house, put, &p, err);
}

static bool put_proofs(struct making *m, struct err *err)
{
    const struct place county = { PLACE_COUNTY, TEXT("") };
    for (size_t i = 0; i < COUNT(PROOFS); i++) {
        const struct demo_proof *const proof = &PROOFS[i];
        struct evidence_ready file;
        if (!write_page(m, proof->name, proof->pdf, text_of(proof->title), text_of(proof->words), &file, err) ||
            !put_file(m, proof->asked, county, &file, proof->description, err))
            return false;
        m->now += 3600;
    }
    return true;
}

/* Some schools' charters and pictures. */
static bool put_schools(struct making *m, struct err *err)
{
    struct evidence_school *schools;
    size_t n;
    evidence_schools(m->s, &m->office, m->year, m->mem, &schools, &n);
    for (size_t i = 0; i < n && i < SCHOOLS; i++) {
        const struct place unit = { PLACE_SCHOOL, schools[i].code };
        const struct text title = text_printf(m->mem, "%.*s章程", TEXT_ARG(schools[i].name));
        struct evidence_ready charter, picture = ready_of(m, "校园文化墙.png", "png", demo_picture(m->mem, (unsigned)i), TEXT(""), 0);
        if (!write_page(m, "学校章程.docx", false, title, TEXT("学校坚持立德树人，实行校长负责制，教职工代表大会民主管理，校务公开。"), &charter, err) ||
            !put_file(m, "Q3-1", unit, &charter, "教代会通过，教育局核准", err) || (i < SCHOOLS / 2 && !put_file(m, "Q6-2", unit, &picture, "教学楼前的文化墙", err)))
            return false;
        m->now += 1800;
    }
    return true;
}

/* ---- judgements --------------------------------------------------------------------------- */

struct judging { struct making *making; struct judgement_wish wish; bool second, agree; struct text words; };

static bool judge(void *context, struct db_session *session, struct err *err)
{
    struct judging *const j = context;
    struct making *const m = j->making;
    struct text id;
    int64_t version;
    return app_judge(m->house, session, m->s, &m->inspector, &j->wish, m->now, m->mem, &id, err) &&
           (!j->second || app_judgement_second(m->house, session, &m->office, id, j->agree, j->words, m->now + 2 * DAY_SECONDS, m->mem, &version, err));
}

/* Confirmed as it was returned, waiting, refused and judged again; a school's. */
static bool put_judgements(struct making *m, struct err *err)
{
    struct evidence_school *schools;
    size_t n;
    evidence_schools(m->s, &m->office, m->year, m->mem, &schools, &n);
    const struct place county = { PLACE_COUNTY, TEXT("") };
    struct judging list[] = {
        { m, { m->year, TEXT("G1"), county, JUDGED_MET, TEXT("规划经县政府批准，公示和实施材料齐全") }, true, true, TEXT("") },
        { m, { m->year, TEXT("G2"), county, JUDGED_MET, TEXT("四项标准城乡一致，文件齐全") }, false, false, TEXT("") },
        { m, { m->year, TEXT("G10"), county, JUDGED_MET, TEXT("编制分配到校") }, true, false, TEXT("岗位总量文件没有附上") },
        { m, { m->year, TEXT("Q3"), n ? (struct place){ PLACE_SCHOOL, schools[0].code } : county, JUDGED_MET, TEXT("章程已经核准，平台在用") }, n > 0, true, TEXT("") },
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        if (!house_write(m->house, judge, &list[i], err))
            return false;
        m->now += DAY_SECONDS;
    }
    return true;
}

/* ---- a case ------------------------------------------------------------------------------- */

static bool open_and_close(void *context, struct db_session *session, struct err *err)
{
    struct making *const m = context;
    struct evidence_school *schools;
    size_t n;
    struct text id;
    evidence_schools(m->s, &m->office, m->year, m->mem, &schools, &n);
    const int64_t happened = m->now - 20 * DAY_SECONDS;
    const struct case_wish wish = { TEXT("X3"), m->year, day_shown(happened, m->mem),
                                    n > 1 ? (struct place){ PLACE_SCHOOL, schools[1].code } : (struct place){ PLACE_COUNTY, TEXT("") },
                                    TEXT("家长反映七年级设了一个实验班，督导现场核实属实") };
    return app_case_open(m->house, session, m->s, &m->inspector, &wish, happened + DAY_SECONDS, m->mem, &id, err) &&
           app_case_close(m->house, session, &m->office, id, day_shown(m->now - 5 * DAY_SECONDS, m->mem), TEXT("当周重新编班并公示，督导到校核实，约谈校长"), m->now - 4 * DAY_SECONDS,
                          m->mem, err);
}

bool demo_evidence(struct house *house, int64_t now, struct arena *mem, struct err *err)
{
    const struct actor console = actor_console();
    struct account_view *accounts;
    struct making m = { .house = house, .now = now - 40 * DAY_SECONDS, .mem = mem };
    size_t n;
    if (!app_accounts(house, &console, mem, &accounts, &n, err) || !house_snapshot(house, &m.s, err))
        return false;
    m.office = actor_of(accounts, n, ROLE_office, -1, "王敏");
    m.inspector = actor_of(accounts, n, ROLE_supervisor, -2, "李建国");
    const size_t usual = snapshot_year(m.s, 0);
    bool ok = true;
    if (usual < m.s->n_years) {
        m.year = m.s->years[usual];
        ok = put_proofs(&m, err) && put_schools(&m, err) && put_judgements(&m, err);
        m.now = now - DAY_SECONDS;
        ok = ok && house_write(house, open_and_close, &m, err);
    }
    snapshot_release(&m.s);
    return ok;
}
