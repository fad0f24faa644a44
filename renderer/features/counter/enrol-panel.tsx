import { TriangleAlert } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCardCode } from '#shared/domain/card-code.ts';
import { formatPhone, maskPhone } from '#shared/domain/phone-number.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import type { MemberRow } from '#renderer/data/rows.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { BroughtByField } from './brought-by-field.tsx';
import type { Target } from './counter-target.ts';
import { EnterRow } from './enter-row.tsx';
import { saleOf } from './sale-entry.ts';
import type { Counter } from './use-counter.ts';
import { typeSaleFromName } from './name-keys.ts';
import { usePlan } from './use-plan.ts';
import { listOpen } from './visit-plan.ts';
import styles from './counter.module.css';

const MAX_NAME_LENGTH = 80;

interface EnrolPanelProps {
  readonly counter: Counter;
  readonly target: Target & { readonly kind: 'new-number' | 'new-card' };
  readonly nameRef: RefObject<HTMLInputElement | null>;
  /** Back to where the next key counts. */
  readonly focusInput: () => void;
}

/** A number or card nobody has: one more Enter makes a member of its holder, with what the first visit earns. */
export function EnrolPanel({ counter, target, nameRef, focusInput }: EnrolPanelProps) {
  const { t } = useTranslation(['counter', 'common']);
  const store = useStore();
  const words = useProgramWords();
  const format = useFormat();
  const programs = usePrograms();
  const plan = usePlan(counter, undefined);
  const label = useEnrolLabel(counter);
  const welcome = (programs ? listOpen(listCurrentPrograms(programs)) : []).filter(
    (program) => program.headStart > 0,
  );
  const shown =
    target.kind === 'new-number'
      ? formatPhone(target.number, store.region().country)
      : formatCardCode(target.code);
  return (
    <section data-testid="enrol" aria-label={t('enrol.title')}>
      <Card padding="lg">
        <header className={styles['identity']}>
          <p className={styles['kicker']}>
            {target.kind === 'new-number' ? t('enrol.number') : t('enrol.card')}
          </p>
          <h2 className={styles['name']}>
            <bdi className="tabular">{shown}</bdi>
          </h2>
          {welcome.length > 0 ? (
            <p className={styles['facts']}>
              {t('enrol.headStart', {
                units: format.list(welcome.map((program) => words.units(program, program.headStart))),
              })}
            </p>
          ) : null}
        </header>
        {counter.near === undefined || counter.near.length === 0 ? null : (
          <NearMembers counter={counter} near={counter.near} shown={shown} />
        )}
        {target.kind === 'new-card' && counter.isConfirmed ? (
          <Banner tone="warning" role="alert" icon={TriangleAlert} title={t('enrol.cardConfirm')} />
        ) : null}
        <div className={styles['newMember']}>
          <TextField
            name="name"
            label={t('enrol.name')}
            description={t('enrol.nameHelp')}
            size="lg"
            maxLength={MAX_NAME_LENGTH}
            value={counter.name}
            onChange={counter.typeName}
            inputRef={nameRef}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.repeat) void counter.act();
              if (event.key === 'Escape') {
                // What was typed here goes first, then the rest.
                if (counter.name === '') counter.escape();
                else counter.typeName('');
                focusInput();
              }
              typeSaleFromName(event, counter, focusInput);
            }}
          />
          {counter.rewardsReferrals ? <BroughtByField counter={counter} onEntered={focusInput} /> : null}
        </div>
        <EnterRow {...{ counter, label, plan }} />
      </Card>
    </section>
  );
}

/** What Enter does for somebody new. */
function useEnrolLabel({ count, defaultCount, countsVisits, needs, needsSale, sale }: Counter): string {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  if (needsSale && saleOf(sale) === undefined) {
    return needs.amount && !sale.isAmountOpen ? t('action.askAmount') : t('enrol.submit');
  }
  const add = countsVisits ? t('enrol.submitPunch', { count: count ?? defaultCount }) : t('enrol.submit');
  return sale.amount > 0 ? `${add}: ${words.money(sale.amount, needs.currency ?? undefined)}` : add;
}

interface NearMembersProps {
  readonly counter: Counter;
  readonly near: readonly MemberRow[];
  readonly shown: string;
}

function NearMembers({ counter, near, shown }: NearMembersProps) {
  const { t } = useTranslation(['counter', 'common']);
  return (
    <Banner tone="warning" role="alert" icon={TriangleAlert} title={t('enrol.near')}>
      <span className={styles['near']}>
        {near.slice(0, 3).map((row) => (
          <Button key={row.id} size="lg" preventFocusOnPress onPress={() => void counter.hold(row.id)}>
            {`${row.name || t('common:noName')} ${row.phone ? maskPhone(row.phone) : ''}`}
          </Button>
        ))}
      </span>
      {counter.isConfirmed ? <strong>{t('enrol.nearConfirm', { number: shown })}</strong> : null}
    </Banner>
  );
}
