import { Button, Tooltip } from '@mantine/core';
import type { BulkAction, Sandbox } from '@/api/types';
import { useMe } from '@/app/me';
import { ACTION_NAMES, ACTIONS, whyNot } from './actions';

/** Every action is there; one that cannot be taken stays reachable and says why. */
export function ActionButtons({
  sandbox,
  onAsk,
}: {
  sandbox: Sandbox;
  onAsk: (action: BulkAction, sandbox: Sandbox) => void;
}) {
  const me = useMe().data;
  return ACTION_NAMES.filter((action) => action !== 'upgrade' || sandbox.drift !== null).map(
    (action) => {
      const why = whyNot(action, sandbox, me);
      const isMain =
        why === null && (action === 'start' || (action === 'upgrade' && sandbox.drift !== null));
      return (
        <Tooltip key={action} label={why ?? ACTIONS[action].says} multiline maw={300}>
          <Button
            // Not `disabled`: the reason must be readable by hover, focus and screen reader.
            aria-disabled={why !== null}
            data-disabled={why !== null || undefined}
            variant={
              isMain ? 'filled' : action === 'terminate' && why === null ? 'outline' : 'default'
            }
            color={action === 'terminate' ? 'red' : undefined}
            onClick={() => why === null && onAsk(action, sandbox)}
          >
            {ACTIONS[action].verb}
          </Button>
        </Tooltip>
      );
    },
  );
}
