import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import type { Sandbox, SandboxPage } from '@/api/types';
import { aSandbox, anEvent, ID } from '@/test/data';
import { LiveCache, patchedList } from './cache';
import { changedBy } from './changes';

const other = aSandbox({ id: 'other', name: 'other' });

function list(...pages: Sandbox[][]): InfiniteData<SandboxPage> {
  return {
    pages: pages.map((items) => ({ items, nextCursor: null })),
    pageParams: pages.map(() => undefined),
  };
}

describe('a row and an event', () => {
  it('take phase, reason, health and EC2 from it', () => {
    const after = changedBy(aSandbox(), [
      anEvent('sandbox.phase', { phase: 'stopping', reason: 'asked for', statusVersion: 9 }),
      anEvent('sandbox.ec2', { status: 'stopping', instanceId: 'i-0123', privateIp: '10.0.0.2' }),
      anEvent('sandbox.health', {
        status: 'unhealthy',
        since: '2026-11-25T11:00:00Z',
        consecutiveFailures: 3,
        reason: 'no answer',
      }),
      anEvent('sandbox.changed', { version: 4, desired: 'stopped' }),
    ]);
    expect(after).toMatchObject({
      phase: 'stopping',
      reason: 'asked for',
      desired: 'stopped',
      version: 4,
      ec2: { status: 'stopping', privateIp: '10.0.0.2', type: 'm7i.large' },
      health: { status: 'unhealthy', consecutiveFailures: 3, detail: 'no answer' },
    });
  });

  it('leave the very same row where nothing differs, or nothing is known', () => {
    const before = aSandbox();
    expect(changedBy(before, [anEvent('sandbox.phase', { phase: 'running', reason: null })])).toBe(
      before,
    );
    expect(changedBy(before, [anEvent('sandbox.invented', { phase: 'x' })])).toBe(before);
  });

  it('do not go back to an older version', () => {
    expect(changedBy(aSandbox(), [anEvent('sandbox.changed', { version: 2 })]).version).toBe(3);
  });

  it('do not take a code of the agent for the reason of the phase', () => {
    const row = changedBy(aSandbox(), [
      anEvent('sandbox.changed', { reason: 'agent_started', bootId: 'b' }),
    ]);
    expect(row.reason).toBeNull();
  });
});

describe('a list and an event', () => {
  it('keep order, other rows and untouched pages as they are', () => {
    const before = list([aSandbox()], [other]);
    const after = patchedList(before, (row) => (row.id === ID ? { ...row, phase: 'failed' } : row));
    expect(after.pages[0]?.items[0]?.phase).toBe('failed');
    expect(after.pages[1]).toBe(before.pages[1]);
    expect(patchedList(before, (row) => row)).toBe(before);
  });
});

describe('the cache', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function world() {
    const fetched = vi.fn((_: Request) =>
      Promise.resolve(Response.json(aSandbox({ phase: 'draining', capacity: 7 }))),
    );
    vi.stubGlobal('fetch', fetched);
    const queries = new QueryClient();
    const key = keys.sandboxList({});
    queries.setQueryData(key, list([aSandbox(), other]));
    const invalidated = vi.spyOn(queries, 'invalidateQueries');
    const rows = () => queries.getQueryData<InfiniteData<SandboxPage>>(key)?.pages[0]?.items ?? [];
    return { fetched, queries, cache: new LiveCache(queries), rows, invalidated };
  }

  it('patches rows at once and reads them again once', async () => {
    const { cache, rows, fetched } = world();
    cache.add(anEvent('sandbox.phase', { phase: 'draining', reason: null }));
    cache.add(anEvent('sandbox.ec2', { status: 'running', instanceId: 'i-0123' }));
    vi.advanceTimersByTime(100);
    expect(rows()[0]?.phase).toBe('draining');
    expect(rows()[1]).toBe(other);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(rows()[0]?.capacity).toBe(7);
    vi.unstubAllGlobals();
  });

  it('does not ask for rows that nobody sees', async () => {
    const { cache, fetched } = world();
    cache.add(anEvent('sandbox.phase', { phase: 'draining' }, { sandboxId: 'unseen' }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(fetched).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });

  it('counts the fleet once for a storm of events', () => {
    const { cache, invalidated } = world();
    for (let i = 0; i < 500; i++)
      cache.add(anEvent('sandbox.phase', { phase: 'stopping' }, { sandboxId: `s${i}` }));
    vi.advanceTimersByTime(1_200);
    const counted = invalidated.mock.calls.filter(([filter]) => filter?.queryKey === keys.summary);
    expect(counted).toHaveLength(1);
  });

  it('reads everything again after a resync', () => {
    const { cache, invalidated } = world();
    cache.resync();
    expect(invalidated).toHaveBeenCalledWith();
  });
});
