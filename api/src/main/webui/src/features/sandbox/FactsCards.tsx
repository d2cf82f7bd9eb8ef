import { Button } from '@mantine/core';
import { Link } from 'react-router';
import type { BulkAction, Health, Sandbox, TemplateComparison } from '@/api/types';
import { useMay } from '@/app/me';
import { useTemplates, useTenants } from '@/features/templates/queries';
import { Copy } from '@/shared/Copy';
import { bytes, percent, plural, roughDuration, words } from '@/shared/format';
import { Card, Chip, Chips, Facts } from '@/shared/Page';
import { Status, StatusGlyph } from '@/shared/StatusGlyph';
import { Time } from '@/shared/Time';
import { driftSign, hatchetSign, healthSign, type Sign } from '@/shared/vocabulary';
import classes from './Sandbox.module.css';

export function FactsCard({ sandbox, onEdit }: { sandbox: Sandbox; onEdit: () => void }) {
  const mayOperate = useMay('operate', sandbox);
  const tenants = useTenants().data;
  const { ec2 } = sandbox;
  const tags = Object.entries(sandbox.tags);
  return (
    <Card
      title="Facts"
      aside={
        <Button
          disabled={!mayOperate || sandbox.phase === 'terminated'}
          title={mayOperate ? undefined : 'Needs the permission “operate”'}
          onClick={onEdit}
        >
          Edit
        </Button>
      }
    >
      <Facts
        items={[
          ['Id', <Copy key="id" text={sandbox.id} label="id" />],
          [
            'Instance',
            ec2 === null ? 'none yet' : <Copy text={ec2.instanceId} label="instance id" />,
          ],
          ['EC2 says', ec2?.status],
          ['Type, zone', ec2 === null ? null : `${ec2.type}, ${ec2.zone ?? 'zone unknown'}`],
          [
            'Address',
            ec2?.privateIp != null ? <Copy text={ec2.privateIp} label="address" /> : null,
          ],
          [
            'Agent',
            ec2?.privateIp != null ? (
              <Copy text={`http://${ec2.privateIp}:8000/health`} label="address of the agent" />
            ) : null,
          ],
          [
            'Public',
            ec2?.publicIp != null ? <Copy text={ec2.publicIp} label="public address" /> : null,
          ],
          ['Started', ec2?.launchedAt != null ? <Time at={ec2.launchedAt} /> : null],
          ['Created', <Time key="created" at={sandbox.createdAt} />],
          ['Capacity', `${sandbox.activeTasks ?? '–'} of ${sandbox.capacity} tasks`],
          ['Tenant', tenants?.find((tenant) => tenant.id === sandbox.tenantId)?.slug ?? null],
          [
            'Tags',
            tags.length === 0 ? (
              <span className="muted">none</span>
            ) : (
              <Chips>
                {tags.map(([key, value]) => (
                  <Link key={key} to={`/?filter=${encodeURIComponent(`tag:${key}=${value}`)}`}>
                    <Chip title={`Show all with ${key}=${value}`}>
                      {key}={value}
                    </Chip>
                  </Link>
                ))}
              </Chips>
            ),
          ],
        ]}
      />
    </Card>
  );
}

const EFFECTS: Record<TemplateComparison['effect'], string> = {
  none: 'Upgrading changes nothing that runs.',
  in_place: 'Upgrading drains and restarts it.',
  replace: 'Upgrading replaces its instance and volume.',
};

export function TemplateCard({
  sandbox,
  onAsk,
}: {
  sandbox: Sandbox;
  onAsk: (action: BulkAction, sandbox: Sandbox) => void;
}) {
  const name = useTemplates().data?.find((template) => template.id === sandbox.templateId)?.name;
  const { drift } = sandbox;
  return (
    <Card
      title="Template"
      aside={drift !== null && <Button onClick={() => onAsk('upgrade', sandbox)}>Upgrade…</Button>}
    >
      <Facts
        items={[
          [
            'Template',
            <Link key="name" to={`/templates/${sandbox.templateId}`}>
              {name ?? 'Open it'}
            </Link>,
          ],
          ['Shall be of', `version ${sandbox.templateVersion}`],
          [
            'Runs',
            sandbox.appliedTemplateVersion === null
              ? 'no instance yet'
              : `version ${sandbox.appliedTemplateVersion}`,
          ],
          ['Newest', `version ${sandbox.latestTemplateVersion}`],
        ]}
      />
      {drift !== null && (
        <>
          <p style={{ marginTop: 12 }}>
            <StatusGlyph sign={driftSign} /> {EFFECTS[drift.effect]}
          </p>
          <ul className={classes.changes}>
            {drift.changes.map((change) => (
              <li key={change}>
                <code>{change}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

const PARTS: Record<string, Sign> = {
  ready: { shape: 'disc', role: 'ok', word: 'Ready' },
  connected: { shape: 'disc', role: 'ok', word: 'Connected' },
  starting: { shape: 'arc', role: 'busy', word: 'Starting' },
  connecting: { shape: 'arc', role: 'busy', word: 'Connecting' },
  failed: { shape: 'square', role: 'bad', word: 'Failed' },
  disconnected: { shape: 'square', role: 'bad', word: 'Disconnected' },
  not_configured: { shape: 'dash', role: 'muted', word: 'Not configured' },
};

/** Words of an agent that is newer than this page are shown as they are. */
const partSign = (state: string): Sign =>
  PARTS[state] ?? { shape: 'ring', role: 'muted', word: words(state) };

/** What the agent says of its parts: engines and desktop. */
export function PartsCard({ sandbox, health }: { sandbox: Sandbox; health: Health | undefined }) {
  const agent = health?.agent ?? null;
  const engines = agent?.engines ?? sandbox.engines;
  const parts = [
    ...engines.map((engine) => ({ ...engine, key: `engine ${engine.name}` })),
    ...(agent?.desktop == null ? [] : [{ ...agent.desktop, name: 'Desktop', key: 'desktop' }]),
  ];
  return (
    <Card title="Engines and desktop">
      {parts.length === 0 ? (
        <span className="muted">The agent has not told yet.</span>
      ) : (
        <ul className={classes.parts}>
          {parts.map((part) => (
            <li key={part.key} className={classes.part}>
              <span>{part.name}</span>
              <Status sign={partSign(part.state)} />
              {part.detail !== null && <span>{part.detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The connection that tasks come by: a heartbeat alone proves nothing, so the stream's age stands first. */
export function HatchetCard({ sandbox }: { sandbox: Sandbox }) {
  const { hatchet } = sandbox;
  return (
    <Card title="Hatchet">
      {hatchet === null ? (
        <span className="muted">The agent has not told yet.</span>
      ) : (
        <Facts
          items={[
            ['State', <Status key="state" sign={hatchetSign(hatchet.state)} />],
            ['What is wrong', hatchet.detail],
            ['Stream open for', lasted(hatchet.streamSeconds)],
            ['Last task', hatchet.lastTaskAt === null ? null : <Time at={hatchet.lastTaskAt} />],
            [
              'Heartbeat',
              hatchet.heartbeatMillis === null ? null : `${hatchet.heartbeatMillis} ms`,
            ],
            ['Lost and back', hatchet.reconnects > 0 ? plural(hatchet.reconnects, 'time') : null],
            ['Results waiting', hatchet.pendingEvents > 0 ? hatchet.pendingEvents : null],
            ['Engine', hatchet.engineVersion],
            [
              'Worker',
              hatchet.workerId === null ? null : <Copy text={hatchet.workerId} label="worker id" />,
            ],
          ]}
        />
      )}
    </Card>
  );
}

const lasted = (seconds: number | null): string | null =>
  seconds === null ? null : roughDuration(seconds * 1_000);

/** The verdict, what it rests on, and how it came to be. */
export function HealthCard({
  sandbox,
  health,
  onProbe,
  isProbing,
}: {
  sandbox: Sandbox;
  health: Health | undefined;
  onProbe: () => void;
  isProbing: boolean;
}) {
  const mayOperate = useMay('operate', sandbox);
  const agent = health?.agent ?? null;
  return (
    <Card
      title="Health"
      aside={
        <Button
          loading={isProbing}
          disabled={!mayOperate || sandbox.phase !== 'running'}
          title={sandbox.phase === 'running' ? undefined : 'Only running sandboxes are probed'}
          onClick={onProbe}
        >
          Probe now
        </Button>
      }
    >
      <Facts
        items={[
          ['Verdict', <Status key="verdict" sign={healthSign(sandbox.health.status)} />],
          ['Why', health?.reason],
          ['Since', sandbox.health.since === null ? null : <Time at={sandbox.health.since} />],
          ['Last probe', health?.lastProbeAt != null ? <Time at={health.lastProbeAt} /> : null],
          [
            'Failures',
            sandbox.health.consecutiveFailures > 0
              ? `${sandbox.health.consecutiveFailures} in a row`
              : null,
          ],
          ['Held back', health?.frozen === true ? 'yes: too many sandboxes failed at once' : null],
          ['Agent', agent?.version],
          [
            'Up for',
            agent?.uptimeSeconds == null ? null : roughDuration(agent.uptimeSeconds * 1_000),
          ],
          ['CPU', agent?.cpu == null ? null : percent(agent.cpu)],
          ['Memory', agent?.memory == null ? null : usage(agent.memory)],
          ['Disk', agent?.disk == null ? null : usage(agent.disk)],
        ]}
      />
      {(health?.history.items.length ?? 0) > 0 && (
        <ul
          className={classes.timeline}
          aria-label="History of the verdict"
          style={{ margin: '12px -12px -12px' }}
        >
          {health?.history.items.slice(0, 8).map((change) => (
            <li key={change.at} className={classes.line}>
              <StatusGlyph sign={healthSign(change.to)} />
              <span>
                {healthSign(change.to).word}: {change.reason}
              </span>
              <span className="muted">
                <Time at={change.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function usage({ usedBytes, totalBytes }: { usedBytes: number; totalBytes: number }): string {
  return `${percent(usedBytes / totalBytes)}, ${bytes(usedBytes)} of ${bytes(totalBytes)}`;
}
