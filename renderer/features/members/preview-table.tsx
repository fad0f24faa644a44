import { listProgramViews, listReadyRewards } from '#shared/domain/rewards.ts';
import { stateOn } from '#shared/domain/fold.ts';
import { balanceOf, findProgramState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import type { PreviewedPerson } from '#renderer/data/aliases-preview.ts';
import styles from './preview-table.module.css';
import type { Words } from './use-words.ts';

export interface PreviewColumn {
  readonly id: string;
  readonly title: string;
  readonly person: PreviewedPerson;
  /** What it would become. */
  readonly isResult: boolean;
}

interface PreviewTableProps {
  readonly columns: readonly PreviewColumn[];
  readonly programs: ProgramBook;
  readonly day: PlainDay;
  readonly words: Words;
}

/** The cards as they are and as they would be, side by side. */
export function PreviewTable({ columns, programs, day, words }: PreviewTableProps) {
  const { t, format } = words;
  const people = columns.map((column) => {
    const state = stateOn(column.person.state, day, programs);
    const { birthday } = column.person.profile;
    const ready = listReadyRewards(state, programs, { day, birthday }).length;
    return { ...column, state, ready };
  });
  const counted = new Set(people.flatMap(({ state }) => state.programs.map(({ program }) => program)));
  const views = people[0] ? listProgramViews(people[0].state, programs, day) : [];
  const rows = [
    {
      id: 'visits',
      title: t('members:merge.visits'),
      cells: people.map(({ state }) => format.number(state.visits)),
    },
    ...views
      .filter(({ program }) => counted.has(program))
      .map(({ program, definition }) => ({
        id: program,
        title: definition.name,
        cells: people.map(({ state }) => {
          const own = findProgramState(state, program);
          return words.program.units(definition, own ? balanceOf(own) : 0);
        }),
      })),
    {
      id: 'ready',
      title: t('members:merge.ready'),
      cells: people.map(({ ready }) => format.number(ready)),
    },
  ];
  return (
    <table className={styles['table']}>
      <caption className="sr-only">{t('members:merge.preview')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t('members:merge.what')}</span>
          </th>
          {people.map(({ id, title, isResult }) => (
            <th key={id} scope="col" data-result={isResult || undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <bdi>{row.title}</bdi>
            </th>
            {people.map(({ id, isResult }, index) => (
              <td key={id} data-result={isResult || undefined}>
                {row.cells[index]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
