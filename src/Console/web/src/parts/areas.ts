import { type Loaded, useLoad } from "./load";

/** An area of the site, with how many people of the roster it has and which stations tell it. */
export interface Area {
  ward_code: string;
  name: string;
  recipients: number;
  /** Seconds that its people need to leave; null when the city has not said. */
  evacuation_s: number | null;
  stations: string[];
}

export const useAreas = (): Loaded<Area[]> => useLoad<Area[]>("/api/roster/areas");

/** An area's name, and its code until that has come. */
export const areaName = (areas: Area[] | null, code: string): string => areas?.find((one) => one.ward_code === code)?.name ?? code;
