import { QueryClient } from '@tanstack/react-query';
import { asApiError } from '@/api/problem';

/** Live events keep data fresh; looking at a page again reads it only after a while. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 3 && asApiError(error).isPassing,
        retryDelay: (attempt, error) => {
          const asked = asApiError(error).retryAfter;
          return asked === null ? Math.min(8_000, 500 * 2 ** attempt) : asked * 1_000;
        },
        // "Offline" is what the API's answers say, not what the browser believes of its network.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
