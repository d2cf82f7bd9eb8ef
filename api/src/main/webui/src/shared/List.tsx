import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Skeleton } from './Page';
import { ProblemView } from './ProblemView';
import classes from './List.module.css';

interface PagedQuery<T> {
  data: { pages: { items: T[] }[] } | undefined;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/** A list that the API gives in pages, with all its states. */
export function PagedList<T>({
  query,
  what,
  empty,
  keyOf,
  isBare = false,
  children,
}: {
  query: PagedQuery<T>;
  what: string;
  empty: ReactNode;
  keyOf: (item: T) => string;
  isBare?: boolean;
  children: (item: T) => ReactNode;
}) {
  if (query.data === undefined) {
    return query.error === null ? (
      <Skeleton lines={6} />
    ) : (
      <ProblemView error={query.error} what={what} onRetry={() => void query.refetch()} />
    );
  }
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <>{empty}</>;
  return (
    <>
      <ul
        className={`${classes.list ?? ''} ${isBare ? (classes.bare ?? '') : ''}`}
        aria-label={what}
      >
        {items.map((item) => (
          <li key={keyOf(item)} className={classes.item}>
            {children(item)}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className={classes.foot}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older ones
          </Button>
        </div>
      )}
    </>
  );
}

/** A line of a list: its parts on one grid. */
export function ListRow({ tracks, children }: { tracks: string; children: ReactNode }) {
  return (
    <div className={classes.row} style={{ gridTemplateColumns: tracks }}>
      {children}
    </div>
  );
}
