import { Elapsed } from '@/shared/Time';
import { Status } from '@/shared/StatusGlyph';
import type { Sign } from '@/shared/vocabulary';
import { useLive } from './Live';
import type { LiveState } from './socket';

const SIGNS: Record<LiveState['kind'], Sign> = {
  connecting: { shape: 'arc', role: 'busy', word: 'Connecting' },
  live: { shape: 'disc', role: 'ok', word: 'Live' },
  stale: { shape: 'half', role: 'warn', word: 'Stale' },
  stopped: { shape: 'square', role: 'bad', word: 'Not live' },
};

/** Whether what is shown is true now. */
export function ConnectionState() {
  const live = useLive();
  return (
    <span role="status" title={explanation(live)}>
      <Status sign={SIGNS[live.kind]}>
        {live.kind === 'stale' ? (
          <>
            Stale for <Elapsed since={new Date(live.since).toISOString()} />
          </>
        ) : undefined}
      </Status>
    </span>
  );
}

function explanation(live: LiveState): string {
  switch (live.kind) {
    case 'live':
      return 'Changes appear as they happen';
    case 'connecting':
      return 'Connecting to the event stream';
    case 'stale':
      return `The event stream is closed; attempt ${live.attempt} to reconnect. Lists are read every 10 seconds meanwhile.`;
    case 'stopped':
      return live.why;
  }
}
