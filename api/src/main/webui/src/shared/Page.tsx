import { useEffect, type ReactNode } from 'react';
import { Boundary } from './Boundary';
import { ProblemView } from './ProblemView';
import classes from './Page.module.css';

/** The top line of every page: its name, the truth in one line, what one comes here to do. */
export function PageHead({
  title,
  documentTitle,
  truth,
  actions,
}: {
  title: ReactNode;
  documentTitle: string;
  truth?: ReactNode;
  actions?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${documentTitle} · Valet`;
  }, [documentTitle]);
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {truth !== undefined && <div className={classes.truth}>{truth}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}

/** A part of a page that stands and falls by itself. */
export function Card({
  title,
  aside,
  isFlush = false,
  children,
}: {
  title: string;
  aside?: ReactNode;
  isFlush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.cardHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      <div className={isFlush ? classes.flush : classes.cardBody}>
        <Boundary what={title}>{children}</Boundary>
      </div>
    </section>
  );
}

/** Nothing is there; what to do first. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <div className={classes.emptyTitle}>{title}</div>
      {children}
      {action !== undefined && <div className={classes.emptyAction}>{action}</div>}
    </div>
  );
}

/** Where text will be. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className={`${classes.skeleton ?? ''} ${classes[`w${i % 3}`] ?? ''}`} />
      ))}
    </div>
  );
}

interface Loadable<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** What a query has: nothing yet, a problem, or data; old data stays while a newer read fails. */
export function Loaded<T>({
  query,
  what,
  lines,
  children,
}: {
  query: Loadable<T>;
  what: string;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) {
    return <ProblemView error={query.error} what={what} onRetry={() => void query.refetch()} />;
  }
  return <Skeleton lines={lines} />;
}

/** Names and values; null values are left out. */
export function Facts({ items }: { items: (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {items
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Chips({ children }: { children: ReactNode }) {
  return <span className={classes.chips}>{children}</span>;
}

export function Chip({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className={classes.chip} title={title}>
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A share of a whole in a line of text. */
export function Meter({ value, label }: { value: number; label: string }) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <span className={classes.meter} role="img" aria-label={label} title={label}>
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}
