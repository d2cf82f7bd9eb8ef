import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/keys';
import type { BulkAction, Operation, Sandbox } from '@/api/types';
import { tell, tellFailure } from '@/shared/notices';
import { ACTIONS } from './actions';

/** Tasks that run are waited for. */
const gently = { force: false };

function take(action: BulkAction, id: string): Promise<Operation> {
  const params = { path: { id } };
  switch (action) {
    case 'start':
      return body(api.POST('/api/v1/sandboxes/{id}/start', { params }));
    case 'stop':
      return body(api.POST('/api/v1/sandboxes/{id}/stop', { params, body: gently }));
    case 'restart':
      return body(api.POST('/api/v1/sandboxes/{id}/restart', { params, body: gently }));
    case 'terminate':
      return body(api.POST('/api/v1/sandboxes/{id}/terminate', { params, body: gently }));
    case 'upgrade':
      return body(api.POST('/api/v1/sandboxes/{id}/upgrade', { params, body: {} }));
  }
}

/** One action on one sandbox; the event stream brings what comes of it. */
export function useAct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ action, sandbox }: { action: BulkAction; sandbox: Sandbox }) =>
      take(action, sandbox.id),
    onSuccess: (operation, { action, sandbox }) => {
      tell(
        operation.status === 'succeeded'
          ? `${sandbox.name}: nothing to do, it is so already.`
          : `${sandbox.name} is ${ACTIONS[action].doing}.`,
        `/operations/${operation.id}`,
      );
      void queries.invalidateQueries({ queryKey: keys.sandbox(sandbox.id) });
      void queries.invalidateQueries({ queryKey: keys.operationLists });
    },
    onError: (error, { action, sandbox }) =>
      tellFailure(`${ACTIONS[action].verb} ${sandbox.name}`, error),
  });
}
