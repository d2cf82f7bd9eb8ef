import { describe, expect, it } from 'vitest';
import { may } from '@/app/me';
import type { SandboxMetrics, TemplateParameter, TemplateSpec } from '@/api/types';
import { anEvent, anOperation, aPerson, aSandbox, AT, ID, TENANT } from '@/test/data';
import { differences } from './audit/diff';
import {
  emptyDraft,
  faultsOf,
  firstFaulty,
  names,
  parameterFault,
  request,
  stepOf,
} from './create/draft';
import { bulkRequest, previewSentence } from './fleet/bulk';
import { csv } from './fleet/csv';
import { whyNot } from './sandbox/actions';
import { lastOf, series } from './sandbox/series';
import { timeline } from './sandbox/timeline';

describe('actions', () => {
  const operator = aPerson(['read', 'operate', 'terminate']);

  it('say why they cannot be taken', () => {
    expect(whyNot('start', aSandbox(), operator)).toBe('It is running already');
    expect(whyNot('stop', aSandbox(), operator)).toBeNull();
    expect(whyNot('start', aSandbox({ phase: 'failed' }), operator)).toBeNull();
    expect(whyNot('upgrade', aSandbox(), operator)).toContain('provision');
    expect(whyNot('stop', aSandbox({ desired: 'terminated' }), operator)).toBe(
      'It is being terminated',
    );
    expect(whyNot('stop', aSandbox(), undefined)).not.toBeNull();
  });

  it('are allowed only where the right holds', () => {
    const inDev = aPerson(['operate'], [{ tenantId: TENANT, environment: 'dev' }]);
    expect(may(inDev, 'operate', aSandbox())).toBe(true);
    expect(may(inDev, 'operate', aSandbox({ environment: 'prod' }))).toBe(false);
    expect(may(inDev, 'operate')).toBe(true);
    expect(may(inDev, 'terminate')).toBe(false);
  });
});

describe('bulk', () => {
  it('sends ids or the filter, never both, and no order', () => {
    expect(bulkRequest('stop', { ids: [ID] }, { dryRun: true })).toEqual({
      action: 'stop',
      ids: [ID],
      dryRun: true,
    });
    const request = bulkRequest('stop', { filters: { health: 'unhealthy', tag: ['a:1'] } }, {});
    expect(request.filter).toMatchObject({ health: 'unhealthy', tag: ['a:1'], phase: null });
    expect(request.ids).toBeUndefined();
    expect(request.filter).not.toHaveProperty('sort');
  });

  it('sums up what would happen', () => {
    const item = { sandboxId: ID, name: 'a', detail: '' };
    const items = [
      { ...item, effect: 'act' as const },
      { ...item, effect: 'skip' as const },
      { ...item, effect: 'refuse' as const },
    ];
    expect(previewSentence('Stop', { action: 'stop', total: 3, acting: 1, items })).toBe(
      'Stop 3: 1 now, 1 need nothing, 1 cannot.',
    );
  });
});

describe('the export', () => {
  it('quotes what needs it and makes no formula', () => {
    const lines = csv([
      aSandbox({ name: '=cmd()', reason: 'a "b", c', tags: { team: 'a' } }),
    ]).split('\r\n');
    expect(lines[0]?.startsWith('id,name,')).toBe(true);
    expect(lines[1]).toContain(",'=cmd(),");
    expect(lines[1]).toContain('"a ""b"", c"');
    expect(lines[1]).toContain('team=a');
  });
});

describe('charts', () => {
  const spread = { min: 0, avg: 0.5, max: 1 };
  const point = { probes: 6, failures: 0, cpu: spread, memory: null, disk: null, tasks: null };

  it('leave a gap where nothing was measured', () => {
    const metrics: SandboxMetrics = {
      sandboxId: ID,
      from: AT,
      to: '2026-11-25T10:04:00Z',
      step: '1m',
      points: [
        { ...point, at: AT },
        { ...point, at: '2026-11-25T10:02:00Z' },
      ],
    };
    const { times, values } = series(metrics);
    expect(times).toHaveLength(4);
    expect(values.cpu).toEqual([0.5, null, 0.5, null]);
    expect(values.memory).toEqual([null, null, null, null]);
    expect(lastOf(values.cpu)).toBe(0.5);
    expect(lastOf(values.memory)).toBeNull();
  });
});

describe('the timeline', () => {
  it('puts steps under their operation, verdicts by themselves, newest first', () => {
    const entries = timeline(
      [anOperation()],
      [
        anEvent(
          'sandbox.health',
          { status: 'healthy', reason: '2 probes' },
          { seq: 5, at: '2026-11-25T10:00:20Z' },
        ),
        anEvent('operation.progress', {}, { seq: 4, at: '2026-11-25T10:00:04Z' }),
        anEvent(
          'sandbox.phase',
          { phase: 'booting', reason: null },
          { seq: 3, at: '2026-11-25T10:00:02Z' },
        ),
        anEvent('sandbox.ec2', { status: 'stopped' }, { seq: 9, at: '2026-11-25T12:00:00Z' }),
      ],
    );
    expect(entries.map((entry) => entry.kind)).toEqual(['ec2', 'health', 'operation']);
    const [, , operation] = entries;
    expect(operation?.kind === 'operation' && operation.events.map((line) => line.text)).toEqual([
      'Booting',
    ]);
  });
});

describe('the audit', () => {
  it('shows what differs, leaf by leaf', () => {
    expect(
      differences(
        { phase: 'a', tags: { x: '1', y: '2' }, same: 1 },
        { phase: 'b', tags: { y: '2' }, same: 1, n: [1] },
      ),
    ).toEqual([
      { path: 'n', before: null, after: '[1]' },
      { path: 'phase', before: 'a', after: 'b' },
      { path: 'tags.x', before: '1', after: null },
    ]);
  });
});

describe('the draft of new sandboxes', () => {
  const parameter: TemplateParameter = {
    name: 'size',
    type: 'integer',
    description: null,
    minimum: 1,
    maximum: 9,
    choices: [],
    pattern: null,
    required: null,
    secret: null,
  };
  const spec = { capacity: 2, parameters: [parameter] } as unknown as TemplateSpec;
  const draft = {
    ...emptyDraft(ID),
    name: 'web',
    count: 3,
    tags: 'team=a',
    parameters: { size: '4' },
  };

  it.each([
    ['', 'A value is needed'],
    ['x', 'A whole number'],
    ['0', 'At least 1'],
    ['10', 'At most 9'],
    ['4', null],
  ])('checks a parameter: %s', (value, fault) =>
    expect(parameterFault(parameter, value)).toBe(fault),
  );

  it('takes an empty value for the default', () => {
    expect(parameterFault({ ...parameter, defaultValue: 5 }, '')).toBeNull();
  });

  it('leads to the first step that is not right', () => {
    expect(firstFaulty(emptyDraft(), undefined)).toBe('template');
    expect(firstFaulty({ ...draft, parameters: {} }, spec)).toBe('parameters');
    expect(firstFaulty({ ...draft, name: '-x' }, spec)).toBe('details');
    expect(firstFaulty(draft, spec)).toBe('review');
    expect(faultsOf('details', { ...draft, count: 51 }, spec)).toHaveProperty('count');
  });

  it('names each and types its values', () => {
    expect(names(draft)).toEqual(['web-1', 'web-2', 'web-3']);
    expect(names({ ...draft, count: 1 })).toEqual(['web']);
    expect(request(draft, 'web-1', spec)).toMatchObject({
      name: 'web-1',
      templateId: ID,
      parameters: { size: 4 },
      tags: { team: 'a' },
      capacity: null,
    });
  });

  it('knows where a fault of the server belongs', () => {
    expect(stepOf({ field: 'parameters.size', message: '' })).toBe('parameters');
    expect(stepOf({ field: 'name', message: '' })).toBe('details');
  });
});
