import { useTranslation } from 'react-i18next';
import type { DayFigures } from '#shared/domain/day-figures.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import { Table } from '#renderer/ui/table.tsx';
import styles from './day-screen.module.css';
import { ExceptionsCard } from './exceptions-card.tsx';
import { useFigureWords } from './use-figure-words.ts';

/** The day in figures: the few that everybody asks for, then by program, by reward and by cashier. */
export function FiguresCards({ figures }: { readonly figures: DayFigures }) {
  const { t } = useTranslation('day');
  const format = useFormat();
  const { whole } = figures;
  const { totals } = whole;
  const costs = whole.costs.map(({ currency, amount, undone }) => format.money(amount - undone, currency));
  const figure = (term: string, value: string) => ({ term, value, isNumeric: true });
  return (
    <>
      <Card title={t('figures.title')} description={format.day(figures.day)}>
        <DescriptionList
          layout="figures"
          items={[
            figure(t('figures.visits'), format.number(totals.visits)),
            figure(t('figures.rewards'), format.number(totals.redemptions)),
            figure(t('figures.cost'), costs.length === 0 ? t('figures.none') : format.list(costs)),
            figure(t('figures.newMembers'), format.number(totals.enrolments)),
            figure(t('figures.voids'), format.number(totals.voids)),
          ]}
        />
        <OtherFigures figures={figures} />
      </Card>
      <ProgramsCard figures={figures} />
      <StaffCard figures={figures} />
      <div className={styles['columns']}>
        <RewardsCard figures={figures} />
        <ExceptionsCard exceptions={figures.exceptions} />
      </div>
    </>
  );
}

/** What does not happen every day is not shown on days on which it did not. */
function OtherFigures({ figures }: { readonly figures: DayFigures }) {
  const { t } = useTranslation('day');
  const format = useFormat();
  const words = useFigureWords();
  const { whole, unreadable, tills } = figures;
  const { totals } = whole;
  const counts = [
    [t('figures.imported'), totals.imported],
    [t('figures.actions'), totals.actions],
    [t('figures.referrals'), totals.referrals],
    [t('figures.adjustments'), whole.adjustments],
    [t('figures.overLimits'), whole.overLimits],
    [t('figures.approvals'), whole.approvals],
    [t('figures.merges'), whole.merges],
    [t('figures.erasures'), whole.erasures],
    [t('figures.unreadable'), unreadable],
    [t('figures.tills'), tills.length > 1 ? tills.length : 0],
  ] as const;
  const items = [
    ...counts
      .filter(([, count]) => count > 0)
      .map(([term, count]) => ({ term, value: format.number(count) })),
    ...totals.purchases.map(({ currency, count, amount }) => ({
      term: t('figures.sold', { count }),
      value: format.money(amount, currency),
    })),
    ...totals.donations.map(({ charity, amount }) => ({
      term: t('figures.donated', { charity }),
      value: format.money(amount, words.currency),
    })),
  ].map((item) => Object.assign(item, { isNumeric: true }));
  return items.length === 0 ? null : <DescriptionList items={items} />;
}

function ProgramsCard({ figures }: { readonly figures: DayFigures }) {
  const { t } = useTranslation('day');
  const format = useFormat();
  const words = useFigureWords();
  const { programs, undone } = figures.whole.totals;
  const undoneOf = (program: string) => undone.programs.find((one) => one.program === program)?.given ?? 0;
  if (programs.length === 0) return null;
  return (
    <Card title={t('programs.title')}>
      <Table
        label={t('programs.title')}
        columns={[
          { id: 'program', header: t('programs.program'), isRowHeader: true },
          { id: 'given', header: t('programs.given'), isNumeric: true },
          { id: 'takenOver', header: t('programs.takenOver'), isNumeric: true },
          { id: 'adjusted', header: t('programs.adjusted'), isNumeric: true },
          { id: 'undone', header: t('programs.undone'), isNumeric: true },
        ]}
        rows={programs}
        getRowId={({ program }) => program}
        renderCell={(row, column) => {
          if (column === 'program') return <bdi>{words.programName(row.program)}</bdi>;
          return format.number(column === 'undone' ? undoneOf(row.program) : row[column]);
        }}
      />
    </Card>
  );
}

function RewardsCard({ figures }: { readonly figures: DayFigures }) {
  const { t } = useTranslation('day');
  const format = useFormat();
  const isNamed = usePrograms() !== undefined;
  if (figures.rewards.length === 0 || !isNamed) return null;
  return (
    <Card title={t('rewards.title')}>
      <Table
        label={t('rewards.title')}
        columns={[
          { id: 'reward', header: t('rewards.reward'), isRowHeader: true },
          { id: 'times', header: t('rewards.times'), isNumeric: true },
          { id: 'undone', header: t('rewards.undone'), isNumeric: true },
          { id: 'cost', header: t('rewards.cost'), isNumeric: true },
        ]}
        rows={figures.rewards}
        getRowId={({ program, reward, currency }) => `${program} ${reward} ${currency}`}
        renderCell={(row, column) => {
          if (column === 'reward') return <bdi>{row.name === '' ? t('rewards.unknown') : row.name}</bdi>;
          if (column !== 'cost') return format.number(row[column]);
          return row.cost === null ? t('rewards.noCost') : format.money(row.cost, row.currency);
        }}
      />
    </Card>
  );
}

function StaffCard({ figures }: { readonly figures: DayFigures }) {
  const { t } = useTranslation('day');
  const format = useFormat();
  const words = useFigureWords();
  if (figures.staff.length === 0) return null;
  return (
    <Card title={t('staff.title')}>
      <Table
        label={t('staff.title')}
        columns={[
          { id: 'staff', header: t('staff.staff'), isRowHeader: true },
          { id: 'visits', header: t('staff.visits'), isNumeric: true },
          { id: 'redemptions', header: t('staff.rewards'), isNumeric: true },
          { id: 'enrolments', header: t('staff.newMembers'), isNumeric: true },
          { id: 'voids', header: t('staff.voids'), isNumeric: true },
          { id: 'adjustments', header: t('staff.adjustments'), isNumeric: true },
          { id: 'approvals', header: t('staff.approvals'), isNumeric: true },
        ]}
        rows={figures.staff}
        getRowId={({ staff }) => staff}
        renderCell={(row, column) => {
          if (column === 'staff') return <bdi>{words.staffName(row.staff)}</bdi>;
          const isOwn = column === 'adjustments' || column === 'approvals';
          return format.number(isOwn ? row[column] : row.totals[column]);
        }}
      />
    </Card>
  );
}
