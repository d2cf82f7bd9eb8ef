import { Button } from '@mantine/core';
import type { BulkAction, Sandbox } from '@/api/types';
import { useMay } from '@/app/me';
import { ACTION_NAMES, ACTIONS } from '@/features/sandbox/actions';
import { plural } from '@/shared/format';
import type { Selection } from './useSelection';
import classes from './Fleet.module.css';

/** What is ticked, and what can be done with all of it. */
export function BulkBar({
  selected,
  rows,
  canTakeAll,
  isAll,
  onAll,
  onAsk,
  onClear,
}: {
  selected: Selection;
  rows: readonly Sandbox[];
  /** Whether the filter matches more than what is loaded or ticked. */
  canTakeAll: boolean;
  isAll: boolean;
  onAll: () => void;
  onAsk: (action: BulkAction) => void;
  onClear: () => void;
}) {
  const mayOperate = useMay('operate');
  const mayTerminate = useMay('terminate');
  const mayProvision = useMay('provision');
  if (selected.size === 0 && !isAll) return null;
  const shown = new Set(rows.map((row) => row.id));
  const hidden = [...selected.keys()].filter((id) => !shown.has(id)).length;
  const may = (action: BulkAction) =>
    mayOperate &&
    (action !== 'terminate' || mayTerminate) &&
    (action !== 'upgrade' || (mayProvision && mayTerminate));
  return (
    <div className={classes.bulk} role="region" aria-label="Selected sandboxes">
      <span className={classes.bulkWords}>
        {isAll ? (
          <strong>All that match the filter</strong>
        ) : (
          <>
            <strong>{plural(selected.size, 'sandbox', 'sandboxes')} selected</strong>
            {hidden > 0 && `, ${hidden} not in this list`}
            {canTakeAll && (
              <>
                {' · '}
                <button type="button" className={classes.linkButton} onClick={onAll}>
                  Take all that match the filter
                </button>
              </>
            )}
          </>
        )}
      </span>
      <span className={classes.bulkButtons}>
        {ACTION_NAMES.map((action) => (
          <Button
            key={action}
            disabled={!may(action)}
            title={may(action) ? undefined : 'Your roles do not allow this'}
            color={action === 'terminate' ? 'red' : undefined}
            variant={action === 'terminate' ? 'outline' : 'default'}
            onClick={() => onAsk(action)}
          >
            {ACTIONS[action].verb}…
          </Button>
        ))}
        <Button variant="subtle" onClick={onClear}>
          Clear
        </Button>
      </span>
    </div>
  );
}
