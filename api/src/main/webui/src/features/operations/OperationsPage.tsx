import { Link, useSearchParams } from 'react-router';
import type { Operation, OperationKind, OperationStatus } from '@/api/types';
import { useShortcut } from '@/app/shortcuts';
import { count, stepDuration, words } from '@/shared/format';
import { ListRow, PagedList } from '@/shared/List';
import { Empty, PageHead } from '@/shared/Page';
import { Picker } from '@/shared/Picker';
import { Status } from '@/shared/StatusGlyph';
import { Elapsed, Time } from '@/shared/Time';
import { progressSign } from '@/shared/vocabulary';
import { useOperations } from './queries';
import classes from './Operations.module.css';

const KINDS: OperationKind[] = [
  'create',
  'start',
  'stop',
  'restart',
  'terminate',
  'upgrade',
  'import',
  'bulk',
];
const STATUSES: OperationStatus[] = ['pending', 'running', 'succeeded', 'failed', 'cancelled'];
const TRACKS = 'minmax(96px, 0.7fr) minmax(110px, 0.7fr) minmax(0, 2fr) 92px 92px';

export function OperationsPage() {
  const [parameters, setParameters] = useSearchParams();
  const kind = KINDS.find((one) => one === parameters.get('kind'));
  const status = STATUSES.find((one) => one === parameters.get('status'));
  const operations = useOperations({ kind, status });
  useShortcut('r', 'Read it all again', () => void operations.refetch());
  const set = (name: string, value: string | undefined) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === undefined) after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return (
    <>
      <PageHead
        title="Operations"
        documentTitle="Operations"
        truth="Everything that takes a while, newest first; each goes on whether or not anybody looks."
      />
      <div className={classes.filters}>
        <Picker
          label="Kind"
          any="Any kind"
          values={KINDS}
          value={kind}
          onChange={(value) => set('kind', value)}
        />
        <Picker
          label="Status"
          any="Any status"
          values={STATUSES}
          wordOf={(value) => progressSign(value).word}
          value={status}
          onChange={(value) => set('status', value)}
        />
      </div>
      <PagedList
        query={operations}
        what="Operations"
        keyOf={(operation) => operation.id}
        empty={
          <Empty title="No operation matches">They are kept for a while after they ended.</Empty>
        }
      >
        {(operation) => <Row operation={operation} />}
      </PagedList>
    </>
  );
}

function Row({ operation }: { operation: Operation }) {
  return (
    <ListRow tracks={TRACKS}>
      <Link to={`/operations/${operation.id}`}>
        <strong>{title(operation)}</strong>
      </Link>
      <Status sign={progressSign(operation.status)} />
      <span className="truncate">
        {operation.target !== null && (
          <Link to={`/sandboxes/${operation.target}`}>…{operation.target.slice(-8)}</Link>
        )}{' '}
        <span className="muted" title={operation.reason ?? undefined}>
          {whereItIs(operation)}
        </span>
      </span>
      <span className="num muted">
        {operation.endedAt === null ? (
          <Elapsed since={operation.createdAt} />
        ) : (
          stepDuration(Date.parse(operation.endedAt) - Date.parse(operation.createdAt))
        )}
      </span>
      <span className="muted">
        <Time at={operation.createdAt} />
      </span>
    </ListRow>
  );
}

export function title(operation: Operation): string {
  return operation.action === null ? words(operation.kind) : `${words(operation.action)} many`;
}

/** The step that it is at, the reason why it ended, or how many of its items are done. */
function whereItIs(operation: Operation): string {
  const { counts, reason, steps } = operation;
  if (reason !== null) return reason;
  if (counts !== null) {
    const done = counts.total - counts.pending - counts.running;
    const failed = counts.failed > 0 ? `, ${count(counts.failed)} failed` : '';
    return `${count(done)} of ${count(counts.total)} done${failed}`;
  }
  const step = steps.at(-1);
  return step === undefined || operation.endedAt !== null
    ? ''
    : `${words(step.name)}${step.detail === null ? '' : `: ${step.detail}`}`;
}
