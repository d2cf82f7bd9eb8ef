import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { vi } from 'vitest';
import { theme } from '@/theme/theme';

type Answer = object | (() => Response);

/** Answers of the API by path; what is not there is 404. A longer path wins over its beginning. */
export function answers(byPath: Record<string, Answer>) {
  const paths = Object.keys(byPath).sort((a, b) => b.length - a.length);
  const fetched = vi.fn((request: Request) => {
    const { pathname } = new URL(request.url);
    const found = paths.find((path) => pathname === path);
    const answer = found === undefined ? undefined : byPath[found];
    if (typeof answer === 'function') return Promise.resolve((answer as () => Response)());
    return Promise.resolve(
      answer === undefined ? problem(404, 'There is no such thing') : Response.json(answer),
    );
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

export function problem(status: number, title: string): Response {
  return new Response(
    JSON.stringify({ type: 'about:blank', title, status, traceId: 'trace-1', errors: [] }),
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}

/** A page at an address, without the frame around it. */
export function show(page: ReactNode, { at = '/', path = '/' } = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <MantineProvider theme={theme} env="test" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <MemoryRouter initialEntries={[at]}>
          <Routes>
            <Route path={path} element={<main>{page}</main>} />
            <Route path="*" element={<main>elsewhere</main>} />
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** What is not accessible, in words; colours need a real browser and are checked end to end. */
export async function inaccessible(element: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`,
  );
}
