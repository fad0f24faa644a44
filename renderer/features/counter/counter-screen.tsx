import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { MemberId } from '#shared/lib/brand.ts';
import { usePrograms } from '#renderer/data/use-programs.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Search, X } from 'lucide-react';
import { Aside } from './aside.tsx';
import { Announcer } from './announcer.tsx';
import { readKey } from './counter-keys.ts';
import { targetOf } from './counter-target.ts';
import { DonePanel } from './done-panel.tsx';
import { EnrolPanel } from './enrol-panel.tsx';
import { FailureBanner } from './failure-banner.tsx';
import { IdlePanel } from './idle-panel.tsx';
import { LimitDialog } from './limit-dialog.tsx';
import { MatchList } from './match-list.tsx';
import { MemberPanel } from './member-panel.tsx';
import { NobodyPanel } from './nobody-panel.tsx';
import { PaperDialog } from './paper-dialog.tsx';
import { PhonelessDialog } from './phoneless-dialog.tsx';
import { runKey } from './run-key.ts';
import { useCounter, type Counter } from './use-counter.ts';
import styles from './counter.module.css';

/** A number, a name or a code is never longer; a pasted book is cut before it reaches the search. */
const MAX_INPUT_LENGTH = 100;

/** The screen that decides everything: find, enrol, punch, redeem, undo. */
export function CounterScreen() {
  const { t } = useTranslation(['counter', 'common']);
  const counter = useCounter();
  const input = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  useFreshPrograms();
  useArrivals(counter);
  useTypingAnywhere(input, counter.dialog === undefined);
  const { dialog, done } = counter;
  useEffect(() => {
    // After a dialog, and after every action: the next customer is typed at once.
    if (dialog === undefined || done !== undefined) input.current?.focus();
  }, [dialog, done]);

  const press = (event: KeyboardEvent) => {
    const target = targetOf(counter);
    const meaning = readKey(event.key, event.ctrlKey || event.metaKey, {
      text: counter.text,
      target: target.kind,
      isHeld: target.kind === 'member' && target.isHeld,
      isCounting: counter.isCounting,
      countDigit: counter.isCounting || counter.countDigits === '' ? undefined : counter.countDigits,
      isChoosingReward: counter.isChoosingReward,
    });
    if (meaning.kind === 'type') return;
    // The letter itself still goes into the name field, which has the focus by the time it is typed.
    if (meaning.kind === 'name') return name.current?.focus();
    event.preventDefault();
    runKey(meaning, counter);
  };

  return (
    <Page title={t('title')} isTitleHidden width="full" fillsHeight>
      <div className={styles['counter']}>
        <div className={styles['main']}>
          <TextField
            name="counter"
            label={t('input.label')}
            isLabelHidden
            placeholder={t('input.placeholder')}
            size="xl"
            value={counter.text}
            onChange={counter.type}
            onKeyDown={press}
            inputRef={input}
            maxLength={MAX_INPUT_LENGTH}
            autoFocus
            prefix={<Search aria-hidden />}
            suffix={
              counter.text === '' ? undefined : (
                <IconButton
                  icon={X}
                  label={t('input.clear')}
                  onPress={() => counter.type('')}
                  preventFocusOnPress
                  excludeFromTabOrder
                />
              )
            }
          />
          <FailureBanner counter={counter} />
          <Subject counter={counter} nameRef={name} />
        </div>
        <Aside counter={counter} onDigit={(digit) => typeDigit(counter, digit)} />
      </div>
      <Announcer counter={counter} />
      <PaperDialog counter={counter} />
      <PhonelessDialog counter={counter} />
      <LimitDialog counter={counter} />
    </Page>
  );
}

interface SubjectProps {
  readonly counter: Counter;
  readonly nameRef: React.RefObject<HTMLInputElement | null>;
}

/** What stands below the field: whoever the next Enter is about. */
function Subject({ counter, nameRef }: SubjectProps) {
  const target = targetOf(counter);
  switch (target.kind) {
    case 'idle':
      return counter.done ? (
        <DonePanel counter={counter} done={counter.done} />
      ) : (
        <IdlePanel counter={counter} />
      );
    case 'member':
      return (
        <>
          <MemberPanel counter={counter} row={target.row} state={target.state} />
          {counter.held && counter.found && counter.found.matches.rows.length > 1 ? (
            <MatchList counter={counter} matches={counter.found.matches} />
          ) : null}
        </>
      );
    case 'many':
      return counter.found ? <MatchList counter={counter} matches={counter.found.matches} /> : null;
    case 'new-number':
    case 'new-card':
      return <EnrolPanel counter={counter} target={target} nameRef={nameRef} />;
    case 'nobody':
      return <NobodyPanel counter={counter} typed={target.typed} />;
  }
}

/** A key of the number pad on screen does what the same key of a keyboard does. */
function typeDigit(counter: Counter, digit: string): void {
  const target = targetOf(counter);
  const meaning = readKey(digit, false, {
    text: counter.text,
    target: target.kind,
    isHeld: target.kind === 'member' && target.isHeld,
    isCounting: counter.isCounting,
    countDigit: counter.isCounting || counter.countDigits === '' ? undefined : counter.countDigits,
    isChoosingReward: counter.isChoosingReward,
  });
  if (meaning.kind === 'type') counter.type((counter.text + digit).slice(0, MAX_INPUT_LENGTH));
  else runKey(meaning, counter);
}

/** Another window may have published a program: the next punch must know it. */
function useFreshPrograms(): void {
  const { ledger } = useStore();
  const programs = usePrograms();
  useEffect(() => {
    if (programs) void ledger.refreshPrograms();
  }, [ledger, programs]);
}

/** A scan from any screen, or a member opened from the members screen. */
function useArrivals(counter: Counter): void {
  const location = useLocation();
  const navigate = useNavigate();
  const { scan, hold } = counter;
  useEffect(() => {
    const arrival: unknown = location.state;
    if (typeof arrival !== 'object' || arrival === null) return;
    if ('scan' in arrival && typeof arrival.scan === 'string') void scan(arrival.scan);
    if ('member' in arrival && typeof arrival.member === 'string') void hold(arrival.member as MemberId);
    // Used up: a reload must not scan the card again.
    void navigate('/', { replace: true, state: null });
  }, [location.state, navigate, scan, hold]);
}

/** Digits and letters typed anywhere on the screen go into the field. */
function useTypingAnywhere(input: React.RefObject<HTMLInputElement | null>, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const listen = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      const isElsewhere =
        target instanceof Element && target.closest('input, textarea, [role="dialog"]') !== null;
      const isText =
        event.key.length === 1 && event.key !== ' ' && !event.altKey && !event.ctrlKey && !event.metaKey;
      if (isText && !isElsewhere) input.current?.focus();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [input, isOn]);
}
