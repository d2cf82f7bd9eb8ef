import { useQuery } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/keys';
import type { Environment, Me, Permission } from '@/api/types';

export function useMe() {
  return useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) => body(api.GET('/api/v1/me', { signal })),
    staleTime: 5 * 60_000,
  });
}

interface Target {
  tenantId: string;
  environment: Environment;
}

/** Whether somebody may do something, there or, without a target, anywhere. Pure. */
export function may(me: Me, permission: Permission, target?: Target): boolean {
  const where = me.permissions.find((held) => held.permission === permission)?.where ?? [];
  return where.some(
    (place) =>
      target === undefined ||
      ((place.tenantId === null || place.tenantId === target.tenantId) &&
        (place.environment === null || place.environment === target.environment)),
  );
}

/** The page hides nothing for lack of rights: it says why something cannot be done. */
export function useMay(permission: Permission, target?: Target): boolean {
  const me = useMe();
  return me.data !== undefined && may(me.data, permission, target);
}
