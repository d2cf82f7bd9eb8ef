import type { EventMessage, Sandbox } from '@/api/types';

/** What an event says of a sandbox's row; the rest is read again. Pure. */
export function changed(sandbox: Sandbox, event: EventMessage): Sandbox {
  const data = event.data as Record<string, unknown>;
  switch (event.type) {
    case 'sandbox.phase':
    case 'sandbox.terminated':
      return patched(sandbox, { phase: data.phase, reason: data.reason ?? null });
    case 'sandbox.changed':
      return patched(sandbox, {
        desired: data.desired,
        phase: data.phase,
        ...('reason' in data && 'statusVersion' in data ? { reason: data.reason } : {}),
        ...(typeof data.version === 'number' && data.version > sandbox.version
          ? { version: data.version }
          : {}),
      });
    case 'sandbox.ec2':
      return sandbox.ec2 === null
        ? sandbox
        : {
            ...sandbox,
            ec2: patched(sandbox.ec2, {
              instanceId: data.instanceId,
              status: data.status,
              privateIp: data.privateIp,
            }),
          };
    case 'sandbox.health':
      return {
        ...sandbox,
        health: patched(sandbox.health, {
          status: data.status,
          since: data.since,
          consecutiveFailures: data.consecutiveFailures,
          detail: data.reason,
        }),
      };
    default:
      return sandbox;
  }
}

/** The same object if nothing differs, so that nothing is drawn again. */
function patched<T extends object>(value: T, patch: Record<string, unknown>): T {
  const current = value as Record<string, unknown>;
  const entries = Object.entries(patch).filter(
    ([key, next]) => next !== undefined && current[key] !== next,
  );
  return entries.length === 0 ? value : { ...value, ...Object.fromEntries(entries) };
}

/** All events of a batch, in their order. */
export function changedBy(sandbox: Sandbox, events: readonly EventMessage[]): Sandbox {
  return events.reduce(changed, sandbox);
}
