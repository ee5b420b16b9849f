/* county.h — a small county whose answers were worked out by hand.
 *
 *   A1 甲小学    primary    500 pupils: L1 6.0, L2 1.2, L3 1.2, L4 6.0, L5 8.0, L6 2400, L7 2.6: all met
 *   A2 乙学校    nine_year  600 + 300: shared by 930 (= 600 + 1.1·300): L4 5.0 / 5.5, so the junior unit
 *                           is near in L4 (5.8) alone: 达标（6/7）
 *   A3 丙小学    primary    400: L4 2.5, L5 1.0, L6 500 below their floors */
#pragma once

#define SCHOOL_HEAD \
    "county_code,year,school_code,school_name,school_type,township,pupils_primary,pupils_junior," \
    "teachers_above_degree_primary,teachers_above_degree_junior,teachers_backbone_primary,teachers_backbone_junior," \
    "teachers_pe_primary,teachers_arts_primary,teachers_pe_junior,teachers_arts_junior," \
    "area_teaching_m2,area_indoor_sports_m2,area_outdoor_sports_m2,equipment_value_10k_yuan,classrooms_multimedia\n"
#define SCHOOL_A1 "410185,2025,A1,甲小学,primary,东镇,500,,30,,6,,3,3,,,3000,0,4000,120,13\n"
#define SCHOOL_A2 "410185,2025,A2,乙学校,nine_year,西镇,600,300,30,20,7,4,3,3,2,2,4650,0,9000,230,25\n"
#define SCHOOL_A3 "410185,2025,A3,丙小学,primary,西镇,400,,20,,4,,3,3,,,1000,0,400,20,13\n"
#define SMALL_COUNTY SCHOOL_HEAD SCHOOL_A1 SCHOOL_A2 SCHOOL_A3
