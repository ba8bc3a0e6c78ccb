import type { Screen } from "./route";

/** One stroke drawing a screen, 24 × 24. */
const paths: Record<Screen, string> = {
  now: "M3 15c2-3 4-3 6 0s4 3 6 0 4-3 6 0M3 20c2-3 4-3 6 0s4 3 6 0 4-3 6 0M12 3v7m-3-4 3-3 3 3",
  station: "M4 20h16M6 16l4-6 4 3 5-8",
  decide: "M5 13l4 4L19 7M12 3a9 9 0 1 0 9 9",
  told: "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
  alarms: "M12 3a6 6 0 0 1 6 6v5l2 3H4l2-3V9a6 6 0 0 1 6-6zM10 20h4",
  devices: "M5 9h14v10H5zM9 9V5m6 4V5M9 14h.01M13 14h2",
  rules: "M4 7h10M4 12h16M4 17h8M17 5v4M9 10v4M15 15v4",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-4 3-6 6-6s6 2 6 6M16 4.5a3.5 3.5 0 0 1 0 6M17.5 14.3c2.2.8 3.5 2.7 3.5 5.7",
  settings: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3m0 12v3M3 12h3m12 0h3M5.6 5.6l2.2 2.2m8.4 8.4 2.2 2.2m0-12.8-2.2 2.2m-8.4 8.4-2.2 2.2",
  more: "M5 12h.01M12 12h.01M19 12h.01",
};

export const Icon = ({ of }: { of: Screen }) => (
  <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d={paths[of]} /></svg>
);
