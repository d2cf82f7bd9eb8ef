import type { AuditFilters, SandboxQuery } from './types';

/** Names of what is cached; what belongs together shares a beginning, so that it is dropped together. */
export const keys = {
  me: ['me'] as const,
  summary: ['fleet', 'summary'] as const,
  freeze: ['fleet', 'freeze'] as const,
  sandboxLists: ['sandboxes', 'list'] as const,
  sandboxList: (filters: SandboxQuery) => ['sandboxes', 'list', filters] as const,
  sandboxDetails: ['sandboxes', 'detail'] as const,
  sandbox: (id: string) => ['sandboxes', 'detail', id] as const,
  /** Events, health and audit of one sandbox; its row is kept apart. */
  sandboxParts: (id: string) => ['sandboxes', 'parts', id] as const,
  sandboxPart: (id: string, part: string, ...rest: unknown[]) =>
    ['sandboxes', 'parts', id, part, ...rest] as const,
  /** Charts follow the clock, not the events. */
  metrics: (id: string, range: string) => ['metrics', id, range] as const,
  operationLists: ['operations', 'list'] as const,
  operationList: (filters: object) => ['operations', 'list', filters] as const,
  operation: (id: string) => ['operations', 'detail', id] as const,
  operationItems: (id: string, status: string | undefined) =>
    ['operations', 'detail', id, 'items', status] as const,
  templates: ['templates'] as const,
  templateList: (retired: boolean) => ['templates', 'list', retired] as const,
  template: (id: string) => ['templates', 'detail', id] as const,
  templatePart: (id: string, part: string, ...rest: unknown[]) =>
    ['templates', 'detail', id, part, ...rest] as const,
  auditList: (filters: AuditFilters) => ['audit', 'list', filters] as const,
  tenants: ['access', 'tenants'] as const,
  roles: ['access', 'roles'] as const,
  grants: ['access', 'grants'] as const,
  groupMappings: ['access', 'group-mappings'] as const,
};
