import { useEffect, useRef, useSyncExternalStore } from 'react';

/** A key, or two in a row (`g f`), and what it does on the page that is shown. */
export interface Shortcut {
  keys: string;
  does: string;
  run: (event: KeyboardEvent) => void;
}

const SEQUENCE = 1_200;

let shortcuts: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly Shortcut[]): void {
  shortcuts = next;
  for (const listener of listeners) listener();
}

function register(shortcut: Shortcut): () => void {
  publish([...shortcuts, shortcut]);
  return () => publish(shortcuts.filter((other) => other !== shortcut));
}

/** Keys that type or choose something there are not ours. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type=checkbox]), textarea, select, [role=dialog], [role=menu]') !==
        null)
  );
}

/** On a button or link, Enter and the space bar are the browser's. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, input, summary') !== null;
}

let prefix = '';
let prefixAt = 0;

export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === 'Enter' && isControl(event.target)) return;
  const key = event.ctrlKey ? `Ctrl+${event.key}` : event.key;
  const sequence =
    event.timeStamp - prefixAt < SEQUENCE && prefix !== '' ? `${prefix} ${key}` : key;
  prefix = '';
  const found = find(sequence) ?? find(key);
  if (found !== undefined) {
    event.preventDefault();
    found.run(event);
  } else if (shortcuts.some((shortcut) => shortcut.keys.startsWith(`${key} `))) {
    prefix = key;
    prefixAt = event.timeStamp;
  }
}

/** The latest wins: a page's own over the frame's. */
function find(keys: string): Shortcut | undefined {
  return shortcuts.findLast((shortcut) => shortcut.keys === keys);
}

/** Binds a key while the component is shown. */
export function useShortcut(keys: string, does: string, run: (event: KeyboardEvent) => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => register({ keys, does, run: (event) => latest.current(event) }), [keys, does]);
}

export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shortcuts,
  );
}

export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
