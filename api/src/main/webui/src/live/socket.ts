import type { EventMessage } from '@/api/types';

/** What the rail's foot says of the connection. */
export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'stale'; since: number; attempt: number }
  | { kind: 'stopped'; why: string };

/** What comes over the socket besides events; see docs/events.md. */
interface Notice {
  type: string;
  seq?: number;
  stream?: string;
  code?: number;
  detail?: string;
}

interface Place {
  stream: string;
  seq: number;
}

export interface LiveListener {
  onEvent(event: EventMessage): void;
  /** Events were missed: whatever is shown must be read again. */
  onResync(): void;
  onState(state: LiveState): void;
  /** The session or the caller's rights have changed. */
  onCallerChanged(): void;
}

export interface LiveWorld {
  open(): WebSocket;
  now(): number;
  /** From 0 to 1. */
  random(): number;
}

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** Heartbeats come every 15 s; a connection without any for so long is dead without knowing it. */
const SILENCE = 40_000;

const CLOSED = { fault: 4400, caller: 4401, denied: 4403 };

/**
 * The one connection to `/api/v1/events`: subscribes, keeps its place in the stream, comes back with
 * it, and tells when that was not possible.
 */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private place: Place | null = null;
  private attempt = 0;
  private staleSince = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private isClosed = false;

  constructor(
    private readonly listener: LiveListener,
    private readonly world: LiveWorld,
  ) {}

  start(): void {
    this.isClosed = false;
    this.listener.onState({ kind: 'connecting' });
    this.connect();
  }

  stop(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    this.socket?.close(1000);
    this.socket = null;
  }

  /** Comes back at once: the network or the session is there again. */
  wake(): void {
    if (this.isClosed || this.socket !== null) return;
    clearTimeout(this.retry);
    this.connect();
  }

  private connect(): void {
    const socket = this.world.open();
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.subscription()));
    socket.onmessage = (message) => this.receive(String(message.data));
    socket.onclose = (close) => {
      if (this.socket === socket) this.closed(close.code);
    };
    this.listen();
  }

  private subscription(): object {
    return this.place === null
      ? { subscribe: {} }
      : { subscribe: {}, after: this.place.seq, stream: this.place.stream };
  }

  private receive(text: string): void {
    this.listen();
    const message = JSON.parse(text) as Notice;
    switch (message.type) {
      case 'subscribed':
        this.arrived(message);
        break;
      case 'resync':
        this.arrived(message);
        this.listener.onResync();
        break;
      case 'heartbeat':
        this.keep(message.seq);
        break;
      case 'error':
        console.error('The event stream refused', message.code, message.detail);
        break;
      default:
        this.event(message);
    }
  }

  /** New kinds of notice may come: only what has a number and a moment is an event. */
  private event(message: Partial<EventMessage>): void {
    if (message.seq === undefined || message.at === undefined) return;
    this.keep(message.seq);
    this.listener.onEvent(message as EventMessage);
  }

  private arrived(notice: Notice): void {
    if (notice.stream !== undefined && notice.seq !== undefined) {
      const isFirst = this.place === null;
      this.place = { stream: notice.stream, seq: notice.seq };
      // What was read before the subscription stood may miss what happened in between.
      if (isFirst && this.staleSince > 0) this.listener.onResync();
    }
    this.attempt = 0;
    this.staleSince = 0;
    this.listener.onState({ kind: 'live' });
  }

  private keep(seq: number | undefined): void {
    if (this.place !== null && seq !== undefined && seq > this.place.seq) this.place.seq = seq;
  }

  private closed(code: number): void {
    this.socket = null;
    clearTimeout(this.silence);
    if (this.isClosed) return;
    if (code === CLOSED.caller) this.listener.onCallerChanged();
    if (code === CLOSED.fault || code === CLOSED.denied) {
      this.listener.onState({
        kind: 'stopped',
        why: `The server refused the subscription (${code})`,
      });
      return;
    }
    this.attempt += 1;
    if (this.staleSince === 0) this.staleSince = this.world.now();
    this.listener.onState({ kind: 'stale', since: this.staleSince, attempt: this.attempt });
    this.retry = setTimeout(() => this.connect(), this.delay(code));
  }

  /** A replica that stops is left at once; otherwise longer each time, never all clients together. */
  private delay(code: number): number {
    if (code === 1001 && this.attempt === 1) return this.world.random() * FIRST_DELAY;
    const most = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (this.attempt - 1));
    return most / 2 + (this.world.random() * most) / 2;
  }

  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      const socket = this.socket;
      socket?.close();
      // A dead network may never report the close.
      if (socket !== null && this.socket === socket) this.closed(1006);
    }, SILENCE);
  }
}
