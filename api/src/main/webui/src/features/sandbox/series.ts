import type { SandboxMetrics } from '@/api/types';
import { stepSeconds } from './ranges';

export type Measure = 'cpu' | 'memory' | 'disk' | 'tasks';
export const MEASURES: Measure[] = ['cpu', 'memory', 'disk', 'tasks'];

export interface Series {
  /** Seconds, every step of the span: a step without a measurement is there, with null. */
  times: number[];
  values: Record<Measure, (number | null)[]>;
  peaks: Record<Measure, (number | null)[]>;
}

/** Points on a whole grid of steps, so that a gap is a gap and not a line. Pure. */
export function series(metrics: SandboxMetrics): Series {
  const step = stepSeconds(metrics.step);
  const from = Date.parse(metrics.from) / 1_000;
  const length = Math.max(0, Math.round((Date.parse(metrics.to) / 1_000 - from) / step));
  const times = Array.from({ length }, (_, i) => from + i * step);
  const empty = () => new Array<number | null>(length).fill(null);
  const columns = () => ({ cpu: empty(), memory: empty(), disk: empty(), tasks: empty() });
  const values: Series['values'] = columns();
  const peaks: Series['peaks'] = columns();
  for (const point of metrics.points) {
    const at = Math.round((Date.parse(point.at) / 1_000 - from) / step);
    if (at < 0 || at >= length) continue;
    for (const measure of MEASURES) {
      values[measure][at] = point[measure]?.avg ?? null;
      peaks[measure][at] = point[measure]?.max ?? null;
    }
  }
  return { times, values, peaks };
}

export function lastOf(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
