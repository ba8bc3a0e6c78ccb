import "./switch.css";

/** The parts of a screen, each with an address. */
export const Switch = ({ label, is, of }: { label: string; is: string; of: readonly (readonly [value: string, says: string, address: string])[] }) => (
  <nav class="switch" aria-label={label}>
    {of.map(([value, says, address]) => <a key={value} href={address} aria-current={is === value ? "page" : undefined}>{says}</a>)}
  </nav>
);
