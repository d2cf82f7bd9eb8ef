import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveSocket, type LiveState } from './socket';

class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];

  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close() {
    // A dead network: nobody hears of it.
  }

  says(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function connect() {
  const sockets: FakeSocket[] = [];
  const states: LiveState[] = [];
  const listener = {
    onEvent: vi.fn(),
    onResync: vi.fn(),
    onState: (state: LiveState) => states.push(state),
    onCallerChanged: vi.fn(),
  };
  const live = new LiveSocket(listener, {
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    now: () => Date.now(),
    random: () => 1,
  });
  live.start();
  const last = () => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  };
  return { live, sockets, states, listener, last };
}

describe('the event stream', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function subscribed() {
    const world = connect();
    world.last().onopen?.();
    world.last().says({ type: 'subscribed', stream: 's1', seq: 10 });
    return world;
  }

  it('asks for everything and is live once that is answered', () => {
    const { last, states } = subscribed();
    expect(last().sent).toEqual([{ subscribe: {} }]);
    expect(states.at(-1)).toEqual({ kind: 'live' });
  });

  it('comes back with its place, counting heartbeats', () => {
    const { last, sockets } = subscribed();
    last().says({ seq: 12, type: 'sandbox.phase', at: 'now', data: {} });
    last().says({ type: 'heartbeat', seq: 40 });
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
    last().onopen?.();
    expect(last().sent).toEqual([{ subscribe: {}, after: 40, stream: 's1' }]);
  });

  it('hands on events, and not what it does not know', () => {
    const { last, listener } = subscribed();
    last().says({ seq: 11, type: 'sandbox.new-kind', at: 'now', data: {} });
    last().says({ type: 'some-notice' });
    expect(listener.onEvent).toHaveBeenCalledTimes(1);
  });

  it('tells when events were missed, and goes on from there', () => {
    const { last, listener } = subscribed();
    last().says({ type: 'resync', stream: 's2', seq: 3, reason: 'another stream' });
    expect(listener.onResync).toHaveBeenCalledTimes(1);
    last().onclose?.({ code: 1013 });
    vi.advanceTimersByTime(500);
    last().onopen?.();
    expect(last().sent).toEqual([{ subscribe: {}, after: 3, stream: 's2' }]);
  });

  it('waits longer each time, and counts from when it became stale', () => {
    const { last, sockets, states } = subscribed();
    const since = Date.now();
    for (const wait of [500, 1_000, 2_000, 4_000]) {
      last().onclose?.({ code: 1006 });
      vi.advanceTimersByTime(wait - 1);
      const before = sockets.length;
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(before + 1);
    }
    expect(states.at(-1)).toEqual({ kind: 'stale', since, attempt: 4 });
  });

  it('takes silence for a dead connection', () => {
    const { sockets } = subscribed();
    vi.advanceTimersByTime(40_000 + 500);
    expect(sockets).toHaveLength(2);
  });

  it('asks who it is again when its rights have changed', () => {
    const { last, listener } = subscribed();
    last().onclose?.({ code: 4401 });
    expect(listener.onCallerChanged).toHaveBeenCalledTimes(1);
  });

  it.each([4400, 4403])('does not insist after %i', (code) => {
    const { last, sockets, states } = subscribed();
    last().onclose?.({ code });
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
    expect(states.at(-1)?.kind).toBe('stopped');
  });

  it('opens nothing once it is stopped', () => {
    const { live, last, sockets } = subscribed();
    last().onclose?.({ code: 1006 });
    live.stop();
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
  });
});
