import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { loginPath, useSession } from '@/api/session';
import classes from './Frame.module.css';

/** The session is over: said without taking the page, or what was typed into it, away. */
export function SessionNotice() {
  const session = useSession();
  const queries = useQueryClient();
  const before = useRef(session);
  useEffect(() => {
    // What failed while nobody was known is asked for again.
    if (before.current === 'over' && session === 'open') void queries.invalidateQueries();
    before.current = session;
  }, [session, queries]);
  if (session !== 'over') return null;
  return (
    <div className={classes.bar} role="alert">
      <span>
        <strong>Your session has ended.</strong> What you see is as it was; nothing that you typed
        is lost.
      </span>
      <span>
        <Button
          variant="filled"
          component="a"
          href={loginPath('/signed-in')}
          target="_blank"
          rel="opener"
        >
          Sign in, in a new tab
        </Button>{' '}
        <Button component="a" href={loginPath()}>
          Sign in here
        </Button>
      </span>
    </div>
  );
}
