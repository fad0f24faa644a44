import { listCurrentPrograms } from '#shared/domain/program.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { StampRow } from '#renderer/ui/stamp-row.tsx';
import styles from './counter.module.css';

/** The shop's own card lies on the counter while nobody is there. */
export function IdleArt() {
  const programs = usePrograms();
  const program = programs && listCurrentPrograms(programs)[0];
  if (!program) return null;
  const { unit, rewards } = program;
  return (
    <div className={styles['idleCard']} aria-hidden>
      <p dir="auto">{program.name}</p>
      <StampRow
        total={unit.size}
        filled={0}
        icon={unit.icon}
        size="md"
        label=""
        marks={rewards.map(({ at }) => ({ position: at }))}
      />
    </div>
  );
}
