import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aSandbox, ID } from '@/test/data';
import { api, body, ifMatch } from './client';
import { ApiError } from './problem';
import { forgetSession, loginPath, sessionIsOver } from './session';

const assign = vi.fn();

function answer(status: number, content: unknown, headers: Record<string, string> = {}) {
  const fetched = vi.fn((_: Request) =>
    Promise.resolve(
      new Response(content === undefined ? null : JSON.stringify(content), {
        status,
        headers: { 'Content-Type': 'application/json', ...headers },
      }),
    ),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const read = () => body(api.GET('/api/v1/sandboxes/{id}', { params: { path: { id: ID } } }));
const failure = async () => {
  const error: unknown = await read().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};

describe('the fetch layer', () => {
  beforeEach(() => {
    forgetSession();
    assign.mockClear();
    vi.stubGlobal('location', {
      assign,
      origin: 'http://localhost:3000',
      pathname: '/audit',
      search: '?x=1',
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('says that it is a script, and yields the body', async () => {
    const fetched = answer(200, aSandbox());
    expect((await read()).name).toBe('checkout-1');
    const request = fetched.mock.calls[0]?.[0];
    expect(request?.headers.get('X-Requested-With')).toBe('JavaScript');
    expect(request?.url).toContain(`/api/v1/sandboxes/${ID}`);
  });

  it('repeats array parameters, as the API wants them', async () => {
    const fetched = answer(200, { items: [], nextCursor: null });
    await body(
      api.GET('/api/v1/sandboxes', { params: { query: { tag: ['a:1', 'b:2'], limit: 5 } } }),
    );
    expect(fetched.mock.calls[0]?.[0].url).toContain('tag=a%3A1&tag=b%3A2');
  });

  it('makes a problem an error that has its id and fields', async () => {
    const errors = [{ field: 'name', message: 'is taken', allowed: [] }];
    answer(409, {
      type: 'x',
      title: 'Conflict',
      status: 409,
      detail: 'It is there.',
      traceId: 't-1',
      errors,
    });
    const error = await failure();
    expect(error).toMatchObject({
      status: 409,
      message: 'It is there.',
      traceId: 't-1',
      fields: errors,
    });
    expect(error.isPassing).toBe(false);
  });

  it('knows when to come back', async () => {
    answer(503, { title: 'Unavailable', status: 503 }, { 'Retry-After': '7' });
    expect(await failure()).toMatchObject({ retryAfter: 7, isPassing: true });
  });

  it('tells no answer from an answer', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure()).toMatchObject({ status: 0, isOffline: true, traceId: null });
  });

  it.each([401, 499])(
    'goes to the login and back to this page on %i, before anything is shown',
    async (status) => {
      answer(status, undefined);
      await failure();
      expect(assign).toHaveBeenCalledWith('/login?returnTo=%2Faudit%3Fx%3D1');
    },
  );

  it('takes no page away that is already shown', async () => {
    answer(200, aSandbox());
    await read();
    answer(499, undefined);
    expect((await failure()).isSessionOver).toBe(true);
    expect(assign).not.toHaveBeenCalled();
  });

  it('leads back to the page that is asked for', () => {
    expect(loginPath('/sandboxes/1?tab=a b')).toBe(
      '/login?returnTo=%2Fsandboxes%2F1%3Ftab%3Da%20b',
    );
    const goTo = vi.fn();
    sessionIsOver(goTo);
    expect(goTo).toHaveBeenCalledTimes(1);
  });

  it('writes a version as an entity tag', () => {
    expect(ifMatch(12)).toBe('"12"');
  });
});
