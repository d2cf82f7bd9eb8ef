import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ApiError } from '@/api/problem';
import { Copy } from './Copy';
import { ProblemView } from './ProblemView';
import classes from './ProblemView.module.css';

/** A page's files carry their content in their names: after an update the old ones are gone. */
function isOutdated(error: unknown): boolean {
  return error instanceof TypeError && /import|module|load/i.test(error.message);
}

/** What was thrown while drawing, with an id to quote. */
export function Broken({
  error,
  what,
  onRetry,
}: {
  error: unknown;
  what: string;
  onRetry: () => void;
}) {
  if (error instanceof ApiError) return <ProblemView error={error} what={what} onRetry={onRetry} />;
  if (isOutdated(error)) {
    return (
      <div className={`${classes.problem ?? ''} ${classes.calm ?? ''}`} role="alert">
        <div className={classes.title}>Valet has been updated, or cannot be reached</div>
        <div>
          A part of this page could not be loaded. Loading the page again brings the new one.
        </div>
        <Button onClick={() => location.reload()}>Load the page again</Button>
      </div>
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div className={classes.problem} role="alert">
      <div className={classes.title}>{what} cannot be shown</div>
      <div>
        The page has a fault there; the rest of it works. The text below helps whoever looks for it.
      </div>
      <Copy text={`${location.pathname}: ${message}`} label="error" />
      <Button onClick={onRetry}>Show it again</Button>
    </div>
  );
}

interface Props {
  what: string;
  children: ReactNode;
}

/** Keeps a fault where it happened: a broken card does not take its page. */
export class Boundary extends Component<Props, { error: unknown; isBroken: boolean }> {
  override state = { error: null as unknown, isBroken: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, isBroken: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(`${this.props.what} broke`, error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <Broken
        error={this.state.error}
        what={this.props.what}
        onRetry={() => this.setState({ error: null, isBroken: false })}
      />
    );
  }
}
