import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useShortcut } from '@/app/shortcuts';
import { CloseIcon, SearchIcon } from '@/shared/icons';
import {
  parse,
  suggest,
  withoutToken,
  withToken,
  type Filter,
  type Names,
  type Suggestion,
} from './filter';
import classes from './Fleet.module.css';

const PAUSE = 250;

/** One input for every filter: conditions become chips, other words are searched for. */
export function FilterBar({
  filter,
  names,
  faults,
  onChange,
}: {
  filter: Filter;
  names: Names;
  faults: string[];
  onChange: (filter: Filter) => void;
}) {
  const [typed, setTyped] = useState(filter.text);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  useShortcut('/', 'Filter the fleet', () => input.current?.focus());
  useTypedText(typed, filter, onChange, setTyped);

  const suggestions = isOpen ? suggest(typed, names) : [];

  /** Conditions among what was typed become chips. */
  const commit = (text: string) => {
    const found = parse(text);
    onChange({ ...found.tokens.reduce(withToken, filter), text: found.text });
    setTyped(found.text);
    setChosen(-1);
  };

  const take = (suggestion: Suggestion) => {
    const before = typed.replace(/\S*$/, '');
    if (suggestion.isWhole) commit(before + suggestion.text);
    else setTyped(before + suggestion.text);
    setChosen(-1);
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const picked = suggestions[chosen];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen(Math.max(-1, Math.min(suggestions.length - 1, chosen + step)));
    } else if (event.key === 'Enter' || (event.key === 'Tab' && picked !== undefined)) {
      event.preventDefault();
      if (picked === undefined) commit(typed);
      else take(picked);
    } else if (event.key === ' ' && parse(typed).tokens.length > 0 && !/"[^"]*$/.test(typed)) {
      event.preventDefault();
      commit(typed);
    } else if (event.key === 'Backspace' && typed === '') {
      const last = filter.tokens.at(-1);
      if (last !== undefined) onChange(withoutToken(filter, last));
    } else if (event.key === 'Escape') {
      if (isOpen && suggestions.length > 0) setOpen(false);
      else input.current?.blur();
    }
  };

  return (
    <div className={classes.filter}>
      {/* A click beside the input is meant for it; the keyboard gets there by itself. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div className={classes.field} onClick={() => input.current?.focus()}>
        <SearchIcon />
        {filter.tokens.map((token) => (
          <span key={`${token.key}:${token.value}`} className={classes.token}>
            {token.key}:{token.value}
            <button
              type="button"
              aria-label={`Remove ${token.key}:${token.value}`}
              onClick={() => onChange(withoutToken(filter, token))}
            >
              <CloseIcon />
            </button>
          </span>
        ))}
        <input
          ref={input}
          value={typed}
          aria-label="Filter"
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
          placeholder={
            filter.tokens.length === 0 ? 'health:unhealthy env:prod tag:team=a, or a name' : ''
          }
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setOpen(true);
            setChosen(-1);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label="Suggestions"
        className={suggestions.length > 0 ? classes.suggestions : 'hidden-visually'}
      >
        {suggestions.map((suggestion, i) => (
          // Chosen with the arrow keys of the input.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={suggestion.text}
            id={`${listId}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className={classes.suggestion}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(suggestion)}
          >
            <span>{suggestion.text}</span>
            <span className="muted">{suggestion.does}</span>
          </div>
        ))}
      </div>
      {faults.map((fault) => (
        <div key={fault} className={classes.fault} role="alert">
          {fault}
        </div>
      ))}
    </div>
  );
}

/** Free words count after a pause; a filter that comes from elsewhere replaces what was typed. */
function useTypedText(
  typed: string,
  filter: Filter,
  onChange: (filter: Filter) => void,
  setTyped: (text: string) => void,
): void {
  const latest = useRef({ filter, onChange, sent: filter.text });
  useEffect(() => {
    latest.current.filter = filter;
    latest.current.onChange = onChange;
  });
  useEffect(() => {
    const timer = setTimeout(() => {
      const found = parse(typed);
      const { current } = latest;
      // A key that waits for its value is not searched for.
      if (found.tokens.length > 0 || typed.endsWith(':') || found.text === current.filter.text)
        return;
      current.sent = found.text;
      current.onChange({ ...current.filter, text: found.text });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    if (filter.text !== latest.current.sent) {
      latest.current.sent = filter.text;
      setTyped(filter.text);
    }
  }, [filter.text, setTyped]);
}
