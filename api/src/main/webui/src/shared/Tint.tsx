import { useState, type ReactNode } from 'react';

/** Tints what it holds for two seconds when the value changes; not when it first appears. */
export function Tint({ value, children }: { value: unknown; children: ReactNode }) {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 });
  return (
    // The key starts the animation anew.
    <span key={seen.changes} className={seen.changes > 0 ? 'tinted truncate' : 'truncate'}>
      {children}
    </span>
  );
}
