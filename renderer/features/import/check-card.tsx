import { useTranslation } from 'react-i18next';
import { UserPlus } from 'lucide-react';
import { formatPhone } from '#shared/domain/phone-number.ts';
import { formatCardCode } from '#shared/domain/card-code.ts';
import type { CheckReport, RowPreview } from '#renderer/data/import/import-job.ts';
import { useCountryOptions, type Country } from '#renderer/i18n/country-options.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import { Table } from '#renderer/ui/table.tsx';
import { addTotals, BroughtList } from './brought-list.tsx';
import { failureText, IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';
import { RowReports } from './row-reports.tsx';
import { useBroughtWords } from './use-brought-words.ts';
import type { ImportDraft } from './use-import-draft.ts';

const NOTICES = ['birthday', 'note-cut', 'name-cut'] as const;

/** The dry run and the button that makes it true. */
export function CheckCard({ draft, onStart }: { readonly draft: ImportDraft; readonly onStart: () => void }) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const { check } = draft;
  switch (check.phase) {
    case 'waiting':
      return null;
    case 'working':
      return (
        <Card title={t('check.title')}>
          <Progress
            label={t('check.working')}
            value={check.progress?.done}
            maxValue={check.progress?.total ?? 1}
          />
        </Card>
      );
    case 'failed':
      return (
        <Banner tone="error" role="alert" title={t('failure.title')}>
          {failureText(t, check.failure)}
        </Banner>
      );
    case 'done':
      return <CheckDone draft={draft} report={check.report} onStart={onStart} />;
  }
}

/** So many numbers that nobody can have are no slips of the pen: the country is wrong. */
function isOtherCountry({ counts, reports }: CheckReport): boolean {
  const phones = reports.filter(({ code }) => code.startsWith('phone-')).length;
  const named = Math.max(1, reports.length);
  const bad = (counts.problems * phones) / named;
  return bad > 1 && bad > (counts.fresh + counts.known + counts.duplicates + counts.problems) / 3;
}

function OtherCountry({ country }: { readonly country: Country }) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const name = useCountryOptions().find(({ id }) => id === country)?.label ?? country;
  return <Banner tone="warning">{t('check.otherCountry', { country: name })}</Banner>;
}

function CheckDone({
  draft,
  report,
  onStart,
}: {
  readonly draft: ImportDraft;
  readonly report: CheckReport;
  readonly onStart: () => void;
}) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const format = useFormat();
  const { counts } = report;
  const figure = (term: string, value: number) => ({ term, value: format.number(value), isNumeric: true });
  const isAdding = draft.existing === 'add' && report.known.length > 0;
  const totals = isAdding ? addTotals(report.fresh, report.known) : report.fresh;
  const isNothing = counts.fresh === 0 && !isAdding;
  const isEmpty = counts.fresh + counts.known + counts.duplicates + counts.problems === 0;
  return (
    <>
      <Card title={t('check.title')} padding="lg">
        {isOtherCountry(report) ? <OtherCountry country={draft.country} /> : null}
        <DescriptionList
          layout="figures"
          items={[
            figure(t('check.fresh'), counts.fresh),
            figure(t('check.known'), counts.known),
            figure(t('check.duplicates'), counts.duplicates),
            figure(t('check.problems'), counts.problems),
          ]}
        />
        <BroughtList totals={totals} programs={draft.definitions} tierUntil={report.tierUntil} />
        {NOTICES.filter((notice) => counts.notices[notice] > 0).map((notice) => (
          <p key={notice} className={styles['note']}>
            {t(`check.${notice}`, { count: counts.notices[notice] })}
          </p>
        ))}
        {report.known.length > 0 ? (
          <RadioCards
            label={t('existing.label')}
            cards={[
              { id: 'leave', title: t('existing.leave'), description: t('existing.leaveNote') },
              { id: 'add', title: t('existing.add'), description: t('existing.addNote') },
            ]}
            value={draft.existing}
            onChange={draft.setExisting}
          />
        ) : null}
        {isNothing ? (
          <Banner tone="info">{isEmpty ? t('check.onlyHeader') : t('check.nothing')}</Banner>
        ) : (
          <div className={styles['go']}>
            <Button variant="primary" size="lg" icon={UserPlus} onPress={onStart}>
              {counts.fresh > 0 ? t('go', { count: counts.fresh }) : t('goAdd', { count: counts.known })}
            </Button>
          </div>
        )}
      </Card>
      <Preview rows={report.preview} draft={draft} />
      <RowReports reports={report.reports} total={counts.duplicates + counts.problems} />
    </>
  );
}

function Preview({ rows, draft }: { readonly rows: readonly RowPreview[]; readonly draft: ImportDraft }) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const format = useFormat();
  const words = useBroughtWords(draft.definitions);
  if (rows.length === 0) return null;
  return (
    <Card title={t('check.preview')} padding="md">
      <Table
        label={t('check.preview')}
        columns={[
          { id: 'name', header: t('check.previewName'), isRowHeader: true },
          { id: 'number', header: t('check.previewNumber') },
          { id: 'brings', header: t('check.previewBrings') },
          { id: 'birthday', header: t('check.previewBirthday') },
          { id: 'state', header: t('check.previewState') },
        ]}
        rows={rows}
        getRowId={({ line }) => String(line)}
        renderCell={({ member, isKnown }, column) => {
          const { profile } = member;
          switch (column) {
            case 'name':
              return <bdi>{profile.name === '' ? t('common:noName') : profile.name}</bdi>;
            case 'number':
              return (
                <bdi dir="ltr" className={`tabular ${styles['number'] ?? ''}`}>
                  {profile.phone === null
                    ? formatCardCode(profile.card ?? '')
                    : formatPhone(profile.phone, draft.country)}
                </bdi>
              );
            case 'brings':
              return format.list(words.ofMember(member));
            case 'birthday':
              return profile.birthday === null ? '' : format.day(profile.birthday);
            case 'state':
              return (
                <Badge tone={isKnown ? 'neutral' : 'accent'}>
                  {isKnown ? t('check.isKnown') : t('check.isNew')}
                </Badge>
              );
          }
        }}
      />
    </Card>
  );
}
