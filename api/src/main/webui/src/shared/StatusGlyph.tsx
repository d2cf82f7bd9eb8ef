import type { ReactNode } from 'react';
import type { Shape, Sign } from './vocabulary';
import classes from './StatusGlyph.module.css';

const SHAPES: Record<Shape, ReactNode> = {
  disc: <circle cx="6" cy="6" r="4.5" fill="currentColor" stroke="none" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4" />
      <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" stroke="none" />
    </>
  ),
  square: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" stroke="none" />,
  ring: <circle cx="6" cy="6" r="4" />,
  arc: (
    <>
      <circle cx="6" cy="6" r="4" opacity="0.3" />
      <path d="M6 2a4 4 0 0 1 4 4" strokeLinecap="round" className={classes.turning} />
    </>
  ),
  frame: <rect x="2" y="2" width="8" height="8" rx="1" />,
  diamond: <path d="M6 0.8 11.2 6 6 11.2 0.8 6z" fill="currentColor" stroke="none" />,
  dash: <path d="M2.5 6h7" strokeLinecap="round" />,
  triangle: <path d="M6 1.5 11 10.5H1z" fill="currentColor" stroke="none" />,
};

/** The mark alone; its word is its name for those who do not see it. */
export function StatusGlyph({ sign, label = sign.word }: { sign: Sign; label?: string }) {
  return (
    <svg
      className={`${classes.glyph ?? ''} ${classes[sign.role] ?? ''}`}
      viewBox="0 0 12 12"
      role={label === '' ? 'presentation' : 'img'}
      aria-label={label === '' ? undefined : label}
    >
      {label !== '' && <title>{label}</title>}
      {SHAPES[sign.shape]}
    </svg>
  );
}

/** The mark with its word, or with what is said instead of it. */
export function Status({ sign, children }: { sign: Sign; children?: ReactNode }) {
  return (
    <span className={classes.sign}>
      <StatusGlyph sign={sign} label="" />
      <span className={classes.word}>{children ?? sign.word}</span>
    </span>
  );
}
