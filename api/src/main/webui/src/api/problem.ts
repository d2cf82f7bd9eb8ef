import type { FieldError, Problem } from './types';

/** Why a request did not succeed, whatever came back. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP's status; 0 when no answer came. */
    readonly status: number,
    readonly problem: Problem | null,
    /** Seconds that the server asks to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(
      problem?.detail ??
        problem?.title ??
        (status === 0 ? 'No answer from Valet' : `HTTP ${status}`),
    );
  }

  /** What finds the server's log lines; null if no server was reached. */
  get traceId(): string | null {
    return this.problem?.traceId ?? null;
  }

  get fields(): FieldError[] {
    return this.problem?.errors ?? [];
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  /** The session is over: `java-script-auto-redirect=false` makes 499 of a redirect to the login. */
  get isSessionOver(): boolean {
    return this.status === 401 || this.status === 499;
  }

  get isForbidden(): boolean {
    return this.status === 403;
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }

  /** Whether the same request may succeed a little later. */
  get isPassing(): boolean {
    return this.isOffline || this.status === 429 || this.status === 502 || this.status === 503;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && 'status' in body;
}

export function errorOf(response: Response, body: unknown): ApiError {
  const after = Number(response.headers.get('Retry-After'));
  return new ApiError(
    response.status,
    isProblem(body) ? body : null,
    Number.isFinite(after) && after > 0 ? after : null,
  );
}

/** Anything that was thrown, as an error that a page can show. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, null);
}
