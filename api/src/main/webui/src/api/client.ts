import createClient, { type Middleware } from 'openapi-fetch';
import { noteServerTime } from '@/shared/clock';
import { ApiError, errorOf } from './problem';
import type { paths } from './schema.gen';
import { sessionIsOpen, sessionIsOver } from './session';

/** What every request carries, and what every answer tells besides its body. */
const everyRequest: Middleware = {
  onRequest({ request }) {
    // Without it an ended session would answer with a redirect that no script can follow.
    request.headers.set('X-Requested-With', 'JavaScript');
    request.headers.set('Accept', 'application/json');
    return request;
  },
  onResponse({ response }) {
    noteServerTime(response.headers.get('Date'));
    if (response.status === 401 || response.status === 499) sessionIsOver();
    else sessionIsOpen();
  },
};

/** The one way to the API. Its types are generated from the contract. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  // eslint-disable-next-line no-restricted-globals -- looked up at each call, so that tests can replace it
  fetch: (request) => fetch(request),
  querySerializer: { array: { style: 'form', explode: true } },
});
api.use(everyRequest);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a success; anything else is thrown as an {@link ApiError}. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await reached(call);
  if (error !== undefined || !response.ok) throw errorOf(response, error);
  return data as T;
}

async function reached<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await call;
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError(0, null);
  }
}

/** Makes a repeated request the same request: one key per intention, kept while a form is open. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}

/** `If-Match` of what was read with this version. */
export function ifMatch(version: number): string {
  return `"${version}"`;
}

/** Leaves the session here and at the identity provider. */
export async function logOut(): Promise<void> {
  // eslint-disable-next-line no-restricted-globals -- not part of the contract
  const response = await fetch('/logout', {
    method: 'POST',
    headers: { 'X-Requested-With': 'JavaScript' },
  });
  if (!response.ok) throw errorOf(response, null);
  const { location: next } = (await response.json()) as { location: string };
  location.assign(next);
}
