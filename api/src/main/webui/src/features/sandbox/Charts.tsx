import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { SandboxMetrics } from '@/api/types';
import { exact, percent, timeOfDay } from '@/shared/format';
import type { Mark } from './ChartsCard';
import { lastOf, MEASURES, series, type Measure, type Series } from './series';
import classes from './Sandbox.module.css';

const NAMES: Record<Measure, string> = {
  cpu: 'CPU',
  memory: 'Memory',
  disk: 'Disk',
  tasks: 'Tasks',
};
const COLOURS: Record<Measure, string> = {
  cpu: '--v-series-1',
  memory: '--v-series-3',
  disk: '--v-series-2',
  tasks: '--v-series-4',
};

const shown = (measure: Measure, value: number | null): string =>
  value === null
    ? '–'
    : measure === 'tasks'
      ? value.toFixed(1).replace(/\.0$/, '')
      : percent(value);

/** One block: one time axis, one crosshair, the same marks in every chart. */
export function Charts({
  metrics,
  capacity,
  marks,
}: {
  metrics: SandboxMetrics;
  capacity: number;
  marks: Mark[];
}) {
  const data = useMemo(() => series(metrics), [metrics]);
  const [hovered, setHovered] = useState<number | null>(null);
  return (
    <>
      <Readout data={data} index={hovered} />
      <div className={classes.charts}>
        {MEASURES.map((measure) => (
          <figure key={measure} className={classes.chart}>
            <figcaption className={classes.chartHead}>
              <strong>{NAMES[measure]}</strong>
              <span className="num">{shown(measure, lastOf(data.values[measure]))} now</span>
            </figcaption>
            <Chart
              measure={measure}
              data={data}
              most={measure === 'tasks' ? Math.max(1, capacity) : 1}
              marks={marks}
              onHover={setHovered}
            />
          </figure>
        ))}
      </div>
      <DataTable data={data} />
    </>
  );
}

function Readout({ data, index }: { data: Series; index: number | null }) {
  const at = index === null ? undefined : data.times[index];
  return (
    <div className={`${classes.readout ?? ''} num`} aria-hidden="true">
      {at === undefined || index === null
        ? 'Move over a chart to read values; drag to zoom, double-click to see it all.'
        : `${exact(at * 1_000).replace('\n', ' · ')} · ${MEASURES.map(
            (measure) => `${NAMES[measure]} ${shown(measure, data.values[measure][index] ?? null)}`,
          ).join(' · ')}`}
    </div>
  );
}

interface ChartProps {
  measure: Measure;
  data: Series;
  most: number;
  marks: Mark[];
  onHover: (index: number | null) => void;
}

function Chart({ measure, data, most, marks, onHover }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef({ marks, onHover });
  useEffect(() => {
    latest.current = { marks, onHover };
  });

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const chart = new uPlot(options(measure, most, element, latest), [[], [], []], element);
    plot.current = chart;
    const sizes = new ResizeObserver(() =>
      chart.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    sizes.observe(element);
    const themes = new MutationObserver(() => chart.redraw(true, true));
    themes.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      sizes.disconnect();
      themes.disconnect();
      chart.destroy();
    };
  }, [measure, most]);

  useEffect(() => {
    const chart = plot.current;
    if (chart === null) return;
    // A zoom stays while newer points come.
    const isZoomed =
      chart.data[0].length > 0 && (chart.scales.x?.min ?? 0) > (chart.data[0][0] ?? 0);
    chart.setData([data.times, data.values[measure], data.peaks[measure]], !isZoomed);
    if (isZoomed) chart.redraw();
  }, [data, measure, most]);

  return (
    <div
      ref={box}
      className={classes.chartBox}
      role="img"
      aria-label={`${NAMES[measure]} over time; last value ${shown(measure, lastOf(data.values[measure]))}. The table below has all values.`}
    />
  );
}

type Latest = React.RefObject<{ marks: Mark[]; onHover: (index: number | null) => void }>;

function options(
  measure: Measure,
  most: number,
  element: HTMLElement,
  latest: Latest,
): uPlot.Options {
  const token = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
  const axis = {
    stroke: () => token('--v-muted'),
    font: '11px system-ui',
    grid: { stroke: () => token('--v-line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    cursor: {
      sync: { key: 'sandbox', scales: ['x', null] },
      drag: { x: true, y: false },
      points: { size: 6 },
    },
    legend: { show: false },
    scales: { x: { time: true }, y: { range: [0, most] } },
    axes: [
      { ...axis, space: 90, size: 28, values: (_, ticks) => timeTicks(ticks) },
      {
        ...axis,
        size: 44,
        values: (_, ticks) =>
          ticks.map((tick) => (measure === 'tasks' ? String(tick) : percent(tick))),
        ...(measure === 'tasks' ? { incrs: [1, 2, 5, 10, 20, 50] } : {}),
      },
    ],
    series: [
      {},
      {
        label: NAMES[measure],
        stroke: () => token(COLOURS[measure]),
        width: 1.5,
        spanGaps: false,
        points: { show: false },
      },
      {
        label: 'peak',
        stroke: () => token(COLOURS[measure]),
        width: 0.5,
        dash: [2, 3],
        spanGaps: false,
        points: { show: false },
      },
    ],
    hooks: {
      setCursor: [(chart) => latest.current.onHover(chart.cursor.idx ?? null)],
      draw: [(chart) => drawMarks(chart, latest.current.marks, token('--v-muted'))],
    },
  };
}

const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** The day where it is midnight or ticks are days apart, else the hour. */
function timeTicks(ticks: number[]): string[] {
  const areDays = ticks.length > 1 && (ticks[1] ?? 0) - (ticks[0] ?? 0) >= 86_400;
  return ticks.map((tick) => {
    const at = new Date(tick * 1_000);
    return areDays || (at.getHours() === 0 && at.getMinutes() === 0)
      ? day.format(at)
      : hour.format(at);
  });
}

function drawMarks(chart: uPlot, marks: Mark[], colour: string): void {
  const { ctx, bbox, scales } = chart;
  const { min, max } = scales.x ?? {};
  if (min == null || max == null) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.globalAlpha = 0.6;
  ctx.textAlign = 'left';
  ctx.setLineDash([2, 2]);
  ctx.font = `${10 * devicePixelRatio}px system-ui`;
  let labelEnd = -Infinity;
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    if (mark.at < min || mark.at > max) continue;
    const x = chart.valToPos(mark.at, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const width = ctx.measureText(mark.text).width;
    // Labels that would lie over each other are left out; the timeline has them all.
    if (x > labelEnd && x + width + 6 < bbox.left + bbox.width) {
      ctx.fillText(mark.text, x + 3, bbox.top + 10 * devicePixelRatio);
      labelEnd = x + width + 8;
    }
  }
  ctx.restore();
}

/** The same values as text: for screen readers, and for copying. */
function DataTable({ data }: { data: Series }) {
  const rows = data.times
    .map((at, i) => ({ at, i }))
    .filter(({ i }) => MEASURES.some((measure) => data.values[measure][i] != null))
    .reverse();
  return (
    <details className={classes.data}>
      <summary>The values as a table</summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard */}
      <div tabIndex={0} role="region" aria-label="Values">
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              {MEASURES.map((measure) => (
                <th key={measure} scope="col">
                  {NAMES[measure]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="num">
            {rows.map(({ at, i }) => (
              <tr key={at}>
                <th scope="row" title={exact(at * 1_000)}>
                  {timeOfDay(at * 1_000)}
                </th>
                {MEASURES.map((measure) => (
                  <td key={measure}>{shown(measure, data.values[measure][i] ?? null)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
