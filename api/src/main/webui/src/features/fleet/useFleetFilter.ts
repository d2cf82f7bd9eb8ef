import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useTemplates, useTenants } from '@/features/templates/queries';
import {
  ask,
  format,
  hasToken,
  parse,
  withoutToken,
  withToken,
  type Filter,
  type Token,
} from './filter';

const SORT = '-createdAt';

/** The filter and order of the page; they live in its address, so that a link shows the same. */
export function useFleetFilter() {
  const [parameters, setParameters] = useSearchParams();
  const templates = useTemplates().data;
  const tenants = useTenants().data;
  const written = parameters.get('filter') ?? '';
  const sort = parameters.get('sort') ?? SORT;

  const filter = useMemo(() => parse(written), [written]);
  const names = useMemo(
    () => ({ templates: templates ?? [], tenants: tenants ?? [] }),
    [templates, tenants],
  );
  const { filters, faults } = useMemo(() => ask(filter, names), [filter, names]);
  // A name of a template means nothing before the templates are known.
  const areNamesKnown =
    (templates !== undefined || !filter.tokens.some((token) => token.key === 'template')) &&
    (tenants !== undefined || !filter.tokens.some((token) => token.key === 'tenant'));

  const set = useCallback(
    (name: string, value: string, without: string) =>
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === without) after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true },
      ),
    [setParameters],
  );
  const setFilter = useCallback((next: Filter) => set('filter', format(next), ''), [set]);
  const setSort = useCallback((next: string) => set('sort', next, SORT), [set]);
  const toggle = useCallback(
    (token: Token) =>
      setFilter(hasToken(filter, token) ? withoutToken(filter, token) : withToken(filter, token)),
    [filter, setFilter],
  );
  const isFiltered = filter.tokens.length > 0 || filter.text !== '';
  const query = useMemo(() => ({ ...filters, sort }), [filters, sort]);
  return {
    filter,
    names,
    filters,
    query,
    faults: areNamesKnown ? faults : [],
    areNamesKnown,
    sort,
    isFiltered,
    setFilter,
    setSort,
    toggle,
  };
}
