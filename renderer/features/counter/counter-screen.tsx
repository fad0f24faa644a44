import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { MemberId } from '#shared/lib/brand.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Page } from '#renderer/ui/page.tsx';
import type { NumberPadKey } from '#renderer/ui/number-pad.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Search, X } from 'lucide-react';
import { Aside, useHasPad } from './aside.tsx';
import { ApproveDialog } from './approve-dialog.tsx';
import { Announcer } from './announcer.tsx';
import { targetOf } from './counter-target.ts';
import { DonePanel } from './done-panel.tsx';
import { EnrolPanel } from './enrol-panel.tsx';
import { FailureBanner } from './failure-banner.tsx';
import { IdlePanel } from './idle-panel.tsx';
import { LimitDialog } from './limit-dialog.tsx';
import { MatchList } from './match-list.tsx';
import { MemberPanel } from './member-panel.tsx';
import { NobodyPanel } from './nobody-panel.tsx';
import { MoreDialog } from './more-dialog.tsx';
import { PhonelessDialog } from './phoneless-dialog.tsx';
import { PointsDialog } from './points-dialog.tsx';
import { runKey } from './run-key.ts';
import { meaningOf, useCounterKeys } from './use-counter-keys.ts';
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
  useArrivals(counter);
  const hasPad = useHasPad();
  const press = useCounterKeys(counter, { input, name });
  const latest = useRef(counter);
  useEffect(() => {
    latest.current = counter;
  });
  const onPad = useCallback((key: NumberPadKey) => pressPad(latest.current, key), []);
  const focusInput = useCallback(() => input.current?.focus(), []);
  const { dialog, done, held } = counter;
  const { isAmountOpen, type: saleType } = counter.sale;
  useEffect(() => {
    // After a dialog, after every action, with a member in hand, for an amount and its kind of sale: the next key counts.
    const isSelling = isAmountOpen || saleType !== null;
    if (dialog === undefined || done !== undefined || held !== undefined || isSelling) {
      input.current?.focus();
    }
  }, [dialog, done, held, isAmountOpen, saleType]);

  return (
    <Page title={t('title')} isTitleHidden width="full" fillsHeight>
      <div className={styles['counter']} data-pad={hasPad || undefined}>
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
            onPaste={(event) => {
              if (!isAmountOpen) return;
              event.preventDefault();
              counter.pasteAmount(event.clipboardData.getData('text/plain'));
            }}
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
          {counter.isAsking ? (
            <Banner tone="info" role="status">
              {t('asking')}
            </Banner>
          ) : null}
          <Subject counter={counter} nameRef={name} focusInput={focusInput} />
        </div>
        <Aside
          {...{ hasPad, onPad }}
          asksAmount={counter.needs.amount}
          countsVisits={counter.countsVisits}
          hasMore={counter.more.some(({ kind }) => kind !== 'paper')}
        />
      </div>
      <Announcer counter={counter} />
      <MoreDialog counter={counter} />
      <PointsDialog counter={counter} />
      <PhonelessDialog counter={counter} />
      <LimitDialog counter={counter} />
      <ApproveDialog counter={counter} />
    </Page>
  );
}

interface SubjectProps {
  readonly counter: Counter;
  readonly nameRef: React.RefObject<HTMLInputElement | null>;
  readonly focusInput: () => void;
}

/** What stands below the field: whoever the next Enter is about. */
function Subject({ counter, nameRef, focusInput }: SubjectProps) {
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
      return <EnrolPanel {...{ counter, target, nameRef, focusInput }} />;
    case 'nobody':
      return <NobodyPanel counter={counter} typed={target.typed} />;
  }
}

/** A key of the number pad on screen does what the same key of a keyboard does. */
function pressPad(counter: Counter, key: NumberPadKey): void {
  if (key === 'enter') return void counter.act();
  if (key === 'clear') return counter.sale.isAmountOpen ? counter.escape() : counter.type('');
  const meaning = meaningOf(PAD_KEYS[key] ?? key, false, counter);
  if (meaning.kind !== 'type') return runKey(meaning, counter);
  if (key === 'backspace') return counter.type(counter.text.slice(0, -1));
  if (key !== 'point') counter.type((counter.text + (PAD_KEYS[key] ?? key)).slice(0, MAX_INPUT_LENGTH));
}

/** As a keyboard calls them. */
const PAD_KEYS: Readonly<Partial<Record<NumberPadKey, string>>> = {
  plus: '+',
  point: '.',
  backspace: 'Backspace',
};

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
