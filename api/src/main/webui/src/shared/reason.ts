import type { Sandbox } from '@/api/types';
import { plural, roughDuration, words } from './format';
import { driftWords, healthSign, isMoving, phaseSign } from './vocabulary';

const DESIRED = { running: 'run', stopped: 'be stopped', terminated: 'be terminated' } as const;

/** The state of a sandbox in one sentence: what, why, and what happens next. Pure. */
export function sentence(sandbox: Sandbox, now: number): string {
  return [state(sandbox, now), wish(sandbox), ...sandbox.conditions.map((one) => one.message)]
    .filter((part) => part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

function state(sandbox: Sandbox, now: number): string {
  const { phase, reason } = sandbox;
  const why = reason === null ? '' : `: ${readable(reason)}`;
  if (phase === 'running')
    return verdict(sandbox, now) + (reason === null ? '' : `; ${readable(reason)}`);
  if (phase === 'failed') return `Failed${why}. Start tries again`;
  if (isMoving(phase)) return `${phaseSign(phase).word}${why}`;
  return `${phaseSign(phase).word}${why}`;
}

function verdict({ health }: Sandbox, now: number): string {
  const lasted =
    health.since === null ? '' : ` for ${roughDuration(now - Date.parse(health.since))}`;
  const detail = health.detail === null ? '' : `: ${health.detail}`;
  switch (health.status) {
    case 'healthy':
      return `Running and healthy${lasted}`;
    case 'degraded':
      return `Running, but degraded${lasted}${detail}`;
    case 'unhealthy':
      return `Running, but unhealthy${lasted}, ${plural(health.consecutiveFailures, 'failed probe')} in a row${detail}`;
    default:
      return `Running; its health is not known yet${detail}`;
  }
}

/** Only where it is not plain from the phase. */
function wish({ phase, desired }: Sandbox): string {
  const isThere =
    (desired === 'running' && phase !== 'stopped' && phase !== 'stopping') ||
    (desired === 'stopped' && ['stopped', 'stopping', 'draining'].includes(phase)) ||
    (desired === 'terminated' && ['terminating', 'terminated'].includes(phase));
  return isThere ? '' : `It shall ${DESIRED[desired]}`;
}

/** Codes such as `terminated_externally` are told in words; sentences stay as they are. */
function readable(reason: string): string {
  return /^[a-z]+(_[a-z]+)+$/.test(reason) ? words(reason).toLowerCase() : reason;
}

/** For a row of a table: what is remarkable about it, or nothing. */
export function remark(sandbox: Sandbox): string | null {
  const { phase, reason, health } = sandbox;
  if (phase === 'failed' || isMoving(phase)) return reason === null ? null : readable(reason);
  if (phase === 'running' && health.status !== 'healthy') return health.detail;
  return sandbox.conditions[0]?.message ?? null;
}

/** All that a person should look at, for the hover of a row's glyph. */
export function remarks(sandbox: Sandbox): string {
  const { word } = phaseSign(sandbox.phase);
  const health = healthSign(sandbox.health.status).word;
  return [word, health, remark(sandbox), driftWords(sandbox)].filter(Boolean).join('\n');
}
