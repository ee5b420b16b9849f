// The few charts the server does not draw itself (web/svg.h): ECharts on canvas, with what is fixed for all.
//
//     <div class="chart" role="img" aria-label="…"><script type="application/json">{ option }</script></div>
//
// The JSON is an ECharts option: axes and series.  A datum's `tip` is its tooltip, its `code` is what a click
// or a table row with the same data-code picks out.  The same numbers stand in a table beneath: the way in
// for the keyboard.
import * as echarts from 'echarts/core';
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from 'echarts/components';
import { LegacyGridContainLabel, ScatterJitter } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

echarts.use([BarChart, CustomChart, LineChart, ScatterChart, AriaComponent, GridComponent, MarkLineComponent,
    MarkPointComponent, TooltipComponent, LegacyGridContainLabel, ScatterJitter, CanvasRenderer]);

const axis = (given) => ({
    ...given,
    axisLine: { show: false, ...given.axisLine },
    axisTick: { show: false, ...given.axisTick },
    axisLabel: { color: '#626d7a', ...given.axisLabel },
    splitLine: { show: true, lineStyle: { color: '#eceff2' }, ...given.splitLine },
});
const each = (value, f) => (Array.isArray(value) ? value.map(f) : f(value || {}));

function optionOf(given, element) {
    const description = element.getAttribute('aria-label') || '';
    return {
        ...given,
        animation: false,
        useUTC: true,
        color: ['#1d5c96', '#8a5a00', '#1a6460', '#6b3fa0'],
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 },
        grid: { containLabel: true, left: 0, right: 16, top: 24, bottom: 4, ...given.grid },
        xAxis: each(given.xAxis, axis),
        yAxis: each(given.yAxis, axis),
        aria: { enabled: true, label: { description } },
        tooltip: {
            renderMode: 'richText', confine: true, triggerOn: 'mousemove|click',
            formatter: (point) => (point.data && point.data.tip) || '',
        },
        series: (given.series || []).map((series) => ({ ...series, emphasis: { focus: 'none', ...series.emphasis } })),
    };
}

/* Where a code stands among the series: for picking out a dot. */
function placesOf(option, code) {
    const places = [];
    option.series.forEach((series, seriesIndex) => (series.data || []).forEach((datum, dataIndex) => {
        if (datum && datum.code === code) places.push({ seriesIndex, dataIndex });
    }));
    return places;
}

function draw(element) {
    const data = element.querySelector('script[type="application/json"]');
    if (!data) return;
    const option = optionOf(JSON.parse(data.textContent), element);
    const chart = echarts.init(element, null, { renderer: 'canvas', devicePixelRatio: window.devicePixelRatio });
    chart.setOption(option);
    chart.on('click', (point) => {
        const code = point.data && point.data.code;
        if (code) element.dispatchEvent(new CustomEvent('chart-pick', { bubbles: true, detail: { code } }));
    });
    document.addEventListener('focusin', (event) => {
        const row = event.target.closest('[data-code]');
        chart.dispatchAction({ type: 'downplay' });
        if (row) for (const place of placesOf(option, row.dataset.code)) chart.dispatchAction({ type: 'highlight', ...place });
    });
    if (window.ResizeObserver) new ResizeObserver(() => chart.resize()).observe(element);
    else addEventListener('resize', () => chart.resize());
}

for (const element of document.querySelectorAll('.chart')) draw(element);
window.junhengChart = { draw };
