import { useSyncExternalStore } from 'react';

/**
 * The server's time. Elapsed times on the page compare with the server's stamps, and the clock of a
 * laptop may be minutes off.
 */
let skew = 0;

/** The header has whole seconds; what differs by less than two of them is no skew. */
export function noteServerTime(date: string | null, here = Date.now()): void {
  if (date === null) return;
  const there = Date.parse(date);
  if (Number.isNaN(there)) return;
  const difference = there + 500 - here;
  skew = Math.abs(difference) < 2_000 ? 0 : difference;
}

export function now(): number {
  return Date.now() + skew;
}

type Listener = () => void;

/** One timer per pace for the whole page, however many times are shown. */
class Ticker {
  private readonly listeners = new Set<Listener>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private at = 0;

  constructor(private readonly millis: number) {}

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.tick(), this.millis);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
      }
    };
  };

  readonly current = (): number => {
    // The same answer twice in a row, or what is shown would never settle.
    if (this.timer === undefined && Math.abs(now() - this.at) >= this.millis) this.at = now();
    return this.at;
  };

  private tick(): void {
    this.at = now();
    for (const listener of this.listeners) listener();
  }
}

const seconds = new Ticker(1_000);
const slow = new Ticker(15_000);

/** Now, again every second or, for what is older, every quarter of a minute. */
export function useNow(pace: 'second' | 'slow' = 'slow'): number {
  const ticker = pace === 'second' ? seconds : slow;
  const at = useSyncExternalStore(ticker.subscribe, ticker.current);
  return at === 0 ? now() : at;
}
