import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, idempotencyKey } from '@/api/client';
import { keys } from '@/api/keys';
import type { Environment, Permission } from '@/api/types';

export function useRoles() {
  return useQuery({
    queryKey: keys.roles,
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/roles', { params: { query: { limit: 200 } }, signal })),
  });
}

export function useGroupMappings() {
  return useQuery({
    queryKey: keys.groupMappings,
    queryFn: ({ signal }) => body(api.GET('/api/v1/group-mappings', { signal })),
  });
}

export function useGrants() {
  return useInfiniteQuery({
    queryKey: keys.grants,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/grants', { params: { query: { limit: 100, cursor: pageParam } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

function useForgetAccess() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['access'] });
    void queries.invalidateQueries({ queryKey: keys.me });
  };
}

const header = () => ({ 'Idempotency-Key': idempotencyKey() });

export interface NewGrant {
  subject: string;
  role: string;
  tenantId: string | null;
  environment: Environment | null;
  label: string | null;
}

export function useCreateGrant() {
  const forget = useForgetAccess();
  return useMutation({
    mutationFn: (grant: NewGrant) =>
      body(
        api.POST('/api/v1/grants', {
          params: { header: header() },
          body: { ...grant, issuer: null, expiresAt: null },
        }),
      ),
    onSuccess: forget,
  });
}

export function useRevoke() {
  const forget = useForgetAccess();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.DELETE('/api/v1/grants/{id}', { params: { path: { id } } })),
    onSuccess: forget,
  });
}

export function useCreateTenant() {
  const forget = useForgetAccess();
  return useMutation({
    mutationFn: (slug: string) =>
      body(api.POST('/api/v1/tenants', { params: { header: header() }, body: { slug } })),
    onSuccess: forget,
  });
}

export function useCreateRole() {
  const forget = useForgetAccess();
  return useMutation({
    mutationFn: (role: { name: string; description: string | null; permissions: Permission[] }) =>
      body(api.POST('/api/v1/roles', { params: { header: header() }, body: role })),
    onSuccess: forget,
  });
}

export function useDeleteRole() {
  const forget = useForgetAccess();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.DELETE('/api/v1/roles/{id}', { params: { path: { id } } })),
    onSuccess: forget,
  });
}
