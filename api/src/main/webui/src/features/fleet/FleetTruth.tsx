import { useNow } from '@/shared/clock';
import { count, plural, timeOfDay } from '@/shared/format';
import { isMoving } from '@/shared/vocabulary';
import type { FleetSummary, Phase } from '@/api/types';
import { useLive } from '@/live/Live';
import { useFleetSummary } from './queries';

/** "312 sandboxes, 4 unhealthy, 2 on the way; all of it as of 12:04:31." */
export function FleetTruth() {
  const summary = useFleetSummary();
  const live = useLive();
  const now = useNow();
  if (summary.data === undefined)
    return <>{summary.error === null ? 'Counting' : 'Not known now'}</>;
  const asOf = live.kind === 'live' ? now : summary.dataUpdatedAt;
  return (
    <span className="num">
      {truth(summary.data)}; all of it as of {timeOfDay(asOf)}
    </span>
  );
}

function truth({ total, byHealth, byPhase }: FleetSummary): string {
  const moving = Object.entries(byPhase)
    .filter(([phase]) => isMoving(phase as Phase))
    .reduce((sum, [, many]) => sum + many, 0);
  const parts = [
    [byHealth.unhealthy ?? 0, 'unhealthy'],
    [byHealth.degraded ?? 0, 'degraded'],
    [byPhase.failed ?? 0, 'failed'],
    [moving, 'on the way'],
  ] as const;
  const remarkable = parts
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${count(many)} ${word}`);
  const rest = remarkable.length > 0 ? remarkable : ['nothing to do'];
  return [plural(total, 'sandbox', 'sandboxes'), ...(total === 0 ? [] : rest)].join(', ');
}
