import { useQuery } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/keys';
import type { Template, Tenant } from '@/api/types';

const MOST_PAGES = 10;

/** All of them: names of templates and tenants stand in filters and columns everywhere. */
async function all<T>(
  page: (cursor?: string) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let i = 0; i < MOST_PAGES; i++) {
    const next = await page(cursor);
    items.push(...next.items);
    if (next.nextCursor === null) break;
    cursor = next.nextCursor;
  }
  return items;
}

export function useTemplates() {
  return useQuery<Template[]>({
    queryKey: keys.templateList(true),
    queryFn: ({ signal }) =>
      all((cursor) =>
        body(api.GET('/api/v1/templates', { params: { query: { limit: 200, cursor } }, signal })),
      ),
  });
}

export function useTenants() {
  return useQuery<Tenant[]>({
    queryKey: keys.tenants,
    queryFn: ({ signal }) =>
      all((cursor) =>
        body(api.GET('/api/v1/tenants', { params: { query: { limit: 200, cursor } }, signal })),
      ),
  });
}
