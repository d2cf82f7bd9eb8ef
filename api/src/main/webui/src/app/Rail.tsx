import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { ComponentType, SVGProps } from 'react';
import { Link, NavLink, useNavigate } from 'react-router';
import { ConnectionState } from '@/live/ConnectionState';
import {
  AccessIcon,
  AuditIcon,
  CollapseIcon,
  ExpandIcon,
  FleetIcon,
  OperationIcon,
  PersonIcon,
  TemplateIcon,
  ThemeIcon,
} from '@/shared/icons';
import { useMe } from './me';
import { useShortcut } from './shortcuts';
import classes from './Frame.module.css';

interface Place {
  to: string;
  name: string;
  key: string;
  Icon: ComponentType<SVGProps<SVGSVGElement>>;
}

const PLACES: Place[] = [
  { to: '/', name: 'Fleet', key: 'g f', Icon: FleetIcon },
  { to: '/templates', name: 'Templates', key: 'g t', Icon: TemplateIcon },
  { to: '/operations', name: 'Operations', key: 'g o', Icon: OperationIcon },
  { to: '/audit', name: 'Audit', key: 'g a', Icon: AuditIcon },
  { to: '/access', name: 'Access', key: 'g x', Icon: AccessIcon },
];

const linkClass = ({ isActive }: { isActive: boolean }) =>
  `${classes.link ?? ''} ${isActive ? (classes.active ?? '') : ''}`;

function PlaceLink({ place }: { place: Place }) {
  const navigate = useNavigate();
  useShortcut(place.key, `Go to ${place.name}`, () => void navigate(place.to));
  return (
    <NavLink to={place.to} end={place.to === '/'} className={linkClass} title={place.name}>
      <place.Icon />
      <span className={classes.label}>{place.name}</span>
    </NavLink>
  );
}

const NEXT = { light: 'dark', dark: 'auto', auto: 'light' } as const;
const THEME = { light: 'Light', dark: 'Dark', auto: 'As the system' } as const;

function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <button
      type="button"
      className={`${classes.link ?? ''} ${classes.desktopOnly ?? ''}`}
      title={`Theme: ${THEME[colorScheme]}; change to ${THEME[NEXT[colorScheme]].toLowerCase()}`}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <ThemeIcon />
      <span className={classes.label}>{THEME[colorScheme]}</span>
    </button>
  );
}

export function useRailCollapsed() {
  return useLocalStorage({
    key: 'valet-rail-collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
}

/** Where one can go; at its foot what one should know of the page itself. */
export function Rail() {
  const [isCollapsed, setCollapsed] = useRailCollapsed();
  const me = useMe();
  const label = isCollapsed ? 'Open the rail' : 'Collapse the rail';
  return (
    <nav className={classes.rail} aria-label="Valet">
      <div className={classes.brand}>
        <Link to="/" className={classes.brandLink} title="Valet">
          <img src="/favicon.svg" alt="" width="20" height="20" />
          <span className={classes.label}>Valet</span>
        </Link>
        <ActionIcon aria-label={label} title={label} onClick={() => setCollapsed(!isCollapsed)}>
          {isCollapsed ? <ExpandIcon /> : <CollapseIcon />}
        </ActionIcon>
      </div>
      <div className={classes.links}>
        {PLACES.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
      </div>
      <div className={classes.foot}>
        <div className={classes.state}>
          <ConnectionState />
        </div>
        <ThemeSwitch />
        <NavLink to="/me" className={linkClass} title={me.data?.name ?? 'Me'}>
          <PersonIcon />
          <span className={`${classes.label ?? ''} truncate`}>{me.data?.name ?? 'Me'}</span>
        </NavLink>
      </div>
    </nav>
  );
}
