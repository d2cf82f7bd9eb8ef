import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/keys';
import type { AuditFilters, AuditVerification } from '@/api/types';

export function useAudit(filters: AuditFilters) {
  return useInfiniteQuery({
    queryKey: keys.auditList(filters),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/audit', {
          params: { query: { ...filters, limit: 100, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

export function useSandboxAudit(id: string) {
  return useInfiniteQuery({
    queryKey: keys.sandboxPart(id, 'audit'),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/sandboxes/{id}/audit', {
          params: { path: { id }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** The whole chain, part after part; ends early when something is wrong. */
export function useVerify(onProgress: (seals: number) => void) {
  return useMutation({
    mutationFn: async (): Promise<AuditVerification> => {
      let cursor: string | undefined;
      for (;;) {
        const part = await body(
          api.GET('/api/v1/audit/verify', { params: { query: { cursor, limit: 10_000 } } }),
        );
        onProgress(part.toSeq);
        if (!part.intact || part.nextCursor === null) return part;
        cursor = part.nextCursor;
      }
    },
  });
}

/** The export is a stream of lines, for keeping and for `./valet audit verify`. */
export function exportPath(filters: AuditFilters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) query.set(name, value);
  return `/api/v1/audit/export?${query.toString()}`;
}
