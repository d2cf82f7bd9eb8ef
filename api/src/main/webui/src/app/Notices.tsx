import { ActionIcon } from '@mantine/core';
import { Link } from 'react-router';
import { Copy } from '@/shared/Copy';
import { CloseIcon } from '@/shared/icons';
import { dismiss, useNotices } from '@/shared/notices';
import { StatusGlyph } from '@/shared/StatusGlyph';
import { progressSign } from '@/shared/vocabulary';
import classes from './Frame.module.css';

export function Notices() {
  const notices = useNotices();
  return (
    <div className={classes.notices} role="region" aria-label="Notices" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={classes.notice}>
          <span className={classes.noticeGlyph}>
            <StatusGlyph
              sign={progressSign(notice.kind === 'done' ? 'succeeded' : 'failed')}
              label=""
            />
          </span>
          <span className={classes.noticeText}>
            {notice.text} {notice.to !== undefined && <Link to={notice.to}>Follow it</Link>}
            {notice.traceId != null && (
              <div className="muted">
                Request <Copy text={notice.traceId} label="request id" />
              </div>
            )}
          </span>
          <ActionIcon size={20} aria-label="Dismiss" onClick={() => dismiss(notice.id)}>
            <CloseIcon />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}
