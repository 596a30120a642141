// Draws a table's figures with ECharts above the table. The table stays: it is what a screen reader and a printer get.

const TONES = ["--act", "--good", "--warn", "--bad", "--calm"];

function script(address) {
  return new Promise((loaded, failed) => {
    const tag = document.createElement("script");
    tag.src = address;
    tag.addEventListener("load", loaded);
    tag.addEventListener("error", failed);
    document.head.append(tag);
  });
}

function figures(table) {
  const heads = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows];
  const value = (cell) => Number(cell.dataset.value ?? cell.textContent.replace(/[^\d,-]/g, "").replace(",", "."));
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    series: heads.map((name, place) => ({ name, data: rows.map((row) => value(row.cells[place + 1])) })),
  };
}

function draw(table) {
  const { labels, series } = figures(table);
  const look = getComputedStyle(document.documentElement);
  const ink = look.getPropertyValue("--ink");
  const canvas = table.parentElement.querySelector("[data-chart-canvas]");
  const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption({
    animation: false,
    color: TONES.map((tone) => look.getPropertyValue(tone).trim()),
    textStyle: { color: ink, fontFamily: look.getPropertyValue("--tblr-font-sans-serif") },
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, textStyle: { color: ink } },
    xAxis: { type: "category", data: labels, axisLabel: { color: ink } },
    yAxis: {
      type: "value",
      axisLabel: { color: ink },
      splitLine: { lineStyle: { color: look.getPropertyValue("--line").trim() } },
    },
    series: series.map((one) => ({ ...one, type: table.dataset.chart })),
  });
  new ResizeObserver(() => chart.resize()).observe(canvas);
}

const tables = document.querySelectorAll("table[data-chart]");
if (tables.length) {
  await script(tables[0].dataset.echarts);
  tables.forEach(draw);
}
