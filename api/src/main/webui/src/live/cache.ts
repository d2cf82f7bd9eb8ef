import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/keys';
import type { EventMessage, Sandbox, SandboxPage } from '@/api/types';
import { changedBy } from './changes';

const BATCH = 100;
const REREAD = 700;
/** More at once than this is a storm: the events alone keep the rows true then. */
const MOST_REREAD = 24;
const SUMMARY = 1_000;
const LISTS = 2_000;

/**
 * Brings events into the query cache: rows are changed where they stand, so that nothing jumps and no
 * selection is lost, and what an event does not tell is read again, a little later and once.
 */
export class LiveCache {
  private batch: EventMessage[] = [];
  private readonly stale = new Set<string>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly queries: QueryClient) {}

  add(event: EventMessage): void {
    this.batch.push(event);
    this.later('batch', BATCH, () => this.flush());
  }

  /** Whatever is shown may be wrong: read it again. */
  resync(): void {
    this.batch = [];
    void this.queries.invalidateQueries();
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private flush(): void {
    const events = this.batch;
    this.batch = [];
    const bySandbox = new Map<string, EventMessage[]>();
    for (const event of events) {
      this.invalidate(event);
      if (event.sandboxId !== null && event.type.startsWith('sandbox.')) {
        bySandbox.set(event.sandboxId, [...(bySandbox.get(event.sandboxId) ?? []), event]);
      }
    }
    this.patch((sandbox) => {
      const its = bySandbox.get(sandbox.id);
      return its === undefined ? sandbox : changedBy(sandbox, its);
    });
    for (const id of bySandbox.keys()) this.stale.add(id);
    if (bySandbox.size > 0) this.later('reread', REREAD, () => this.reread());
  }

  private invalidate(event: EventMessage): void {
    if (event.type === 'fleet.freeze') this.invalidateSoon('freeze', keys.freeze, 0);
    if (event.type === 'sandbox.created') this.invalidateSoon('lists', keys.sandboxLists, LISTS);
    if (event.type.startsWith('sandbox.')) this.invalidateSoon('summary', keys.summary, SUMMARY);
    if (event.type === 'operation.progress') {
      const id = (event.data as { operationId?: string }).operationId;
      if (id !== undefined) this.invalidateSoon(`operation ${id}`, keys.operation(id), BATCH);
      this.invalidateSoon('operations', keys.operationLists, SUMMARY);
    }
    if (event.sandboxId !== null) {
      const id = event.sandboxId;
      this.invalidateSoon(`parts ${id}`, keys.sandboxParts(id), REREAD);
    }
  }

  /** Replaces rows in every list and detail that has them. */
  private patch(change: (sandbox: Sandbox) => Sandbox): void {
    this.queries.setQueriesData<InfiniteData<SandboxPage>>(
      { queryKey: keys.sandboxLists },
      (list) => (list === undefined ? undefined : patchedList(list, change)),
    );
    this.queries.setQueriesData<Sandbox>({ queryKey: keys.sandboxDetails }, (sandbox) =>
      sandbox === undefined ? undefined : change(sandbox),
    );
  }

  private reread(): void {
    const ids = [...this.stale];
    this.stale.clear();
    const wanted = ids.length <= MOST_REREAD ? ids : ids.filter((id) => this.isOpen(id));
    for (const id of wanted.filter((id) => this.isShown(id))) void this.rereadOne(id);
  }

  private isOpen(id: string): boolean {
    return this.queries.getQueryState(keys.sandbox(id)) !== undefined;
  }

  private isShown(id: string): boolean {
    return (
      this.isOpen(id) ||
      this.queries
        .getQueriesData<InfiniteData<SandboxPage>>({ queryKey: keys.sandboxLists })
        .some(([, list]) => list?.pages.some((page) => page.items.some((row) => row.id === id)))
    );
  }

  private async rereadOne(id: string): Promise<void> {
    try {
      const fresh = await body(api.GET('/api/v1/sandboxes/{id}', { params: { path: { id } } }));
      this.patch((sandbox) => (sandbox.id === id ? fresh : sandbox));
    } catch {
      // The next event, or the next look at the page, reads it again.
    }
  }

  private invalidateSoon(name: string, queryKey: readonly unknown[], millis: number): void {
    this.later(name, millis, () => void this.queries.invalidateQueries({ queryKey }));
  }

  /** Once for all that comes until then. */
  private later(name: string, millis: number, action: () => void): void {
    if (this.timers.has(name)) return;
    this.timers.set(
      name,
      setTimeout(() => {
        this.timers.delete(name);
        action();
      }, millis),
    );
  }
}

/** The same pages where no row changed. */
export function patchedList(
  list: InfiniteData<SandboxPage>,
  change: (sandbox: Sandbox) => Sandbox,
): InfiniteData<SandboxPage> {
  let changedPages = 0;
  const pages = list.pages.map((page) => {
    const items = page.items.map(change);
    if (items.every((row, i) => row === page.items[i])) return page;
    changedPages += 1;
    return { ...page, items };
  });
  return changedPages > 0 ? { ...list, pages } : list;
}
