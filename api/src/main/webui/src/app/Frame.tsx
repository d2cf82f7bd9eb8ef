import { useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Boundary } from '@/shared/Boundary';
import { Notices } from './Notices';
import { Rail, useRailCollapsed } from './Rail';
import { SessionNotice } from './SessionNotice';
import { ShortcutHelp } from './ShortcutHelp';
import { useKeyboard } from './shortcuts';
import classes from './Frame.module.css';

/** What stands around every page. */
export function Frame() {
  const [isCollapsed] = useRailCollapsed();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useKeyboard();

  // Another page begins at its top, and so does whoever listens to it.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else {
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
  }, [pathname]);

  return (
    <div className={`${classes.frame ?? ''} ${isCollapsed ? (classes.collapsed ?? '') : ''}`}>
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <Rail />
      <main id="main" className={classes.main} tabIndex={-1} ref={main}>
        <SessionNotice />
        <Boundary key={pathname} what="This page">
          <Outlet />
        </Boundary>
      </main>
      <Notices />
      <ShortcutHelp />
    </div>
  );
}
