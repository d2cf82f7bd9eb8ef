import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  keepPreviousData,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, body } from '@/api/client';
import { keys } from '@/api/keys';
import type { Sandbox, SandboxQuery } from '@/api/types';
import { usePolling } from '@/live/Live';

const PAGE = 200;

export function useFleetSummary() {
  return useQuery({
    queryKey: keys.summary,
    queryFn: ({ signal }) => body(api.GET('/api/v1/fleet/summary', { signal })),
    refetchInterval: usePolling(),
  });
}

export function useFreeze() {
  return useQuery({
    queryKey: keys.freeze,
    queryFn: ({ signal }) => body(api.GET('/api/v1/fleet/freeze', { signal })),
    refetchInterval: usePolling(),
  });
}

export function useReleaseFreeze() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.POST('/api/v1/fleet/freeze/release')),
    onSuccess: (freeze) => queries.setQueryData(keys.freeze, freeze),
  });
}

/** The rows of a filter, page after page as one scrolls. */
export function useSandboxes(filters: SandboxQuery, isEnabled: boolean) {
  const query = useInfiniteQuery({
    queryKey: keys.sandboxList(filters),
    queryFn: ({ pageParam, signal }) => sandboxPage(filters, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled: isEnabled,
    refetchInterval: usePolling(),
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => distinct((pages ?? []).flatMap((page) => page.items)), [pages]);
  return { ...query, rows };
}

export function sandboxPage(filters: SandboxQuery, cursor?: string, signal?: AbortSignal) {
  return body(
    api.GET('/api/v1/sandboxes', {
      params: { query: { ...filters, limit: PAGE, cursor } },
      signal,
    }),
  );
}

/** A row that changes during a walk may come twice. */
function distinct(rows: Sandbox[]): Sandbox[] {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(row.id) && seen.add(row.id));
}
