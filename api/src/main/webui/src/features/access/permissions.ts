import type { Permission } from '@/api/types';

export const PERMISSIONS: Record<Permission, string> = {
  read: 'See sandboxes, templates, operations, health',
  audit: 'Read the audit log',
  operate: 'Start, stop, restart, change',
  provision: 'Create and adopt sandboxes',
  terminate: 'Terminate sandboxes',
  connect: 'Watch and use desktops',
  secrets: 'Manage credentials',
  admin: 'Templates, tenants, roles and grants',
};

export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];
