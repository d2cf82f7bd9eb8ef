import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { keys } from '@/api/keys';
import type { BulkAction, Sandbox } from '@/api/types';
import { useMay } from '@/app/me';
import { useActions } from '@/features/sandbox/useActions';
import { Boundary } from '@/shared/Boundary';
import { Grid } from '@/shared/Grid';
import { PlusIcon } from '@/shared/icons';
import { later } from '@/shared/later';
import { Empty, PageHead, Skeleton } from '@/shared/Page';
import { ProblemView } from '@/shared/ProblemView';
import type { Target } from './bulk';
import { BulkBar } from './BulkBar';
import { fleetColumns } from './columns';
import { ExportButton } from './ExportButton';
import { FilterBar } from './FilterBar';
import { FleetTruth } from './FleetTruth';
import { FreezeBanner } from './FreezeBanner';
import { useSandboxes } from './queries';
import type { OpenMenu } from './RowMenu';
import { SummaryStrip } from './SummaryStrip';
import { useFleetFilter } from './useFleetFilter';
import { useFleetKeys } from './useFleetKeys';
import { useSelection } from './useSelection';
import classes from './Fleet.module.css';

const RowMenu = later(async () => (await import('./RowMenu')).RowMenu);
const QuickLook = later(async () => (await import('./QuickLook')).QuickLook);
const BulkDialog = later(async () => (await import('./BulkDialog')).BulkDialog);

const keyOf = (sandbox: Sandbox): string => sandbox.id;

export function FleetPage() {
  const fleet = useFleetFilter();
  const list = useSandboxes(fleet.query, fleet.areNamesKnown);
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const { selected, select, selectAll, clear } = useSelection(rows);
  const [isAll, setAll] = useState(false);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const [bulk, setBulk] = useState<{ action: BulkAction; target: Target } | null>(null);
  const actions = useActions();
  const queries = useQueryClient();

  const isSelected = useCallback((id: string) => isAll || selected.has(id), [isAll, selected]);
  const openMenu = useCallback((sandbox: Sandbox, anchor: HTMLElement) => {
    const box = anchor.getBoundingClientRect();
    setMenu({ sandbox, at: { x: box.right, y: box.bottom }, from: anchor });
  }, []);
  const { templates } = fleet.names;
  const templateName = useCallback(
    (id: string) => templates.find((template) => template.id === id)?.name ?? `…${id.slice(-8)}`,
    [templates],
  );
  const leaveSelection = useCallback(() => {
    clear();
    setAll(false);
  }, [clear]);
  const toggleAll = useCallback(
    (isTicked: boolean) => (isTicked ? selectAll() : leaveSelection()),
    [selectAll, leaveSelection],
  );
  const ticked = rows.filter((row) => isSelected(row.id)).length;
  const selection = ticked === 0 ? 'none' : ticked === rows.length ? 'all' : 'some';
  const columns = useMemo(
    () =>
      fleetColumns({ isSelected, select, selection, selectAll: toggleAll, openMenu, templateName }),
    [isSelected, select, selection, toggleAll, openMenu, templateName],
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const { current, setCurrent } = useFleetKeys({
    rows,
    isSelected,
    select,
    look: (sandbox) => setLookedAt(sandbox.id),
    openMenu: (sandbox) =>
      setMenu({ sandbox, at: { x: window.innerWidth / 2, y: 240 }, from: null }),
    ask: actions.ask,
    refresh: () => {
      void list.refetch();
      void queries.invalidateQueries({ queryKey: ['fleet'] });
    },
  });

  const looked = rows.find((row) => row.id === lookedAt);
  return (
    <div className={classes.page}>
      <PageHead
        title="Fleet"
        documentTitle="Fleet"
        truth={<FleetTruth />}
        actions={
          <>
            <ExportButton filters={fleet.query} />
            <CreateButton />
          </>
        }
      />
      <FreezeBanner />
      <Boundary what="The summary">
        <SummaryStrip filter={fleet.filter} onToggle={fleet.toggle} />
      </Boundary>
      <FilterBar
        filter={fleet.filter}
        names={fleet.names}
        faults={fleet.faults}
        onChange={fleet.setFilter}
      />
      <Boundary what="The table">
        {list.error !== null && rows.length === 0 ? (
          <ProblemView error={list.error} what="The fleet" onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Skeleton lines={12} />
        ) : rows.length === 0 ? (
          <NoRows
            isFiltered={fleet.isFiltered}
            onClear={() => fleet.setFilter({ tokens: [], text: '' })}
          />
        ) : (
          <Grid
            label="Sandboxes"
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            total={hasNextPage ? -1 : rows.length}
            sort={fleet.sort}
            onSort={fleet.setSort}
            current={current}
            onCurrent={setCurrent}
            onOpen={(sandbox) => setLookedAt(sandbox.id)}
            isSelected={(sandbox) => isSelected(sandbox.id)}
            onNearEnd={more}
            stickyColumns={2}
          >
            {isFetchingNextPage && <div className={classes.end}>Reading more</div>}
          </Grid>
        )}
      </Boundary>
      <BulkBar
        selected={selected}
        rows={rows}
        isAll={isAll}
        canTakeAll={hasNextPage || selected.size < rows.length}
        onAll={() => {
          selectAll();
          setAll(true);
        }}
        onAsk={(action) =>
          setBulk({
            action,
            target: isAll ? { filters: fleet.filters } : { ids: [...selected.keys()] },
          })
        }
        onClear={leaveSelection}
      />
      {menu !== null && <RowMenu menu={menu} onAsk={actions.ask} onClose={() => setMenu(null)} />}
      {looked !== undefined && (
        <QuickLook
          sandbox={looked}
          templateName={templateName(looked.templateId)}
          onClose={() => setLookedAt(null)}
        />
      )}
      {bulk !== null && (
        <BulkDialog
          {...bulk}
          onClose={(isDone) => {
            setBulk(null);
            if (isDone) {
              leaveSelection();
              void queries.invalidateQueries({ queryKey: keys.sandboxLists });
            }
          }}
        />
      )}
      {actions.dialog}
    </div>
  );
}

function CreateButton() {
  const mayProvision = useMay('provision');
  return mayProvision ? (
    <Button variant="filled" component={Link} to="/sandboxes/new" leftSection={<PlusIcon />}>
      Create sandboxes
    </Button>
  ) : (
    <Button variant="filled" disabled title="Needs the permission “provision”">
      Create sandboxes
    </Button>
  );
}

function NoRows({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return isFiltered ? (
    <Empty
      title="No sandbox matches the filter"
      action={<Button onClick={onClear}>Show the whole fleet</Button>}
    >
      Terminated ones are left out unless you ask for phase:terminated.
    </Empty>
  ) : (
    <Empty title="There are no sandboxes yet" action={<CreateButton />}>
      A sandbox is an EC2 instance with browsers, made from a template.
    </Empty>
  );
}
