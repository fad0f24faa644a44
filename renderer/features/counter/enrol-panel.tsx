import { TriangleAlert } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCardCode } from '#shared/domain/card-code.ts';
import { formatPhone, maskPhone } from '#shared/domain/phone-number.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import type { MemberRow } from '#renderer/data/rows.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { Target } from './counter-target.ts';
import type { Counter } from './use-counter.ts';
import styles from './counter.module.css';

const MAX_NAME_LENGTH = 80;

interface EnrolPanelProps {
  readonly counter: Counter;
  readonly target: Target & { readonly kind: 'new-number' | 'new-card' };
  readonly nameRef: RefObject<HTMLInputElement | null>;
}

/** A number or card nobody has: one more Enter makes a member of its holder, with the first stamp. */
export function EnrolPanel({ counter, target, nameRef }: EnrolPanelProps) {
  const { t } = useTranslation(['counter', 'common']);
  const store = useStore();
  const programs = usePrograms();
  const headStart = programs
    ? listCurrentPrograms(programs).reduce((sum, program) => sum + program.headStart, 0)
    : 0;
  const shown =
    target.kind === 'new-number'
      ? formatPhone(target.number, store.region().country)
      : formatCardCode(target.code);
  const count = counter.count ?? counter.defaultCount;
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
          {headStart > 0 ? (
            <p className={styles['facts']}>{t('enrol.headStart', { count: headStart })}</p>
          ) : null}
        </header>
        {counter.near === undefined || counter.near.length === 0 ? null : (
          <NearMembers counter={counter} near={counter.near} shown={shown} />
        )}
        {target.kind === 'new-card' && counter.isConfirmed ? (
          <Banner tone="warning" role="alert" icon={TriangleAlert} title={t('enrol.cardConfirm')} />
        ) : null}
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
            if (event.key === 'Escape') counter.escape();
          }}
        />
        <Button
          variant="primary"
          size="xl"
          isFullWidth
          isPending={counter.isBusy}
          preventFocusOnPress
          hint={<Keycap>⏎</Keycap>}
          onPress={() => void counter.act()}
        >
          {t('enrol.submitPunch', { count })}
        </Button>
      </Card>
    </section>
  );
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
