import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { BulkAction, Sandbox } from '@/api/types';
import { useShortcut } from '@/app/shortcuts';

interface Keys {
  rows: readonly Sandbox[];
  isSelected: (id: string) => boolean;
  select: (sandbox: Sandbox, isSelected: boolean, isRange: boolean) => void;
  look: (sandbox: Sandbox) => void;
  openMenu: (sandbox: Sandbox) => void;
  ask: (action: BulkAction, sandbox: Sandbox) => void;
  refresh: () => void;
}

/** The table by keyboard. The current row is a row, not a place: it stays when others come before it. */
export function useFleetKeys({ rows, ...keys }: Keys) {
  const [currentId, setCurrentId] = useState<string | null>(null);
  const navigate = useNavigate();
  const current = rows.findIndex((row) => row.id === currentId);
  const move = (step: number) =>
    setCurrentId(rows[Math.max(0, Math.min(rows.length - 1, current + step))]?.id ?? null);
  const here = (use: (sandbox: Sandbox) => void) => () => {
    const sandbox = rows[current];
    if (sandbox !== undefined) use(sandbox);
  };

  useShortcut('j', 'Next row', () => move(1));
  useShortcut('k', 'Row before', () => move(-1));
  useShortcut(
    'x',
    'Select the row',
    here((one) => keys.select(one, !keys.isSelected(one.id), false)),
  );
  useShortcut('Enter', 'Look at the row', here(keys.look));
  useShortcut(
    'Ctrl+Enter',
    'Open the page of the row',
    here((one) => void navigate(`/sandboxes/${one.id}`)),
  );
  useShortcut('.', 'What can be done with the row', here(keys.openMenu));
  useShortcut(
    's',
    'Start or stop it (asks)',
    here((one) => keys.ask(['stopped', 'failed'].includes(one.phase) ? 'start' : 'stop', one)),
  );
  useShortcut('r', 'Read it all again', keys.refresh);
  return { current, setCurrent: (index: number) => setCurrentId(rows[index]?.id ?? null) };
}
