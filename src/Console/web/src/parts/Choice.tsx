import "./choice.css";

/** One of a few, side by side. */
export const Choice = <T extends string>({ label, is, of, onChoose }: { label: string; is: T; of: readonly (readonly [value: T, says: string, count?: number])[]; onChoose: (value: T) => void }) => (
  <div class="choice" role="group" aria-label={label}>
    {of.map(([value, says, count]) => (
      <button key={value} type="button" aria-pressed={is === value} onClick={() => onChoose(value)}>{says}{count !== undefined && <> <span class="soft">{count}</span></>}</button>
    ))}
  </div>
);
