import type { EventMessage, Me, Operation, Sandbox } from '@/api/types';

/** Things as the API gives them, for tests. */
export const ID = '0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e';
export const TENANT = '0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3f';
export const AT = '2026-11-25T10:00:00Z';

export function aSandbox(patch: Partial<Sandbox> = {}): Sandbox {
  return {
    id: ID,
    name: 'checkout-1',
    tenantId: TENANT,
    environment: 'dev',
    templateId: ID,
    templateVersion: 1,
    latestTemplateVersion: 1,
    appliedTemplateVersion: 1,
    drift: null,
    desired: 'running',
    phase: 'running',
    reason: null,
    ec2: {
      instanceId: 'i-0123',
      status: 'running',
      type: 'm7i.large',
      zone: 'eu-central-1a',
      privateIp: '10.0.0.1',
      publicIp: null,
      launchedAt: AT,
    },
    health: { status: 'healthy', since: AT, consecutiveFailures: 0, lastProbeAt: AT, detail: null },
    capacity: 2,
    activeTasks: 1,
    engines: [],
    hatchet: null,
    tags: {},
    conditions: [],
    operationId: null,
    version: 3,
    createdAt: AT,
    updatedAt: AT,
    ...patch,
  };
}

export function anEvent(
  type: string,
  data: Record<string, unknown>,
  patch: Partial<EventMessage> = {},
): EventMessage {
  return { seq: 1, type, at: AT, tenantId: TENANT, sandboxId: ID, data, ...patch };
}

export function anOperation(patch: Partial<Operation> = {}): Operation {
  return {
    id: ID,
    kind: 'create',
    target: ID,
    action: null,
    status: 'succeeded',
    steps: [{ name: 'launching', status: 'succeeded', startedAt: AT, endedAt: AT, detail: null }],
    counts: null,
    items: null,
    reason: null,
    createdAt: AT,
    endedAt: '2026-11-25T10:00:05Z',
    ...patch,
  };
}

export function aPerson(
  permissions: Me['permissions'][number]['permission'][],
  where = [{ tenantId: null, environment: null }] as Me['permissions'][number]['where'],
): Me {
  return {
    issuer: 'https://id.example',
    subject: 'ada',
    name: 'Ada',
    roles: [],
    permissions: permissions.map((permission) => ({ permission, where })),
    sources: [],
    session: { kind: 'cookie', expiresAt: null },
  };
}
