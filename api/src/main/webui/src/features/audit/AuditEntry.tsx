import { Link } from 'react-router';
import type { AuditRecord, AuditResult } from '@/api/types';
import { Copy } from '@/shared/Copy';
import { Facts } from '@/shared/Page';
import { StatusGlyph } from '@/shared/StatusGlyph';
import { Time } from '@/shared/Time';
import type { Sign } from '@/shared/vocabulary';
import { differences } from './diff';
import classes from './Audit.module.css';

const RESULTS: Record<AuditResult, Sign> = {
  success: { shape: 'disc', role: 'ok', word: 'Done' },
  denied: { shape: 'frame', role: 'warn', word: 'Denied' },
  failed: { shape: 'diamond', role: 'bad', word: 'Failed' },
};

/** One line of the log, which opens to all that it holds. */
export function AuditEntry({
  record,
  isNarrow = false,
}: {
  record: AuditRecord;
  isNarrow?: boolean;
}) {
  return (
    <details className={`${classes.entry ?? ''} ${isNarrow ? (classes.narrow ?? '') : ''}`}>
      <summary>
        <Time at={record.at} />
        <StatusGlyph sign={RESULTS[record.result]} />
        <code className="truncate" title={record.action}>
          {record.action}
        </code>
        <span className="truncate" title={record.actor.subject}>
          {record.actor.name}
        </span>
        {!isNarrow && (
          <span className="muted truncate">
            {record.targetType} {record.targetId}
          </span>
        )}
      </summary>
      <div className={classes.detail}>
        <Facts
          items={[
            [
              'Result',
              RESULTS[record.result].word + (record.reason == null ? '' : `: ${record.reason}`),
            ],
            ['Who', `${record.actor.name} (${record.actor.kind})`],
            ['Subject', <Copy key="subject" text={record.actor.subject} label="subject" />],
            ['From', record.actor.clientAddress],
            [
              'Request',
              record.actor.requestId === undefined ? null : (
                <Copy text={record.actor.requestId} label="request id" />
              ),
            ],
            ['Target', record.targetId === undefined ? null : <Target record={record} />],
            ['Environment', record.environment],
            ['Record', <Copy key="id" text={record.id} label="record id" />],
          ]}
        />
        <Changes record={record} />
      </div>
    </details>
  );
}

function Target({ record }: { record: AuditRecord }) {
  const words = `${record.targetType ?? ''} ${record.targetId ?? ''}`;
  return record.sandboxId === undefined ? (
    <>{words}</>
  ) : (
    <Link to={`/sandboxes/${record.sandboxId}`}>{words}</Link>
  );
}

function Changes({ record }: { record: AuditRecord }) {
  const changes = differences(record.before, record.after);
  if (changes.length === 0) return <span className="muted">No tracked field changed.</span>;
  return (
    <div className={classes.diff} role="table" aria-label="Changes">
      {changes.map(({ path, before, after }) => (
        <div key={path} role="row" style={{ display: 'contents' }}>
          <span role="rowheader" className="mono">
            {path}
          </span>
          <span role="cell">
            {before === null ? <span className="muted">–</span> : <del>{before}</del>}
          </span>
          <span role="cell" className="muted">
            →
          </span>
          <span role="cell">
            {after === null ? <span className="muted">–</span> : <ins>{after}</ins>}
          </span>
        </div>
      ))}
    </div>
  );
}
