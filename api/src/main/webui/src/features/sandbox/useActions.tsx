import { useState, type ReactNode } from 'react';
import type { BulkAction, Sandbox } from '@/api/types';
import { later } from '@/shared/later';
import { useAct } from './mutations';

const ConfirmAction = later(async () => (await import('./ConfirmAction')).ConfirmAction);

/** Starting surprises nobody; everything else asks first. */
export function useActions(): {
  ask: (action: BulkAction, sandbox: Sandbox) => void;
  dialog: ReactNode;
} {
  const [asked, setAsked] = useState<{ action: BulkAction; sandbox: Sandbox } | null>(null);
  const act = useAct();
  return {
    ask: (action, sandbox) => {
      if (action === 'start') act.mutate({ action, sandbox });
      else setAsked({ action, sandbox });
    },
    dialog: asked !== null && (
      <ConfirmAction
        {...asked}
        onConfirm={() => act.mutate(asked)}
        onClose={() => setAsked(null)}
      />
    ),
  };
}
