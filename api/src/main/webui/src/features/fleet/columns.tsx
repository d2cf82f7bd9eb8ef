import { ActionIcon } from '@mantine/core';
import { Link } from 'react-router';
import type { Sandbox } from '@/api/types';
import type { Column } from '@/shared/Grid';
import { MoreIcon } from '@/shared/icons';
import { Meter } from '@/shared/Page';
import { remark } from '@/shared/reason';
import { RowBox } from '@/shared/RowBox';
import { Status, StatusGlyph } from '@/shared/StatusGlyph';
import { Age } from '@/shared/Time';
import { Tint } from '@/shared/Tint';
import { driftSign, driftWords, healthSign, phaseSign } from '@/shared/vocabulary';
import classes from './Fleet.module.css';

export interface RowActions {
  isSelected: (id: string) => boolean;
  select: (sandbox: Sandbox, isSelected: boolean, isRange: boolean) => void;
  /** How much of what is loaded is ticked. */
  selection: 'none' | 'some' | 'all';
  selectAll: (isSelected: boolean) => void;
  openMenu: (sandbox: Sandbox, anchor: HTMLElement) => void;
  templateName: (id: string) => string;
}

function Name({ sandbox }: { sandbox: Sandbox }) {
  return (
    <span className={classes.nameCell}>
      <Link
        to={`/sandboxes/${sandbox.id}`}
        className={`${classes.name ?? ''} truncate`}
        title={sandbox.name}
      >
        {sandbox.name}
      </Link>
      <span
        className={`${classes.env ?? ''} ${sandbox.environment === 'prod' ? (classes.prod ?? '') : ''}`}
      >
        {sandbox.environment}
      </span>
    </span>
  );
}

function Phase({ sandbox }: { sandbox: Sandbox }) {
  const sign = phaseSign(sandbox.phase);
  return (
    <Tint value={sandbox.phase}>
      <span title={sandbox.reason ?? undefined}>
        <Status sign={sign} />
      </span>
    </Tint>
  );
}

function Health({ sandbox }: { sandbox: Sandbox }) {
  const { health } = sandbox;
  const detail = sandbox.phase === 'running' ? remark(sandbox) : null;
  if (sandbox.phase !== 'running' && health.status === 'unknown')
    return <span className="muted">–</span>;
  return (
    <Tint value={health.status}>
      <span title={detail ?? undefined} className="truncate">
        <Status sign={healthSign(health.status)}>
          {healthSign(health.status).word}
          {detail !== null && <span className="muted"> {detail}</span>}
        </Status>
      </span>
    </Tint>
  );
}

function Machine({ sandbox }: { sandbox: Sandbox }) {
  const { ec2 } = sandbox;
  if (ec2 === null) return <span className="muted">none yet</span>;
  return (
    <span className="truncate" title={`${ec2.instanceId}, ${ec2.status}`}>
      {ec2.type} <span className="muted">{ec2.zone ?? ''}</span>
    </span>
  );
}

function Tasks({ sandbox }: { sandbox: Sandbox }) {
  const { activeTasks, capacity } = sandbox;
  if (activeTasks === null) return <span className="muted num">– / {capacity}</span>;
  return (
    <Tint value={activeTasks}>
      <span className="num">
        {activeTasks} / {capacity}{' '}
        <Meter value={activeTasks / capacity} label={`${activeTasks} of ${capacity} tasks`} />
      </span>
    </Tint>
  );
}

function Template({ sandbox, name }: { sandbox: Sandbox; name: string }) {
  const drift = driftWords(sandbox);
  return (
    <>
      <Link to={`/templates/${sandbox.templateId}`} className="truncate" title={name}>
        {name}
      </Link>
      <span className="muted num">&nbsp;v{sandbox.templateVersion}&nbsp;</span>
      {drift !== null && <StatusGlyph sign={driftSign} label={`Drift: ${drift}`} />}
    </>
  );
}

export function fleetColumns(actions: RowActions): Column<Sandbox>[] {
  return [
    {
      id: 'select',
      head: (
        <RowBox
          label="Select all that are loaded"
          isChecked={actions.selection === 'all'}
          isPartly={actions.selection === 'some'}
          onChange={actions.selectAll}
        />
      ),
      track: '36px',
      least: 36,
      cell: (sandbox) => (
        <RowBox
          label={`Select ${sandbox.name}`}
          isChecked={actions.isSelected(sandbox.id)}
          onChange={(isSelected, isRange) => actions.select(sandbox, isSelected, isRange)}
        />
      ),
    },
    {
      id: 'name',
      head: 'Name',
      sort: 'name',
      track: 'minmax(200px, 2fr)',
      least: 200,
      cell: (sandbox) => <Name sandbox={sandbox} />,
    },
    {
      id: 'phase',
      head: 'Phase',
      sort: 'phase',
      track: 'minmax(106px, 0.6fr)',
      least: 106,
      cell: (sandbox) => <Phase sandbox={sandbox} />,
    },
    {
      id: 'health',
      head: 'Health',
      sort: 'health',
      track: 'minmax(140px, 1.6fr)',
      least: 140,
      cell: (sandbox) => <Health sandbox={sandbox} />,
    },
    {
      id: 'ec2',
      head: 'EC2',
      track: 'minmax(142px, 0.8fr)',
      least: 142,
      cell: (sandbox) => <Machine sandbox={sandbox} />,
    },
    {
      id: 'tasks',
      head: 'Tasks',
      track: '104px',
      least: 104,
      cell: (sandbox) => <Tasks sandbox={sandbox} />,
    },
    {
      id: 'template',
      head: 'Template',
      track: 'minmax(150px, 1fr)',
      least: 150,
      cell: (sandbox) => (
        <Template sandbox={sandbox} name={actions.templateName(sandbox.templateId)} />
      ),
    },
    {
      id: 'age',
      head: 'Age',
      sort: 'createdAt',
      track: '72px',
      least: 72,
      isEnd: true,
      cell: (sandbox) => <Age since={sandbox.createdAt} />,
    },
    {
      id: 'menu',
      head: <span className="hidden-visually">Actions</span>,
      track: '44px',
      least: 44,
      cell: (sandbox) => (
        <ActionIcon
          className={classes.rowMenu}
          aria-label={`Actions for ${sandbox.name}`}
          aria-haspopup="menu"
          onClick={(event) => {
            event.stopPropagation();
            actions.openMenu(sandbox, event.currentTarget);
          }}
        >
          <MoreIcon />
        </ActionIcon>
      ),
    },
  ];
}
