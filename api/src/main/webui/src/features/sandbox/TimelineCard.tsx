import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Steps } from '@/features/operations/Steps';
import { stepDuration, words } from '@/shared/format';
import { Card, Empty, Skeleton } from '@/shared/Page';
import { ProblemView } from '@/shared/ProblemView';
import { StatusGlyph } from '@/shared/StatusGlyph';
import { Elapsed, Time } from '@/shared/Time';
import { progressSign } from '@/shared/vocabulary';
import { useEvents, useSandboxOperations } from './queries';
import { timeline, type Entry, type Kind, type Line } from './timeline';
import classes from './Sandbox.module.css';

const KINDS: (readonly [Kind | 'all', string])[] = [
  ['all', 'All'],
  ['operation', 'Operations'],
  ['health', 'Health'],
  ['ec2', 'EC2'],
];

/** What happened to the sandbox, newest first. */
export function TimelineCard({ id }: { id: string }) {
  const [shown, setShown] = useState<Kind | 'all'>('all');
  return (
    <Card
      title="Timeline"
      isFlush
      aside={
        <span className={classes.kinds}>
          {KINDS.map(([kind, word]) => (
            <button
              key={kind}
              type="button"
              className={classes.kind}
              aria-pressed={shown === kind}
              onClick={() => setShown(kind)}
            >
              {word}
            </button>
          ))}
        </span>
      }
    >
      <Entries id={id} shown={shown} />
    </Card>
  );
}

function Entries({ id, shown }: { id: string; shown: Kind | 'all' }) {
  const events = useEvents(id);
  const operations = useSandboxOperations(id);
  const all = useMemo(
    () =>
      timeline(
        operations.data?.items ?? [],
        (events.data?.pages ?? []).flatMap((page) => page.items),
      ),
    [operations.data, events.data],
  );
  const error = events.error ?? operations.error;
  if (events.data === undefined || operations.data === undefined) {
    return error === null ? (
      <div style={{ padding: 12 }}>
        <Skeleton lines={8} />
      </div>
    ) : (
      <ProblemView error={error} what="The timeline" onRetry={() => void events.refetch()} />
    );
  }
  const entries = all.filter((entry) => shown === 'all' || entry.kind === shown);
  return (
    <>
      {entries.length === 0 && <Empty title="Nothing of the kind happened" />}
      <ul className={classes.timeline}>
        {entries.map((entry) => (
          <li key={entry.kind === 'operation' ? entry.operation.id : entry.line.seq}>
            <EntryView entry={entry} />
          </li>
        ))}
      </ul>
      {events.hasNextPage && (
        <div className={classes.foot}>
          <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            Show older events
          </Button>
        </div>
      )}
    </>
  );
}

function EntryView({ entry }: { entry: Entry }) {
  if (entry.kind !== 'operation') return <LineView line={entry.line} />;
  const { operation, events } = entry;
  return (
    <>
      <div className={classes.line}>
        <StatusGlyph sign={progressSign(operation.status)} />
        <span>
          <Link to={`/operations/${operation.id}`}>
            <strong>{words(operation.kind)}</strong>
          </Link>{' '}
          <span className="muted">
            {progressSign(operation.status).word.toLowerCase()}
            {operation.reason !== null && `: ${operation.reason}`},{' '}
            {operation.endedAt === null ? (
              <Elapsed since={operation.createdAt} />
            ) : (
              stepDuration(Date.parse(operation.endedAt) - Date.parse(operation.createdAt))
            )}
          </span>
        </span>
        <span className="muted">
          <Time at={operation.createdAt} />
        </span>
      </div>
      <div className={classes.group}>
        <Steps operation={operation} />
        {events.length > 0 && (
          <details className={classes.during}>
            <summary>{events.length} events during it</summary>
            <ul>
              {events.map((line) => (
                <li key={line.seq}>
                  <LineView line={line} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </>
  );
}

function LineView({ line }: { line: Line }) {
  return (
    <div className={classes.line}>
      <StatusGlyph sign={line.sign} />
      <span>{line.text}</span>
      <span className="muted">
        <Time at={line.at} />
      </span>
    </div>
  );
}
