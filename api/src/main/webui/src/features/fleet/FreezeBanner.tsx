import { Button } from '@mantine/core';
import { useMay } from '@/app/me';
import { count, plural } from '@/shared/format';
import { tell, tellFailure } from '@/shared/notices';
import { Time } from '@/shared/Time';
import { useFreeze, useReleaseFreeze } from './queries';
import classes from './Fleet.module.css';

/** A fault that is probably ours: what is believed, since when, what is paused, what to do. */
export function FreezeBanner() {
  const freeze = useFreeze().data;
  const release = useReleaseFreeze();
  const mayOperate = useMay('operate');
  if (freeze === undefined || (!freeze.frozen && !freeze.repairBraked)) return null;
  return (
    <div className={classes.freeze} role="alert">
      <div>
        <strong>
          {freeze.frozen
            ? 'Verdicts are frozen: the fault is probably ours, not the sandboxes’.'
            : 'Automatic repair waits for a person.'}
        </strong>{' '}
        {freeze.reason !== null && <>{freeze.reason}. </>}
        {freeze.failing !== null && freeze.healthyBefore !== null && (
          <>
            {plural(freeze.failing, 'sandbox', 'sandboxes')} of {count(freeze.healthyBefore)}{' '}
            healthy ones failed at once.{' '}
          </>
        )}
        {freeze.since !== null && <Time at={freeze.since} prefix="Since" />}
        {freeze.frozen && freeze.until !== null && (
          <>
            ; <Time at={freeze.until} prefix="ends" />
          </>
        )}
        . {freeze.repairBraked && 'No sandbox is restarted by itself until somebody releases that.'}
      </div>
      {freeze.repairBraked && (
        <Button
          disabled={!mayOperate || release.isPending}
          title={mayOperate ? undefined : 'Needs the permission “operate”'}
          onClick={() =>
            release.mutate(undefined, {
              onSuccess: () => tell('Automatic repair goes on.'),
              onError: (error) => tellFailure('Repair was not released', error),
            })
          }
        >
          Let repair go on
        </Button>
      )}
    </div>
  );
}
