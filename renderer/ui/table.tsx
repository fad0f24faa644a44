import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Cell,
  Column,
  Row,
  Table as AriaTable,
  TableBody,
  TableHeader,
  type SortDescriptor,
} from 'react-aria-components/Table';
import { classNames } from './class-names.ts';
import styles from './table.module.css';

export interface TableColumn<ColumnId extends string = string> {
  readonly id: ColumnId;
  readonly header: string;
  /** Numbers are aligned at the end and tabular. */
  readonly isNumeric?: boolean | undefined;
  readonly isSortable?: boolean | undefined;
  /** The cell that names its row for screen readers; the first column when none says so. */
  readonly isRowHeader?: boolean | undefined;
  readonly isHeaderHidden?: boolean | undefined;
}

export interface TableSort<ColumnId extends string = string> {
  readonly column: ColumnId;
  readonly direction: 'ascending' | 'descending';
}

export interface TableProps<RowData, ColumnId extends string> {
  readonly label: string;
  readonly columns: readonly TableColumn<ColumnId>[];
  /** Every row is put into the DOM: for more than a few hundred use VirtualList. */
  readonly rows: readonly RowData[];
  readonly getRowId: (row: RowData) => string;
  readonly renderCell: (row: RowData, columnId: ColumnId) => ReactNode;
  readonly onRowAction?: ((rowId: string) => void) | undefined;
  readonly sort?: TableSort<ColumnId> | undefined;
  readonly onSortChange?: ((sort: TableSort<ColumnId>) => void) | undefined;
  readonly emptyState?: ReactNode;
  /** A CSS length; the rows scroll under the sticky header from there on. */
  readonly maxHeight?: string | undefined;
}

export function Table<RowData, ColumnId extends string>({
  label,
  columns,
  rows,
  getRowId,
  renderCell,
  onRowAction,
  sort,
  onSortChange,
  emptyState,
  maxHeight,
}: TableProps<RowData, ColumnId>) {
  const hasRowHeader = columns.some((column) => column.isRowHeader);
  return (
    <div
      className={styles['scroller']}
      style={maxHeight === undefined ? undefined : { maxBlockSize: maxHeight }}
    >
      <AriaTable
        aria-label={label}
        className={classNames(styles['table'])}
        {...(sort ? { sortDescriptor: sort } : {})}
        {...(onSortChange
          ? { onSortChange: (next: SortDescriptor) => onSortChange(toSort(columns, next)) }
          : {})}
        {...(onRowAction ? { onRowAction: (id) => onRowAction(String(id)) } : {})}
      >
        <TableHeader className={classNames(styles['header'])}>
          {columns.map((column, index) => (
            <Column
              key={column.id}
              id={column.id}
              isRowHeader={hasRowHeader ? column.isRowHeader === true : index === 0}
              allowsSorting={column.isSortable === true}
              className={classNames(styles['column'])}
              data-numeric={column.isNumeric || undefined}
            >
              {({ sortDirection }) => (
                <span className={styles['heading']}>
                  <span className={column.isHeaderHidden ? 'sr-only' : undefined}>{column.header}</span>
                  {sortDirection === 'ascending' ? <ArrowUp aria-hidden /> : null}
                  {sortDirection === 'descending' ? <ArrowDown aria-hidden /> : null}
                </span>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => <div className={styles['empty']}>{emptyState}</div>}>
          {rows.map((row) => {
            const id = getRowId(row);
            return (
              <Row key={id} id={id} className={classNames(styles['row'])}>
                {columns.map((column) => (
                  <Cell
                    key={column.id}
                    className={classNames(styles['cell'])}
                    data-numeric={column.isNumeric || undefined}
                  >
                    {renderCell(row, column.id)}
                  </Cell>
                ))}
              </Row>
            );
          })}
        </TableBody>
      </AriaTable>
    </div>
  );
}

function toSort<ColumnId extends string>(
  columns: readonly TableColumn<ColumnId>[],
  { column, direction }: SortDescriptor,
): TableSort<ColumnId> {
  const sorted = columns.find(({ id }) => id === column);
  if (!sorted) throw new Error(`The table has no column ${String(column)}`);
  return { column: sorted.id, direction };
}
