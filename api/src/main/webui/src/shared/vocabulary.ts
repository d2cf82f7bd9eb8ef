import type {
  HatchetState,
  HealthStatus,
  ItemStatus,
  OperationStatus,
  Phase,
  Sandbox,
  StepStatus,
} from '@/api/types';

/** The one vocabulary of states: a shape, a colour role and words; never a colour alone. */
export type Shape =
  'disc' | 'half' | 'square' | 'ring' | 'arc' | 'frame' | 'diamond' | 'dash' | 'triangle';
export type ColourRole = 'ok' | 'warn' | 'bad' | 'busy' | 'muted';

export interface Sign {
  shape: Shape;
  role: ColourRole;
  word: string;
}

const sign = (shape: Shape, role: ColourRole, word: string): Sign => ({ shape, role, word });

const HEALTH: Record<HealthStatus, Sign> = {
  healthy: sign('disc', 'ok', 'Healthy'),
  degraded: sign('half', 'warn', 'Degraded'),
  unhealthy: sign('square', 'bad', 'Unhealthy'),
  unknown: sign('ring', 'muted', 'Unknown'),
};

const PHASE: Record<Phase, Sign> = {
  pending: sign('arc', 'busy', 'Pending'),
  launching: sign('arc', 'busy', 'Launching'),
  booting: sign('arc', 'busy', 'Booting'),
  running: sign('disc', 'ok', 'Running'),
  draining: sign('arc', 'busy', 'Draining'),
  stopping: sign('arc', 'busy', 'Stopping'),
  stopped: sign('frame', 'muted', 'Stopped'),
  replacing: sign('arc', 'busy', 'Replacing'),
  terminating: sign('arc', 'busy', 'Terminating'),
  terminated: sign('dash', 'muted', 'Terminated'),
  failed: sign('diamond', 'bad', 'Failed'),
};

const PROGRESS: Record<OperationStatus | StepStatus | ItemStatus, Sign> = {
  pending: sign('ring', 'muted', 'Waiting'),
  running: sign('arc', 'busy', 'Under way'),
  succeeded: sign('disc', 'ok', 'Done'),
  failed: sign('diamond', 'bad', 'Failed'),
  cancelled: sign('dash', 'muted', 'Cancelled'),
  skipped: sign('frame', 'muted', 'Nothing to do'),
};

/** A value that a newer server may send is shown in its own words. */
const other = (word: string): Sign => sign('ring', 'muted', word);

export const healthSign = (status: HealthStatus): Sign =>
  (HEALTH as Partial<Record<string, Sign>>)[status] ?? other(status);
export const phaseSign = (phase: Phase): Sign =>
  (PHASE as Partial<Record<string, Sign>>)[phase] ?? other(phase);
export const progressSign = (status: OperationStatus | StepStatus | ItemStatus): Sign =>
  (PROGRESS as Partial<Record<string, Sign>>)[status] ?? other(status);

export const driftSign: Sign = sign('triangle', 'warn', 'Drift');

export const PHASES = Object.keys(PHASE) as Phase[];
export const HEALTHS = Object.keys(HEALTH) as HealthStatus[];
export const EC2_STATUSES = [
  'pending',
  'running',
  'shutting-down',
  'terminated',
  'stopping',
  'stopped',
];
const HATCHET: Record<HatchetState, Sign> = {
  connected: sign('disc', 'ok', 'Connected'),
  degraded: sign('half', 'warn', 'Degraded'),
  unauthorized: sign('square', 'bad', 'Token refused'),
  connecting: sign('arc', 'busy', 'Connecting'),
  draining: sign('arc', 'busy', 'Draining'),
  not_configured: sign('dash', 'muted', 'Not configured'),
};

export const hatchetSign = (state: HatchetState): Sign =>
  (HATCHET as Partial<Record<string, Sign>>)[state] ?? other(state);
export const HATCHETS = Object.keys(HATCHET);

export const ENVIRONMENTS = ['dev', 'staging', 'prod'];

/** Phases that end by themselves: something is under way. */
export const isMoving = (phase: Phase): boolean => phaseSign(phase).shape === 'arc';

/** One glyph for a whole sandbox: its phase while that matters more than its health. */
export function sandboxSign(sandbox: Pick<Sandbox, 'phase' | 'health'>): Sign {
  return sandbox.phase === 'running' ? healthSign(sandbox.health.status) : phaseSign(sandbox.phase);
}

/** What drives a sandbox apart from its template, in words; null if nothing does. */
export function driftWords(sandbox: Pick<Sandbox, 'drift'>): string | null {
  if (sandbox.drift === null) return null;
  const { changes } = sandbox.drift;
  return changes.length === 0 ? 'An older template version' : changes.join('\n');
}
