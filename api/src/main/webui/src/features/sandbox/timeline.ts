import type { EventMessage, HealthStatus, Operation, Phase } from '@/api/types';
import { words } from '@/shared/format';
import { healthSign, phaseSign, type Sign } from '@/shared/vocabulary';

export type Kind = 'operation' | 'health' | 'phase' | 'ec2' | 'other';

/** What happened: an operation with the events of its time, or an event by itself. */
export type Entry =
  | { kind: 'operation'; at: string; operation: Operation; events: Line[] }
  | { kind: Exclude<Kind, 'operation'>; at: string; line: Line };

export interface Line {
  seq: number;
  at: string;
  sign: Sign;
  text: string;
}

const note: Sign = { shape: 'ring', role: 'muted', word: 'Event' };

/** Newest first. Progress events are what operations show as steps, so they do not appear twice. */
export function timeline(
  operations: readonly Operation[],
  events: readonly EventMessage[],
): Entry[] {
  const groups = operations.map((operation) => ({
    kind: 'operation' as const,
    at: operation.createdAt,
    operation,
    events: [] as Line[],
  }));
  const alone: Entry[] = [];
  for (const event of events) {
    if (event.type === 'operation.progress') continue;
    const line = lineOf(event);
    const group = isStep(event)
      ? groups.find(({ operation }) => isDuring(operation, event.at))
      : undefined;
    if (group === undefined) alone.push({ kind: kindOf(event), at: event.at, line });
    else group.events.push(line);
  }
  return [...groups, ...alone].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** A verdict is news of its own, whatever else goes on. */
const isStep = (event: EventMessage): boolean => event.type !== 'sandbox.health';

function isDuring(operation: Operation, at: string): boolean {
  const moment = Date.parse(at);
  const end = operation.endedAt === null ? Infinity : Date.parse(operation.endedAt) + 1_000;
  return moment >= Date.parse(operation.createdAt) - 100 && moment <= end;
}

function kindOf({ type }: EventMessage): Exclude<Kind, 'operation'> {
  if (type === 'sandbox.health') return 'health';
  if (type === 'sandbox.ec2') return 'ec2';
  return type === 'sandbox.phase' || type === 'sandbox.terminated' ? 'phase' : 'other';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const after = (separator: string, value: unknown): string =>
  text(value) === '' ? '' : separator + text(value);

function lineOf(event: EventMessage): Line {
  const { seq, at } = event;
  const data = event.data as Record<string, unknown>;
  switch (event.type) {
    case 'sandbox.health': {
      const sign = healthSign(data.status as HealthStatus);
      return { seq, at, sign, text: `${sign.word}${after(': ', data.reason)}` };
    }
    case 'sandbox.phase':
    case 'sandbox.terminated': {
      const sign = phaseSign(data.phase as Phase);
      return { seq, at, sign, text: `${sign.word}${after(': ', data.reason)}` };
    }
    case 'sandbox.ec2':
      return {
        seq,
        at,
        sign: note,
        text: `EC2 says ${text(data.status)}${after(', ', data.instanceId)}`,
      };
    case 'sandbox.created':
      return { seq, at, sign: note, text: 'Asked for' };
    case 'sandbox.changed':
      return { seq, at, sign: note, text: changeWords(data) };
    default:
      return { seq, at, sign: note, text: words(event.type.replace('sandbox.', '')) };
  }
}

function changeWords(data: Record<string, unknown>): string {
  if (text(data.reason) !== '') {
    return words(text(data.reason)) + after(', version ', data.agentVersion);
  }
  return 'desired' in data ? `Settings changed; it shall be ${text(data.desired)}` : 'Changed';
}
