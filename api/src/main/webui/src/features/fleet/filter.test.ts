import { describe, expect, it } from 'vitest';
import { ask, format, parse, suggest, withoutToken, withToken } from './filter';

const ID = '0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e';
const names = {
  templates: [{ id: ID, name: 'web browser' }],
  tenants: [{ id: ID, slug: 'default' }],
};

describe('the filter language', () => {
  it('tells conditions from words', () => {
    expect(parse('health:unhealthy checkout env:prod tag:team=a 7')).toEqual({
      tokens: [
        { key: 'health', value: 'unhealthy' },
        { key: 'env', value: 'prod' },
        { key: 'tag', value: 'team=a' },
      ],
      text: 'checkout 7',
    });
  });

  it('keeps quoted values together', () => {
    expect(parse('template:"web browser" x').tokens).toEqual([
      { key: 'template', value: 'web browser' },
    ]);
  });

  it('searches for what has a colon but no known key', () => {
    expect(parse('10.0.0.1:8000')).toEqual({ tokens: [], text: '10.0.0.1:8000' });
  });

  it.each([
    'health:unhealthy env:prod tag:team=a two words',
    'template:"web browser"',
    'drift:yes version:3',
    '',
  ])('writes what it has read: %s', (written) => {
    expect(format(parse(written))).toBe(written);
  });

  it('takes the newer of two conditions, but any number of tags', () => {
    const filter = parse('phase:running phase:stopped tag:a=1 tag:b=2');
    expect(format(filter)).toBe('phase:stopped tag:a=1 tag:b=2');
    expect(format(withToken(filter, { key: 'phase', value: 'failed' }))).toContain('phase:failed');
    expect(format(withoutToken(filter, { key: 'tag', value: 'a=1' }))).toBe(
      'phase:stopped tag:b=2',
    );
  });

  it('becomes the parameters of the API', () => {
    const filter = parse(
      'env:prod ec2:running template:"web browser" version:2 drift:no tenant:default tag:team=a=b some text',
    );
    expect(ask(filter, names)).toEqual({
      filters: {
        environment: 'prod',
        ec2Status: 'running',
        templateId: ID,
        templateVersion: 2,
        drifted: false,
        tenantId: ID,
        tag: ['team:a=b'],
        q: 'some text',
      },
      faults: [],
    });
  });

  it('takes an id where a name is not known', () => {
    expect(ask(parse(`template:${ID}`), { templates: [], tenants: [] }).filters).toEqual({
      templateId: ID,
    });
  });

  it.each(['health:sick', 'template:none', 'version:x', 'drift:maybe', 'tag:team'])(
    'leaves out what cannot be right and says so: %s',
    (written) => {
      const { filters, faults } = ask(parse(written), names);
      expect(filters).toEqual({});
      expect(faults).toHaveLength(1);
    },
  );

  it('names what is allowed', () => {
    expect(ask(parse('health:sick'), names).faults[0]).toContain(
      'healthy, degraded, unhealthy, unknown',
    );
  });
});

describe('suggestions', () => {
  it('begin with keys', () => {
    expect(suggest('en', names).map((one) => one.text)).toEqual(['env:']);
    expect(suggest('', names).length).toBeGreaterThan(5);
  });

  it('go on with values, also of templates', () => {
    expect(suggest('health:un', names).map((one) => one.text)).toEqual([
      'health:unhealthy',
      'health:unknown',
    ]);
    expect(suggest('x template:', names).map((one) => one.text)).toEqual([
      'template:"web browser"',
    ]);
  });
});
