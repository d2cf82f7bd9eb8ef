import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/keys';
import type { ItemStatus, Operation, OperationKind, OperationStatus } from '@/api/types';
import { usePolling } from '@/live/Live';
import { tell, tellFailure } from '@/shared/notices';

export interface OperationFilters {
  kind?: OperationKind;
  status?: OperationStatus;
  target?: string;
}

export function useOperations(filters: OperationFilters) {
  return useInfiniteQuery({
    queryKey: keys.operationList(filters),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/operations', {
          params: { query: { ...filters, limit: 100, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: usePolling(),
  });
}

export const isOver = (operation: Operation | undefined): boolean => operation?.endedAt != null;

/** Events tell of steps; items of a bulk operation are counted by asking now and then. */
export function useOperation(id: string) {
  const polling = usePolling(2_000);
  return useQuery({
    queryKey: keys.operation(id),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/operations/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (query) => {
      if (isOver(query.state.data)) return false;
      return query.state.data?.kind === 'bulk' ? 2_000 : polling;
    },
  });
}

export function useOperationItems(operation: Operation, status: ItemStatus | undefined) {
  return useInfiniteQuery({
    queryKey: keys.operationItems(operation.id, status),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/operations/{id}/items', {
          params: { path: { id: operation.id }, query: { status, limit: 200, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: isOver(operation) ? false : 3_000,
  });
}

export function useCancel() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.DELETE('/api/v1/operations/{id}', { params: { path: { id } } })),
    onSuccess: (operation) => {
      queries.setQueryData(keys.operation(operation.id), operation);
      void queries.invalidateQueries({ queryKey: keys.operationLists });
      tell('Cancelled: what has not begun will not begin.');
    },
    onError: (error) => tellFailure('It was not cancelled', error),
  });
}
