import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { onKey } from '@/app/shortcuts';
import { AccessPage } from '@/features/access/AccessPage';
import { AuditPage } from '@/features/audit/AuditPage';
import { CreatePage } from '@/features/create/CreatePage';
import { FleetPage } from '@/features/fleet/FleetPage';
import { MePage } from '@/features/me/MePage';
import { OperationsPage } from '@/features/operations/OperationsPage';
import { SandboxPage } from '@/features/sandbox/SandboxPage';
import { TemplatePage } from '@/features/templates/TemplatePage';
import { TemplatesPage } from '@/features/templates/TemplatesPage';
import { Boundary } from '@/shared/Boundary';
import { anOperation, aPerson, aSandbox, AT, ID, TENANT } from './data';
import { answers, inaccessible, problem, show } from './page';

const page = (...items: object[]) => ({ items, nextCursor: null });
const template = {
  id: ID,
  name: 'web',
  description: 'For the web',
  latestVersion: 1,
  retiredAt: null,
  version: 1,
  createdAt: AT,
  updatedAt: AT,
};
const version = {
  templateId: ID,
  version: 1,
  createdAt: AT,
  spec: {
    imageId: 'ami-1',
    instanceTypes: ['m7i.large'],
    subnetIds: ['subnet-1'],
    securityGroupIds: ['sg-1'],
    publicIp: false,
    volume: { sizeGib: 30, type: 'gp3' },
    engines: ['chromium'],
    desktop: false,
    capacity: 2,
    parameters: [],
    health: { failures: 3, successes: 2, bootGrace: 'PT5M', repairAfter: 'PT1M' },
  },
};
const record = {
  id: ID,
  at: AT,
  actor: {
    kind: 'caller',
    subject: 'ada',
    name: 'Ada',
    clientAddress: '10.0.0.9',
    requestId: 'r-1',
  },
  action: 'sandbox.stop',
  targetType: 'sandbox',
  targetId: ID,
  sandboxId: ID,
  before: { desired: 'running' },
  after: { desired: 'stopped' },
  result: 'success',
};
const everything = {
  '/api/v1/me': aPerson(['read', 'audit', 'operate', 'provision', 'terminate', 'admin']),
  '/api/v1/fleet/summary': {
    total: 2,
    byPhase: { running: 1, failed: 1 },
    byHealth: { healthy: 1, unhealthy: 1 },
    byEnvironment: { dev: 2 },
    byTemplate: [{ templateId: ID, name: 'web', count: 2 }],
  },
  '/api/v1/fleet/freeze': {
    frozen: false,
    repairBraked: false,
    since: null,
    until: null,
    reason: null,
  },
  '/api/v1/sandboxes': page(
    aSandbox(),
    aSandbox({ id: 'b', name: 'checkout-2', phase: 'failed', reason: 'no capacity' }),
  ),
  [`/api/v1/sandboxes/${ID}`]: aSandbox(),
  [`/api/v1/sandboxes/${ID}/events`]: page(),
  [`/api/v1/sandboxes/${ID}/audit`]: page(record),
  [`/api/v1/sandboxes/${ID}/health`]: {
    sandboxId: ID,
    status: 'healthy',
    since: AT,
    reason: '2 probes succeeded',
    conditions: [],
    probed: true,
    frozen: false,
    consecutiveFailures: 0,
    consecutiveSuccesses: 2,
    lastProbeAt: AT,
    detail: null,
    agent: null,
    history: page({ at: AT, from: 'unknown', to: 'healthy', reason: '2 probes succeeded' }),
  },
  [`/api/v1/sandboxes/${ID}/metrics`]: { sandboxId: ID, from: AT, to: AT, step: '1m', points: [] },
  '/api/v1/operations': page(anOperation()),
  '/api/v1/templates': page(template),
  [`/api/v1/templates/${ID}`]: template,
  [`/api/v1/templates/${ID}/versions`]: page(version),
  [`/api/v1/templates/${ID}/usage`]: { templateId: ID, latestVersion: 1, versions: [] },
  '/api/v1/audit': page(record),
  '/api/v1/tenants': page({ id: TENANT, slug: 'default', createdAt: AT }),
  '/api/v1/roles': page({
    id: ID,
    name: 'viewer',
    description: 'Sees',
    permissions: ['read'],
    builtIn: true,
    version: 1,
    createdAt: AT,
    updatedAt: AT,
  }),
  '/api/v1/grants': page(),
  '/api/v1/group-mappings': page({
    group: 'ops',
    role: 'operator',
    tenant: null,
    environment: null,
  }),
};

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('every page', () => {
  it.each([
    ['fleet', <FleetPage key="f" />, '/', '/', 'checkout-2'],
    [
      'sandbox',
      <SandboxPage key="s" />,
      `/sandboxes/${ID}`,
      '/sandboxes/:id',
      /Running and healthy/,
    ],
    ['templates', <TemplatesPage key="t" />, '/', '/', 'For the web'],
    ['template', <TemplatePage key="v" />, `/templates/${ID}`, '/templates/:id', 'ami-1'],
    ['operations', <OperationsPage key="o" />, '/', '/', 'Create'],
    ['audit', <AuditPage key="a" />, '/', '/', 'sandbox.stop'],
    ['access', <AccessPage key="x" />, '/', '/', 'ops'],
    ['create', <CreatePage key="c" />, '/', '/', 'For the web'],
    ['me', <MePage key="m" />, '/', '/', 'What you may do'],
  ] as const)('shows what there is and is accessible: %s', async (_, element, at, path, text) => {
    answers(everything);
    show(element, { at, path });
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(await inaccessible()).toEqual([]);
  });

  it.each([
    ['fleet', <FleetPage key="f" />, '/api/v1/sandboxes'],
    ['audit', <AuditPage key="a" />, '/api/v1/audit'],
    ['operations', <OperationsPage key="o" />, '/api/v1/operations'],
  ] as const)('says why it cannot, with the id for the log: %s', async (_, element, path) => {
    answers({ ...everything, [path]: () => problem(500, 'Something broke') });
    show(element);
    expect(await screen.findByText('Something broke')).toBeInTheDocument();
    expect(screen.getByText('trace-1')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });

  it('says that a list is not for the caller, calmly', async () => {
    answers({ ...everything, '/api/v1/audit': () => problem(403, 'Forbidden') });
    show(<AuditPage />);
    expect(await screen.findByText('You may not see audit log')).toBeInTheDocument();
  });

  it('stands although one of its cards breaks', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const Broken = () => {
      throw new Error('no axis');
    };
    answers(everything);
    show(
      <>
        <Boundary what="The chart">
          <Broken />
        </Boundary>
        <OperationsPage />
      </>,
    );
    expect(await screen.findByText('The chart cannot be shown')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /no axis/ })).toBeInTheDocument();
    expect(await screen.findByText('Create')).toBeInTheDocument();
  });
});

describe('the fleet', () => {
  it('asks the server for what the filter says, and keeps it in chips', async () => {
    const fetched = answers(everything);
    show(<FleetPage />);
    await screen.findByText('checkout-2');
    await userEvent.type(screen.getByLabelText('Filter'), 'health:unhealthy ');
    expect(await screen.findByText('health:unhealthy')).toBeInTheDocument();
    await waitFor(() =>
      expect(fetched.mock.calls.some(([request]) => request.url.includes('health=unhealthy'))).toBe(
        true,
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Remove health:unhealthy' }));
    expect(screen.queryByText('health:unhealthy')).not.toBeInTheDocument();
  });

  it('names a condition that cannot be right instead of asking for it', async () => {
    const fetched = answers(everything);
    show(<FleetPage />, { at: '/?filter=health%3Asick' });
    expect(await screen.findByText(/There is no health “sick”/)).toBeInTheDocument();
    expect(fetched.mock.calls.some(([request]) => request.url.includes('sick'))).toBe(false);
  });

  it('previews a bulk action before it asks', async () => {
    const fetched = answers({
      ...everything,
      '/api/v1/sandboxes/bulk': {
        action: 'stop',
        total: 1,
        acting: 0,
        items: [
          { sandboxId: ID, name: 'checkout-1', effect: 'refuse', detail: 'refused: no right' },
        ],
      },
    });
    show(<FleetPage />);
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select checkout-1' }));
    const bar = screen.getByRole('region', { name: 'Selected sandboxes' });
    expect(within(bar).getByText('1 sandbox selected')).toBeInTheDocument();
    await userEvent.click(within(bar).getByRole('button', { name: 'Stop…' }));
    expect(await screen.findByText('Stop 1: 0 now, 1 cannot.')).toBeInTheDocument();
    expect(screen.getByText('refused: no right')).toBeInTheDocument();
    const request = fetched.mock.calls.map(([one]) => one).find((one) => one.url.endsWith('/bulk'));
    expect(await request?.json()).toEqual({ action: 'stop', ids: [ID], dryRun: true });
  });

  it('is moved through by keyboard', async () => {
    answers(everything);
    window.addEventListener('keydown', onKey);
    show(<FleetPage />);
    await screen.findByText('checkout-2');
    await userEvent.keyboard('jjx');
    expect(screen.getByRole('checkbox', { name: 'Select checkout-2' })).toBeChecked();
    await userEvent.keyboard('kx');
    expect(screen.getByText('2 sandboxes selected')).toBeInTheDocument();
    await userEvent.keyboard('/');
    expect(screen.getByLabelText('Filter')).toHaveFocus();
    window.removeEventListener('keydown', onKey);
  });
});

describe('a sandbox', () => {
  it('tells why an action is not there, where it can be read', async () => {
    answers(everything);
    show(<SandboxPage />, { at: `/sandboxes/${ID}`, path: '/sandboxes/:id' });
    const start = await screen.findByRole('button', { name: 'Start' });
    expect(start).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(start);
    expect(await screen.findByText('It is running already')).toBeInTheDocument();
  });

  it('is terminated only by whoever types its name', async () => {
    const fetched = answers({
      ...everything,
      [`/api/v1/sandboxes/${ID}/terminate`]: anOperation(),
    });
    show(<SandboxPage />, { at: `/sandboxes/${ID}`, path: '/sandboxes/:id' });
    await userEvent.click(await screen.findByRole('button', { name: 'Terminate' }));
    const confirm = await screen.findByRole('button', { name: 'Terminate checkout-1' });
    expect(confirm).toBeDisabled();
    await userEvent.type(screen.getByLabelText('Type checkout-1 to confirm'), 'checkout-1');
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(fetched.mock.calls.some(([request]) => request.url.endsWith('/terminate'))).toBe(true),
    );
  });
});

describe('the wizard', () => {
  it('leads to a sentence, keeps its draft and asks once for each', async () => {
    const fetched = answers(everything);
    const { unmount } = show(<CreatePage />);
    await userEvent.click(await screen.findByRole('radio'));
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    expect(await screen.findByText('A name is needed')).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Name'), 'web');
    unmount();

    show(<CreatePage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Review' }));
    expect(await screen.findByText(/named/)).toHaveTextContent(
      '1 sandbox in dev, named web, from version 1 of web',
    );
    answers({ ...everything, '/api/v1/sandboxes': () => problem(409, 'The name is taken') });
    await userEvent.click(screen.getByRole('button', { name: 'Create 1 sandbox' }));
    expect(await screen.findByText('The name is taken')).toBeInTheDocument();
    const again = answers({ ...everything, '/api/v1/sandboxes': aSandbox({ name: 'web' }) });
    await userEvent.click(screen.getByRole('button', { name: 'Ask again for 1' }));
    expect(await screen.findByText(/1 sandbox of 1 accepted/)).toBeInTheDocument();
    const key = again.mock.calls
      .map(([request]) => request)
      .find((request) => request.method === 'POST')
      ?.headers.get('Idempotency-Key');
    expect(key).toMatch(/^[0-9a-f-]{36}$/);
    expect(fetched).toHaveBeenCalled();
  });
});
