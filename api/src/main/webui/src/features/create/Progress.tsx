import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { ProblemView } from '@/shared/ProblemView';
import { useNow } from '@/shared/clock';
import { clockDuration, plural, words } from '@/shared/format';
import { remark } from '@/shared/reason';
import { Status, StatusGlyph } from '@/shared/StatusGlyph';
import { healthSign, phaseSign, progressSign, type Sign } from '@/shared/vocabulary';
import type { Operation, Sandbox } from '@/api/types';
import { useAct } from '@/features/sandbox/mutations';
import { useSandbox, useSandboxOperations } from '@/features/sandbox/queries';
import type { Asked } from './useCreation';
import classes from './Create.module.css';

/** How the sandboxes come up; leaving is safe. */
export function Progress({
  asked,
  isAsking,
  onAgain,
  onBack,
  onMore,
}: {
  asked: Asked[];
  isAsking: boolean;
  onAgain: () => void;
  onBack: () => void;
  onMore: () => void;
}) {
  const refused = asked.filter((one) => one.error !== null).length;
  const accepted = asked.filter((one) => one.sandbox !== null).length;
  return (
    <div className={classes.progress}>
      <p role="status">
        {plural(accepted, 'sandbox', 'sandboxes')} of {asked.length} accepted
        {refused > 0 && `, ${refused} refused`}. You can leave this page: they come up all the same.
      </p>
      {asked.map((one) => (
        <div key={one.name} className={classes.one}>
          {one.sandbox !== null ? (
            <Coming initial={one.sandbox} />
          ) : one.error !== null ? (
            <>
              <div className={classes.oneHead}>
                <Status sign={progressSign('failed')}>{one.name} was not created</Status>
              </div>
              <ProblemView error={one.error} what={one.name} />
            </>
          ) : (
            <Status sign={progressSign('pending')}>{one.name}</Status>
          )}
        </div>
      ))}
      <div className={classes.buttons}>
        {refused > 0 ? (
          <span>
            <Button onClick={onBack}>Back to the form</Button>{' '}
            <Button variant="filled" loading={isAsking} onClick={onAgain}>
              Ask again for {refused}
            </Button>
          </span>
        ) : (
          <Button onClick={onMore}>Create more</Button>
        )}
        <Button component={Link} to="/">
          Go to the fleet
        </Button>
      </div>
    </div>
  );
}

function Coming({ initial }: { initial: Sandbox }) {
  const sandbox = useSandbox(initial.id).data ?? initial;
  const operation = useSandboxOperations(initial.id).data?.items.find(
    (one) => one.kind === 'create',
  );
  const act = useAct();
  const why = remark(sandbox) ?? sandbox.reason;
  return (
    <>
      <div className={classes.oneHead}>
        <span>
          <Link to={`/sandboxes/${sandbox.id}`}>
            <strong>{sandbox.name}</strong>
          </Link>{' '}
          <Took operation={operation} sandbox={sandbox} />
        </span>
        {sandbox.phase === 'failed' ? (
          <Button loading={act.isPending} onClick={() => act.mutate({ action: 'start', sandbox })}>
            Try again from here
          </Button>
        ) : (
          <Status sign={phaseSign(sandbox.phase)} />
        )}
      </div>
      <div className={classes.oneSteps}>
        {milestones(sandbox, operation).map(({ name, sign }) => (
          <span key={name}>
            <StatusGlyph sign={sign} /> {name}
          </span>
        ))}
      </div>
      {why !== null && sandbox.phase !== 'running' && <div className={classes.why}>{why}</div>}
    </>
  );
}

function Took({ operation, sandbox }: { operation: Operation | undefined; sandbox: Sandbox }) {
  const now = useNow('second');
  const since = Date.parse(operation?.createdAt ?? sandbox.createdAt);
  const end = operation?.endedAt == null ? now : Date.parse(operation.endedAt);
  return <span className="muted num">{clockDuration(end - since)}</span>;
}

const WAITING: Sign = progressSign('pending');

/** Requested, each step of the operation, and in the end healthy. */
function milestones(sandbox: Sandbox, operation: Operation | undefined) {
  const known = new Map(operation?.steps.map((step) => [step.name, step.status]));
  const steps = ['launching', 'booting', 'running'].map((name) => {
    const status = known.get(name);
    return { name: words(name), sign: status === undefined ? WAITING : progressSign(status) };
  });
  return [
    { name: 'Requested', sign: progressSign('succeeded') },
    ...steps,
    {
      name: 'Healthy',
      sign: sandbox.health.status === 'unknown' ? WAITING : healthSign(sandbox.health.status),
    },
  ];
}
