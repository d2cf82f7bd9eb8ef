import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, idempotencyKey, ifMatch } from '@/api/client';
import { keys } from '@/api/keys';
import type { Template, TemplateSpec } from '@/api/types';
import { usePolling } from '@/live/Live';

export function useTemplate(id: string) {
  return useQuery({
    queryKey: keys.template(id),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/templates/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
  });
}

export function useVersions(id: string) {
  return useInfiniteQuery({
    queryKey: keys.templatePart(id, 'versions'),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/templates/{id}/versions', {
          params: { path: { id }, query: { limit: 100, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: id !== '',
  });
}

export function useUsage(id: string) {
  return useQuery({
    queryKey: keys.templatePart(id, 'usage'),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/templates/{id}/usage', { params: { path: { id } }, signal })),
    refetchInterval: usePolling(),
    staleTime: 5_000,
  });
}

export function useComparison(id: string, from: number, to: number) {
  return useQuery({
    queryKey: keys.templatePart(id, 'compare', from, to),
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/templates/{id}/compare', {
          params: { path: { id }, query: { from, to } },
          signal,
        }),
      ),
    enabled: from !== to,
  });
}

export function useValidate() {
  return useMutation({
    mutationFn: (spec: TemplateSpec) =>
      body(api.POST('/api/v1/templates/validate', { body: { spec } })),
  });
}

/** Everything of templates is read again: lists, versions, usage, drift of sandboxes. */
function useForget() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: keys.templates });
    void queries.invalidateQueries({ queryKey: ['sandboxes'] });
  };
}

export function useNewVersion(template: Template) {
  const forget = useForget();
  return useMutation({
    mutationFn: (spec: TemplateSpec) =>
      body(
        api.POST('/api/v1/templates/{id}/versions', {
          params: {
            path: { id: template.id },
            header: { 'If-Match': ifMatch(template.version), 'Idempotency-Key': idempotencyKey() },
          },
          body: { spec, baseVersion: null, changes: null },
        }),
      ),
    onSuccess: forget,
  });
}

export function useNewTemplate() {
  const forget = useForget();
  return useMutation({
    mutationFn: (template: { name: string; description: string; spec: TemplateSpec }) =>
      body(
        api.POST('/api/v1/templates', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
          body: template,
        }),
      ),
    onSuccess: forget,
  });
}

export function useClone(id: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: (clone: { name: string; version: number }) =>
      body(
        api.POST('/api/v1/templates/{id}/clone', {
          params: { path: { id }, header: { 'Idempotency-Key': idempotencyKey() } },
          body: { ...clone, description: null },
        }),
      ),
    onSuccess: forget,
  });
}

export function useRetire(template: Template) {
  const forget = useForget();
  const params = { path: { id: template.id } };
  return useMutation({
    mutationFn: () =>
      body(
        template.retiredAt === null
          ? api.POST('/api/v1/templates/{id}/retire', { params })
          : api.POST('/api/v1/templates/{id}/unretire', { params }),
      ),
    onSuccess: forget,
  });
}
