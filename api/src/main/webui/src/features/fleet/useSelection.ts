import { useCallback, useRef, useState } from 'react';
import type { Sandbox } from '@/api/types';

export type Selection = ReadonlyMap<string, Sandbox>;

/** What is ticked; it survives filtering, sorting and every live change. */
export function useSelection(rows: readonly Sandbox[]) {
  const [selected, setSelected] = useState<Selection>(new Map());
  const anchor = useRef<string | null>(null);
  const latest = useRef(rows);
  latest.current = rows; // eslint-disable-line react-hooks/refs -- read in event handlers only

  const select = useCallback((sandbox: Sandbox, isSelected: boolean, isRange: boolean) => {
    const affected = isRange ? between(latest.current, anchor.current, sandbox) : [sandbox];
    anchor.current = sandbox.id;
    setSelected((before) => {
      const after = new Map(before);
      for (const one of affected) {
        if (isSelected) after.set(one.id, one);
        else after.delete(one.id);
      }
      return after;
    });
  }, []);

  const selectAll = useCallback(
    () =>
      setSelected(
        (before) => new Map([...before, ...latest.current.map((row) => [row.id, row] as const)]),
      ),
    [],
  );
  const clear = useCallback(() => setSelected(new Map()), []);
  return { selected, select, selectAll, clear };
}

/** The rows from the last ticked one to this one. */
function between(rows: readonly Sandbox[], from: string | null, to: Sandbox): readonly Sandbox[] {
  const start = rows.findIndex((row) => row.id === from);
  const end = rows.findIndex((row) => row.id === to.id);
  return start < 0 || end < 0 ? [to] : rows.slice(Math.min(start, end), Math.max(start, end) + 1);
}
