import { useTranslation } from 'react-i18next';
import { idOfRole, roleOfId, type ColumnRole } from '#shared/domain/import/columns.ts';
import type { ImportProgram } from '#shared/domain/import/import-program.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';
import { MAX_SHOWN_COLUMNS, type ImportDraft } from './use-import-draft.ts';

const PLAIN_ROLES = ['phone', 'name', 'first-name', 'last-name'] as const;
const OTHER_ROLES = ['card', 'birthday', 'note', 'ignored'] as const;
const SHOWN_VALUES = 3;

/** Each column with some of its cells and what it is taken for. */
export function ColumnsCard({ draft }: { readonly draft: ImportDraft }) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const { view, columns, mappingProblem } = draft;
  if (!view) return null;
  const [first] = view.rows;
  const body = view.hasHeader ? view.rows.slice(1) : view.rows;
  const plain = (kind: (typeof PLAIN_ROLES | typeof OTHER_ROLES)[number]) => ({
    id: kind,
    label: t(`columns.roles.${kind}`),
  });
  const options: { id: string; label: string }[] = [
    ...PLAIN_ROLES.map(plain),
    ...draft.programs.flatMap((program) =>
      rolesOf(program).map(({ role, text }) => ({
        id: idOfRole(role),
        label: t(`columns.roles.${text}`, { program: program.name }),
      })),
    ),
    ...OTHER_ROLES.map(plain),
  ];
  return (
    <Card title={t('columns.title')} description={t('columns.note')}>
      {mappingProblem ? (
        <Banner tone="warning" role="alert">
          {t(`columns.${mappingProblem}`)}
        </Banner>
      ) : null}
      <ul className={styles['columns']}>
        {columns.slice(0, MAX_SHOWN_COLUMNS).map((role, index) => {
          const header = view.hasHeader ? (first?.cells[index] ?? '').trim() : '';
          const name =
            header === ''
              ? t('columns.label', { number: index + 1 })
              : t('columns.labelNamed', { name: header });
          const values = body
            .map(({ cells }) => (cells[index] ?? '').trim())
            .filter((value) => value !== '')
            .slice(0, SHOWN_VALUES);
          return (
            // oxlint-disable-next-line react/no-array-index-key -- its position is what a column is known by
            <li key={index} className={styles['column']} data-ignored={role.kind === 'ignored' || undefined}>
              <div className={styles['columnTexts']}>
                <p className={styles['columnName']}>
                  <bdi>{header === '' ? name : header}</bdi>
                </p>
                <p className={styles['columnValues']}>
                  {values.length === 0
                    ? t('columns.empty')
                    : values.map((value, at) => (
                        // oxlint-disable-next-line react/no-array-index-key -- two rows may say the same; the list never moves
                        <bdi key={at}>{value}</bdi>
                      ))}
                </p>
              </div>
              <Select
                label={name}
                isLabelHidden
                options={options}
                value={idOfRole(role)}
                onChange={(id) => draft.setColumn(index, roleOfId(id))}
              />
            </li>
          );
        })}
      </ul>
      {columns.length > MAX_SHOWN_COLUMNS ? (
        <p className={styles['note']}>
          {t('columns.more', { count: columns.length, shown: MAX_SHOWN_COLUMNS })}
        </p>
      ) : null}
    </Card>
  );
}

/** What a column can be of one program: only what there is in it. */
function rolesOf({ id: program, unit, levels, hasPass }: ImportProgram) {
  const roles: { readonly role: ColumnRole; readonly text: 'stamps' | 'points' | 'tier' | 'pass' }[] = [
    { role: { kind: 'balance', program }, text: unit },
  ];
  if (levels.length > 0) roles.push({ role: { kind: 'tier', program }, text: 'tier' });
  if (hasPass) roles.push({ role: { kind: 'pass', program }, text: 'pass' });
  return roles;
}
