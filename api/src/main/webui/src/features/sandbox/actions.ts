import type { BulkAction, Me, Permission, Sandbox } from '@/api/types';
import { may } from '@/app/me';

interface ActionWords {
  verb: string;
  doing: string;
  permissions: Permission[];
  /** What happens, for whoever is asked to confirm. */
  says: string;
}

export const ACTIONS: Record<BulkAction, ActionWords> = {
  start: {
    verb: 'Start',
    doing: 'starting',
    permissions: ['operate'],
    says: 'Its instance is started, or launched if there is none. It is billed from then on.',
  },
  stop: {
    verb: 'Stop',
    doing: 'stopping',
    permissions: ['operate'],
    says: 'Running tasks are drained first, then the instance is stopped. Its volume stays, and is billed.',
  },
  restart: {
    verb: 'Restart',
    doing: 'restarting',
    permissions: ['operate'],
    says: 'Running tasks are drained first, then the instance is rebooted. Its volume stays.',
  },
  upgrade: {
    verb: 'Upgrade',
    doing: 'upgrading',
    permissions: ['provision', 'terminate'],
    says: 'It is brought to the latest version of its template; what that needs is told beside its drift.',
  },
  terminate: {
    verb: 'Terminate',
    doing: 'terminating',
    permissions: ['terminate'],
    says: 'The instance and its volume are deleted, with everything on them. This cannot be undone.',
  },
};

export const ACTION_NAMES = Object.keys(ACTIONS) as BulkAction[];

/** Why an action cannot be taken now; null if it can. The server decides; this spares the question. */
export function whyNot(action: BulkAction, sandbox: Sandbox, me: Me | undefined): string | null {
  if (me === undefined) return 'Your rights are not known yet';
  const missing = ACTIONS[action].permissions.find((permission) => !may(me, permission, sandbox));
  if (missing !== undefined) return `Needs the permission “${missing}” in ${sandbox.environment}`;
  if (sandbox.phase === 'terminated') return 'It is terminated';
  if (sandbox.desired === 'terminated') return 'It is being terminated';
  return stateForbids(action, sandbox);
}

function stateForbids(action: BulkAction, { phase, desired, drift }: Sandbox): string | null {
  switch (action) {
    case 'start':
      if (phase === 'failed') return null;
      if (phase === 'running') return 'It is running already';
      return desired === 'running' ? 'It is on the way to running already' : null;
    case 'stop':
      if (phase === 'stopped') return 'It is stopped already';
      return desired === 'stopped' ? 'It is stopping already' : null;
    case 'restart':
      return phase === 'running' ? null : 'Only a running sandbox can be restarted';
    case 'upgrade':
      return drift === null ? 'It is of the latest version of its template' : null;
    case 'terminate':
      return null;
  }
}
