import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { EventMessage, Sandbox } from '@/api/types';
import { later } from '@/shared/later';
import { Card, Empty, Loaded } from '@/shared/Page';
import { useEvents, useMetrics } from './queries';
import { RANGE_NAMES, type RangeName } from './ranges';

const Charts = later(async () => (await import('./Charts')).Charts);

/** The sandbox over time. The library that draws is loaded with the first chart. */
export function ChartsCard({ sandbox }: { sandbox: Sandbox }) {
  const [range, setRange] = useState<RangeName>('1h');
  return (
    <Card
      title="Load"
      aside={
        <SegmentedControl
          aria-label="Span"
          data={[...RANGE_NAMES]}
          value={range}
          onChange={(value) => setRange(value)}
        />
      }
    >
      <Drawn sandbox={sandbox} range={range} />
    </Card>
  );
}

function Drawn({ sandbox, range }: { sandbox: Sandbox; range: RangeName }) {
  const metrics = useMetrics(sandbox.id, range);
  const events = useEvents(sandbox.id);
  return (
    <Loaded query={metrics} what="The measurements" lines={8}>
      {(data) =>
        data.points.length === 0 ? (
          <Empty title="Nothing was measured in this span">
            Running sandboxes are measured with every probe; the first minute shows after it is
            over.
          </Empty>
        ) : (
          <Charts
            metrics={data}
            capacity={sandbox.capacity}
            marks={marks(events.data?.pages.flatMap((page) => page.items) ?? [])}
          />
        )
      }
    </Loaded>
  );
}

export interface Mark {
  at: number;
  text: string;
}

/** Verdicts and phases stand as lines in every chart. */
function marks(events: EventMessage[]): Mark[] {
  return events
    .filter((event) => event.type === 'sandbox.health' || event.type === 'sandbox.phase')
    .map((event) => {
      const data = event.data as { status?: string; phase?: string };
      return { at: Date.parse(event.at) / 1_000, text: data.status ?? data.phase ?? '' };
    });
}
