# The core job for one county as an awk script, as somebody at a bureau might write it: units,
# shares, seven values, the school rule, and for each year and stage mean, spread, coefficient and
# verdict.  Reads the columns of nation.csv in their order; a coefficient with a missing unit is blank.
BEGIN {
    FS = ","; OFS = ","
    split("4.2 1 0.9 4.5 7.5 2000 2.3", least_p, " "); split("5.3 1 0.9 5.8 10.2 2500 2.4", least_j, " ")
    split("100 100 100 1 1 1 100", per, " ")
    has_p["primary"] = has_p["nine_year"] = has_p["twelve_year"] = has_p["teaching_point"] = 1
    has_j["junior"] = has_j["nine_year"] = has_j["twelve_year"] = has_j["complete"] = 1
    has_s["complete"] = has_s["twelve_year"] = 1
}
# One unit: s its stage, n its pupils, w its weight; amount[1..7] stands, "" where missing.
function unit(s, n, w, k, t, x, near, below, missing, met) {
    g = $2 SUBSEP s
    if (!(g in units)) { order[++groups] = g; county[g] = $1 }
    i = ++units[g]
    size[g, i] = n
    if (n == "") no_pupils[g] = 1; else pupils[g] += n
    near = below = missing = 0
    for (k = 1; k <= 7; k++) {
        t = s == "primary" ? least_p[k] : least_j[k]
        if (n == "" || amount[k] == "") { missing++; gap[g, k] = 1; continue }
        total[g, k] += amount[k]
        value[g, i, k] = per[k] * amount[k] / n
        x = amount[k] * per[k] / (1 - 1e-12)
        if (x >= t * n) continue
        if (x >= 0.85 * t * n) near++; else below++
    }
    if (below || near > 1) failing[g]++
    else if (!missing) passing[g]++
}
function plus(a, b) { return a == "" || b == "" ? "" : a + b }
FNR == 1 || $4 == "special" || $4 == "senior" { next }
{
    p = has_p[$4] ? $5 : $5 + 0; j = has_j[$4] ? $6 : $6 + 0; h = has_s[$4] ? $7 : $7 + 0
    weighed = p == "" || j == "" || h == "" ? "" : p + 1.1 * j + 1.32 * h
    shared[4] = $16 == "" || $17 == "" ? "" : ($16 > $17 ? $16 - $17 : 0)
    shared[5] = plus($18, $17); shared[6] = $19 == "" ? "" : $19 * 10000; shared[7] = $20
    if ((p == "" || p > 0) && !($4 == "teaching_point" && p != "" && p < 50)) {
        amount[1] = $8; amount[2] = $10; amount[3] = plus($12, $13)
        for (k = 4; k <= 7; k++) amount[k] = weighed == "" || shared[k] == "" ? "" : shared[k] * p / weighed
        unit("primary", p, 1)
    }
    if (j == "" || j > 0) {
        amount[1] = $9; amount[2] = $11; amount[3] = plus($14, $15)
        for (k = 4; k <= 7; k++) amount[k] = weighed == "" || shared[k] == "" ? "" : shared[k] * 1.1 * j / weighed
        unit("junior", j, 1.1)
    }
}
END {
    for (o = 1; o <= groups; o++) {
        g = order[o]; split(g, part, SUBSEP)
        bad = failing[g] > 0; open = passing[g] + 0 < units[g]
        line = county[g] OFS part[1] OFS part[2] OFS units[g] OFS passing[g] + 0
        for (k = 1; k <= 7; k++) {
            if ((g, k) in gap || g in no_pupils) { line = line ",,,"; open = 1; continue }
            mean = per[k] * total[g, k] / pupils[g]; spread = 0
            for (i = 1; i <= units[g]; i++) { off = value[g, i, k] - mean; spread += size[g, i] * off * off }
            spread = sqrt(spread / pupils[g])
            if (mean == 0 || spread / mean > (part[2] == "primary" ? 0.5 : 0.45) + 1e-9) bad = 1
            line = line sprintf(",%.15g,%.15g,%.15g", mean, spread, mean == 0 ? 0 : spread / mean)
        }
        print line OFS (bad ? "unmet" : open ? "no_data" : "met")
    }
}
