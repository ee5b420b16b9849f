#include "sample/layout.h"
#include "base/number.h"

#include <assert.h>
#include <string.h>

/* A line of a form whose items run down a column: 序号 类别 填报项目 单位 填报值 是否必填 备注说明. */
struct form {
    struct arena *mem;
    struct sheet *sheet;
    const char *group;
    uint32_t row;
};

static struct form form_new(struct arena *mem, const char *name)
{
    static const struct { const char *heading; double width; } columns[] = {
        { "序号", 6 }, { "类别", 16 }, { "填报项目", 56 }, { "单位", 12 }, { "填报值", 30 }, { "是否必填", 10 }, { "备注说明", 30 },
    };
    struct form form = { .mem = mem, .sheet = sheet_new(mem, text_of(name)), .row = 2 };
    for (uint32_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        sheet_put_text(form.sheet, 1, i + 1, LOOK_HEADING, text_of(columns[i].heading));
        form.sheet->width[i + 1] = columns[i].width;
    }
    form.sheet->frozen_rows = 1;
    return form;
}

static void put_name(struct form *form, const char *item, const char *unit)
{
    sheet_put_number(form->sheet, form->row, 1, LOOK_WHOLE, form->row - 1);
    sheet_put_text(form->sheet, form->row, 2, LOOK_PLAIN, text_of(form->group));
    sheet_put_text(form->sheet, form->row, 3, LOOK_PLAIN, text_of(item));
    if (unit)
        sheet_put_text(form->sheet, form->row, 4, LOOK_PLAIN, text_of(unit));
}

static void say(struct form *form, const char *item, struct text answer)
{
    put_name(form, item, NULL);
    if (answer.size)
        sheet_put_text(form->sheet, form->row, 5, LOOK_TEXT, answer);
    form->row++;
}

static void count(struct form *form, const char *item, const char *unit, double x)
{
    put_name(form, item, unit);
    if (!is_blank(x))
        sheet_put_number(form->sheet, form->row, 5, LOOK_PLAIN, x);
    form->row++;
}

size_t layout_form_school(const struct sample_county *county)
{
    for (size_t i = 0; i < county->n; i++)
        if (county->schools[i].reports == 4 && text_equal(county->schools[i].text[SCHOOL_TYPE], TEXT("初级中学")))
            return i;
    assert(!"the plan gives 石桥镇 a junior school");
    return 0;
}

/* Classes of about equal size fall into at most two of the form's bands. */
static void put_bands(struct form *form, double pupils, double classes)
{
    static const struct { const char *item; int most; } bands[] = {
        { "每班25人以下班级个数", 25 },   { "每班26-30人班级个数", 30 }, { "每班31-35人班级个数", 35 },
        { "每班36-40人班级个数", 40 },    { "每班41-45人班级个数", 45 }, { "每班46-50人班级个数", 50 },
        { "每班51-55人班级个数", 55 },    { "每班56-60人班级个数", 60 }, { "每班61-65人班级个数", 65 },
        { "每班66人以上班级个数", 100000 },
    };
    const int n = (int)classes, smaller = (int)pupils / n, larger = (int)pupils % n;  /* `larger` classes have one more */
    int least = 0;
    for (size_t i = 0; i < sizeof bands / sizeof *bands; i++) {
        int here = smaller > least && smaller <= bands[i].most ? n - larger : 0;
        here += smaller + 1 > least && smaller + 1 <= bands[i].most ? larger : 0;
        count(form, bands[i].item, "个", here);
        least = bands[i].most;
    }
}

static void put_identity(struct form *form, const struct sample_county *county, const struct sample_school *school)
{
    const double built = school->figure[0][BUILT_YEAR];
    form->group = "基本信息";
    say(form, "区县代码", school->text[COUNTY_CODE]);
    count(form, "填报年度", "年", county->last_year);
    say(form, "学校名称", school->text[SCHOOL_NAME]);
    say(form, "学校类型", school->text[SCHOOL_TYPE]);
    say(form, "学校代码", school->text[SCHOOL_CODE]);
    say(form, "办别", school->text[OWNERSHIP]);
    say(form, "城乡类型", school->text[AREA_KIND]);
    say(form, "乡镇(街道)", school->text[TOWNSHIP]);
    say(form, "学区", school->text[DISTRICT]);
    say(form, "是否寄宿制", school->text[BOARDING]);
    say(form, "举办者类型", school->text[SPONSOR]);
    count(form, "建校时间", "年", built);
    count(form, "经度", "度", school->figure[0][LONGITUDE]);
    count(form, "纬度", "度", school->figure[0][LATITUDE]);
    say(form, "是否2010年及之前规划并建成", built <= 2010.0 ? TEXT("是") : TEXT("否"));
    say(form, "是否2016年及之前规划并建成", built <= 2016.0 ? TEXT("是") : TEXT("否"));
    say(form, "是否人口密度过高的大城市中心城区学校", TEXT("否"));
    say(form, "是否50人及以上但不足100人的乡村小规模学校和教学点", TEXT("否"));
    say(form, "是否最大班额低于30人的农村小规模学校", TEXT("否"));
}

static void put_teachers(struct form *form, const double *f)
{
    const double masters = (double)(int)(f[DEGREE_J] / 10.0), music = (double)(int)(f[ARTS_J] / 2.0);
    form->group = "教师学历信息";
    count(form, "初中教职工数", "人", f[STAFF_J]);
    count(form, "专任教师总人数", "人", f[TEACHERS_J]);
    count(form, "专科学历教师人数（小学）", "人", 0.0);
    count(form, "本科学历教师人数（小学）", "人", 0.0);
    count(form, "本科学历教师人数（初中）", "人", f[DEGREE_J] - masters);
    count(form, "硕士学历教师人数（小学）", "人", 0.0);
    count(form, "硕士学历教师人数（初中）", "人", masters);
    count(form, "博士研究生学历教师人数（小学）", "人", 0.0);
    count(form, "博士研究生学历教师人数（初中）", "人", 0.0);
    count(form, "县级及以上骨干教师数", "人", f[BACKBONE_J]);
    count(form, "持有教师资格证的专任教师人数", "人", f[CERTIFIED]);
    count(form, "近5年培训满360学时专任教师人数", "人", f[TRAINED]);
    form->group = "体育艺术教师";
    count(form, "体育专任教师人数", "人", f[PE_J]);
    count(form, "音乐专任教师人数", "人", music);
    count(form, "美术专任教师人数", "人", f[ARTS_J] - music);
    count(form, "艺术专任教师人数", "人", 0.0);
    count(form, "体育交流轮岗/兼职/走教教师人数", "人", BLANK);
    count(form, "音乐交流轮岗/兼职/走教教师人数", "人", BLANK);
    count(form, "美术交流轮岗/兼职/走教教师人数", "人", BLANK);
    count(form, "艺术交流轮岗/兼职/走教教师人数", "人", BLANK);
}

static void put_premises(struct form *form, const double *f)
{
    form->group = "教学用房面积";
    count(form, "教学及辅助用房总面积", "平方米", f[AREA_TEACHING]);
    count(form, "室内体育用房面积", "平方米", f[AREA_INDOOR]);
    form->group = "体育场馆面积";
    count(form, "学校体育馆面积", "平方米", f[AREA_INDOOR]);
    count(form, "校内体育场面积", "平方米", f[AREA_OUTDOOR]);
    count(form, "校外租赁场馆面积", "平方米", BLANK);
    count(form, "校内其他体育场面积", "平方米", BLANK);
    form->group = "教学设备";
    count(form, "教学仪器设备资产值（账面原值）", "万元", f[EQUIPMENT]);
    count(form, "网络多媒体教室间数", "间", f[MULTIMEDIA]);
    form->group = "音乐美术教室";
    count(form, "音乐教室总间数", "间", f[MUSIC_ROOMS]);
    count(form, "单间面积≥96㎡的音乐教室间数", "间", f[MUSIC_ROOMS_96]);
    count(form, "73㎡≤单间面积＜96㎡的音乐教室间数", "间", f[MUSIC_ROOMS] - f[MUSIC_ROOMS_96]);
    count(form, "61㎡≤单间面积＜73㎡的音乐教室间数", "间", 0.0);
    count(form, "美术教室总间数", "间", f[ART_ROOMS]);
    count(form, "单间面积≥90㎡的美术教室间数", "间", f[ART_ROOMS_90]);
    count(form, "67㎡≤单间面积＜90㎡的美术教室间数", "间", f[ART_ROOMS] - f[ART_ROOMS_90]);
    count(form, "61㎡≤单间面积＜67㎡的美术教室间数", "间", 0.0);
}

struct sheet *layout_official_form(struct arena *mem, const struct sample_county *county, size_t index)
{
    const struct sample_school *school = &county->schools[index];
    const double *f = school->figure[0];
    struct form form = form_new(mem, "学校填报数据");
    put_identity(&form, county, school);
    form.group = "学生信息";
    count(&form, "小学学生人数", "人", 0.0);
    count(&form, "初中学生人数", "人", f[PUPILS_J]);
    count(&form, "进城务工人员随迁子女在校生人数", "人", f[MIGRANT]);
    count(&form, "家庭住址在划片范围内的在校学生人数（小学）", "人", 0.0);
    count(&form, "家庭住址在划片范围内的在校学生人数（初中）", "人", f[CATCHMENT_J]);
    form.group = "班级信息";
    count(&form, "初中年级数", "个", f[GRADES_J]);
    count(&form, "班级总数", "个", f[CLASSES_J]);
    put_bands(&form, f[PUPILS_J], f[CLASSES_J]);
    put_teachers(&form, f);
    put_premises(&form, f);
    form.group = "经费信息";
    count(&form, "上一年度公用经费预算总额", "万元", f[BUDGET]);
    count(&form, "上一年度公用经费决算总额", "万元", f[BUDGET]);
    count(&form, "上一年度教师培训经费预算总额", "万元", f[TRAINING_BUDGET]);
    form.group = "巩固率数据";
    count(&form, "本届毕业学生人数", "人", f[GRADUATES]);
    count(&form, "毕业年级初一时在校学生数", "人", f[ENTRANTS]);
    count(&form, "毕业年级三年转入学生数", "人", f[MOVED_IN]);
    count(&form, "毕业年级三年转出学生数", "人", f[MOVED_OUT]);
    count(&form, "毕业年级三年死亡学生数", "人", f[DIED]);
    return form.sheet;
}

/* What the county itself reports; `growth`: by how much the figure was smaller a year before. */
static const struct county_item {
    const char *group, *item, *unit;
    double number, growth;
    const char *text;   /* instead of the number */
    bool percent;       /* shown as a percentage */
} COUNTY_ITEMS[] = {
    { "基本信息", "常住人口", "人", 568000, 0.004, NULL, false },
    { "基本信息", "人口总数", "万人", 56.8, 0.004, NULL, false },
    { "基本信息", "农业人口数", "万人", 27.31, 0, NULL, false },
    { "基本信息", "年人均国内生产总值", "元", 61840, 0.05, NULL, false },
    { "基本信息", "年人均地方财政收入", "元", 4215, 0.03, NULL, false },
    { "基本信息", "农民年人均纯收入", "元", 23180, 0.05, NULL, false },
    { "基本信息", "城镇居民年人均可支配收入", "元", 39460, 0.04, NULL, false },
    { "基本信息", "乡镇数", "个", 15, 0, NULL, false },
    { "基本信息", "行政村数", "个", 286, 0, NULL, false },
    { "基本信息", "基本均衡认定年份", "年", 2017, 0, NULL, false },
    { "经费标准", "规定的小学生均公用经费标准", "元", 720, 0, NULL, false },
    { "经费标准", "规定的初中生均公用经费标准", "元", 940, 0, NULL, false },
    { "经费标准", "特殊教育学校经费总额", "元", 826000, 0.01, NULL, false },
    { "经费标准", "特殊教育学校学生人数", "人", 96, 0, NULL, false },
    { "工资收入", "上年度义务教育学校教师年平均工资收入水平（不含民办学校）", "万元", 9.86, 0.02, NULL, false },
    { "工资收入", "当地公务员年平均工资收入", "万元", 9.42, 0.02, NULL, false },
    { "教师交流轮岗", "符合交流条件教师总数", "人", 1460, 0.02, NULL, false },
    { "教师交流轮岗", "实际交流轮岗教师数", "人", 182, 0.04, NULL, false },
    { "教师交流轮岗", "实际交流骨干教师数量", "人", 41, 0.04, NULL, false },
    { "优质高中招生", "优质高中招生计划总人数", "人", 2400, 0, NULL, false },
    { "优质高中招生", "优质高中招生分配指标数", "人", 1320, 0.02, NULL, false },
    { "优质高中招生", "向农村学校分配指标数", "人", 640, 0.02, NULL, false },
    { "随迁子女", "符合条件的随迁子女总人数", "人", 3020, 0.03, NULL, false },
    { "随迁子女", "在县域内公办学校就读的随迁子女人数", "人", 2615, 0.03, NULL, false },
    { "随迁子女", "在政府购买服务的民办学校就读随迁子女人数", "人", 188, 0.03, NULL, false },
    { "残疾儿童入学", "适龄残疾儿童少年总数", "人", 412, 0, NULL, false },
    { "残疾儿童入学", "适龄残疾儿童少年入学总人数", "人", 401, 0, NULL, false },
    { "残疾儿童入学", "残疾儿童少年在特殊教育学校就读人数", "人", 96, 0, NULL, false },
    { "质量监测", "国家义务教育质量监测语文学业水平", NULL, 0, 0, "Ⅲ", false },
    { "质量监测", "语文校际差异率", NULL, 0.121, 0, NULL, true },
    { "质量监测", "国家义务教育质量监测数学学业水平", NULL, 0, 0, "Ⅲ", false },
    { "质量监测", "数学校际差异率", NULL, 0.138, 0, NULL, true },
    { "质量监测", "国家义务教育质量监测科学学业水平", NULL, 0, 0, "III", false },
    { "质量监测", "科学校际差异率", NULL, 0, 0, "15.6%", false },
    { "质量监测", "国家义务教育质量监测体育学业水平", NULL, 0, 0, "Ⅳ", false },
    { "质量监测", "体育校际差异率", NULL, 0.094, 0, NULL, false },
    { "质量监测", "国家义务教育质量监测艺术学业水平", NULL, 0, 0, "Ⅲ", false },
    { "质量监测", "艺术校际差异率", NULL, 0.117, 0, NULL, false },
    { "质量监测", "国家义务教育质量监测德育学业水平", NULL, 0, 0, "Ⅳ", false },
    { "质量监测", "德育校际差异率", NULL, 0.083, 0, NULL, false },
    { "社会认可度", "问卷总数", "人", 1200, 0, NULL, false },
    { "社会认可度", "回收有效问卷数", "人", 1164, 0, NULL, false },
    { "社会认可度", "满意问卷数", "人", 1031, 0, NULL, false },
    { "社会认可度", "家长有效问卷数", "人", 640, 0, NULL, false },
    { "社会认可度", "家长满意问卷数", "人", 571, 0, NULL, false },
    { "社会认可度", "实地走访人数", "人", 120, 0, NULL, false },
    { "社会认可度", "实地走访满意人数", "人", 108, 0, NULL, false },
    { "评定", "认定后年度监测", NULL, 0, 0, "达标", false },
    { "评定", "规划布局合理", NULL, 0, 0, "达标", false },
    { "评定", "城乡四统一", NULL, 0, 0, "达标", false },
    { "评定", "绩效工资总量足额核定", NULL, 0, 0, "达标", false },
    { "评定", "编制岗位统筹分配", NULL, 0, 0, "达标", false },
    { "评定", "优质高中名额向农村倾斜", NULL, 0, 0, "达标", false },
    { "评定", "留守儿童关爱体系健全", NULL, 0, 0, "达标", false },
    { "评定", "章程与信息化", NULL, 0, 0, "达标", false },
    { "评定", "信息化教学", NULL, 0, 0, "达标", false },
    { "评定", "德育与校园文化", NULL, 0, 0, "达标", false },
    { "评定", "课程开齐开足", NULL, 0, 0, "达标", false },
    { "评定", "无过重课业负担", NULL, 0, 0, "达标", false },
    { "一票否决", "存在以考试方式招生", NULL, 0, 0, "否", false },
    { "一票否决", "存在违规择校行为", NULL, 0, 0, "否", false },
    { "一票否决", "存在重点学校或重点班", NULL, 0, 0, "否", false },
    { "一票否决", "存在“有编不补”或长期聘用编外教师的情况", NULL, 0, 0, "否", false },
    { "一票否决", "教育系统存在重大安全责任事故和严重违纪违规事件", NULL, 0, 0, "否", false },
    { "一票否决", "有弄虚作假行为", NULL, 0, 0, "否", false },
};
enum { N_COUNTY_ITEMS = sizeof COUNTY_ITEMS / sizeof *COUNTY_ITEMS };

static double number_in_year(const struct county_item *item, int back)
{
    double x = item->number;
    if (item->growth > 0.0)
        for (int i = 0; i < back; i++)
            x = number_round(x * (1.0 - item->growth), !strcmp(item->unit, "万元") || !strcmp(item->unit, "万人") ? 2 : 0);
    return x;
}

struct sheet *layout_county_form(struct arena *mem, const struct sample_county *county, int back, bool down)
{
    const int year = county->last_year - back;
    if (down) {
        struct form form = form_new(mem, "区县填报数据");
        form.group = "基本信息";
        say(&form, "区县名称", TEXT(SAMPLE_COUNTY_NAME));
        say(&form, "区县代码", TEXT(SAMPLE_COUNTY_CODE));
        count(&form, "填报年度", "年", year);
        for (size_t i = 0; i < N_COUNTY_ITEMS; i++) {
            const struct county_item *item = &COUNTY_ITEMS[i];
            form.group = item->group;
            put_name(&form, item->item, item->unit);
            if (item->text)
                sheet_put_text(form.sheet, form.row, 5, LOOK_TEXT, text_of(item->text));
            else
                sheet_put_number(form.sheet, form.row, 5, item->percent ? LOOK_PERCENT : LOOK_PLAIN,
                                 number_in_year(item, back));
            form.row++;
        }
        return form.sheet;
    }
    struct sheet *sheet = sheet_new(mem, TEXT("区县数据"));
    static const char *const keys[] = { "县代码", "区县名称", "学年" };
    for (uint32_t i = 0; i < 3; i++)
        sheet_put_text(sheet, 1, i + 1, LOOK_HEADING, text_of(keys[i]));
    for (uint32_t i = 0; i < N_COUNTY_ITEMS; i++)
        sheet_put_text(sheet, 1, i + 4, LOOK_HEADING, text_of(COUNTY_ITEMS[i].item));
    sheet_put_text(sheet, 2, 1, LOOK_TEXT, TEXT(SAMPLE_COUNTY_CODE));
    sheet_put_text(sheet, 2, 2, LOOK_TEXT, TEXT(SAMPLE_COUNTY_NAME));
    sheet_put_number(sheet, 2, 3, LOOK_WHOLE, year);
    for (uint32_t i = 0; i < N_COUNTY_ITEMS; i++) {
        if (COUNTY_ITEMS[i].text)
            sheet_put_text(sheet, 2, i + 4, LOOK_TEXT, text_of(COUNTY_ITEMS[i].text));
        else
            sheet_put_number(sheet, 2, i + 4, LOOK_PLAIN, number_in_year(&COUNTY_ITEMS[i], back));
    }
    return sheet;
}
