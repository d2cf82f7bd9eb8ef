import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { keys } from '@/api/keys';
import { useSession } from '@/api/session';
import { now } from '@/shared/clock';
import { LiveCache } from './cache';
import { LiveSocket, type LiveState } from './socket';

const LiveContext = createContext<LiveState>({ kind: 'connecting' });

export const useLive = (): LiveState => useContext(LiveContext);

/** How often to poll: not at all while events come. */
export function usePolling(millis = 10_000): number | false {
  return useLive().kind === 'live' ? false : millis;
}

function open(): WebSocket {
  const base = location.origin.replace(/^http/, 'ws');
  return new WebSocket(`${base}/api/v1/events`);
}

/** Keeps the one connection for the whole page. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const session = useSession();
  const [state, setState] = useState<LiveState>({ kind: 'connecting' });

  useEffect(() => {
    if (session === 'over') return;
    const cache = new LiveCache(queries);
    const socket = new LiveSocket(
      {
        onEvent: (event) => cache.add(event),
        onResync: () => cache.resync(),
        onState: setState,
        onCallerChanged: () => void queries.invalidateQueries({ queryKey: keys.me }),
      },
      { open, now, random: Math.random },
    );
    const wake = () => socket.wake();
    socket.start();
    window.addEventListener('online', wake);
    return () => {
      window.removeEventListener('online', wake);
      socket.stop();
      cache.stop();
    };
  }, [queries, session]);

  return <LiveContext value={state}>{children}</LiveContext>;
}
