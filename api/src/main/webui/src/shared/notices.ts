import { useSyncExternalStore } from 'react';
import { asApiError } from '@/api/problem';

export interface Notice {
  id: number;
  kind: 'done' | 'failed';
  text: string;
  /** A page that tells more. */
  to?: string;
  traceId?: string | null;
}

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

export function dismiss(id: number): void {
  publish(notices.filter((notice) => notice.id !== id));
}

function add(notice: Omit<Notice, 'id'>): void {
  lastId += 1;
  const id = lastId;
  publish([...notices.slice(-3), { ...notice, id }]);
  if (notice.kind === 'done') setTimeout(() => dismiss(id), 6_000);
}

/** Says that something was accepted; leaves by itself. */
export function tell(text: string, to?: string): void {
  add({ kind: 'done', text, to });
}

/** Says why something was not done; stays until dismissed. */
export function tellFailure(what: string, failure: unknown): void {
  const error = asApiError(failure);
  if (error.isSessionOver) return;
  add({ kind: 'failed', text: `${what}: ${error.message}`, traceId: error.traceId });
}

export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
}
