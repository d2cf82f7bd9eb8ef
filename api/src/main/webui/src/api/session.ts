import { useSyncExternalStore } from 'react';

/** Whether the browser's session holds, as far as the last answer told. */
type SessionState = 'unknown' | 'open' | 'over';

let state: SessionState = 'unknown';
const listeners = new Set<() => void>();
const channel =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('valet-session');

function set(next: SessionState): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

/** An answer to somebody known came. */
export function sessionIsOpen(): void {
  if (state !== 'over') set('open');
}

/** An answer said that nobody is known. A page that has shown nothing yet goes to the login itself. */
export function sessionIsOver(
  goTo: (path: string) => void = (path) => location.assign(path),
): void {
  if (state === 'unknown') goTo(loginPath());
  else set('over');
}

/** Somebody has signed in, in this tab or another one. */
export function sessionIsBack(): void {
  set('open');
}

export function announceSignIn(): void {
  channel?.postMessage('signed-in');
}

channel?.addEventListener('message', sessionIsBack);

/** Where to sign in, and from there back to the page that is shown. */
export function loginPath(page = location.pathname + location.search): string {
  return `/login?returnTo=${encodeURIComponent(page)}`;
}

export function useSession(): SessionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** For tests. */
export function forgetSession(): void {
  state = 'unknown';
}
