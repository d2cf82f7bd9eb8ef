import type { MetricStep } from '@/api/types';

const HOUR = 3_600_000;

/** Spans of charts with a step that gives each some hundred points. */
export const RANGES = {
  '1h': { millis: HOUR, step: '1m' },
  '6h': { millis: 6 * HOUR, step: '1m' },
  '24h': { millis: 24 * HOUR, step: '5m' },
  '7d': { millis: 7 * 24 * HOUR, step: '1h' },
  '30d': { millis: 30 * 24 * HOUR, step: '6h' },
} as const satisfies Record<string, { millis: number; step: MetricStep }>;

export type RangeName = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as RangeName[];

const STEPS: Record<MetricStep, number> = {
  '1m': 60,
  '5m': 300,
  '15m': 900,
  '1h': 3_600,
  '6h': 21_600,
  '1d': 86_400,
};

export const stepSeconds = (step: MetricStep): number => STEPS[step];
