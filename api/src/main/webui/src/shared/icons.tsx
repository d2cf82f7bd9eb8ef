import type { ReactNode, SVGProps } from 'react';

/** Line icons on a grid of 16, drawn for this page. */
function icon(paths: ReactNode) {
  return function Icon(props: SVGProps<SVGSVGElement>) {
    return (
      <svg
        viewBox="0 0 16 16"
        width="16"
        height="16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        {...props}
      >
        {paths}
      </svg>
    );
  };
}

export const FleetIcon = icon(
  <>
    <rect x="2" y="2.5" width="12" height="4.5" rx="1" />
    <rect x="2" y="9" width="12" height="4.5" rx="1" />
    <path d="M4.5 4.75h.01M4.5 11.25h.01" />
  </>,
);
export const TemplateIcon = icon(
  <>
    <path d="M8 1.8 14 5 8 8.2 2 5z" />
    <path d="m2 8.2 6 3.2 6-3.2M2 11.2l6 3.2 6-3.2" />
  </>,
);
export const OperationIcon = icon(
  <>
    <path d="M13.5 8A5.5 5.5 0 1 1 11.7 3.9" />
    <path d="M13.5 2v3h-3" />
    <path d="M8 5v3.2l2 1.3" />
  </>,
);
export const AuditIcon = icon(
  <>
    <path d="M4 1.8h6l3 3v9.4H4z" />
    <path d="M6.5 7.5h4M6.5 10h4" />
  </>,
);
export const AccessIcon = icon(
  <>
    <circle cx="5.5" cy="8" r="3" />
    <path d="M8.5 8H14v2.5M11.5 8v2" />
  </>,
);
export const PersonIcon = icon(
  <>
    <circle cx="8" cy="5.5" r="2.8" />
    <path d="M2.8 14c.5-2.8 2.6-4.2 5.2-4.2s4.7 1.4 5.2 4.2" />
  </>,
);
export const ThemeIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.5" />
    <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
  </>,
);
export const CollapseIcon = icon(<path d="m9.5 4-4 4 4 4" />);
export const ExpandIcon = icon(<path d="m6.5 4 4 4-4 4" />);
export const DownIcon = icon(<path d="m4 6.5 4 4 4-4" />);
export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 5.5v-3h-8v8h3" />
  </>,
);
export const CheckIcon = icon(<path d="m3.5 8.5 3 3 6-7" />);
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const MoreIcon = icon(<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.4" />);
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3.5 3.5" />
  </>,
);
export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />);
export const ExternalIcon = icon(<path d="M6 3H3v10h10v-3M9 3h4v4M13 3 7.5 8.5" />);
