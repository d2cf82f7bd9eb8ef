import { Menu } from '@mantine/core';
import { useNavigate } from 'react-router';
import type { BulkAction, Sandbox } from '@/api/types';
import { useMe } from '@/app/me';
import { ACTION_NAMES, ACTIONS, whyNot } from '@/features/sandbox/actions';

export interface OpenMenu {
  sandbox: Sandbox;
  at: { x: number; y: number };
  from: HTMLElement | null;
}

/** What can be done with a row; what cannot says why. One menu for all rows, where it was asked for. */
export function RowMenu({
  menu,
  onAsk,
  onClose,
}: {
  menu: OpenMenu;
  onAsk: (action: BulkAction, sandbox: Sandbox) => void;
  onClose: () => void;
}) {
  const me = useMe().data;
  const navigate = useNavigate();
  const { sandbox } = menu;
  return (
    <Menu
      opened
      onClose={() => {
        onClose();
        menu.from?.focus();
      }}
      position="bottom-end"
      width={280}
      returnFocus
    >
      <Menu.Target>
        <span style={{ position: 'fixed', left: menu.at.x, top: menu.at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${sandbox.name}`}>
        <Menu.Item onClick={() => void navigate(`/sandboxes/${sandbox.id}`)}>
          Open {sandbox.name}
        </Menu.Item>
        <Menu.Divider />
        {ACTION_NAMES.map((action) => {
          const why = whyNot(action, sandbox, me);
          return (
            <Menu.Item
              key={action}
              disabled={why !== null}
              color={action === 'terminate' ? 'red' : undefined}
              onClick={() => onAsk(action, sandbox)}
            >
              {ACTIONS[action].verb}
              {why !== null && <div className="muted">{why}</div>}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
