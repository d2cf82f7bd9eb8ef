import { Button } from '@mantine/core';
import { Link } from 'react-router';
import type { ItemStatus, Operation } from '@/api/types';
import { useMay } from '@/app/me';
import { count } from '@/shared/format';
import { Loaded } from '@/shared/Page';
import { Status } from '@/shared/StatusGlyph';
import { progressSign } from '@/shared/vocabulary';
import { isOver, useCancel, useOperation, useOperationItems } from './queries';
import { Steps } from './Steps';
import classes from './Operations.module.css';

const SHOWN: ItemStatus[] = ['succeeded', 'failed', 'running', 'skipped', 'cancelled', 'pending'];

/** An operation as it goes on: its steps, or the counts and results of its items. */
export function OperationProgress({ id }: { id: string }) {
  const operation = useOperation(id);
  return (
    <Loaded query={operation} what="The operation">
      {(one) => (
        <>
          {one.reason !== null && (
            <p>
              <strong>{one.reason}</strong>
            </p>
          )}
          {one.counts === null ? <Steps operation={one} /> : <Items operation={one} />}
          <Cancel operation={one} />
        </>
      )}
    </Loaded>
  );
}

function Cancel({ operation }: { operation: Operation }) {
  const cancel = useCancel();
  const mayOperate = useMay('operate');
  if (isOver(operation)) return null;
  return (
    <div className={classes.cancel}>
      <Button
        loading={cancel.isPending}
        disabled={!mayOperate}
        title={mayOperate ? undefined : 'Needs the permission “operate”'}
        onClick={() => cancel.mutate(operation.id)}
      >
        Cancel it
      </Button>
      <span className="muted">What has begun is finished; the rest is left as it is.</span>
    </div>
  );
}

function Items({ operation }: { operation: Operation }) {
  const { counts } = operation;
  const items = useOperationItems(operation, undefined);
  const rows = (items.data?.pages ?? []).flatMap((page) => page.items);
  const order = (status: ItemStatus) => ['failed', 'running', 'cancelled'].indexOf(status) >>> 0;
  return (
    <>
      {counts !== null && (
        <>
          <div className={classes.bar} aria-hidden="true">
            {SHOWN.map((status) => (
              <span
                key={status}
                className={classes[status]}
                style={{ flexGrow: status === 'pending' ? counts.pending : counts[status] }}
              />
            ))}
          </div>
          <div className={classes.counts} role="status">
            {SHOWN.filter((status) => counts[status] > 0).map((status) => (
              <Status key={status} sign={progressSign(status)}>
                {progressSign(status).word} <b className="num">{count(counts[status])}</b>
              </Status>
            ))}
            <span className="muted">of {count(counts.total)}</span>
          </div>
        </>
      )}
      <ul className={classes.items} aria-label="Results">
        {rows
          .toSorted((a, b) => order(a.status) - order(b.status))
          .map((item) => (
            <li key={item.sandboxId} className={classes.item}>
              <Link to={`/sandboxes/${item.sandboxId}`} className="truncate">
                {item.name ?? item.sandboxId}
              </Link>
              <Status sign={progressSign(item.status)} />
              <span className="muted truncate" title={item.reason ?? undefined}>
                {item.reason}
              </span>
            </li>
          ))}
        {items.hasNextPage && (
          <li className={classes.more}>
            <Button loading={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
              Show more
            </Button>
          </li>
        )}
      </ul>
    </>
  );
}
