import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Sandbox } from '@/api/types';
import { useShortcut } from '@/app/shortcuts';
import { AuditEntry } from '@/features/audit/AuditEntry';
import { useSandboxAudit } from '@/features/audit/queries';
import { useNow } from '@/shared/clock';
import { PagedList } from '@/shared/List';
import { later } from '@/shared/later';
import { tell } from '@/shared/notices';
import { Card, Chip, Empty, PageHead, Skeleton } from '@/shared/Page';
import { ProblemView } from '@/shared/ProblemView';
import { sentence } from '@/shared/reason';
import { StatusGlyph } from '@/shared/StatusGlyph';
import { driftSign, driftWords, sandboxSign } from '@/shared/vocabulary';
import { ActionButtons } from './ActionButtons';
import { ChartsCard } from './ChartsCard';
import { FactsCard, HatchetCard, HealthCard, PartsCard, TemplateCard } from './FactsCards';
import { useHealth, useProbeNow, useSandbox } from './queries';
import { TimelineCard } from './TimelineCard';
import { useActions } from './useActions';
import classes from './Sandbox.module.css';

const EditDialog = later(async () => (await import('./EditDialog')).EditDialog);

export function SandboxPage() {
  const { id = '' } = useParams();
  const query = useSandbox(id);
  if (query.data !== undefined)
    return <SandboxView sandbox={query.data} onRefresh={() => void query.refetch()} />;
  return query.error === null ? (
    <Skeleton lines={12} />
  ) : (
    <>
      <PageHead title="Sandbox" documentTitle="Sandbox" />
      <ProblemView error={query.error} what="The sandbox" onRetry={() => void query.refetch()}>
        <Link to="/">Go to the fleet</Link>
      </ProblemView>
    </>
  );
}

function SandboxView({ sandbox, onRefresh }: { sandbox: Sandbox; onRefresh: () => void }) {
  const [isEditing, setEditing] = useState(false);
  const actions = useActions();
  const now = useNow();
  const health = useHealth(sandbox.id, sandbox.phase === 'running').data;
  const probe = useProbeNow();
  const drift = driftWords(sandbox);

  useShortcut('s', 'Start or stop it (asks)', () =>
    actions.ask(['stopped', 'failed'].includes(sandbox.phase) ? 'start' : 'stop', sandbox),
  );
  useShortcut('r', 'Read it again', onRefresh);

  return (
    <>
      <PageHead
        documentTitle={sandbox.name}
        title={
          <span className={classes.title}>
            <StatusGlyph sign={sandboxSign(sandbox)} />
            <span>{sandbox.name}</span>
            {drift !== null && <StatusGlyph sign={driftSign} label={`Drift: ${drift}`} />}
            <Chip>{sandbox.environment}</Chip>
          </span>
        }
        truth={<span className={classes.sentence}>{sentence(sandbox, now)}</span>}
        actions={<ActionButtons sandbox={sandbox} onAsk={actions.ask} />}
      />
      {sandbox.conditions.map((condition) => (
        <div key={condition.type} className={classes.condition} role="alert">
          <StatusGlyph sign={driftSign} label="Attention" /> {condition.message}
        </div>
      ))}
      <div className={classes.columns}>
        <div className={classes.stack}>
          <TimelineCard id={sandbox.id} />
          <ChartsCard sandbox={sandbox} />
          <AuditCard id={sandbox.id} />
        </div>
        <div className={classes.stack}>
          <FactsCard sandbox={sandbox} onEdit={() => setEditing(true)} />
          <HealthCard
            sandbox={sandbox}
            health={health}
            isProbing={probe.isPending}
            onProbe={() =>
              probe.mutate(sandbox.id, {
                onSuccess: (result) =>
                  tell(
                    `${sandbox.name} answered in ${result.tookMillis} ms: ${result.result}` +
                      (result.detail === null ? '.' : `, ${result.detail}.`),
                  ),
              })
            }
          />
          <HatchetCard sandbox={sandbox} />
          <PartsCard sandbox={sandbox} health={health} />
          <TemplateCard sandbox={sandbox} onAsk={actions.ask} />
        </div>
      </div>
      {isEditing && <EditDialog sandbox={sandbox} onClose={() => setEditing(false)} />}
      {actions.dialog}
    </>
  );
}

function AuditCard({ id }: { id: string }) {
  const audit = useSandboxAudit(id);
  return (
    <Card title="Audit" isFlush>
      <PagedList
        query={audit}
        what="The audit of this sandbox"
        isBare
        keyOf={(record) => record.id}
        empty={<Empty title="Nothing was recorded" />}
      >
        {(record) => <AuditEntry record={record} isNarrow />}
      </PagedList>
    </Card>
  );
}
