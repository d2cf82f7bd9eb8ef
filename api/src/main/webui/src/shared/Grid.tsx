import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef, type CSSProperties, type ReactNode } from 'react';
import classes from './Grid.module.css';

export interface Column<T> {
  id: string;
  head: ReactNode;
  /** A track of CSS grid, and the least that it may become, in pixels. */
  track: string;
  least: number;
  /** The API's name of the order; columns without have none. */
  sort?: string;
  isEnd?: boolean;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** How many there are, where that is known before all are loaded. */
  total?: number;
  sort?: string;
  onSort?: (sort: string) => void;
  current?: number;
  onCurrent?: (index: number) => void;
  onOpen?: (row: T) => void;
  isSelected?: (row: T) => boolean;
  onNearEnd?: () => void;
  /** Columns that stay while the others move sideways. */
  stickyColumns?: 0 | 1 | 2;
  children?: ReactNode;
}

const ROW = 32;
const AHEAD = 30;

/**
 * A table of any length: only the rows in sight are there. Rows are drawn again only when they, or
 * what is said of them, change.
 */
export function Grid<T>(props: Props<T>) {
  const { columns, rows, keyOf, current, onNearEnd, stickyColumns = 1 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- rows are memoised by hand
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: ROW,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const isNearEnd = last >= rows.length - AHEAD;

  useEffect(() => {
    if (isNearEnd) onNearEnd?.();
  }, [isNearEnd, onNearEnd, rows.length]);
  useFollow(virtual.scrollToIndex, current);

  const style = useMemo(() => trackStyle(columns), [columns]);
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="table"
      aria-label={props.label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-colcount={columns.length}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard
      tabIndex={0}
      style={style.root}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={classes.head} style={style.tracks}>
          {columns.map((column, i) => (
            <Head
              key={column.id}
              column={column}
              sort={props.sort}
              onSort={props.onSort}
              className={cellClass(column, i, stickyColumns)}
            />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <Row
                key={keyOf(row)}
                row={row}
                index={item.index}
                top={item.start}
                tracks={style.tracks}
                columns={columns as readonly Column<unknown>[]}
                stickyColumns={stickyColumns}
                isCurrent={item.index === current}
                isSelected={props.isSelected?.(row) ?? false}
                onCurrent={props.onCurrent}
                onOpen={props.onOpen as ((row: unknown) => void) | undefined}
              />
            )
          );
        })}
      </div>
      {props.children}
    </div>
  );
}

/** The keyboard's row is always in sight. */
function useFollow(scrollTo: (index: number) => void, current: number | undefined): void {
  const follow = useRef(scrollTo);
  useEffect(() => {
    follow.current = scrollTo;
  });
  useEffect(() => {
    if (current !== undefined && current >= 0) follow.current(current);
  }, [current]);
}

function trackStyle<T>(columns: readonly Column<T>[]) {
  const least = columns.reduce((sum, column) => sum + column.least, 0);
  return {
    root: { '--grid-least': `${least}px` } as CSSProperties,
    tracks: { gridTemplateColumns: columns.map((column) => column.track).join(' ') },
  };
}

function cellClass(column: Column<never>, index: number, stickyColumns: number): string {
  const sticky = index < stickyColumns ? (index === 0 ? classes.sticky : classes.sticky2) : '';
  return `${classes.cell ?? ''} ${sticky ?? ''} ${column.isEnd === true ? (classes.end ?? '') : ''}`;
}

function Head({
  column,
  sort,
  onSort,
  className,
}: {
  column: Column<never>;
  sort?: string;
  onSort?: (sort: string) => void;
  className: string;
}) {
  const name = column.sort;
  const direction =
    name === undefined
      ? undefined
      : sort === name
        ? 'ascending'
        : sort === `-${name}`
          ? 'descending'
          : 'none';
  const next = direction === 'ascending' ? `-${name ?? ''}` : (name ?? '');
  return (
    <div role="columnheader" aria-sort={direction} className={className}>
      {name === undefined || onSort === undefined ? (
        column.head
      ) : (
        <button
          type="button"
          className={`${classes.sort ?? ''} ${direction === 'none' ? '' : (classes.sorted ?? '')}`}
          onClick={() => onSort(next)}
        >
          {column.head}
          <span className={classes.arrow} aria-hidden="true">
            {direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : ''}
          </span>
        </button>
      )}
    </div>
  );
}

interface RowProps {
  row: unknown;
  index: number;
  top: number;
  tracks: CSSProperties;
  columns: readonly Column<unknown>[];
  stickyColumns: number;
  isCurrent: boolean;
  isSelected: boolean;
  onCurrent?: (index: number) => void;
  onOpen?: (row: unknown) => void;
}

const Row = memo(function Row(props: RowProps) {
  const { row, index, columns, isCurrent, isSelected, onCurrent, onOpen } = props;
  const state = `${isSelected ? (classes.selected ?? '') : ''} ${isCurrent ? (classes.current ?? '') : ''}`;
  return (
    // The keyboard's way to open a row is the page's shortcut, which the row's name link repeats.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={`${classes.row ?? ''} ${state}`}
      style={{ ...props.tracks, transform: `translateY(${props.top}px)` }}
      onClick={() => onCurrent?.(index)}
      onDoubleClick={() => onOpen?.(row)}
    >
      {columns.map((column, i) => (
        <div
          key={column.id}
          role="cell"
          className={cellClass(column as Column<never>, i, props.stickyColumns)}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
});
