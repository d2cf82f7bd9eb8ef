import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { AuditFilters, AuditResult, AuditVerification, Environment } from '@/api/types';
import { useShortcut } from '@/app/shortcuts';
import { count, plural } from '@/shared/format';
import { PagedList } from '@/shared/List';
import { Empty, PageHead } from '@/shared/Page';
import { Picker } from '@/shared/Picker';
import { ProblemView } from '@/shared/ProblemView';
import { Time } from '@/shared/Time';
import { ENVIRONMENTS } from '@/shared/vocabulary';
import { AuditEntry } from './AuditEntry';
import { exportPath, useAudit, useVerify } from './queries';
import classes from './Audit.module.css';

const NAMES = [
  'action',
  'actor',
  'targetId',
  'requestId',
  'result',
  'environment',
  'from',
  'to',
] as const;
type Name = (typeof NAMES)[number];

export function AuditPage() {
  const [parameters, setParameters] = useSearchParams();
  const filters = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = parameters.get(name);
      return value === null ? [] : [[name, value]];
    }),
  ) as AuditFilters;
  const audit = useAudit(filters);
  const [seals, setSeals] = useState(0);
  const verify = useVerify(setSeals);
  useShortcut('r', 'Read it all again', () => void audit.refetch());

  const set = (name: Name, value: string | undefined) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === undefined || value === '') after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return (
    <>
      <PageHead
        title="Audit"
        documentTitle="Audit"
        truth="Who did what, when and from where; also what Valet did by itself. Rows are sealed in a chain."
        actions={
          <>
            <Button component="a" href={exportPath(filters)} download="valet-audit.ndjson">
              Export
            </Button>
            <Button loading={verify.isPending} onClick={() => verify.mutate()}>
              Verify the chain
            </Button>
          </>
        }
      />
      <Verification verify={verify} seals={seals} />
      <div className={classes.filters} role="search">
        <TypedFilter
          label="Action"
          placeholder="Action, exactly"
          value={filters.action}
          onChange={(value) => set('action', value)}
        />
        <TypedFilter
          label="Who"
          placeholder="Subject"
          value={filters.actor}
          onChange={(value) => set('actor', value)}
        />
        <TypedFilter
          label="Target"
          placeholder="Id of the target"
          value={filters.targetId}
          onChange={(value) => set('targetId', value)}
        />
        <TypedFilter
          label="Request"
          placeholder="Request id"
          value={filters.requestId}
          onChange={(value) => set('requestId', value)}
        />
        <Picker<AuditResult>
          label="Result"
          any="Any result"
          values={['success', 'denied', 'failed']}
          value={filters.result}
          onChange={(value) => set('result', value)}
        />
        <Picker<Environment>
          label="Environment"
          any="Any environment"
          values={ENVIRONMENTS as Environment[]}
          wordOf={(value) => value}
          value={filters.environment}
          onChange={(value) => set('environment', value)}
        />
        <Since value={filters.from} onChange={(value) => set('from', value)} />
      </div>
      <PagedList
        query={audit}
        what="Audit log"
        keyOf={(record) => record.id}
        empty={
          <Empty title="Nothing matches">Take a condition away, or look at an earlier time.</Empty>
        }
      >
        {(record) => <AuditEntry record={record} />}
      </PagedList>
    </>
  );
}

function TypedFilter({
  label,
  placeholder,
  value = '',
  onChange,
}: {
  label: string;
  placeholder: string;
  value?: string;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const send = useDebouncedCallback(onChange, 300);
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      w={170}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
    />
  );
}

const SPANS = { '1': 'Last hour', '24': 'Last day', '168': 'Last week', '720': 'Last 30 days' };

/** A span that ends now; the address keeps its beginning, so that a link shows the same rows. */
function Since({ value, onChange }: { value?: string; onChange: (value?: string) => void }) {
  const [hours, setHours] = useState<keyof typeof SPANS | undefined>();
  return (
    <Picker
      label="Since"
      any={value === undefined ? 'Any time' : `Since ${value.slice(0, 16)}`}
      values={Object.keys(SPANS) as (keyof typeof SPANS)[]}
      wordOf={(one) => SPANS[one]}
      value={hours}
      onChange={(next) => {
        setHours(next);
        onChange(
          next === undefined
            ? undefined
            : new Date(Date.now() - Number(next) * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z'),
        );
      }}
    />
  );
}

function Verification({ verify, seals }: { verify: ReturnType<typeof useVerify>; seals: number }) {
  if (verify.isPending) return <p className="muted num">{count(seals)} seals checked</p>;
  if (verify.error !== null) return <ProblemView error={verify.error} what="The verification" />;
  return verify.data === undefined ? null : <Verdict verification={verify.data} seals={seals} />;
}

function Verdict({ verification, seals }: { verification: AuditVerification; seals: number }) {
  const { intact, findings, checkpoint } = verification;
  return (
    <div
      className={`${classes.verdict ?? ''} ${intact ? '' : (classes.broken ?? '')}`}
      role="status"
    >
      <strong>
        {intact
          ? `Intact: ${plural(seals, 'seal')} checked, from the first to the newest.`
          : `Not intact: ${plural(findings.length, 'finding')}.`}
      </strong>{' '}
      {checkpoint !== null && (
        <>
          Newest signed checkpoint: {count(checkpoint.seq)}, <Time at={checkpoint.at} />.
        </>
      )}
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.fault}${finding.seq ?? ''}${finding.detail}`}>
            <b>{finding.fault}</b> {finding.seq !== undefined && `at ${finding.seq}`}:{' '}
            {finding.detail}
          </li>
        ))}
      </ul>
    </div>
  );
}
