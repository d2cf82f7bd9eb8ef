import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, body, ifMatch } from '@/api/client';
import { keys } from '@/api/keys';
import type { Sandbox } from '@/api/types';
import { usePolling } from '@/live/Live';
import { now } from '@/shared/clock';
import { tellFailure } from '@/shared/notices';
import { RANGES, type RangeName } from './ranges';

export function useSandbox(id: string) {
  return useQuery({
    queryKey: keys.sandbox(id),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/sandboxes/{id}', { params: { path: { id } }, signal })),
    refetchInterval: usePolling(5_000),
  });
}

export function useEvents(id: string) {
  return useInfiniteQuery({
    queryKey: keys.sandboxPart(id, 'events'),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/sandboxes/{id}/events', {
          params: { path: { id }, query: { limit: 100, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: usePolling(),
  });
}

export function useSandboxOperations(id: string) {
  return useQuery({
    queryKey: keys.sandboxPart(id, 'operations'),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/operations', { params: { query: { target: id, limit: 50 } }, signal })),
    refetchInterval: usePolling(5_000),
  });
}

/** Probe facts have no events of their own: they are asked for while somebody looks. */
export function useHealth(id: string, isProbed: boolean) {
  return useQuery({
    queryKey: keys.sandboxPart(id, 'health'),
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/sandboxes/{id}/health', {
          params: { path: { id }, query: { limit: 50 } },
          signal,
        }),
      ),
    refetchInterval: isProbed ? 15_000 : false,
  });
}

export function useMetrics(id: string, range: RangeName) {
  const { millis, step } = RANGES[range];
  return useQuery({
    queryKey: keys.metrics(id, range),
    queryFn: ({ signal }) => {
      const to = now();
      return body(
        api.GET('/api/v1/sandboxes/{id}/metrics', {
          params: {
            path: { id },
            query: {
              from: new Date(to - millis).toISOString(),
              to: new Date(to).toISOString(),
              step,
            },
          },
          signal,
        }),
      );
    },
    placeholderData: keepPreviousData,
    // Samples are of whole minutes.
    refetchInterval: 30_000,
  });
}

export function useProbeNow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.POST('/api/v1/sandboxes/{id}/health-check', { params: { path: { id } } })),
    onSettled: (_, __, id) =>
      void queries.invalidateQueries({ queryKey: keys.sandboxPart(id, 'health') }),
    onError: (error) => tellFailure('The probe', error),
  });
}

export interface Settings {
  name: string;
  capacity: number;
  tags: Record<string, string>;
}

/** Changes what was read; somebody else's change in between is refused by the server. */
export function useUpdate(sandbox: Sandbox) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (settings: Settings) =>
      body(
        api.PATCH('/api/v1/sandboxes/{id}', {
          params: { path: { id: sandbox.id }, header: { 'If-Match': ifMatch(sandbox.version) } },
          body: settings,
        }),
      ),
    onSuccess: (fresh) => {
      queries.setQueryData(keys.sandbox(fresh.id), fresh);
      void queries.invalidateQueries({ queryKey: keys.sandboxLists });
    },
  });
}
