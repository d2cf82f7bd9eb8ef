import { describe, expect, it } from 'vitest';
import { aSandbox, AT } from '@/test/data';
import { noteServerTime, now } from './clock';
import {
  bytes,
  clockDuration,
  exact,
  isoDuration,
  plural,
  relative,
  roughDuration,
  stepDuration,
} from './format';
import { remark, sentence } from './reason';
import { parseTags } from './tags';
import { healthSign, HEALTHS, phaseSign, PHASES, progressSign, sandboxSign } from './vocabulary';

const NOON = Date.parse('2026-11-25T12:00:00Z');
const HOUR = 3_600_000;

describe('formats', () => {
  it.each([
    [0, '0:00'],
    [42_000, '0:42'],
    [725_000, '12:05'],
    [3_723_000, '1:02:03'],
  ])('%i ms on a clock', (millis, words) => expect(clockDuration(millis)).toBe(words));

  it.each([
    [900, 'now'],
    [42_000, '42 s ago'],
    [5 * HOUR, '5 h ago'],
    [-60_000, 'in 1 min'],
  ])('%i ms ago in words', (age, words) => expect(relative(NOON - age, NOON)).toBe(words));

  it('names the date after a day', () => {
    expect(relative(NOON - 25 * HOUR, NOON)).toContain('2026');
  });

  it('says local time and UTC', () => {
    expect(exact(NOON)).toContain('2026-11-25 12:00:00 UTC');
  });

  it('rounds down and uses one unit', () => {
    expect(roughDuration(119_000)).toBe('1 min');
    expect(stepDuration(3_140)).toBe('3.1 s');
    expect(stepDuration(75_000)).toBe('1:15');
    expect(bytes(4_519_186_432)).toBe('4.2 GiB');
    expect(isoDuration('PT1H30M')).toBe('1 h 30 min');
    expect(plural(1, 'sandbox', 'sandboxes')).toBe('1 sandbox');
    expect(plural(2, 'sandbox', 'sandboxes')).toBe('2 sandboxes');
  });
});

describe('the clock', () => {
  it('follows the server, but not for the fraction that its header lacks', () => {
    noteServerTime(new Date(Date.now() + 90_000).toUTCString());
    expect(Math.abs(now() - Date.now() - 90_000)).toBeLessThan(1_600);
    noteServerTime(new Date(Date.now() + 900).toUTCString());
    expect(Math.abs(now() - Date.now())).toBeLessThan(50);
  });
});

describe('the vocabulary', () => {
  it('has a sign for every state, and no two states of a kind look and sound alike', () => {
    for (const signs of [PHASES.map(phaseSign), HEALTHS.map(healthSign)]) {
      expect(new Set(signs.map((sign) => sign.word)).size).toBe(signs.length);
    }
    const shapes = HEALTHS.map((health) => healthSign(health).shape);
    expect(new Set(shapes).size).toBe(HEALTHS.length);
  });

  it('shows a value that it does not know in its own words', () => {
    expect(phaseSign('hibernating' as never)).toMatchObject({ word: 'hibernating', role: 'muted' });
    expect(progressSign('paused' as never).word).toBe('paused');
  });

  it('shows health while running, the phase otherwise', () => {
    expect(sandboxSign(aSandbox()).word).toBe('Healthy');
    expect(sandboxSign(aSandbox({ phase: 'stopped' })).word).toBe('Stopped');
  });
});

describe('the reason', () => {
  const at = Date.parse(AT) + 2 * HOUR;

  it('is one sentence about what is', () => {
    expect(sentence(aSandbox(), at)).toBe('Running and healthy for 2 h.');
  });

  it('says why, how often and what is wished', () => {
    const sick = aSandbox({
      desired: 'stopped',
      health: {
        status: 'unhealthy',
        since: AT,
        consecutiveFailures: 5,
        lastProbeAt: AT,
        detail: 'no answer within 3 s',
      },
      conditions: [
        { type: 'repair_exhausted', message: 'Repair was tried three times', since: AT },
      ],
    });
    expect(sentence(sick, at)).toBe(
      'Running, but unhealthy for 2 h, 5 failed probes in a row: no answer within 3 s. It shall be stopped. Repair was tried three times.',
    );
    expect(remark(sick)).toBe('no answer within 3 s');
  });

  it('tells codes in words and names the way out', () => {
    expect(sentence(aSandbox({ phase: 'failed', reason: 'terminated_externally' }), at)).toBe(
      'Failed: terminated externally. Start tries again.',
    );
  });
});

describe('tags', () => {
  it('are one a line', () => {
    expect(parseTags('team=a\n\n url=x=y ').tags).toEqual({ team: 'a', url: 'x=y' });
    expect(parseTags('team').fault).toContain('key=value');
    expect(parseTags('a=1\na=2').fault).toContain('twice');
  });
});
