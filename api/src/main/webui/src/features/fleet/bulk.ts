import { useMutation, useQuery } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type {
  BulkAction,
  BulkPreview,
  BulkRequest,
  Operation,
  SandboxFilters,
  SandboxSelector,
} from '@/api/types';

/** On what: ticked rows, or all that a filter matches, whether they are on the page or not. */
export type Target = { ids: string[] } | { filters: SandboxFilters };

export function bulkRequest(
  action: BulkAction,
  target: Target,
  more: Partial<BulkRequest>,
): BulkRequest {
  return 'ids' in target
    ? { action, ids: target.ids, ...more }
    : { action, filter: selector(target.filters), ...more };
}

/** The list's filters by the same names; what is absent is null there. */
function selector(filters: SandboxFilters): SandboxSelector {
  return {
    environment: null,
    phase: null,
    ec2Status: null,
    health: null,
    hatchet: null,
    templateId: null,
    templateVersion: null,
    drifted: null,
    tenantId: null,
    q: null,
    ...filters,
  };
}

/** What the action would do now. Never from the cache: it is about this moment. */
export function usePreview(action: BulkAction, target: Target) {
  return useQuery({
    queryKey: ['bulk', 'preview', action, target],
    queryFn: ({ signal }) =>
      body(
        api.POST('/api/v1/sandboxes/bulk', {
          body: bulkRequest(action, target, { dryRun: true }),
          signal,
        }),
      ) as Promise<BulkPreview>,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function useBulk() {
  return useMutation({
    mutationFn: ({ request, key }: { request: BulkRequest; key: string }) =>
      body(
        api.POST('/api/v1/sandboxes/bulk', {
          body: request,
          params: { header: { 'Idempotency-Key': key } },
        }),
      ) as Promise<Operation>,
  });
}

/** "Stop 12: 9 now, 3 are stopped already." */
export function previewSentence(verb: string, preview: BulkPreview): string {
  const skipped = preview.items.filter((item) => item.effect === 'skip').length;
  const refused = preview.items.filter((item) => item.effect === 'refuse').length;
  const parts = [`${preview.acting} now`];
  if (skipped > 0) parts.push(`${skipped} need nothing`);
  if (refused > 0) parts.push(`${refused} cannot`);
  return `${verb} ${preview.total}: ${parts.join(', ')}.`;
}
