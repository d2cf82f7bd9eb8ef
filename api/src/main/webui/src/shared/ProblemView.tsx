import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { asApiError, type ApiError } from '@/api/problem';
import { Copy } from './Copy';
import classes from './ProblemView.module.css';

interface Words {
  title: string;
  next: string;
  isCalm?: boolean;
}

/** What happened, and what now. */
function wordsOf(error: ApiError, what: string): Words {
  if (error.isOffline) {
    return {
      title: `${what} could not be read: Valet does not answer`,
      next: 'The page tries again by itself. Your sandboxes do not depend on it.',
    };
  }
  if (error.isForbidden) {
    return {
      title: `You may not see ${what.toLowerCase()}`,
      next: error.problem?.detail ?? 'Ask an administrator for a role that may.',
      isCalm: true,
    };
  }
  if (error.isNotFound) {
    return {
      title: `${what} was not found`,
      next: 'It does not exist, or belongs to a tenant that you may not see.',
      isCalm: true,
    };
  }
  if (error.isSessionOver) {
    return { title: 'Your session has ended', next: 'Sign in again to go on.', isCalm: true };
  }
  return {
    title: error.problem?.title ?? `${what} could not be read`,
    next:
      error.problem?.detail ??
      'Try again; if it stays so, give the request id to whoever runs Valet.',
  };
}

/** A request that did not succeed: why, the fields at fault, what to do, the id for the log. */
export function ProblemView({
  error,
  what = 'This',
  onRetry,
  children,
}: {
  error: unknown;
  what?: string;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  const problem = asApiError(error);
  const words = wordsOf(problem, what);
  return (
    <div
      className={`${classes.problem ?? ''} ${words.isCalm === true ? (classes.calm ?? '') : ''}`}
      role="alert"
    >
      <div className={classes.title}>{words.title}</div>
      <div>{words.next}</div>
      {problem.fields.length > 0 && (
        <ul>
          {problem.fields.map((fault) => (
            <li key={fault.field + fault.message}>
              <code>{fault.field === '' ? 'request' : fault.field}</code> {fault.message}
            </li>
          ))}
        </ul>
      )}
      {children}
      {(onRetry !== undefined || problem.traceId !== null) && (
        <div className={classes.foot}>
          {onRetry !== undefined && !problem.isForbidden && (
            <Button onClick={onRetry}>Try again</Button>
          )}
          {problem.traceId !== null && (
            <span className="muted">
              Request <Copy text={problem.traceId} label="request id" />
            </span>
          )}
        </div>
      )}
    </div>
  );
}
